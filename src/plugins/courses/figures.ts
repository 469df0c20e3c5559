import { count } from "#kernel";
import { wrongAtFirst } from "./store.ts";
import { studied } from "./terms.ts";
import { text } from "./text.ts";

/** Lessons whose check questions were not answered right at once: which lessons need another look. */
export const lessonsWrongAtFirst = count("courses.wrong-at-first", {
  words: { title: text.wrongAtFirst, definition: text.wrongAtFirstDef },
  measure: "times",
  verb: studied,
  objectKind: "lesson",
  also: wrongAtFirst,
});
