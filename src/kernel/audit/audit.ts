/** The audit: one line for each command that writes or reads what is guarded, in the same batch as its work. */
import type { Context } from "../context.ts";
import { run, type Statement } from "../db/statement.ts";
import type { UnitId } from "../ids.ts";
import { sql } from "drizzle-orm";

export type AuditDraft = {
  /** `plugin.command` */
  command: string;
  object?: { kind: string; id: string };
  unit?: UnitId | null;
  /** Whatever was there before, and what is there now (or the input of a creation): digests alone are kept. */
  before?: unknown;
  after?: unknown;
  note?: string;
};

const hex = (bytes: ArrayBuffer) => [...new Uint8Array(bytes)].map((b) => b.toString(16).padStart(2, "0")).join("");
/** SHA-256 in lower-case hex. */
export const sha256 = async (data: string | Uint8Array<ArrayBuffer>): Promise<string> =>
  hex(await crypto.subtle.digest("SHA-256", typeof data === "string" ? new TextEncoder().encode(data) : data));
/** JSON with sorted keys, so that equal things have equal digests. */
export const canonical = (value: unknown): string =>
  JSON.stringify(value, (_key, inner: unknown) =>
    inner !== null && typeof inner === "object" && !Array.isArray(inner)
      ? Object.fromEntries(Object.entries(inner).toSorted(([a], [b]) => (a < b ? -1 : 1)))
      : inner,
  );
/** The digest of a value, for the audit. */
export const digest = (value: unknown): Promise<string> => sha256(canonical(value));

/** The line as a statement of the commit. */
export const auditStatement = async (ctx: Context, draft: AuditDraft): Promise<Statement> => {
  const before = draft.before === undefined ? null : await digest(draft.before);
  const after = draft.after === undefined ? null : await digest(draft.after);
  return run(
    sql`insert into kernel_audit (at, actor, command, object_kind, object_id, unit, address, request, before, after, note) values (${ctx.now}, ${ctx.actor?.person ?? null}, ${draft.command}, ${draft.object?.kind ?? null}, ${draft.object?.id ?? null}, ${draft.unit ?? null}, ${ctx.request.address}, ${ctx.request.id}, ${before}, ${after}, ${draft.note ?? null})`,
  );
};
