/**
 * 法治政府建设年度报告, with the contents that 法治政府建设与责任落实督察工作规定 25 fixes: measures and results; shortcomings and
 * reasons; how the leaders met their first responsibility; next year; other. It claims nothing of itself: what no figure
 * tells is left to be written (`【请写：…】`).
 */
import type { Template } from "./rules-template.ts";

export const government: Template = {
  title: "{body}{year}年度法治政府建设情况报告",
  addressee: "区委、区人民政府",
  blocks: [
    {
      kind: "p",
      text: "{year}年，{body}以习近平新时代中国特色社会主义思想为指导，深入学习贯彻习近平法治思想，落实法治政府建设各项任务，推进依法行政、依法治教。根据《法治政府建设与责任落实督察工作规定》，现将{year}年度法治政府建设情况报告如下。",
    },
    { kind: "h1", text: "一、{year}年度推进法治政府建设的主要举措和成效" },
    { kind: "h2", text: "（一）加强领导干部和工作人员学法" },
    {
      kind: "p",
      text: "党委（党组）会学法{{entered.party-study}}，局长办公会学法{{entered.executive-study}}，理论学习中心组集体学法{{entered.centre-group}}。各党支部以“三会一课”、主题党日等形式学法{{entered.branch-study}}，内容包括【请写：学习的法律，如保守国家秘密法】。领导干部讲法治课{{entered.leader-lectures}}。",
    },
    {
      kind: "p",
      text: "按“{{requirements.sat-rate#name}}”的要求组织考试，应考{{requirements.sat-rate#whole}}，实际参加{{requirements.sat-rate#part}}，参考率{{requirements.sat-rate}}；合格{{requirements.passed-rate#part}}，合格率{{requirements.passed-rate}}（占实考）；通过率{{requirements.pass-of-due}}（占应考）。各项考试全年共参加{{reports.exams-sat}}，发出学法合格证书{{reports.certificates-issued}}。",
    },
    {
      kind: "p",
      text: "组织在线学法，全年学完课时{{reports.lessons-studied}}，学完至少一门课程的{{reports.learners}}，其中机关人员{{reports.office-learners}}，行政执法人员{{reports.enforcers-trained}}，校长和机构负责人{{reports.heads-trained}}。按“{{requirements.studied-rate#name}}”的要求，应学{{requirements.studied-rate#whole}}，已学完{{requirements.studied-rate#part}}，参学率{{requirements.studied-rate}}。举办机关法治培训{{entered.staff-training}}，旁听庭审{{entered.court-visits}}、{{entered.court-visitors}}。",
    },
    { kind: "h2", text: "（二）严格规范公正文明执法" },
    {
      kind: "p",
      text: "加强执法队伍建设，年内{{entered.permits-gained}}取得行政执法证，{{entered.permits-cancelled}}注销行政执法证，年末持证{{entered.permit-holders}}。",
    },
    {
      kind: "p",
      text: "开展行政执法检查{{entered.inspections}}，责令改正{{entered.corrections-ordered}}，作出行政处罚决定{{entered.penalties}}。落实重大执法决定法制审核制度，完成法制审核{{entered.legal-reviews}}。",
    },
    { kind: "h2", text: "（三）推进科学民主依法决策" },
    {
      kind: "p",
      text: "完成行政规范性文件合法性审核{{entered.documents-reviewed}}，审查合同{{entered.contracts-reviewed}}。【请写：重大行政决策程序和法律顾问作用发挥情况】",
    },
    { kind: "h2", text: "（四）主动接受监督" },
    {
      kind: "p",
      text: "办理政府信息公开申请{{entered.disclosures}}。承办人大代表建议和政协提案{{entered.proposals-handled}}，其中牵头办理{{entered.proposals-led}}。",
    },
    { kind: "h2", text: "（五）依法化解矛盾纠纷" },
    {
      kind: "p",
      text: "办理行政复议案件{{entered.reconsiderations}}、行政诉讼案件{{entered.lawsuits}}，负责人出庭应诉{{entered.court-appearances}}。受理违法办学等投诉举报{{entered.complaints}}。",
    },
    { kind: "h2", text: "（六）落实“谁执法谁普法”普法责任制" },
    {
      kind: "p",
      text: "召开培训机构和成人学校负责人法治培训会{{entered.institution-meetings}}，{{entered.institution-meeting-units}}机构参加，【请写：培训主题和授课专家，如企业用工风险防范】。对新设立的民办学校负责人开展一对一依法办学培训，全年{{entered.one-to-one}}。校外培训机构和成人学校负责人学完课程的{{reports.institution-heads}}，涉及{{reports.institutions-trained}}机构。",
    },
    {
      kind: "p",
      text: "推进法治进校园，在开学第一课开展普法活动{{entered.campus-first-lesson}}，在安全教育周开展{{entered.campus-safety-week}}，在防灾减灾宣传周开展{{entered.campus-disaster-week}}，在安全生产月开展{{entered.campus-safety-month}}，在宪法宣传周开展{{entered.campus-constitution-week}}。{{entered.vice-principal-schools}}中小学配备法治副校长。",
    },
    {
      kind: "p",
      text: "面向管理服务对象以案释法{{entered.cases-explained}}，发布普法作品{{entered.works}}。【请写：普法责任制评议的等次】",
    },
    { kind: "h1", text: "二、{year}年度推进法治政府建设存在的不足和原因" },
    { kind: "p", text: "【请写：存在的不足】" },
    { kind: "p", text: "【请写：产生的原因】" },
    { kind: "h1", text: "三、党政主要负责人履行推进法治建设第一责任人职责情况" },
    {
      kind: "p",
      text: "年终述职中述法的领导干部{{entered.leaders-report}}。【请写：主要负责人主持学法、研究部署法治建设、解决重大问题的情况】",
    },
    { kind: "h1", text: "四、{next}年度推进法治政府建设的主要安排" },
    { kind: "p", text: "【请写：{next}年度的主要安排】" },
    { kind: "h1", text: "五、其他需要报告的情况" },
    { kind: "p", text: "【请写：其他需要报告的情况；没有就写“无”】" },
  ],
};
