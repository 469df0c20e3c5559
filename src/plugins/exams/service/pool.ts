/** What a room takes from D1: its sitting with the pool, and the questions that it has not seen yet; and a paper of them. */
import { Conflict, mac, notFound, type Context } from "#kernel";
import { findVersions, type Question } from "#plugins/bank";
import { chanceFrom, drawQuestions, makePaper, type Drawn, type Item, type Pooled } from "../rules-paper.ts";
import type { Plan, RoomStore } from "../room-store.ts";
import { text } from "../text.ts";
import { findPool } from "../store.ts";

/** The plan of a sitting as it stands now, and its revision. @throws {NotFound} it is not published */
export const loadPlan = async (ctx: Context, sitting: string): Promise<{ revision: number; plan: Plan }> => {
  const pool = await findPool(ctx, sitting);
  if (!pool) return notFound();
  const gone = new Set(pool.withdrawn);
  const { exam, examTitle, pass, excellent, tries, minutes, opensAt, closesAt, shuffle, perPage } = pool;
  return {
    revision: pool.revision,
    plan: {
      exam,
      title: examTitle,
      pass,
      excellent,
      tries,
      minutes,
      opensAt,
      closesAt,
      shuffle,
      perPage,
      blueprint: pool.blueprint,
      lines: pool.lines.map((line) => line.filter((q) => !gone.has(q.question))),
    },
  };
};
/** Questions in the versions that the pool froze. */
export const loadQuestions = (ctx: Context, wanted: readonly Pooled[]): Promise<Question[]> => findVersions(ctx, wanted);

/** The seeds of a paper: which questions in which order, and the keys that say nothing. `n` is the number of the try. */
export const paperSeeds = async (
  ctx: Context,
  exam: string,
  sitting: string,
  person: string,
  n: number,
): Promise<{ draw: Uint8Array; names: Uint8Array }> => {
  const of = `${exam}/${sitting}/${person}/${n}`;
  const [draw, names] = await Promise.all([mac(ctx.env, "paper", `draw/${of}`), mac(ctx.env, "paper", `names/${of}`)]);
  return { draw, names };
};

const bodiesOf = (store: RoomStore, drawn: readonly Drawn[]): { bodies: Map<string, Question>; missing: Drawn[] } => {
  const bodies = new Map<string, Question>();
  const missing: Drawn[] = [];
  for (const one of drawn) {
    const body = store.question(one.question, one.version);
    if (body === undefined) missing.push(one);
    else bodies.set(`${one.question}@${one.version}`, JSON.parse(body) as Question);
  }
  return { bodies, missing };
};
/**
 * The paper of a person's try. Questions that the room has not seen are fetched once and kept there.
 * @throws {Conflict} too many questions were withdrawn
 */
export const drawPaper = async (
  ctx: Context,
  store: RoomStore,
  plan: Plan,
  of: { sitting: string; person: string; n: number },
): Promise<Item[]> => {
  const seeds = await paperSeeds(ctx, plan.exam, of.sitting, of.person, of.n);
  const chance = chanceFrom(seeds.draw);
  const drawn = drawQuestions(plan.blueprint, plan.lines, plan.shuffle, chance);
  if (drawn === null) throw new Conflict(text["pool-short-now"]);
  const { missing } = bodiesOf(store, drawn);
  if (missing.length > 0)
    for (const question of await loadQuestions(ctx, missing)) store.putQuestion(question.id, question.version, JSON.stringify(question));
  return makePaper(drawn, bodiesOf(store, drawn).bodies, plan.shuffle, chance, chanceFrom(seeds.names));
};
