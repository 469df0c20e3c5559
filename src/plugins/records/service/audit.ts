/** Reading the audit. */
import { day, endOfDay, Invalid, notFound, startOfDay, type Context, type Thing } from "#kernel";
import type { AuditInput } from "../input.ts";
import { auditPageSize, findAuditLine, listAudit, peopleCalled, unitsCalled, type AuditRow } from "../store-audit.ts";
import { seeAudit } from "../terms.ts";
import { text } from "../text.ts";
import { checkAsked } from "./asked.ts";
import { thingKey, titlesOfThings } from "./titles.ts";

/** A line with what its object is called, where a plugin knows. */
export type Line = AuditRow & { title: string | null };
export type AuditPage = { rows: Line[]; next: string | null };
const titled = async (ctx: Context, rows: readonly AuditRow[]): Promise<Line[]> => {
  const thingOf = ({ objectKind: kind, objectId: id }: AuditRow): Thing | null => (kind === null || id === null ? null : { kind, id });
  const titles = await titlesOfThings(
    ctx,
    rows.map(thingOf).filter((thing) => thing !== null),
  );
  return rows.map((row) => {
    const thing = thingOf(row);
    return { ...row, title: thing === null ? null : (titles.get(thingKey(thing)) ?? null) };
  });
};
/** An index has kind and id together. @throws {Invalid} one of them alone was given */
const checkObject = ({ kind, object }: AuditInput): void => {
  if ((kind === undefined) === (object === undefined)) return;
  const field = kind === undefined ? "kind" : "object";
  throw new Invalid(text.kindAndObject, {}, [{ field, code: "asked", words: text.kindAndObject }]);
};
/** A page of lines within the reach, newest first. A line of no unit is for who reaches everything. @throws {Invalid} the days are in reverse, or an object is named by half */
export const listAuditLines = async (ctx: Context, input: AuditInput): Promise<AuditPage> => {
  const reach = ctx.reach(seeAudit);
  const { from, to, actor, unit, after, ...rest } = input;
  await checkAsked(ctx, reach, { from, to });
  checkObject(input);
  const [at, seq] = (after ?? "").split(".").map(Number);
  const rows = await listAudit(
    ctx,
    reach,
    {
      ...rest,
      from: from === undefined ? null : startOfDay(day.parse(from), ctx.zone),
      to: to === undefined ? null : endOfDay(day.parse(to), ctx.zone),
      actors: actor === undefined ? null : await peopleCalled(ctx, actor),
      units: unit === undefined ? null : await unitsCalled(ctx, unit),
    },
    at === undefined || seq === undefined ? null : { at, seq },
  );
  const last = rows.at(-1);
  return { rows: await titled(ctx, rows), next: rows.length === auditPageSize && last !== undefined ? `${last.at}.${last.seq}` : null };
};
/** One line. @throws {NotFound} it does not exist, or lies outside the reach */
export const seeAuditLine = async (ctx: Context, seq: number): Promise<Line> => {
  const found = await findAuditLine(ctx, ctx.reach(seeAudit), seq);
  const [line] = found === null ? [] : await titled(ctx, [found]);
  return line ?? notFound();
};
