import { createExecutionContext } from "cloudflare:test";
import { env } from "cloudflare:workers";
import { sql } from "drizzle-orm";
import { expect, test } from "vitest";
import {
  commit,
  Conflict,
  Forbidden,
  makeContext,
  newId,
  personId,
  rowsOf,
  run,
  unitId,
  writeSetting,
  type Actor,
  type Context,
} from "#kernel";
import { checkCode, issue, issueAll, type Issue } from "#plugins/certificates";
import { app } from "../../../src/worker.ts";
import { revokeCertificate } from "../../../src/plugins/certificates/service-revoke.ts";
import { listCertificates, printCertificates, verify } from "../../../src/plugins/certificates/service.ts";
import { putStamp, readStamp } from "../../../src/plugins/certificates/service-stamp.ts";

const now = Date.UTC(2026, 10, 24, 4);
const world = async () => {
  const ctx = makeContext({ env, registry: app.registry, now });
  const unit = newId(unitId);
  const person = newId(personId);
  await commit(ctx, {
    statements: [
      writeSetting(ctx, "body", { name: "清河区教育局", issuer: "QHJY", contact: "", icp: "", police: "" }),
      run(
        sql`insert into kernel_unit (id, kind, name, status, created_at) values (${unit}, 'public-school', '清河区第三中学', 'open', ${now})`,
      ),
      run(sql`insert into kernel_unit_closure (ancestor, descendant, depth) values (${unit}, ${unit}, 0)`),
      run(sql`insert into kernel_person (id, login, name, created_at) values (${person}, ${person.slice(-10)}, '李雯', ${now})`),
    ],
    audit: null,
  });
  const wanted = (over: Partial<Issue> = {}): Issue => ({
    holder: person,
    unit,
    basis: { kind: "attempt", id: "a" },
    title: "年度学法用法考试",
    type: "XF",
    year: 2026,
    grade: "excellent",
    score: 9200,
    once: `attempt/${newId(personId)}`,
    ...over,
  });
  return { ctx, unit, person, wanted };
};
const actorOf = (person: Actor["person"], grants: Actor["grants"]): Actor => ({
  person,
  name: "",
  login: "",
  session: "",
  strength: "password",
  noticeShown: 1,
  positions: [],
  grants,
  roles: new Set(grants.map((g) => g.role)),
});
const as = (ctx: Context, actor: Actor): Context => makeContext({ env: ctx.env, registry: app.registry, now, actor });

test("the same fact keeps its number, also when issued twice in one batch", async () => {
  const { ctx, wanted } = await world();
  const one = wanted();
  const first = await issueAll(ctx, [one, one, wanted()]);
  expect(new Set(first.numbers.values()).size).toBe(2);
  await commit(ctx, { statements: first.statements, audit: null });
  const again = await issue(ctx, one);
  expect(again).toEqual({ number: first.numbers.get(one.once), statements: [] });
});

test("a number that another holds is passed over", async () => {
  const { ctx, wanted } = await world();
  const one = wanted();
  const free = await issue(ctx, one);
  await commit(ctx, { statements: free.statements, audit: null });
  await env.DB.prepare("update certificates_certificate set once = 'somebody else' where number = ?").bind(free.number).run();
  const next = await issue(ctx, one);
  expect(next.number).not.toBe(free.number);
});

test("a bare number tells type, year, issuer and status alone; the code or the name tells more", async () => {
  const { ctx, wanted } = await world();
  const { number, statements } = await issue(ctx, wanted());
  await commit(ctx, { statements, audit: null });
  const bare = await verify(ctx, { number });
  expect(bare).toEqual({
    state: "found",
    successor: null,
    answer: { number, type: "XF", year: 2026, issuer: "清河区教育局", status: "valid" },
  });
  const [row] = await rowsOf<{ id: never }>(ctx, sql`select id from certificates_certificate where number = ${number}`);
  const code = await checkCode(ctx, { id: row?.id as never });
  expect(await verify(ctx, { number, code })).toMatchObject({
    answer: { code: "matches", unit: "清河区第三中学", grade: "excellent", score: 92 },
  });
  expect(await verify(ctx, { number, name: "李雯" })).toMatchObject({ answer: { name: "matches", score: 92 } });
  const altered = await verify(ctx, { number, name: "王芳" });
  expect(altered).toMatchObject({ answer: { name: "differs" } });
  expect(JSON.stringify(altered)).not.toContain("第三中学");
  expect(JSON.stringify(await verify(ctx, { number, code: `${code.slice(1)}0` }))).not.toContain("第三中学");
  expect(await verify(ctx, { number: number.replace(/\d$/, (d) => String((Number(d) + 1) % 10)) })).toMatchObject({ state: "misprinted" });
});

/** A stranger's look at a page; where a form is given, it is sent. */
const look = async (path: string, sent?: Record<string, string>): Promise<string> => {
  const init = sent === undefined ? {} : { method: "POST", body: new URLSearchParams(sent) };
  return (await app.fetch(new Request(new URL(path, "https://xuefa.test"), init), env, createExecutionContext())).text();
};
test("in public the name is asked for, goes in a form's body alone, and what does not match comes first and is the state", async () => {
  const { ctx, wanted } = await world();
  const { number, statements } = await issue(ctx, wanted());
  await commit(ctx, { statements, audit: null });
  const [row] = await rowsOf<{ id: string }>(ctx, sql`select id from certificates_certificate where number = ${number}`);
  const code = await checkCode(ctx, { id: row?.id as never });

  const scanned = await look(`/verify/${number}?code=${code}`);
  expect(scanned).toContain("再填姓名，核对是否本人");
  expect(scanned).toContain('<form class="stack" method="post" action="/verify">');
  expect(scanned).toContain('<span class="tag done">有效</span>');
  // A name in an address is not even read.
  expect(await look(`/verify/${number}?name=${encodeURIComponent("李雯")}`)).not.toContain("姓名相符");
  const same = await look("/verify", { number, code, name: "李雯" });
  expect(same).toContain("姓名相符");
  expect(same).not.toContain("再填姓名");
  for (const [wrong, words] of [
    [await look("/verify", { number, code, name: "王芳" }), "姓名不符"],
    [await look(`/verify/${number}?code=${code.slice(1)}0`), "校验码不对"],
  ] as const) {
    expect(wrong).not.toContain('<span class="tag done">');
    expect(wrong.indexOf(words)).toBeGreaterThan(0);
    expect(wrong.indexOf(words)).toBeLessThan(wrong.indexOf('<span class="tag late">核对不符</span>'));
  }
});

test("an officer finds and prints a unit's certificates by a part of its name", async () => {
  const { ctx, unit, person, wanted } = await world();
  await commit(ctx, { statements: [run(sql`update kernel_unit set name = ${`第${unit}小学`} where id = ${unit}`)], audit: null });
  const { number, statements } = await issue(ctx, wanted());
  await commit(ctx, { statements, audit: null });
  const officer = as(ctx, actorOf(person, [{ role: "officer", unit: null, kinds: null }]));
  expect((await listCertificates(officer, { in: unit })).rows.map((c) => c.number)).toEqual([number]);
  expect((await printCertificates(officer, { in: `${unit}小学` })).rows.map((c) => c.number)).toEqual([number]);
  expect((await listCertificates(officer, { in: `${unit}大学` })).rows).toEqual([]);
});

test("revoking shows at once, is audited and recorded, and happens once; outside the reach it does not exist", async () => {
  const { ctx, unit, person, wanted } = await world();
  const { number, statements } = await issue(ctx, wanted());
  await commit(ctx, { statements, audit: null });
  const elsewhere = as(ctx, actorOf(person, [{ role: "officer", unit: null, kinds: ["training"] }]));
  await expect(revokeCertificate(elsewhere, { number, reason: "替考" })).rejects.toMatchObject({ status: 404 });
  const officer = as(ctx, actorOf(person, [{ role: "officer", unit, kinds: null }]));
  await revokeCertificate(officer, { number, reason: "替考" });
  expect(await verify(ctx, { number })).toMatchObject({ answer: { status: "revoked" } });
  expect(await rowsOf(ctx, sql`select note from kernel_audit where object_id = ${number} and command = 'certificates.revoke'`)).toEqual([
    { note: "替考" },
  ]);
  await expect(revokeCertificate(officer, { number, reason: "又一次" })).rejects.toThrow(Conflict);
});

test("an officer's list begins with the newest", async () => {
  const { ctx, unit, person, wanted } = await world();
  const { statements, numbers } = await issueAll(
    ctx,
    [1, 3, 2].map((n) => wanted({ once: `${unit}/${n}`, at: now + n })),
  );
  await commit(ctx, { statements, audit: null });
  const officer = as(ctx, actorOf(person, [{ role: "officer", unit: null, kinds: null }]));
  const { rows } = await listCertificates(officer, { unit });
  expect(rows.map((c) => c.number)).toEqual([3, 2, 1].map((n) => numbers.get(`${unit}/${n}`)));
});

test("a print job takes 300 at a time, and the next one the rest; what does not hold is not printed", async () => {
  const { ctx, unit, person, wanted } = await world();
  const { statements } = await issueAll(
    ctx,
    Array.from({ length: 302 }, () => wanted()),
  );
  await commit(ctx, { statements, audit: null });
  const officer = as(ctx, actorOf(person, [{ role: "officer", unit: null, kinds: null }]));
  const first = await printCertificates(officer, { unit });
  const rest = await printCertificates(officer, { unit, after: first.next ?? "" });
  expect([first.rows.length, rest.rows.length, rest.next]).toEqual([300, 2, null]);
  expect(new Set([...first.rows, ...rest.rows].map((c) => c.number)).size).toBe(302);
  await revokeCertificate(officer, { number: rest.rows[0]?.number ?? "", reason: "替考" });
  expect((await printCertificates(officer, { unit, after: first.next ?? "" })).rows).toHaveLength(1);
  expect((await printCertificates(officer, { unit, state: "revoked" })).rows).toEqual([]);
});

test("the stamp stands on every certificate: whoever reaches a part of the body neither replaces nor removes it", async () => {
  const { ctx, unit, person } = await world();
  const png = new File([new Uint8Array([0x89, 0x50, 0x4e, 0x47, 1])], "stamp.png");
  await putStamp(as(ctx, actorOf(person, [{ role: "officer", unit: null, kinds: null }])), png);
  const stamp = await readStamp(ctx);
  expect(stamp).toContain("data:image/png");
  for (const grant of [
    { role: "officer", unit, kinds: null },
    { role: "officer", unit: null, kinds: ["public-school"] },
  ] as const) {
    const part = as(ctx, actorOf(person, [{ ...grant, kinds: grant.kinds === null ? null : [...grant.kinds] }]));
    await expect(putStamp(part, new File([new Uint8Array([0x89, 0x50, 0x4e, 0x47, 2])], "other.png"))).rejects.toThrow(Forbidden);
    await expect(putStamp(part, null)).rejects.toThrow(Forbidden);
  }
  expect(await readStamp(ctx)).toBe(stamp);
});

test("a retake's certificate supersedes the one before and points to it", async () => {
  const { ctx, wanted } = await world();
  const before = await issue(ctx, wanted());
  await commit(ctx, { statements: before.statements, audit: null });
  const after = await issue(ctx, wanted({ replaces: before.number }));
  await commit(ctx, { statements: after.statements, audit: null });
  expect(await verify(ctx, { number: before.number, name: "李雯" })).toMatchObject({
    successor: after.number,
    answer: { status: "superseded" },
  });
});
