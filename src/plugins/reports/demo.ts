/**
 * Some numbers that the demonstration bureau entered for its year, with evidence; one of them corrected, one a 零申报. And two
 * reports: one being drafted, one that is public.
 */
import {
  commit,
  day,
  jobId,
  loadActor,
  makeContext,
  newId,
  personId,
  type Context,
  type Day,
  type Demo,
  type DemoWorld,
  type PersonId,
} from "#kernel";
import { requirementsDue } from "#plugins/requirements";
import { z } from "zod";
import { enteredId } from "./input-entered.ts";
import { enterableOf } from "./rules-enterable.ts";
import { numbersOf } from "./rules-report.ts";
import { reportId } from "./input-report.ts";
import { enterFigure } from "./service/entered.ts";
import { freezeStep } from "./service/report-freeze.ts";
import { createReport, saveReport } from "./service/report-draft.ts";
import { resolveAll } from "./service/resolve.ts";
import { addStep, findVersion, moveReport, sets } from "./store-report.ts";

const idOf = (n: number) => enteredId.parse(`01980000-0000-7000-8000-0000000004${String(n).padStart(2, "0")}`);
/** A page with one line, as small as a PDF can be. */
const pdf = (line: string): string => {
  const drawn = `BT /F1 18 Tf 72 720 Td (${line}) Tj ET`;
  const parts = [
    "<< /Type /Catalog /Pages 2 0 R >>",
    "<< /Type /Pages /Kids [3 0 R] /Count 1 >>",
    "<< /Type /Page /Parent 2 0 R /MediaBox [0 0 595 842] /Resources << /Font << /F1 5 0 R >> >> /Contents 4 0 R >>",
    `<< /Length ${drawn.length} >>\nstream\n${drawn}\nendstream`,
    "<< /Type /Font /Subtype /Type1 /BaseFont /Helvetica >>",
  ];
  let made = "%PDF-1.4\n";
  const starts = parts.map((part, n) => {
    const at = made.length;
    made += `${n + 1} 0 obj\n${part}\nendobj\n`;
    return at;
  });
  const table = starts.map((at) => `${String(at).padStart(10, "0")} 00000 n \n`).join("");
  return `${made}xref\n0 ${parts.length + 1}\n0000000000 65535 f \n${table}trailer\n<< /Size ${parts.length + 1} /Root 1 0 R >>\nstartxref\n${made.length}\n%%EOF\n`;
};
/** What the bureau entered: the thing, the number, the file, who answers for it. */
const told = [
  ["party-study", 10, "党委会学法议题单", "周正言"],
  ["centre-group", 4, "中心组学习通知", "周正言"],
  ["court-visits", 2, "旁听庭审通知", "何知节"],
  ["lectures", 3, "培训会签到表", "何知节"],
  ["one-to-one", 5, "一对一培训记录", "何知节"],
  ["campus-first-lesson", 62, "学校上报汇总表", "何知节"],
  ["permits-gained", 3, "发证通知", "周正言"],
  ["permits-cancelled", 3, "注销名单", "周正言"],
  ["penalties", 11, "决定书文号清单", "周正言"],
  ["legal-reviews", 1, "法制审核意见书", "周正言"],
  ["disclosures", 5, "公开申请登记台账", "周正言"],
  ["proposals-led", 30, "建议提案交办清单", "周正言"],
] as const;

const seed = async (plain: Context, world: DemoWorld): Promise<void> => {
  const { administrator, officer, leader } = z
    .object({ administrator: personId, officer: personId, leader: personId })
    .parse(world.made.get("accounts"));
  const actor = await loadActor(plain.db, administrator, "demo", "password", plain.today);
  const ctx = makeContext({ env: plain.env, registry: plain.registry, now: world.now, actor });
  const year = plain.today.slice(0, 4);
  const period = { from: day.parse(`${year}-01-01`), to: day.parse(`${year}-12-31`) };
  const enter = (
    n: number,
    key: string,
    number: number,
    responsible: string,
    more: { file?: string; nil?: boolean; supersedes?: number; reason?: string },
  ) =>
    enterFigure(ctx, {
      entered: key,
      id: idOf(n),
      ...period,
      number,
      definition: enterableOf(key)?.definition.zh ?? "",
      responsible,
      nil: more.nil ?? false,
      signed: more.nil === true ? (actor?.name ?? "") : "",
      reason: more.reason ?? "",
      ...(more.file === undefined ? {} : { file: new File([pdf(`Demonstration: ${key}`)], `${more.file}.pdf`) }),
      ...(more.supersedes === undefined ? {} : { supersedes: idOf(more.supersedes) }),
    });
  for (const [n, [key, number, file, responsible]] of told.entries()) await enter(n + 1, key, number, responsible, { file });
  await enter(50, "lectures", 4, "何知节", { supersedes: 4, reason: "补计十月的企业用工风险防范讲座" });
  await enter(51, "lawsuits", 0, "周正言", { nil: true });
  // Who drafts is neither who reviews nor who signs.
  await seedReports(ctx, period, { reviewer: officer, signer: leader });
};

/** The same in every demonstration. */
const drafted = reportId.parse("01980000-0000-7000-8000-000000000501");
const published = reportId.parse("01980000-0000-7000-8000-000000000502");
/** What the published report says: sentences of the template whose figures the bureau has. */
const said = [
  ["h1", "一、系统内学法用法"],
  [
    "p",
    "党委（党组）会专题学法{{entered.party-study}}，理论学习中心组集体学法{{entered.centre-group}}，旁听庭审{{entered.court-visits}}。",
  ],
  [
    "p",
    "组织网上学法用法考试，参加考试{{reports.exams-sat}}，共{{reports.candidates}}。应考{{requirements.pass-of-due#whole}}，合格{{requirements.pass-of-due#part}}，合格人数占应考人数的{{requirements.pass-of-due}}。",
  ],
  ["h1", "二、社会普法"],
  [
    "p",
    "举办法治讲座、培训会{{entered.lectures}}，对新设立的民办学校负责人开展一对一依法办学培训{{entered.one-to-one}}，开学第一课普法活动{{entered.campus-first-lesson}}。",
  ],
  ["h1", "三、执法普法"],
  ["p", "作出行政处罚决定{{entered.penalties}}，完成重大执法决定法制审核{{entered.legal-reviews}}，在执法中向当事人释法说理。"],
] as const;
/** Takes a report the whole way at once, by three persons, as the steps' commands would. */
const publishNow = async (ctx: Context, by: { reviewer: PersonId; signer: PersonId }): Promise<void> => {
  const version = await findVersion(ctx, published, 2);
  if (version === undefined) return;
  const numbers = numbersOf(await resolveAll(ctx, version, ""));
  const at = { version: 2, fresh: null } as const;
  const step = (name: "submit" | "review" | "sign" | "check", person: PersonId, words: string | null) =>
    addStep(ctx, { report: published, version: 2, step: name, by: person, at: ctx.now, words });
  const word = "不含国家秘密、工作秘密和个人信息，可以公开";
  await commit(ctx, {
    statements: [
      ...moveReport(published, { ...at, from: ["draft"] }, sets.submitted()),
      step("submit", version.by, null),
      ...moveReport(published, { ...at, from: ["review"] }, sets.reviewed(by.reviewer, numbers)),
      step("review", by.reviewer, null),
      ...moveReport(published, { ...at, from: ["sign"] }, sets.signed(by.signer, ctx.today, numbers)),
      step("sign", by.signer, null),
      ...moveReport(published, { ...at, from: ["check"] }, sets.checked(word, newId(jobId))),
      step("check", by.reviewer, word),
    ],
    audit: null,
  });
  for (let cursor: unknown = null; ;) {
    const { statements = [], ...next } = await freezeStep(ctx, { input: { report: published }, cursor });
    await commit(ctx, { statements, audit: null });
    if (!("cursor" in next)) return;
    cursor = next.cursor;
  }
};
const seedReports = async (ctx: Context, period: { from: Day; to: Day }, by: { reviewer: PersonId; signer: PersonId }): Promise<void> => {
  const year = Number(period.from.slice(0, 4));
  const [study, exam] = await Promise.all((["study", "exam"] as const).map((slot) => requirementsDue(ctx, slot, period.from, period.to)));
  const of = { study: study?.[0]?.id, exam: exam?.[0]?.id };
  await createReport(ctx, { id: drafted, template: "government", year, ...of });
  await createReport(ctx, { id: published, template: "performance", year, ...of });
  const version = await findVersion(ctx, published, 1);
  if (version === undefined || of.exam === undefined) return;
  const { title, addressee, signer } = version;
  const boxes = said.map(([kind, text]) => ({ kind, text }));
  await saveReport(ctx, { report: published, version: 1, title, addressee, signer, ...period, ...of, boxes });
  await publishNow(ctx, by);
};

export const demo: Demo = {
  plugin: "reports",
  seed,
  paths: {
    "/admin/reports/:report": `/admin/reports/${drafted}`,
    "/admin/reports/:report/edit": `/admin/reports/${drafted}/edit`,
    "/admin/reports/:report/versions": `/admin/reports/${published}/versions`,
    "/admin/reports/:report/figures/:n": `/admin/reports/${published}/figures/4`,
    "/disclosure/:year": "/disclosure/2026",
    "/admin/reports/breakdown": "/admin/reports/breakdown?by=post&figure=reports.candidates",
    "/admin/reports/entered/:entered": "/admin/reports/entered/lectures",
    "/admin/reports/entered/:entered/:id/file": `/admin/reports/entered/party-study/${idOf(1)}/file`,
    "/admin/figures/:figure": "/admin/figures/reports.exams-sat",
    "/api/v1/reports/:id": "/api/v1/reports/annual",
    "/api/v1/figures/:id": "/api/v1/figures/reports.exams-sat",
  },
};
