/** A bureau for the rules: rules of any kind, straight into the table, and what they made due. */
import { env } from "cloudflare:workers";
import { sql } from "drizzle-orm";
import {
  commit,
  newId,
  personId,
  positionId,
  requirementId,
  run,
  type Context,
  type Day,
  type PersonId,
  type RequirementId,
  type UnitId,
} from "#kernel";
import { requirements } from "../../../src/plugins/requirements/schema.ts";
import type { Requirement } from "../../../src/plugins/requirements/store-rules.ts";
import { context } from "../people/world.ts";

export const today = "2026-11-24" as Day;
/** Noon of that day in China. */
const noon = Date.UTC(2026, 10, 24, 4);
export const at = (now = noon): Context => context(now);
/** A rule that hits everybody of open units with a course due on the last day of 2026; `given` says otherwise. */
export const rule = async (given: Partial<Requirement> = {}): Promise<RequirementId> => {
  const id = newId(requirementId);
  const row: Requirement = {
    id,
    name: "规则",
    studyKind: "course",
    studyObject: "c",
    studyTitle: "依法办学",
    exam: null,
    examTitle: null,
    kinds: null,
    statuses: null,
    unit: null,
    foundedFrom: null,
    foundedTo: null,
    posts: null,
    natures: null,
    categories: null,
    roster: false,
    tookFrom: null,
    tookTo: null,
    each: false,
    period: "calendar",
    year: 2026,
    from: "2026-01-01" as Day,
    dueBy: "day",
    due: "2026-12-31" as Day,
    days: null,
    repeats: false,
    follows: null,
    job: null,
    state: "active",
    createdBy: newId(personId),
    createdAt: 0,
    ...given,
  };
  const ctx = at();
  await commit(ctx, { statements: [ctx.db.insert(requirements).values(row)], audit: null });
  return id;
};
/** Many people of one unit at once. */
export const crowd = async (unit: UnitId, count: number): Promise<void> => {
  const rows = JSON.stringify(Array.from({ length: count }, () => ({ person: newId(personId), position: newId(positionId) })));
  await commit(at(), {
    statements: [
      run(
        sql`insert into kernel_person (id, login, name, created_at) select value ->> 'person', value ->> 'person', '众', 0 from json_each(${rows})`,
      ),
      run(
        sql`insert into kernel_position (id, person, unit, nature, post, from_day) select value ->> 'position', value ->> 'person', ${unit}, 'personnel', 'other', '2020-01-01' from json_each(${rows})`,
      ),
    ],
    audit: null,
  });
};
export type Open = { person: PersonId; unit: UnitId; kind: string; due_day: Day };
/** What is in force of a rule, by person, unit and kind. */
export const openOf = async (id: RequirementId): Promise<Open[]> =>
  (
    await env.DB.prepare(
      "select person, unit, kind, due_day from kernel_assignment where requirement = ? and ended_at is null order by person, unit, kind",
    )
      .bind(id)
      .all<Open>()
  ).results;
