/** The nightly comparison of tallies with the records that they count. */
import { auditStatement, readSetting, say, writeSetting, type Context, type Pending, type Step } from "#kernel";
import { z } from "zod";
import { differences, endOfStretch, nextVerb } from "../store-check.ts";
import { text } from "../text.ts";

/** How the last check ended. */
export const checkedSchema = z.object({ at: z.number(), rows: z.number(), wrong: z.number(), example: z.string() });
export type Checked = z.infer<typeof checkedSchema>;
/** How the last check ended; null before the first. */
export const lastCheck = (ctx: Context): Promise<Checked | null> => readSetting(ctx, "records.checked", checkedSchema.nullable(), null);

const cursorSchema = z.object({ verb: z.string(), day: z.string(), rows: z.number(), wrong: z.number(), example: z.string() });
type Cursor = z.infer<typeof cursorSchema>;
/** So many records are compared in a step, give or take a day's. */
export const stretch = 20_000;
const endOfTime = "9999-12-31";

/** Compares one stretch of one verb's days; the last step leaves the outcome, and an audit line where it is bad. */
export const checkStep = async (ctx: Context, cursor: unknown, size = stretch): Promise<Step> => {
  const at = cursor === null ? { verb: "", day: endOfTime, rows: 0, wrong: 0, example: "" } : cursorSchema.parse(cursor);
  const verb = at.day === endOfTime ? await nextVerb(ctx, at.verb) : at.verb;
  if (verb === null) return { ...(await outcome(ctx, at)), done: at.rows, total: at.rows };
  const from = verb === at.verb ? at.day : "";
  const end = await endOfStretch(ctx, verb, from, size);
  const until = end.rows < size || end.day === null ? endOfTime : end.day;
  const found = await differences(ctx, verb, from, until);
  const [first] = found;
  const next: Cursor = {
    verb,
    day: until,
    rows: at.rows + end.rows,
    wrong: at.wrong + found.length,
    example:
      at.example === "" && first
        ? `${verb} ${first.day} ${first.kind}/${first.object} ${first.unit}: ${first.rows} ≠ ${first.tally}`
        : at.example,
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
