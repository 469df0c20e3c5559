/** What the cells of a roster call our categories, posts, natures, kinds and states. */
import {
  categories,
  natures,
  posts,
  supervisors,
  unitKinds,
  unitStatuses,
  type Category,
  type Nature,
  type Post,
  type UnitKind,
  type UnitStatus,
} from "#kernel";

/** A text without spaces, in half-width letters. */
export const compact = (text: string): string => text.normalize("NFKC").replace(/[\u200B-\u200F\uFEFF\s]/g, "");

const spelled = (text: string): string =>
  compact(text)
    .replace(/[()（）/、,，.。·-]/g, "")
    .toLowerCase();

const choice = <K extends string>(keys: readonly K[], names: Readonly<Record<K, readonly string[]>>): ((text: string) => K | null) => {
  const by = new Map<string, K>();
  for (const key of keys) for (const name of [key, ...names[key]]) by.set(spelled(name), key);
  return (text) => by.get(spelled(text)) ?? null;
};

export const categoryOf = choice<Category>(categories, {
  "civil-servant": ["公务员", "行政编制", "行政"],
  "reference-civil-servant": ["参公", "参公人员", "参照公务员法管理", "参照公务员", "参公管理"],
  "institution-manager": ["事业管理岗", "事业管理", "管理岗", "管理岗位", "事业编管理岗", "事业单位管理岗"],
  "institution-specialist": ["事业专技岗", "事业专技", "专技岗", "专业技术", "专业技术岗", "专技", "专业技术人员", "在编教师"],
  worker: ["工勤", "工勤岗", "工勤人员", "工人"],
  contract: ["编外/派遣", "编外", "派遣", "劳务派遣", "合同制", "临聘", "编外人员", "合同工", "劳动合同", "编外聘用", "非编", "非在编"],
  "private-staff": ["民办机构人员", "民办", "民办教师", "民办机构", "机构人员", "培训机构人员"],
  external: ["外聘", "外聘教师", "兼职教师", "外聘人员"],
});

const namedPost = choice<Post>(posts, {
  founder: ["举办者", "创办人", "投资人"],
  "legal-representative": ["法定代表人", "法人", "法人代表"],
  principal: ["校长/主要负责人", "校长", "园长", "主要负责人", "负责人", "科长", "书记校长", "机构负责人", "局长"],
  controller: ["实际控制人"],
  safety: ["安全负责人", "安全员", "安全管理员", "安全主任"],
  teaching: ["教学人员", "教师", "专任教师", "老师", "任课教师", "班主任", "保育员", "教练", "教员", "讲师", "幼师"],
  management: [
    "管理人员",
    "副校长",
    "副园长",
    "教导主任",
    "德育主任",
    "总务主任",
    "中层",
    "行政人员",
    "管理",
    "主任",
    "会计",
    "财务",
    "教务",
    "后勤主任",
    "办公室主任",
  ],
  "bureau-staff": [
    "机关工作人员",
    "科员",
    "副科长",
    "四级主任科员",
    "三级主任科员",
    "二级主任科员",
    "一级主任科员",
    "一级科员",
    "二级科员",
    "干部",
    "机关人员",
  ],
  enforcement: ["行政执法人员", "执法人员", "执法"],
  liaison: ["普法联络员", "联络员", "普法员"],
  other: ["其他", "其它", "工勤", "后勤", "保安", "厨师", "司机", "门卫"],
});

/** A post as written in a roster's 职务 column, which is free text: what gives a role must be named exactly; the rest is sorted by its words. */
export const postOf = (text: string): Post =>
  namedPost(text) ??
  (/教师|老师|教练|教员|保育|任课|班主任/.test(text)
    ? "teaching"
    : /副|主任|组长|干事|会计|出纳|教务|行政|书记|委员/.test(text)
      ? "management"
      : "other");

export const natureOf = choice<Nature>(natures, {
  personnel: ["人事关系所在", "人事关系", "在编", "正式", "专职", "全职", "在职", "主职", "在岗"],
  seconded: ["借调", "抽调", "借用"],
  "temporary-post": ["挂职"],
  supporting: ["支教", "交流", "轮岗"],
  "part-time": ["兼职", "兼任", "兼"],
  "re-employed": ["返聘", "退休返聘"],
});

export const kindOf = choice<UnitKind>(unitKinds, {
  office: ["机关科室", "科室", "机关", "内设机构", "行政机关", "教育局"],
  "public-school": ["公办学校", "公办中小学", "公办小学", "公办中学", "公办初中", "公办高中", "公办"],
  "private-school": ["民办学校", "民办中小学", "民办小学", "民办中学", "民办初中", "民办高中"],
  "public-kindergarten": ["公办幼儿园", "公办园"],
  "private-kindergarten": ["民办幼儿园", "民办园", "普惠性民办幼儿园", "普惠民办园"],
  training: ["培训机构", "校外培训机构", "培训学校", "民办培训机构", "校外培训", "民办培训学校"],
  adult: ["成人学校", "成人教育", "成教", "社区学校", "成人文化技术学校", "老年学校"],
  other: ["其他", "其它", "直属单位", "事业单位", "直属事业单位"],
});

export const statusOf = choice<UnitStatus>(unitStatuses, {
  preparing: ["筹设", "筹建", "筹备"],
  open: ["在办", "正常", "在营", "正常办学", "存续", "开办", "运营", "在业"],
  paused: ["停办", "暂停", "歇业", "停业", "暂停办学"],
  "enrolment-stopped": ["责令停止招生", "停止招生", "停招"],
  "permit-revoked": ["吊销", "吊销许可", "吊销许可证", "吊销办学许可证"],
  terminated: ["终止", "终止办学", "已终止"],
  deregistered: ["注销", "已注销"],
});

export const supervisorOf = choice<(typeof supervisors)[number]>(supervisors, {
  education: ["教育", "教育局", "教体局"],
  labour: ["人社", "人社局", "人力资源和社会保障局", "人力资源社会保障"],
  culture: ["文旅", "文旅局", "文化和旅游局", "文化", "文广旅"],
  sports: ["体育", "体育局"],
  science: ["科技", "科技局", "科学技术局"],
});

/** A yes or no as written. */
export const yesNoOf = (text: string): boolean | null =>
  ["是", "√", "✓", "y", "yes", "true", "1", "在册", "列入", "学科", "学科类", "营利", "营利性"].includes(spelled(text))
    ? true
    : ["否", "×", "✗", "x", "n", "no", "false", "0", "不在册", "未列入", "非学科", "非学科类", "非营利", "非营利性"].includes(spelled(text))
      ? false
      : null;

/** What a column takes, for the mend of "badChoice". */
export const choicesOf: Readonly<Record<string, string>> = {
  category: "公务员、参公、事业管理岗、事业专技岗、工勤、编外/派遣、民办机构人员、外聘",
  post: "举办者、法定代表人、校长/主要负责人、实际控制人、安全负责人、教学人员、管理人员、机关工作人员、行政执法人员、普法联络员、其他",
  nature: "人事关系所在、借调、挂职、支教、兼职、返聘",
  roster: "是、否",
  kind: "机关科室、公办学校、民办学校、公办幼儿园、民办幼儿园、培训机构、成人学校、其他",
  status: "筹设、在办、停办、责令停止招生、吊销、终止、注销",
  supervisor: "教育、人社、文旅、体育、科技",
  academic: "是、否（学科、非学科）",
  profit: "是、否（营利、非营利）",
};
