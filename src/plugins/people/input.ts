/** What forms and bodies hold. */
import { z } from "zod";

const then = z.string().max(500).optional();
export const signInPage = z.object({ then, as: z.string().max(100).optional() });
export const signInForm = z.object({ username: z.string().min(1).max(100), password: z.string().min(1).max(200), then });
export const thenOnly = z.object({ then });
export const displayForm = z.object({ care: z.enum(["0", "1", "2"]).optional(), language: z.enum(["zh", "en"]).optional(), back: z.string().max(500).optional() });
export const passwordForm = z.object({ password: z.string().min(1).max(500), repeat: z.string().max(500), current: z.string().max(500).optional(), then });
export const sessionForm = z.object({ session: z.string().min(1).max(100) });
export const noticeForm = z.object({ version: z.number().int(), then });

export const sessionBody = z.object({ username: z.string().min(1).max(100), password: z.string().min(1).max(200) });
export const sessionAnswer = z.object({ token: z.string(), person: z.string(), name: z.string(), login: z.string(), roles: z.array(z.string()), notice_due: z.boolean() });
