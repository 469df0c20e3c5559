/** What a room takes from D1: its sitting with the pool, and the questions that it has not seen yet. */
import { mac, notFound, type Context } from "#kernel";
import { findVersions, type Question } from "#plugins/bank";
import type { Pooled } from "../rules-paper.ts";
import type { Plan } from "../room-store.ts";
import { findPool, findSitting } from "../store.ts";

/** The plan of a sitting as it stands now, and its revision. @throws {NotFound} it is not published */
export const loadPlan = async (ctx: Context, sitting: string): Promise<{ revision: number; plan: Plan }> => {
  const [found, pool] = await Promise.all([findSitting(ctx, sitting), findPool(ctx, sitting)]);
  if (!found || !pool) return notFound();
  const gone = new Set(pool.withdrawn);
  const { exam, examTitle, pass, excellent, tries, minutes, opensAt, closesAt, shuffle, perPage } = found;
  return { revision: pool.revision, plan: { exam, title: examTitle, pass, excellent, tries, minutes, opensAt, closesAt, shuffle, perPage, blueprint: pool.blueprint, lines: pool.lines.map((line) => line.filter((q) => !gone.has(q.question))) } };
};
/** Questions in the versions that the pool froze. */
export const loadQuestions = (ctx: Context, wanted: readonly Pooled[]): Promise<Question[]> => findVersions(ctx, wanted);

/** The seeds of a paper: which questions in which order, and the keys that say nothing. `n` is the number of the try. */
export const paperSeeds = async (ctx: Context, exam: string, sitting: string, person: string, n: number): Promise<{ draw: Uint8Array; names: Uint8Array }> => {
  const of = `${exam}/${sitting}/${person}/${n}`;
  const [draw, names] = await Promise.all([mac(ctx.env, "paper", `draw/${of}`), mac(ctx.env, "paper", `names/${of}`)]);
  return { draw, names };
};
