/** Figures carry their evidence: one filter makes both the number and its rows (DESIGN.md, decision 4). */
import { sql, type SQL } from "drizzle-orm";
import type { Context } from "../context.ts";
import { rowsOf } from "../db/statement.ts";
import type { AssignmentId, PersonId, RecordId, RequirementId, UnitId } from "../ids.ts";
import { countedOn, dueCount, isThere, type Counted, type Slot } from "./due.ts";
import type { OfRecords, RecordFilter } from "./narrow.ts";
import { counts, numbersOf, type RecordFigure } from "./numbers.ts";
import type { Words } from "../text/text.ts";
import { endOfDay, type Day, type Instant } from "../text/time.ts";

/** 人次, 人, 家, 份, % */
export type Measure = "times" | "people" | "units" | "copies" | "percent";
type Common = {
  readonly id: string;
  /** Title and definition, as a reader sees them. */ readonly words: { title: Words; definition: Words };
  readonly measure: Measure;
};
/** Records. */
export type CountFigure = Common & OfRecords & { readonly is: "count" };
/** Different persons, or units, with such a record. */
export type DistinctFigure = Common & OfRecords & { readonly is: "distinct"; readonly of: "person" | "unit" };
/**
 * A rate of one requirement: of the different persons who owe one thing by it (`of` due), or of those who sat (`of` sat), those
 * who have done it, sat, or passed as excellent. Never one over several requirements: its filter names one.
 */
export type ShareFigure = Common & {
  readonly is: "share";
  readonly slot: Slot;
  readonly part: "part" | "sat" | "excelled";
  readonly of: "whole" | "sat";
};
export type Figure = CountFigure | DistinctFigure | ShareFigure;

export const count = (id: string, given: Omit<CountFigure, "id" | "is">): CountFigure => ({ id, is: "count", ...given });
export const distinct = (id: string, given: Omit<DistinctFigure, "id" | "is">): DistinctFigure => ({ id, is: "distinct", ...given });
export const share = (id: string, given: Omit<ShareFigure, "id" | "is" | "measure">): ShareFigure => ({
  id,
  is: "share",
  measure: "percent",
  ...given,
});

/** What narrows a figure: as of records; a share is of one requirement, and of days, subtree and object alone. */
export type Filter = RecordFilter & { requirement?: RequirementId | undefined };
/** A number with its whole (for a share) and the moment as of which it holds. */
export type Measured = { value: number; whole: number | null; at: Instant; position: number };
/** One counted thing. `part`: whether it is in the part (for a share). */
export type EvidenceRow = {
  key: string;
  part: boolean | null;
  record: RecordId | null;
  assignment: AssignmentId | null;
  person: PersonId | null;
  personName: string | null;
  unit: UnitId | null;
  unitName: string | null;
  objectKind: string | null;
  objectId: string | null;
  at: Instant | null;
  score: number | null;
  due: Day | null;
};

const objects = (column: SQL, object: string | undefined): SQL => (object === undefined ? sql`1 = 1` : sql`${column} = ${object}`);
/** The end of the last day, where that has passed: then a share is as of that moment, else as of now. */
const asOf = (ctx: Context, f: Filter) => {
  const until = endOfDay(f.to, ctx.zone);
  return until > ctx.now ? null : { day: f.to, until };
};
/** The assignments that make a share, each with whether it is in the part (kernel_assignment_requirement). */
const assignmentsOf = (ctx: Context, figure: ShareFigure, f: Filter): SQL => {
  const on = asOf(ctx, f);
  return sql`select a.*, ${countedOn(figure.part, on)} as part from kernel_assignment a
    where a.requirement = ${f.requirement ?? ""} and ${on === null ? sql`a.ended_at is null` : sql`1 = 1`} and a.slot = ${figure.slot} and ${objects(sql`a.object`, f.object)} and ${isThere(sql`a.unit`, f)} and ${countedOn(figure.of, on)}`;
};

/** The numbers of figures that count records, in one batch. */
export const measureAll = async (ctx: Context, figures: readonly RecordFigure[], f: Filter): Promise<Map<string, Measured>> => {
  const numbers = await numbersOf(ctx, figures, f);
  const { position } = numbers;
  return new Map(figures.map(({ id }) => [id, { value: numbers.of(id), whole: null, at: ctx.now, position }]));
};
/** Both numbers of a share, with the ledger's position. */
const shareSql = (ctx: Context, figure: ShareFigure, f: Filter): SQL => {
  const position = sql`(select coalesce(max(seq), 0) from kernel_record) as position`;
  if (asOf(ctx, f) !== null || f.object !== undefined)
    return sql`select count(distinct iif(x.part, x.person, null)) as value, count(distinct x.person) as whole, ${position} from (${assignmentsOf(ctx, figure, f)}) x`;
  const counted = (of: Counted) => dueCount(of, sql`${f.requirement ?? ""}`, figure.slot, f);
  return sql`select ${counted(figure.part)} as value, ${counted(figure.of)} as whole, ${position}`;
};
/** The number, in one batch with the ledger's position. */
export const measure = async (ctx: Context, figure: Figure, f: Filter): Promise<Measured> => {
  if (figure.is !== "share") {
    const numbers = await numbersOf(ctx, [figure], f);
    return { value: numbers.of(figure.id), whole: null, at: ctx.now, position: numbers.position };
  }
  const row = (await rowsOf<{ value: number; whole: number; position: number }>(ctx, shareSql(ctx, figure, f)))[0];
  return { value: row?.value ?? 0, whole: row?.whole ?? null, at: ctx.now, position: row?.position ?? 0 };
};
/** The rows behind the number, by key: `after` is the last key of the page before. One row a counted thing. */
export const evidence = async (ctx: Context, figure: Figure, f: Filter, after: string, limit: number): Promise<EvidenceRow[]> => {
  const names = (from: SQL) =>
    sql`select x.*, p.name as personName, u.name as unitName from (${from}) x left join kernel_person p on p.id = x.person left join kernel_unit u on u.id = x.unit order by x.key`;
  const query = ((): SQL => {
    switch (figure.is) {
      case "count": {
        // By day first: then a page reads the records of its days, and not all that came since.
        const [day = "", id = ""] = after.split("/");
        return names(
          sql`select r.day || '/' || r.id as key, null as part, r.id as record, null as assignment, r.person, r.unit, r.object_kind as objectKind, r.object_id as objectId, r.at, r.score, null as due from kernel_record r indexed by kernel_record_verb_day where ${counts(figure, f)} and r.day >= ${day} and (r.day > ${day} or r.id > ${id}) order by r.day, r.id limit ${limit}`,
        );
      }
      case "distinct": {
        const shown = sql`null as part, min(r.id) as record, null as assignment, ${figure.of === "person" ? sql`r.person` : sql`null`} as person, min(r.unit) as unit, null as objectKind, null as objectId, min(r.at) as at, null as score, null as due`;
        // Person by person: then a page reads the records of its own people, and not all of the days.
        return names(
          figure.of === "person"
            ? sql`select p.id as key, ${shown} from kernel_person p cross join kernel_record r indexed by kernel_record_person on r.person = p.id where p.id > ${after} and ${counts(figure, f)} group by p.id order by p.id limit ${limit}`
            : sql`select r.unit as key, ${shown} from kernel_record r indexed by kernel_record_verb_day where r.unit > ${after} and ${counts(figure, f)} group by r.unit order by r.unit limit ${limit}`,
        );
      }
      case "share":
        return names(
          sql`select a.person as key, max(a.part) as part, null as record, min(a.id) as assignment, a.person, min(a.unit) as unit, a.kind as objectKind, a.object as objectId, null as at, null as score, min(a.due_day) as due from (${assignmentsOf(ctx, figure, f)}) a where a.person > ${after} group by a.person order by a.person limit ${limit}`,
        );
    }
  })();
  const rows = await rowsOf<Omit<EvidenceRow, "part"> & { part: number | null }>(ctx, query);
  return rows.map((row) => ({ ...row, part: row.part === null ? null : row.part === 1 }));
};
