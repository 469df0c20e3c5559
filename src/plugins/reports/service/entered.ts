/** Entered figures: what no plugin counts, told with evidence by somebody who answers for it. */
import { commit, Conflict, Forbidden, Invalid, notFound, say, type Context, type Day, type Reach } from "#kernel";
import { keptProof, readProof, type Proof } from "#plugins/people";
import type { EnterInput } from "../input-entered.ts";
import { enterableOf, parts, type Enterable } from "../rules-enterable.ts";
import { entryProblem, nilStatement, type Entered } from "../rules-entered.ts";
import type { EnteredId } from "../schema.ts";
import { addEntered, enteredOf, findEntered, historyOf, standingOf, type Told } from "../store-entered.ts";
import { enterFigures, seeReports } from "../terms.ts";
import { enteredText as text } from "../text-entered.ts";

/** What stands for a period, by key: one query. No permission is asked: for reports that are being made. */
export const enteredFor = async (ctx: Context, { from, to }: { from: Day; to: Day }): Promise<Map<string, Entered>> =>
  new Map((await enteredOf(ctx, from, to)).map((row) => [row.key, row]));

/** An entered figure is of the whole body. @throws {Forbidden} the reach is a part of it */
const ofWholeBody = (reach: Reach): void => {
  if (!reach.all) throw new Forbidden(text.partOnly);
};
/** What stands for a period, for whoever reads. Throws as `ofWholeBody`. */
export const seeEntered = async (ctx: Context, period: { from: Day; to: Day }): Promise<Map<string, Entered>> => {
  ofWholeBody(ctx.reach(seeReports));
  return enteredFor(ctx, period);
};

export type EnteredPage = { thing: Enterable; from: Day; to: Day; now: Entered | null; history: Told[]; next: EnteredId | null };
const rowsAPage = 50;
/** One thing: what stands for the period, and all that was told of it. Throws as `ofWholeBody`. @throws {NotFound} there is no such thing */
export const seeOneEntered = async (
  ctx: Context,
  asked: { entered: string; from: Day; to: Day; after?: EnteredId | undefined },
): Promise<EnteredPage> => {
  ofWholeBody(ctx.reach(seeReports));
  const thing = enterableOf(asked.entered) ?? notFound();
  const [now, history] = await Promise.all([
    standingOf(ctx, thing.key, asked.from, asked.to),
    historyOf(ctx, thing.key, asked.after, rowsAPage),
  ]);
  return { thing, from: asked.from, to: asked.to, now, history, next: history.length === rowsAPage ? (history.at(-1)?.id ?? null) : null };
};

/** Where R2 keeps a file: under what it is. */
const keyOf = (digest: string): string => `reports/evidence/${digest}`;
/** A part is no more than its whole, as far as both are entered. @throws {Invalid} */
const fitsOthers = async (ctx: Context, { key }: Enterable, { number, from, to }: EnterInput): Promise<void> => {
  const pairs = parts.filter((pair) => pair.includes(key));
  const entered = pairs.length === 0 ? new Map<string, Entered>() : await enteredFor(ctx, { from, to });
  for (const [part, whole] of pairs) {
    const stands = entered.get(key === part ? whole : part);
    if (stands === undefined || (key === part ? number <= stands.number : number >= stands.number)) continue;
    const words = key === part ? text.moreThanWhole : text.lessThanPart;
    const title = enterableOf(stands.key)?.title;
    const facts = { thing: title === undefined ? stands.key : say(ctx.language, title), number: stands.number };
    throw new Invalid(words, facts, [{ field: "number", code: "entered", words, facts }]);
  }
};
/**
 * Enters a number for a period, or corrects the one that stands. Sent again, it changes nothing.
 * @throws {NotFound} there is no such thing @throws {Forbidden} as `ofWholeBody`
 * @throws {Invalid} what is entered does not fit: a 0 without its signed statement, a number without evidence
 * @throws {TooLarge} @throws {Unreadable} the evidence file @throws {Conflict} another was entered in between
 */
export const enterFigure = async (ctx: Context, input: EnterInput): Promise<void> => {
  const actor = ctx.allow(enterFigures);
  ofWholeBody(ctx.reach(enterFigures));
  const thing = enterableOf(input.entered) ?? notFound();
  const given = await readProof(input.file, { field: "file", otherwise: "依据" });
  const now = await standingOf(ctx, thing.key, input.from, input.to);
  const corrects = input.supersedes !== undefined;
  const before = now?.id === input.id ? await sentBefore(ctx, now) : now;
  if ((before?.id ?? undefined) !== input.supersedes) throw new Conflict(text.changed);
  const sent = given && { digest: given.digest, name: given.name, type: given.type, size: given.bytes.length };
  const file = sent ?? (input.nil ? null : (before?.file ?? null));
  const problem = entryProblem({ ...input, key: thing.key }, { signer: actor.name, corrects, hasFile: file !== null });
  if (problem !== null) throw new Invalid(problem.words, {}, [{ ...problem, code: "entered" }]);
  await fitsOthers(ctx, thing, input);
  if (given !== null) await ctx.env.FILES.put(keyOf(given.digest), given.bytes);
  const { file: _, ...told } = input;
  await commit(ctx, {
    statements: [
      addEntered(ctx, {
        id: input.id,
        key: thing.key,
        from: input.from,
        to: input.to,
        number: input.number,
        measure: thing.measure,
        definition: input.definition,
        responsible: input.responsible,
        statement: input.nil ? nilStatement(thing.key, input.from, input.to) : null,
        evidence: file?.digest ?? null,
        fileName: file?.name ?? null,
        fileType: file?.type ?? null,
        fileSize: file?.size ?? null,
        supersedes: input.supersedes ?? null,
        reason: corrects ? input.reason : null,
        by: actor.person,
        at: ctx.now,
      }),
    ],
    audit: {
      command: corrects ? "reports.entered.correct" : "reports.enter",
      object: { kind: "entered", id: input.id },
      after: { ...told, evidence: file?.digest ?? null },
      note: thing.key,
    },
  });
};
/** What stood before a row that this very form made. */
const sentBefore = async (ctx: Context, now: Entered): Promise<Entered | null> =>
  now.supersedes === null ? null : findEntered(ctx, now.supersedes);

/**
 * The evidence of an entered figure; its reading is audited. Throws as `ofWholeBody`.
 * @throws {NotFound} there is none @throws {Error} what R2 keeps is not what its name says
 */
export const readEvidenceFile = async (ctx: Context, asked: { entered: string; id: EnteredId }): Promise<Omit<Proof, "digest">> => {
  ofWholeBody(ctx.reach(seeReports));
  const row = (await findEntered(ctx, asked.id)) ?? notFound();
  if (row.file === null || row.key !== asked.entered) return notFound();
  const bytes = await keptProof(ctx, keyOf(row.file.digest), row.file.digest);
  await commit(ctx, {
    statements: [],
    audit: { command: "reports.evidence.read", object: { kind: "entered", id: row.id }, note: row.file.name },
  });
  return { bytes, name: row.file.name, type: row.file.type };
};
