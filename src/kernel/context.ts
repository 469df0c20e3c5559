/** What a command stands on: the database with its meter, the moment, the actor, and what was composed. */
import { drizzle, type DrizzleD1Database } from "drizzle-orm/d1";
import { Meter, metered } from "./db/meter.ts";
import { Forbidden, Unauthenticated } from "./errors.ts";
import { newCode } from "./ids.ts";
import type { Actor } from "./identity/actor.ts";
import { isAllowed, reachOf, type Permission, type Reach } from "./identity/permission.ts";
import type { Registry } from "./plugin.ts";
import type { Language } from "./text/text.ts";
import { dayOf, type Day, type Instant } from "./text/time.ts";
import { kernelText } from "./text/words.ts";

/** A queue message: ids only. */
export type JobMessage = { job: string };
/** The bindings of wrangler.toml, and the secrets and variables of a home. */
export type Bindings = {
  DB: D1Database;
  FILES: R2Bucket;
  JOBS: Queue<JobMessage>;
  EXAM_ROOM: DurableObjectNamespace;
  HASHER: DurableObjectNamespace;
  LIMITER: RateLimit;
  /** The one root secret; every key is derived from it by purpose. */
  ROOT_SECRET: string;
  /** The public address, without a slash at the end; where absent, the request's own. */
  ORIGIN?: string;
  TIME_ZONE: string;
  /** Present under `npm start` alone: this is the demonstration (JSON). */
  DEMO?: string;
};
export type Db = DrizzleD1Database;

/** The request, or what stands in its place (a job, an alarm). */
export type Origin = {
  /** The reference that an error page tells and the audit finds. */ id: string;
  address: string | null;
  /** The browser, as it calls itself. */ agent: string | null;
  url: string;
};

export type Context = {
  readonly env: Bindings;
  readonly db: Db;
  /** The metered binding, for statements that drizzle does not write. */
  readonly d1: D1Database;
  readonly meter: Meter;
  readonly registry: Registry;
  readonly now: Instant;
  readonly zone: string;
  readonly today: Day;
  readonly language: Language;
  /** 关怀版: 0 standard, 1 large, 2 larger. */
  readonly care: 0 | 1 | 2;
  readonly actor: Actor | null;
  readonly request: Origin;
  /** The public address of this deployment. */
  readonly origin: string;
  /**
   * The actor, if the permission is held.
   * @throws {Unauthenticated} nobody is signed in, or a password must be set first
   * @throws {Forbidden} signed in without it
   */
  allow(permission: Permission): Actor;
  /** Which units the permission reaches. Throws as `allow`. */
  reach(permission: Permission): Reach;
  /** Lets something run after the answer; what may be lost, only. */
  later(work: Promise<unknown>): void;
};

/** Makes a context; the same for a request, a job and a room. */
export const makeContext = (given: {
  env: Bindings;
  registry: Registry;
  now: Instant;
  actor?: Actor | null;
  language?: Language;
  care?: 0 | 1 | 2;
  request?: Origin;
  meter?: Meter;
  later?: (work: Promise<unknown>) => void;
}): Context => {
  const meter = given.meter ?? new Meter();
  const d1 = metered(given.env.DB, meter);
  const actor = given.actor ?? null;
  const zone = given.env.TIME_ZONE;
  const allow = (permission: Permission): Actor => {
    if (actor === null) throw new Unauthenticated(kernelText.signIn);
    if (!isAllowed(actor, permission)) throw new Forbidden(kernelText.forbidden);
    if (permission.strong && actor.strength !== "password") throw new Unauthenticated(kernelText.setPassword, "password");
    return actor;
  };
  const request = given.request ?? { id: newCode(10), address: null, agent: null, url: given.env.ORIGIN ?? "http://localhost" };
  return {
    env: given.env,
    d1,
    db: drizzle(d1),
    meter,
    registry: given.registry,
    now: given.now,
    zone,
    today: dayOf(given.now, zone),
    language: given.language ?? "zh",
    care: given.care ?? 0,
    actor,
    request,
    origin: given.env.ORIGIN ?? new URL(request.url).origin,
    allow,
    reach: (permission) => reachOf(allow(permission), permission),
    later: given.later ?? (() => {}),
  };
};
