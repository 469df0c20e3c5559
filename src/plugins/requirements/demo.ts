/**
 * The demonstration's rules: the yearly exam with its course for the roster, a course at each unit for heads of training
 * institutions, one within 30 days for new heads of schools, and one for the bureau's own staff.
 */
import {
  addDays,
  dayOf,
  loadActor,
  makeContext,
  newId,
  requirementId,
  type Context,
  type Demo,
  type DemoWorld,
  type PersonId,
} from "#kernel";
import { listExams } from "#plugins/exams";
import type { RuleInput } from "./input.ts";
import { periodOf, yearOf } from "./rules.ts";
import { activateRequirement } from "./service/activate.ts";
import { createRequirement } from "./service/rule.ts";

/** The accounts that the plugin people leaves. */
const administratorOf = (world: DemoWorld): PersonId => (world.made.get("accounts") as { administrator: PersonId }).administrator;

const seed = async (ctx: Context, world: DemoWorld): Promise<void> => {
  const actor = await loadActor(ctx.db, administratorOf(world), "demo", "password", ctx.today);
  const own = makeContext({ env: ctx.env, registry: ctx.registry, now: world.now, actor });
  const today = dayOf(world.now, ctx.zone);
  const plain = {
    lessons: [],
    kinds: [],
    statuses: [],
    posts: [],
    natures: [],
    categories: [],
    roster: false,
    each: false,
    period: "calendar",
    dueBy: "day",
    repeats: false,
  } satisfies Partial<RuleInput>;
  /** By a day, in the year of that day. */
  const by = (from: number, due: number) => ({
    from: addDays(today, from),
    due: addDays(today, due),
    year: yearOf("calendar", addDays(today, due)),
  });
  const rules: Omit<RuleInput, "id">[] = [
    {
      ...plain,
      name: "培训机构负责人学法",
      course: "peixun-yifa-banxue",
      kinds: ["training"],
      posts: ["principal"],
      each: true,
      ...by(-200, -9),
    },
    {
      ...plain,
      name: "新任负责人学法",
      course: "peixun-yifa-banxue",
      kinds: ["training", "private-school", "private-kindergarten"],
      posts: ["principal", "legal-representative"],
      period: "school",
      year: yearOf("school", today),
      from: periodOf("school", yearOf("school", today)).from,
      tookFrom: periodOf("school", yearOf("school", today)).from,
      dueBy: "joining",
      days: 30,
      repeats: true,
    },
    { ...plain, name: "机关科室学行政处罚法", course: "xingzheng-chufa", kinds: ["office"], ...by(-200, 12) },
  ];
  const yearly = (await listExams(own)).find((exam) => exam.title.includes("年度学法用法考试"));
  if (yearly) rules.unshift({ ...plain, name: yearly.title, course: "xingzheng-chufa", exam: yearly.id, roster: true, ...by(-20, 10) });
  for (const rule of rules) await activateRequirement(own, await createRequirement(own, { id: newId(requirementId), ...rule }));
};

export const demo: Demo = { plugin: "requirements", seed };
