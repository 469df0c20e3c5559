/** Rosters in and records out: rows a second, and workerd's memory over idle. Each file meets a workerd just started. */
import { createHash, randomBytes } from "node:crypto";
import { performance } from "node:perf_hooks";
import { setTimeout as sleep } from "node:timers/promises";
import { streamXlsxRows, writeXlsx } from "hucre/xlsx";
import Papa from "papaparse";
import { v7 } from "uuid";
import { forgetPeak, memoryNow, memoryPeak } from "./measure.ts";
import type { Product } from "./product.ts";
import { type Cell, printTable, say, title } from "./table.ts";

const rosterRows = 20_000;
const recordRows = 200_000;
const goals = { import: 60, memory: 128 };

/** A workerd that has answered a little and rests: what it holds then is “idle”. */
async function rested(product: Product): Promise<number> {
  await product.restart();
  for (let n = 0; n < 20; n += 1) await product.client.ask("/admin/records", { token: product.token });
  await sleep(1_500);
  const idle = memoryNow(product.pids);
  forgetPeak(product.pids);
  return idle;
}

/* Import */

const surnames = Array.from("赵钱孙李周吴郑王冯陈褚卫蒋沈韩杨朱秦尤许何吕施张孔曹严华金魏");
const given = Array.from("伟芳娜敏静丽强磊军洋勇艳杰娟涛明超秀霞平刚桂英华玉兰萍鹏辉宁");
const letter = (from: readonly string[], n: number) => from[n % from.length] ?? "";
export const head = ["姓名", "工号", "单位", "手机号", "任职日期"];

/** A roster of people whom nobody knows yet, spread over the demonstration's units. `batch` keeps two rosters apart. */
export async function roster(product: Product, batch: number): Promise<string[][]> {
  const { results } = await product.db
    .prepare("select name from kernel_unit where status = 'open' group by name having count(*) = 1 order by name")
    .all<{ name: string }>();
  const units = results.map((row) => row.name);
  return Array.from({ length: rosterRows }, (_, n) => [
    `${letter(surnames, n)}${letter(given, Math.floor(n / surnames.length))}${letter(given, Math.floor(n / surnames.length / given.length) + batch * 15)}`,
    `B${batch}${String(n).padStart(6, "0")}`,
    letter(units, n),
    `15${batch}${String(n * 37).padStart(8, "0")}`,
    "2024-09-01",
  ]);
}

type Counts = {
  rows: number;
  new: number;
  changed: number;
  unchanged: number;
  refused: number;
  problems: { code: string; message: string }[];
};
type Job = { state: "queued" | "running" | "done" | "failed"; result: Counts | null; problem?: string };

export async function importFile(product: Product, bytes: Uint8Array, type: string): Promise<{ counts: Counts; seconds: number }> {
  const began = performance.now();
  const answer = await product.client.ask("/api/v1/people/import?good_rows=1", {
    method: "POST",
    token: product.token,
    bytes,
    headers: { "content-type": type },
  });
  const took = () => (performance.now() - began) / 1000;
  if (answer.status === 200) return { counts: JSON.parse(answer.body.toString()) as Counts, seconds: took() };
  if (answer.status !== 202) throw new Error(`import: ${answer.status} ${answer.body.toString().slice(0, 300)}`);
  for (;;) {
    const job = await product.client.json<Job>(answer.headers.location ?? "", { token: product.token });
    if (job.state === "failed") throw new Error(`import: ${job.problem}`);
    if (job.state === "done" && job.result !== null) return { counts: job.result, seconds: took() };
    if (took() > 180) throw new Error("the import is not done after three minutes");
    await sleep(250);
  }
}

async function measureImport(product: Product): Promise<void> {
  const xlsx = await writeXlsx({ sheets: [{ name: "名册", rows: [head, ...(await roster(product, 1))] }] });
  const csv = Buffer.from(`\uFEFF${Papa.unparse([head, ...(await roster(product, 2))])}`);
  const rows: Cell[][] = [];
  for (const [name, bytes, type] of [
    ["xlsx", xlsx, "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"],
    ["csv", csv, "text/csv"],
    ["the same csv again", csv, "text/csv"],
  ] as const) {
    const idle = await rested(product);
    const { counts, seconds } = await importFile(product, bytes, type);
    const over = memoryPeak(product.pids) - idle;
    rows.push([
      name,
      Math.round(bytes.length / 1024),
      counts.rows,
      counts.new,
      counts.unchanged,
      counts.refused,
      seconds,
      counts.rows / seconds,
      idle,
      over,
    ]);
    if (counts.refused > 0) say(`refused, for example: ${counts.problems[0]?.code} ${counts.problems[0]?.message}`);
  }
  say(`Import of a roster (goals: 20,000 rows within ${goals.import} s, at most ${goals.memory} MB over idle)`);
  printTable(["people", "kB", "rows", "new", "unchanged", "refused", "seconds", "rows/s", "idle MB", "peak over idle, MB"], rows);
}

/* Export */

const hex = (bytes: number) => randomBytes(bytes).toString("hex");

/** Facts of a year among the demonstration's people, by the statement with which the ledger writes. */
async function fillLedger(product: Product): Promise<number> {
  const { results } = await product.db
    .prepare(
      "select p.id as person, h.unit, h.id as position from kernel_person p join kernel_position h on h.person = p.id where h.until_day is null group by p.id order by p.id limit 1500",
    )
    .all<{ person: string; unit: string; position: string }>();
  const now = Date.now();
  const size = 2_000;
  let seconds = 0;
  await product.offline((database) => {
    const began = performance.now();
    const insert = database.prepare(
      `insert into kernel_record (id, verb, object_kind, object_id, person, unit, position, at, day, recorded_at, score, seconds, source, evidence, once, corrects, void, salt, leaf)
       select value ->> 'id', value ->> 'verb', value ->> 'objectKind', value ->> 'objectId', value ->> 'person', value ->> 'unit', value ->> 'position', value ->> 'at', value ->> 'day', ?2,
         value ->> 'score', value ->> 'seconds', value ->> 'source', value ->> 'evidence', value ->> 'once', value ->> 'corrects', value ->> 'void', value ->> 'salt', value ->> 'leaf' from json_each(?1) where true`,
    );
    database.exec("begin");
    for (let from = 0; from < recordRows; from += size)
      insert.run(
        JSON.stringify(
          Array.from({ length: Math.min(size, recordRows - from) }, (_, n) =>
            recordOf(from + n, results[(from + n) % results.length], now),
          ),
        ),
        now,
      );
    database.exec("commit");
    seconds = (performance.now() - began) / 1000;
  });
  return seconds;
}
type Place = { person: string; unit: string; position: string };
const recordOf = (n: number, place: Place | undefined, now: number) => {
  const at = now - Math.floor((n / recordRows) * 360) * 86_400_000 - (n % 36_000) * 1_000;
  const fixed = {
    id: v7({ msecs: at }),
    verb: "studied",
    objectKind: "lesson",
    objectId: `bench/lesson-${n % 40}`,
    person: place?.person,
    unit: place?.unit,
    at,
    source: "own",
    once: `studied/bench/${n}`,
    void: false,
    salt: hex(16),
  };
  const leaf = createHash("sha256").update(JSON.stringify(fixed)).digest("hex");
  return {
    ...fixed,
    position: place?.position,
    day: new Date(at + 8 * 3_600_000).toISOString().slice(0, 10),
    seconds: 600,
    score: null,
    evidence: null,
    corrects: null,
    leaf,
  };
};

/** Lines that end, but for the header. */
const linesIn = (pieces: readonly Buffer[], header: number): number =>
  pieces.reduce((sum, piece) => sum + piece.toString("latin1").split("\n").length - 1, 0) - header;
async function sheetRows(bytes: Buffer): Promise<number> {
  let rows = -1;
  for await (const _ of streamXlsxRows(bytes)) rows += 1;
  return rows;
}

async function measureExport(product: Product): Promise<void> {
  const filled = await fillLedger(product);
  const there = (await product.db.prepare("select count(*) as n from kernel_record").first<number>("n")) ?? 0;
  say(
    `${recordRows.toLocaleString("en")} records written in ${filled.toFixed(1)} s by bulk statements straight to D1’s file; the ledger holds ${there.toLocaleString("en")}\n`,
  );
  const rows: Cell[][] = [];
  for (const format of ["csv", "ndjson", "xlsx"] as const) {
    const idle = await rested(product);
    const pieces: Buffer[] = [];
    const start = performance.now();
    let first = 0;
    const { status } = await product.client.ask(`/api/v1/records?format=${format}`, {
      token: product.token,
      onBytes: (bytes) => {
        if (first === 0) first = performance.now() - start;
        pieces.push(bytes);
      },
    });
    const seconds = (performance.now() - start) / 1000;
    const over = memoryPeak(product.pids) - idle;
    if (status !== 200) throw new Error(`export ${format}: ${status}`);
    const found = format === "xlsx" ? await sheetRows(Buffer.concat(pieces)) : linesIn(pieces, format === "csv" ? 1 : 0);
    rows.push([
      format,
      found === there ? "all" : `${found} of ${there}`,
      seconds,
      found / seconds,
      first,
      pieces.reduce((sum, piece) => sum + piece.length, 0) / 2 ** 20,
      idle,
      over,
    ]);
  }
  say(`Export of the ledger (goal: at most ${goals.memory} MB over idle)`);
  printTable(["records", "rows", "seconds", "rows/s", "first byte ms", "MB", "idle MB", "peak over idle, MB"], rows);
}

export async function measureFiles(product: Product): Promise<void> {
  title("Import and export");
  await measureImport(product);
  await measureExport(product);
}
