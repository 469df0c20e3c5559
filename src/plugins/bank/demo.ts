/** A question of the bureau's own, not in papers yet, copied from a course's, as an author makes one. */
import { loadActor, makeContext, type Context, type Demo, type DemoWorld, type PersonId } from "#kernel";
import { questionId } from "./input.ts";
import { copyQuestion, retireQuestion } from "./service.ts";

const original = questionId.parse("xingzheng-chufa/e01");
const copy = "01980000-0000-7000-8000-000000000201";

const seed = async (ctx: Context, world: DemoWorld): Promise<void> => {
  const { author } = world.made.get("accounts") as { author: PersonId };
  const actor = await loadActor(ctx.db, author, "demo", "password", ctx.today);
  const own = makeContext({ env: ctx.env, registry: ctx.registry, now: world.now, actor });
  await copyQuestion(own, { question: original, id: copy });
  // Its twin is in the papers; this one waits for the author.
  await retireQuestion(own, { question: questionId.parse(copy) });
};

export const demo: Demo = {
  plugin: "bank",
  seed,
  paths: {
    "/admin/questions/one": `/admin/questions/one?question=${original}`,
    "/admin/questions/edit": `/admin/questions/edit?question=${copy}`,
  },
};
