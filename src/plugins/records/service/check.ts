/** The nightly comparison of what is counted with the rows: tallies with records, counters of what is due with assignments. */
import { auditStatement, readSetting, say, writeSetting, type Context, type Pending, type Step } from "#kernel";
import { z } from "zod";
import {
  differences,
  endOfDays,
  endOfUnits,
  miscountedTotal,
  miscounts,
  nextRequirement,
  nextVerb,
  type Difference,
  type Miscount,
} from "../store-check.ts";
import { text } from "../text.ts";

/** How the last check ended: the rows compared, and how many counts differ from them. */
export const checkedSchema = z.object({ at: z.number(), rows: z.number(), wrong: z.number(), example: z.string() });
export type Checked = z.infer<typeof checkedSchema>;
/** How the last check ended; null before the first. */
export const lastCheck = (ctx: Context): Promise<Checked | null> => readSetting(ctx, "records.checked", checkedSchema.nullable(), null);

/** Verbs first, each by its days; then requirements, each by its units. `upTo` is the last day or unit that was compared. */
const cursorSchema = z.object({
  of: z.enum(["verb", "requirement"]),
  key: z.string(),
  upTo: z.string(),
  rows: z.number(),
  wrong: z.number(),
  example: z.string(),
});
type Cursor = z.infer<typeof cursorSchema>;
/** So many rows are compared in a step, give or take those of a day or a unit. */
export const stretch = 20_000;
/** After every day and every id. */
const end = "~";
const begin: Cursor = { of: "verb", key: "", upTo: end, rows: 0, wrong: 0, example: "" };

const differs = (verb: string) => (d: Difference) => `${verb} ${d.day} ${d.kind}/${d.object} ${d.unit}: ${d.rows} ≠ ${d.tally}`;
const isMiscounted = (requirement: string) => (m: Miscount) =>
  `requirement ${requirement} ${m.unit}: ${m.part}/${m.whole} ≠ ${m.keptPart}/${m.keptWhole}`;

/** The stretch of one verb or requirement after `from`: where it ends, its rows, and what is wrong in it, in words. */
const compare = async (
  ctx: Context,
  of: Cursor["of"],
  key: string,
  from: string,
  size: number,
): Promise<{ upTo: string; rows: number; wrong: string[] }> => {
  const { last, rows } = await (of === "verb" ? endOfDays : endOfUnits)(ctx, key, from, size);
  const upTo = rows < size || last === null ? end : last;
  if (of === "verb") return { upTo, rows, wrong: (await differences(ctx, key, from, upTo)).map(differs(key)) };
  const found = [...(await miscounts(ctx, key, from, upTo)), ...(upTo === end ? await miscountedTotal(ctx, key) : [])];
  return { upTo, rows, wrong: found.map(isMiscounted(key)) };
};
/** Compares one stretch; the last step leaves the outcome, and an audit line where it is bad. */
export const checkStep = async (ctx: Context, cursor: unknown, size = stretch): Promise<Step> => {
  const at = cursor === null ? begin : cursorSchema.parse(cursor);
  const key = at.upTo === end ? await (at.of === "verb" ? nextVerb : nextRequirement)(ctx, at.key) : at.key;
  if (key === null && at.of === "requirement") return { ...(await outcome(ctx, at)), done: at.rows, total: at.rows };
  if (key === null) return { cursor: { ...at, of: "requirement", key: "" }, done: at.rows, total: at.rows };
  const { upTo, rows, wrong } = await compare(ctx, at.of, key, key === at.key ? at.upTo : "", size);
  const next: Cursor = {
    of: at.of,
    key,
    upTo,
    rows: at.rows + rows,
    wrong: at.wrong + wrong.length,
    example: at.example === "" ? (wrong[0] ?? "") : at.example,
  };
  return { cursor: next, done: next.rows, total: next.rows };
};
const outcome = async (ctx: Context, { rows, wrong, example }: Cursor): Promise<{ statements: Pending[]; result: Checked }> => {
  const result: Checked = { at: ctx.now, rows, wrong, example };
  const statements: Pending[] = [writeSetting(ctx, "records.checked", result)];
  if (wrong > 0)
    statements.push(await auditStatement(ctx, { command: "records.tallies-differ", note: say("zh", text.alarmLine, { wrong, example }) }));
  return { statements, result };
};
