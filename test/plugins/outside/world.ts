/** An officer, two schools and a training school; files of results, and what the ledger says of them. */
import { env } from "cloudflare:workers";
import { expect } from "vitest";
import { loadActor, makeContext, newId, work, type Context, type PersonId } from "#kernel";
import { examId, registerOutside, type ExamId } from "#plugins/exams";
import { importId } from "../../../src/plugins/outside/input.ts";
import { checkAgain, takeFile } from "../../../src/plugins/outside/service/file.ts";
import { decideImport, undoImport } from "../../../src/plugins/outside/service/write.ts";
import type { ImportId } from "../../../src/plugins/outside/rules.ts";
import { findImport, listRefused } from "../../../src/plugins/outside/store.ts";
import { context } from "../people/world.ts";

/** A PDF, as far as its first bytes tell. */
export const pdf = new Uint8Array(new TextEncoder().encode("%PDF-1.4\n某市司法局成绩通报"));
export const as = async (who: PersonId): Promise<Context> => {
  const ctx = context();
  return makeContext({ env, registry: ctx.registry, now: ctx.now, actor: await loadActor(ctx.db, who, "test", "password", ctx.today) });
};
export const register = async (
  officer: PersonId,
  title: string,
  more: { total?: number; pass?: number; excellent?: number; year?: number } = { total: 100, pass: 60, excellent: 90 },
): Promise<ExamId> => {
  const id = newId(examId);
  await registerOutside(await as(officer), { id, title, year: 2025, organiser: "市司法局", ...more });
  return id;
};
export const header = "姓名,工号,单位,手机,年度,考试名称,成绩,日期,主办单位";
/** Uploads a table of results; the job is run whole, however large. */
export const upload = async (officer: PersonId, lines: readonly string[], evidence = pdf): Promise<ImportId> => {
  const id = newId(importId);
  await takeFile(await as(officer), {
    id,
    name: "成绩.csv",
    bytes: new TextEncoder().encode([header, ...lines].join("\n")),
    evidence: new File([evidence], "通报.pdf"),
    day: null,
    then: "preview",
    answers: {},
  });
  await finishJob(id);
  return id;
};
export const look = async (id: ImportId) => (await findImport(context(), id)) ?? expect.fail("no import");
/** Works on an import's job until nothing is left of it. */
const finishJob = async (id: ImportId) => {
  const { job } = await look(id);
  for (let turn = 0; job !== null && turn < 50; turn++) if ((await work(context(), job)) !== "more") return;
};
export const counts = async (id: ImportId) => (await look(id)).counts;
/** Code and row of each refused row. */
export const refused = async (id: ImportId) =>
  (await listRefused(context(), id, 0, 1000)).map(({ n, problem }) => [n, problem.code] as const);
export const write = async (officer: PersonId, id: ImportId) => {
  await decideImport(await as(officer), { import: id, goodRows: true });
  await finishJob(id);
  expect((await look(id)).state).toBe("done");
};
export const undo = async (officer: PersonId, id: ImportId) => {
  await undoImport(await as(officer), id);
  await finishJob(id);
  expect((await look(id)).state).toBe("undone");
};
export const answer = async (officer: PersonId, id: ImportId, change: Parameters<typeof checkAgain>[2]) => {
  await checkAgain(await as(officer), id, change);
  await finishJob(id);
};
/** Records that stand of a person and an object, as `verb score`. */
export const standing = async (person: PersonId, object: string): Promise<string[]> =>
  (
    await env.DB.prepare(
      "select r.verb, r.score from kernel_record r where r.person = ? and r.object_id = ? and r.void = 0 and not exists (select 1 from kernel_record c where c.corrects = r.id) order by r.verb",
    )
      .bind(person, object)
      .all<{ verb: string; score: number | null }>()
  ).results.map(({ verb, score }) => `${verb} ${score === null ? "—" : score / 100}`);
