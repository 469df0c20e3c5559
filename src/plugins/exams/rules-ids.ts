/** The ids of exams, sittings, attempts and incidents: what names a thing of this plugin. */
import { z } from "zod";

const uuid = () => z.uuid({ version: "v7" }).lowercase();
export const examId = uuid().brand<"ExamId">();
export type ExamId = z.infer<typeof examId>;
export const sittingId = uuid().brand<"SittingId">();
export type SittingId = z.infer<typeof sittingId>;
export const attemptId = uuid().brand<"AttemptId">();
export type AttemptId = z.infer<typeof attemptId>;
export const incidentId = uuid().brand<"IncidentId">();
