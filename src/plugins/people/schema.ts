/** Sign-in tries, one-time codes, and what a person chose for the display. Imports stage their rows here too. */
import { index, integer, primaryKey, sqliteTable, text } from "drizzle-orm/sqlite-core";
import type { PersonId } from "#kernel";
import { idColumn, instantColumn } from "#kernel/schema";

/** Tries in a row without success, one row an account (or a name that no account has), under an HMAC. */
export const tries = sqliteTable(
  "people_try",
  {
    account: text("account").primaryKey(),
    failures: integer("failures").notNull(),
    lastAt: instantColumn("last_at").notNull(),
  },
  (t) => [index("people_try_last").on(t.lastAt)],
);

/** Which accounts failed lately from which address; a success takes its row away. */
export const addressFailures = sqliteTable(
  "people_address_failure",
  {
    address: text("address").notNull(),
    account: text("account").notNull(),
    at: instantColumn("at").notNull(),
  },
  (t) => [primaryKey({ columns: [t.address, t.account] }), index("people_address_failure_at").on(t.address, t.at), index("people_address_failure_old").on(t.at)],
);

/** One-time codes: the code itself is with the person alone, here is its HMAC. */
export const codes = sqliteTable(
  "people_code",
  {
    mac: text("mac").primaryKey(),
    person: idColumn<PersonId>("person").notNull(),
    createdBy: idColumn<PersonId>("created_by"),
    createdAt: instantColumn("created_at").notNull(),
    expiresAt: instantColumn("expires_at").notNull(),
    usedAt: instantColumn("used_at"),
    /** The page that used it: a double click there is one use. */
    usedWith: text("used_with"),
  },
  (t) => [index("people_code_person").on(t.person, t.createdAt), index("people_code_expires").on(t.expiresAt)],
);

/** 关怀版 and language, remembered for the account; a new device starts with them. */
export const displays = sqliteTable("people_display", {
  person: idColumn<PersonId>("person").primaryKey(),
  care: integer("care").notNull(),
  language: text("language", { enum: ["zh", "en"] }),
});
