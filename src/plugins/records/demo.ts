/** One correction in the demonstration bureau, so that there is one to look at. */
import { loadActor, makeContext, personId, recordId, type Context, type Demo, type DemoWorld } from "#kernel";
import { z } from "zod";
import { fieldTime } from "./rules.ts";
import { correctRecord } from "./service/correct.ts";
import { listByDay, positionNow } from "./store.ts";

/** The same in every demonstration. */
const corrected = recordId.parse("01980000-0000-7000-8000-000000000301");
const minute = 60_000;

const seed = async (plain: Context, world: DemoWorld): Promise<void> => {
  const accounts = z.object({ officer: personId, learner: personId }).parse(world.made.get("accounts"));
  const ctx = makeContext({
    env: plain.env,
    registry: plain.registry,
    now: world.now,
    actor: await loadActor(plain.db, accounts.officer, "demo", "password", plain.today),
  });
  const filter = { person: accounts.learner, kind: "lesson", standing: true };
  const [row] = await listByDay(ctx, { all: true, areas: [] }, filter, {
    path: "kernel_record_person",
    order: "oldest",
    shape: "page",
    after: null,
    limit: 1,
    position: await positionNow(ctx),
  });
  if (row === undefined) return;
  await correctRecord(ctx, {
    record: row.id,
    id: corrected,
    how: "replace",
    at: fieldTime(row.at - 10 * minute, ctx.zone),
    reason: "平板电脑的时间快了十分钟，按课堂签到表更正",
  });
};

export const demo: Demo = {
  plugin: "records",
  seed,
  paths: {
    "/records/:record": `/records/${corrected}`,
    "/admin/records/:record": `/admin/records/${corrected}`,
    "/admin/audit/:line": "/admin/audit/1",
  },
};
