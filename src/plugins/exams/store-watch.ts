/** What officers see of a sitting that runs, and what they grant to single candidates. */
import { sql } from "drizzle-orm";
import {
  mainPositionOn,
  rowsOf,
  run,
  within,
  type Context,
  type Instant,
  type PersonId,
  type Reach,
  type Statement,
  type UnitId,
} from "#kernel";
import { type Accommodation } from "./store-attempts.ts";
import { dueAt } from "./store-counts.ts";
import { eligible, placeAt } from "./store-who.ts";

export type Watched = {
  key: string;
  person: PersonId;
  name: string;
  login: string;
  unitName: string | null;
  attempt: string | null;
  room: string | null;
  n: number | null;
  state: "running" | "graded" | null;
  startedAt: Instant | null;
  submittedAt: Instant | null;
  ended: "self" | "deadline" | "officer" | null;
  score: number | null;
  passed: number | null;
};
const watchedColumns = sql`p.id as person, p.name, p.login, u.name as unitName, t.id as attempt, t.room, t.n, t.state, t.started_at as startedAt, t.submitted_at as submittedAt, t.ended, t.score, t.passed`;
/** A page of a sitting's candidates by login (kernel_person_login), each with the newest attempt, or of those who have none; only those whose unit (of the attempt, else `placeAt`) is within the reach. */
export const listCandidates = (
  ctx: Context,
  sitting: string,
  reach: Reach,
  absent: boolean,
  after: string,
  limit: number,
): Promise<Watched[]> => {
  const place = sql`iif(t.id is null, ${placeAt(sql`p.id`, ctx.today)}, t.unit)`;
  return rowsOf<Watched>(
    ctx,
    sql`select p.login as key, ${watchedColumns}
      from exams_sitting s cross join kernel_person p left join exams_attempt t on t.id = (select id from exams_attempt y where y.sitting = s.id and y.person = p.id order by y.n desc limit 1)
      left join kernel_unit u on u.id = ${place}
      where s.id = ${sitting} and p.login > ${after} and ${absent ? sql`t.id is null` : sql`1 = 1`} and (t.id is not null or ${eligible(sql`p.id`, ctx.today)}) and ${within(reach, place)} order by p.login limit ${limit}`,
  );
};
/** A page of the candidates whose newest attempt is in a state, or among some, by person (exams_attempt_state). */
export const listAttempts = (
  ctx: Context,
  sitting: string,
  reach: Reach,
  only: { state: "running" | "graded" } | { attempts: readonly string[] },
  after: string,
  limit: number,
): Promise<Watched[]> => {
  const which =
    "state" in only ? sql`t.state = ${only.state}` : sql`t.id in (select value from json_each(${JSON.stringify(only.attempts)}))`;
  return rowsOf<Watched>(
    ctx,
    sql`select t.person as key, ${watchedColumns}
      from exams_attempt t join kernel_person p on p.id = t.person left join kernel_unit u on u.id = t.unit
      where t.sitting = ${sitting} and ${which} and ${within(reach, sql`t.unit`)} and t.person > ${after}
        and not exists (select 1 from exams_attempt y where y.sitting = t.sitting and y.person = t.person and y.n > t.n)
      order by t.person limit ${limit}`,
  );
};
export type SittingNow = {
  exam: string;
  sitting: string;
  title: string;
  sittingTitle: string;
  opensAt: Instant;
  closesAt: Instant;
  due: number;
};
/** Published sittings that are open, or open before a moment (exams_sitting_closes). */
export const listNow = (ctx: Context, reach: Reach, now: Instant, before: Instant, limit: number): Promise<SittingNow[]> =>
  rowsOf(
    ctx,
    sql`select s.exam, s.id as sitting, e.title, s.title as sittingTitle, s.opens_at as opensAt, s.closes_at as closesAt, ${dueAt(reach)} as due from exams_sitting s join exams_exam e on e.id = s.exam where s.published_at is not null and s.closes_at > ${now} and s.opens_at < ${before} order by s.closes_at, s.id limit ${limit}`,
  );
export type ListedAccommodation = Accommodation & {
  person: PersonId;
  name: string;
  login: string;
  unitName: string | null;
  reason: string;
  setByName: string | null;
  setAt: Instant;
};
/** An exam's accommodations, of candidates within the reach, by login (kernel_person_login); at most 500. */
export const listAccommodations = async (ctx: Context, exam: string, reach: Reach): Promise<ListedAccommodation[]> =>
  (
    await rowsOf<Omit<ListedAccommodation, "large"> & { large: number }>(
      ctx,
      sql`select c.person, p.name, p.login, u.name as unitName, c.percent, c.break_minutes as breakMinutes, c.large, c.reason, b.name as setByName, c.set_at as setAt from exams_accommodation c join kernel_person p on p.id = c.person join kernel_unit u on u.id = ${mainPositionOn("unit", sql`c.person`, sql`${ctx.today}`, within(reach, sql`x.unit`))} left join kernel_person b on b.id = c.set_by where c.exam = ${exam} order by p.login limit 500`,
    )
  ).map((row) => ({ ...row, large: row.large === 1 }));
/** A person by login or employee number, if a position of today lies within the reach. */
export const findPersonWithin = async (
  ctx: Context,
  whom: string,
  reach: Reach,
): Promise<{ id: PersonId; name: string; unit: UnitId } | undefined> =>
  (
    await rowsOf<{ id: PersonId; name: string; unit: UnitId | null }>(
      ctx,
      sql`select p.id, p.name, ${mainPositionOn("unit", sql`p.id`, sql`${ctx.today}`, within(reach, sql`x.unit`))} as unit from kernel_person p where p.login = ${whom} or p.employee_no = ${whom}`,
    )
  ).flatMap(({ unit, ...rest }) => (unit === null ? [] : [{ ...rest, unit }]))[0];
export const putAccommodation = (ctx: Context, exam: string, person: PersonId, a: Accommodation, reason: string, by: PersonId): Statement =>
  run(
    sql`insert into exams_accommodation (exam, person, percent, break_minutes, large, reason, set_by, set_at) values (${exam}, ${person}, ${a.percent}, ${a.breakMinutes}, ${a.large ? 1 : 0}, ${reason}, ${by}, ${ctx.now}) on conflict (exam, person) do update set percent = excluded.percent, break_minutes = excluded.break_minutes, large = excluded.large, reason = excluded.reason, set_by = excluded.set_by, set_at = excluded.set_at`,
  );
