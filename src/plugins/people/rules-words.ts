/** What is wrong with a row of an import, in words: row, column, value and the mend. */
import { say, type Language, type Words } from "#kernel";
import { headersOf, type ImportKind } from "./rules-headers.ts";
import { choicesOf } from "./rules-choices.ts";
import { type RowCode, type RowProblem } from "./rules-values.ts";
import { text } from "./text.ts";

/** How a file calls its columns. */
type Named = { kind: ImportKind; scope: "bureau" | "own"; columns: readonly (string | null)[]; titles: readonly string[] };
/** What a field is called: as in the file, else as we call it. */
export const columnName = (found: Named, field: string): string => {
  const at = found.columns.indexOf(field);
  const title = at < 0 ? "" : (found.titles[at] ?? "");
  return title !== "" ? title : (headersOf(found.kind)[field]?.[0] ?? field);
};
const rowWords: Readonly<Record<RowCode, Words>> = {
  missing: text.row_missing,
  badName: text.row_badName,
  badPhone: text.row_badPhone,
  badEmail: text.row_badEmail,
  badIdNumber: text.row_badIdNumber,
  idNumberLost: text.row_idNumberLost,
  badDate: text.row_badDate,
  dateOrder: text.row_dateOrder,
  badChoice: text.row_badChoice,
  badCode: text.row_badCode,
  badLogin: text.row_badLogin,
  phoneLost: text.row_phoneLost,
  unitMissing: text.row_unitMissing,
  unitUnknown: text.row_unitUnknown,
  unitMany: text.row_unitMany,
  loginUnknown: text.row_loginUnknown,
  employeeNoTaken: text.row_employeeNoTaken,
  idNumberTaken: text.row_idNumberTaken,
  who: text.row_who,
  twice: text.row_twice,
  natureNeeded: text.row_natureNeeded,
  leftBefore: text.row_leftBefore,
  postOfOfficers: text.row_postOfOfficers,
  factsOfOfficers: text.row_factsOfOfficers,
  tooLong: text.row_tooLong,
  parentUnknown: text.row_parentUnknown,
  parentMany: text.row_parentMany,
  parentMoves: text.row_parentMoves,
  outside: text.row_outside,
  unitTwice: text.row_unitTwice,
  tangled: text.row_tangled,
  noRow: text.row_noRow,
};
/** A problem in words: row, column, value and the mend. */
export const problemWords = (language: Language, found: Named, n: number, problem: RowProblem): string => {
  const { facts = {}, field, code } = problem;
  const shown = field === "idNumber" ? problem.value.slice(-2).padStart(4, "*") : problem.value.slice(0, 100);
  const close = facts["close"] ? say(language, text.unitClose, { names: facts["close"] }) : "";
  const words =
    code === "who" && found.kind === "units"
      ? text.row_whoUnit
      : code === "unitUnknown" && found.scope === "own"
        ? text.row_unitNotYours
        : rowWords[code];
  return say(language, words, {
    ...facts,
    row: n,
    other: facts["row"] ?? "",
    column: columnName(found, field),
    value: shown,
    choices: choicesOf[field] ?? "",
    close,
  });
};
