/**
 * Any table of any page as a whole: the page is made again as for its reader, page after page of its list, and the table taken
 * out of the markup. So a file holds what its page shows, to whom it shows it, and nothing else.
 */
import { writeXlsx } from "hucre/xlsx";
import type { Context } from "../context.ts";
import { commit } from "../db/commit.ts";
import { NotFound } from "../errors.ts";
import { reachOf, signedIn, type Permission } from "../identity/permission.ts";
import { readBody } from "../settings.ts";
import { say } from "../text/text.ts";
import { momentWords } from "../text/time.ts";
import { kernelText } from "../text/words.ts";

/** So many rows at the most, and so many queries; what is cut says so in its last row. */
const mostRows = 5_000;
const mostQueries = 850;

/** A cell as shown; a number where the column is one of numbers. */
type Cell = string | number;
type Taken = {
  caption: string;
  heading: string;
  head: string[];
  /** Columns in which something can be pressed. */ acts: Set<number>;
  rows: Cell[][];
  /** The address of the list's next page, if the table's list has one. */ next: string | null;
  /** What the page was narrowed by, as its form says it. */ filters: string[];
};
/** A table as a whole, with what is told above it. */
export type Sheet = {
  unit: string;
  at: string;
  caption: string;
  /** Unit and scope, moment and who, filters, address. */ lines: string[];
  head: string[];
  rows: Cell[][];
  cut: string | null;
};

const entities: Readonly<Record<string, string>> = { "&amp;": "&", "&lt;": "<", "&gt;": ">", "&quot;": '"', "&#39;": "'" };
const plain = (html: string) =>
  html
    .replace(/&(?:amp|lt|gt|quot|#39);/g, (entity) => entities[entity] ?? entity)
    .replace(/[^\S\n]+/g, " ")
    .replace(/ ?\n[ \n]*/g, "\n")
    .trim();
/** What a cell shows that is no content: what is pressed, and what is not seen or not printed. */
const unseen = ["button", "form", "svg", "a.btn", ".no-print", ".visually-hidden"];
/** A text that no spreadsheet runs: what starts like a formula gets an apostrophe. */
export const harmless = (text: string): string => (/^[=+\-@\t\r\uFF1D\uFF0B\uFF0D\uFF20]/.test(text) ? `'${text}` : text);
const numeric = /^-?(?:0|[1-9]\d{0,14})(?:\.\d+)?$/;

/** The n-th table of a page, with its caption, its next page and its filters. */
const takeTable = async (html: string, n: string, asked: URLSearchParams): Promise<Taken | null> => {
  const taken: Taken = { caption: "", heading: "", head: [], acts: new Set(), rows: [], next: null, filters: [] };
  const at: {
    /** Where text goes now; null: nowhere. */ into: string[] | null;
    /** How many elements are open that show no content. */ skipped: number;
    /** The table that was begun last: a list's next page is told after it. */ table: string | null;
    found: boolean;
  } = { into: null, skipped: 0, table: null, found: false };
  const collect = (element: Element, done: (text: string) => void) => {
    const before = at.into;
    const own: string[] = [];
    at.into = own;
    element.onEndTag(() => {
      done(plain(own.join("")));
      at.into = before;
    });
  };
  const inTable = `table[data-sheet="${n}"]`;
  const label = { text: "", of: "" };
  let select = "";
  const narrowedBy = (name: string | null, value: string) => {
    if (name !== null && name !== "" && (asked.get(name) ?? "") !== "" && value !== "") taken.filters.push(`${label.text}：${value}`);
  };
  await new HTMLRewriter()
    .on("table[data-sheet]", {
      element: (element) => {
        at.table = element.getAttribute("data-sheet");
        at.found ||= at.table === n;
      },
    })
    .on("h1", { element: (element) => collect(element, (text) => (taken.heading = text)) })
    .on(`${inTable} caption`, { element: (element) => collect(element, (text) => (taken.caption = text)) })
    .on(`${inTable} thead th`, { element: (element) => collect(element, (text) => taken.head.push(text)) })
    .on(`${inTable} tbody tr`, { element: () => void taken.rows.push([]) })
    .on(`${inTable} tbody td, ${inTable} tbody th`, {
      element: (element) => {
        const isNumber = /(?:^|\s)r(?:\s|$)/.test(element.getAttribute("class") ?? "");
        const span = Number(element.getAttribute("colspan") ?? "1");
        collect(element, (text) => {
          const row = taken.rows.at(-1) ?? [];
          row.push(isNumber && numeric.test(text) ? Number(text) : text);
          for (let more = 1; more < span; more++) row.push("");
        });
      },
    })
    .on(`${inTable} tbody br, ${inTable} tbody p, ${inTable} tbody li, ${inTable} tbody div`, { element: () => void at.into?.push("\n") })
    .on(unseen.map((what) => `${inTable} tbody ${what}`).join(", "), {
      element: (element) => {
        at.skipped += 1;
        taken.acts.add(taken.rows.at(-1)?.length ?? 0);
        element.onEndTag(() => void (at.skipped -= 1));
      },
    })
    .on('a[rel="next"]', {
      element: (element) => {
        if (at.table === n) taken.next = plain(element.getAttribute("href") ?? "");
      },
    })
    .on("form.filters label", { element: (element) => collect(element, (text) => (label.text = text)) })
    .on("form.filters input", {
      element: (element) => {
        const type = element.getAttribute("type") ?? "text";
        if (["text", "search", "date", "number", "tel"].includes(type))
          narrowedBy(element.getAttribute("name"), plain(element.getAttribute("value") ?? ""));
      },
    })
    .on("form.filters select", { element: (element) => void (select = element.getAttribute("name") ?? "") })
    .on("form.filters option[selected]", { element: (element) => collect(element, (text) => narrowedBy(select, text)) })
    .onDocument({
      text: (chunk) => {
        if (at.skipped === 0) at.into?.push(chunk.text.replaceAll("\n", " "));
      },
    })
    .transform(new Response(html))
    .text();
  return at.found ? taken : null;
};

/** `page`: the page's markup at an address of its own, for the very reader. */
type Ask = { ctx: Context; permission: Permission; page: (at: URL) => Promise<string> };
/**
 * The n-th table of the page that was asked for, to the end of its list, and a line of the audit.
 * @throws {Unauthenticated} nobody is signed in: the audit says who took it
 * @throws {NotFound} the page has no such table
 */
export const takeSheet = async ({ ctx, permission, page }: Ask, n: string): Promise<Sheet> => {
  const actor = ctx.allow(signedIn);
  const from = new URL(ctx.request.url);
  for (const name of ["sheet", "print", "after"]) from.searchParams.delete(name);
  if (!/^\d{1,3}$/.test(n)) throw new NotFound(kernelText.notFound);
  const first = await takeTable(await page(from), n, from.searchParams);
  if (first === null) throw new NotFound(kernelText.notFound);
  const { rows } = first;
  let { next } = first;
  while (next !== null && rows.length < mostRows && ctx.meter.queries < mostQueries) {
    const more: Taken | null = await takeTable(await page(new URL(next, from)), n, from.searchParams);
    rows.push(...(more?.rows ?? []));
    next = more?.next ?? null;
  }
  // A column of buttons alone is none of a file.
  const kept = first.head.flatMap((_, n) => (first.acts.has(n) && rows.every((row) => (row[n] ?? "") === "") ? [] : [n]));
  const isCut = next !== null || rows.length > mostRows;
  const t = (words: Parameters<typeof say>[1], facts = {}) => say(ctx.language, words, facts);
  const address = from.pathname + from.search;
  const caption = first.heading === "" || first.heading === first.caption ? first.caption : `${first.heading} · ${first.caption}`;
  const all = permission.by === "everyone" ? null : reachOf(actor, permission).all;
  await commit(ctx, { statements: [], audit: { command: "kernel.export", note: `${address}: ${caption}, ${rows.length}` } });
  const unit = (await readBody(ctx)).name;
  const at = momentWords(ctx.now, ctx.zone, ctx.language);
  return {
    unit,
    at,
    caption,
    lines: [
      t(kernelText.sheetUnit, {
        unit,
        scope: t(all === true ? kernelText.sheetAll : all === null ? kernelText.sheetShown : kernelText.sheetReach),
      }),
      t(kernelText.sheetMoment, { at, who: actor.name }),
      t(kernelText.sheetFilters, { filters: first.filters.length === 0 ? t(kernelText.sheetNoFilter) : first.filters.join("；") }),
      t(kernelText.sheetAddress, { address: `${ctx.origin}${address}` }),
    ],
    head: kept.map((n) => first.head[n] ?? ""),
    rows: rows.slice(0, mostRows).map((row) => kept.map((n) => row[n] ?? "")),
    cut: isCut ? t(kernelText.sheetCut, { n: Math.min(rows.length, mostRows) }) : null,
  };
};

const widthOf = (cell: Cell | undefined) =>
  Math.max(
    ...String(cell ?? "")
      .split("\n")
      .map((line) => [...line].reduce((sum, c) => sum + (c.charCodeAt(0) < 0x2000 ? 1 : 2), 0)),
  );
/** The table as a file that opens right in Excel and WPS. */
export const sheetFile = async (ctx: Context, { unit, at, caption, lines, head, rows, cut }: Sheet): Promise<Response> => {
  const safe = (cell: Cell) => (typeof cell === "number" ? cell : harmless(cell));
  const file = await writeXlsx({
    sheets: [
      {
        name: caption.replace(/[\\/?*[\]:]/g, " ").slice(0, 31),
        columns: head.map((words, n) => ({
          width: Math.min(50, 2 + rows.reduce((most, row) => Math.max(most, widthOf(row[n])), widthOf(words))),
        })),
        rows: [
          [harmless(caption)],
          ...lines.map((line) => [harmless(line)]),
          head.map(harmless),
          ...rows.map((row) => row.map(safe)),
          ...(cut === null ? [] : [[cut]]),
        ],
        cells: new Map([0, lines.length + 1].flatMap((row) => head.map((_, n) => [`${row},${n}`, { style: { font: { bold: true } } }]))),
        freezePane: { rows: lines.length + 2 },
        // On paper: A4, as wide as a page, the header on each, with the body, the page's number and the moment below.
        pageSetup: {
          paperSize: "a4",
          orientation: head.length > 6 ? "landscape" : "portrait",
          fitToPage: true,
          fitToWidth: 1,
          fitToHeight: 0,
          printTitlesRow: `$${lines.length + 2}:$${lines.length + 2}`,
        },
        headerFooter: { oddFooter: `&L${unit.replaceAll("&", "&&")}&C&P / &N&R${at}` },
      },
    ],
  });
  const name = `${caption}-${ctx.today}.xlsx`.replace(/[\\/:*?"<>|]/g, " ");
  return new Response(file, {
    headers: {
      "content-type": "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
      "content-disposition": `attachment; filename="table-${ctx.today}.xlsx"; filename*=UTF-8''${encodeURIComponent(name)}`,
    },
  });
};
