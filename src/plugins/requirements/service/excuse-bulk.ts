/** Exemptions and deferrals as a file: looked at, previewed, approved all at once, taken back together. */
import { commit, Invalid, notFound, newId, requirementId, TooLarge, type Context, type Instant } from "#kernel";
import { asRefusal, guessTable, inspect, openRows } from "#plugins/people";
import { excuseId, type BulkInput, type ExcuseId, type WithdrawInput } from "../input-excuses.ts";
import { decideRows, headers, mostRows, readRow, type Outcome } from "../rules-bulk.ts";
import { asked } from "../rules-excuses.ts";
import { latestBatches, ofBatch, owingAmong } from "../store-bulk.ts";
import { addExcuses, findExcuses, withdrawExcuses, type Excuse } from "../store-excuses.ts";
import { findRequirement, listRequirements, type Requirement } from "../store-rules.ts";
import { decideOnExcuses } from "../terms.ts";
import { bulkText as text } from "../text-bulk.ts";
import { approving, voided } from "./excuse-decide.ts";

const prefix = "requirements/excuse-files/";
const mostBytes = 5 * 1024 * 1024;
/** Written files that are listed. */
const mostFiles = 20;
/** A file that waits for its word, or one that was written; of the latter whether anything stands. */
export type BulkFile = { id: ExcuseId; requirement: string; at: Instant; is: "waits" | "stands" | "gone" };
/** Requirements that a file may be of, and one's own latest files; everybody's for whoever administers the whole body. */
export const seeBulk = async (ctx: Context): Promise<{ requirements: Requirement[]; files: BulkFile[] }> => {
  const { person } = ctx.allow(decideOnExcuses);
  const { all } = ctx.reach(decideOnExcuses);
  const [requirements, kept, written] = await Promise.all([
    listRequirements(ctx),
    ctx.env.FILES.list({ prefix, limit: 1000, include: ["customMetadata"] }),
    latestBatches(ctx, mostFiles),
  ]);
  const names = new Map<string, string>(requirements.map(({ id, name }) => [id, name]));
  const files = [
    ...kept.objects.flatMap(({ key, uploaded, customMetadata: told = {} }): BulkFile[] => {
      const id = excuseId.safeParse(key.slice(prefix.length));
      if (told["by"] !== person || !id.success) return [];
      return [{ id: id.data, requirement: names.get(told["requirement"] ?? "") ?? "", at: uploaded.getTime(), is: "waits" }];
    }),
    ...written.flatMap(({ by, stands, ...row }): BulkFile[] =>
      all || by === person ? [{ ...row, is: stands === 1 ? "stands" : "gone" }] : [],
    ),
  ];
  return { requirements: requirements.filter(({ state }) => state === "active"), files: files.toSorted((a, b) => b.at - a.at) };
};
/**
 * Keeps a file until it is written, or seven days. Nothing is written to the roster or the ledger.
 * @throws {NotFound} the requirement is not on @throws {TooLarge} @throws {Unreadable} @throws {Invalid} it has no header
 */
export const sendBulk = async (ctx: Context, { id, requirement, file }: BulkInput): Promise<void> => {
  const { person } = ctx.allow(decideOnExcuses);
  if ((await findRequirement(ctx, requirement))?.state !== "active") notFound();
  if (file.size > mostBytes) throw new TooLarge(text.bulkLarge, { limit: "5 MB" });
  const bytes = new Uint8Array(await file.arrayBuffer());
  try {
    const { guess } = await guessTable(headers, bytes, await inspect(bytes));
    if (guess.header === 0 || !guess.columns.includes("what")) throw new Invalid(text.bulkNoHeader);
  } catch (error) {
    throw asRefusal(error);
  }
  await ctx.env.FILES.put(prefix + id, bytes, { customMetadata: { requirement, by: person } });
  await readBulk(ctx, id);
};
export type Bulk =
  | { is: "preview"; id: ExcuseId; requirement: Requirement; titles: readonly string[]; outcomes: Outcome[] }
  | { is: "done"; id: ExcuseId; requirement: Requirement; standing: ExcuseId[]; gone: number };
/** The rows of a kept file, decided as of now. @throws {NotFound} it is another's, or not kept any more @throws {TooLarge} too many rows */
const readBulk = async (ctx: Context, id: ExcuseId): Promise<Extract<Bulk, { is: "preview" }>> => {
  const { person } = ctx.allow(decideOnExcuses);
  const kept = await ctx.env.FILES.get(prefix + id);
  if (kept === null || kept.customMetadata?.["by"] !== person) return notFound();
  const requirement = (await findRequirement(ctx, requirementId.parse(kept.customMetadata["requirement"]))) ?? notFound();
  const bytes = new Uint8Array(await kept.arrayBuffer());
  const { sheet, guess } = await guessTable(headers, bytes, await inspect(bytes));
  const file = await openRows(bytes, { ...guess, sheet }, readRow(ctx.today));
  const rows: Parameters<typeof decideRows>[0][number][] = [];
  for await (const row of file.rows()) {
    if (rows.length === mostRows) {
      await ctx.env.FILES.delete(prefix + id);
      throw new TooLarge(text.bulkTooMany, { limit: String(mostRows) });
    }
    rows.push(row);
  }
  const told = rows.flatMap(({ read }) => ("values" in read ? [read.values] : []));
  const all = await owingAmong(ctx, ctx.reach(decideOnExcuses), requirement.id, {
    names: told.map(({ name }) => name),
    logins: told.flatMap(({ login }) => login ?? []),
    numbers: told.flatMap(({ employeeNo }) => employeeNo ?? []),
  });
  return { is: "preview", id, requirement, titles: guess.titles, outcomes: decideRows(rows, all, { by: person, today: ctx.today }) };
};
/** A file as it stands: its preview, or what it brought. @throws {NotFound} it is another's, or not kept any more */
export const seeBulkFile = async (ctx: Context, id: ExcuseId): Promise<Bulk> => {
  const brought = await ofBatch(ctx, ctx.reach(decideOnExcuses), id);
  const [first] = brought;
  if (first === undefined) return readBulk(ctx, id);
  const standing = brought.flatMap((row) => (row.state === "approved" ? [row.id] : []));
  return {
    is: "done",
    id,
    requirement: (await findRequirement(ctx, first.requirement)) ?? notFound(),
    standing,
    gone: brought.length - standing.length,
  };
};
/** Approves whom the file excuses, in one commit; written again it changes nothing. @throws {NotFound} @throws {Conflict} somebody was excused meanwhile */
export const writeBulk = async (ctx: Context, id: ExcuseId): Promise<void> => {
  const { person } = ctx.allow(decideOnExcuses);
  const found = await seeBulkFile(ctx, id);
  if (found.is === "done") return;
  const rows = found.outcomes.flatMap((outcome) => {
    if (outcome.is !== "new") return [];
    const { values, owes } = outcome;
    const row: Excuse = {
      ...asked(owes, values, person, ctx.now),
      id: newId(excuseId),
      attachment: null,
      attachmentName: null,
      attachmentType: null,
      batch: id,
    };
    return [{ ...row, year: owes.year }];
  });
  if (rows.length === 0) throw new Invalid(text.bulkNothing);
  await commit(ctx, {
    statements: [addExcuses(rows), ...(await approving(ctx, person, rows, null))],
    audit: {
      command: "requirements.excuse.import",
      object: { kind: "excuse", id },
      after: { requirement: found.requirement.id, approved: rows.length },
      note: found.requirement.name,
    },
  });
  await ctx.env.FILES.delete(prefix + id);
};
/** Takes back what stands of a file, each with a correction; again it changes nothing. @throws {NotFound} it brought nothing within the reach */
export const undoBulk = async (ctx: Context, { id, reason }: WithdrawInput): Promise<void> => {
  const { person } = ctx.allow(decideOnExcuses);
  const found = await seeBulkFile(ctx, id);
  if (found.is !== "done") return notFound();
  if (found.standing.length === 0) return;
  const rows = await findExcuses(ctx, ctx.reach(decideOnExcuses), found.standing);
  await commit(ctx, {
    statements: [
      ...withdrawExcuses(found.standing, "approved", { by: person, at: ctx.now, reason }),
      ...rows.flatMap((row) => voided(row)),
    ],
    audit: {
      command: "requirements.excuse.import-undo",
      object: { kind: "excuse", id },
      before: { approved: rows.length },
      after: { withdrawn: rows.length, reason },
      note: reason,
    },
  });
};
/** Forgets files that nobody wrote within seven days; they tell why people are away. */
export const forgetBulk = async (ctx: Context): Promise<void> => {
  const { objects } = await ctx.env.FILES.list({ prefix, limit: 1000 });
  const old = objects.filter(({ uploaded }) => uploaded.getTime() < ctx.now - 7 * 86_400_000).map(({ key }) => key);
  if (old.length > 0) await ctx.env.FILES.delete(old);
};
