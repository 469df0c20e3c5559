/** What a check finds: always with file and line. An error fails `npm run content`; a hint asks the author to look. */
export type Problem = { readonly level: "error" | "hint"; readonly file: string; readonly line: number; readonly words: string };

/** Gathers problems of a file. */
export class Problems {
  readonly list: Problem[] = [];
  error(file: string, line: number, words: string): void {
    this.list.push({ level: "error", file, line, words });
  }
  hint(file: string, line: number, words: string): void {
    this.list.push({ level: "hint", file, line, words });
  }
  get errors(): Problem[] {
    return this.list.filter((p) => p.level === "error");
  }
}
