/**
 * A number and its rows are the same: each figure on each page, as each role, is opened and its rows are counted. A link of
 * class `fig` shows a number; the page that it opens says it again in `data-value` (and, for a share, its whole in
 * `data-total`), and has one `data-row` for each counted thing, page by page (`rel="next"`); `data-part="1"` where it is in
 * the part.
 */
import { applyD1Migrations, reset } from "cloudflare:test";
import { env } from "cloudflare:workers";
import { beforeAll, describe, expect, test } from "vitest";
import { demonstration, ways, type Demonstration, type Someone } from "../../support/demonstration.ts";
import { growTenfold } from "../../support/grow.ts";

const atLeast = 10_000;
const attribute = (tag: string, name: string) => new RegExp(`\\b${name}="([^"]*)"`).exec(tag)?.[1]?.replaceAll("&amp;", "&");
const words = (html: string) => html.replace(/<[^>]*>/g, "").trim();
/** The figures of a page: where each leads, and what it says. */
const figuresOf = (html: string) =>
  [...html.matchAll(/(<a\b[^>]*\bclass="fig"[^>]*>)(.*?)<\/a>/gs)].map(([, tag = "", inner = ""]) => ({
    href: attribute(tag, "href") ?? "",
    says: words(inner),
  }));

type Opened = { value: number; total: number; says: string; rows: number; parts: number; repeated: number };
const openFigure = async (shown: Demonstration, who: Someone | null, href: string): Promise<Opened | string> => {
  const keys = new Set<string>();
  let rows = 0;
  let parts = 0;
  let head: { value: number; total: number; says: string } | undefined;
  for (let next: string | undefined = href; next !== undefined;) {
    const answer = await shown.ask(who, next);
    const html = await answer.text();
    const number = /(<[a-z]+\b[^>]*\bdata-value="[^>]*>)(.*?)<\//s.exec(html);
    if (!answer.ok || number === null) return `${next} answers ${answer.status} and shows no number`;
    const value = Number(attribute(number[1] ?? "", "data-value"));
    head ??= { value, total: Number(attribute(number[1] ?? "", "data-total") ?? value), says: words(number[2] ?? "") };
    for (const [tag] of html.matchAll(/<[a-z]+\b[^>]*\bdata-row="[^>]*>/g)) {
      rows++;
      keys.add(attribute(tag, "data-row") ?? "");
      if (attribute(tag, "data-part") !== "0") parts++;
    }
    const pager = /<a\b[^>]*\brel="next"[^>]*>/.exec(html)?.[0];
    next = pager === undefined ? undefined : attribute(pager, "href");
  }
  return head === undefined ? `${href} shows nothing` : { ...head, rows, parts, repeated: rows - keys.size };
};
/** The standing form has a figure a cell: of a page with more than this, so many are opened, evenly spread. */
const most = 80;
const some = <T>(all: readonly T[]): readonly T[] => all.filter((_, n) => n % Math.ceil(all.length / most) === 0);
/** Opens every figure of every page as every role; answers how many, and each that does not hold. */
const crawl = async (shown: Demonstration) => {
  const wrong: string[] = [];
  let opened = 0;
  let counted = 0;
  for (const someone of [null, ...shown.people]) {
    const seen = new Set<string>();
    for (const way of ways.filter(({ method, page }) => page && method === "GET")) {
      const answer = await shown.ask(someone, shown.addressOf(way));
      if (!answer.ok || !(answer.headers.get("content-type") ?? "").startsWith("text/html")) continue;
      for (const { href, says } of some(figuresOf(await answer.text()))) {
        if (seen.has(href)) continue;
        seen.add(href);
        const figure = await openFigure(shown, someone, href);
        const where = `${way.path} as ${someone?.role ?? "nobody"}: ${says} (${href})`;
        opened++;
        if (typeof figure === "string") {
          wrong.push(`${where}: ${figure}`);
          continue;
        }
        counted += figure.rows;
        // In a table whose head says of what, the number stands alone.
        if (figure.says !== says && String(figure.value) !== says) wrong.push(`${where}: opens to ${figure.says}`);
        if (figure.rows !== figure.total || figure.parts !== figure.value || figure.repeated > 0)
          wrong.push(
            `${where}: ${figure.value} of ${figure.total}, but ${figure.rows} rows, ${figure.parts} of them in the part, ${figure.repeated} repeated`,
          );
      }
    }
  }
  return { opened, counted, wrong };
};

describe("with no record yet", () => {
  let shown: Demonstration;
  beforeAll(async () => {
    shown = await demonstration(["people", "statutes", "bank"]);
  }, 120_000);
  test("each figure opens, and has as many rows as it says", async () => {
    const { opened, wrong } = await crawl(shown);
    expect(wrong).toEqual([]);
    expect(opened).toBeGreaterThan(0);
  }, 120_000);
});
describe(`with ${atLeast} records and more`, () => {
  let shown: Demonstration;
  const records = async () => (await shown.env.DB.prepare("select count(*) as n from kernel_record").first<number>("n")) ?? 0;
  beforeAll(async () => {
    await reset();
    await applyD1Migrations(env.DB, env.MIGRATIONS);
    shown = await demonstration();
    if ((await records()) < atLeast) await growTenfold(shown.env);
    expect(await records()).toBeGreaterThanOrEqual(atLeast);
  }, 180_000);
  test("each figure opens, and has as many rows as it says", async () => {
    const { opened, counted, wrong } = await crawl(shown);
    expect(wrong).toEqual([]);
    expect(opened).toBeGreaterThan(5);
    expect(counted).toBeGreaterThan(atLeast);
  }, 600_000);
});
