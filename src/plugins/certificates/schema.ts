import { index, integer, sqliteTable, text, uniqueIndex } from "drizzle-orm/sqlite-core";
import { idColumn, instantColumn } from "#kernel/schema";
import type { PersonId, UnitId } from "#kernel";
import type { CertificateId } from "./input.ts";

export const certificates = sqliteTable(
  "certificates_certificate",
  {
    id: idColumn<CertificateId>("id").primaryKey(),
    number: text("number").notNull(),
    /** The natural key of what it is issued for. */
    once: text("once").notNull(),
    type: text("type").notNull(),
    year: integer("year").notNull(),
    person: idColumn<PersonId>("person").notNull(),
    /** Copies as of the issue: what was printed stays what it was. */
    holderName: text("holder_name").notNull(),
    unit: idColumn<UnitId>("unit"),
    unitName: text("unit_name").notNull(),
    issuerName: text("issuer_name").notNull(),
    basisKind: text("basis_kind").notNull(),
    basisId: text("basis_id").notNull(),
    /** A copy, for lists that filter by it: the sitting or course run. */
    group: text("group_id"),
    title: text("title").notNull(),
    grade: text("grade", { enum: ["excellent", "passed"] }),
    /** Hundredths of a point. */
    score: integer("score"),
    /** Declared 学时 in hundredths, where a rule of the bureau gives them. */
    hours: integer("hours"),
    issuedAt: instantColumn("issued_at").notNull(),
    state: text("state", { enum: ["valid", "revoked", "superseded"] }).notNull(),
    stateAt: instantColumn("state_at").notNull(),
    reason: text("reason"),
    /** The certificate before this one. */
    replaces: text("replaces"),
  },
  (t) => [
    uniqueIndex("certificates_number").on(t.number),
    uniqueIndex("certificates_once").on(t.once),
    index("certificates_person").on(t.person, t.issuedAt),
    index("certificates_unit").on(t.unit, t.number),
    index("certificates_group").on(t.group, t.number),
    index("certificates_replaces").on(t.replaces),
    index("certificates_basis").on(t.basisKind, t.basisId),
  ],
);
