/** The few things that a command throws. Each carries words from a catalogue and the facts that fill them. */
import type { Facts, Words } from "./text/text.ts";
import { kernelText } from "./text/words.ts";

/** One field or row that is wrong, and how to mend it. */
export type Detail = { field?: string; row?: number; column?: string; value?: string; code: string; words: Words; facts?: Facts };

export abstract class Refusal extends Error {
  abstract readonly type: "invalid" | "not-found" | "forbidden" | "conflict" | "busy" | "too-large" | "unreadable" | "unauthenticated";
  abstract readonly status: 400 | 401 | 403 | 404 | 409 | 413 | 415 | 422 | 429 | 503;
  readonly words: Words;
  readonly facts: Facts;
  readonly details: readonly Detail[];
  constructor(words: Words, facts: Facts = {}, details: readonly Detail[] = []) {
    super(words.id);
    this.words = words;
    this.facts = facts;
    this.details = details;
  }
}
/** The input does not fit: says what, where, and how to mend it. */
export class Invalid extends Refusal {
  readonly type = "invalid";
  readonly status = 422;
}
/** It does not exist, or is outside the reach: both look the same. */
export class NotFound extends Refusal {
  readonly type = "not-found";
  readonly status = 404;
}
/** Signed in, but without the permission. */
export class Forbidden extends Refusal {
  readonly type = "forbidden";
  readonly status = 403;
}
/** Nobody is signed in, or the session is too weak for this (a one-time link before a password was set). */
export class Unauthenticated extends Refusal {
  readonly type = "unauthenticated";
  readonly status = 401;
  /** "password" when a password must be set first. */
  readonly wants: "sign-in" | "password";
  constructor(words: Words, wants: "sign-in" | "password" = "sign-in") {
    super(words);
    this.wants = wants;
  }
}
/** What was there has changed in between, or the same id came with another body. */
export class Conflict extends Refusal {
  readonly type = "conflict";
  readonly status = 409;
}
/** Too much at once; try again shortly. */
export class Busy extends Refusal {
  readonly type = "busy";
  readonly status = 503;
}
/** Larger than what is taken. */
export class TooLarge extends Refusal {
  readonly type = "too-large";
  readonly status = 413;
}
/** A file that cannot be read as what it claims to be. */
export class Unreadable extends Refusal {
  readonly type = "unreadable";
  readonly status = 415;
}
/** Throws `NotFound`; for `await find(…) ?? notFound()`. */
export const notFound = (words: Words = kernelText.notFound): never => {
  throw new NotFound(words);
};
/** Closes a switch: a case that was forgotten does not compile. */
export const exhaustive = (value: never): never => {
  throw new Error(`unhandled case ${JSON.stringify(value)}`);
};
