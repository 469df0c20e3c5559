/** Cases as state machines, when a lesson and a course are done, and how reading time is credited. Pure. */
import type { CaseFile, CaseState, Condition } from "./input.ts";

export type Scene = CaseFile["scenes"][number];
export type Choice = Scene["choices"][number];
export type Ending = CaseFile["endings"][number];
/** A scene as it was gone through: what was chosen there, by its place in the file. */
export type Taken = { readonly scene: Scene; readonly state: CaseState; readonly choice: Choice; readonly n: number };
/** Where a path has led. */
export type Place = { readonly taken: readonly Taken[]; readonly state: CaseState } & (
  | { readonly at: "scene"; readonly scene: Scene }
  | { readonly at: "ending"; readonly ending: Ending }
);

/** Whether the state is as a condition asks; an unknown name never is. */
export const holds = (condition: Condition | undefined, state: CaseState): boolean =>
  Object.entries(condition ?? {}).every(([name, wanted]) => {
    const is = state[name];
    return typeof wanted === "object" ? typeof is === "number" && is >= wanted.atLeast : is === wanted;
  });
/** The choices that a scene offers in a state, each with its place in the file. */
export const offered = (scene: Scene, state: CaseState): { n: number; choice: Choice }[] =>
  scene.choices.map((choice, n) => ({ n, choice })).filter(({ choice }) => holds(choice.when, state));
/** The scene's text in a state, with the paragraphs that the state adds. */
export const sceneText = (scene: Scene, state: CaseState): string =>
  [scene.text, ...(scene.also ?? []).filter((a) => holds(a.when, state)).map((a) => a.text)].join("\n\n");
/** The state after a choice: first what it sets, then what it adds. */
export const chosen = (state: CaseState, choice: Choice): CaseState => {
  const next = { ...state, ...choice.set };
  for (const [name, by] of Object.entries(choice.add ?? {})) {
    const is = next[name];
    next[name] = (typeof is === "number" ? is : 0) + by;
  }
  return next;
};
/** Replays a path from the start; null where a choice was not offered, or nothing of that name is there. */
export const walk = (story: CaseFile, path: readonly number[]): Place | null => {
  const scenes = new Map(story.scenes.map((s) => [s.id, s]));
  const endings = new Map(story.endings.map((e) => [e.id, e]));
  const taken: Taken[] = [];
  let state = story.state;
  let here = story.start;
  for (const n of path) {
    const scene = scenes.get(here);
    const choice = scene?.choices[n];
    if (scene === undefined || choice === undefined || !holds(choice.when, state)) return null;
    taken.push({ scene, state, choice, n });
    state = chosen(state, choice);
    here = choice.to;
  }
  const scene = scenes.get(here);
  const ending = endings.get(here);
  if (scene !== undefined) return { at: "scene", scene, state, taken };
  return ending === undefined ? null : { at: "ending", ending, state, taken };
};

/** What is wrong with a case, at which place of its file. */
export type CaseProblem = { readonly at: readonly (string | number)[]; readonly words: string };
type Reached = { readonly states: Map<string, Map<string, CaseState>>; readonly endings: Set<string>; readonly circles: Set<string> };
/** Every scene with the states in which a reader can come to it. Bounded: a scene already on the way is not entered again. */
const reach = (story: CaseFile): Reached => {
  const scenes = new Map(story.scenes.map((s) => [s.id, s]));
  const endings = new Set(story.endings.map((e) => e.id));
  const reached: Reached = { states: new Map(), endings: new Set(), circles: new Set() };
  const below = new Map<string, Set<string>>();
  const enter = (id: string, state: CaseState, way: readonly string[]): Set<string> => {
    if (endings.has(id)) reached.endings.add(id);
    const scene = scenes.get(id);
    if (scene === undefined) return new Set();
    if (way.includes(id)) {
      reached.circles.add(id);
      return new Set();
    }
    const key = JSON.stringify(Object.entries(state).toSorted(([a], [b]) => (a < b ? -1 : 1)));
    const known = below.get(`${id} ${key}`);
    if (known) {
      for (const seen of known) if (way.includes(seen)) reached.circles.add(seen);
      return known;
    }
    const states = reached.states.get(id) ?? new Map<string, CaseState>();
    reached.states.set(id, states.set(key, state));
    const under = new Set([id]);
    for (const { choice } of offered(scene, state))
      for (const seen of enter(choice.to, chosen(state, choice), [...way, id])) under.add(seen);
    below.set(`${id} ${key}`, under);
    return under;
  };
  enter(story.start, story.state, []);
  return reached;
};

const namesOf = (story: CaseFile): CaseProblem[] => {
  const problems: CaseProblem[] = [];
  const seen = new Set<string>();
  const ids = [...story.scenes.map((s, n) => ["scenes", n, s.id] as const), ...story.endings.map((e, n) => ["endings", n, e.id] as const)];
  for (const [list, n, id] of ids) {
    if (seen.has(id)) problems.push({ at: [list, n, "id"], words: `${id} 用了两次` });
    seen.add(id);
  }
  if (!story.scenes.some((s) => s.id === story.start)) problems.push({ at: ["start"], words: `没有场景 ${story.start}` });
  const kind = (name: string) => (story.state[name] === undefined ? null : typeof story.state[name]);
  const condition = (given: Condition | undefined, at: (string | number)[]) => {
    for (const [name, wanted] of Object.entries(given ?? {}))
      if (kind(name) !== (typeof wanted === "object" ? "number" : typeof wanted))
        problems.push({ at: [...at, "when"], words: `state 里没有这样的 ${name}` });
  };
  story.scenes.forEach((scene, s) => {
    scene.also?.forEach((a, n) => condition(a.when, ["scenes", s, "also", n]));
    scene.choices.forEach((choice, n) => {
      const at = ["scenes", s, "choices", n];
      if (!seen.has(choice.to)) problems.push({ at: [...at, "to"], words: `没有场景或结局 ${choice.to}` });
      condition(choice.when, at);
      for (const [name, to] of Object.entries(choice.set ?? {}))
        if (kind(name) !== typeof to) problems.push({ at: [...at, "set"], words: `state 里没有这样的 ${name}` });
      for (const name of Object.keys(choice.add ?? {}))
        if (kind(name) !== "number") problems.push({ at: [...at, "add"], words: `state 里的 ${name} 不是整数` });
    });
  });
  return problems;
};
/** Where one ends who always takes the first choice. */
const blindly = (story: CaseFile): string => {
  let { start: at, state } = story;
  for (let n = 0; n < story.scenes.length; n++) {
    const scene = story.scenes.find((s) => s.id === at);
    const first = scene && offered(scene, state)[0];
    if (first === undefined) break;
    state = chosen(state, first.choice);
    at = first.choice.to;
  }
  return at;
};
/**
 * Everything that a case must hold (courses/README.md), tried over every state that a reader can come to.
 * @param cited what a text cites, for endings that must differ in law
 */
export const checkCase = (story: CaseFile, cited: (text: string) => readonly string[]): CaseProblem[] => {
  const problems = namesOf(story);
  if (problems.length > 0) return problems;
  const say = (at: CaseProblem["at"], words: string) => problems.push({ at, words });
  if (story.scenes.length < 6) say(["scenes"], `只有 ${story.scenes.length} 个场景，至少要 6 个`);
  if (story.endings.length < 2) say(["endings"], "至少要两个结局");
  const { states, endings, circles } = reach(story);
  let varies = false;
  for (const [s, scene] of story.scenes.entries()) {
    const here = [...(states.get(scene.id)?.values() ?? [])];
    if (here.length === 0) {
      say(["scenes", s], `到不了场景 ${scene.id}`);
      continue;
    }
    if (circles.has(scene.id)) say(["scenes", s], `有路绕回场景 ${scene.id}`);
    const offers = here.map((state) => offered(scene, state).map((o) => o.n));
    if (offers.some((o) => o.length === 0)) say(["scenes", s], `场景 ${scene.id} 在某种状态下没有可选的路`);
    if (new Set(offers.map((o) => o.join())).size > 1) varies = true;
    scene.choices.forEach((_, n) => offers.some((o) => o.includes(n)) || say(["scenes", s, "choices", n], "这个选择从来不会出现"));
    scene.also?.forEach((a, n) => here.some((state) => holds(a.when, state)) || say(["scenes", s, "also", n], "这一段从来不会出现"));
  }
  if (!varies) say(["state"], "状态没有改变任何一个场景里可选的路");
  story.endings.forEach((ending, e) => endings.has(ending.id) || say(["endings", e], `到不了结局 ${ending.id}`));
  if (story.endings.find((e) => e.id === blindly(story))?.grade === "lawful")
    say(["scenes"], "总选第一项就能走到依法的结局，请调整选项的先后");
  const law = story.endings.map((e) => ({ grade: e.grade, articles: cited(e.text).toSorted().join() }));
  if (!law.some((a) => law.some((b) => a.grade !== b.grade && a.articles !== b.articles)))
    say(["endings"], "没有两个在法律上不同的结局（评价不同，条文也不同）");
  return problems;
};

/** A beat comes each 30 s of reading; one that is a little late counts to 35 s; after a longer silence it vouches for its own 30 s alone. */
export const beat = { every: 30, most: 35 } as const;
/** The last beat of a person that counted, whatever the lesson: its number and moment (UTC ms). */
export type Beat = { readonly n: number; readonly at: number };
/**
 * Seconds that a beat earns, or null for one that was there before (replayed, or a second tab that does not know the
 * number yet). No more than has passed since the last beat of the person in any lesson, so two tabs never earn more than
 * the clock; no more than has passed since the lesson was opened.
 */
export const credited = (last: Beat | null, opened: number, next: Beat): number | null => {
  if (last !== null && next.n <= last.n) return null;
  const since = (from: number) => Math.max(0, Math.floor((next.at - from) / 1000));
  const gap = last === null ? Infinity : since(last.at);
  return Math.min(gap <= beat.most ? gap : beat.every, since(opened));
};

/** What of a course one person has done in one round. */
export type Done = { readonly lessons: ReadonlySet<string>; readonly cases: ReadonlySet<string> };
type Outline = { readonly lessons: readonly { readonly id: string }[]; readonly cases: readonly { readonly id: string }[] };
/** A course is done with all its lessons and all its cases. */
export const isCourseDone = (course: Outline, done: Done): boolean =>
  course.lessons.every((l) => done.lessons.has(l.id)) && course.cases.every((c) => done.cases.has(c.id));
/** The one next step: the first lesson that is not done, then the first case. */
export const nextOf = (course: Outline, done: Done): { kind: "lesson" | "case"; id: string } | null => {
  const lesson = course.lessons.find((l) => !done.lessons.has(l.id));
  if (lesson) return { kind: "lesson", id: lesson.id };
  const story = course.cases.find((c) => !done.cases.has(c.id));
  return story ? { kind: "case", id: story.id } : null;
};
/** A lesson is done when its reader said so (读完了) and has answered each of its check questions right, at whatever try. */
export const isLessonDone = (readAt: number | null, checks: readonly string[], right: ReadonlySet<string>): boolean =>
  readAt !== null && checks.every((id) => right.has(id));
/** The check question that comes next: those not tried yet in order, then those that were wrong, the longest ago first. */
export const nextCheck = (checks: readonly string[], answers: ReadonlyMap<string, { right: boolean; at: number }>): string | null => {
  const fresh = checks.find((id) => !answers.has(id));
  if (fresh !== undefined) return fresh;
  const wrong = checks.filter((id) => answers.get(id)?.right === false);
  return wrong.toSorted((a, b) => (answers.get(a)?.at ?? 0) - (answers.get(b)?.at ?? 0))[0] ?? null;
};
