/** Publishing: the bank is checked against the blueprint, and blueprint, pool and number of rooms are frozen. */
import { commit, Conflict, Invalid, say, type Context, type Detail } from "#kernel";
import { drawPool, questionTypes, topicTitles } from "#plugins/bank";
import type { ExamId } from "../input.ts";
import type { Pooled } from "../rules-paper.ts";
import { shardsFor, totalOf } from "../rules.ts";
import type { Line } from "../schema.ts";
import { expected, publish, type Exam, type Sitting } from "../store.ts";
import { text } from "../text.ts";
import { seePlan } from "./plan.ts";

/** Questions for each line of a blueprint. @throws {Invalid} a line wants more than there are, naming each */
const poolsFor = async (ctx: Context, blueprint: readonly Line[]): Promise<Pooled[][]> => {
  const rows = await drawPool(ctx, {
    topics: [...new Set(blueprint.map((l) => l.topic))],
    types: [...new Set(blueprint.map((l) => l.type))],
  });
  const pools = blueprint.map((line) =>
    rows
      .filter((q) => q.topic === line.topic && q.type === line.type && (line.difficulty === undefined || q.difficulty === line.difficulty))
      .map(({ question, version }) => ({ question, version })),
  );
  const names = await topicTitles(
    ctx,
    blueprint.map((l) => l.topic),
  );
  const problems = blueprint.flatMap((line, n): Detail[] => {
    const there = pools[n]?.length ?? 0;
    return there >= line.count
      ? []
      : [
          {
            field: `blueprint.${n}`,
            code: "pool-short",
            words: text["pool-short"],
            facts: {
              topic: names.get(line.topic) ?? line.topic,
              type: say(ctx.language, questionTypes[line.type].words),
              wanted: line.count,
              there,
            },
          },
        ];
  });
  const [first] = problems;
  if (first) throw new Invalid(first.words, first.facts ?? {}, problems);
  return pools;
};
/**
 * Publishes a draft with all its sittings: blueprint, pool and number of rooms are frozen. Published already, it answers
 * what it is.
 * @throws {Invalid} the pool is too small, or lines and windows do not fit
 * @throws {Conflict} changed in between
 */
export async function publishExam(
  ctx: Context,
  { exam: id, changed }: { exam: ExamId; changed?: number | undefined },
): Promise<{ id: string; state: "published"; sittings: { id: string; due: number; shards: number }[] }> {
  const { exam, sittings } = await seePlan(ctx, id);
  if (exam.outside !== null) throw new Conflict(text.outsidePublish);
  if (exam.state === "draft") {
    const frozen = await freeze(ctx, exam, sittings);
    await commit(ctx, {
      statements: publish(ctx, { id: exam.id, changed: changed ?? exam.changed }, frozen),
      audit: {
        command: "exams.publish",
        object: { kind: "exam", id: exam.id },
        before: { state: "draft" },
        after: frozen.map(({ sitting, due, shards }) => ({ sitting, due, shards })),
      },
    });
    return { id: exam.id, state: "published", sittings: frozen.map(({ sitting, due, shards }) => ({ id: sitting, due, shards })) };
  }
  return { id: exam.id, state: "published", sittings: sittings.map((s) => ({ id: s.id, due: s.due ?? 0, shards: s.shards ?? 1 })) };
}
const freeze = async (ctx: Context, exam: Exam, sittings: readonly Sitting[]) => {
  if (exam.blueprint.length === 0) throw new Invalid(text["no-blueprint"]);
  if (sittings.length === 0) throw new Invalid(text["no-sitting"]);
  const total = totalOf(exam.blueprint).points;
  if (sittings.some((s) => s.pass > total || (s.excellent ?? 0) > total)) throw new Invalid(text.lines, { total: total / 100 });
  const lines = await poolsFor(ctx, exam.blueprint);
  const due = await expected(ctx, exam.id);
  return sittings.map((s) => ({ sitting: s.id, due: due.get(s.id) ?? 0, shards: shardsFor(due.get(s.id) ?? 0), lines }));
};
