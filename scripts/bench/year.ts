/** The officer's year: a rule switched on, one person's change, and the pages that count, for a bureau and for one with 20,000 people more. */
import { randomUUID } from "node:crypto";
import { performance } from "node:perf_hooks";
import { setTimeout as sleep } from "node:timers/promises";
import Papa from "papaparse";
import { v7 } from "uuid";
import { head, importFile, roster } from "./files.ts";
import { median } from "./measure.ts";
import { meteredBundle, readMeter, type Cost } from "./meter.ts";
import type { Product } from "./product.ts";
import { type Cell, printTable, say, times, title } from "./table.ts";

const today = (): string => new Date(Date.now() + 8 * 3_600_000).toISOString().slice(0, 10);
const post = (product: Product, path: string, form: Readonly<Record<string, string>>) =>
  product.client.ask(path, {
    method: "POST",
    token: product.token,
    bytes: Buffer.from(new URLSearchParams(form).toString()),
    headers: { "content-type": "application/x-www-form-urlencoded" },
  });
const count = async (product: Product, sql: string, ...values: string[]): Promise<number> =>
  (await product.db
    .prepare(sql)
    .bind(...values)
    .first<number>("n")) ?? 0;

/** A draft that asks a course and an exam of everybody, at the main position. */
async function draft(product: Product): Promise<string> {
  const id = v7();
  const year = today().slice(0, 4);
  await product.db
    .prepare(
      `insert into requirements_requirement (id, name, study_kind, study_object, study_title, exam, exam_title, roster, year, from_day, due_day, state, created_by, created_at)
       select ?1, '全员学法 ' || ?2, 'course', c.id, '课程', e.id, e.title, 0, ?3, ?3 || '-01-01', ?3 || '-12-31', 'draft', p.id, 0
       from (select id from courses_course limit 1) c, (select id, title from exams_exam limit 1) e, (select id from kernel_person limit 1) p`,
    )
    .bind(id, randomUUID().slice(0, 4), year)
    .run();
  return id;
}
/** Switches it on and waits until it hit everybody. */
async function switchOn(product: Product, id: string): Promise<{ seconds: number; cost: Cost; people: number }> {
  await readMeter(product.client);
  const began = performance.now();
  const answer = await post(product, `/admin/requirements/${id}/activate`, { id });
  if (answer.status >= 400) throw new Error(`activate: ${answer.status} ${answer.body.toString().slice(0, 300)}`);
  const busy = () =>
    count(product, "select count(*) as n from kernel_job where state in ('queued', 'running') and kind like 'requirements.%'");
  while ((await busy()) > 0) {
    if (performance.now() - began > 240_000) throw new Error("the rule is not on after four minutes");
    await sleep(100);
  }
  const seconds = (performance.now() - began) / 1000;
  const cost = await readMeter(product.client);
  return {
    seconds,
    cost,
    people: await count(product, "select whole as n from kernel_due where requirement = ? and unit = '' and slot = 'study'", id),
  };
}
/** The middle latency and the rows of one page. */
async function visit(product: Product, path: string): Promise<{ ms: number; cost: Cost }> {
  const taken: number[] = [];
  for (let n = 0; n < 12; n += 1) {
    const { status, ms } = await product.client.ask(path, { token: product.token });
    if (status !== 200) throw new Error(`${path}: ${status}`);
    taken.push(ms);
  }
  await readMeter(product.client);
  await product.client.ask(path, { token: product.token });
  return { ms: median(taken), cost: await readMeter(product.client) };
}
/** A person joins and leaves 学法名册: all rules that are on are looked at again. */
async function changeOne(product: Product): Promise<Cost> {
  const person =
    (await product.db
      .prepare(
        "select p.id from kernel_person p join kernel_position h on h.person = p.id and h.until_day is null where not exists (select 1 from kernel_roster_mark m where m.person = p.id) order by p.id limit 1",
      )
      .first<string>("id")) ?? "";
  await readMeter(product.client);
  const answer = await post(product, `/admin/people/${person}/roster`, { person, from: today() });
  if (answer.status >= 400) throw new Error(`mark: ${answer.status}`);
  return readMeter(product.client);
}
/** A 履职报告 of the year, whose text names the figures of its template: its id, and how many figures that are. */
async function write(product: Product, requirement: string): Promise<{ report: string; figures: number }> {
  const report = v7();
  const answer = await post(product, "/admin/reports", {
    id: report,
    template: "performance",
    year: today().slice(0, 4),
    study: requirement,
    exam: requirement,
  });
  if (answer.status >= 400) throw new Error(`report: ${answer.status} ${answer.body.toString().slice(0, 300)}`);
  const text = (await product.db.prepare("select blocks from reports_version where report = ?").bind(report).first<string>("blocks")) ?? "";
  return { report, figures: new Set([...text.matchAll(/\{\{((?!entered)[^}#]+)/g)].map(([, figure]) => figure)).size };
}

export async function measureYear(product: Product): Promise<void> {
  title("The officer's year");
  await product.restart(await meteredBundle(product));
  const sizes: {
    people: number;
    on: Awaited<ReturnType<typeof switchOn>>;
    change: Cost;
    figures: number;
    pages: Map<string, Awaited<ReturnType<typeof visit>>>;
  }[] = [];
  for (const grown of [false, true]) {
    if (grown) {
      const csv = Buffer.from(`\uFEFF${Papa.unparse([head, ...(await roster(product, 7))])}`);
      const { counts, seconds } = await importFile(product, csv, "text/csv");
      say(`${counts.new.toLocaleString("en")} people more, with what is due to them by the rules that are on: ${seconds.toFixed(1)} s\n`);
    }
    const id = await draft(product);
    const on = await switchOn(product, id);
    const change = await changeOne(product);
    const { report, figures } = await write(product, id);
    const pages = new Map<string, Awaited<ReturnType<typeof visit>>>();
    for (const path of [
      "/admin",
      `/admin/figures/requirements.studied-rate?requirement=${id}`,
      `/admin/figures/requirements.sat-rate?requirement=${id}`,
      `/admin/requirements/${id}/people?slot=exam&show=open`,
      "/admin/reports/annual",
      `/admin/reports/${report}`,
      `/admin/reports/${report}/docx`,
    ])
      pages.set(path.replace(id, ":id").replace(report, ":report"), await visit(product, path));
    sizes.push({ people: await count(product, "select count(*) as n from kernel_person"), on, change, figures, pages });
  }
  await product.restart();
  const [small, large] = sizes;
  if (small === undefined || large === undefined) throw new Error("nothing was measured");
  printTable(
    ["a rule switched on", "people hit", "seconds", "ms a person", "rows read a person", "written a person", "trips"],
    sizes.map(({ people, on }) => [
      `${people.toLocaleString("en")} people`,
      on.people,
      on.seconds,
      (on.seconds * 1000) / on.people,
      on.cost.read / on.people,
      on.cost.written / on.people,
      on.cost.trips,
    ]),
  );
  say(`The report's text names ${small.figures} counted figures; DOCX is the same with its annex.`);
  const rows: Cell[][] = [
    [
      "one person's change, all of the request",
      small.change.read,
      large.change.read,
      times(large.change.read, small.change.read),
      "—",
      "—",
    ],
  ];
  for (const [path, { ms, cost }] of small.pages) {
    const after = large.pages.get(path);
    if (after !== undefined) rows.push([path, cost.read, after.cost.read, times(after.cost.read, cost.read), ms, after.ms]);
  }
  printTable(
    ["D1 rows read", `${small.people.toLocaleString("en")} people`, `${large.people.toLocaleString("en")} people`, "ratio", "ms", "ms"],
    rows,
  );
}
