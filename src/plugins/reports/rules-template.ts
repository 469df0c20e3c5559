/** The reports that one may begin with: their headings and sentences, each number a reference to its figure. */
import { government } from "./rules-template-government.ts";
import { performance } from "./rules-template-performance.ts";
import type { Block } from "./schema.ts";
import type { Content, Report } from "./store-report.ts";

/** A report to begin with. `{body}` and `{year}` are filled when it is made; figures (`{{…}}`) each time that it is read. */
export type Template = { title: string; addressee: string; blocks: readonly Block[] };
export const templateIds = ["performance", "government"] as const satisfies readonly Report["template"][];
const templates: Readonly<Record<Report["template"], Template>> = { performance, government };

/** What a new report of a body and a year says. */
export const contentOf = (
  id: Report["template"],
  { year, body }: { year: number; body: string },
): Pick<Content, "title" | "addressee" | "signer" | "blocks"> => {
  const { title, addressee, blocks } = templates[id];
  const filled = (words: string) =>
    words
      .replaceAll("{body}", body)
      .replaceAll("{next}", String(year + 1))
      .replaceAll("{year}", String(year));
  return {
    title: filled(title),
    addressee: filled(addressee),
    signer: body,
    blocks: blocks.map(({ kind, text }) => ({ kind, text: filled(text) })),
  };
};
