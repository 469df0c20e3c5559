/** The bank's commands. */
import { commit, Conflict, digest, Invalid, notFound, type Context, type Detail } from "#kernel";
import { articleKey, citationsIn, findArticles, parseCitation, unresolved } from "#plugins/statutes";
import { optionLetters, type EditInput, type ListInput, type QuestionId } from "./input.ts";
import { questionTypes } from "./types/index.ts";
import {
  exportPage,
  findListed,
  listQuestions,
  putQuestions,
  putTopics,
  retire,
  stillAt,
  topicsWithCounts,
  unflag,
  type ListedQuestion,
  type NewQuestion,
  type TopicCounts,
} from "./store.ts";
import type { QuestionBody } from "./schema.ts";
import { keepQuestions, questionsReturned, questionsWithdrawn, seeTopics } from "./terms.ts";
import { text } from "./text.ts";

/** The version of a question: a hash of what it says, so that equal content is one version. */
export const versionOf = async (type: string, { stem, options, key, explanation, citations }: QuestionBody): Promise<string> =>
  (await digest({ type, stem, options, key, explanation, citations })).slice(0, 32);

const pageSize = 50;
/** A page of the bank, and the key of the next. */
export const listBank = async (ctx: Context, input: ListInput): Promise<{ rows: ListedQuestion[]; next: string | null }> => {
  ctx.allow(keepQuestions);
  const rows = await listQuestions(ctx, input, pageSize + 1);
  const shown = rows.slice(0, pageSize);
  return { rows: shown, next: rows.length > pageSize ? (shown.at(-1)?.id ?? null) : null };
};
/** One question whole. @throws {NotFound} */
export const seeQuestion = async (ctx: Context, id: QuestionId): Promise<ListedQuestion> => {
  ctx.allow(keepQuestions);
  return (await findListed(ctx, id)) ?? notFound();
};
/** Topics with what papers may draw of each, for blueprints. */
export const listTopics = async (ctx: Context): Promise<TopicCounts[]> => {
  ctx.allow(seeTopics);
  return topicsWithCounts(ctx);
};

/** Topics of the bureau's own questions that no course has. */
const bureauTopic = { id: "bureau/own", course: null, courseTitle: text.bureauTopic.zh, title: text.bureauTopic.zh, place: 0 };

/**
 * Makes or changes a question of the bureau's own. A file's question is read-only: copy it first.
 * @throws {Invalid} options, answer or citations do not fit
 * @throws {Conflict} changed in between, or a file's
 */
export async function saveQuestion(ctx: Context, input: EditInput): Promise<void> {
  ctx.allow(keepQuestions);
  const before = input.base === "" ? undefined : ((await findListed(ctx, input.question)) ?? notFound());
  if (before?.owner === "file") throw new Conflict(text.fileReadOnly);
  const made = await questionFrom(ctx, input, before);
  const version = await versionOf(input.type, made);
  await commit(ctx, {
    statements: [
      ...(before ? stillAt(input.question, input.base) : []),
      ...putTopics([bureauTopic]),
      ...putQuestions(ctx, [{ ...made, version }]),
    ],
    audit: {
      command: "bank.save",
      object: { kind: "question", id: input.question },
      ...(before ? { before: before.version } : {}),
      after: version,
    },
  });
}

/** What is cited that no statute here has, down to the paragraph and item. */
const notThere = async (ctx: Context, citations: readonly string[]): Promise<string[]> => {
  const articles = await findArticles(ctx, citations);
  return citations.filter((one) => {
    const ref = parseCitation(one);
    const article = ref === null ? undefined : articles.get(articleKey(ref));
    return ref !== null && (article === undefined || unresolved(ref, article) !== null);
  });
};
const questionFrom = async (ctx: Context, input: EditInput, before: ListedQuestion | undefined): Promise<Omit<NewQuestion, "version">> => {
  const type = questionTypes[input.type];
  const options = type.hasOptions ? optionLetters.flatMap((key) => (input[key] === "" ? [] : [{ key, text: input[key] }])) : [];
  const key = type.import(input.answer);
  const problems: Detail[] = [];
  if (type.hasOptions && options.length < 2) problems.push({ field: "A", code: "options", words: text.badOptions });
  if (new Set(options.map((o) => o.text.trim())).size < options.length)
    problems.push({ field: "A", code: "options", words: text.sameOptions });
  if (key === null || !type.fits(key, options)) problems.push({ field: "answer", code: "answer", words: text.badAnswer });
  const marked = [...input.explanation.matchAll(/\{\{(?!named:)([^}|]*)[^}]*\}\}/g)].map((m) => m[1] ?? "");
  for (const one of marked)
    if (parseCitation(one) === null)
      problems.push({ field: "explanation", code: "citation", words: text.badCitation, facts: { citation: one } });
  const citations = citationsIn(input.explanation);
  if (citations.length === 0) problems.push({ field: "explanation", code: "citation", words: text.needsCitation });
  for (const citation of await notThere(ctx, citations))
    problems.push({ field: "explanation", code: "citation", words: text.noSuchArticle, facts: { citation } });
  if (problems.length > 0 || key === null) throw new Invalid(text.badQuestion, {}, problems);
  return {
    id: input.question,
    owner: "bureau",
    course: before?.course ?? null,
    lesson: before?.lesson ?? null,
    use: input.use,
    topic: input.topic,
    type: input.type,
    difficulty: input.difficulty,
    copyOf: before?.copyOf ?? null,
    stem: input.stem,
    options,
    key,
    explanation: input.explanation,
    citations,
  };
};

/** Copies a question as the bureau's own, to be changed there. Sent again, it changes nothing. */
export async function copyQuestion(ctx: Context, input: { question: QuestionId; id: string }): Promise<void> {
  ctx.allow(keepQuestions);
  const found = (await findListed(ctx, input.question)) ?? notFound();
  if (await findListed(ctx, input.id)) return;
  await commit(ctx, {
    statements: putQuestions(ctx, [{ ...found, id: input.id, owner: "bureau", copyOf: found.id }]),
    audit: { command: "bank.copy", object: { kind: "question", id: input.id }, after: input },
  });
}
/** Takes a question of the bureau's own out of future papers. */
export async function retireQuestion(ctx: Context, input: { question: QuestionId }): Promise<void> {
  ctx.allow(keepQuestions);
  const found = (await findListed(ctx, input.question)) ?? notFound();
  if (found.owner === "file") throw new Conflict(text.fileReadOnly);
  await commit(ctx, {
    statements: [retire(ctx, [found.id])],
    signals: [questionsWithdrawn({ questions: [found.id] })],
    audit: {
      command: "bank.retire",
      object: { kind: "question", id: found.id },
      before: { retired: found.retired },
      after: { retired: true },
    },
  });
}
/** Says that a flagged question is still right; papers may draw it again. */
export async function approveQuestion(ctx: Context, input: { question: QuestionId }): Promise<void> {
  ctx.allow(keepQuestions);
  const found = (await findListed(ctx, input.question)) ?? notFound();
  await commit(ctx, {
    statements: [...unflag(found.id)],
    signals: [questionsReturned({ questions: [found.id] })],
    audit: {
      command: "bank.approve",
      object: { kind: "question", id: found.id },
      before: { flagged: found.flagged },
      after: { flagged: null },
    },
  });
}

const exportAtOnce = 200;
/** The whole bank, page by page: memory stays flat whatever its size. Reading all keys is audited. */
export async function* exportQuestions(ctx: Context): AsyncGenerator<ListedQuestion> {
  ctx.allow(keepQuestions);
  await commit(ctx, { statements: [], audit: { command: "bank.export" } });
  for (let after: string | undefined = ""; after !== undefined;) {
    const page: ListedQuestion[] = await exportPage(ctx, after, exportAtOnce);
    yield* page;
    after = page.length < exportAtOnce ? undefined : page.at(-1)?.id;
  }
}
