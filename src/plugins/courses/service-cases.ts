/** The commands of cases: begun, gone through step by step, ended; the way taken is kept. */
import { commit, Conflict, Invalid, notFound, record, type Context, type Pending, type Signal } from "#kernel";
import { citationWords, findArticles, parseCitation, renderTexts, statutePath, citationsIn } from "#plugins/statutes";
import type { CaseFile, ChooseInput, StartInput } from "./input.ts";
import { sceneText, walk, type Place } from "./rules.ts";
import { doneOf } from "./rules-steps.ts";
import { begun, completion, seeCourse } from "./service.ts";
import { findWalk, startWalk, stepWalk, touch, type Standing, type Walk } from "./store.ts";
import { findPart } from "./store-content.ts";
import { decided, study } from "./terms.ts";
import { text } from "./text.ts";

export type CasePage = {
  standing: Standing;
  story: CaseFile;
  flagged: boolean;
  walk: Walk | null;
  /** Where the way has led; null before it began. */ place: Place | null;
  html: string;
  /** What the ending rests on. */ articles: { words: string; path: string }[];
  endings: readonly string[];
};
const caseOf = async (ctx: Context, course: string, id: string) => {
  const standing = await seeCourse(ctx, course);
  const part = (await findPart(ctx, course, standing.hash, "case", id)) ?? notFound();
  return { standing, story: part.body, flagged: part.flagged };
};
/** A case where its reader stopped: before it begins, in a scene, or at an ending. @throws {NotFound} */
export async function seeCase(ctx: Context, { course, case: id }: { course: string; case: string }): Promise<CasePage> {
  ctx.allow(study);
  const { standing, story, flagged } = await caseOf(ctx, course, id);
  const found = standing.progress === null ? { walk: undefined, endings: [] } : await findWalk(ctx, standing.progress.id, id);
  const place = found.walk === undefined ? null : walk(story, found.walk.path);
  const shown = place === null ? "" : place.at === "ending" ? place.ending.text : sceneText(place.scene, place.state);
  const [html] = await renderTexts(ctx, [shown]);
  const cited = place?.at === "ending" ? citationsIn(shown) : [];
  const known = await findArticles(ctx, cited);
  const articles = cited.flatMap((one) => {
    const citation = parseCitation(one);
    return citation === null ? [] : [{ words: citationWords(citation, known.get(one.replace(/\..*$/, ""))), path: statutePath(citation) }];
  });
  return { standing, story, flagged, walk: found.walk ?? null, place, html, articles, endings: found.endings };
}
/** Begins a way through a case, from the start or from a step of the last one. Sent again, it changes nothing. */
export async function startCase(ctx: Context, { course, case: id, id: walkId, upto }: StartInput): Promise<void> {
  ctx.allow(study);
  const { standing, story } = await caseOf(ctx, course, id);
  const { progress } = await begun(ctx, standing, { kind: "case", id });
  const last = (await findWalk(ctx, progress.id, id)).walk;
  if (last?.id === walkId || last?.endedAt === null) return;
  const path = last?.path.slice(0, upto) ?? [];
  if (walk(story, path)?.at !== "scene") throw new Invalid(text.notOffered);
  await commit(ctx, {
    statements: [
      startWalk(ctx, { id: walkId, progress: progress.id, story: id, path }),
      ...(progress.completedAt === null ? [touch(ctx, progress.id, "case", id)] : []),
    ],
    audit: { command: "courses.case-start", object: { kind: "case", id: `${course}/${id}` }, after: { walkId, path } },
  });
}
/**
 * One choice. The same choice at the same step again (a double click, a reload) changes nothing. The first ending of a
 * round is recorded, and perhaps completes the course.
 * @throws {Conflict} the way has gone on elsewhere
 * @throws {Invalid} the scene does not offer that
 */
export async function chooseInCase(ctx: Context, { course, case: id, walk: walkId, step, choice }: ChooseInput): Promise<void> {
  const { person } = ctx.allow(study);
  const { standing, story } = await caseOf(ctx, course, id);
  const { progress } = standing;
  const last = progress === null ? undefined : (await findWalk(ctx, progress.id, id)).walk;
  if (progress === null || last === undefined || last.id !== walkId) throw new Conflict(text.movedOn);
  if (last.path.length > step && last.path[step] === choice) return;
  if (last.path.length !== step) throw new Conflict(text.movedOn);
  const path = [...last.path, choice];
  const place = walk(story, path);
  if (place === null) throw new Invalid(text.notOffered);

  const ending = place.at === "ending" ? place.ending.id : null;
  const statements: Pending[] = [...stepWalk(ctx, { id: walkId, before: last.path, path, ending })];
  let signals: readonly Signal[] = [];
  if (ending !== null && !standing.ended.includes(id)) {
    const done = doneOf(standing);
    const after = completion(ctx, person, standing, progress, { ...done, cases: new Set([...done.cases, id]) });
    statements.push(
      record({ verb: decided, object: { kind: "case", id: `${course}/${id}` }, person, once: [progress.id, id] }),
      ...after.statements,
    );
    signals = after.signals;
  }
  await commit(ctx, {
    statements,
    signals,
    audit: { command: "courses.case-choose", object: { kind: "case", id: `${course}/${id}` }, after: { walkId, path, ending } },
  });
}
