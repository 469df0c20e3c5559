/** The way of a report: sent to review, reviewed, signed, checked for publishing, sent back, withdrawn. Each asks the password again. */
import { commit, Conflict, enqueue, Forbidden, Invalid, wake, type Actor, type Context, type JobId } from "#kernel";
import { confirmPassword } from "#plugins/people";
import type { CheckStep, ReasonStep, SeenStep, StepInput } from "../input-report.ts";
import { handProblem } from "../rules-report.ts";
import { addStep, jobFailed, moveReport, sets, type Fresh } from "../store-report.ts";
import { draftReports, reviewReports, signReports } from "../terms.ts";
import { text } from "../text-report.ts";
import { wholeBody } from "./report-draft.ts";
import { seeDocument, type Seen } from "./report-see.ts";

const object = (id: string) => ({ kind: "report", id });
/** The numbers that the reader had before them are those of now. @throws {Conflict} one has changed meanwhile */
const sameNumbers = (seen: Seen, input: SeenStep): void => {
  if (seen.missing.length > 0) throw new Invalid(text.stillMissing, { figures: seen.missing.map(({ title }) => title).join("、") });
  if (seen.seen !== input.seen) throw new Conflict(text.numbersMoved);
};
/** No number has changed since it was reviewed, or signed. @throws {Conflict} */
const asReviewed = ({ unsigned }: Seen): void => {
  if (unsigned.length > 0) throw new Conflict(text.numbersUnsigned, { figures: unsigned.join("、") });
};
/** Who drafted, who reviews and who signs are three persons. @throws {Forbidden} */
const otherHands = (step: "review" | "sign" | "check", actor: Actor, seen: Seen): Fresh => {
  const problem = handProblem(step, actor.person, seen.hands);
  if (problem !== null) throw new Forbidden(problem);
  return { person: actor.person, notReviewer: step === "sign" };
};

/**
 * Sends a draft to review.
 * @throws {NotFound} @throws {Invalid} a figure is empty, or the password is wrong @throws {Conflict} it is no draft, or not this version
 */
export const submitReport = async (ctx: Context, input: StepInput): Promise<void> => {
  const actor = ctx.allow(draftReports);
  wholeBody(ctx.reach(draftReports));
  const seen = await seeDocument(ctx, input.report);
  if (seen.missing.length > 0) throw new Invalid(text.stillMissing, { figures: seen.missing.map(({ title }) => title).join("、") });
  await confirmPassword(ctx, input.password);
  await commit(ctx, {
    statements: [
      ...moveReport(input.report, { version: input.version, from: ["draft"], fresh: null }, sets.submitted()),
      addStep(ctx, { report: input.report, version: input.version, step: "submit", by: actor.person, at: ctx.now }),
    ],
    audit: { command: "reports.submit", object: object(input.report), after: { version: input.version } },
  });
};
/** Finds a version right. Throws as `submitReport`. @throws {Forbidden} who drafted it reviews it not */
export const reviewReport = async (ctx: Context, input: SeenStep): Promise<void> => {
  const actor = ctx.allow(reviewReports);
  wholeBody(ctx.reach(reviewReports));
  const seen = await seeDocument(ctx, input.report);
  const fresh = otherHands("review", actor, seen);
  sameNumbers(seen, input);
  await confirmPassword(ctx, input.password);
  await commit(ctx, {
    statements: [
      ...moveReport(input.report, { version: input.version, from: ["review"], fresh }, sets.reviewed(actor.person, seen.numbers)),
      addStep(ctx, { report: input.report, version: input.version, step: "review", by: actor.person, at: ctx.now }),
    ],
    audit: { command: "reports.review", object: object(input.report), after: { version: input.version, seen: input.seen } },
  });
};
/**
 * Signs a version, with the numbers that were reviewed. Throws as `reviewReport`; nor does its reviewer sign it.
 * @throws {Conflict} a number is not the one that was reviewed
 */
export const signReport = async (ctx: Context, input: SeenStep): Promise<void> => {
  const actor = ctx.allow(signReports);
  wholeBody(ctx.reach(signReports));
  const seen = await seeDocument(ctx, input.report);
  const fresh = otherHands("sign", actor, seen);
  sameNumbers(seen, input);
  asReviewed(seen);
  await confirmPassword(ctx, input.password);
  await commit(ctx, {
    statements: [
      ...moveReport(input.report, { version: input.version, from: ["sign"], fresh }, sets.signed(actor.person, ctx.today, seen.numbers)),
      addStep(ctx, { report: input.report, version: input.version, step: "sign", by: actor.person, at: ctx.now }),
    ],
    audit: { command: "reports.sign", object: object(input.report), after: { version: input.version, seen: input.seen } },
  });
};
/**
 * Lets a signed version go public, after the look at secrets and personal data (政府信息公开条例 17): its figures are frozen by
 * a job, and it is public when all are. Sent again where the job gave up, it begins anew. Throws as `reviewReport`.
 * @throws {Conflict} a number is not the one that was signed
 */
export const checkReport = async (ctx: Context, input: CheckStep): Promise<JobId> => {
  const actor = ctx.allow(reviewReports);
  wholeBody(ctx.reach(reviewReports));
  const seen = await seeDocument(ctx, input.report);
  const fresh = otherHands("check", actor, seen);
  sameNumbers(seen, input);
  asReviewed(seen);
  await confirmPassword(ctx, input.password);
  const job = enqueue(ctx, { kind: "reports.freeze", input: { report: input.report }, total: seen.document.annex.length + 1 });
  await commit(ctx, {
    statements: [
      job.statement,
      ...moveReport(
        input.report,
        seen.report.state === "freezing"
          ? { version: input.version, from: ["freezing"], fresh, also: jobFailed }
          : { version: input.version, from: ["check"], fresh },
        sets.checked(input.word, job.id),
      ),
      addStep(ctx, { report: input.report, version: input.version, step: "check", by: actor.person, at: ctx.now, words: input.word }),
    ],
    audit: { command: "reports.check", object: object(input.report), after: { version: input.version }, note: input.word },
  });
  await wake(ctx, job.id);
  return job.id;
};

/**
 * Sends a report back to its drafters, with the reason. Whoever may take the step may do so, and a drafter who finds a fault.
 * @throws {NotFound} @throws {Conflict} it is not on its way @throws {Invalid} the password is wrong
 */
export const returnReport = async (ctx: Context, input: ReasonStep): Promise<void> => {
  const actor = ctx.allow(reviewReports);
  wholeBody(ctx.reach(reviewReports));
  const seen = await seeDocument(ctx, input.report);
  await confirmPassword(ctx, input.password);
  await commit(ctx, {
    statements: [
      ...moveReport(
        input.report,
        seen.report.state === "freezing"
          ? { version: input.version, from: ["freezing"], fresh: null, also: jobFailed }
          : { version: input.version, from: ["review", "sign", "check"], fresh: null },
        sets.returned(),
      ),
      addStep(ctx, { report: input.report, version: input.version, step: "return", by: actor.person, at: ctx.now, words: input.reason }),
    ],
    audit: { command: "reports.return", object: object(input.report), after: { version: input.version }, note: input.reason },
  });
};
/** Takes a published report out of the public, with the reason, which stands there in its place. Throws as `returnReport`. */
export const withdrawReport = async (ctx: Context, input: ReasonStep): Promise<void> => {
  const actor = ctx.allow(signReports);
  wholeBody(ctx.reach(signReports));
  await seeDocument(ctx, input.report);
  await confirmPassword(ctx, input.password);
  await commit(ctx, {
    statements: [
      ...moveReport(input.report, { version: input.version, from: ["published"], fresh: null }, sets.withdrawn(ctx.now, input.reason)),
      addStep(ctx, { report: input.report, version: input.version, step: "withdraw", by: actor.person, at: ctx.now, words: input.reason }),
    ],
    audit: { command: "reports.withdraw", object: object(input.report), after: { version: input.version }, note: input.reason },
  });
};
