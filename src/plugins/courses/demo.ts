/** A year of study in the demonstration bureau: rounds begun, half done and completed, with the ways that were taken through cases. */
import { sql } from "drizzle-orm";
import { v7 } from "uuid";
import {
  chunkJson,
  commit,
  record,
  recordId,
  rowsOf,
  run,
  type Category,
  type Context,
  type Demo,
  type DemoWorld,
  type PersonId,
  type Post,
  type RecordDraft,
  type Signal,
  type Statement,
  type UnitKind,
} from "#kernel";
import { offered, walk } from "./rules.ts";
import type { CaseBody, LessonBody, Outline } from "./schema.ts";
import { completed, courseCompleted, decided, studied } from "./terms.ts";

type Person = { id: PersonId; login: string; from: string; post: Post; kind: UnitKind; category: Category | null; roster: number };
type Part = { course: string; kind: "lesson" | "case"; id: string; body: LessonBody | CaseBody };
type Course = { id: string; hash: string; hours: number; outline: Outline; lessons: Map<string, LessonBody>; cases: Map<string, CaseBody> };
type Rows = {
  progress: object[];
  studies: object[];
  answers: object[];
  walks: object[];
  records: RecordDraft[];
  signals: Signal[];
  started: Map<string, number>;
  completed: Map<string, number>;
};

const minute = 60_000;
const day = 24 * 60 * minute;
const between = ({ chance }: DemoWorld, low: number, high: number) => low + Math.floor(chance() * (high - low + 1));
/** An id that is the same at each run, but for its moment. */
const idOf = (world: DemoWorld, at: number): string =>
  recordId.parse(v7({ msecs: at, random: Uint8Array.from({ length: 16 }, () => Math.floor(world.chance() * 256)) }));

const peopleOf = (ctx: Context): Promise<Person[]> =>
  rowsOf<Person>(
    ctx,
    sql`select p.id, p.login, x.from_day as "from", x.post, u.kind, p.category, exists (select 1 from kernel_roster_mark m where m.person = p.id and m.until_day is null) as roster from kernel_person p
      join kernel_position x on x.person = p.id and x.nature = 'personnel' and x.until_day is null join kernel_unit u on u.id = x.unit order by p.login`,
  );
const coursesOf = async (ctx: Context): Promise<Course[]> => {
  const rows = await rowsOf<{ id: string; hash: string; hours: number; outline: string }>(
    ctx,
    sql`select c.id, c.hash, v.hours, v.outline from courses_course c join courses_version v on v.course = c.id and v.hash = c.hash order by c.place`,
  );
  const parts = await rowsOf<Omit<Part, "body"> & { body: string }>(
    ctx,
    sql`select p.course, p.kind, p.id, p.body from courses_course c join courses_part p on p.course = c.id and p.hash = c.hash`,
  );
  return rows.map((row) => {
    const own = parts.filter((p) => p.course === row.id).map((p) => ({ ...p, body: JSON.parse(p.body) as LessonBody | CaseBody }));
    const of = <T extends LessonBody | CaseBody>(kind: Part["kind"]) =>
      new Map(own.filter((p) => p.kind === kind).map((p) => [p.id, p.body as T]));
    return { ...row, outline: JSON.parse(row.outline) as Outline, lessons: of<LessonBody>("lesson"), cases: of<CaseBody>("case") };
  });
};

/** Any way through a case to an ending. */
const wayThrough = (world: DemoWorld, story: CaseBody): { path: number[]; ending: string } => {
  const path: number[] = [];
  for (;;) {
    const place = walk(story, path);
    if (place === null) throw new Error(`case ${story.id}: no place at ${path.join()}`);
    if (place.at === "ending") return { path, ending: place.ending.id };
    const open = offered(place.scene, place.state);
    path.push(open[between(world, 0, open.length - 1)]?.n ?? 0);
  }
};

/** How far a person is in a course: all of it, so many lessons, or nothing. */
const plan = (world: DemoWorld, person: Person, course: Course): number | "all" | null => {
  const staff = course.id === "xingzheng-chufa";
  const wanted = staff
    ? person.kind === "office"
      ? 0.86
      : person.roster === 1
        ? 0.62
        : 0.04
    : person.kind === "training"
      ? person.post === "principal"
        ? 0.8
        : 0.35
      : person.post === "principal" && person.category === "private-staff"
        ? 0.4
        : 0.01;
  const luck = world.chance();
  if (luck < wanted) return "all";
  return luck < wanted + (1 - wanted) * 0.12 ? between(world, 1, course.outline.lessons.length - 1) : null;
};

const study = (
  world: DemoWorld,
  rows: Rows,
  person: Person,
  course: Course,
  upto: number | "all",
  days: { first: number; last: number },
): void => {
  const began = Math.max(world.now - between(world, days.last, days.first) * day, Date.parse(`${person.from}T00:00:00Z`) + day);
  // In the evening or at noon, a lesson at a time.
  let at = began - (began % day) + between(world, 4 * 60, 13 * 60) * minute;
  const progress = idOf(world, at);
  const { lessons, cases } = course.outline;
  let seconds = 0;
  let doneLessons = 0;
  let place = lessons[0]?.id ?? "";
  const later = (low: number, high: number) => Math.min(at + between(world, low, high) * minute, world.now - minute);
  for (const lesson of upto === "all" ? lessons : lessons.slice(0, upto)) {
    const opened = at;
    const spent = between(world, Math.round(lesson.minutes * 0.6), Math.round(lesson.minutes * 1.6)) * 60;
    at = Math.min(at + spent * 1000, world.now - minute);
    rows.studies.push({ p: progress, l: lesson.id, o: opened, r: at, d: at, s: spent });
    for (const check of course.lessons.get(lesson.id)?.checks ?? [])
      rows.answers.push({
        p: progress,
        q: check.id,
        l: lesson.id,
        t: world.chance() < 0.3 ? 2 : 1,
        a: at,
        v: JSON.stringify(
          check.type === "single"
            ? { type: "single", choice: check.answer }
            : check.type === "multiple"
              ? { type: "multiple", choices: [...String(check.answer)] }
              : { type: "truefalse", answer: check.answer },
        ),
      });
    rows.records.push(
      record({
        id: recordId.parse(idOf(world, at)),
        verb: studied,
        object: { kind: "lesson", id: `${course.id}/${lesson.id}` },
        person: person.id,
        at,
        seconds: spent,
        once: [progress, lesson.id],
      }),
    );
    seconds += spent;
    doneLessons++;
    place = lessons[doneLessons]?.id ?? lesson.id;
    at = world.chance() < 0.5 ? later(2, 30) : later(600, 6000);
  }
  let completedAt: number | null = null;
  if (upto === "all") {
    for (const story of cases) {
      const body = course.cases.get(story.id);
      if (!body) continue;
      const { path, ending } = wayThrough(world, body);
      rows.walks.push({ i: idOf(world, at), p: progress, c: story.id, w: JSON.stringify(path), a: at, e: ending });
      rows.records.push(
        record({
          id: recordId.parse(idOf(world, at)),
          verb: decided,
          object: { kind: "case", id: `${course.id}/${story.id}` },
          person: person.id,
          at,
          once: [progress, story.id],
        }),
      );
      completedAt = at;
      at = later(10, 40);
    }
    rows.records.push(
      record({
        id: recordId.parse(idOf(world, completedAt ?? at)),
        verb: completed,
        object: { kind: "course", id: course.id },
        person: person.id,
        at: completedAt ?? at,
        seconds: Math.round(course.hours * 2700),
        once: [progress],
      }),
    );
    rows.signals.push(courseCompleted({ person: person.id, course: course.id, at: completedAt ?? at }));
    rows.completed.set(course.id, (rows.completed.get(course.id) ?? 0) + 1);
  } else if (place !== "") rows.studies.push({ p: progress, l: place, o: at, r: null, d: null, s: between(world, 30, 240), n: "s2.2" });
  rows.started.set(course.id, (rows.started.get(course.id) ?? 0) + 1);
  rows.progress.push({
    i: progress,
    p: person.id,
    c: course.id,
    h: course.hash,
    b: began,
    t: at,
    k: upto === "all" ? "case" : "lesson",
    l: upto === "all" ? (cases.at(-1)?.id ?? place) : place,
    s: seconds,
    d: completedAt,
  });
};

const statementsOf = (rows: Rows): Statement[] => [
  ...chunkJson(rows.progress).map((c) =>
    run(
      sql`insert into courses_progress (id, person, course, hash, round, started_at, touched_at, place_kind, place, seconds, completed_at) select value ->> 'i', value ->> 'p', value ->> 'c', value ->> 'h', 1, value ->> 'b', value ->> 't', value ->> 'k', value ->> 'l', value ->> 's', value ->> 'd' from json_each(${c}) where true`,
    ),
  ),
  ...chunkJson(rows.studies).map((c) =>
    run(
      sql`insert into courses_study (progress, lesson, opened_at, read_at, done_at, seconds, anchor) select value ->> 'p', value ->> 'l', value ->> 'o', value ->> 'r', value ->> 'd', value ->> 's', value ->> 'n' from json_each(${c}) where true`,
    ),
  ),
  ...chunkJson(rows.answers).map((c) =>
    run(
      sql`insert into courses_answer (progress, question, lesson, tries, value, "right", answered_at, right_at) select value ->> 'p', value ->> 'q', value ->> 'l', value ->> 't', value ->> 'v', 1, value ->> 'a', value ->> 'a' from json_each(${c}) where true`,
    ),
  ),
  ...chunkJson(rows.walks).map((c) =>
    run(
      sql`insert into courses_walk (id, progress, story, path, started_at, stepped_at, ending, ended_at) select value ->> 'i', value ->> 'p', value ->> 'c', value ->> 'w', value ->> 'a', value ->> 'a', value ->> 'e', value ->> 'a' from json_each(${c}) where true`,
    ),
  ),
  ...[...rows.started].map(([course, n]) =>
    run(
      sql`update courses_course set started = started + ${n}, completed = completed + ${rows.completed.get(course) ?? 0} where id = ${course}`,
    ),
  ),
];

export const demo: Demo = {
  plugin: "courses",
  seed: async (ctx, world) => {
    const rows: Rows = {
      progress: [],
      studies: [],
      answers: [],
      walks: [],
      records: [],
      signals: [],
      started: new Map(),
      completed: new Map(),
    };
    const courses = await coursesOf(ctx);
    const accounts = new Set(world.accounts.map((a) => a.username));
    for (const person of await peopleOf(ctx)) {
      if (accounts.has(person.login)) {
        // The member of staff has begun, to see how one goes on; the others find everything before them.
        const [course] = courses.filter((c) => c.id === "xingzheng-chufa");
        if (person.login === "staff" && course) study(world, rows, person, course, 1, { first: 4, last: 2 });
        continue;
      }
      for (const course of courses) {
        const upto = plan(world, person, course);
        if (upto !== null) study(world, rows, person, course, upto, upto === "all" ? { first: 300, last: 12 } : { first: 60, last: 3 });
      }
    }
    await commit(ctx, { statements: [...statementsOf(rows), ...rows.records], signals: rows.signals, audit: { command: "courses.demo" } });
  },
  paths: {
    "/courses/:course": "/courses/xingzheng-chufa",
    "/courses/:course/cases/:case": "/courses/xingzheng-chufa/cases/yeban-jiaoshi",
    "/courses/:course/:lesson": "/courses/xingzheng-chufa/guanxia-lian",
    "/courses/:course/:lesson/check": "/courses/xingzheng-chufa/guanxia-lian/check",
  },
};
