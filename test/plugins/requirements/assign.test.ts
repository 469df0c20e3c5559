/** Many people are assigned to by a job that survives a kill; who joins meanwhile is hit at once. */
import { env } from "cloudflare:workers";
import { expect, test } from "vitest";
import { commit, loadActor, makeContext, work, type Context, type JobId, type PersonId } from "#kernel";
import { app } from "../../../src/worker.ts";
import { activateRequirement } from "../../../src/plugins/requirements/service/activate.ts";
import { settlePeople } from "../../../src/plugins/requirements/store-rules.ts";
import { person, unit } from "../people/world.ts";
import { at, crowd, openOf, rule } from "./world.ts";

const acting = async (who: PersonId): Promise<Context> => {
  const ctx = at();
  return makeContext({
    env: { ...env, JOBS: { send: () => Promise.resolve() } as unknown as typeof env.JOBS },
    registry: ctx.registry,
    now: ctx.now,
    actor: await loadActor(ctx.db, who, "test", "password", ctx.today),
  });
};
const jobOf = async (id: string) =>
  (await env.DB.prepare(
    "select j.id, j.state, j.done, j.total from kernel_job j join requirements_requirement q on q.job = j.id where q.id = ?",
  )
    .bind(id)
    .first<{ id: JobId; state: string; done: number; total: number }>()) ?? { id: "" as JobId, state: "", done: 0, total: 0 };

test("2,500 people are switched on in steps; killed between and within steps, it goes on, and again changes nothing", async () => {
  const bureau = await unit("清河区教育局", "office", null);
  const administrator = await person(bureau, { grant: "administrator" });
  const school = await unit("清河三中", "public-school", bureau);
  await crowd(school, 2500);
  const id = await rule({ state: "draft", kinds: ["public-school"] });
  await activateRequirement(await acting(administrator.id), id);
  const job = await jobOf(id);
  expect([job.state, job.total, (await openOf(id)).length]).toEqual(["queued", 2501, 0]);
  // On already: who joins has it in the same commit.
  const joined = await person(school);
  await commit(at(), { statements: [settlePeople(at(), [joined.id])], audit: null });
  expect((await openOf(id)).map((a) => a.person)).toEqual([joined.id]);

  // One step a turn: a clock that jumps; then the worker is gone.
  let clock = Date.now();
  const turn = () => work(app.context(env, Date.now()), job.id, () => (clock += 21_000));
  expect(await turn()).toBe("more");
  expect((await jobOf(id)).done).toBe(1000);
  const after = (await openOf(id)).length;
  expect(after).toBeGreaterThan(990);
  // Killed within a step: taken, and nothing written; the lease runs out.
  await env.DB.prepare("update kernel_job set state = 'running', attempts = 1, lease_until = ? where id = ?")
    .bind(clock + 60_000, job.id)
    .run();
  expect(await turn()).toBe("not-mine");
  clock += 120_000;
  expect(await turn()).toBe("more");
  expect(await turn()).toBe("done");
  expect(await openOf(id)).toHaveLength(2501);
  expect(new Set((await openOf(id)).map((a) => a.person)).size).toBe(2501);

  const before = await env.DB.prepare("select id from kernel_assignment where requirement = ? order by id").bind(id).all();
  await activateRequirement(await acting(administrator.id), id);
  const second = await jobOf(id);
  expect(second.id).not.toBe(job.id);
  await work(app.context(env, Date.now()), second.id);
  expect((await jobOf(id)).state).toBe("done");
  expect((await env.DB.prepare("select id from kernel_assignment where requirement = ? order by id").bind(id).all()).results).toEqual(
    before.results,
  );
});
test("few people are assigned to within the request", async () => {
  const bureau = await unit("局", "office", null);
  const administrator = await person(bureau, { grant: "administrator" });
  const id = await rule({ state: "draft", unit: bureau });
  await activateRequirement(await acting(administrator.id), id);
  expect((await openOf(id)).map((a) => a.person)).toEqual([administrator.id]);
  expect((await jobOf(id)).state).toBe("");
});
