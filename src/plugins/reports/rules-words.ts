/** Numbers that somebody typed into a report's words: each number has to come through its figure. */
import { piecesOf } from "./rules-report.ts";

/** What may hold a number that counts nothing: the title of a statute, a phrase in quotes, what is left to be written. */
const apart = /《[^》]*》|“[^”]*”|【[^】]*】|〔[^〕]*〕/g;
/** Behind a number: a date, a time, a grade, the number of an article or a document, of a heading. */
const ordinal = /^\s*(?:学?年|月|日|号|条|款|项|届|周年|时|点|分|级|岁|·|[)）]|[-—–~～至到]\s*\d+\s*(?:学?年|月|日|时|号|条))/u;
const hand = "一二两三四五六七八九十百千万零〇";
const counted = new RegExp(`(?<![第届${hand}])[${hand}]+[余多]?(?:人次|[次人家件份场所名期篇]|课时|学时|小时|个百分点)`, "gu");
/** 一次, 一家人: a word, not a count. */
const idle = /^一[次人家件份场所名期篇]$/u;
const atEnd = new RegExp(`[${hand}]+$`, "u");
const nothing = /(?:无|没有|未发生|未收到|未出现|零)(?:违法办学)?(?:等)?(?:投诉|举报|行政复议|复议|行政诉讼|诉讼|败诉|信访)/gu;

const digitsIn = (words: string): string[] =>
  [...words.matchAll(/\d[\d,.]*%?/gu)].flatMap(({ 0: found, index }) => {
    const before = words.slice(0, index);
    const after = words.slice(index + found.length);
    if (/[第·]\s*$/u.test(before) || ordinal.test(after)) return [];
    // 1. or (1) at the head of a paragraph.
    if (/^[（(]?$/u.test(before) && (found.endsWith(".") || /^[.、．）)]/u.test(after))) return [];
    return [found + (/^[\p{L}％]{0,2}/u.exec(after)?.[0] ?? "")];
  });
/** Numbers of a paragraph that no figure tells, each as it is written. */
export const typedNumbers = (written: string): string[] =>
  piecesOf(written).flatMap((piece, at, all) => {
    if (piece.is === "reference") return [];
    const words = piece.text.replace(apart, "—").normalize("NFKC");
    const touching = all[at + 1]?.is === "reference" ? (atEnd.exec(words) ?? []) : [];
    const spelt = [...words.matchAll(counted)].flatMap(({ 0: found }) => (idle.test(found) ? [] : [found]));
    return [...digitsIn(words), ...spelt, ...touching];
  });
/** Claims that there was nothing of what a figure counts: 无投诉举报 wants a signed 零申报. */
export const claimsOfNothing = (written: string): string[] =>
  piecesOf(written).flatMap((piece) => (piece.is === "words" ? [...piece.text.matchAll(nothing)].map(({ 0: found }) => found) : []));
