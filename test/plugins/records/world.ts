/** A small bureau for the ledger's tests: two offices of units, people with roles, and the composed app that they use. */
import { createExecutionContext, waitOnExecutionContext } from "cloudflare:test";
import { env } from "cloudflare:workers";
import { sql } from "drizzle-orm";
import {
  authOf,
  catalogue,
  commit,
  compose,
  loadActor,
  makeContext,
  newId,
  personId,
  record,
  recordId,
  run,
  unitId,
  verb,
  type Context,
  type GrantRole,
  type NewRecord,
  type PersonId,
  type RecordId,
  type UnitId,
  type UnitKind,
} from "#kernel";
import { shell } from "#ui";
import { certificates } from "../../../src/plugins/certificates/plugin.ts";
import { records } from "../../../src/plugins/records/plugin.ts";
import { reports } from "../../../src/plugins/reports/plugin.ts";

const words = catalogue("testrecords", { studied: ["学完", "studied"], passed: ["通过", "passed"] });
export const studied = verb("studied", { iri: "https://example.org/studied", words: words.studied });
export const passed = verb("passed", { iri: "https://example.org/passed", words: words.passed });
const stubs = (records.needs ?? []).filter((id) => id !== "certificates").map((id) => ({ id }));
const before = ["people", "statutes", "bank"];
const app = compose(
  [
    { id: "people" },
    ...stubs.filter((p) => before.includes(p.id) && p.id !== "people"),
    certificates,
    ...stubs.filter((p) => !before.includes(p.id)),
    { id: "test", verbs: [studied, passed] },
    records,
    reports,
  ],
  shell,
);
export const now = Date.UTC(2026, 10, 24, 4);

export const plain = (): Context => makeContext({ env, registry: app.registry, now });
/** A context in which this person acts. */
export const as = async (person: PersonId, language: "zh" | "en" = "zh"): Promise<Context> => {
  const ctx = plain();
  return makeContext({ env, registry: app.registry, now, language, actor: await loadActor(ctx.db, person, "test", "password", ctx.today) });
};
let made = 0;
export const unit = async (kind: UnitKind, name: string, parent: UnitId | null = null): Promise<UnitId> => {
  const id = newId(unitId);
  await commit(plain(), {
    statements: [
      run(
        sql`insert into kernel_unit (id, parent, kind, name, status, created_at) values (${id}, ${parent}, ${kind}, ${name}, 'open', ${now})`,
      ),
      run(
        sql`insert into kernel_unit_closure (ancestor, descendant, depth) select ancestor, ${id}, depth + 1 from kernel_unit_closure where descendant = ${parent} union all select ${id}, ${id}, 0`,
      ),
    ],
    audit: null,
  });
  return id;
};
export const person = async (
  name: string,
  at: UnitId | null,
  grant?: { role: GrantRole; unit?: UnitId; kinds?: UnitKind[] },
): Promise<PersonId> => {
  const id = newId(personId);
  await commit(plain(), {
    statements: [
      run(sql`insert into kernel_person (id, login, name, created_at) values (${id}, ${`r${++made}`}, ${name}, ${now})`),
      ...(at === null
        ? []
        : [
            run(
              sql`insert into kernel_position (id, person, unit, nature, post, from_day) values (${newId(personId)}, ${id}, ${at}, 'personnel', 'other', '2020-01-01')`,
            ),
          ]),
      ...(grant === undefined
        ? []
        : [
            run(
              sql`insert into kernel_grant (id, person, role, unit, kinds, from_day, reason) values (${newId(personId)}, ${id}, ${grant.role}, ${grant.unit ?? null}, ${grant.kinds === undefined ? null : JSON.stringify(grant.kinds)}, '2020-01-01', 'test')`,
            ),
          ]),
    ],
    audit: null,
  });
  return id;
};
/** Records a fact and answers its id. */
export const fact = async (who: PersonId, object: string, more: Partial<NewRecord> = {}): Promise<RecordId> => {
  const id = newId(recordId);
  await commit(plain(), {
    statements: [record({ id, verb: studied, object: { kind: "lesson", id: object }, person: who, once: [object, who, id], ...more })],
    audit: null,
  });
  return id;
};
/** A request of a signed-in person, as an API client makes it. */
export const client = async (who: PersonId | null) => {
  let token: string | null = null;
  if (who !== null) {
    await env.DB.prepare(
      "insert or ignore into kernel_user (id, name, email, email_verified, created_at, updated_at, username) values (?1, '', ?1 || '@people.invalid', 0, 0, 0, substr(?1, 1, 30))",
    )
      .bind(who)
      .run();
    const auth = await authOf(env);
    token = (await auth.api.openSession({ body: { person: who, strength: "password", address: null, agent: null } })).token;
  }
  return async (path: string, init: { method?: string; json?: unknown; form?: Record<string, string> } = {}): Promise<Response> => {
    const headers = new Headers(token === null ? {} : { authorization: `Bearer ${token}` });
    if (init.json !== undefined) headers.set("content-type", "application/json");
    const body = init.json !== undefined ? JSON.stringify(init.json) : init.form !== undefined ? new URLSearchParams(init.form) : null;
    const execution = createExecutionContext();
    const answer = await app.fetch(
      new Request(`https://xuefa.test${path}`, {
        method: init.method ?? (body === null ? "GET" : "POST"),
        headers,
        body,
        redirect: "manual",
      }),
      env,
      execution,
    );
    await waitOnExecutionContext(execution);
    return answer;
  };
};
/** Lines of the audit that whole names left. */
export const audited = async () =>
  (
    await env.DB.prepare("select actor, note from kernel_audit where command = 'records.unmask' order by seq").all<{
      actor: string;
      note: string;
    }>()
  ).results;
