/** The contract of a plugin: what it may contribute, each thing declared once. */
import type { z } from "zod";
import type { Context } from "./context.ts";
import type { Pending } from "./db/commit.ts";
import type { JobId, PersonId, UnitId } from "./ids.ts";
import type { Permission } from "./identity/permission.ts";
import type { Figure } from "./ledger/figure.ts";
import type { Verb } from "./ledger/record.ts";
import type { Endpoints } from "./http/endpoints.ts";
import type { Html, Routes } from "./http/routes.ts";
import type { Words } from "./text/text.ts";

/** Something that the program tells itself happened. */
export type Signal<T = unknown> = { readonly kind: string; readonly payload: T };
/** What a handler adds to the commit of what caused it. */
export type Echo = { statements: readonly Pending[]; signals?: readonly Signal[] };
/** A kind of signal: call it to make one. */
export type SignalKind<T> = { (payload: T): Signal<T>; readonly kind: string };
export const signal = <T>(kind: string): SignalKind<T> => Object.assign((payload: T): Signal<T> => ({ kind, payload }), { kind });

/** A handler of a kind of signal: takes a list, reads in bulk, returns statements; its failure fails the commit. */
export type Handler = { readonly kind: string; readonly handle: (ctx: Context, payloads: readonly unknown[]) => Promise<Echo> };
export const on = <T>(kind: SignalKind<T>, handle: (ctx: Context, payloads: readonly T[]) => Promise<Echo>): Handler => ({
  kind: kind.kind,
  // Sound: a signal of this kind is made by its SignalKind<T> alone.
  handle: handle as (ctx: Context, payloads: readonly unknown[]) => Promise<Echo>,
});

/** What one step of a job did; its statements and its cursor are written in one batch. */
export type Step = { statements?: readonly Pending[]; done: number; total: number } & ({ cursor: unknown } | { result: unknown });
export type Job = {
  readonly kind: string;
  /** Cron expression (UTC) for what runs by the clock; a test holds it against wrangler.toml. */
  readonly cron?: string;
  /** The shape of the job's input and cursor are the job's own; it parses them. */
  readonly step: (ctx: Context, job: { id: JobId; input: unknown; cursor: unknown }) => Promise<Step>;
};

export type Place = "me" | "unit" | "admin" | "record";
/** Whose card it is: the person, and the unit or (for `record`) the person looked at. */
export type CardScope = { readonly person: PersonId; readonly unit: UnitId | null };
export type Card = {
  readonly id: string;
  readonly place: Place;
  readonly order: number;
  readonly needs: Permission;
  /** At most two queries; null: nothing to show. */
  readonly render: (ctx: Context, scope: CardScope) => Promise<Html | null>;
};
/** A card from what it loads and how it looks. */
export const card = <T>(given: {
  id: string;
  place: Place;
  order: number;
  needs: Permission;
  load: (ctx: Context, scope: CardScope) => Promise<T | null>;
  view: (ctx: Context, data: T) => Html;
}): Card => ({
  id: given.id,
  place: given.place,
  order: given.order,
  needs: given.needs,
  render: async (ctx, scope) => {
    const data = await given.load(ctx, scope);
    return data === null ? null : given.view(ctx, data);
  },
});

/** A line of navigation; `tab` puts it in the phone's tab bar of learners or heads, `area` says where else. */
export type Nav = {
  readonly path: string;
  readonly words: Words;
  readonly needs: Permission;
  readonly area: "learn" | "unit" | "admin";
  readonly order: number;
};

/** One of the deployment's settings, kept as JSON and read through its schema. */
export type Setting<T> = { readonly key: string; readonly schema: z.ZodType<T>; readonly fallback: T; readonly words: Words };

export type Plugin = {
  readonly id: string;
  /** Plugins whose faces it uses; they stand earlier in the list. */
  readonly needs?: readonly string[];
  readonly permissions?: readonly Permission[];
  readonly pages?: Routes;
  readonly api?: Endpoints;
  readonly nav?: readonly Nav[];
  readonly cards?: readonly Card[];
  readonly verbs?: readonly Verb[];
  readonly figures?: readonly Figure[];
  readonly objects?: Readonly<Record<string, RoomMaker>>;
  readonly jobs?: readonly Job[];
  /** Writes what the built files own and D1 does not have yet; run by `syncContent`. */
  readonly content?: ContentSync;
  readonly settings?: readonly Setting<never>[];
  readonly on?: readonly Handler[];
  /** drizzle tables of the plugin, all prefixed with its id. */
  readonly tables?: Readonly<Record<string, unknown>>;
};
export type ContentSync = {
  /** What the build holds, as one hash. */ readonly hash: string;
  readonly sync: (ctx: Context) => Promise<void>;
};
/** Makes a room's core from its storage; `durable` wraps it as the class that workerd wants. */
export type RoomMaker = (host: RoomHost) => Room;
export type RoomHost = {
  readonly storage: DurableObjectStorage;
  readonly context: (now?: number) => Context;
  readonly turn: <T>(work: () => Promise<T>) => Promise<T>;
};
/** What stands in a Durable Object: one method a command, called by name with plain values. */
export type Room = {
  readonly commands: Readonly<Record<string, (input: never) => Promise<unknown>>>;
  /** Never throws; re-arms itself. */
  readonly alarm?: () => Promise<void>;
};

/** Checks nothing but types; `compose` checks the rest. */
export const definePlugin = (plugin: Plugin): Plugin => plugin;

/** What `compose` made of the plugins, as commands see it. */
export type Registry = {
  readonly plugins: readonly Plugin[];
  readonly handlers: ReadonlyMap<string, readonly Handler["handle"][]>;
  readonly verbs: ReadonlyMap<string, Verb>;
  readonly figures: ReadonlyMap<string, Figure>;
  readonly jobs: ReadonlyMap<string, Job>;
  readonly cards: readonly Card[];
  readonly nav: readonly Nav[];
  readonly permissions: ReadonlyMap<string, Permission>;
};
