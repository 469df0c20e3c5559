/** The enumerations of who is who (DOMAIN.md, "Who is who"), each stored as these words and shown through `kindText`. */
import { catalogue } from "../text/text.ts";

export const unitKinds = [
  "office",
  "public-school",
  "private-school",
  "public-kindergarten",
  "private-kindergarten",
  "training",
  "adult",
  "other",
] as const;
export type UnitKind = (typeof unitKinds)[number];
export const unitStatuses = ["preparing", "open", "paused", "enrolment-stopped", "permit-revoked", "terminated", "deregistered"] as const;
export type UnitStatus = (typeof unitStatuses)[number];
export const supervisors = ["education", "labour", "culture", "sports", "science"] as const;
export const categories = [
  "civil-servant",
  "reference-civil-servant",
  "institution-manager",
  "institution-specialist",
  "worker",
  "contract",
  "private-staff",
  "external",
] as const;
export type Category = (typeof categories)[number];
export const natures = ["personnel", "seconded", "temporary-post", "supporting", "part-time", "re-employed"] as const;
export type Nature = (typeof natures)[number];
export const posts = [
  "founder",
  "legal-representative",
  "principal",
  "controller",
  "safety",
  "teaching",
  "management",
  "bureau-staff",
  "enforcement",
  "liaison",
  "other",
] as const;
export type Post = (typeof posts)[number];
/** Roles that a grant gives; learner, head and unit-officer come from positions. */
export const grantRoles = ["author", "proctor", "officer", "administrator", "auditor"] as const;
export type GrantRole = (typeof grantRoles)[number];
export const roles = ["learner", "head", "unit-officer", ...grantRoles] as const;
export type Role = (typeof roles)[number];

export const kindText = catalogue("kind", {
  office: ["机关科室", "Bureau office"],
  "public-school": ["公办学校", "Public school"],
  "private-school": ["民办学校", "Private school"],
  "public-kindergarten": ["公办幼儿园", "Public kindergarten"],
  "private-kindergarten": ["民办幼儿园", "Private kindergarten"],
  training: ["培训机构", "Training institution"],
  adult: ["成人学校", "Adult school"],
  other: ["其他", "Other"],
});
export const statusText = catalogue("status", {
  preparing: ["筹设", "In preparation"],
  open: ["在办", "Open"],
  paused: ["停办", "Paused"],
  "enrolment-stopped": ["责令停止招生", "Enrolment stopped by order"],
  "permit-revoked": ["吊销", "Permit revoked"],
  terminated: ["终止", "Terminated"],
  deregistered: ["注销", "Deregistered"],
});
export const supervisorText = catalogue("supervisor", {
  education: ["教育", "Education"],
  labour: ["人社", "Labour"],
  culture: ["文旅", "Culture and tourism"],
  sports: ["体育", "Sports"],
  science: ["科技", "Science"],
});
export const categoryText = catalogue("category", {
  "civil-servant": ["公务员", "Civil servant"],
  "reference-civil-servant": ["参公", "Managed as civil servant"],
  "institution-manager": ["事业管理岗", "Public institution, management"],
  "institution-specialist": ["事业专技岗", "Public institution, specialist"],
  worker: ["工勤", "Worker"],
  contract: ["编外/派遣", "Contract or dispatched"],
  "private-staff": ["民办机构人员", "Staff of a private institution"],
  external: ["外聘", "External"],
});
export const natureText = catalogue("nature", {
  personnel: ["人事关系所在", "Where employed"],
  seconded: ["借调", "Seconded"],
  "temporary-post": ["挂职", "Temporary post"],
  supporting: ["支教", "Supporting teacher"],
  "part-time": ["兼职", "Part-time"],
  "re-employed": ["返聘", "Re-employed"],
});
export const postText = catalogue("post", {
  founder: ["举办者", "Founder"],
  "legal-representative": ["法定代表人", "Legal representative"],
  principal: ["校长/主要负责人", "Principal or head"],
  controller: ["实际控制人", "Actual controller"],
  safety: ["安全负责人", "Safety officer"],
  teaching: ["教学人员", "Teaching staff"],
  management: ["管理人员", "Management"],
  "bureau-staff": ["机关工作人员", "Bureau staff"],
  enforcement: ["行政执法人员", "Enforcement officer"],
  liaison: ["普法联络员", "Law-education liaison"],
  other: ["其他", "Other"],
});
export const roleText = catalogue("role", {
  learner: ["学员", "Learner"],
  head: ["机构负责人", "Head of institution"],
  "unit-officer": ["普法联络员", "Unit officer"],
  author: ["内容作者", "Author"],
  proctor: ["监考", "Proctor"],
  officer: ["局管理员", "Bureau officer"],
  administrator: ["系统管理员", "Administrator"],
  auditor: ["审计", "Auditor"],
});
