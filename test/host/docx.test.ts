/** The report's file, made into pages by LibreOffice where there is one, and its lines and characters counted. */
import { execFileSync } from "node:child_process";
import { mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { expect, test } from "vitest";

/** By a program of its own: tests of the host see nothing of the Worker's types. */
const made = () =>
  execFileSync(
    process.execPath,
    [
      "--import",
      "tsx",
      "--input-type=module",
      "--eval",
      `import { toDocx } from "./src/plugins/reports/rules-docx.ts";
       import { sample } from "./test/support/report-sample.ts";
       process.stdout.write(toDocx(sample));`,
    ],
    { cwd: join(import.meta.dirname, "../.."), maxBuffer: 10_000_000 },
  );
const isThere = (program: string) => {
  try {
    execFileSync("which", [program], { stdio: "ignore" });
    return true;
  } catch {
    return false;
  }
};
const tools = ["soffice", "pdftotext"].filter((program) => !isThere(program));

test.skipIf(tools.length > 0)(
  `a full page has 22 lines, a full line 28 characters${tools.length > 0 ? ` (skipped: no ${tools.join(", no ")} here)` : ""}`,
  async () => {
    const folder = await mkdtemp(join(tmpdir(), "xuefa-docx-"));
    try {
      await writeFile(join(folder, "report.docx"), made());
      execFileSync(
        "soffice",
        [
          `-env:UserInstallation=file://${folder}/profile`,
          "--headless",
          "--convert-to",
          "pdf",
          "--outdir",
          folder,
          join(folder, "report.docx"),
        ],
        { stdio: "ignore" },
      );
      const boxes = execFileSync("pdftotext", ["-f", "2", "-l", "2", "-bbox", join(folder, "report.pdf"), "-"], { encoding: "utf8" });
      const words = [...boxes.matchAll(/xMin="([\d.]+)" yMin="([\d.]+)" xMax="([\d.]+)" yMax="([\d.]+)">([^<]*)</g)].map(
        ([, left, top, right, , text = ""]) => ({ left: Number(left), top: Number(top), right: Number(right), text }),
      );
      const footer = words.filter(({ text }) => /^[—\d]+$/.test(text));
      const lines = words.filter((word) => !footer.includes(word));
      expect(new Set(lines.map(({ top }) => Math.round(top))).size).toBe(22);
      expect(Math.max(...lines.map(({ text }) => [...text].length))).toBe(28);
      // 28 mm and 156 mm, in points.
      expect(Math.min(...lines.map(({ left }) => left))).toBeGreaterThan(79);
      expect(Math.max(...lines.map(({ right }) => right))).toBeLessThan(79.4 + 442.3 + 16);
      expect(footer.map(({ text }) => text).join(" ")).toBe("— 2 —");
      expect(footer[0]?.left).toBeLessThan(100);
    } finally {
      await rm(folder, { recursive: true });
    }
  },
);
