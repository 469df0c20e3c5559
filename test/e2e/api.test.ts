/** The API as somebody elsewhere meets it: through a client made from its OpenAPI file, and by whoever means it ill. */
import { mkdtemp, readFile, rm, stat } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import { Validator } from "@seriousme/openapi-schema-validator";
import { beforeAll, describe, expect, test } from "vitest";
import { z } from "zod";
import { freePort } from "../../scripts/host/port.ts";
import { apiOf, newId, ok, raw, refusal, type Api, type Asked } from "./client.ts";
import { access, account } from "./browser.ts";
import { startServer } from "./server.ts";

const { url, token: administrator } = access();
let api: Api;
const tokens = new Map<string, string>();
const sessionShape = z.object({ token: z.string(), person: z.string(), name: z.string() });
/** What is called as a role account of the demonstration, or one by its username. */
const as = (name: string, more: Asked = {}): Asked => ({ token: tokens.get(name), ...more });
const admin = (more: Asked = {}): Asked => ({ token: administrator, ...more });
const json = { "content-type": "application/json" };

beforeAll(async () => {
  api = await apiOf(url);
  for (const name of ["staff", "head", "officer", "preschool", "author", "auditor", "proctor"]) {
    const { username, password } = account(name);
    tokens.set(name, ok(await api.call("postSession", {}, { body: { username, password }, headers: json }), sessionShape).token);
  }
});

describe("the OpenAPI file", () => {
  test("is valid 3.1", async () => {
    const validator = new Validator();
    const { valid, errors } = await validator.validate(z.record(z.string(), z.unknown()).parse(structuredClone(api.document)));
    expect(errors ?? []).toEqual([]);
    expect([valid, validator.version]).toEqual([true, "3.1"]);
  });
  test("describes what the contract names, and nothing of plugins to come", () => {
    const there = [...api.operations.values()].map(({ method, path }) => `${method.toUpperCase()} ${path}`);
    expect(there).toEqual(
      expect.arrayContaining([
        "POST /session",
        "DELETE /session",
        "POST /first-run",
        "POST /units/import",
        "POST /people/import",
        "GET /jobs/{id}",
        "POST /statutes/import",
        "GET /statutes/{id}",
        "POST /exams",
        "POST /exams/{id}/publish",
        "POST /exams/{id}/attempts",
        "PUT /attempts/{id}/answers",
        "POST /attempts/{id}/submit",
        "GET /attempts/{id}",
        "GET /records",
        "GET /reports/{id}",
        "GET /figures/{id}",
        "GET /certificates/{number}",
        "GET /questions/export",
      ]),
    );
    expect(there.filter((path) => /credential|xapi|events|enforcement|questions\/import/.test(path))).toEqual([]);
    const parameters = (path: string) =>
      z
        .array(z.object({ name: z.string(), in: z.string() }))
        .parse(api.document.paths?.[path]?.get?.parameters)
        .map(({ name }) => name);
    expect(parameters("/records")).toEqual(expect.arrayContaining(["from", "to", "unit", "verb", "person", "format", "after", "limit"]));
    expect(parameters("/figures/{id}")).toEqual(expect.arrayContaining(["id", "from", "to", "unit"]));
    expect(parameters("/reports/{id}")).toEqual(expect.arrayContaining(["id", "format"]));
    expect(parameters("/statutes/{id}")).toEqual(["id", "on"]);
  });
  test("what comes later answers 404", async () => {
    for (const path of ["/certificates/XF/credential", "/events/1/attendance", "/records.xapi", "/questions"])
      expect(refusal(await raw(url, `/api/v1${path}`)), path).toBe("404 kernel.notFound");
    expect(
      refusal(
        await raw(url, "/api/v1/questions/import", { method: "POST", body: "{}", headers: { authorization: `Bearer ${administrator}` } }),
      ),
    ).toBe("404 kernel.notFound");
  });
});

test("healthz answers after the database did", async () => {
  const told = await raw(url, "/healthz");
  expect([told.status, told.body]).toEqual([200, { ok: true, version: expect.any(String) as string }]);
  expect(told.headers.get("server-timing")).toContain("1 queries");
});

describe("who asks", () => {
  const { username, password } = account("staff");
  const open = async () => {
    const told = await api.call("postSession", {}, { body: { username, password }, headers: json });
    return {
      token: ok(told, sessionShape).token,
      cookie: told.headers
        .getSetCookie()
        .map((line) => line.replace(/;.*/, ""))
        .join("; "),
    };
  };
  test("a session is a token and a cookie, and ends with DELETE", async () => {
    const { token, cookie } = await open();
    expect(cookie).toContain("session_token=");
    expect((await api.call("getExams", {}, { token })).status).toBe(200);
    expect((await api.call("getExams", {}, { headers: { cookie } })).status).toBe(200);
    expect((await api.call("deleteSession", {}, { token })).status).toBe(204);
    for (const asked of [{ token }, { headers: { cookie } }])
      expect(refusal(await api.call("getExams", {}, asked))).toBe("401 kernel.signIn");
  });
  test("an unknown name and a wrong password answer alike, in the language asked for", async () => {
    const answers = [];
    for (const name of [username, "x00000000"])
      answers.push(
        await api.call(
          "postSession",
          {},
          { body: { username: name, password: "not this one" }, headers: { ...json, "accept-language": "fr, en;q=0.8, zh;q=0.3" } },
        ),
      );
    expect(answers.map(refusal)).toEqual(["422 people.signInRefused", "422 people.signInRefused"]);
    expect(new Set(answers.map(({ body }) => z.object({ title: z.string() }).parse(body).title)).size).toBe(1);
    expect(answers[0]?.body).toMatchObject({ title: expect.stringContaining("password") as string });
    expect((await api.call("getRecords")).body).toMatchObject({ title: "请先登录" });
  });
  test("a cookie writes from the same origin alone, whatever the content type; a bearer request ignores cookies", async () => {
    const { cookie } = await open();
    const write = (headers: Record<string, string>) => raw(url, "/api/v1/session", { method: "DELETE", headers: { cookie, ...headers } });
    for (const headers of [
      {},
      { "sec-fetch-site": "cross-site" },
      { "sec-fetch-site": "same-site", ...json },
      { origin: "https://elsewhere.example" },
      { origin: "null", "content-type": "text/plain" },
    ])
      expect(refusal(await write(headers as Record<string, string>)), JSON.stringify(headers)).toBe("403 kernel.crossSite");
    // The cookie is the officer's to nobody who shows a token.
    expect(refusal(await api.call("getExams", {}, { token: "nobody's", headers: { cookie } }))).toBe("401 kernel.signIn");
    expect(refusal(await raw(url, "/api/v1/exams", { headers: { cookie, authorization: "Basic YTpi" } }))).toBe("401 kernel.signIn");
    expect((await write({ origin: url })).status).toBe(204);
  });
  test("roles and reach hold here as on the pages", async () => {
    const { call } = api;
    expect(refusal(await call("getRecords", {}, as("staff")))).toBe("403 kernel.forbidden");
    expect(refusal(await call("getQuestionsExport", {}, as("officer")))).toMatch(/^403 /);
    expect(
      refusal(await call("postUnitsImport", {}, as("head", { body: "单位名称\n某校\n", headers: { "content-type": "text/csv" } }))),
    ).toBe("403 kernel.forbidden");
    expect(refusal(await call("postStatutesImport", {}, as("officer", { body: {}, headers: json })))).toBe("403 kernel.forbidden");
    expect(refusal(await call("getFiguresId", { id: "reports.exams-sat" }, as("head")))).toBe("403 kernel.forbidden");
    // An officer for kindergartens sees neither a school's records nor that there are any.
    const { records } = ok(await call("getRecords", { limit: 500 }, admin()), page);
    const school = records.find(({ unit }) => unit?.name.endsWith("中学"));
    const outside = school?.unit?.id ?? "";
    const seen = await call("getRecords", { unit: outside }, as("preschool"));
    expect(refusal(seen)).toBe("404 records.noUnit");
    expect(refusal(await call("getRecordsRecord", { record: school?.id ?? "" }, as("preschool")))).toBe("404 kernel.notFound");
    expect(refusal(await call("getFiguresId", { id: "reports.lessons-studied", unit: outside }, as("preschool")))).toBe(
      "404 records.noUnit",
    );
  });
});

const counts = z.object({
  committed: z.boolean(),
  rows: z.int(),
  new: z.int(),
  changed: z.int(),
  unchanged: z.int(),
  refused: z.int(),
  problems: z.array(
    z.object({
      row: z.int(),
      column: z.string(),
      value: z.string(),
      code: z.string(),
      message: z.string(),
      candidates: z.array(z.object({ id: z.string(), words: z.string() })).optional(),
    }),
  ),
});
const job = z.object({ state: z.enum(["queued", "running", "done", "failed"]), done: z.int(), total: z.int(), result: z.unknown() });
const finished = async (id: string, asked: Asked) => {
  for (;;) {
    const looked = ok(await api.call("getJobsId", { id }, asked), job);
    if (looked.state === "done" || looked.state === "failed") return looked;
    await sleep(300);
  }
};

describe("rosters", () => {
  const csv = { "content-type": "text/csv" };
  const bring = async (operation: string, params: Record<string, string | number>, body: string) => {
    const told = ok(await api.call(operation, params, admin({ body, headers: csv })), counts);
    expect(told.new + told.changed + told.unchanged + told.refused).toBe(told.rows);
    return told;
  };
  test("units, then people: nothing on a dry run, all or nothing, the good rows, and nothing new the second time", async () => {
    const units = "单位名称,类型,上级单位\n接口试验学校,公办学校,清河区教育局\n接口试验某校,怪物,清河区教育局\n";
    expect(await bring("postUnitsImport", { dry_run: 1 }, units)).toMatchObject({ committed: false, rows: 2, new: 1, refused: 1 });
    expect(await bring("postUnitsImport", {}, units)).toMatchObject({ committed: false });
    const told = await bring("postUnitsImport", { good_rows: "true" }, units);
    expect(told).toMatchObject({ committed: true, new: 1, problems: [{ row: 3, column: "类型", value: "怪物" }] });
    expect(await bring("postUnitsImport", { good_rows: "true" }, units)).toMatchObject({ new: 0, unchanged: 1 });

    const people = "单位,姓名,手机\n接口试验学校,钱接一,13911112221\n接口试验学校,钱接二,13911112222\n没有的单位,钱接三,\n";
    expect(await bring("postPeopleImport", { good_rows: "true" }, people)).toMatchObject({
      committed: true,
      rows: 3,
      new: 2,
      refused: 1,
      problems: [{ row: 4, column: "单位" }],
    });
    expect(await bring("postPeopleImport", { good_rows: "true" }, people)).toMatchObject({ new: 0, unchanged: 2, refused: 1 });
  });
  test("a doubt is a question: refused with `who` and candidates until it is answered", async () => {
    const people = "单位,姓名,手机,任职性质\n清河区第一中学,钱接一,13911112221,兼职\n";
    const [asked] = (await bring("postPeopleImport", { dry_run: 1 }, people)).problems;
    expect(asked).toMatchObject({ row: 2, code: "who" });
    expect(asked?.candidates?.length).toBe(1);
    const settle = async (answers: string) => {
      const form = new FormData();
      form.set("file", new File([people], "一中.csv"));
      form.set("answers", answers);
      return api.call("postPeopleImport", { dry_run: 1 }, admin({ body: form }));
    };
    expect(ok(await settle(JSON.stringify({ 2: asked?.candidates?.[0]?.id })), counts)).toMatchObject({ refused: 0, new: 0, changed: 1 });
    expect(ok(await settle(JSON.stringify({ 2: "new" })), counts)).toMatchObject({ refused: 0, new: 1 });
    for (const bad of ["nonsense", "[]", '{"x":"new"}', '{"2":5}']) expect(refusal(await settle(bad)), bad).toBe("422 kernel.invalid");
  });
  test("what takes longer answers 202 with a job, which is nobody else's", async () => {
    const people = `单位,姓名\n${Array.from({ length: 9000 }, (_, n) => `接口试验学校,孙${String.fromCodePoint(0x4e00 + (n % 3000), 0x5200 + Math.floor(n / 3000))}`).join("\n")}\n`;
    const told = await api.call("postPeopleImport", { dry_run: 1 }, as("officer", { body: people, headers: csv }));
    const { job: id } = ok(told, z.object({ job: z.string() }), 202);
    expect(told.headers.get("location")).toBe(`/api/v1/jobs/${id}`);
    for (const other of ["staff", "head", "preschool", "auditor"])
      expect(refusal(await api.call("getJobsId", { id }, as(other))), other).toBe("404 kernel.notFound");
    const looked = await finished(id, as("officer"));
    expect(looked).toMatchObject({ state: "done", done: 9000, total: 9000 });
    expect(counts.parse(looked.result)).toMatchObject({ rows: 9000, committed: false });
  });
  test("what is no roster is refused for what it is", async () => {
    const refused = async (body: BodyInit, headers: Record<string, string> = csv) =>
      refusal(
        await raw(url, "/api/v1/people/import", {
          method: "POST",
          body,
          headers: { authorization: `Bearer ${administrator}`, ...headers },
        }),
      );
    expect(await refused("")).toBe("415 people.fileEmpty");
    expect(await refused("%PDF-1.7 …")).toBe("415 people.filePdf");
    expect(await refused("PK\u0003\u0004 …")).toBe("415 people.fileBroken");
    expect(await refused("no header at all")).toBe("422 people.noHeader");
    expect(await refused("--no form", { "content-type": "multipart/form-data; boundary=other" })).toBe("422 kernel.notForm");
  });
});

test("a statute comes in by version and is read by day", async () => {
  const [old, now] = ["第一条 甲。", "第一条 乙。"].map((text, n) => ({
    id: "jiekou-shiyan-guiding",
    title: "接口试验规定",
    shortTitle: "接口试验规定",
    category: "规章",
    issuer: "试验",
    version: `20${20 + n}-01-01`,
    effective: `20${20 + n}-03-01`,
    effectiveSource: "text",
    history: [],
    chapters: [{ title: "", articles: [{ number: 1, sub: 0, label: "第一条", text }] }],
  }));
  const imported = z.object({
    articles: z.int(),
    unchanged: z.boolean(),
    changes: z.array(z.object({ number: z.int(), change: z.string() })),
  });
  expect(ok(await api.call("postStatutesImport", {}, as("author", { body: old, headers: json })), imported)).toMatchObject({
    articles: 1,
    unchanged: false,
  });
  expect(ok(await api.call("postStatutesImport", {}, as("author", { body: now, headers: json })), imported)).toMatchObject({
    changes: [{ number: 1, change: "changed" }],
  });
  expect(ok(await api.call("postStatutesImport", {}, as("author", { body: now, headers: json })), imported)).toMatchObject({
    unchanged: true,
  });
  const on = async (day: string) => api.call("getStatutesId", { id: "jiekou-shiyan-guiding", on: day });
  expect((await on("2021-02-28")).body).toMatchObject({ version: "2020-01-01", articles: [{ text: "第一条 甲。" }] });
  expect((await on("2021-03-01")).body).toMatchObject({ version: "2021-01-01" });
  expect(refusal(await on("2019-01-01"))).toBe("404 statutes.notThere");
  expect(refusal(await on("2019-02-30"))).toBe("422 kernel.invalid");
});

const question = z.object({
  id: z.string(),
  type: z.enum(["single", "multiple", "truefalse"]),
  topic: z.string(),
  use: z.string(),
  stem: z.string(),
  options: z.array(z.object({ key: z.string(), text: z.string() })),
  key: z.union([z.string(), z.array(z.string()), z.boolean()]),
  explanation: z.string(),
  citations: z.array(z.string()),
  retired: z.boolean(),
  flagged: z.boolean(),
});
const paper = z.object({
  attempt: z.string(),
  session: z.int(),
  deadline: z.int(),
  now: z.int(),
  items: z.array(
    z.object({
      item: z.string(),
      n: z.int(),
      type: z.enum(["single", "multiple", "truefalse"]),
      points: z.number(),
      stem: z.string(),
      options: z.array(z.object({ key: z.string(), text: z.string() })).optional(),
    }),
  ),
  answers: z.array(z.object({ item: z.string() })),
});
const result = z.object({ score: z.number(), passed: z.boolean(), certificate: z.string().optional(), recorded: z.boolean() });

describe("exams", () => {
  let questions: z.infer<typeof question>[];
  beforeAll(async () => {
    questions = ok(await api.call("getQuestionsExport", { format: "json" }, as("author")), z.array(question));
  });
  /** One question of each type, ten points each. */
  const plan = (sitting: object = {}) => {
    const drawn = (["single", "multiple", "truefalse"] as const).map((type) =>
      questions.find((q) => q.type === type && q.use === "exam" && !q.retired && !q.flagged),
    );
    return {
      id: newId(),
      title: "接口试验考试",
      blueprint: drawn.map((q) => ({ topic: q?.topic ?? "", type: q?.type ?? "single", count: 1, points: 10 })),
      sittings: [{ id: newId(), opens: Date.now() - 60_000, closes: Date.now() + 3_600_000, minutes: 30, tries: 2, pass: 20, ...sitting }],
    };
  };
  const published = async (sitting: object = {}) => {
    const body = plan(sitting);
    ok(await api.call("postExams", {}, as("officer", { body, headers: json })), z.object({ id: z.literal(body.id) }), 201);
    ok(await api.call("postExamsIdPublish", { id: body.id }, as("officer")), z.object({ state: z.literal("published") }));
    return { exam: body.id, sitting: body.sittings[0]?.id ?? "" };
  };
  const begin = (name: string, { exam, sitting }: { exam: string; sitting: string }, id = newId()) =>
    api.call("postExamsIdAttempts", { id: exam }, as(name, { body: { id, sitting }, headers: json }));
  const save = (name: string, attempt: string, body: object) =>
    api.call("putAttemptsIdAnswers", { id: attempt }, as(name, { body, headers: json }));
  const submit = (name: string, attempt: string) => api.call("postAttemptsIdSubmit", { id: attempt }, as(name));
  /** The right answer, found by the words: keys are opaque. */
  const rightly = ({ stem, options = [] }: z.infer<typeof paper>["items"][number]) => {
    const q = questions.find(
      (one) => one.stem === stem && (one.options.length === 0 || one.options.every(({ text }) => options.some((o) => o.text === text))),
    );
    const keys = [q?.key ?? ""]
      .flat()
      .map((key) => options.find(({ text }) => text === q?.options.find((o) => o.key === key)?.text)?.key ?? "");
    return q?.type === "truefalse"
      ? { type: "truefalse", answer: q.key }
      : q?.type === "multiple"
        ? { type: "multiple", choices: keys }
        : { type: "single", choice: keys[0] };
  };

  test("a create with the same id is the same exam, and another body a conflict", async () => {
    const body = plan();
    const create = (name: string, sent: object) => api.call("postExams", {}, as(name, { body: sent, headers: json }));
    const first = await create("officer", body);
    expect((await create("officer", body)).body).toEqual(first.body);
    expect(refusal(await create("officer", { ...body, title: "另一场考试" }))).toBe("409 kernel.idTaken");
    // Nor is a sitting another exam's, or two in one.
    expect(refusal(await create("officer", { ...body, id: newId() }))).toBe("409 kernel.conflict");
    expect(
      refusal(
        await create("officer", { ...plan(), sittings: [...plan().sittings, ...plan().sittings].map((s) => ({ ...s, id: body.id })) }),
      ),
    ).toBe("409 kernel.conflict");
    expect(refusal(await create("officer", { ...body, id: undefined }))).toBe("422 kernel.invalid");
    expect(refusal(await create("officer", { ...body, id: newId(), sittings: [] }))).toBe("422 kernel.invalid");
    for (const name of ["staff", "head", "author", "proctor", "auditor"])
      expect(refusal(await create(name, plan())), name).toBe("403 kernel.forbidden");
    expect(refusal(await api.call("postExamsIdPublish", { id: body.id }, as("preschool")))).toBe("404 kernel.notFound");
  });

  test("from the start to a certificate that anybody may verify", async () => {
    const place = await published();
    const id = newId();
    const first = ok(await begin("staff", place, id), paper);
    expect(first).toMatchObject({ attempt: id, answers: [] });
    expect(first.deadline - first.now).toBeLessThanOrEqual(30 * 60_000);
    expect(JSON.stringify(first)).not.toMatch(/explanation|citations/);
    const answers = first.items.map((item) => ({ item: item.item, value: rightly(item), at: Date.now() }));
    ok(await save("staff", id, { session: first.session, seq: 1, answers: answers.slice(0, 2) }), z.object({ seq: z.literal(1) }));

    // Another device, which sends an id of its own, goes on with the attempt that runs; the first is put aside.
    const second = ok(await begin("staff", place), paper);
    expect(second).toMatchObject({ attempt: id, session: first.session + 1 });
    expect(second.items).toEqual(first.items);
    expect(second.answers.length).toBe(2);
    expect(refusal(await save("staff", id, { session: first.session, seq: 9, answers }))).toBe("409 taken-over");
    ok(await save("staff", id, { session: second.session, seq: 1, answers }), z.object({ seq: z.literal(1) }));
    expect((await api.call("getAttemptsId", { id }, as("staff"))).body).toEqual({ state: "running", recorded: false });

    const graded = ok(await submit("staff", id), result);
    expect(graded).toMatchObject({ score: 30, passed: true, recorded: true });
    expect(ok(await submit("staff", id), result)).toEqual(graded);
    expect((await api.call("getAttemptsId", { id }, as("staff"))).body).toMatchObject({ state: "graded", ...graded });
    expect(refusal(await save("staff", id, { session: second.session, seq: 2, answers }))).toBe("409 over");

    const number = graded.certificate ?? "";
    const verify = async (more: Record<string, string>) => (await api.call("getCertificatesNumber", { number, ...more })).body;
    expect(Object.keys(z.record(z.string(), z.unknown()).parse(await verify({}))).toSorted()).toEqual([
      "issuer",
      "number",
      "status",
      "type",
      "year",
    ]);
    expect(await verify({ name: "某某某", code: "guessed" })).toMatchObject({ status: "valid", name: "differs", code: "differs" });
    expect(await verify({ name: "某某某" })).not.toHaveProperty("score");
    expect(refusal(await api.call("getCertificatesNumber", { number: "XF-2026-000000000-0" }))).toBe("404 kernel.notFound");
    const { records } = ok(
      await api.call(
        "getRecords",
        { verb: "passed", limit: 1000, from: new Date(Date.now() - 86_400_000).toISOString().slice(0, 10) },
        admin(),
      ),
      page,
    );
    expect(records.find(({ object }) => object.id === place.exam)).toMatchObject({ score: 30, object: { title: "接口试验考试" } });
  });

  test("an attempt is nobody else's: not to see, to answer, to hand in or to take the id of", async () => {
    const place = await published();
    const elsewhere = await published();
    const id = newId();
    const { session, items } = ok(await begin("staff", place, id), paper);
    const answers = items.map((item) => ({ item: item.item, value: rightly(item), at: Date.now() }));
    for (const name of ["head", "officer"]) {
      expect(refusal(await api.call("getAttemptsId", { id }, as(name))), name).toBe("404 kernel.notFound");
      expect(refusal(await save(name, id, { session, seq: 1, answers })), name).toBe("404 kernel.notFound");
      expect(refusal(await submit(name, id)), name).toBe("404 kernel.notFound");
    }
    expect(refusal(await begin("head", place, id))).toBe("409 kernel.idTaken");
    expect(refusal(await begin("staff", elsewhere, id))).toBe("409 kernel.idTaken");
    expect(refusal(await begin("staff", { exam: place.exam, sitting: elsewhere.sitting }))).toBe("404 kernel.notFound");
    const bad = (value: unknown, item = items[0]?.item) =>
      save("staff", id, { session, seq: 2, answers: [{ item, value, at: Date.now() }] });
    expect(refusal(await bad({ type: "essay", words: "…" }))).toBe("422 kernel.invalid");
    expect(refusal(await bad({ type: "single", choice: 7 }))).toBe("422 kernel.invalid");
    expect(refusal(await bad({ type: "single", choice: null }, "' or 1=1 --"))).toBe("422 exams.unknown-item");
    // The value of another type is taken, and worth nothing.
    expect((await bad({ type: "truefalse", answer: true }, items.find(({ type }) => type === "single")?.item)).status).toBe(200);
    expect(ok(await submit("staff", id), result)).toMatchObject({ score: 0, passed: false });
  });

  test("after the deadline a save is refused and the attempt is graded with nobody there", async () => {
    const place = await published({ closes: Date.now() + 6000 });
    const { attempt, session } = ok(await begin("staff", place), paper);
    await sleep(7000);
    expect(refusal(await save("staff", attempt, { session, seq: 1, answers: [] }))).toBe("409 over");
    expect((await api.call("getAttemptsId", { id: attempt }, as("staff"))).body).toMatchObject({
      state: "graded",
      score: 0,
      passed: false,
    });
    expect(refusal(await begin("staff", place))).toBe("409 exams.closed");
  });
});

const page = z.object({
  position: z.int(),
  next: z.int().nullable(),
  records: z.array(
    z.object({
      seq: z.int(),
      id: z.string(),
      verb: z.string(),
      day: z.string(),
      score: z.number().nullable(),
      object: z.object({ id: z.string(), title: z.string() }),
      person: z.object({ id: z.string(), name: z.string() }).nullable(),
      unit: z.object({ id: z.string(), name: z.string() }).nullable(),
    }),
  ),
});
const figure = z.object({
  id: z.string(),
  value: z.int(),
  whole: z.int().nullable(),
  at: z.int(),
  rows: z.string(),
  from: z.string(),
  to: z.string(),
  requirement: z.object({ id: z.string() }).nullable(),
});

describe("records", () => {
  const days = { from: "2026-01-01", to: new Date(Date.now() + 86_400_000).toISOString().slice(0, 10), verb: "passed" };
  test("a page by number, to its end and no record twice; the files hold the same", async () => {
    const seen: number[] = [];
    for (let after: number | null = 0; after !== null;) {
      const told: z.infer<typeof page> = ok(await api.call("getRecords", { ...days, limit: 100, after }, admin()), page);
      expect(told.records.length).toBeLessThanOrEqual(100);
      expect(told.records.every(({ verb, day }) => verb === "passed" && day >= days.from && day <= days.to)).toBe(true);
      seen.push(...told.records.map(({ seq }) => seq));
      after = told.next;
    }
    expect(seen.length).toBeGreaterThan(100);
    expect(seen).toEqual(Array.from(new Set(seen)).toSorted((a, b) => a - b));
    const file = async (format: string) => api.call("getRecords", { ...days, format }, admin());
    const lines = (body: unknown) => z.string().parse(body).trimEnd().split("\n");
    expect(
      lines((await file("ndjson")).body)
        .map((line) => z.object({ seq: z.int() }).parse(JSON.parse(line)).seq)
        .toSorted((a, b) => a - b),
    ).toEqual(seen);
    const csv = await file("csv");
    expect(csv.bytes.subarray(0, 3)).toEqual(new Uint8Array([0xef, 0xbb, 0xbf]));
    expect(lines(csv.body).length).toBe(seen.length + 1);
    const xlsx = await file("xlsx");
    expect(new TextDecoder().decode(xlsx.bytes.slice(0, 2))).toBe("PK");
    expect(xlsx.headers.get("content-disposition")).toContain(".xlsx");
  });
  test("a person's alone; whole names for a reason", async () => {
    const { records } = ok(await api.call("getRecords", { ...days, limit: 1 }, admin()), page);
    const person = records[0]?.person;
    const own = ok(await api.call("getRecords", { person: person?.id ?? "" }, admin()), page).records;
    expect(new Set(own.map((r) => r.person?.id))).toEqual(new Set([person?.id]));
    expect(person?.name).toContain("*");
    expect(refusal(await api.call("getRecords", { ...days, names: "whole" }, admin()))).toBe("422 records.reasonNeeded");
    expect(refusal(await api.call("getRecords", { ...days, names: "whole", reason: "核对名单" }, as("auditor")))).toBe(
      "403 kernel.forbidden",
    );
    expect(
      ok(await api.call("getRecords", { ...days, names: "whole", reason: "核对名单", limit: 1 }, admin()), page).records[0]?.person?.name,
    ).not.toContain("*");
  });
  test("a filter that does not fit is named", async () => {
    for (const bad of [
      { format: "xapi" },
      { from: "2026-02-30" },
      { unit: "' or 1=1" },
      { limit: 0 },
      { limit: 5000 },
      { after: -1 },
      { person: "1" },
    ]) {
      const told = await api.call("getRecords", bad, admin());
      expect(refusal(told), JSON.stringify(bad)).toBe("422 kernel.invalid");
      expect(told.body).toMatchObject({ problems: [{ field: Object.keys(bad)[0] }] });
    }
    expect(refusal(await api.call("getRecords", { verb: "'; drop table kernel_record; --" }, admin()))).toBe("422 records.noVerb");
  });
});

test("a report's figures have number, moment and rows that are as many; as HTML it is a page by itself", async () => {
  const report = ok(await api.call("getReportsId", { id: "annual" }, admin()), z.object({ figures: z.array(figure) }));
  expect(new Set(report.figures.map(({ whole }) => whole === null))).toEqual(new Set([true, false]));
  for (const { id, value, whole, rows, from, to, requirement } of report.figures) {
    const asked = { id, from, to, ...(requirement === null ? {} : { requirement: requirement.id }) };
    expect(ok(await api.call("getFiguresId", asked, admin()), figure)).toMatchObject({ value, whole, rows });
    const opened = await raw(url, rows, { headers: { authorization: `Bearer ${administrator}` } });
    expect(opened.body, id).toContain(`data-value="${value}" data-total="${whole ?? value}"`);
  }
  const html = await api.call("getReportsId", { id: "annual", format: "html" }, admin());
  expect([html.status, html.headers.get("content-type")]).toEqual([200, "text/html; charset=utf-8"]);
  expect(html.body).toMatch(/^<!doctype html>/i);
  for (const bad of [
    { id: "annual", format: "pdf" },
    { id: "annual", from: "yesterday" },
  ])
    expect(refusal(await api.call("getReportsId", bad, admin()))).toBe("422 kernel.invalid");
  for (const id of ["none", "__proto__", "annual' --"])
    expect(refusal(await api.call("getReportsId", { id }, admin())), id).toBe("404 kernel.notFound");
  for (const id of ["none", "constructor"])
    expect(refusal(await api.call("getFiguresId", { id }, admin())), id).toBe("404 kernel.notFound");
});

test("what cannot be read is refused in words, and never fails", async () => {
  const post = (path: string, body: BodyInit, headers: Record<string, string> = json) =>
    raw(url, `/api/v1${path}`, { method: "POST", body, headers: { authorization: `Bearer ${administrator}`, ...headers } });
  for (const body of ["", "{", '{"username":', "\u0000", "nonsense"])
    expect(refusal(await post("/exams", body)), body).toBe("422 kernel.notJson");
  for (const body of ["null", "[]", "7", '"words"', '{"__proto__":{"id":"x"}}', `${"[".repeat(50_000)}${"]".repeat(50_000)}`])
    expect(refusal(await post("/exams", body)), body.slice(0, 20)).toBe("422 kernel.invalid");
  expect(refusal(await post("/exams", "a=b", { "content-type": "application/x-www-form-urlencoded" }))).toBe("422 kernel.notJson");
  expect(refusal(await post("/statutes/import", `"${"甲".repeat(8 * 1024 * 1024)}"`))).toBe("413 kernel.tooLarge");
  expect((await fetch(`${url}/sign-in`, { method: "POST", body: "{}", headers: json })).status).toBe(422);
});

describe("an empty server", () => {
  test("is made somebody's by the code that it wrote, once", async () => {
    const state = await mkdtemp(join(tmpdir(), "xuefa-empty-"));
    const server = await startServer(state, await freePort(0), ["--empty"]);
    try {
      const path = join(state, "access.json");
      const accessOf = async () =>
        z
          .object({ url: z.string(), first_run: z.string().optional(), token: z.string().optional(), accounts: z.array(z.unknown()) })
          .parse(JSON.parse(await readFile(path, "utf8")));
      const { url: at, first_run: link = "", ...rest } = await accessOf();
      expect(rest).toEqual({ accounts: [] });
      expect((await stat(path)).mode & 0o777).toBe(0o600);
      expect(server.said()).toContain(link);
      const own = await apiOf(at);
      const code = new URL(link).pathname.split("/").at(-1) ?? "";
      const run = (body: object) => fetch(`${at}/api/v1/first-run`, { method: "POST", headers: json, body: JSON.stringify(body) });
      const body = { code, body: "试验区教育局", name: "郑试验", password: "correct horse battery" };
      expect((await run({ ...body, password: "short" })).status).toBe(422);
      expect((await run({ ...body, code: "not-the-code-of-this-server" })).status).toBe(404);
      const made = await run(body);
      const { token } = z.object({ token: z.string() }).parse(await made.json());
      // No demonstration: what it cost is told to who may see it alone.
      expect([made.headers.get("server-timing")?.slice(0, 7), made.headers.get("x-d1-rows-read")]).toEqual(["db;dur=", null]);
      expect((await run(body)).status).toBe(404);
      const told = await own.call("getRecords", {}, { token });
      expect(ok(told, page).records).toEqual([]);
      for (let tries = 0; (await accessOf()).token === undefined && tries < 50; tries++) await sleep(200);
      expect((await accessOf()).token).toBe(token);
    } finally {
      server.child.kill("SIGTERM");
      await server.ended;
      await rm(state, { recursive: true, force: true });
    }
  });
});
