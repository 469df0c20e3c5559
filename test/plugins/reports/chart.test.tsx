/** Charts: each bar named and numbered where it stands, told whole to a screen reader, and the table beside it. */
import { env } from "cloudflare:workers";
import { expect, test } from "vitest";
import { CountChart, RateChart } from "#ui";
import { app } from "../../../src/worker.ts";

const ctx = app.context(env, Date.UTC(2026, 10, 24));
const bars = (html: string) =>
  [...html.matchAll(/<rect class="part" width="([^"]*)".*?<text class="number"[^>]*>([^<]*)</g)].map(([, width, words]) => [width, words]);
const cells = (html: string) => [...html.matchAll(/<td[^>]*>([^<]*)<\/td>/g)].map(([, cell]) => cell);

test("counts are bars of the longest one", () => {
  const html = (
    <CountChart
      ctx={ctx}
      id="c"
      title="学习"
      of="指标"
      counts={[
        { label: "学完课时", value: 40, words: "40 人次" },
        { label: "学完课程", value: 10, words: "10 人次" },
      ]}
    />
  ).toString();
  expect(bars(html)).toEqual([
    ["100%", "40 人次"],
    ["25%", "10 人次"],
  ]);
  expect(html).toContain('role="img" aria-labelledby="c-title c-what"');
  expect(html).toContain('<desc id="c-what">学完课时 40 人次，学完课程 10 人次</desc>');
  expect(cells(html)).toEqual(["学完课时", "40 人次", "学完课程", "10 人次"]);
});
test("rates are parts of their wholes: never rounded to 100 %, and of nothing no bar", () => {
  const html = (
    <RateChart
      ctx={ctx}
      id="r"
      title="各类单位参学与合格"
      of="单位类别"
      groups={[
        {
          label: "幼儿园",
          rates: [
            { label: "参学率", part: 9999, whole: 10000 },
            { label: "优秀率", part: 0, whole: 0 },
          ],
        },
      ]}
    />
  ).toString();
  expect(bars(html)).toEqual([
    ["100%", "99.9%"],
    ["0%", "—"],
  ]);
  expect(html).toContain('<desc id="r-what">幼儿园：参学率 99.9%，优秀率 —</desc>');
  expect(cells(html)).toEqual(["幼儿园", "参学率", "9999", "10000", "99.9%", "幼儿园", "优秀率", "0", "0", "—"]);
});
test("a label longer than the narrowest screen goes on in the next line", () => {
  const label = "新登记民办学校负责人一对一法治培训次数";
  const html = (<CountChart ctx={ctx} id="l" title="培训" of="指标" counts={[{ label, value: 0, words: "0 次" }]} />).toString();
  const lines = [...html.matchAll(/<text class="" [^>]*>([^<]*)</g)].map(([, line = ""]) => line);
  expect(lines.join("")).toBe(label);
  expect(lines.map((line) => line.length)).toEqual([17, 2]);
});
