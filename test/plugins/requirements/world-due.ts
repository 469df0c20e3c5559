/** A requirement with a course and an exam, people who owe it, and what they did. */
import { env } from "cloudflare:workers";
import {
  addDays,
  assignmentId,
  commit,
  loadActor,
  makeContext,
  newId,
  record,
  requirementId,
  type Context,
  type Day,
  type PersonId,
  type RequirementId,
  type UnitId,
  type Verb,
} from "#kernel";
import { app } from "../../../src/worker.ts";
import { browser } from "../people/world.ts";

export const password = "correct-horse-9";
const at = Date.now();
const plain = (): Context => app.context(env, at);
export const today = plain().today;
/** A context in which this person acts. */
export const as = async (person: PersonId, now = at): Promise<Context> => {
  const ctx = app.context(env, now);
  return makeContext({ env, registry: app.registry, now, actor: await loadActor(ctx.db, person, "test", "password", ctx.today) });
};
export const signedIn = async (who: { login: string }) => {
  const b = browser();
  await b.post("/sign-in", { username: who.login, password });
  return b;
};
/** `days`: until the deadline. */
export const requirement = async (
  name: string,
  by: PersonId,
  { days = 30, course = "c", exam = "e" }: { days?: number; course?: string | null; exam?: string | null } = {},
): Promise<RequirementId> => {
  const id = newId(requirementId);
  await env.DB.prepare(
    "insert into requirements_requirement (id, name, study_kind, study_object, study_title, exam, exam_title, roster, year, from_day, due_day, state, created_by, created_at) values (?, ?, ?, ?, ?, ?, ?, 0, ?, '2026-01-01', ?, 'active', ?, 0)",
  )
    .bind(
      id,
      name,
      course === null ? null : "course",
      course,
      course === null ? null : "依法办学",
      exam,
      exam === null ? null : "年度考试",
      Number(today.slice(0, 4)),
      addDays(today, days),
      by,
    )
    .run();
  return id;
};
/** Makes a thing due to a person at a unit; `due`: their own deadline. */
export const assign = async (
  of: RequirementId,
  slot: "study" | "exam",
  person: PersonId,
  unit: UnitId,
  {
    due = addDays(today, 30),
    object = slot === "study" ? "c" : "e",
    excuse = null,
    leaves = false,
  }: { due?: Day; object?: string; excuse?: "exempt" | "deferred" | null; leaves?: boolean } = {},
): Promise<void> => {
  await env.DB.prepare(
    "insert into kernel_assignment (id, requirement, kind, object, verb, person, unit, from_day, since_day, due_day, excuse, leaves) values (?, ?, ?, ?, ?, ?, ?, '2026-01-01', '2026-01-01', ?, ?, ?)",
  )
    .bind(
      newId(assignmentId),
      of,
      slot === "study" ? "course" : "exam",
      object,
      slot === "study" ? "completed" : "passed",
      person,
      unit,
      due,
      excuse,
      leaves ? 1 : 0,
    )
    .run();
};
const verbs: ReadonlyMap<string, Verb> = app.registry.verbs;
/** Records that a person did something. */
export const did = async (
  person: PersonId,
  verb: "completed" | "sat" | "passed" | "excelled",
  object = verb === "completed" ? "c" : "e",
): Promise<void> => {
  const found = verbs.get(verb);
  if (found === undefined) throw new Error(`no verb ${verb}`);
  await commit(plain(), {
    statements: [
      record({ verb: found, object: { kind: verb === "completed" ? "course" : "exam", id: object }, person, once: [person, object] }),
    ],
    audit: null,
  });
};
