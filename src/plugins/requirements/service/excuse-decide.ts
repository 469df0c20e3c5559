/** Deciding on exemptions and deferrals, and taking approvals back: what is due, counts and the ledger follow in the same commit. */
import {
  auditStatement,
  commit,
  Conflict,
  Forbidden,
  Invalid,
  newId,
  notFound,
  record,
  recordId,
  type Context,
  type Pending,
  type RequirementId,
  type PersonId,
  type UnitId,
} from "#kernel";
import type { DecideInput, ExcuseId, WithdrawInput } from "../input-excuses.ts";
import { leavesBy, type ExcuseKind, type ExcuseWhat, type Leaving } from "../rules-excuses.ts";
import { approveExcuses, findExcuses, refuseExcuses, withdrawExcuses, type Listed } from "../store-excuses.ts";
import { decideOnExcuses, excused } from "../terms.ts";
import { excuseText as text } from "../text-excuses.ts";
import { leavingOf } from "./excuse-leaving.ts";

/** What an approval is about. */
export type Approved = {
  id: ExcuseId;
  requirement: RequirementId;
  year: number;
  person: PersonId;
  unit: UnitId;
  what: ExcuseWhat;
  kind: ExcuseKind;
};
/** Approves what stands as asked for, or is written before in the same commit: statements, with a record each. @throws {Forbidden} one's own */
export const approving = async (ctx: Context, by: PersonId, rows: readonly Approved[], reason: string | null): Promise<Pending[]> => {
  if (rows.some(({ person }) => person === by)) throw new Forbidden(text.ownRefused);
  const years = new Map<number, Leaving>();
  for (const year of new Set(rows.map((row) => row.year))) years.set(year, await leavingOf(ctx, year));
  const given = rows.map((row) => {
    const leaving = years.get(row.year);
    return { row, id: row.id, leaves: leaving !== undefined && leavesBy(leaving, row), record: newId(recordId) };
  });
  return [
    ...approveExcuses(
      given.map(({ id, leaves, record: made }) => ({ id, leaves, record: made })),
      { by, at: ctx.now, reason },
    ),
    ...given.map(({ row, id, record: made }) =>
      record({
        id: made,
        verb: excused,
        object: { kind: "requirement", id: row.requirement },
        person: row.person,
        unit: row.unit,
        source: "entered",
        once: [id],
      }),
    ),
  ];
};
/**
 * Approves or refuses several at once, all or none.
 * @throws {NotFound} one is outside the reach @throws {Forbidden} one is the actor's own
 * @throws {Invalid} none is named, or a refusal has no reason @throws {Conflict} one was decided already
 */
export const decideExcuses = async (ctx: Context, { ids, decision, reason }: DecideInput): Promise<void> => {
  const actor = ctx.allow(decideOnExcuses);
  const reach = ctx.reach(decideOnExcuses);
  const unique = [...new Set(ids)];
  if (unique.length === 0) throw new Invalid(text.noneTicked);
  const rows = await findExcuses(ctx, reach, unique);
  if (rows.length !== unique.length) notFound();
  if (rows.some(({ person }) => person === actor.person)) throw new Forbidden(text.ownRefused);
  const refuses = decision === "refuse";
  if (refuses && reason === "") throw new Invalid(text.reasonNeeded, {}, [{ field: "reason", code: "reason", words: text.reasonNeeded }]);
  const state = refuses ? ("refused" as const) : ("approved" as const);
  // Sent again: nothing is left to decide.
  if (rows.every((row) => row.state === state && row.decidedBy === actor.person)) return;
  if (rows.some((row) => row.state !== "asked")) throw new Conflict(text.decidedAlready);
  const why = reason === "" ? null : reason;
  const [first, ...others] = rows.map((row) => ({
    command: `requirements.excuse.${decision}`,
    object: { kind: "excuse", id: row.id },
    unit: row.unit,
    before: { state: row.state },
    after: { state },
    ...(why === null ? {} : { note: why }),
  }));
  await commit(ctx, {
    statements: [
      ...(refuses ? refuseExcuses(unique, { by: actor.person, at: ctx.now, reason: why }) : await approving(ctx, actor.person, rows, why)),
      ...(await Promise.all(others.map((line) => auditStatement(ctx, line)))),
    ],
    audit: first ?? null,
  });
};
/** The correction that says: this was never excused. */
export const voided = (row: Listed): Pending[] =>
  row.record === null
    ? []
    : [
        record({
          verb: excused,
          object: { kind: "requirement", id: row.requirement },
          person: row.person,
          unit: row.unit,
          source: "entered",
          once: [row.id, "withdrawn"],
          corrects: row.record,
          void: true,
        }),
      ];
/**
 * Takes back an approval: what was due comes back with its first deadline, and the ledger says so.
 * @throws {NotFound} outside the reach @throws {Forbidden} the actor's own @throws {Conflict} it is not approved
 */
export const withdrawApproval = async (ctx: Context, { id, reason }: WithdrawInput): Promise<void> => {
  const actor = ctx.allow(decideOnExcuses);
  const [row] = await findExcuses(ctx, ctx.reach(decideOnExcuses), [id]);
  if (row === undefined) return notFound();
  if (row.person === actor.person) throw new Forbidden(text.ownRefused);
  if (row.state !== "approved" && row.state !== "withdrawn") throw new Conflict(text.decidedAlready);
  await commit(ctx, {
    statements: [...withdrawExcuses([id], "approved", { by: actor.person, at: ctx.now, reason }), ...voided(row)],
    audit: {
      command: "requirements.excuse.withdraw",
      object: { kind: "excuse", id },
      unit: row.unit,
      before: { state: "approved" },
      after: { state: "withdrawn", reason },
      note: reason,
    },
  });
};
