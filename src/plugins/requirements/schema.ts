import { index, sqliteTable, text } from "drizzle-orm/sqlite-core";
import { dayColumn, flagColumn, idColumn, instantColumn, jsonColumn } from "#kernel/schema";
import type { PersonId, Post, RequirementId, UnitKind } from "#kernel";

export const requirements = sqliteTable(
  "requirements_requirement",
  {
    id: idColumn<RequirementId>("id").primaryKey(),
    name: text("name").notNull(),
    kind: text("kind", { enum: ["course", "exam"] }).notNull(),
    object: text("object").notNull(),
    /** A copy, for lists. */
    objectTitle: text("object_title").notNull(),
    /** Null: all. */
    kinds: jsonColumn<UnitKind[]>("kinds"),
    posts: jsonColumn<Post[]>("posts"),
    roster: flagColumn("roster").notNull(),
    from: dayColumn("from_day").notNull(),
    due: dayColumn("due_day").notNull(),
    state: text("state", { enum: ["draft", "active", "ended"] }).notNull(),
    createdBy: idColumn<PersonId>("created_by").notNull(),
    createdAt: instantColumn("created_at").notNull(),
  },
  (t) => [index("requirements_state").on(t.state, t.due, t.id)],
);
