/** Publishing freezes: each figure with its number, moment, ledger position and rows goes to R2 under its digest, page by page. */
import { z } from "zod";
import {
  auditStatement,
  evidence,
  momentWords,
  notFound,
  requirementId,
  type Context,
  type EvidenceRow,
  type Pending,
  type Step,
} from "#kernel";
import { titlesOfThings } from "#plugins/records";
import { reportId, type FrozenPage } from "../input-report.ts";
import { asPublished, changedSince, documentOf, numbersOf, referencesOf, type Resolved } from "../rules-report.ts";
import {
  addFrozen,
  addStep,
  clearFrozen,
  findWhole,
  listFrozen,
  moveReport,
  sets,
  type Frozen,
  type Report,
  type Version,
} from "../store-report.ts";
import { text } from "../text-report.ts";
import { keep } from "./kept.ts";
import { editPath } from "./report-see.ts";
import { resolveAll } from "./resolve.ts";

/** Rows a page. */
export const pageRows = 1000;
/** How often a figure whose rows came or went meanwhile is begun anew. */
const tries = 5;
const everything = { all: true, areas: [] };

const resolvedShape = z.custom<Resolved>((value) => typeof value === "object" && value !== null && "key" in value);
/** Where freezing stands: the figure, and of its rows the last key and the pages kept so far. */
const cursorShape = z.object({
  at: z.int(),
  figure: resolvedShape.nullable(),
  after: z.string(),
  pages: z.array(z.string()),
  rows: z.int(),
  tries: z.int(),
});
type Cursor = z.output<typeof cursorShape>;
const inputShape = z.object({ report: reportId });
const beginning = (at: number, tried = 0): Cursor => ({ at, figure: null, after: "", pages: [], rows: 0, tries: tried });

/** Rows as they are shown: with the names of that moment. */
const shown = async (ctx: Context, rows: readonly EvidenceRow[]): Promise<FrozenPage> => {
  const things = rows.flatMap(({ objectKind, objectId }) =>
    objectKind === null || objectId === null ? [] : [{ kind: objectKind, id: objectId }],
  );
  const titles = await titlesOfThings(ctx, things);
  return rows.map((row) => ({ ...row, title: titles.get(`${row.objectKind ?? ""}/${row.objectId ?? ""}`) ?? null }));
};
/** Gives up: a number is not the one that was signed, or is gone. The report stands where its check is due again. */
const giveUp = (report: Report, words: string, done: number, total: number): Step => ({
  done,
  total,
  result: { published: false, problem: words },
  statements: moveReport(report.id, { version: report.version, from: ["freezing"], fresh: null }, sets.unfrozen(words)),
});

/** One page of a figure's rows, and the figure's own line when it was the last. */
const freezeFigure = async (
  ctx: Context,
  report: Report,
  cursor: Cursor & { figure: Resolved },
): Promise<{ cursor: Cursor; statements: Pending[] }> => {
  const { figure, at } = cursor;
  const counted = ctx.registry.figures.get(figure.figure);
  const filter = {
    from: figure.from,
    to: figure.to,
    requirement: figure.requirement === null ? undefined : requirementId.parse(figure.requirement),
  };
  const page =
    figure.state === "counted" && counted !== undefined
      ? await evidence(ctx, counted, { ...filter, reach: everything }, cursor.after, pageRows)
      : [];
  const pages = page.length === 0 ? cursor.pages : [...cursor.pages, await keep(ctx, await shown(ctx, page))];
  const rows = cursor.rows + page.length;
  const last = page.at(-1);
  if (page.length === pageRows && last !== undefined) return { cursor: { ...cursor, after: last.key, pages, rows }, statements: [] };
  if (figure.state === "counted" && rows !== (figure.total ?? figure.value)) {
    // Somebody's record came while the rows were read: this figure once more, from its number on.
    if (cursor.tries >= tries) throw new Error(`the rows of ${figure.key} do not stand still`);
    return { cursor: beginning(at, cursor.tries + 1), statements: [] };
  }
  const { key, number, value, total, at: moment, position } = figure;
  const digest = await keep(ctx, {
    report: report.id,
    figure: key,
    number,
    value,
    whole: total,
    filter,
    moment,
    position,
    rows,
    pages,
    entered: figure.entered,
  });
  return {
    cursor: beginning(at + 1),
    statements: [
      addFrozen(ctx, {
        report: report.id,
        n: at + 1,
        key,
        figure: figure.figure,
        source: figure.state === "entered" ? "entered" : "counted",
        title: figure.title,
        number,
        value,
        whole: total,
        measure: figure.measure,
        definition: figure.definition,
        scope: figure.scope,
        from: figure.from,
        to: figure.to,
        requirement: filter.requirement ?? null,
        origin: figure.origin,
        at: moment,
        position,
        rows,
        digest,
      }),
    ],
  };
};

/** All figures are frozen: the document itself is kept, and the report is public. */
const publish = async (ctx: Context, report: Report, version: Version, rows: readonly Frozen[]): Promise<Pending[]> => {
  const digest = await keep(
    ctx,
    documentOf(version, rows.map(asPublished), {
      signedOn: report.signedOn,
      moment: (at) => momentWords(at, ctx.zone, "zh"),
      digest: (key) => rows.find((row) => row.key === key)?.digest ?? null,
    }),
  );
  return [
    ...moveReport(report.id, { version: report.version, from: ["freezing"], fresh: null }, sets.published(ctx.now, digest)),
    addStep(ctx, { report: report.id, version: report.version, step: "publish", by: null, at: ctx.now, words: digest }),
    await auditStatement(ctx, {
      command: "reports.publish",
      object: { kind: "report", id: report.id },
      after: { version: report.version, digest },
    }),
  ];
};

/**
 * One step: a page of one figure's rows. Killed at any moment, the next step finds the cursor where the last one left it, and
 * what was put into R2 already is put there again under the same name.
 */
export const freezeStep = async (ctx: Context, job: { input: unknown; cursor: unknown }): Promise<Step> => {
  const { report: id } = inputShape.parse(job.input);
  const { report, version } = (await findWhole(ctx, id)) ?? notFound();
  const cursor = job.cursor === null ? beginning(0) : cursorShape.parse(job.cursor);
  const asked = referencesOf(version.blocks);
  const total = asked.length + 1;
  if (report.state !== "freezing") return { done: cursor.at, total, result: { published: report.state === "published" } };
  const rows = await listFrozen(ctx, id);
  // A figure keeps the number with which its rows were begun.
  const open = asked[cursor.at];
  const figure = cursor.figure ?? (open === undefined ? null : ((await resolveAll(ctx, version, editPath(id), [open]))[0] ?? null));
  const signed = report.signed ?? {};
  const told = figure === null ? rows.map(asPublished) : [figure];
  const changed = changedSince(figure === null ? signed : { [figure.key]: signed[figure.key] ?? "" }, numbersOf(told));
  // What was signed is what is published, or nothing is.
  if (figure?.state === "empty" || changed.length > 0) {
    const titles = changed.map((key) => told.find((each) => each.key === key)?.title ?? key).join("、");
    return giveUp(report, text.numbersUnsigned.zh.replace("{figures}", titles), cursor.at, total);
  }
  if (figure === null) return { done: total, total, result: { published: true }, statements: await publish(ctx, report, version, rows) };
  const next = await freezeFigure(ctx, report, { ...cursor, figure });
  return {
    done: next.cursor.at,
    total,
    cursor: next.cursor,
    statements: [...(job.cursor === null ? [clearFrozen(id)] : []), ...next.statements],
  };
};
