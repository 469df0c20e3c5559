import { z } from "zod";

/** `enter`: go on to where the actor's day begins. */
export const frontInput = z.object({ enter: z.boolean().optional() });
export const settingsInput = z.object({
  name: z.string().min(2).max(50),
  issuer: z.string().regex(/^[A-Z]{2,8}$/),
  contact: z.string().max(200),
  icp: z.string().max(60),
  police: z.string().max(60),
});
export type SettingsInput = z.infer<typeof settingsInput>;
