/** What comes in: zod schemas and their types. In the API points are points; inside, hundredths. */
import { z } from "zod";
import { categories, posts, unitKinds } from "#kernel";
import { answerValue, typeIds } from "#plugins/bank";
import { pledge, pledgeVersion } from "./rules.ts";
import { attemptId, examId, incidentId, sittingId, type AttemptId, type ExamId, type SittingId } from "./rules-ids.ts";
import type { BreakAnswer, SaveAnswer, SavedAnswer, StartAnswer } from "./input-room.ts";

export { attemptId, examId, incidentId, sittingId };
export type { AttemptId, ExamId, SittingId };

const instant = z.int().min(0).max(9_999_999_999_999).describe("UTC milliseconds");
const pointsValue = z.number().min(0).max(10_000).multipleOf(0.01).describe("points");

export const blueprintLine = z.object({
  topic: z.string().min(1).max(120).describe("course/topic, as in GET /questions/export"),
  type: z.enum(typeIds),
  difficulty: z.int().min(1).max(3).optional(),
  count: z.int().min(1).max(500),
  points: pointsValue.min(0.01).describe("points for each question of this line"),
});
export type BlueprintLine = z.infer<typeof blueprintLine>;

/** Who may sit: any of a group, all groups together; an empty group asks nothing. */
export const who = z.object({
  kinds: z.array(z.enum(unitKinds)).default([]),
  posts: z.array(z.enum(posts)).default([]),
  categories: z.array(z.enum(categories)).default([]),
  roster: z.boolean().default(false).describe("only those on the roll of state staff on the day"),
  assigned: z.boolean().default(false).describe("only those with an assignment of this exam"),
});
export type Who = z.infer<typeof who>;
export const review = z.object({ when: z.enum(["never", "submitted", "closed"]).default("submitted"), key: z.boolean().default(true) });
export type Review = z.infer<typeof review>;

export const sittingShape = z.object({
  id: sittingId,
  title: z.string().max(60).default(""),
  opens: instant,
  closes: instant,
  minutes: z.int().min(1).max(600),
  tries: z.int().min(1).max(20).default(1),
  pass: pointsValue,
  excellent: pointsValue.nullable().default(null),
  counts: z.enum(["best", "last"]).default("best"),
  who: who.default({ kinds: [], posts: [], categories: [], roster: false, assigned: false }),
  after: z.array(z.string().max(120)).max(20).default([]).describe("courses to be completed before"),
  pledge: z.boolean().default(true),
  shuffle: z.boolean().default(true),
  perPage: z.int().min(0).max(100).default(1).describe("questions a page; 0: all on one"),
  review: review.default({ when: "submitted", key: true }),
});
export type SittingInput = z.infer<typeof sittingShape>;
export const examInput = z.object({
  id: examId,
  title: z.string().min(2).max(100),
  notice: z.string().max(5000).default(""),
  certificate: z.boolean().default(true),
  blueprint: z.array(blueprintLine).min(1).max(300),
  sittings: z.array(sittingShape).min(1).max(50),
});
export type ExamInput = z.infer<typeof examInput>;
export const examAnswer = z.object({ id: z.string(), state: z.enum(["draft", "published"]) });
export const examPath = z.object({ id: examId });
export const mineQuery = z.object({
  after: z
    .string()
    .regex(/^\d{1,13}\.[0-9a-f-]{36}$/)
    .optional()
    .describe("`next` of the page before"),
  limit: z.int().min(1).max(100).optional(),
});
export const publishAnswer = z.object({
  id: z.string(),
  state: z.literal("published"),
  sittings: z.array(z.object({ id: z.string(), due: z.int(), shards: z.int() })),
});

export const startInput = z.object({
  id: attemptId,
  sitting: sittingId,
  pledge: z
    .boolean()
    .default(true)
    .describe(
      `诚信承诺 (honesty pledge), version ${pledgeVersion}: “${pledge.zh}” (${pledge.en}) To start an attempt is to give it in the candidate's name, and the attempt keeps which version was given: show these words before. false: not given; where the sitting asks for it, nothing begins (409 exams.pledge-first), but an attempt that runs is answered.`,
    ),
});
const itemShape = z.object({
  item: z.string(),
  n: z.int(),
  type: z.enum(typeIds),
  points: z.number(),
  stem: z.string(),
  options: z.array(z.object({ key: z.string(), text: z.string() })).optional(),
});
const savedAnswer = z.object({
  item: z.string().min(1).max(40),
  value: answerValue,
  at: instant.describe("when it was given, by the client's clock"),
}) satisfies z.ZodType<SavedAnswer>;
export const startAnswer = z.object({
  attempt: z.string(),
  session: z.int(),
  deadline: instant,
  now: instant,
  title: z.string(),
  n: z.int(),
  perPage: z.int(),
  large: z.boolean(),
  breakLeft: z.int().describe("milliseconds of breaks left"),
  onBreak: z.boolean(),
  items: z.array(itemShape),
  answers: z.array(savedAnswer),
}) satisfies z.ZodType<StartAnswer>;
export const attemptPath = z.object({ id: attemptId });
export const saveInput = z.object({
  session: z.int().min(1).max(1_000_000),
  seq: z.int().min(0).max(1_000_000_000),
  answers: z.array(savedAnswer).max(500),
});
export type SaveInput = z.infer<typeof saveInput>;
export const saveAnswer = z.object({ seq: z.int(), now: instant, deadline: instant }) satisfies z.ZodType<SaveAnswer>;
export const submitQuery = z.object({ id: attemptId, session: z.int().optional().describe("where given, another session answers 409") });
export const resultShape = z.object({
  score: z.number(),
  passed: z.boolean(),
  excellent: z.boolean(),
  certificate: z.string().optional(),
  recorded: z.boolean(),
});
export type ResultAnswer = z.infer<typeof resultShape>;
export const stateShape = z.object({
  state: z.enum(["running", "graded"]),
  score: z.number().optional(),
  passed: z.boolean().optional(),
  excellent: z.boolean().optional(),
  certificate: z.string().optional(),
  recorded: z.boolean(),
});
export const breakInput = z.object({ session: z.int(), on: z.boolean() });
export const breakAnswer = z.object({
  deadline: instant,
  now: instant,
  breakLeft: z.int(),
  onBreak: z.boolean(),
}) satisfies z.ZodType<BreakAnswer>;
export const myExams = z.object({
  sittings: z.array(
    z.object({
      exam: z.string(),
      sitting: z.string(),
      title: z.string(),
      opens: instant,
      closes: instant,
      minutes: z.int(),
      tries: z.int(),
      used: z.int(),
      pass: z.number(),
      excellent: z.number().nullable(),
      state: z.enum(["upcoming", "open", "running", "closed"]),
      best: z.number().nullable(),
      passed: z.boolean(),
    }),
  ),
  next: z.string().nullable().describe("`after` of the next page; null: this is the last"),
});

/* Pages */
export const examPage = z.object({ exam: examId });
export const beginForm = z.object({ exam: examId, id: attemptId, sitting: sittingId, pledge: z.boolean() });
/** Whoever comes without them, or with half an address, stands before the exam. */
export const roomPage = z.object({
  exam: examId,
  attempt: attemptId.optional().catch(undefined),
  sitting: sittingId.optional().catch(undefined),
});
export const resultPage = z.object({ exam: examId, attempt: attemptId.optional() });
export const adminList = z.object({ after: z.string().max(80).optional() });
export const newExamForm = z.object({ id: examId, title: z.string().min(2).max(100) });
/** An exam that is sat elsewhere; without a total its results are 完成 or 未完成. */
export const outsideForm = z.object({
  id: examId,
  title: z.string().trim().min(2).max(100),
  notice: z.string().max(5000).optional(),
  year: z.number().int().min(2000).max(2100),
  organiser: z.string().trim().min(2).max(100),
  total: pointsValue.min(1).optional(),
  pass: pointsValue.optional(),
  excellent: pointsValue.optional(),
});
export type OutsideForm = z.output<typeof outsideForm>;
export const changeOutsideForm = z.object({
  exam: examId,
  changed: z.int(),
  title: z.string().trim().min(2).max(100),
  notice: z.string().max(5000),
  organiser: z.string().trim().min(2).max(100),
});
export const examForm = z.object({
  exam: examId,
  changed: z.int(),
  title: z.string().min(2).max(100),
  notice: z.string().max(5000),
  certificate: z.boolean(),
});
/** Counts stand in fields `n.TOPIC.TYPE`, points in `p.TYPE`. */
export const blueprintForm = z.looseObject({ exam: examId, changed: z.int() });
const local = z.string().regex(/^\d{4}-\d{2}-\d{2}T\d{2}:\d{2}$/);
export const sittingForm = z.object({
  exam: examId,
  changed: z.int(),
  sitting: sittingId,
  title: z.string().max(60),
  opens: local,
  closes: local,
  minutes: z.int().min(1).max(600),
  tries: z.int().min(1).max(20),
  pass: pointsValue,
  excellent: pointsValue.optional(),
  counts: z.enum(["best", "last"]),
  kinds: z.array(z.enum(unitKinds)),
  posts: z.array(z.enum(posts)),
  categories: z.array(z.enum(categories)),
  roster: z.boolean(),
  assigned: z.boolean(),
  after: z.array(z.string().max(120)),
  pledge: z.boolean(),
  shuffle: z.boolean(),
  perPage: z.int().min(0).max(100),
  reviewWhen: z.enum(["never", "submitted", "closed"]),
  reviewKey: z.boolean(),
});
export type SittingForm = z.infer<typeof sittingForm>;
export const sittingPage = z.object({ exam: examId, sitting: sittingId.optional() });
export const sittingRemoval = z.object({ exam: examId, changed: z.int(), sitting: sittingId });
export const changedForm = z.object({ exam: examId, changed: z.int() });
export const attemptPage = z.object({ exam: examId, attempt: attemptId });
export const monitorPage = z.object({
  exam: examId,
  sitting: sittingId.optional(),
  state: z.enum(["absent", "running", "silent", "graded"]).optional(),
  after: z.string().max(60).optional(),
});
export const extendForm = z.object({
  exam: examId,
  id: incidentId,
  attempt: attemptId,
  minutes: z.int().min(1).max(240),
  reason: z.string().min(2).max(500),
});
export const endForm = z.object({ exam: examId, id: incidentId, attempt: attemptId, reason: z.string().min(2).max(500) });
export const accommodationForm = z.object({
  exam: examId,
  whom: z.string().min(1).max(60),
  percent: z.int().min(100).max(200),
  breaks: z.int().min(0).max(240),
  large: z.boolean(),
  reason: z.string().min(2).max(500),
});
