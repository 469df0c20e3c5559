/** Exams that are sat elsewhere, and what the ledger holds of exams from outside. */
import { sql } from "drizzle-orm";
import { mustHold, must, rowsOf, run, stands, type Context, type Day, type Instant, type PersonId, type Statement } from "#kernel";
import type { Exam, Outside } from "./store.ts";

/** An exam whose results may come from outside: an external one, or one of ours with the lines of its latest sitting. */
export type Target = {
  id: string;
  title: string;
  origin: "own" | "external";
  year: number | null;
  organiser: string | null;
  total: number | null;
  pass: number | null;
  excellent: number | null;
};
/** Published exams with their lines, newest first (exams_exam_created). */
export const listTargets = (ctx: Context, limit: number): Promise<Target[]> =>
  rowsOf(
    ctx,
    sql`select e.id, e.title, e.origin, e.year, e.organiser,
        iif(e.origin = 'external', e.total, (select sum(l.value ->> 'count' * (l.value ->> 'points')) from json_each(e.blueprint) l)) as total,
        iif(e.origin = 'external', e.pass, s.pass) as pass, iif(e.origin = 'external', e.excellent, s.excellent) as excellent
      from exams_exam e left join exams_sitting s on s.id = (select id from exams_sitting where exam = e.id order by opens_at desc, id desc limit 1)
      where e.state = 'published' order by e.created_at desc, e.id desc limit ${limit}`,
  );
/** What of an external exam may be put right while it stands as it was read. */
export const changeOutside = (
  exam: Pick<Exam, "id" | "changed">,
  set: Pick<Exam, "title" | "notice"> & Pick<Outside, "organiser">,
): readonly Statement[] =>
  must(
    run(
      sql`update exams_exam set changed = changed + 1, title = ${set.title}, notice = ${set.notice}, organiser = ${set.organiser} where id = ${exam.id} and origin = 'external' and changed = ${exam.changed}`,
    ),
  );
/** An external exam goes while nothing speaks of it (kernel_record_object, kernel_assignment_object). */
export const removeOutside = (exam: Pick<Exam, "id" | "changed">): readonly Statement[] => [
  mustHold(
    sql`not exists (select 1 from kernel_record where object_kind = 'exam' and object_id = ${exam.id}) and not exists (select 1 from kernel_assignment where kind = 'exam' and object = ${exam.id})`,
  ),
  ...must(run(sql`delete from exams_exam where id = ${exam.id} and origin = 'external' and changed = ${exam.changed}`)),
];

export type OutsideResult = { exam: string; title: string; at: Instant; day: Day; score: number | null; passed: number; excellent: number };
/** A person's results from outside that stand, latest first; of one exam or of all (kernel_record_person). */
export const outsideResultsOf = (ctx: Context, person: PersonId, exam: string | null): Promise<OutsideResult[]> => {
  const also = (verb: "passed" | "excelled") =>
    sql`exists (select 1 from kernel_record p where p.person = r.person and p.verb = ${verb} and p.object_kind = 'exam' and p.object_id = r.object_id and p.day = r.day and p.evidence is not null and ${stands(sql`p`)})`;
  return rowsOf(
    ctx,
    sql`select r.object_id as exam, e.title, r.at, r.day, r.score, ${also("passed")} as passed, ${also("excelled")} as excellent
      from kernel_record r indexed by kernel_record_person cross join exams_exam e on e.id = r.object_id
      where r.person = ${person} and r.verb = 'sat' and r.object_kind = 'exam' and ${exam === null ? sql`1` : sql`r.object_id = ${exam}`} and r.evidence is not null and ${stands(sql`r`)}
      order by r.day desc, r.seq desc limit 50`,
  );
};
/** Whether an open assignment asks a person for an exam (kernel_assignment_person). */
export const isAsked = async (ctx: Context, person: PersonId, exam: string): Promise<boolean> =>
  (
    await rowsOf(
      ctx,
      sql`select 1 as asked from kernel_assignment where person = ${person} and ended_at is null and kind = 'exam' and object = ${exam} limit 1`,
    )
  ).length > 0;
