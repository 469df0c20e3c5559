/** The ledger's files, opened by the office program that a bureau has: every row, days as days, numbers as numbers. */
import { execFile, spawnSync } from "node:child_process";
import { mkdtemp, readFile, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { promisify } from "node:util";
import Papa from "papaparse";
import { expect, test } from "vitest";
import { access } from "./browser.ts";

const missing = spawnSync("localc", ["--version"]).error !== undefined;
if (missing) console.warn("SKIPPED: the ledger's files were not opened, since LibreOffice Calc is not installed.");

/** A file as Calc shows it: what a cell looks like, sheet by sheet in UTF-8. */
const shownByCalc = async (folder: string, file: string): Promise<string[][]> => {
  await promisify(execFile)("localc", [
    "--headless",
    `-env:UserInstallation=file://${folder}/profile`,
    "--convert-to",
    "csv:Text - txt - csv (StarCalc):44,34,76,1,,0,false,true",
    "--outdir",
    join(folder, "shown"),
    join(folder, file),
  ]);
  return Papa.parse<string[]>((await readFile(join(folder, "shown", file.replace(/\.\w+$/, ".csv")), "utf8")).trim()).data;
};

test.skipIf(missing)(
  "LibreOffice shows the ledger's Excel file as its CSV says: every row, local times, points",
  { timeout: 120_000 },
  async () => {
    const folder = await mkdtemp(join(tmpdir(), "xuefa-office-"));
    const { url, token } = access();
    const file = async (format: string) => {
      const answer = await fetch(`${url}/api/v1/records?format=${format}`, { headers: { authorization: `Bearer ${token}` } });
      expect(answer.status).toBe(200);
      return Buffer.from(await answer.arrayBuffer());
    };
    try {
      const csv = (await file("csv")).toString("utf8").replace(/^\uFEFF/, "");
      await writeFile(join(folder, "ledger.xlsx"), await file("xlsx"));
      const rows = Papa.parse<string[]>(csv.trim()).data;
      expect(rows.length).toBeGreaterThan(1000);
      expect(await shownByCalc(folder, "ledger.xlsx")).toEqual(rows);
    } finally {
      await rm(folder, { recursive: true });
    }
  },
);
