/** A small bureau with questions, people and an exam, for tests of exams. */
import { createExecutionContext, waitOnExecutionContext } from "cloudflare:test";
import { env } from "cloudflare:workers";
import { sql } from "drizzle-orm";
import { v7 } from "uuid";
import {
  authOf,
  commit,
  loadActor,
  makeContext,
  newId,
  personId,
  positionId,
  rowsOf,
  run,
  unitId,
  writeSetting,
  type Actor,
  type Context,
  type PersonId,
  type UnitId,
} from "#kernel";
import { content } from "../../../src/plugins/bank/content.ts";
import { content as courses } from "../../../src/plugins/courses/content.ts";
import { attemptId, examId, examInput, sittingId, type AttemptId, type ExamId, type SittingId } from "../../../src/plugins/exams/input.ts";
import { createExam } from "../../../src/plugins/exams/service/plan.ts";
import { publishExam } from "../../../src/plugins/exams/service/publish.ts";
import { app } from "../../../src/worker.ts";

/** A morning in Shanghai that is yet to come, so that no alarm fires by itself while a test stands at it. */
export const morning = Date.UTC(2036, 10, 24, 2);
export const minute = 60_000;
export const hour = 60 * minute;

export const system = (now = Date.now()): Context => makeContext({ env, registry: app.registry, now });
/** A request of somebody, now. */
export const as = (actor: Actor, now = Date.now()): Context => makeContext({ env, registry: app.registry, now, actor });

let ready: Promise<{ office: UnitId; school: UnitId; root: UnitId }> | undefined;
const prepare = async () => {
  const ctx = system();
  const [root, office, school] = [newId(unitId), newId(unitId), newId(unitId)];
  await commit(ctx, {
    statements: [
      writeSetting(ctx, "body", { name: "清河区教育局", issuer: "QHJY", contact: "", icp: "", police: "" }),
      ...(
        [
          [root, null, "office", "清河区教育局"],
          [office, root, "office", "政策法规科"],
          [school, root, "private-school", "清河区星河学校"],
        ] as const
      ).map(([id, parent, kind, name]) =>
        run(
          sql`insert into kernel_unit (id, parent, kind, name, status, created_at) values (${id}, ${parent}, ${kind}, ${name}, 'open', ${ctx.now})`,
        ),
      ),
      ...(
        [
          [root, root, 0],
          [office, office, 0],
          [school, school, 0],
          [root, office, 1],
          [root, school, 1],
        ] as const
      ).map(([a, d, depth]) => run(sql`insert into kernel_unit_closure (ancestor, descendant, depth) values (${a}, ${d}, ${depth})`)),
    ],
    audit: null,
  });
  await content.sync(ctx);
  await courses.sync(ctx);
  return { root, office, school };
};
const units = () => (ready ??= prepare());

let count = 0;
export type Somebody = { id: PersonId; actor: Actor; login: string };
/** A person with a position from long ago; and a grant of everything where a role is named. */
export const somebody = async (
  given: {
    at?: "office" | "school";
    post?: string;
    roster?: boolean;
    category?: string;
    role?: string;
    grantUnit?: UnitId | null;
    grantKinds?: string[];
  } = {},
): Promise<Somebody> => {
  const places = await units();
  const ctx = system();
  const id = newId(personId);
  const login = `t${String(++count).padStart(5, "0")}`;
  await commit(ctx, {
    statements: [
      run(
        sql`insert into kernel_person (id, login, name, category, created_at) values (${id}, ${login}, ${`李雯${count}`}, ${given.category ?? null}, ${ctx.now})`,
      ),
      run(
        sql`insert into kernel_position (id, person, unit, nature, post, from_day) values (${newId(positionId)}, ${id}, ${places[given.at ?? "office"]}, 'personnel', ${given.post ?? "bureau-staff"}, '2020-01-01')`,
      ),
      ...(given.roster === true ? [run(sql`insert into kernel_roster_mark (person, from_day) values (${id}, '2020-01-01')`)] : []),
      ...(given.role === undefined
        ? []
        : [
            run(
              sql`insert into kernel_grant (id, person, role, unit, kinds, from_day, reason) values (${v7()}, ${id}, ${given.role}, ${given.grantUnit ?? null}, ${given.grantKinds === undefined ? null : JSON.stringify(given.grantKinds)}, '2020-01-01', '测试')`,
            ),
          ]),
    ],
    audit: null,
  });
  const actor = await loadActor(ctx.db, id, "test", "password", ctx.today);
  if (!actor) throw new Error("no actor");
  return { id, actor, login };
};

export type Given = {
  minutes?: number;
  tries?: number;
  counts?: "best" | "last";
  pass?: number;
  excellent?: number | null;
  opens?: number;
  closes?: number;
  who?: object;
  after?: string[];
  review?: object;
  certificate?: boolean;
  blueprint?: object[];
  shuffle?: boolean;
  pledge?: boolean;
};
const blueprint = [
  { topic: "xingzheng-chufa/lian", type: "single", count: 2, points: 20 },
  { topic: "xingzheng-chufa/lian", type: "truefalse", count: 1, points: 20 },
  { topic: "xingzheng-chufa/diaocha", type: "single", count: 1, points: 20 },
  { topic: "peixun-yifa-banxue/shoufei", type: "single", count: 1, points: 20 },
];
/** A published exam with one sitting that is open for two hours. */
export const exam = async (officer: Somebody, given: Given = {}): Promise<{ exam: ExamId; sitting: SittingId }> => {
  const now = Date.now();
  const ctx = as(officer.actor);
  const [id, sitting] = [newId(examId), newId(sittingId)];
  const input = examInput.parse({
    id,
    title: "年度学法用法考试",
    certificate: given.certificate ?? true,
    blueprint: given.blueprint ?? blueprint,
    sittings: [
      {
        id: sitting,
        opens: given.opens ?? now - hour,
        closes: given.closes ?? now + 2 * hour,
        minutes: given.minutes ?? 30,
        tries: given.tries ?? 3,
        pass: given.pass ?? 60,
        excellent: given.excellent === undefined ? 90 : given.excellent,
        ...(given.counts === undefined ? {} : { counts: given.counts }),
        who: given.who ?? {},
        after: given.after ?? [],
        review: given.review ?? {},
        shuffle: given.shuffle ?? true,
        pledge: given.pledge ?? true,
      },
    ],
  });
  await createExam(ctx, input);
  await publishExam(ctx, { exam: id });
  return { exam: id, sitting };
};
export const freshAttempt = (): AttemptId => newId(attemptId);
export const rows = <T extends Record<string, unknown>>(query: ReturnType<typeof sql>): Promise<T[]> => rowsOf<T>(system(), query);

/** Asks the product itself, as somebody with a password. */
export const ask = async (who: Somebody, path: string, init: RequestInit = {}): Promise<Response> => {
  const user = sql`insert into kernel_user (id, name, email, email_verified, created_at, updated_at, username, display_username) values (${who.id}, ${who.login}, ${`${who.id}@people.invalid`}, 0, ${Date.now()}, ${Date.now()}, ${who.login}, ${who.login}) on conflict do nothing`;
  await commit(system(), { statements: [run(user)], audit: null });
  const { token } = await (
    await authOf(env)
  ).api.openSession({ body: { person: who.id, strength: "password", address: null, agent: null } });
  const execution = createExecutionContext();
  const answer = await app.fetch(
    new Request(new URL(path, "https://xuefa.test"), {
      redirect: "manual",
      ...init,
      headers: { ...Object.fromEntries(new Headers(init.headers)), authorization: `Bearer ${token}` },
    }),
    env,
    execution,
  );
  await waitOnExecutionContext(execution);
  return answer;
};
