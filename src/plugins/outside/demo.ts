/** The city's exam of last year in the demonstration bureau: one import that was written, and one that waits with its questions. */
import {
  commit,
  jobId,
  loadActor,
  makeContext,
  newId,
  notFound,
  personId,
  rowsOf,
  sha256,
  type Context,
  type Demo,
  type DemoWorld,
  type Pending,
} from "#kernel";
import { examId, registerOutside } from "#plugins/exams";
import { guessTable } from "#plugins/people";
import { sql } from "drizzle-orm";
import { z } from "zod";
import { importId } from "./input.ts";
import type { ImportId } from "./rules.ts";
import { headers } from "./rules-row.ts";
import { checkImport } from "./service/check.ts";
import { evidenceKey, fileKey } from "./service/file.ts";
import { carryOn, finish } from "./service/write.ts";
import { addImport, findImport, putImport } from "./store.ts";

/** The same in every demonstration. */
const fixed = (n: number): string => `01980000-0000-7000-8000-${String(n).padStart(12, "0")}`;
const [written, waiting, cityId] = [importId.parse(fixed(401)), importId.parse(fixed(402)), examId.parse(fixed(403))];
const head = "姓名,登录号,单位,年度,考试名称,成绩,考试日期,主办单位";

type Someone = { name: string; login: string; unit: string };
const seed = async (plain: Context, world: DemoWorld): Promise<void> => {
  const { officer, learner } = z.object({ officer: personId, learner: personId }).parse(world.made.get("accounts"));
  const actor = await loadActor(plain.db, officer, "demo", "password", plain.today);
  const ctx = makeContext({ env: plain.env, registry: plain.registry, now: world.now, actor });
  const year = Number(ctx.today.slice(0, 4)) - 1;
  const title = `${year}年全市国家工作人员学法用法考试`;
  await registerOutside(ctx, { id: cityId, title, year, organiser: "市司法局", total: 100, pass: 60, excellent: 90 });
  const people = await rowsOf<Someone>(
    ctx,
    sql`select p.name, p.login, u.name as unit from kernel_roster_mark m join kernel_person p on p.id = m.person join kernel_position x on x.person = p.id and x.nature = 'personnel' join kernel_unit u on u.id = x.unit
      where m.until_day is null and x.until_day is null and x.from_day <= ${`${year}-12-04`} order by p.id = ${learner} desc, p.login limit 24`,
  );
  const line = ({ name, login, unit }: Someone, score: string, what = title) =>
    [name, login, unit, year, what, score, `${year}-12-04`, "市司法局"].join(",");
  const scores = ["92", "86", "78.5", "95", "58", "88", "缺考", "90"];
  const import_ = async (id: ImportId, name: string, lines: readonly string[]) => {
    const bytes = new TextEncoder().encode([head, ...lines].join("\n"));
    const evidence = new TextEncoder().encode(`%PDF-1.4\n% 演示：市司法局成绩通报（${name}）\n%%EOF\n`);
    const { guess } = await guessTable(headers, bytes, { kind: "text" });
    const digest = await sha256(new Uint8Array(evidence));
    await ctx.env.FILES.put(fileKey(id), bytes);
    await ctx.env.FILES.put(evidenceKey(digest), evidence);
    const write = (statements: readonly Pending[]) => commit(ctx, { statements, audit: null });
    await write([
      addImport(ctx, {
        id,
        by: officer,
        name,
        state: "reading",
        header: guess.header,
        columns: guess.columns,
        titles: guess.titles,
        answers: {},
        whats: {},
        evidence: digest,
        evidenceName: "市司法局成绩通报.pdf",
        evidenceType: "pdf",
        evidenceSize: evidence.length,
        createdAt: world.now,
      }),
    ]);
    const found = async () => (await findImport(ctx, id)) ?? notFound();
    await checkImport(ctx, await found(), { job: newId(jobId), write });
    return { write, found };
  };
  const done = await import_(
    written,
    `${title}成绩.csv`,
    people.map((one, n) => line(one, scores[n % scores.length] ?? "80")),
  );
  await done.write([putImport(ctx, written, { state: "committing", goodRows: true })]);
  await carryOn(ctx, await done.found(), done.write);
  await finish(ctx, await done.found());
  const [first, second, third] = people.slice(1);
  if (!first || !second || !third) return;
  // Another score than before, a name that is written otherwise, and a name that nothing is called by.
  await import_(waiting, `${year}年补录成绩.csv`, [
    line(first, "89"),
    line({ ...second, login: "", name: `${second.name.slice(0, 1)}曉${second.name.slice(2)}` }, "77"),
    line(third, "完成", `${year}年度干部在线学习`),
    line({ name: "无此人", login: "", unit: "没有的学校" }, "80"),
  ]);
};

export const demo: Demo = {
  plugin: "outside",
  seed,
  paths: {
    "/admin/outside/:import": `/admin/outside/${waiting}`,
    "/admin/outside/:import/evidence": `/admin/outside/${written}/evidence`,
    "/admin/outside/:import/refused.xlsx": `/admin/outside/${waiting}/refused.xlsx`,
    "/admin/outside/results/:of": `/admin/outside/results/exam:${cityId}`,
  },
};
