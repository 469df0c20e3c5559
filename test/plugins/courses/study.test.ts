import { createExecutionContext } from "cloudflare:test";
import { env } from "cloudflare:workers";
import { sql } from "drizzle-orm";
import { expect, test } from "vitest";
import {
  authOf,
  commit,
  compose,
  Conflict,
  definePlugin,
  Forbidden,
  Invalid,
  makeContext,
  newId,
  NotFound,
  on,
  personId,
  positionId,
  recordId,
  rowsOf,
  run,
  unitId,
  type Actor,
  type App,
  type Context,
  type PersonId,
} from "#kernel";
import { completedCourses, courseCompleted, listCourses, partTitlesOf, titlesOf } from "#plugins/courses";
import { shell } from "#ui";
import { bank } from "../../../src/plugins/bank/plugin.ts";
import { syncCourses } from "../../../src/plugins/courses/content.ts";
import type { BuiltCourse, BuiltQuestion } from "../../../src/plugins/courses/input.ts";
import { courses } from "../../../src/plugins/courses/plugin.ts";
import { beatLesson, openLesson, readLesson, seeCourse, seeCourses, studyAgain } from "../../../src/plugins/courses/service.ts";
import { answerCheck, seeCheck } from "../../../src/plugins/courses/service-check.ts";
import { chooseInCase, seeCase, startCase } from "../../../src/plugins/courses/service-cases.ts";
import { reviewFlag, seeAdmin } from "../../../src/plugins/courses/service-admin.ts";
import { importStatute } from "../../../src/plugins/statutes/service.ts";
import { statutes } from "../../../src/plugins/statutes/plugin.ts";

const heard: { person: string; course: string }[] = [];
const listener = definePlugin({
  id: "listener",
  on: [
    on(courseCompleted, (_, list) => {
      heard.push(...list.map(({ person, course }) => ({ person, course })));
      return Promise.resolve({ statements: [] });
    }),
  ],
});
const app: App = compose([statutes, bank, courses, listener], shell);
const start = Date.UTC(2026, 10, 24, 4);

const question = (id: string, lesson: string, over: Partial<BuiltQuestion> = {}): BuiltQuestion => ({
  id,
  use: "check",
  lesson,
  topic: "t",
  type: "single",
  difficulty: 1,
  stem: `题目${id}`,
  options: { A: "甲", B: "乙", C: "丙", D: "丁" },
  answer: "B",
  explanation: `因为{{fa@2021-01-22#1}}`,
  citations: ["fa@2021-01-22#1"],
  ...over,
});
const course = (id: string, over: Partial<BuiltCourse> = {}): BuiltCourse => ({
  id,
  hash: `${id}-1`,
  title: `课程${id}`,
  audience: "大家",
  summary: "简介",
  hours: 2,
  topics: { t: "主题" },
  lessons: ["one", "two"].map((lesson) => ({
    id: lesson,
    title: `第${lesson}课`,
    minutes: 10,
    markdown: ":::scene\n情境。\n:::\n\n## 小题\n\n正文{{fa@2021-01-22#1}}。",
    checks: [`${lesson}-1`, `${lesson}-2`, `${lesson}-3`],
    citations: ["fa@2021-01-22#1"],
  })),
  cases: [
    {
      id: "anli",
      title: "案例",
      role: "你是校长。",
      start: "a",
      state: { seen: false },
      citations: ["fa@2021-01-22#2"],
      scenes: [
        {
          id: "a",
          title: "甲",
          text: "第一幕",
          choices: [
            { text: "看", to: "b", set: { seen: true } },
            { text: "走", to: "bad" },
          ],
        },
        {
          id: "b",
          title: "乙",
          text: "第二幕",
          also: [{ when: { seen: true }, text: "您看见了。" }],
          choices: [
            { text: "做", to: "good" },
            { text: "不做", to: "bad", when: { seen: false } },
          ],
        },
      ],
      endings: [
        { id: "good", title: "好", grade: "lawful", text: "依法{{fa@2021-01-22#2}}" },
        { id: "bad", title: "坏", grade: "unlawful", text: "违法{{fa@2021-01-22#1}}" },
      ],
    },
  ],
  questions: ["one", "two"].flatMap((l) => [
    question(`${l}-1`, l),
    question(`${l}-2`, l, { type: "multiple", answer: "AC" }),
    question(`${l}-3`, l, { type: "truefalse", options: {}, answer: false }),
  ]),
  ...over,
});
const actorOf = (person: PersonId, roles: Actor["grants"] = []): Actor => ({
  person,
  name: "李雯",
  login: "",
  session: "",
  strength: "link",
  noticeShown: 1,
  positions: [],
  grants: roles,
  roles: new Set(["learner", ...roles.map((g) => g.role)]),
});
let made = 0;
/** A person with a position, and the courses given; `at` is the person's context so many seconds later. */
const world = async (...built: BuiltCourse[]) => {
  made++;
  const system = makeContext({ env, registry: app.registry, now: start });
  const [person, unit] = [newId(personId), newId(unitId)];
  await commit(system, {
    statements: [
      run(sql`insert into kernel_unit (id, kind, name, status, created_at) values (${unit}, 'training', '启帆', 'open', ${start})`),
      run(sql`insert into kernel_person (id, login, name, created_at) values (${person}, ${person.slice(-10)}, '李雯', ${start})`),
      run(
        sql`insert into kernel_position (id, person, unit, nature, post, from_day, main, unconfirmed) values (${newId(positionId)}, ${person}, ${unit}, 'personnel', 'principal', '2020-01-01', 0, 0)`,
      ),
    ],
    audit: null,
  });
  const list = built.length > 0 ? built : [course(`ke${made}`)];
  await syncCourses(system, list);
  const at = (seconds = 0, who = person): Context =>
    makeContext({ env, registry: app.registry, now: start + seconds * 1000, actor: actorOf(who) });
  return {
    at,
    person,
    unit,
    id: list[0]?.id ?? "",
    system,
    author: (seconds = 0) =>
      makeContext({
        env,
        registry: app.registry,
        now: start + seconds * 1000,
        actor: { ...actorOf(person, [{ role: "author", unit: null, kinds: null }]), strength: "password" },
      }),
  };
};
/** The pages, as somebody with a password. */
const asking = async (person: PersonId) => {
  const user = sql`insert into kernel_user (id, name, email, email_verified, created_at, updated_at, username, display_username) values (${person}, ${person}, ${`${person}@people.invalid`}, 0, ${start}, ${start}, ${person.slice(-10)}, ${person.slice(-10)})`;
  await commit(makeContext({ env, registry: app.registry, now: start }), { statements: [run(user)], audit: null });
  const { token } = await (await authOf(env)).api.openSession({ body: { person, strength: "password", address: null, agent: null } });
  return async (path: string, init: RequestInit): Promise<Response> =>
    app.fetch(
      new Request(new URL(path, "https://xuefa.test"), { redirect: "manual", ...init, headers: { authorization: `Bearer ${token}` } }),
      env,
      createExecutionContext(),
    );
};
const rights: Record<string, string[]> = { "1": ["B"], "2": ["A", "C"], "3": ["false"] };
const finish = async (ctx: Context, id: string, lesson: string) => {
  await openLesson(ctx, { course: id, lesson }, false);
  await readLesson(ctx, { course: id, lesson });
  for (const [n, answer] of Object.entries(rights)) await answerCheck(ctx, { course: id, lesson, question: `${lesson}-${n}`, answer });
};
const records = (ctx: Context, person: PersonId) =>
  rowsOf<{ verb: string; object: string; unit: string | null; seconds: number | null }>(
    ctx,
    sql`select verb, object_kind || ':' || object_id as object, unit, seconds from kernel_record where person = ${person} order by seq`,
  );

test("a lesson is read, answered one by one, wrong ones again, and then it is done and recorded once", async () => {
  const { at, id, person, unit } = await world();
  await expect(readLesson(at(), { course: id, lesson: "one" })).rejects.toThrow(Conflict);
  await expect(seeCheck(at(), { course: id, lesson: "none" })).rejects.toThrow(NotFound);
  await openLesson(at(), { course: id, lesson: "one" }, false);
  await expect(seeCheck(at(), { course: id, lesson: "one" })).rejects.toThrow(Conflict);
  await expect(answerCheck(at(), { course: id, lesson: "one", question: "one-1", answer: ["B"] })).rejects.toThrow(Conflict);
  await readLesson(at(10), { course: id, lesson: "one" });
  await readLesson(at(20), { course: id, lesson: "one" });

  expect((await seeCheck(at(21), { course: id, lesson: "one" })).question?.id).toBe("one-1");
  await answerCheck(at(22), { course: id, lesson: "one", question: "one-1", answer: ["A"] });
  expect(await seeCheck(at(23), { course: id, lesson: "one", q: "one-1" })).toMatchObject({
    given: { right: false, tries: 1 },
    right: 0,
    explanation: expect.stringContaining("因为") as string,
  });
  await expect(answerCheck(at(24), { course: id, lesson: "one", question: "one-2", answer: [] })).rejects.toThrow(Invalid);
  await answerCheck(at(24), { course: id, lesson: "one", question: "one-2", answer: ["C", "A"] });
  await answerCheck(at(25), { course: id, lesson: "one", question: "one-3", answer: ["false"] });
  expect(await seeCheck(at(26), { course: id, lesson: "one" })).toMatchObject({
    question: { id: "one-1" },
    again: true,
    right: 2,
    done: false,
  });
  expect(await records(at(), person)).toEqual([]);
  await answerCheck(at(27), { course: id, lesson: "one", question: "one-1", answer: ["B"] });
  expect(await seeCheck(at(28), { course: id, lesson: "one" })).toMatchObject({ question: null, done: true, right: 3 });
  expect(await records(at(), person)).toMatchObject([{ verb: "studied", object: `lesson:${id}/one`, unit }]);

  // Wrong afterwards: what was right once stays so.
  await answerCheck(at(30), { course: id, lesson: "one", question: "one-1", answer: ["D"] });
  await answerCheck(at(31), { course: id, lesson: "one", question: "one-1", answer: ["B"] });
  expect(await records(at(), person)).toHaveLength(1);
});

test("a malformed answer is wrong and never breaks", async () => {
  const { at, id } = await world();
  await openLesson(at(), { course: id, lesson: "one" }, false);
  await readLesson(at(), { course: id, lesson: "one" });
  for (const answer of [["Z"], ["B", "C"], ["true"], ["�"]])
    await answerCheck(at(1), { course: id, lesson: "one", question: "one-2", answer });
  expect((await seeCheck(at(2), { course: id, lesson: "one" })).right).toBe(0);
  await expect(answerCheck(at(3), { course: id, lesson: "one", question: "two-1", answer: ["B"] })).rejects.toThrow(NotFound);
});

test("all lessons and cases complete the course: a record with its declared hours, and the signal, once", async () => {
  heard.length = 0;
  const { at, id, person } = await world();
  await finish(at(1), id, "one");
  await finish(at(2), id, "two");
  expect([...(await completedCourses(at(), person, [id]))]).toEqual([]);
  const way = newId(recordId);
  await startCase(at(3), { course: id, case: "anli", id: way, upto: 0 });
  await startCase(at(3), { course: id, case: "anli", id: way, upto: 0 });
  await chooseInCase(at(4), { course: id, case: "anli", walk: way, step: 0, choice: 0 });
  await chooseInCase(at(4), { course: id, case: "anli", walk: way, step: 0, choice: 0 });
  expect(await seeCase(at(5), { course: id, case: "anli" })).toMatchObject({
    place: { at: "scene", scene: { id: "b" } },
    html: expect.stringContaining("您看见了。") as string,
  });
  await expect(chooseInCase(at(5), { course: id, case: "anli", walk: way, step: 1, choice: 1 })).rejects.toThrow(Invalid);
  await expect(chooseInCase(at(5), { course: id, case: "anli", walk: way, step: 0, choice: 1 })).rejects.toThrow(Conflict);
  await chooseInCase(at(6), { course: id, case: "anli", walk: way, step: 1, choice: 0 });
  expect(await seeCase(at(7), { course: id, case: "anli" })).toMatchObject({
    place: { at: "ending", ending: { id: "good" }, taken: [{ n: 0 }, { n: 0 }] },
    endings: ["good"],
    articles: [{ path: "/statutes/fa/2021-01-22/2" }],
  });

  expect((await records(at(), person)).map((r) => [r.verb, r.object, r.seconds])).toEqual([
    ["studied", `lesson:${id}/one`, 0],
    ["studied", `lesson:${id}/two`, 0],
    ["decided", `case:${id}/anli`, null],
    ["completed", `course:${id}`, 5400],
  ]);
  expect(heard).toEqual([{ person, course: id }]);
  expect([...(await completedCourses(at(), person, [id, "other"])).keys()]).toEqual([id]);
  expect((await seeCourse(at(8), id)).progress?.completedAt).toBe(start + 6000);

  // From the first step once more: another ending, nothing recorded twice.
  const other = newId(recordId);
  await startCase(at(9), { course: id, case: "anli", id: other, upto: 0 });
  await chooseInCase(at(10), { course: id, case: "anli", walk: other, step: 0, choice: 1 });
  expect((await seeCase(at(11), { course: id, case: "anli" })).endings.toSorted()).toEqual(["bad", "good"]);
  expect(await records(at(), person)).toHaveLength(4);
});

test("a way through a case begins anew from any of its steps, and only there", async () => {
  const { at, id } = await world();
  const way = newId(recordId);
  await startCase(at(), { course: id, case: "anli", id: way, upto: 0 });
  await chooseInCase(at(1), { course: id, case: "anli", walk: way, step: 0, choice: 0 });
  await startCase(at(2), { course: id, case: "anli", id: newId(recordId), upto: 0 });
  expect((await seeCase(at(3), { course: id, case: "anli" })).walk?.id).toBe(way);
  await chooseInCase(at(4), { course: id, case: "anli", walk: way, step: 1, choice: 0 });
  const second = newId(recordId);
  await startCase(at(5), { course: id, case: "anli", id: second, upto: 1 });
  expect(await seeCase(at(6), { course: id, case: "anli" })).toMatchObject({
    walk: { id: second, path: [0] },
    place: { scene: { id: "b" } },
  });
  await chooseInCase(at(7), { course: id, case: "anli", walk: second, step: 1, choice: 0 });
  await expect(startCase(at(8), { course: id, case: "anli", id: newId(recordId), upto: 2 })).rejects.toThrow(Invalid);
});

test("another round is recorded on its own, in the newest version", async () => {
  const { at, id, person, system } = await world(course(`ke${made + 1}`, { cases: [] }));
  await finish(at(1), id, "one");
  const again = newId(recordId);
  await expect(studyAgain(at(2), { course: id, id: again })).rejects.toThrow(Conflict);
  await finish(at(3), id, "two");
  await syncCourses(system, [course(id, { cases: [], hash: `${id}-2`, title: "新题目" })]);
  expect((await seeCourse(at(4), id)).title).toBe(`课程${id}`);
  await studyAgain(at(5), { course: id, id: again });
  await studyAgain(at(5), { course: id, id: again });
  expect(await seeCourse(at(6), id)).toMatchObject({ title: "新题目", progress: { id: again, round: 2, completedAt: null }, studies: [] });
  await finish(at(7), id, "one");
  await finish(at(8), id, "two");
  expect((await records(at(), person)).filter((r) => r.verb === "completed")).toHaveLength(2);
});

test("an old version stays while a round names it, and goes when none does", async () => {
  const { at, id, system } = await world();
  await openLesson(at(), { course: id, lesson: "one" }, false);
  await syncCourses(system, [course(id, { hash: `${id}-2`, title: "二" })]);
  await syncCourses(system, [course(id, { hash: `${id}-3`, title: "三" })]);
  const hashes = async () =>
    (await rowsOf<{ hash: string }>(system, sql`select hash from courses_version where course = ${id} order by hash`)).map((r) => r.hash);
  expect(await hashes()).toEqual([`${id}-1`, `${id}-3`]);
  expect((await seeCourse(at(1), id)).title).toBe(`课程${id}`);
  expect((await seeCourse(at(1, newId(personId)), id)).title).toBe("三");
  expect([...(await titlesOf(system, [id, "x"]))]).toEqual([[id, "三"]]);
  expect([...(await partTitlesOf(system, "lesson", [`${id}/one`, `${id}/none`]))]).toEqual([[`${id}/one`, "第one课"]]);

  // Withdrawn: who began may finish, nobody else begins.
  await syncCourses(system, []);
  expect((await seeCourse(at(2), id)).retiredAt).not.toBeNull();
  await expect(seeCourse(at(2, newId(personId)), id)).rejects.toThrow(NotFound);
  expect((await listCourses(system)).map((c) => c.id)).not.toContain(id);
});

test("a sync that runs twice changes nothing", async () => {
  const { id, system } = await world();
  const ctx = makeContext({ env, registry: app.registry, now: start });
  await syncCourses(ctx, [course(id)]);
  const before = await rowsOf(system, sql`select * from courses_part where course = ${id}`);
  await syncCourses(ctx, [course(id)]);
  expect(await rowsOf(system, sql`select * from courses_part where course = ${id}`)).toEqual(before);
});

test("a place is kept for the other device; looking ahead opens nothing", async () => {
  const { at, id } = await world();
  await openLesson(at(), { course: id, lesson: "one" }, true);
  expect((await seeCourse(at(), id)).progress).toBeNull();
  await openLesson(at(1), { course: id, lesson: "one" }, false);
  await openLesson(at(2), { course: id, lesson: "two" }, false);
  await beatLesson(at(20), { course: id, lesson: "two", n: 0, anchor: "s1.3" });
  const other = await openLesson(at(100), { course: id, lesson: "two" }, false);
  expect(other.study).toMatchObject({ anchor: "s1.3", seconds: 0 });
  expect(other.standing.progress).toMatchObject({ place: "two", placeKind: "lesson" });
  const before = at(101);
  const queries = before.meter.rowsWritten;
  await openLesson(before, { course: id, lesson: "two" }, false);
  expect(before.meter.rowsWritten - queries).toBe(0);
});

test("beats: at most 35 s each, replays earn nothing, two tabs share the clock, a sleeping phone earns one beat", async () => {
  const { at, id } = await world();
  await openLesson(at(), { course: id, lesson: "one" }, false);
  await openLesson(at(), { course: id, lesson: "two" }, false);
  const beat = (seconds: number, n: number, lesson = "one") => beatLesson(at(seconds), { course: id, lesson, n, anchor: "" });
  expect(await beat(30, 1)).toEqual({ n: 1, seconds: 30, counted: true });
  expect(await beat(31, 1)).toEqual({ n: 1, seconds: 30, counted: false });
  expect(await beat(62, 2)).toEqual({ n: 2, seconds: 62, counted: true });
  // A second tab with another lesson, half a beat behind: it learns the number, and then gets what is left of the clock.
  expect(await beat(75, 1, "two")).toEqual({ n: 2, seconds: 0, counted: false });
  expect(await beat(75, 3, "two")).toEqual({ n: 3, seconds: 13, counted: true });
  expect(await beat(92, 4)).toEqual({ n: 4, seconds: 79, counted: true });
  // All of it replayed.
  for (const n of [1, 2, 3, 4]) expect((await beat(100, n)).counted).toBe(false);
  // The phone wakes after eight hours.
  expect(await beat(92 + 8 * 3600, 5)).toEqual({ n: 5, seconds: 109, counted: true });
  expect((await seeCourse(at(), id)).progress?.seconds).toBe(109 + 13);
  await expect(beatLesson(at(1), { course: id, lesson: "three", n: 9, anchor: "" })).rejects.toThrow(NotFound);
});
test("beats of one number that arrive at once count once", async () => {
  const { at, id } = await world();
  await openLesson(at(), { course: id, lesson: "one" }, false);
  const answers = await Promise.all(
    Array.from({ length: 5 }, () => beatLesson(at(30), { course: id, lesson: "one", n: 1, anchor: "s1.1" })),
  );
  expect(answers.filter((a) => a.counted)).toHaveLength(1);
  expect((await seeCourse(at(), id)).progress?.seconds).toBe(30);
});
test("a course begun in two windows at once is one round", async () => {
  const { at, id, person } = await world();
  await Promise.all([openLesson(at(), { course: id, lesson: "one" }, false), openLesson(at(), { course: id, lesson: "two" }, false)]);
  expect(await rowsOf(at(), sql`select round from courses_progress where person = ${person}`)).toEqual([{ round: 1 }]);
});

test("a statute that changes flags what cites it: the reader is told, an author reviews", async () => {
  const { at, id, author } = await world();
  const law = (version: string, second: string) => ({
    id: "fa",
    title: "某某法",
    shortTitle: "某某法",
    category: "法律",
    issuer: "会",
    version,
    effective: version,
    effectiveSource: "text",
    history: [],
    chapters: [
      {
        title: "",
        articles: [
          { number: 1, sub: 0, label: "第一条", text: "不变。" },
          { number: 2, sub: 0, label: "第二条", text: second },
        ],
      },
    ],
  });
  await importStatute(author(), law("2021-01-22", "旧。"));
  const answer = await importStatute(author(1), law("2026-01-01", "新。"));
  expect(answer.flagged).toContainEqual({ kind: "case", id: `${id}/anli` });
  expect(answer.flagged).not.toContainEqual({ kind: "lesson", id: `${id}/one` });
  expect((await seeCase(at(2), { course: id, case: "anli" })).flagged).toBe(true);
  expect((await openLesson(at(2), { course: id, lesson: "one" }, false)).flagged).toBe(false);
  const flag = (await seeAdmin(author(3))).flags.find((f) => f.course === id);
  expect(flag).toMatchObject({ kind: "case", part: "anli", words: "《某某法》第二条", article: "fa@2021-01-22#2" });
  const review = { course: id, kind: "case" as const, part: "anli", article: "fa@2021-01-22#2", note: "措辞变了，意思没变" };
  await expect(reviewFlag(at(4), review)).rejects.toThrow(Forbidden);
  await reviewFlag(author(4), review);
  // The same form sent again answers as the first time; another word finds it reviewed.
  await reviewFlag(author(5), review);
  await expect(reviewFlag(author(6), { ...review, note: "另一条意见" })).rejects.toThrow(Conflict);
  expect((await seeCase(at(6), { course: id, case: "anli" })).flagged).toBe(false);
  // A later sync finds the amended article again, and leaves the review alone.
  await syncCourses(author(7), [course(id)]);
  expect((await seeAdmin(author(8))).flags.filter((f) => f.course === id)).toEqual([]);
  // A course that arrives after the amendment is flagged by its sync.
  await syncCourses(author(9), [course(id), course(`${id}x`)]);
  expect((await seeAdmin(author(10))).flags.filter((f) => f.course === `${id}x`)).toMatchObject([{ part: "anli" }]);
});

test("the list of courses is one query, whatever was begun", async () => {
  const { at, id } = await world();
  await openLesson(at(), { course: id, lesson: "one" }, false);
  const ctx = at(1);
  const standings = await seeCourses(ctx);
  expect(standings.map((s) => s.id)).toContain(id);
  expect(ctx.meter.queries).toBe(1);
});

test("a question sent with nothing chosen stands there again, with a word about it", async () => {
  const { at, id, person } = await world();
  await openLesson(at(), { course: id, lesson: "one" }, false);
  await readLesson(at(), { course: id, lesson: "one" });
  const ask = await asking(person);
  const page = await ask(`/courses/${id}/one/check`, { method: "POST", body: new URLSearchParams({ question: "one-1" }) });
  const html = await page.text();
  expect(page.status).toBe(422);
  expect(html).toContain("请先选择答案");
  expect(html).toContain("题目one-1");
  // A browser does not even send it.
  expect(html).toMatch(/type="radio" name="answer"[^>]* required/);
});

test("beside a wrong answer stands which one was one's own", async () => {
  const { at, id } = await world();
  await openLesson(at(), { course: id, lesson: "one" }, false);
  await readLesson(at(), { course: id, lesson: "one" });
  await answerCheck(at(1), { course: id, lesson: "one", question: "one-1", answer: ["A"] });
  const seen = String((await seeCheck(at(2), { course: id, lesson: "one", q: "one-1" })).fieldset);
  expect(seen).toMatch(/甲<span class="tag">您的选择<\/span>/);
  expect(seen.match(/您的选择/g)).toHaveLength(1);
  expect(seen).not.toContain("required");
});
