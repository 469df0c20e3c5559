/** The one way to write: everything that belongs together in one D1 batch, with its audit line and its signals' echoes. */
import { sql } from "drizzle-orm";
import type { Context } from "../context.ts";
import { auditStatement, digest, type AuditDraft } from "../audit/audit.ts";
import { Conflict } from "../errors.ts";
import { rowsOf, type Statement } from "./statement.ts";
import { isRecordDraft, recordStatements, type RecordDraft } from "../ledger/record.ts";
import type { Signal } from "../plugin.ts";
import { kernelText } from "../text/words.ts";

/** What a command hands to `commit`. */
export type Pending = Statement | RecordDraft;

export type Commit = {
  statements: readonly Pending[];
  signals?: readonly Signal[];
  /** What the audit keeps of it; null only for the program's own upkeep (content sync, flushes). */
  audit: AuditDraft | null;
};

/** How deep signals may answer signals. */
const deepest = 5;
/** Signals that a handler gets at once: what it reads for them is forgotten before the next. */
const atOnce = 1000;

/**
 * Writes all or nothing. Handlers of signals add their statements to the same batch.
 * @returns "again" where a record of the same fact, or a creation with the same id, actor and input, was there already, or a
 *   guard did not hold because the same change by the same actor (a double click, a form sent again) was made before it:
 *   nothing was written, and the command answers as the first time
 * @throws {Conflict} a guard did not hold, or an id is taken by something else
 */
export const commit = async (ctx: Context, { statements, signals = [], audit }: Commit): Promise<"done" | "again"> => {
  const pending: Pending[] = [...statements];
  let open = [...signals];
  for (let depth = 0; open.length > 0; depth++) {
    if (depth >= deepest) throw new Error(`signals answer signals without end: ${open.map((s) => s.kind).join(", ")}`);
    const next: Signal[] = [];
    for (const kind of new Set(open.map((s) => s.kind))) {
      const payloads = open.filter((s) => s.kind === kind).map((s) => s.payload);
      for (const handler of ctx.registry.handlers.get(kind) ?? [])
        for (let at = 0; at < payloads.length; at += atOnce) {
          const answer = await handler(ctx, payloads.slice(at, at + atOnce));
          pending.push(...answer.statements);
          next.push(...(answer.signals ?? []));
        }
    }
    open = next;
  }
  const plain = pending.filter((p): p is Statement => !isRecordDraft(p));
  const all = [
    ...plain,
    ...(await recordStatements(ctx, pending.filter(isRecordDraft))),
    ...(audit ? [await auditStatement(ctx, audit)] : []),
  ];
  if (all.length === 0) return "done";
  try {
    await ctx.d1.batch(
      all.map((statement) => {
        const { sql: text, params } = statement.toSQL();
        return ctx.d1.prepare(text).bind(...params);
      }),
    );
    return "done";
  } catch (error) {
    const message = error instanceof Error ? error.message : String(error);
    if (message.includes("record again")) return "again";
    if (message.includes("record taken")) throw new Conflict(kernelText.conflict);
    if (message.includes("malformed JSON")) {
      if (audit && (await wasJustDone(ctx, audit))) return "again";
      throw new Conflict(kernelText.conflict);
    }
    if (message.includes("UNIQUE constraint failed")) {
      if (audit && (await wasDone(ctx, audit))) return "again";
      throw new Conflict(/\.id\b/.test(message) ? kernelText.idTaken : kernelText.conflict);
    }
    throw error;
  }
};

/** Whether this actor did this very command on this object with this input before. */
const wasDone = async (ctx: Context, audit: AuditDraft): Promise<boolean> => {
  if (audit.object === undefined || audit.after === undefined) return false;
  const found = await rowsOf<{ after: string }>(
    ctx,
    sql`select after from kernel_audit where object_kind = ${audit.object.kind} and object_id = ${audit.object.id} and command = ${audit.command} and actor is ${ctx.actor?.person ?? null} limit 1`,
  );
  return found[0]?.after === (await digest(audit.after));
};
/** For how long a change that is sent again is the same one, ms. */
const sentAgainWithin = 60 * 60_000;
/** Whether this very change is the last that anybody made to this object, lately. Index: kernel_audit_object. */
const wasJustDone = async (ctx: Context, { command, object, after, note }: AuditDraft): Promise<boolean> => {
  if (object === undefined || after === undefined) return false;
  const [last] = await rowsOf<{ command: string; actor: string | null; after: string | null; note: string | null }>(
    ctx,
    sql`select command, actor, after, note from kernel_audit where object_kind = ${object.kind} and object_id = ${object.id} and at > ${ctx.now - sentAgainWithin} order by at desc, seq desc limit 1`,
  );
  return (
    last?.command === command &&
    last.actor === (ctx.actor?.person ?? null) &&
    last.note === (note ?? null) &&
    last.after === (await digest(after))
  );
};
