/** Pages a second, beside a bare Hono page of the same size; and what each page weighs on the wire. */
import { brotliCompressSync, gzipSync } from "node:zlib";
import type { Bare } from "./bare.ts";
import type { Ask, Client } from "./client.ts";
import { inTurns, rateOf } from "./measure.ts";
import { meteredBundle, readMeter } from "./meter.ts";
import type { Product } from "./product.ts";
import { type Cell, printTable, say, times, title } from "./table.ts";

const lanes = 50;
const rounds = 3;
const roundMs = 2_000;

/** The token of a role account of the demonstration, by signing in as a person does. */
async function tokenOf(product: Product, role: string): Promise<string> {
  const account = product.accounts.find((each) => each.role === role);
  if (account === undefined) throw new Error(`the demonstration has no ${role}`);
  const { username, password } = account;
  const { token } = await product.client.json<{ token: string }>("/api/v1/session", { method: "POST", json: { username, password } });
  return token;
}

/** Links within the site of an HTML page, in their order, each once. */
const linksOf = (html: string): string[] => [
  ...new Set([...html.matchAll(/<a\b[^>]*\bhref="(\/[^"#]*)/g)].map((found) => (found[1] ?? "").replaceAll("&amp;", "&"))),
];

/** The first lesson that a learner can open, found as a learner finds it. */
async function lessonPath(client: Client, token: string): Promise<string | null> {
  const visit = async (path: string) => linksOf((await client.ask(path, { token })).body.toString());
  for (const course of (await visit("/courses")).filter((path) => /^\/courses\/[^/?]+$/.test(path)))
    for (const lesson of (await visit(course)).filter((path) => path.startsWith(`${course}/`))) {
      const { status, headers } = await client.ask(lesson, { token });
      if (status === 200 && headers["content-type"]?.startsWith("text/html") === true && !lesson.includes("/cases/")) return lesson;
    }
  return null;
}

export async function measurePages(product: Product, bare: Bare): Promise<void> {
  title("Pages");
  const learner = await tokenOf(product, "learner");
  const lesson = await lessonPath(product.client, learner);
  const pages: { name: string; path: string | null; token?: string }[] = [
    { name: "/ (nobody signed in)", path: "/" },
    { name: "/me (learner)", path: "/me", token: learner },
    { name: "a lesson (learner)", path: lesson, token: learner },
    { name: "/admin/records (administrator)", path: "/admin/records", token: product.token },
  ];
  const rows: Cell[][] = [];
  const asked: { row: Cell[]; path: string; how: Ask }[] = [];
  for (const { name, path, token } of pages) {
    const how = token === undefined ? {} : { token };
    const first = path === null ? null : await product.client.ask(path, how);
    if (path === null || first?.status !== 200) {
      say(`${name}: not there (${first?.status ?? "no link to it"})`);
      continue;
    }
    const bytes = first.body.length;
    const open = (client: Client, pids: readonly number[], what: string, given: Ask) => () =>
      rateOf({
        lanes,
        ms: roundMs,
        pids,
        work: async () => {
          const { status, ms } = await client.ask(what, given);
          if (status !== 200) throw new Error(`${what}: ${status}`);
          return ms;
        },
      });
    const { one, other } = await inTurns(
      rounds,
      open(product.client, product.pids, path, how),
      open(bare.client, bare.pids, `/page/${bytes}`, {}),
    );
    const row = [
      name,
      bytes,
      one.perSecond,
      other.perSecond,
      times(other.perSecond, one.perSecond),
      one.processor,
      other.processor,
      times(one.processor, other.processor),
      one.p95,
    ];
    rows.push(row);
    asked.push({ row, path, how });
  }
  await product.restart(await meteredBundle(product));
  for (const { row, path, how } of asked) {
    await product.client.ask(path, how);
    await readMeter(product.client);
    await product.client.ask(path, how);
    const { queries, trips, read, written } = await readMeter(product.client);
    row.push(queries, trips, read, written);
  }
  await product.restart();
  printTable(
    [
      "page",
      "bytes",
      "pages/s",
      "bare/s",
      "bare ÷ page",
      "workerd ms",
      "bare ms",
      "page ÷ bare",
      "p95 ms",
      "D1 queries",
      "round trips",
      "rows read",
      "written",
    ],
    rows,
  );
}

/** Ids and numbers in a path, so that each kind of page is weighed once. */
const shapeOf = (path: string): string => {
  const [before = "", search = ""] = path.split("?");
  const shape = before
    .replaceAll(/[0-9a-f]{8}-[0-9a-f-]{27}/g, ":id")
    .replaceAll(/[A-Z]+-\d{4}-[A-Z]+-\d+-\d/g, ":number")
    .replaceAll(/\d{4}-\d{2}-\d{2}/g, ":day")
    .replaceAll(/\/\d+(?=\/|$)/g, "/:n");
  return search === "" ? shape : `${shape}?`;
};
/** How many pages at most, over all roles. */
const mostPages = 90;

type Weighed = {
  shape: string;
  role: string;
  plain: number;
  wire: number;
  encoding: string;
  gzip: number;
  brotli: number;
  files: readonly string[];
};

/** Walks the links of the site from some pages on, breadth first. */
async function walk(
  product: Product,
  role: string,
  token: string | undefined,
  from: readonly string[],
  known: Set<string>,
): Promise<Weighed[]> {
  const found: Weighed[] = [];
  const seen = new Set<string>();
  const kinds = new Set<string>();
  const waiting = [...from];
  for (let path = waiting.shift(); path !== undefined && known.size < mostPages; path = waiting.shift()) {
    const shape = shapeOf(path);
    if (seen.has(shape)) continue;
    seen.add(shape);
    const how = token === undefined ? {} : { token };
    // Of courses, lessons and articles the first stands for all.
    const [, area = "", ...below] = shape.split("/");
    const kind = area === "courses" || area === "statutes" ? `${area}/${below.length}/${below.includes("cases") ? "case" : ""}` : shape;
    if (kinds.has(kind)) continue;
    const plain = await product.client.ask(path, { ...how, headers: { "accept-encoding": "identity" } });
    if (plain.status !== 200 || plain.headers["content-type"]?.startsWith("text/html") !== true) continue;
    kinds.add(kind);
    const html = plain.body.toString();
    waiting.push(...linksOf(html).filter((link) => !link.includes("?")));
    if (known.has(shape)) continue;
    known.add(shape);
    const squeezed = await product.client.ask(path, { ...how, headers: { "accept-encoding": "gzip, br" } });
    const files = [...html.matchAll(/(?:src|href)="(\/[^"]+\.(?:css|js|svg|woff2|png))"/g)].map((each) => each[1] ?? "");
    found.push({
      shape,
      role,
      plain: plain.body.length,
      wire: squeezed.body.length,
      encoding: squeezed.headers["content-encoding"] ?? "none",
      gzip: gzipSync(plain.body).length,
      brotli: brotliCompressSync(plain.body).length,
      files: [...new Set(files)],
    });
  }
  return found;
}

export async function measureBytes(product: Product): Promise<void> {
  title("Bytes over the wire");
  const known = new Set<string>();
  const learner = await tokenOf(product, "learner");
  const head = await tokenOf(product, "head");
  const pages = [
    ...(await walk(product, "nobody", undefined, ["/", "/sign-in"], known)),
    ...(await walk(product, "learner", learner, ["/me"], known)),
    ...(await walk(product, "head", head, ["/unit"], known)),
    ...(await walk(product, "administrator", product.token, ["/admin", "/admin/records"], known)),
  ];
  const files = new Map<string, { plain: number; wire: number; encoding: string; gzip: number; cached: string }>();
  for (const path of new Map(pages.flatMap((page) => page.files).map((file) => [shapeOf(file), file])).values()) {
    const plain = await product.client.ask(path, { headers: { "accept-encoding": "identity" } });
    const squeezed = await product.client.ask(path, { headers: { "accept-encoding": "gzip, br" } });
    files.set(shapeOf(path), {
      plain: plain.body.length,
      wire: squeezed.body.length,
      encoding: squeezed.headers["content-encoding"] ?? "none",
      gzip: gzipSync(plain.body).length,
      cached: squeezed.headers["cache-control"] ?? "none",
    });
  }
  const sizeOf = (page: Weighed) => page.files.reduce((sum, path) => sum + (files.get(shapeOf(path))?.wire ?? 0), page.wire);
  printTable(
    ["page", "as", "HTML bytes", "asked gzip, br", "encoding", "if gzip", "if br", "first visit with its files"],
    pages.map((page) => [page.shape, page.role, page.plain, page.wire, page.encoding, page.gzip, page.brotli, sizeOf(page)]),
  );
  printTable(
    ["file", "bytes", "asked gzip, br", "encoding", "if gzip", "cache-control"],
    [...files].map(([path, file]) => [path, file.plain, file.wire, file.encoding, file.gzip, file.cached]),
  );
}
