/** Tables on the terminal, which are Markdown too. */
import { loadAverage } from "./measure.ts";

export type Cell = string | number;

const fixed = (value: number) =>
  Number.isInteger(value)
    ? value.toLocaleString("en")
    : value.toLocaleString("en", { maximumFractionDigits: Math.abs(value) < 10 ? 2 : Math.abs(value) < 100 ? 1 : 0 });
/** Chinese letters take two places. */
const width = (text: string) => [...text].reduce((sum, letter) => sum + ((letter.codePointAt(0) ?? 0) > 0x2e7f ? 2 : 1), 0);

export function printTable(head: readonly string[], rows: readonly (readonly Cell[])[]): void {
  const texts = rows.map((row) => row.map((cell) => (typeof cell === "number" ? fixed(cell) : cell)));
  const widths = head.map((title, n) => Math.max(width(title), ...texts.map((row) => width(row[n] ?? ""))));
  const isNumber = head.map((_, n) => rows.every((row) => typeof row[n] === "number" || row[n] === "" || row[n] === "—"));
  const line = (cells: readonly string[]) =>
    `| ${cells.map((cell, n) => (isNumber[n] === true ? " ".repeat((widths[n] ?? 0) - width(cell)) + cell : cell + " ".repeat((widths[n] ?? 0) - width(cell)))).join(" | ")} |`;
  const rule = `| ${widths.map((n, at) => (isNumber[at] === true ? `${"-".repeat(n - 1)}:` : "-".repeat(n))).join(" | ")} |`;
  process.stdout.write(`${[line(head), rule, ...texts.map(line)].join("\n")}\n\n`);
}
export const say = (text: string): void => void process.stdout.write(`${text}\n`);
export const title = (text: string): void => say(`\n## ${text}  (load average ${loadAverage()})\n`);
/** How many times one is the other. */
export const times = (one: number, other: number): string => (other === 0 ? "—" : `${fixed(one / other)}×`);
