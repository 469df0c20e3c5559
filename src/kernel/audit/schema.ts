/** Who did what: apart from the ledger, append-only by triggers. */
import { index, integer, sqliteTable, text } from "drizzle-orm/sqlite-core";
import { idColumn, instantColumn } from "../db/columns.ts";
import type { PersonId, UnitId } from "../ids.ts";

export const auditLines = sqliteTable(
  "kernel_audit",
  {
    seq: integer("seq").primaryKey({ autoIncrement: true }),
    at: instantColumn("at").notNull(),
    actor: idColumn<PersonId>("actor"),
    command: text("command").notNull(),
    objectKind: text("object_kind"),
    objectId: text("object_id"),
    unit: idColumn<UnitId>("unit"),
    address: text("address"),
    /** The reference that an error page shows. */
    request: text("request").notNull(),
    /** SHA-256 of what was there before, and after; hex. */
    before: text("before"),
    after: text("after"),
    /** A reason that the actor gave, or the words of a failure. */
    note: text("note"),
  },
  (t) => [
    index("kernel_audit_at").on(t.at),
    index("kernel_audit_actor").on(t.actor, t.at),
    index("kernel_audit_command").on(t.command, t.at),
    index("kernel_audit_request").on(t.request),
    index("kernel_audit_object").on(t.objectKind, t.objectId, t.at),
    index("kernel_audit_unit").on(t.unit, t.at),
    index("kernel_audit_address").on(t.address, t.at),
  ],
);
