/**
 * 谁执法谁普法履职报告, by the headings of self-review: 机制建设, 系统内学法用法, 社会普法, 形式创新, 实效. It claims nothing of
 * itself: what no figure tells is left to be written (`【请写：…】`).
 */
import type { Template } from "./rules-template.ts";

export const performance: Template = {
  title: "{body}{year}年度“谁执法谁普法”履职报告",
  addressee: "区委全面依法治区委员会守法普法协调小组",
  blocks: [
    {
      kind: "p",
      text: "{year}年，{body}落实《中华人民共和国法治宣传教育法》和“谁执法谁普法”普法责任制，组织机关工作人员、学校和校外培训机构负责人学法用法，把普法融入教育管理、行政执法和服务全过程。现将履职情况报告如下。",
    },
    { kind: "h1", text: "一、机制建设" },
    { kind: "p", text: "【请写：普法工作的领导机构、责任领导和责任科室】【请写：普法责任清单的制定和公布情况】" },
    {
      kind: "p",
      text: "党委（党组）会专题学法{{entered.party-study}}，局长办公会学法{{entered.executive-study}}，理论学习中心组集体学法{{entered.centre-group}}；年终述职中述法的领导干部{{entered.leaders-report}}，领导干部讲法治课{{entered.leader-lectures}}。",
    },
    { kind: "h1", text: "二、系统内学法用法" },
    { kind: "h2", text: "（一）学法" },
    {
      kind: "p",
      text: "全年学完课时{{reports.lessons-studied}}，学完课程{{reports.courses-completed}}；学完至少一门课程的{{reports.learners}}，来自{{reports.learning-units}}单位，其中机关人员{{reports.office-learners}}、教学人员{{reports.teachers-trained}}。按“{{requirements.studied-rate#name}}”的要求，应学{{requirements.studied-rate#whole}}，已学完{{requirements.studied-rate#part}}，参学率{{requirements.studied-rate}}。以案学法，走完案例{{reports.cases-decided}}、{{reports.case-people}}。",
    },
    {
      kind: "p",
      text: "各党支部学法{{entered.branch-study}}，内容包括【请写：学习的法律，如保守国家秘密法】。举办机关法治培训{{entered.staff-training}}，组织旁听庭审{{entered.court-visits}}、{{entered.court-visitors}}。",
    },
    { kind: "h2", text: "（二）考法" },
    {
      kind: "p",
      text: "各项学法考试全年共参加{{reports.exams-sat}}、{{reports.candidates}}，来自{{reports.units-sat}}单位。其中按“{{requirements.sat-rate#name}}”的要求，应考{{requirements.sat-rate#whole}}，实际参加{{requirements.sat-rate#part}}，参考率{{requirements.sat-rate}}；合格{{requirements.passed-rate#part}}，合格率{{requirements.passed-rate}}（占实考）；优秀{{requirements.excellent-rate#part}}，优秀率{{requirements.excellent-rate}}（占实考）；通过率{{requirements.pass-of-due}}（占应考）。",
    },
    {
      kind: "p",
      text: "发出学法合格证书{{reports.certificates-issued}}，{{reports.certificate-holders}}取得，撤销{{reports.certificates-revoked}}。全年参加考试的人次中，外部考试成绩{{reports.outside-sat}}，涉及{{reports.outside-people}}，其中合格{{reports.outside-passers}}。批准免考（免学）{{requirements.exempted}}、缓考{{requirements.deferred}}；向未完成的人员催办{{requirements.reminders}}。",
    },
    { kind: "h2", text: "（三）行政执法人员" },
    {
      kind: "p",
      text: "年内取得行政执法证{{entered.permits-gained}}，注销{{entered.permits-cancelled}}，年末持证{{entered.permit-holders}}；以行政执法人员岗位学完课程的{{reports.enforcers-trained}}。",
    },
    { kind: "h1", text: "三、社会普法" },
    { kind: "h2", text: "（一）面向学校和校外培训机构" },
    {
      kind: "p",
      text: "面向学校、幼儿园和校外培训机构举办法治讲座、培训会{{entered.lectures}}，{{entered.lecture-units}}单位、{{entered.lecture-attendances}}参加，内容包括【请写：培训主题和授课专家】。其中培训机构和成人学校负责人培训会{{entered.institution-meetings}}，{{entered.institution-meeting-units}}机构参加，内容包括【请写：培训主题和授课专家，如企业用工风险防范】。",
    },
    {
      kind: "p",
      text: "校长、机构负责人学完课程的{{reports.heads-trained}}，涉及{{reports.head-units}}单位，其中校外培训机构和成人学校{{reports.institutions-trained}}、负责人{{reports.institution-heads}}；考试合格的校长、机构负责人{{reports.heads-passed}}。",
    },
    {
      kind: "p",
      text: "对新设立的民办学校负责人开展一对一依法办学培训，全年{{entered.one-to-one}}；新设立的民办机构中，负责人学完课程的{{reports.new-private-trained}}。",
    },
    { kind: "h2", text: "（二）法治进校园" },
    {
      kind: "p",
      text: "抓住重要时间节点开展校园普法：开学第一课{{entered.campus-first-lesson}}，中小学生安全教育周{{entered.campus-safety-week}}，全民国家安全教育日{{entered.campus-national-security}}，防灾减灾宣传周{{entered.campus-disaster-week}}，民法典宣传月{{entered.campus-civil-code}}，安全生产月{{entered.campus-safety-month}}，国际禁毒日{{entered.campus-anti-drug}}，消防日{{entered.campus-fire-day}}，宪法宣传周{{entered.campus-constitution-week}}。",
    },
    {
      kind: "p",
      text: "{{entered.vice-principal-schools}}中小学配备了法治副校长，在聘法治副校长{{entered.vice-principals}}，全年到校授课{{entered.vice-principal-lessons}}。",
    },
    { kind: "h1", text: "四、形式创新" },
    {
      kind: "p",
      text: "面向管理服务对象以案释法{{entered.cases-explained}}，发布普法文章、视频和海报{{entered.works}}。【请写：有特色的做法】",
    },
    { kind: "h1", text: "五、实效" },
    {
      kind: "p",
      text: "开展行政执法检查{{entered.inspections}}，责令改正{{entered.corrections-ordered}}，作出行政处罚决定{{entered.penalties}}，在执法中向当事人释法说理。受理违法办学等投诉举报{{entered.complaints}}。",
    },
    { kind: "p", text: "【请写：上一次普法责任制评议的等次，以及师生、家长和机构的反映】" },
    { kind: "h1", text: "六、不足和打算" },
    { kind: "p", text: "【请写：存在的不足和原因】" },
    { kind: "p", text: "{next}年，【请写：下一步安排】" },
  ],
};
