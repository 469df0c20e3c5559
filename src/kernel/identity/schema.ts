/** People, units, positions, grants and sessions: the tables that every plugin may join to. */
import { sql } from "drizzle-orm";
import { index, integer, primaryKey, sqliteTable, text, uniqueIndex } from "drizzle-orm/sqlite-core";
import { dayColumn, flagColumn, idColumn, instantColumn, jsonColumn } from "../db/columns.ts";
import type { GrantId, PersonId, PositionId, UnitId } from "../ids.ts";
import { categories, grantRoles, natures, posts, supervisors, unitKinds, unitStatuses } from "./kinds.ts";

export const units = sqliteTable(
  "kernel_unit",
  {
    id: idColumn<UnitId>("id").primaryKey(),
    /** Null for the root alone. */
    parent: idColumn<UnitId>("parent"),
    kind: text("kind", { enum: unitKinds }).notNull(),
    name: text("name").notNull(),
    /** 统一社会信用代码; optional, and not unique across 校区. */
    code: text("code"),
    /** The status today; its history is in kernel_unit_status. */
    status: text("status", { enum: unitStatuses }).notNull(),
    permit: text("permit"),
    permitUntil: dayColumn("permit_until"),
    /** 审批机关 */
    authority: text("authority"),
    /** 主管部门 */
    supervisor: text("supervisor", { enum: supervisors }),
    /** 学科 true, 非学科 false, not said null. */
    academic: flagColumn("academic"),
    /** 营利性 true, 非营利性 false, not said null. */
    profit: flagColumn("profit"),
    /** Day of the 许可决定; 新设立 counts by it. */
    foundedOn: dayColumn("founded_on"),
    createdAt: instantColumn("created_at").notNull(),
  },
  (t) => [
    index("kernel_unit_kind_name").on(t.kind, t.name, t.id),
    index("kernel_unit_name").on(t.name, t.id),
    index("kernel_unit_code").on(t.code),
    index("kernel_unit_parent").on(t.parent),
  ],
);

export const unitStatusHistory = sqliteTable(
  "kernel_unit_status",
  {
    unit: idColumn<UnitId>("unit")
      .notNull()
      .references(() => units.id),
    from: dayColumn("from_day").notNull(),
    status: text("status", { enum: unitStatuses }).notNull(),
  },
  (t) => [primaryKey({ columns: [t.unit, t.from] }), index("kernel_unit_status_from").on(t.from)],
);

/** Every unit with each of its ancestors, itself included at depth 0. */
export const unitClosure = sqliteTable(
  "kernel_unit_closure",
  {
    ancestor: idColumn<UnitId>("ancestor")
      .notNull()
      .references(() => units.id),
    descendant: idColumn<UnitId>("descendant")
      .notNull()
      .references(() => units.id),
    depth: integer("depth").notNull(),
  },
  (t) => [primaryKey({ columns: [t.ancestor, t.descendant] }), index("kernel_unit_closure_up").on(t.descendant, t.depth)],
);

export const people = sqliteTable(
  "kernel_person",
  {
    id: idColumn<PersonId>("id").primaryKey(),
    /** 登录号: generated, printed on the slip, the username. */
    login: text("login").notNull(),
    name: text("name").notNull(),
    /** 工号 */
    employeeNo: text("employee_no"),
    phone: text("phone"),
    /** The last four digits, for the officer's telephone search. */
    phoneTail: text("phone_tail"),
    email: text("email"),
    category: text("category", { enum: categories }),
    /** 身份证, AES-GCM under a derived key; reading it is audited. */
    idNumber: text("id_number"),
    idNumberKey: integer("id_number_key"),
    /** HMAC of it, for matching alone. */
    idNumberMatch: text("id_number_match"),
    /** Entered by the unit and not yet confirmed by an officer (待确认). */
    unconfirmed: flagColumn("unconfirmed").notNull().default(false),
    /** The version of the 告知书 shown at the first sign-in. */
    noticeShown: integer("notice_shown"),
    erasedAt: instantColumn("erased_at"),
    createdAt: instantColumn("created_at").notNull(),
  },
  (t) => [
    uniqueIndex("kernel_person_login").on(t.login),
    uniqueIndex("kernel_person_employee_no").on(t.employeeNo),
    index("kernel_person_name").on(t.name, t.id),
    index("kernel_person_phone").on(t.phone),
    index("kernel_person_phone_tail").on(t.phoneTail),
    index("kernel_person_id_number").on(t.idNumberMatch),
    index("kernel_person_unconfirmed")
      .on(t.id)
      .where(sql`unconfirmed = 1`),
  ],
);

/** The dated mark 列入国家工作人员学法名册, set by the bureau. */
export const rosterMarks = sqliteTable(
  "kernel_roster_mark",
  {
    person: idColumn<PersonId>("person")
      .notNull()
      .references(() => people.id),
    from: dayColumn("from_day").notNull(),
    until: dayColumn("until_day"),
  },
  (t) => [
    primaryKey({ columns: [t.person, t.from] }),
    index("kernel_roster_mark_from").on(t.from),
    index("kernel_roster_mark_until").on(t.until),
  ],
);

export const positions = sqliteTable(
  "kernel_position",
  {
    id: idColumn<PositionId>("id").primaryKey(),
    person: idColumn<PersonId>("person")
      .notNull()
      .references(() => people.id),
    unit: idColumn<UnitId>("unit")
      .notNull()
      .references(() => units.id),
    nature: text("nature", { enum: natures }).notNull(),
    post: text("post", { enum: posts }).notNull(),
    from: dayColumn("from_day").notNull(),
    /** Inclusive; null while it lasts. */
    until: dayColumn("until_day"),
    /** Marked by an officer as the main one. */
    main: flagColumn("main").notNull().default(false),
    unconfirmed: flagColumn("unconfirmed").notNull().default(false),
  },
  (t) => [
    index("kernel_position_person").on(t.person, t.from),
    index("kernel_position_unit").on(t.unit, t.until, t.person),
    index("kernel_position_post").on(t.post, t.unit),
    index("kernel_position_from").on(t.from),
    index("kernel_position_until").on(t.until),
    index("kernel_position_unconfirmed")
      .on(t.person)
      .where(sql`unconfirmed = 1`),
  ],
);

export const grants = sqliteTable(
  "kernel_grant",
  {
    id: idColumn<GrantId>("id").primaryKey(),
    person: idColumn<PersonId>("person")
      .notNull()
      .references(() => people.id),
    role: text("role", { enum: grantRoles }).notNull(),
    /** The top of the subtree; null: everything. */
    unit: idColumn<UnitId>("unit").references(() => units.id),
    /** Only units of these kinds (within the subtree); null: all kinds. */
    kinds: jsonColumn<(typeof unitKinds)[number][]>("kinds"),
    from: dayColumn("from_day").notNull(),
    until: dayColumn("until_day"),
    reason: text("reason").notNull(),
    grantedBy: idColumn<PersonId>("granted_by"),
  },
  (t) => [index("kernel_grant_person").on(t.person)],
);

/* better-auth's tables under the kernel's names. A user is a person: same id; the mail address is made up and never used. */
export const authUsers = sqliteTable("kernel_user", {
  id: text("id").primaryKey(),
  name: text("name").notNull(),
  email: text("email").notNull().unique(),
  emailVerified: flagColumn("email_verified").notNull(),
  image: text("image"),
  createdAt: integer("created_at", { mode: "timestamp_ms" }).notNull(),
  updatedAt: integer("updated_at", { mode: "timestamp_ms" }).notNull(),
  username: text("username").unique(),
  displayUsername: text("display_username"),
});
export const authSessions = sqliteTable(
  "kernel_session",
  {
    id: text("id").primaryKey(),
    expiresAt: integer("expires_at", { mode: "timestamp_ms" }).notNull(),
    token: text("token").notNull().unique(),
    createdAt: integer("created_at", { mode: "timestamp_ms" }).notNull(),
    updatedAt: integer("updated_at", { mode: "timestamp_ms" }).notNull(),
    ipAddress: text("ip_address"),
    userAgent: text("user_agent"),
    userId: text("user_id")
      .notNull()
      .references(() => authUsers.id),
    /** "password", or "link" until a password was set. */
    strength: text("strength").notNull().default("password"),
  },
  (t) => [index("kernel_session_user").on(t.userId)],
);
export const authAccounts = sqliteTable(
  "kernel_account",
  {
    id: text("id").primaryKey(),
    accountId: text("account_id").notNull(),
    providerId: text("provider_id").notNull(),
    userId: text("user_id")
      .notNull()
      .references(() => authUsers.id),
    accessToken: text("access_token"),
    refreshToken: text("refresh_token"),
    idToken: text("id_token"),
    accessTokenExpiresAt: integer("access_token_expires_at", { mode: "timestamp_ms" }),
    refreshTokenExpiresAt: integer("refresh_token_expires_at", { mode: "timestamp_ms" }),
    scope: text("scope"),
    password: text("password"),
    createdAt: integer("created_at", { mode: "timestamp_ms" }).notNull(),
    updatedAt: integer("updated_at", { mode: "timestamp_ms" }).notNull(),
  },
  (t) => [index("kernel_account_user").on(t.userId)],
);
export const authVerifications = sqliteTable(
  "kernel_verification",
  {
    id: text("id").primaryKey(),
    identifier: text("identifier").notNull(),
    value: text("value").notNull(),
    expiresAt: integer("expires_at", { mode: "timestamp_ms" }).notNull(),
    createdAt: integer("created_at", { mode: "timestamp_ms" }),
    updatedAt: integer("updated_at", { mode: "timestamp_ms" }),
  },
  (t) => [index("kernel_verification_identifier").on(t.identifier)],
);
