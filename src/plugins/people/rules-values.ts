/** What the cells of a row say: each either a value in our spelling, or a problem that names column, value and the mend. */
import {
  categories,
  day,
  natures,
  posts,
  supervisors,
  unitKinds,
  unitStatuses,
  type Category,
  type Day,
  type Nature,
  type Post,
  type UnitKind,
  type UnitStatus,
} from "#kernel";
import { isIdNumber, isLogin, isUnitCode, nameOf, phoneOf } from "./rules.ts";
import type { Cell } from "./rules-table.ts";

/** Why a row is refused, or asked about; each has words in the catalogue under this name. */
export type RowCode =
  | "missing"
  | "badName"
  | "badPhone"
  | "badEmail"
  | "badIdNumber"
  | "idNumberLost"
  | "badDate"
  | "dateOrder"
  | "badChoice"
  | "badCode"
  | "badLogin"
  | "phoneLost"
  | "unitMissing"
  | "unitUnknown"
  | "unitMany"
  | "loginUnknown"
  | "employeeNoTaken"
  | "idNumberTaken"
  | "who"
  | "twice"
  | "natureNeeded"
  | "leftBefore"
  | "postOfOfficers"
  | "factsOfOfficers"
  | "tooLong"
  | "parentUnknown"
  | "parentMany"
  | "parentMoves"
  | "outside"
  | "unitTwice"
  | "tangled"
  | "noRow";
/** Where it is wrong: the field, what stands there, and facts for the words. */
export type RowProblem = { code: RowCode; field: string; value: string; facts?: Record<string, string>; candidates?: Candidate[] };
/** Somebody (or some row) who it may be. */
export type Candidate = { id: string; words: string };

const compact = (text: string): string => text.normalize("NFKC").replace(/[\u200B-\u200F\uFEFF\s]/g, "");
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
const supervisorOf = choice<(typeof supervisors)[number]>(supervisors, {
  education: ["教育", "教育局", "教体局"],
  labour: ["人社", "人社局", "人力资源和社会保障局", "人力资源社会保障"],
  culture: ["文旅", "文旅局", "文化和旅游局", "文化", "文广旅"],
  sports: ["体育", "体育局"],
  science: ["科技", "科技局", "科学技术局"],
});
const yesNoOf = (text: string): boolean | null =>
  ["是", "√", "✓", "y", "yes", "true", "1", "在册", "列入", "学科", "学科类", "营利", "营利性"].includes(spelled(text))
    ? true
    : ["否", "×", "✗", "x", "n", "no", "false", "0", "不在册", "未列入", "非学科", "非学科类", "非营利", "非营利性"].includes(spelled(text))
      ? false
      : null;

const pad = (n: string) => n.padStart(2, "0");
/** A day as written: 2024-03-01, 2024/3/1, 2024.3.1, 2024年3月1日, 20240301, 2024年3月 (its first), or Excel's serial. Never one that could be another. */
export const dateOf = (text: string): Day | null => {
  const t = compact(text)
    .replace(/[tT]\d{1,2}:.*$/, "")
    .replace(/(?<=\d)\d{1,2}:\d{2}(?::\d{2})?$/, "");
  const real = (y: string, m: string, d: string): Day | null => {
    const made = day.safeParse(`${y}-${pad(m)}-${pad(d)}`);
    return made.success ? made.data : null;
  };
  const m = /^(\d{4})[-/.年](\d{1,2})(?:[-/.月](\d{1,2})日?|月)?$/.exec(t) ?? /^(\d{4})(\d{2})(\d{2})$/.exec(t);
  if (m) {
    const [, y = "", month = "", d = "1"] = m;
    return Number(y) >= 1900 && Number(y) <= 2200 ? real(y, month, d) : null;
  }
  if (/^\d{5}(?:\.\d+)?$/.test(t)) {
    const serial = Math.floor(Number(t));
    // 1954-10-03 to 2119-01-01: what else would five digits be?
    return serial >= 20_000 && serial <= 80_000
      ? day.parse(new Date(Date.UTC(1899, 11, 30) + serial * 86_400_000).toISOString().slice(0, 10))
      : null;
  }
  return null;
};

export type PeopleValues = {
  name: string;
  login: string | null;
  employeeNo: string | null;
  unit: string | null;
  phone: string | null;
  email: string | null;
  category: Category | null;
  idNumber: string | null;
  post: Post | null;
  nature: Nature | null;
  from: Day | null;
  until: Day | null;
  roster: boolean | null;
};
export type UnitValues = {
  name: string;
  kind: UnitKind | null;
  parent: string | null;
  code: string | null;
  status: UnitStatus | null;
  since: Day | null;
  permit: string | null;
  permitUntil: Day | null;
  authority: string | null;
  supervisor: (typeof supervisors)[number] | null;
  academic: boolean | null;
  profit: boolean | null;
  foundedOn: Day | null;
};
export type Read<T> = { values: T; problem: null } | { values: null; problem: RowProblem };

const lost = (text: string) => /^\d(?:\.\d+)?e\+?\d+$/i.test(compact(text));
const nothing = (text: string) => /^(?:-|—|–|\/|\\|无|暂无|空|n\/?a|null|没有)$/i.test(compact(text));
class Flaw extends Error {
  readonly problem: RowProblem;
  constructor(problem: RowProblem) {
    super(problem.code);
    this.problem = problem;
  }
}
/** Reads the cells that a column map names; the first problem ends it. */
const reader = (cells: readonly Cell[], columns: readonly (string | null)[]) => {
  const raw = (field: string): string | null => {
    const at = columns.indexOf(field);
    const cell = at < 0 ? null : cells[at];
    if (cell === null || cell === undefined) return null;
    const text = cell.trim();
    return text === "" || nothing(text) ? null : text;
  };
  return {
    raw,
    /** A cell through `make`, whose null is a problem of this code. */
    of: <T>(field: string, code: RowCode, make: (text: string) => T | null): T | null => {
      const text = raw(field);
      if (text === null) return null;
      if ([...text].length > 200) throw new Flaw({ code: "tooLong", field, value: text.slice(0, 60) });
      const made = make(text);
      if (made === null) throw new Flaw({ code, field, value: text });
      return made;
    },
  };
};
const caught = <T>(read: () => T): Read<T> => {
  try {
    return { values: read(), problem: null };
  } catch (error) {
    if (error instanceof Flaw) return { values: null, problem: error.problem };
    throw error;
  }
};
const personName = (text: string): string | null => {
  const name = nameOf(text);
  return /^[\p{Script=Han}·]{1,30}$/u.test(name) || (/^[\p{L}·'’.\- ]{2,60}$/u.test(name) && /\p{L}/u.test(name)) ? name : null;
};
/** A unit's name in one spelling: half-width, no spaces, round brackets full-width as in print. */
export const unitName = (text: string): string => compact(text).replace(/\(/g, "（").replace(/\)/g, "）");
const number = (text: string): string | null => {
  const plain = compact(text).replace(/\.0$/, "");
  return /^[\w\-./#]{1,30}$/.test(plain) && !lost(plain) ? plain : null;
};

/** A row of a people's file. */
export const readPerson = (cells: readonly Cell[], columns: readonly (string | null)[]): Read<PeopleValues> =>
  caught(() => {
    const { raw, of } = reader(cells, columns);
    const name = of("name", "badName", personName);
    if (name === null) throw new Flaw({ code: "missing", field: "name", value: "" });
    const phoneText = raw("phone");
    if (phoneText !== null && lost(phoneText)) throw new Flaw({ code: "phoneLost", field: "phone", value: phoneText });
    const idText = raw("idNumber");
    if (idText !== null && (lost(idText) || /^\d{15}000$/.test(compact(idText))))
      throw new Flaw({ code: "idNumberLost", field: "idNumber", value: idText });
    const from = of("from", "badDate", dateOf);
    const untilText = raw("until");
    const until = untilText === null || /^(?:至今|长期|现在|在职|今)$/.test(compact(untilText)) ? null : of("until", "badDate", dateOf);
    if (from !== null && until !== null && until < from) throw new Flaw({ code: "dateOrder", field: "until", value: untilText ?? "" });
    return {
      name,
      login: of("login", "badLogin", (t) =>
        isLogin(compact(t).toLowerCase()) || /^[a-z][a-z0-9_.]{2,29}$/.test(compact(t).toLowerCase()) ? compact(t).toLowerCase() : null,
      ),
      employeeNo: of("employeeNo", "badChoice", number),
      unit: of("unit", "badChoice", unitName),
      phone: of("phone", "badPhone", phoneOf),
      email: of("email", "badEmail", (t) => (/^[^\s@]+@[^\s@]+\.[^\s@]+$/.test(compact(t)) ? compact(t).toLowerCase() : null)),
      category: of("category", "badChoice", categoryOf),
      idNumber: of("idNumber", "badIdNumber", (t) => (isIdNumber(compact(t).toUpperCase()) ? compact(t).toUpperCase() : null)),
      post: of("post", "badChoice", postOf),
      nature: of("nature", "badChoice", natureOf),
      from,
      until,
      roster: of("roster", "badChoice", yesNoOf),
    };
  });

/** A row of a units' file. */
export const readUnit = (cells: readonly Cell[], columns: readonly (string | null)[]): Read<UnitValues> =>
  caught(() => {
    const { raw, of } = reader(cells, columns);
    const name = of("name", "badName", (t) => (/[\p{Script=Han}\p{L}]/u.test(t) ? unitName(t) : null));
    if (name === null) throw new Flaw({ code: "missing", field: "name", value: "" });
    const codeText = raw("code");
    if (codeText !== null && lost(codeText)) throw new Flaw({ code: "idNumberLost", field: "code", value: codeText });
    return {
      name,
      kind: of("kind", "badChoice", kindOf),
      parent: of("parent", "badChoice", unitName),
      code: of("code", "badCode", (t) => (isUnitCode(compact(t).toUpperCase()) ? compact(t).toUpperCase() : null)),
      status: of("status", "badChoice", statusOf),
      since: of("since", "badDate", dateOf),
      permit: of("permit", "badChoice", (t) => compact(t)),
      permitUntil: of("permitUntil", "badDate", (t) =>
        dateOf(
          compact(t)
            .split(/至|~|—|到/)
            .at(-1) ?? "",
        ),
      ),
      authority: of("authority", "badChoice", (t) => compact(t)),
      supervisor: of("supervisor", "badChoice", supervisorOf),
      academic: of("academic", "badChoice", yesNoOf),
      profit: of("profit", "badChoice", yesNoOf),
      foundedOn: of("foundedOn", "badDate", dateOf),
    };
  });
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
