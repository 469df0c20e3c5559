/** The demonstration's rules: the yearly exam for the roster, and a course each for heads and for the bureau's own staff. */
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
import type { CreateInput } from "./input.ts";
import { activateRequirement } from "./service/activate.ts";
import { createRequirement } from "./service/rule.ts";

/** The accounts that the plugin people leaves. */
const administratorOf = (world: DemoWorld): PersonId => (world.made.get("accounts") as { administrator: PersonId }).administrator;

const seed = async (ctx: Context, world: DemoWorld): Promise<void> => {
  const actor = await loadActor(ctx.db, administratorOf(world), "demo", "password", ctx.today);
  const own = makeContext({ env: ctx.env, registry: ctx.registry, now: world.now, actor });
  const today = dayOf(world.now, ctx.zone);
  const rules: Omit<CreateInput, "id">[] = [
    {
      name: "培训机构负责人学法",
      course: "peixun-yifa-banxue",
      kinds: ["training"],
      posts: ["principal"],
      roster: false,
      from: addDays(today, -200),
      due: addDays(today, -9),
    },
    {
      name: "机关科室学行政处罚法",
      course: "xingzheng-chufa",
      kinds: ["office"],
      posts: [],
      roster: false,
      from: addDays(today, -200),
      due: addDays(today, 12),
    },
  ];
  const yearly = (await listExams(own)).find((exam) => exam.title.includes("年度学法用法考试"));
  if (yearly)
    rules.unshift({
      name: yearly.title,
      exam: yearly.id,
      kinds: [],
      posts: [],
      roster: true,
      from: addDays(today, -20),
      due: addDays(today, 10),
    });
  for (const rule of rules) await activateRequirement(own, await createRequirement(own, { id: newId(requirementId), ...rule }));
};

export const demo: Demo = { plugin: "requirements", seed };
