/**
 * What each page and each answer of the API costs in D1 queries and rows, in the demonstration at a moment that never
 * changes. test/costs.json keeps it (`vitest -u` rewrites it; the diff is read). A page that costs more when the bureau is
 * ten times as large fails: it reads what it does not show.
 */
import { beforeAll, expect, test } from "vitest";
import { anyone } from "#kernel";
import { growTenfold } from "../../support/grow.ts";
import { demonstration, mayWalk, ways, type Demonstration, type Someone, type Way } from "../../support/demonstration.ts";

type Cost = { as: string; status: number; queries: number; read: number; written: number };

/** What grows with the bureau, each with the reason; all else reads no more than what it shows. */
const grows: Readonly<Record<string, string>> = {
  "GET /api/v1/records": "answers every record of the days asked, to its end",
  "GET /admin/records/export": "the same",
  "GET /admin/reports/:report": "distinct and share figures read one index over the year and the reach (src/README.md, decision 4)",
  "GET /admin/reports/annual": "the same",
  "GET /admin/reports/:report/docx": "the same",
  "GET /api/v1/reports/:id": "the same",
  "GET /admin/reports/breakdown": "the same",
  "GET /admin/reports/entered": "the same, beside what is entered",
  "GET /admin/figures/:figure": "the same",
  "GET /api/v1/figures/:id": "the same",
  "GET /admin/requirements/:id/hits": "the preview of a draft runs the query of its activation, over the whole roster",
  "GET /admin/requirements/:id/reminders": "counts the reminders of one requirement, beside a page of fifty",
  "GET /admin/requirements/:id/excused": "its list of three here is full there: ten reads a person, fifty people at most",
  "GET /admin/requirements/:id/form": "shows every unit that the requirement asks something of, with who was absent",
  "GET /admin/requirements/:id/form/export": "the same",
  "GET /admin/form": "the same, for each requirement of a year",
  "GET /admin/form/export": "the same",
  "GET /admin/requirements/:id/rates": "sums by kind add up the kept counts of every unit",
};
/** Even so, no more than in proportion. */
const tenTimes = 12;
/** Readings that leave an audit line, as they must, and nothing else. */
const audited: Readonly<Record<string, string>> = {
  "GET /api/v1/questions/export": "exam questions with their keys",
  "GET /admin/reports/entered/:entered/:id/file": "evidence of an entered figure",
  "GET /excuses/:id/file": "the proof of an exemption",
  "GET /admin/requirements/:id/form": "whole names of who was absent",
  "GET /admin/requirements/:id/form/export": "the same",
  "GET /admin/form": "the same",
  "GET /admin/form/export": "the same",
  "GET /admin/outside/:import/evidence": "a file with the results of many people",
};
/** One line with its indexes. */
const rowsOfAnAuditLine = 9;
/** Rows that a page may read more in the larger bureau: its lists are full there, and not everywhere here. */
const slack = { factor: 1.5, rows: 150, queries: 2 };

const name = ({ method, path }: Way) => `${method} ${path}`;

let shown: Demonstration;
const costOf = async (way: Way): Promise<Cost> => {
  const walkers: (Someone | null)[] =
    way.permission === anyone
      ? [null]
      : mayWalk(way.permission).flatMap((role) => shown.people.find((person) => person.role === role) ?? []);
  let cost: Cost | undefined;
  for (const someone of walkers) {
    const answer = await shown.ask(someone, shown.addressOf(way));
    const count = (header: string) => Number(answer.headers.get(header) ?? Number.NaN);
    cost = {
      as: someone?.role ?? "nobody",
      status: answer.status,
      queries: count("x-d1-queries"),
      read: count("x-d1-rows-read"),
      written: count("x-d1-rows-written"),
    };
    if (answer.ok) break;
  }
  if (cost === undefined) throw new Error(`nobody may walk ${name(way)}`);
  return cost;
};
const reads = ways.filter(({ method }) => method === "GET").toSorted((a, b) => (name(a) < name(b) ? -1 : 1));
const measured = new Map<string, Cost>();

beforeAll(async () => {
  shown = await demonstration();
  for (const way of reads) {
    // The first answer of an isolate may read what later ones have at hand.
    await costOf(way);
    measured.set(name(way), await costOf(way));
  }
}, 180_000);

test("the written costs are these", async () => {
  expect(
    [...measured].filter(([, { queries, read, written }]) => [queries, read, written].some(Number.isNaN)),
    "routes that tell no cost",
  ).toEqual([]);
  const lines = [...measured].map(([route, cost]) => `  ${JSON.stringify(route)}: ${JSON.stringify(cost)}`);
  await expect(`{\n${lines.join(",\n")}\n}\n`).toMatchFileSnapshot("../../costs.json");
});
test("no exception is kept for a route that is gone", () => {
  expect([...Object.keys(grows), ...Object.keys(audited)].filter((route) => !measured.has(route))).toEqual([]);
});
test("reading writes nothing", () => {
  expect(
    [...measured]
      .filter(([route, { written }]) => written > (audited[route] === undefined ? 0 : rowsOfAnAuditLine))
      .map(([route, { written }]) => `${route} writes ${written} rows`),
  ).toEqual([]);
});
test("no page costs more in a bureau ten times as large", async () => {
  await growTenfold(shown.env);
  const dearer: string[] = [];
  for (const way of reads) {
    const before = measured.get(name(way));
    if (before === undefined) continue;
    const after = await costOf(way);
    const factor = grows[name(way)] === undefined ? slack.factor : tenTimes;
    if (after.read > before.read * factor + slack.rows || after.queries > before.queries + slack.queries)
      dearer.push(
        `${name(way)} as ${after.as}: ${before.queries} queries and ${before.read} rows read, ten times as large ${after.queries} and ${after.read}`,
      );
  }
  expect(dearer).toEqual([]);
}, 300_000);
