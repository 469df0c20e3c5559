/** When a cron runs that the server was not up for. */
import { join } from "node:path";
import { expect, test } from "vitest";
import { readConfig } from "../../scripts/host/config.ts";
import { cronsOf } from "../../scripts/host/crons.ts";
import { findState } from "../../scripts/host/state.ts";
import { folder, root } from "./support.ts";

const minute = "* * * * *";
const nightly = "17 19 * * *";

/** A state folder, and a way to start its crons at some moment: answers what ran then, and for which moment. */
async function home() {
  const state = await findState(await folder());
  return async (at: string, fails = false) => {
    const ran: string[] = [];
    const scheduled = async (cron: string, moment: Date) => {
      ran.push(`${cron} ${moment.toISOString()}`);
      if (fails) throw new Error("a bug");
    };
    await (await cronsOf([minute, nightly], { scheduled }, state, () => Date.parse(at))).catchUp();
    return ran;
  };
}

test("the first start runs each, for its last moment in UTC", async () => {
  const startAt = await home();
  expect(await startAt("2026-11-24T12:30:20Z")).toEqual([`${minute} 2026-11-24T12:30:00.000Z`, `${nightly} 2026-11-23T19:17:00.000Z`]);
});

test("a restart runs what comes every minute, and the nightly one only if its moment passed meanwhile", async () => {
  const startAt = await home();
  await startAt("2026-11-24T12:30:20Z");
  expect(await startAt("2026-11-24T12:30:40Z")).toEqual([`${minute} 2026-11-24T12:30:00.000Z`]);
  expect(await startAt("2026-11-24T20:00:30Z")).toEqual([`${minute} 2026-11-24T20:00:00.000Z`, `${nightly} 2026-11-24T19:17:00.000Z`]);
});

test("a run that failed is caught up at the next start", async () => {
  const startAt = await home();
  expect(await startAt("2026-11-24T12:30:20Z", true)).toHaveLength(2);
  expect(await startAt("2026-11-24T12:31:20Z")).toHaveLength(2);
});

test("the repository's wrangler.toml is read whole", async () => {
  const config = await readConfig(join(root, "wrangler.toml"));
  expect(config.crons).toContain(minute);
  expect(Object.keys(config.env)).toEqual(expect.arrayContaining(["DB", "FILES", "JOBS", "EXAM_ROOM", "HASHER", "LIMITER", "TIME_ZONE"]));
  expect(Object.keys(config.exports)).toEqual(["ExamRoom", "Hasher"]);
  expect(config.migrations).toBe(join(root, "migrations"));
});
