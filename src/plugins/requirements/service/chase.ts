/** Reminding: who would be, doing it once, and what of it is remembered. */
import {
  commit,
  Conflict,
  Invalid,
  isAllowed,
  kernelText,
  momentWords,
  newId,
  notFound,
  record,
  recordId,
  say,
  type Context,
  type PersonId,
  type Reach,
  type RequirementId,
} from "#kernel";
import type { PreviewInput, RemindInput } from "../input-chase.ts";
import { chosen, mostPeople, pairsIn, peopleIn, rowsFor, wordsFor } from "../rules-chase.ts";
import { xlsxOf } from "../rules-xlsx.ts";
import {
  countReminders,
  insertReminders,
  markSeen,
  openOf,
  remindersFor,
  remindersOf,
  usedBy,
  waitingFor,
  type How,
  type Open,
  type Reminded,
  type Target,
  type Used,
} from "../store-chase.ts";
import { findRequirement } from "../store-rules.ts";
import { ownAssignments, remindPeople, reminded, seeRequirements } from "../terms.ts";
import { chaseText as text } from "../text-chase.ts";

/** A person has a handful of open things at most. */
const mostRows = mostPeople * 8;
/** What is open. @throws {Invalid} they are too many for one use */
const targetsOf = async (ctx: Context, open: Open): Promise<Target[]> => {
  const targets = await openOf(ctx, ctx.reach(remindPeople), open, mostRows);
  if (targets.length === mostRows || peopleIn(targets).length > mostPeople) throw new Invalid(text.tooMany, { most: mostPeople });
  return targets;
};
const others = (targets: readonly Target[], self: PersonId) => targets.filter(({ person }) => person !== self);
/**
 * Whom a reminder would reach within the reach, and who was reminded today.
 * @throws {Invalid} they are too many for one use
 */
export const previewReminder = async (
  ctx: Context,
  input: PreviewInput,
): Promise<{ now: Target[]; left: Target[]; /** The actor is behind too, and is not reminded. */ self: boolean }> => {
  const { person } = ctx.allow(remindPeople);
  const targets = await targetsOf(ctx, input);
  return { ...chosen(others(targets, person), false), self: targets.some((one) => one.person === person) };
};

/** What a reminder answers: whom it reached, and the file where that was asked for. */
export type Sent = { use: string; how: How; file: Uint8Array | null };
/** The list as a file, of those whom a use reached. */
const fileOf = async (ctx: Context, targets: readonly Target[], name: string): Promise<Uint8Array> => {
  const t = (words: (typeof text)[keyof typeof text], facts = {}) => say(ctx.language, words, facts);
  const header = [
    { words: t(text.unit), width: 26 },
    { words: t(text.head), width: 10 },
    { words: t(text.headPhone), width: 14 },
    { words: t(text.person), width: 10 },
    { words: t(text.phone), width: 14 },
    { words: t(text.item), width: 32 },
    { words: t(text.dueOn), width: 12 },
    { words: t(text.daysLate), width: 10 },
  ];
  const above = [t(text.fileMoment, { at: momentWords(ctx.now, ctx.zone, ctx.language), who: name })];
  return xlsxOf([{ sheet: t(text.fileName), title: t(text.fileName), above, header, rows: rowsFor(targets, ctx.today), below: [] }]);
};
/** What of the targets a use reached. */
const reachedIn = (targets: readonly Target[], used: readonly Used[]): Target[] => {
  const keys = new Set(used.map(({ person, requirement }) => `${person}/${requirement}`));
  return targets.filter(({ person, requirement }) => keys.has(`${person}/${requirement}`));
};
/**
 * Reminds whoever is behind of what was asked, each once a day unless `again` says that it is on purpose. Sent twice, it
 * counts once. A list as a file is audited by this line, as is each other way.
 * @throws {Invalid} nobody is left to be reminded, or too many
 * @throws {Conflict} others reminded the same people meanwhile
 */
export const remind = async (ctx: Context, input: RemindInput): Promise<Sent> => {
  const actor = ctx.allow(remindPeople);
  const { use, how, again, ...open } = input;
  const targets = others(await targetsOf(ctx, open), actor.person);
  const before = await usedBy(ctx, use, actor.person);
  const now = before.length > 0 ? reachedIn(targets, before) : chosen(targets, again).now;
  if (before.length === 0) {
    const rows = pairsIn(now).map(({ requirement, person, unit }) => ({ id: newId(recordId, ctx.now), requirement, person, unit }));
    if (rows.length === 0) throw new Invalid(text.nobody);
    const done = await commit(ctx, {
      statements: [
        insertReminders(ctx, use, how, actor.person, rows),
        ...rows.map(({ id, requirement, person, unit }) =>
          record({
            id,
            verb: reminded,
            object: { kind: "requirement", id: requirement },
            person,
            unit,
            once: [requirement, person, ctx.today, ...(again ? [use] : [])],
          }),
        ),
      ],
      audit: { command: "requirements.remind", object: { kind: "reminder", id: use }, after: input, note: `${how}: ${rows.length}` },
    });
    if (done === "again" && (await usedBy(ctx, use, actor.person)).length === 0) throw new Conflict(kernelText.conflict);
  }
  return { use, how, file: how === "xlsx" ? await fileOf(ctx, now, actor.name) : null };
};
/**
 * One's own use: whom it reached, and the words to send for what of it is still open.
 * @throws {NotFound} it was somebody else's, or never was
 */
export const seeUse = async (ctx: Context, use: string): Promise<{ used: Used[]; words: string }> => {
  const actor = ctx.allow(remindPeople);
  const used = await usedBy(ctx, use, actor.person);
  if (used.length === 0) return notFound();
  const open = { people: [...new Set(used.map(({ person }) => person))], late: false };
  const targets = reachedIn(await openOf(ctx, ctx.reach(remindPeople), open, mostRows), used);
  return { used, words: wordsFor(targets, ctx.today, `${ctx.origin}/me/next`, ctx.language) };
};

/** Notices for the actor that are neither done nor put away; null: none. */
export const myNotices = async (ctx: Context) => {
  const rows = await waitingFor(ctx, ctx.allow(ownAssignments).person);
  return rows.length === 0 ? null : rows;
};
/** Puts the actor's notices away. */
export const putNoticesAway = async (ctx: Context): Promise<void> => {
  const { person } = ctx.allow(ownAssignments);
  await commit(ctx, {
    statements: [markSeen(ctx, person)],
    audit: { command: "requirements.notices-seen", object: { kind: "person", id: person } },
  });
};
const everything: Reach = { all: true, areas: [] };
/** When a person was reminded, of what and by whom: one's own whole, another's within the reach; null: nothing to show. */
export const remindedOf = async (ctx: Context, person: PersonId): Promise<Reminded[] | null> => {
  const actor = ctx.allow(ownAssignments);
  if (actor.person !== person && !isAllowed(actor, seeRequirements)) return null;
  const rows = await remindersOf(ctx, actor.person === person ? everything : ctx.reach(seeRequirements), person);
  return rows.length === 0 ? null : rows;
};
const pageSize = 50;
/** The reminders of one requirement within the reach, the latest first. @throws {NotFound} */
export const seeHistory = async (ctx: Context, { id, after }: { id: RequirementId; after?: string | undefined }) => {
  const reach = ctx.reach(seeRequirements);
  const requirement = (await findRequirement(ctx, id)) ?? notFound();
  const [counted, rows] = await Promise.all([countReminders(ctx, reach, id), remindersFor(ctx, reach, id, after ?? "~", pageSize)]);
  return { requirement, counted, rows, next: rows.length === pageSize ? (rows.at(-1)?.id ?? null) : null };
};
