/** What is wrong with a row, in words: row, column, value and the mend. */
import { say, type Language, type Words } from "#kernel";
import type { RowCode, RowProblem } from "./rules.ts";
import { headers } from "./rules-row.ts";
import { text } from "./text.ts";

/** How a file calls its columns. */
type Named = { columns: readonly (string | null)[]; titles: readonly string[] };
/** What a field is called: as in the file, else as we call it. */
export const columnName = (found: Named, field: string): string => {
  const title = found.titles[found.columns.indexOf(field)] ?? "";
  return title !== "" ? title : (headers[field]?.[0] ?? field);
};
const words: Readonly<Record<RowCode, Words>> = {
  missing: text.row_missing,
  badName: text.row_badName,
  badYear: text.row_badYear,
  badDay: text.row_badDay,
  badResult: text.row_badResult,
  future: text.row_future,
  yearDiffers: text.row_yearDiffers,
  notTaken: text.row_notTaken,
  tooHigh: text.row_tooHigh,
  noScore: text.row_noScore,
  needsScore: text.row_needsScore,
  courseResult: text.row_courseResult,
  nobody: text.row_nobody,
  unitUnknown: text.row_unitUnknown,
  who: text.row_who,
  notThere: text.row_notThere,
  what: text.row_what,
  twice: text.row_twice,
  otherScore: text.row_otherScore,
  moved: text.row_moved,
};
/** A problem in words: row, column, value and the mend. */
export const rowWords = (language: Language, found: Named, n: number, { code, field, value, facts = {} }: RowProblem): string =>
  say(language, words[code], {
    ...facts,
    row: n,
    other: facts["row"] ?? "",
    column: columnName(found, field),
    value: value.slice(0, 100),
    close: facts["close"] ? say(language, text.unitClose, { names: facts["close"] }) : "",
  });
