/** How the questions of course files reach D1: what is missing or changed is written, what is gone is retired. */
import { courses } from "#content";
import { commit, type ContentSync, type Context } from "#kernel";
import { optionLetters } from "./input.ts";
import { fileVersions, putQuestions, putTopics, retire, type NewQuestion } from "./store.ts";
import { versionOf } from "./service.ts";
import { questionTypes } from "./types/index.ts";

type Course = (typeof courses)[number];
type FileQuestion = Course["questions"][number];

/** A file's question as the bank keeps it. @throws {Error} the build let a broken key through */
const questionOf = async (course: Course, given: FileQuestion): Promise<NewQuestion> => {
  const type = questionTypes[given.type];
  const options = optionLetters.flatMap((key) => {
    const words = given.options[key];
    return words === undefined ? [] : [{ key, text: words }];
  });
  const key = type.import(given.answer);
  if (key === null || !type.fits(key, options)) throw new Error(`question ${course.id}/${given.id}: the answer does not fit the options`);
  const body = { stem: given.stem, options, key, explanation: given.explanation, citations: [...given.citations] };
  return {
    id: `${course.id}/${given.id}`,
    version: await versionOf(given.type, body),
    owner: "file",
    course: course.id,
    lesson: given.lesson,
    use: given.use,
    topic: `${course.id}/${given.topic}`,
    type: given.type,
    difficulty: given.difficulty,
    ...body,
  };
};

/** Writes what the build holds and D1 does not have yet. Run twice, it changes nothing. */
const sync = async (ctx: Context): Promise<void> => {
  const made = (await Promise.all(courses.map((course) => Promise.all(course.questions.map((q) => questionOf(course, q)))))).flat();
  const held = await fileVersions(ctx);
  const changed = made.filter((q) => {
    const before = held.get(q.id);
    return (
      before === undefined ||
      before.retired ||
      before.version !== q.version ||
      before.facts !== JSON.stringify([q.course, q.lesson, q.use, q.topic, q.difficulty])
    );
  });
  const there = new Set(made.map((q) => q.id));
  const gone = [...held].flatMap(([id, { retired }]) => (there.has(id) || retired ? [] : [id]));
  const topics = courses.flatMap((course) =>
    Object.entries(course.topics).map(([id, title], place) => ({
      id: `${course.id}/${id}`,
      course: course.id,
      courseTitle: course.title,
      title,
      place,
    })),
  );
  await commit(ctx, {
    statements: [...putTopics(topics), ...putQuestions(ctx, changed), ...(gone.length > 0 ? [retire(ctx, gone)] : [])],
    audit: null,
  });
};

export const content: ContentSync = { hash: courses.map((course) => course.hash).join("/"), sync };
