/** Reading the audit. */
import { day, endOfDay, notFound, startOfDay, type Context } from "#kernel";
import type { AuditInput } from "../input.ts";
import { auditPageSize, findAuditLine, listAudit, peopleCalled, unitsCalled, type AuditRow } from "../store-audit.ts";
import { seeAudit } from "../terms.ts";

export type AuditPage = { rows: AuditRow[]; next: string | null };
/** A page of lines within the reach, newest first. A line of no unit is for who reaches everything. */
export const listAuditLines = async (ctx: Context, input: AuditInput): Promise<AuditPage> => {
  const reach = ctx.reach(seeAudit);
  const { from, to, actor, unit, after, ...rest } = input;
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
  return { rows, next: rows.length === auditPageSize && last !== undefined ? `${last.at}.${last.seq}` : null };
};
/** One line. @throws {NotFound} it does not exist, or lies outside the reach */
export const seeAuditLine = async (ctx: Context, seq: number): Promise<AuditRow> =>
  (await findAuditLine(ctx, ctx.reach(seeAudit), seq)) ?? notFound();
