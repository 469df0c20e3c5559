/** The standing form that everybody asks for, of one requirement or of a year: one block a requirement, never one over several. */
import { z } from "zod";
import {
  commit,
  dayWords,
  isAllowed,
  maskName,
  momentWords,
  notFound,
  percent,
  readBody,
  say,
  type Context,
  type Day,
  type RequirementId,
  type UnitId,
} from "#kernel";
import { slotsOf } from "../rules.ts";
import { xlsxOf } from "../rules-xlsx.ts";
import { formRows, registeredIn, requirementsOfYear } from "../store-form.ts";
import { standingsOf } from "../store-rates.ts";
import { findRequirement } from "../store-rules.ts";
import { remindPeople, seeRequirements } from "../terms.ts";
import { formText as text } from "../text-form.ts";

/** A block: the table of one requirement as shown, the total last; whose row each is, null for the total. */
export type FormBlock = {
  id: RequirementId;
  name: string;
  from: Day;
  due: Day;
  head: string[];
  rows: (string | number)[][];
  units: (UnitId | null)[];
};
export type Form = { blocks: FormBlock[]; lines: string[]; notes: string[]; signs: string };

const columns = [
  text.unit,
  text.registered,
  text.dueStudy,
  text.studied,
  text.studiedRate,
  text.dueExam,
  text.exempt,
  text.deferred,
  text.sat,
  text.satRate,
  text.passed,
  text.excellent,
  text.absent,
] as const;
const names = z.array(z.string());
const blockOf = async (ctx: Context, id: RequirementId): Promise<FormBlock> => {
  const reach = ctx.reach(seeRequirements);
  const requirement = (await findRequirement(ctx, id)) ?? notFound();
  const [units, registered, [standing]] = await Promise.all([
    formRows(ctx, id, reach),
    registeredIn(ctx, id, reach),
    standingsOf(ctx, reach, 1, id),
  ]);
  const has = new Set(slotsOf(requirement));
  const isWhole = ctx.actor !== null && isAllowed(ctx.actor, remindPeople);
  type Numbers = Omit<(typeof units)[number], "unit" | "name" | "absent">;
  const line = (name: string, n: Numbers, absent: string): (string | number)[] => {
    const study = has.has("study") ? [n.dueStudy, n.studied, percent(n.studied, n.dueStudy)] : ["—", "—", "—"];
    const exam = has.has("exam")
      ? [n.dueExam, n.exempt, n.deferred, n.sat, percent(n.sat, n.dueExam), n.passed, n.excellent, absent]
      : ["—", "—", "—", "—", "—", "—", "—", say(ctx.language, text.noExam)];
    return [name, n.registered, ...study, ...exam];
  };
  const of = (slot: "study" | "exam") => standing?.slots.find((one) => one.slot === slot)?.counts;
  const [study, exam] = [of("study"), of("exam")];
  const total = {
    registered,
    dueStudy: study?.whole ?? 0,
    studied: study?.part ?? 0,
    dueExam: exam?.whole ?? 0,
    exempt: exam?.exempt ?? 0,
    deferred: exam?.deferred ?? 0,
    sat: exam?.sat ?? 0,
    passed: exam?.part ?? 0,
    excellent: exam?.excelled ?? 0,
  };
  return {
    id,
    name: requirement.name,
    from: requirement.from,
    due: requirement.due,
    head: columns.map((words) => say(ctx.language, words)),
    units: [...units.map(({ unit }) => unit), null],
    rows: [
      ...units.map(({ name, absent, ...n }) =>
        line(
          name,
          n,
          names
            .parse(JSON.parse(absent))
            .map((one) => (isWhole ? one : maskName(one)))
            .join("、"),
        ),
      ),
      line(say(ctx.language, text.total), total, say(ctx.language, text.people, { n: total.dueExam - total.sat })),
    ],
  };
};
/** The blocks with what is told above and below them, and the audit's line: the form names people. */
const formOf = async (ctx: Context, ids: readonly RequirementId[], what: string): Promise<Form> => {
  const actor = ctx.allow(seeRequirements);
  const reach = ctx.reach(seeRequirements);
  const blocks: FormBlock[] = [];
  for (const id of ids) blocks.push(await blockOf(ctx, id));
  await commit(ctx, { statements: [], audit: { command: "requirements.form", note: what } });
  const t = (words: (typeof text)[keyof typeof text], facts = {}) => say(ctx.language, words, facts);
  return {
    blocks,
    lines: [
      t(text.body, { body: (await readBody(ctx)).name, scope: t(reach.all ? text.scopeAll : text.scopeReach) }),
      t(text.moment, { at: momentWords(ctx.now, ctx.zone, ctx.language) }),
    ],
    notes: [t(text.note1), t(text.note2), t(text.note3)],
    signs: t(text.signs, { who: actor.name }),
  };
};
/** Of one requirement. @throws {NotFound} */
export const seeForm = (ctx: Context, id: RequirementId): Promise<Form> => formOf(ctx, [id], id);
/** Of each requirement of a year that is on. */
export const seeYearForm = async (ctx: Context, year: number): Promise<Form> => {
  ctx.allow(seeRequirements);
  return formOf(
    ctx,
    (await requirementsOfYear(ctx, year)).map(({ id }) => id),
    String(year),
  );
};
const widths = [26, 7, 7, 7, 9, 7, 7, 7, 7, 9, 7, 7, 46];
/** The same as a file, one sheet a block, printed across A4. @throws {NotFound} it has no block */
export const formFile = (ctx: Context, { blocks, lines, notes, signs }: Form): Promise<Uint8Array> => {
  if (blocks.length === 0) return notFound();
  return xlsxOf(
    blocks.map((block, n) => ({
      sheet: `${blocks.length === 1 ? "" : `${n + 1}-`}${block.name}`,
      title: say(ctx.language, text.title),
      above: [
        say(ctx.language, text.block, {
          name: block.name,
          from: dayWords(block.from, ctx.language),
          due: dayWords(block.due, ctx.language),
        }),
        lines.join("　"),
      ],
      header: block.head.map((words, column) => ({ words, width: widths[column] ?? 8 })),
      rows: block.rows,
      below: [...notes, signs],
    })),
  );
};
