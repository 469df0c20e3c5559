/** Drafting a report: made from a template, edited version by version, compared. */
import {
  commit,
  Conflict,
  Forbidden,
  Invalid,
  may,
  notFound,
  readBody,
  type Context,
  type Detail,
  type Reach,
  type RequirementId,
  type Words,
} from "#kernel";
import { namesOf, requirementsDue } from "#plugins/requirements";
import type { CreateReport, SaveReport } from "../input-report.ts";
import { compareBlocks, stretchesOf, type BlockChange, type Stretch } from "../rules-diff.ts";
import { blocksOf, daysOfYear, looseBraces, piecesOf } from "../rules-report.ts";
import { contentOf } from "../rules-template.ts";
import { claimsOfNothing, typedNumbers } from "../rules-words.ts";
import type { Block, ReportId } from "../schema.ts";
import {
  addReport,
  addVersion,
  copyVersions,
  findReport,
  findVersion,
  findWhole,
  listReports,
  nextVersion,
  removeReport,
  type Content,
  type Version,
} from "../store-report.ts";
import { draftReports, seeReports } from "../terms.ts";
import { text } from "../text-report.ts";
import { hasPart, isFigure } from "./resolve.ts";

/**
 * A report speaks for the whole body: whoever reaches a part of it neither reads nor writes one before it is public.
 * @throws {Forbidden} the reach is of a part only
 */
export const wholeBody = (reach: Reach): void => {
  if (!reach.all) throw new Forbidden(text.wholeBodyOnly);
};
/** Whether the reader may open reports and the rows behind their figures. */
export const seesReports = (ctx: Context): boolean =>
  ctx.actor !== null && may(ctx, seeReports) && ctx.actor.strength === "password" && ctx.reach(seeReports).all;
/** Whether the reader may draft one. */
export const draftsReports = (ctx: Context): boolean => seesReports(ctx) && may(ctx, draftReports) && ctx.reach(draftReports).all;

/** All reports; none for whoever reaches a part of the body only. */
export const seeReportList = async (ctx: Context): Promise<Awaited<ReturnType<typeof listReports>>> => {
  ctx.allow(seeReports);
  return seesReports(ctx) ? listReports(ctx) : [];
};
export type Choice = { id: RequirementId; name: string };
/** The requirements of a period, by what they ask: whose rates a report may tell. */
export const requirementChoices = async (
  ctx: Context,
  from: Content["from"],
  to: Content["to"],
): Promise<{ study: Choice[]; exam: Choice[] }> => {
  ctx.allow(draftReports);
  wholeBody(ctx.reach(draftReports));
  const [study, exam] = await Promise.all([requirementsDue(ctx, "study", from, to), requirementsDue(ctx, "exam", from, to)]);
  return { study, exam };
};

/** A new report from its template, as its first version. Sent again, it answers as the first time. */
export const createReport = async (ctx: Context, input: CreateReport): Promise<ReportId> => {
  const actor = ctx.allow(draftReports);
  wholeBody(ctx.reach(draftReports));
  const body = await readBody(ctx);
  const row = { id: input.id, template: input.template, year: input.year, version: 1, createdBy: actor.person, createdAt: ctx.now };
  await commit(ctx, {
    statements: [
      addReport(ctx, { ...row, state: "draft" }),
      addVersion(ctx, {
        ...contentOf(input.template, { year: input.year, body: body.name }),
        ...daysOfYear(input.year),
        report: input.id,
        n: 1,
        study: input.study ?? null,
        exam: input.exam ?? null,
        by: actor.person,
        at: ctx.now,
      }),
    ],
    audit: { command: "reports.create", object: { kind: "report", id: input.id }, after: input },
  });
  return input.id;
};
/**
 * A new draft with the words of a report that was published, and with all its versions, so that who wrote any of them is a
 * drafter of this one too: how a withdrawn one is put right.
 * @throws {NotFound} @throws {Conflict} that one is not published yet
 */
export const copyReport = async (ctx: Context, input: { id: ReportId; report: ReportId }): Promise<ReportId> => {
  const actor = ctx.allow(draftReports);
  wholeBody(ctx.reach(draftReports));
  const { report } = (await findWhole(ctx, input.report)) ?? notFound();
  if (report.publishedAt === null) throw new Conflict(text.copyOfDraft);
  await commit(ctx, {
    statements: [
      addReport(ctx, {
        id: input.id,
        template: report.template,
        year: report.year,
        state: "draft",
        version: report.version,
        createdBy: actor.person,
        createdAt: ctx.now,
      }),
      copyVersions(input.report, input.id),
    ],
    audit: { command: "reports.copy", object: { kind: "report", id: input.id }, after: input },
  });
  return input.id;
};

/** What is wrong with the words of blocks: references to no figure, numbers that are none, and in which paragraph. */
const referenceProblems = (ctx: Context, blocks: readonly Block[]): Detail[] =>
  blocks.flatMap(({ text: written }, at): Detail[] => [
    ...(looseBraces(written) ? [{ field: `text.${at}`, code: "braces", words: text.looseBraces, facts: { n: at + 1 } }] : []),
    ...piecesOf(written).flatMap((piece): Detail[] =>
      piece.is === "reference" && (piece.reference === null || !isFigure(ctx, piece.reference) || !hasPart(ctx, piece.reference))
        ? [{ field: `text.${at}`, code: "figure", words: text.unknownFigure, facts: { n: at + 1, figure: piece.written } }]
        : [],
    ),
    ...typedNumbers(written).map((found) => ({
      field: `text.${at}`,
      code: "typed",
      words: text.typedNumber,
      facts: { n: at + 1, words: found },
    })),
    ...claimsOfNothing(written).map((found) => ({
      field: `text.${at}`,
      code: "nothing",
      words: text.claimOfNothing,
      facts: { n: at + 1, words: found },
    })),
  ]);
const contentIn = (input: SaveReport): Content => ({
  title: input.title,
  addressee: input.addressee ?? "",
  signer: input.signer,
  from: input.from,
  to: input.to,
  study: input.study ?? null,
  exam: input.exam ?? null,
  blocks: blocksOf(input.boxes),
});
const same = (a: Content, b: Content): boolean => {
  const { title, addressee, signer, from, to, study, exam, blocks } = a;
  return (
    JSON.stringify({ title, addressee, signer, from, to, study, exam, blocks }) ===
    JSON.stringify({
      title: b.title,
      addressee: b.addressee,
      signer: b.signer,
      from: b.from,
      to: b.to,
      study: b.study,
      exam: b.exam,
      blocks: b.blocks,
    })
  );
};
/**
 * Saves what was edited as the next version; what was not changed makes none.
 * @throws {NotFound} @throws {Conflict} it is no draft any more, or another version came between
 * @throws {Invalid} nothing is left of it, the days are in reverse, or a reference names no figure
 */
export const saveReport = async (ctx: Context, input: SaveReport): Promise<void> => {
  const actor = ctx.allow(draftReports);
  wholeBody(ctx.reach(draftReports));
  const { version } = (await findWhole(ctx, input.report)) ?? notFound();
  const content = contentIn(input);
  if (content.from > content.to) throw new Invalid(text.reversed, {}, [{ field: "to", code: "days", words: text.reversed }]);
  if (content.blocks.length === 0) throw new Invalid(text.noBlocks);
  const problems = referenceProblems(ctx, content.blocks);
  if (problems.length > 0) throw new Invalid(text.badReferences, {}, problems);
  if (version.n === input.version && same(content, version)) return;
  const year = Number(content.to.slice(0, 4));
  await commit(ctx, {
    statements: [
      ...nextVersion(input.report, input.version, year),
      addVersion(ctx, { ...content, report: input.report, n: input.version + 1, by: actor.person, at: ctx.now }),
    ],
    audit: { command: "reports.save", object: { kind: "report", id: input.report }, after: { version: input.version + 1, content } },
  });
};

/** Removes a draft that was never sent to review, with the reason. @throws {NotFound} @throws {Conflict} it was sent */
export const dropReport = async (ctx: Context, input: { report: ReportId; reason: string }): Promise<void> => {
  ctx.allow(draftReports);
  wholeBody(ctx.reach(draftReports));
  const { version } = (await findWhole(ctx, input.report)) ?? notFound();
  await commit(ctx, {
    statements: removeReport(input.report),
    audit: { command: "reports.drop", object: { kind: "report", id: input.report }, before: version, note: input.reason },
  });
};

export type Comparison = { before: Version; after: Version; others: { words: Words; stretches: Stretch[] }[]; blocks: BlockChange[] };
/** Two versions of a report, compared. @throws {NotFound} */
export const compareVersions = async (ctx: Context, report: ReportId, from: number, to: number): Promise<Comparison> => {
  ctx.allow(seeReports);
  wholeBody(ctx.reach(seeReports));
  if ((await findReport(ctx, report)) === undefined) return notFound();
  const [before, after] = await Promise.all([findVersion(ctx, report, from), findVersion(ctx, report, to)]);
  if (before === undefined || after === undefined) return notFound();
  const names = await namesOf(
    ctx,
    [before.study, before.exam, after.study, after.exam].flatMap((id) => id ?? []),
  );
  const named = (id: RequirementId | null): string => (id === null ? "" : (names.get(id) ?? id));
  const field = (words: Words, a: string, b: string) => ({ words, stretches: stretchesOf(a, b) });
  return {
    before,
    after,
    others: [
      field(text.reportTitle, before.title, after.title),
      field(text.addressee, before.addressee, after.addressee),
      field(text.signer, before.signer, after.signer),
      field(text.period, `${before.from} ${before.to}`, `${after.from} ${after.to}`),
      field(text.ofStudy, named(before.study), named(after.study)),
      field(text.ofExam, named(before.exam), named(after.exam)),
    ].filter(({ stretches }) => stretches.some(({ is }) => is !== "same")),
    blocks: compareBlocks(before.blocks, after.blocks),
  };
};
