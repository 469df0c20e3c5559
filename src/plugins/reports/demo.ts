/** Some numbers that the demonstration bureau entered for its year, with evidence; one of them corrected, one a 零申报. */
import { day, loadActor, makeContext, personId, type Context, type Demo, type DemoWorld } from "#kernel";
import { z } from "zod";
import { enteredId } from "./input-entered.ts";
import { enterableOf } from "./rules-enterable.ts";
import { enterFigure } from "./service/entered.ts";

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
  const { administrator } = z.object({ administrator: personId }).parse(world.made.get("accounts"));
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
};

export const demo: Demo = {
  plugin: "reports",
  seed,
  paths: {
    "/admin/reports/:report": "/admin/reports/annual",
    "/admin/reports/entered/:entered": "/admin/reports/entered/lectures",
    "/admin/reports/entered/:entered/:id/file": `/admin/reports/entered/party-study/${idOf(1)}/file`,
    "/admin/figures/:figure": "/admin/figures/reports.exams-sat",
    "/api/v1/reports/:id": "/api/v1/reports/annual",
    "/api/v1/figures/:id": "/api/v1/figures/reports.exams-sat",
  },
};
