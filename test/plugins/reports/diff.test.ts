/** Versions compared, templates that name only figures there are, and references in texts. */
import { expect, test } from "vitest";
import { registryOf } from "#kernel";
import { plugins } from "../../../src/plugins.ts";
import { enterableOf } from "../../../src/plugins/reports/rules-enterable.ts";
import { compareBlocks, stretchesOf } from "../../../src/plugins/reports/rules-diff.ts";
import { blocksOf, enteredKey, looseBraces, piecesOf, promptsOf, referencesOf } from "../../../src/plugins/reports/rules-report.ts";
import { contentOf, templateIds } from "../../../src/plugins/reports/rules-template.ts";

test("a template names only figures that are counted or can be entered, and claims no number of its own", () => {
  const { figures } = registryOf(plugins);
  for (const id of templateIds) {
    const { blocks, title } = contentOf(id, { year: 2026, body: "清河区教育局" });
    const unknown = blocks.flatMap(({ text }) =>
      piecesOf(text).flatMap((piece) => {
        if (piece.is === "words") return [];
        const key = piece.reference === null ? null : enteredKey(piece.reference.figure);
        const known = key === null ? figures.has(piece.reference?.figure ?? "") : enterableOf(key) !== undefined;
        return known ? [] : [piece.written];
      }),
    );
    expect(unknown, id).toEqual([]);
    expect(referencesOf(blocks).length, id).toBeGreaterThan(25);
    expect(promptsOf(blocks).length, id).toBeGreaterThan(3);
    expect(title).toContain("2026年度");
    for (const { text } of blocks) {
      expect(looseBraces(text), text).toBe(false);
      expect(text.replace(/\{\{[^}]*\}\}|20\d\d年/g, ""), text).not.toMatch(/\d/);
    }
  }
});
test("words that changed are told by character, references whole", () => {
  expect(stretchesOf("参加考试{{reports.exams-sat}}。", "全年参加考试{{reports.candidates}}。")).toEqual([
    { is: "ins", text: "全年" },
    { is: "same", text: "参加考试" },
    { is: "del", text: "{{reports.exams-sat}}" },
    { is: "ins", text: "{{reports.candidates}}" },
    { is: "same", text: "。" },
  ]);
});
test("a paragraph put in before one that was edited is not taken for it", () => {
  const p = (text: string) => ({ kind: "p", text }) as const;
  const changes = compareBlocks(
    [p("甲段没有变"), p("组织机关工作人员学法")],
    [p("甲段没有变"), p("这里是新写的一段话"), p("组织全体机关工作人员学法")],
  );
  expect(changes.map(({ is }) => is)).toEqual(["same", "ins", "edited"]);
});
test("each line of a box is a paragraph, and an empty box is none", () => {
  expect(
    blocksOf([
      { kind: "h1", text: "一、甲\n接着的话\r\n\n再一段" },
      { kind: "p", text: "  " },
    ]),
  ).toEqual([
    { kind: "h1", text: "一、甲" },
    { kind: "p", text: "接着的话" },
    { kind: "p", text: "再一段" },
  ]);
});
test("braces that do not close are found", () => {
  for (const text of ["{{reports.exams-sat", "reports.exams-sat}}", "{{a}} {{"]) expect(looseBraces(text), text).toBe(true);
  expect(looseBraces("{{requirements.pass-of-due#whole}}")).toBe(false);
});
