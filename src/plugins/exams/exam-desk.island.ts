/**
 * A candidate's desk in the browser: what was answered, what is on its way, what time it is at the server. Free of
 * markup. What is not acknowledged stays in storage, one key a session, and is sent by itself.
 */
import { post, type Answer, type Post } from "./exam-post.island.ts";
import { keep, keptOf, keyOf, type Given, type Shelf } from "./exam-kept.island.ts";
import type { AnswerValue, BreakAnswer, SaveAnswer, SavedAnswer, StartAnswer } from "./input-room.ts";

/** What the desk needs of a browser. */
export type Surroundings = Post & {
  storage: Shelf;
  later: (work: () => void, ms: number) => unknown;
};
export type Where = { exam: string; attempt: string; sitting: string };
export type Phase =
  | { is: "loading" | "running" | "paused" | "taken" | "done" }
  | { is: "closing"; why: "over" | "submit" }
  | { is: "failed"; words: string };
export type Network = "fine" | "saving" | "offline" | "signed-out";

/** An empty save at least so often says that the candidate is there, and learns of extensions and other devices. */
const beatEvery = 20_000;
const firstPause = 1_000;
const longestPause = 10_000;
type Problem = { code?: string; title?: string };

export class Desk {
  /** The attempt that runs: the one asked for, or one that ran already. */
  attempt: string;
  phase: Phase = { is: "loading" };
  network: Network = "fine";
  paper: StartAnswer | undefined;
  answers = new Map<string, AnswerValue>();
  unsent = new Map<string, Given>();
  flags = new Set<string>();
  /** Options struck out, by item. */
  struck = new Map<string, Set<string>>();
  /** The question that is looked at, from 1. */
  place = 1;
  /** The server's time of the last acknowledgement: of a save, or of a paper that came with what an earlier page had sent. */
  savedAt: number | null = null;
  deadline = 0;
  breakLeft = 0;
  /** When the running pause began, by the server's clock. */
  pausedAt: number | null = null;
  /** The deadline was moved while the candidate sat; said once. */
  extendedTo: number | null = null;
  readonly #around: Surroundings;
  readonly #where: Where;
  readonly #changed: () => void;
  #session = 0;
  #seq = 0;
  #sending = false;
  /** The next try is set: answers meanwhile add none of their own. */
  #waits = false;
  #pause = firstPause;
  #beat = 0;
  #offset = 0;
  constructor(around: Surroundings, where: Where, changed: () => void) {
    this.#around = around;
    this.#where = where;
    this.attempt = where.attempt;
    this.#changed = changed;
  }

  /** The server's time. */
  now(): number {
    return this.#around.ticks() + this.#offset;
  }
  /** Milliseconds left; while paused they stand still. */
  left(): number {
    return Math.max(0, this.deadline - (this.pausedAt ?? this.now()));
  }
  breakLeftNow(): number {
    return this.pausedAt === null ? this.breakLeft : Math.max(0, this.breakLeft - (this.now() - this.pausedAt));
  }

  #become(phase: Phase): void {
    this.phase = phase;
    this.#changed();
  }

  /* Starting, also after a reload, a lost session, or on coming back from another device */

  async open(): Promise<void> {
    this.#become({ is: "loading" });
    const answer = await this.#ask("POST", `/api/v1/exams/${this.#where.exam}/attempts`, {
      id: this.#where.attempt,
      sitting: this.#where.sitting,
      pledge: false, // Given on the page before, where the attempt began: from here one only goes on.
    });
    if (answer === null) {
      this.#around.later(() => void this.open(), this.#backOff());
      return;
    }
    if (answer.status !== 200) {
      const problem = answer.body as Problem;
      if (problem.code === "over" || problem.code === "exams.closed" || problem.code === "exams.no-tries") this.phase = { is: "done" };
      else this.#become({ is: "failed", words: problem.title ?? String(answer.status) });
      return;
    }
    this.#pause = firstPause;
    this.#take(answer.body as StartAnswer, answer.took);
    this.#changed();
    void this.push();
  }
  #take(paper: StartAnswer, took: number): void {
    this.paper = paper;
    this.attempt = paper.attempt;
    this.#session = paper.session;
    this.#seq = 0;
    this.#offset = paper.now + took / 2 - this.#around.ticks();
    this.deadline = paper.deadline;
    this.breakLeft = paper.breakLeft;
    this.pausedAt = paper.onBreak ? paper.now : null;
    this.network = "fine";
    this.phase = paper.onBreak ? { is: "paused" } : { is: "running" };
    this.#beat = this.#around.ticks();
    if (paper.answers.length > 0) this.savedAt = paper.now;
    const saved = new Map(paper.answers.map((a) => [a.item, a]));
    this.answers = new Map(paper.answers.map((a) => [a.item, a.value]));
    const before = keptOf(this.#around.storage, this.attempt, this.unsent);
    const known = new Set(paper.items.map((i) => i.item));
    // Of what this or an earlier page could not send, only what is newer than what the server has: the rest is forgotten.
    this.unsent = new Map();
    for (const [item, given] of before.unsent) {
      if (!known.has(item) || given.at <= (saved.get(item)?.at ?? -1)) continue;
      this.unsent.set(item, given);
      this.answers.set(item, given.value);
    }
    this.flags = before.flags;
    this.struck = before.struck;
    this.place = Math.max(1, Math.min(paper.items.length, before.place ?? this.place));
    this.#keep();
    for (const key of before.keys) if (key !== keyOf(this.attempt, this.#session)) this.#around.storage.removeItem(key);
  }

  /* Storage */

  #keep(): void {
    keep(this.#around.storage, this.attempt, this.#session, {
      unsent: this.unsent,
      flags: this.flags,
      struck: this.struck,
      place: this.place,
    });
  }
  /** Nothing of the attempt stays on the device. */
  forget(): void {
    for (const key of keptOf(this.#around.storage, this.attempt).keys) this.#around.storage.removeItem(key);
  }

  /* Answering */

  answer(item: string, value: AnswerValue): void {
    if (this.phase.is !== "running") return;
    this.answers.set(item, value);
    this.unsent.set(item, { value, at: Math.max(0, Math.round(this.now())) });
    this.#keep();
    this.#changed();
    void this.push();
  }
  goTo(place: number): void {
    this.place = place;
    this.#keep();
    this.#changed();
  }
  toggleFlag(item: string): void {
    if (!this.flags.delete(item)) this.flags.add(item);
    this.#keep();
    this.#changed();
  }
  toggleStruck(item: string, key: string): void {
    const keys = this.struck.get(item) ?? new Set<string>();
    if (!keys.delete(key)) keys.add(key);
    this.struck.set(item, keys);
    this.#keep();
    this.#changed();
  }
  /** Sends what is unsent, one request at a time, until nothing is; what fails is tried again by itself. */
  async push(beat = false): Promise<void> {
    if (this.#sending || (this.phase.is !== "running" && this.phase.is !== "paused" && this.phase.is !== "closing")) return;
    if (this.unsent.size === 0 && !beat) return;
    this.#sending = true;
    const sent = new Map(this.unsent);
    const seq = ++this.#seq;
    if (sent.size > 0 && this.network === "fine") this.network = "saving";
    this.#changed();
    const answers: SavedAnswer[] = [...sent].map(([item, { value, at }]) => ({ item, value, at }));
    const answer = await this.#ask("PUT", `/api/v1/attempts/${this.attempt}/answers`, { session: this.#session, seq, answers });
    this.#sending = false;
    this.#beat = this.#around.ticks();
    if (answer === null) {
      this.#later();
      return;
    }
    if (answer.status !== 200) {
      this.#refused(answer.body as Problem, answer.status);
      return;
    }
    for (const [item, given] of sent) if (this.unsent.get(item) === given) this.unsent.delete(item);
    const { now, deadline } = answer.body as SaveAnswer;
    this.#offset = now + answer.took / 2 - this.#around.ticks();
    if (deadline > this.deadline && this.pausedAt === null) this.extendedTo = deadline;
    this.deadline = deadline;
    if (sent.size > 0) this.savedAt = now;
    this.network = "fine";
    this.#pause = firstPause;
    this.#keep();
    this.#changed();
    if (this.unsent.size > 0) void this.push();
  }
  #refused(problem: Problem, status: number): void {
    if (problem.code === "taken-over") this.phase = { is: "taken" };
    else if (problem.code === "over") this.phase = { is: "closing", why: "over" };
    else this.#become({ is: "failed", words: problem.title ?? String(status) });
    if (this.phase.is === "closing") void this.#finish(false);
  }
  /** Called every second: beats, and the end of time. */
  tick(): void {
    if (this.phase.is === "running" && this.left() === 0) {
      this.#become({ is: "closing", why: "over" });
      void this.#finish(false);
    } else if ((this.phase.is === "running" || this.phase.is === "paused") && this.#around.ticks() - this.#beat > beatEvery)
      void this.push(true);
    if (this.phase.is === "paused" && this.breakLeftNow() === 0) void this.pause(false);
  }

  /* Pauses, where they were granted */

  async pause(on: boolean): Promise<void> {
    if (on) await this.push();
    if (on && this.unsent.size > 0) return;
    const answer = await this.#ask("POST", `/api/v1/attempts/${this.attempt}/break`, { session: this.#session, on });
    if (answer === null) return;
    if (answer.status !== 200) {
      this.#refused(answer.body as Problem, answer.status);
      return;
    }
    const { deadline, now, breakLeft, onBreak } = answer.body as BreakAnswer;
    this.deadline = deadline;
    this.breakLeft = breakLeft;
    this.pausedAt = onBreak ? now : null;
    this.phase = onBreak ? { is: "paused" } : { is: "running" };
    this.#changed();
  }

  /* Handing in */

  /** Hands in once everything has arrived. Answers whether it did. */
  async submit(): Promise<boolean> {
    await this.push();
    if (this.unsent.size > 0 || this.phase.is !== "running") return false;
    this.#become({ is: "closing", why: "submit" });
    return this.#finish(true);
  }
  async #finish(own: boolean): Promise<boolean> {
    const answer = await this.#ask("POST", `/api/v1/attempts/${this.attempt}/submit${own ? `?session=${this.#session}` : ""}`, undefined);
    if (answer === null) {
      if (own) this.#become({ is: "running" });
      else this.#around.later(() => void this.#finish(false), this.#backOff());
      return false;
    }
    if (answer.status !== 200) {
      this.#refused(answer.body as Problem, answer.status);
      return false;
    }
    this.#become({ is: "done" });
    return true;
  }

  /* The network */

  #later(): void {
    if (this.#waits) return;
    this.#waits = true;
    this.#around.later(() => {
      this.#waits = false;
      void this.push(true);
    }, this.#backOff());
  }
  #backOff(): number {
    const pause = this.#pause;
    this.#pause = Math.min(longestPause, pause * 2);
    return pause;
  }
  /** The network may be back: try now. */
  wakeUp(): void {
    this.#pause = firstPause;
    void this.push(true);
  }
  /** An answer, or null where there was none (or the server could not): try again later. */
  async #ask(method: string, path: string, body: unknown): Promise<Answer | null> {
    const answer = await post(this.#around, method, path, body);
    if (typeof answer !== "string") return answer;
    this.network = answer;
    this.#changed();
    return null;
  }
}
