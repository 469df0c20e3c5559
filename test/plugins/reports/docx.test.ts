/** The report's file, measured in its XML: GB/T 9704-2012. */
import { strFromU8, unzipSync } from "fflate";
import { expect, test } from "vitest";
import { toDocx } from "../../../src/plugins/reports/rules-docx.ts";
import { sample } from "../../support/report-sample.ts";

const partsOf = (file: Uint8Array) => Object.fromEntries(Object.entries(unzipSync(file)).map(([path, bytes]) => [path, strFromU8(bytes)]));
const parts = partsOf(toDocx(sample));
const body = parts["word/document.xml"] ?? "";
const styles = parts["word/styles.xml"] ?? "";
const mm = (twips: number) => (twips / 1440) * 25.4;
const numberOf = (xml: string, element: string, attribute: string) =>
  Number(new RegExp(`<w:${element} [^>]*w:${attribute}="(-?\\d+)"`).exec(xml)?.[1] ?? NaN);
const styleOf = (id: string) => new RegExp(`<w:style [^>]*w:styleId="${id}".*?</w:style>`).exec(styles)?.[0] ?? "";
const fontOf = (id: string) => [/w:eastAsia="([^"]+)"/.exec(styleOf(id))?.[1], numberOf(styleOf(id), "sz", "val") / 2];
/** The paragraphs of a style, as text. */
const paragraphsOf = (xml: string, id: string) =>
  [...xml.matchAll(/<w:p>(.*?)<\/w:p>/g)].flatMap(([, inner = ""]) =>
    inner.includes(`w:pStyle w:val="${id}"`)
      ? [[...inner.matchAll(/<w:t(?: [^>]*)?>([^<]*)<\/w:t>|<w:br\/>/g)].map(([, text]) => text ?? "\n").join("")]
      : [],
  );

test("the page is A4 with a type area of 156 × 225 mm, 37 mm from the top and 28 mm from the left", () => {
  const margin = (side: string) => mm(numberOf(body, "pgMar", side));
  const [width, height] = [mm(numberOf(body, "pgSz", "w")), mm(numberOf(body, "pgSz", "h"))];
  expect([width, height, margin("top"), margin("left")].map(Math.round)).toEqual([210, 297, 37, 28]);
  expect(width - margin("left") - margin("right")).toBeCloseTo(156, 1);
  expect(height - margin("top") - margin("bottom")).toBeCloseTo(225, 1);
});
test("the grid is 22 lines of 28 characters, and the body keeps to it by its own leading and spacing", () => {
  expect(body).toContain('<w:docGrid w:type="linesAndChars"');
  const pitch = numberOf(body, "docGrid", "linePitch");
  const character = 16 + numberOf(body, "docGrid", "charSpace") / 4096;
  const [width, height] = [8845 / 20, 12756 / 20];
  expect([Math.floor(height / (pitch / 20)), Math.floor(width / character)]).toEqual([22, 28]);
  expect(numberOf(styleOf("Body"), "spacing", "line")).toBe(pitch);
  expect(pitch / 20).toBeGreaterThan(28);
  expect(pitch / 20).toBeLessThan(30);
  const spacing = Number(/<w:spacing w:val="(-\d+)"/.exec(styleOf("Body"))?.[1]);
  expect(Math.floor(width / (16 + spacing / 20))).toBe(28);
});
test("fonts and sizes are those of the standard, each with what stands in for it", () => {
  expect(["Title", "Body", "Heading1", "AnnexMark", "PageNumber"].map(fontOf)).toEqual([
    ["方正小标宋简体", 22],
    ["仿宋_GB2312", 16],
    ["黑体", 16],
    ["黑体", 16],
    ["宋体", 14],
  ]);
  expect(fontOf("Heading2")).toEqual(["楷体_GB2312", 16]);
  expect(styleOf("Heading3")).not.toContain("rFonts");
  expect(styleOf("Title")).toContain("<w:b/>");
  expect(styleOf("Title")).toContain('<w:jc w:val="center"/>');
  for (const [font, other] of [
    ["方正小标宋简体", "宋体"],
    ["仿宋_GB2312", "仿宋"],
    ["楷体_GB2312", "楷体"],
  ])
    expect(parts["word/fontTable.xml"]).toContain(`<w:font w:name="${font}"><w:altName w:val="${other}"/>`);
});
test("the text stands as the standard orders it", () => {
  expect(numberOf(styleOf("Body"), "ind", "firstLineChars")).toBe(200);
  expect(paragraphsOf(body, "Title")).toEqual(["示例区教育局\n2026年度“谁执法谁普法”\n普法责任制履职报告", "数据依据清单"]);
  expect(paragraphsOf(body, "Addressee")).toEqual(["区委全面依法治区委员会办公室、区司法局："]);
  expect(numberOf(styleOf("Addressee"), "ind", "firstLineChars")).toBe(0);
  expect(paragraphsOf(body, "Heading1")).toEqual(["一、主要举措和成效", "二、存在的不足和原因", "三、下一年度工作安排"]);
  expect(paragraphsOf(body, "Heading2")).toEqual(["（一）健全普法责任机制"]);
  expect(paragraphsOf(body, "Heading3")).toEqual(["1.加强组织领导"]);
  expect(paragraphsOf(body, "AnnexNote")).toEqual(["附件：1.数据依据清单"]);
  expect(numberOf(styleOf("AnnexNote"), "spacing", "before")).toBe(579);
  expect(paragraphsOf(body, "Signed")).toEqual(["示例区教育局", "2026年11月5日"]);
  expect(styleOf("Signed")).toContain('<w:jc w:val="right"/>');
  expect(body).not.toMatch(/[　]|[^\x20-\x7e] {2,}/);
  expect(body).toContain('<w:highlight w:val="yellow"/></w:rPr><w:t xml:space="preserve">【未填：行政处罚案件数】');
  expect(body).toContain("&#60;A &#38; B&#62;");
});
test("page numbers stand at the outer edge", () => {
  expect(parts["word/settings.xml"]).toContain("<w:evenAndOddHeaders/>");
  const footers = [...body.matchAll(/footerReference w:type="(\w+)" r:id="(\w+)"/g)].map(([, type, id]) => {
    const target = new RegExp(`Id="${id}"[^>]*Target="([^"]+)"`).exec(parts["word/_rels/document.xml.rels"] ?? "")?.[1] ?? "";
    const xml = parts[`word/${target}`] ?? "";
    return [type, /<w:jc w:val="(\w+)"/.exec(xml)?.[1], paragraphsOf(xml, "PageNumber")];
  });
  expect(footers).toEqual([
    ["default", "right", ["— 1 —"]],
    ["even", "left", ["— 1 —"]],
  ]);
});
test("the annex begins a page and is a table as wide as the type area, its first row repeated", () => {
  expect(styleOf("AnnexMark")).toContain("<w:pageBreakBefore/>");
  expect(paragraphsOf(body, "AnnexMark")).toEqual(["附件1"]);
  const widths = [...body.matchAll(/<w:gridCol w:w="(\d+)"/g)].map(([, width]) => Number(width));
  expect(widths.reduce((sum, width) => sum + width, 0)).toBe(8845);
  expect(body.match(/<w:tblHeader\/>/g)).toHaveLength(1);
  const rows = [...body.matchAll(/<w:tr>(.*?)<\/w:tr>/g)].map(([, row = ""]) => row);
  expect(rows).toHaveLength(sample.annex.length + 1);
  expect(paragraphsOf(rows[3] ?? "", "Cell")).toEqual([
    "行政处罚案件数",
    "3件",
    "期间内立案并作出决定的行政处罚案件数。",
    "范围：全部单位",
    "2026年1月1日至",
    "2026年12月31日",
    "2027年1月10日 09:30",
    "填报（李雯，2026年行政处罚台账汇总表（法制科）.xlsx）",
    "9f86d08188…",
  ]);
});
test("no page holds the signature alone, none the end of the annex, and a title breaks before its line is full", () => {
  const last = [...body.slice(0, body.indexOf('w:val="AnnexNote"')).matchAll(/<w:p>.*?<\/w:p>/g)].at(-1)?.[0] ?? "";
  expect(last).toContain("<w:keepNext/>");
  expect(body).toMatch(
    /<\/w:tbl><w:p><w:pPr><w:pStyle w:val="Cell"\/><w:spacing w:line="20" w:lineRule="exact"\/><\/w:pPr><\/w:p><w:sectPr>/,
  );
  const titled = { ...sample, title: "清河区教育局2026年度法治政府建设情况报告", signer: "清河区教育局" };
  expect(paragraphsOf(partsOf(toDocx(titled))["word/document.xml"] ?? "", "Title")[0]).toBe("清河区教育局\n2026年度法治政府建设情况报告");
});
test("what has no scope says none", () => {
  const [line] = sample.annex;
  const text = partsOf(toDocx({ ...sample, annex: line === undefined ? [] : [{ ...line, scope: "" }] }))["word/document.xml"] ?? "";
  expect(text).not.toContain("范围：");
});
test("a short draft has neither date nor annex; a short title is one line; the same document makes the same bytes", () => {
  const draft = { ...sample, title: "法治政府建设年度报告", to: "", date: "", annex: [] };
  const text = partsOf(toDocx(draft))["word/document.xml"] ?? "";
  expect(paragraphsOf(text, "Title")).toEqual(["法治政府建设年度报告"]);
  expect(paragraphsOf(text, "Signed")).toEqual(["示例区教育局"]);
  expect(["Addressee", "AnnexNote", "AnnexMark"].flatMap((id) => paragraphsOf(text, id))).toEqual([]);
  expect(text).not.toContain("<w:tbl>");
  expect(toDocx(sample)).toEqual(toDocx(sample));
});
