/** Assigning to many people in steps, and what the clock changes each night. */
import { z } from "zod";
import { addDays, commit, day, newId, readSetting, requirementId, wake, writeSetting, type Context, type Job } from "#kernel";
import { nextBegins, successorOf } from "./rules.ts";
import { assignCursor, assigning, assignInput } from "./service/activate.ts";
import { forgetBulk } from "./service/excuse-bulk.ts";
import { changedSince, nextPeople, repeating } from "./store-clock.ts";
import { assignByRule, insertRequirement, settlePeople } from "./store-rules.ts";

/** People of one step. */
const atOnce = 1000;
/** Assigns what a rule asks, some people a step; a step that comes twice changes nothing. */
export const assign: Job = {
  kind: "requirements.assign",
  step: async (ctx, job) => {
    const { requirement, total } = assignInput.parse(job.input);
    const { after, done } = job.cursor === null ? { after: "", done: 0 } : assignCursor.parse(job.cursor);
    const { people, upTo } = await nextPeople(ctx, after, atOnce);
    const statements = people === 0 ? [] : [assignByRule(ctx, requirement, after, upTo)];
    const seen = done + people;
    return people < atOnce
      ? { statements, done: seen, total: seen, result: { people: seen } }
      : { statements, done: seen, total: Math.max(total, seen), cursor: { after: upTo, done: seen } };
  },
};

/** The day up to which people were settled by the clock. */
const settledKey = "requirements.settled";
/** What began or ended by itself since the last night: assignments come and go. */
const settleByClock = async (ctx: Context): Promise<number> => {
  const since = day.parse(await readSetting(ctx, settledKey, z.string(), addDays(ctx.today, -1)));
  let settled = 0;
  for (let after = ""; ;) {
    const people = await changedSince(ctx, since, after, atOnce);
    const last = people.at(-1);
    if (last !== undefined) await commit(ctx, { statements: [settlePeople(ctx, people)], audit: null });
    settled += people.length;
    if (last === undefined || people.length < atOnce) break;
    after = last;
  }
  await commit(ctx, { statements: [writeSetting(ctx, settledKey, ctx.today)], audit: null });
  return settled;
};
/** Rules whose next period has begun go on in it, each once: on at once, or a draft where the exam is to be chosen. */
const followOn = async (ctx: Context): Promise<void> => {
  for (const rule of await repeating(ctx)) {
    if (nextBegins(rule) > ctx.today) continue;
    const id = newId(requirementId);
    const next = successorOf(rule);
    const job = next.state === "active" ? await assigning(ctx, id) : null;
    await commit(ctx, {
      statements: [
        insertRequirement(ctx, { ...next, id, job: job?.id ?? null, createdAt: ctx.now }),
        ...(job === null ? [] : [job.statement]),
      ],
      audit: { command: "requirements.follow", object: { kind: "requirement", id }, after: { follows: rule.id }, note: next.name },
    });
    if (job !== null) await wake(ctx, job.id);
  }
};
/** Each night, after units got the status of the new day. */
export const daily: Job = {
  kind: "requirements.daily",
  cron: "17 19 * * *",
  step: async (ctx) => {
    const settled = await settleByClock(ctx);
    await followOn(ctx);
    await forgetBulk(ctx);
    return { done: settled, total: settled, result: null };
  },
};
