/** One report as it stands: its document with the numbers of now, or as it was published. */
import { digest, momentWords, notFound, type Context, type PersonId } from "#kernel";
import { documentShape } from "../input-report.ts";
import type { ReportDocument } from "../rules-document.ts";
import {
  asPublished,
  changedSince,
  documentOf,
  handProblem,
  missingWords,
  numbersOf,
  promptsOf,
  type Hands,
  type Resolved,
} from "../rules-report.ts";
import type { ReportId } from "../schema.ts";
import {
  draftersOf,
  findJob,
  findWhole,
  listFrozen,
  listSteps,
  listVersions,
  type Frozen,
  type JobState,
  type Report,
  type Version,
} from "../store-report.ts";
import { seeReports } from "../terms.ts";
import { kept } from "./kept.ts";
import { resolveAll } from "./resolve.ts";
import { wholeBody } from "./report-draft.ts";

/** Where a report's words and its requirements are edited. */
export const editPath = (id: ReportId): string => `/admin/reports/${id}/edit`;
/** A figure that would be told otherwise by now. */
export type Later = { n: number; title: string; was: string; now: string; more: number };
export type Seen = {
  report: Report;
  version: Version;
  versions: Awaited<ReturnType<typeof listVersions>>;
  steps: Awaited<ReturnType<typeof listSteps>>;
  document: ReportDocument;
  /** Where each line of the annex opens, by `n - 1`. */
  lines: { path: string; counted: boolean }[];
  /** Figures that are empty and words that are left to be written, each with where to do so. */
  missing: { title: string; mark: string; path: string }[];
  /** Figures whose number is not the one that was reviewed, or signed. */
  unsigned: string[];
  /** The numbers as they stand, by figure, and their digest: what is signed for. */
  numbers: Record<string, string>;
  seen: string;
  later: Later[];
  job: JobState | null;
  hands: Hands;
};
const laterOf = (then: readonly Frozen[], now: readonly Resolved[]): Later[] =>
  then.flatMap((row) => {
    const found = now.find(({ key }) => key === row.key);
    if (found === undefined || (found.value === row.value && found.total === row.whole)) return [];
    const inFull = (figure: Resolved): string => numbersOf([figure])[figure.key] ?? "";
    return [{ n: row.n, title: row.title, was: inFull(asPublished(row)), now: inFull(found), more: found.value - row.value }];
  });
/** The words of a report and its versions, without its figures. @throws {NotFound} */
export const seeWords = async (ctx: Context, id: ReportId): Promise<Pick<Seen, "version" | "versions">> => {
  ctx.allow(seeReports);
  wholeBody(ctx.reach(seeReports));
  const [whole, versions] = await Promise.all([findWhole(ctx, id), listVersions(ctx, id)]);
  return { version: (whole ?? notFound()).version, versions };
};
/** One report whole. @throws {NotFound} */
export const seeDocument = async (ctx: Context, id: ReportId): Promise<Seen> => {
  ctx.allow(seeReports);
  wholeBody(ctx.reach(seeReports));
  const { report, version } = (await findWhole(ctx, id)) ?? notFound();
  const [versions, steps, drafters, rows, now, job] = await Promise.all([
    listVersions(ctx, id),
    listSteps(ctx, id),
    draftersOf(ctx, id),
    report.publishedAt === null ? [] : listFrozen(ctx, id),
    resolveAll(ctx, version, editPath(id)),
    report.state === "freezing" && report.job !== null ? findJob(ctx, report.job) : null,
  ]);
  const isPublic = report.publishedAt !== null && report.digest !== null;
  const figures = isPublic ? rows.map(asPublished) : now;
  const numbers = numbersOf(now);
  const moment = (at: number) => momentWords(at, ctx.zone, "zh");
  return {
    report,
    version,
    versions,
    steps,
    document:
      isPublic && report.digest !== null
        ? await kept(ctx, report.digest, documentShape)
        : documentOf(version, now, { signedOn: report.signedOn, moment, digest: () => null }),
    lines: figures.map(({ path, state }) => ({ path, counted: state === "counted" })),
    missing: isPublic
      ? []
      : [
          ...now.flatMap(({ state, title, path }) => (state === "empty" ? [{ title, mark: missingWords(title), path }] : [])),
          ...promptsOf(version.blocks).map((title) => ({ title, mark: `【${title}】`, path: editPath(id) })),
        ],
    unsigned:
      report.signed === null || isPublic
        ? []
        : changedSince(report.signed, numbers).map((key) => now.find((figure) => figure.key === key)?.title ?? key),
    numbers,
    seen: await digest(numbers),
    later: isPublic ? laterOf(rows, now) : [],
    job: job ?? null,
    hands: { drafters, reviewedBy: report.reviewedBy, signedBy: report.signedBy },
  };
};
/** Why the reader may not take the step that is next, or null. */
export const ownProblem = (seen: Seen, person: PersonId): ReturnType<typeof handProblem> => {
  const { state } = seen.report;
  return state === "review" || state === "sign" || state === "check" ? handProblem(state, person, seen.hands) : null;
};
