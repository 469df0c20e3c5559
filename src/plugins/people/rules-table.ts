/**
 * From a sheet to rows under a header: where the header stands (titles above, two-storey headers, merged cells), which
 * column is what, and which rows are data (not notes, sums, repeated headers). Only a guess: the reader may change it.
 */
export type Cell = string | null;
/** A row of a sheet with its number there, from 1. */
export type SheetRow = { n: number; cells: Cell[] };

export const peopleFields = [
  "name",
  "login",
  "employeeNo",
  "unit",
  "phone",
  "email",
  "category",
  "idNumber",
  "post",
  "nature",
  "from",
  "until",
  "roster",
] as const;
export type PeopleField = (typeof peopleFields)[number];
export const unitFields = [
  "name",
  "kind",
  "parent",
  "code",
  "status",
  "since",
  "permit",
  "permitUntil",
  "authority",
  "supervisor",
  "academic",
  "profit",
  "foundedOn",
] as const;
export type UnitField = (typeof unitFields)[number];
export type ImportKind = "people" | "units";
/** The fields of a kind of file. */
export const fieldsOf = (kind: ImportKind): readonly string[] => (kind === "people" ? peopleFields : unitFields);

/** Headers as bureaux write them, in one spelling (see `headerKey`); the first of each is ours. */
const peopleHeaders: Record<PeopleField, readonly string[]> = {
  name: ["姓名", "名字", "真实姓名", "人员姓名", "教师姓名", "教职工姓名", "职工姓名", "学员姓名", "员工姓名", "人员", "name", "fullname"],
  login: ["登录号", "学法登录号", "login"],
  employeeNo: [
    "工号",
    "职工号",
    "教工号",
    "员工号",
    "人员编号",
    "职工编号",
    "教师编号",
    "教工编号",
    "员工编号",
    "用户名",
    "账号",
    "帐号",
    "employeeno",
    "username",
    "employeenumber",
  ],
  unit: [
    "单位",
    "学校",
    "所在机构",
    "所在单位",
    "单位名称",
    "工作单位",
    "学校名称",
    "机构名称",
    "机构",
    "所属单位",
    "所属机构",
    "所属学校",
    "所在学校",
    "所在部门",
    "部门",
    "科室",
    "所在科室",
    "部门名称",
    "培训机构",
    "园所",
    "幼儿园",
    "幼儿园名称",
    "任职单位",
    "unit",
    "organisation",
    "organization",
    "school",
    "department",
  ],
  phone: [
    "手机",
    "手机号",
    "手机号码",
    "电话",
    "电话号码",
    "联系电话",
    "联系方式",
    "移动电话",
    "联系手机",
    "本人手机",
    "手机电话",
    "phone",
    "mobile",
    "tel",
  ],
  email: ["邮箱", "电子邮箱", "电子邮件", "邮件", "email", "e-mail", "mail"],
  category: ["人员类别", "人员性质", "人员类型", "身份", "编制类别", "编制性质", "编制", "类别", "身份类别", "用工性质", "category"],
  idNumber: ["身份证号", "身份证", "身份证号码", "公民身份号码", "证件号码", "证件号", "idnumber"],
  post: ["岗位", "职务", "职位", "岗位名称", "担任职务", "现任职务", "岗位类别", "post", "title", "position"],
  nature: ["任职性质", "任职类型", "任职方式", "nature"],
  from: [
    "任职日期",
    "任职时间",
    "入职日期",
    "入职时间",
    "到岗日期",
    "到岗时间",
    "到任日期",
    "任职开始",
    "开始日期",
    "任职开始日期",
    "参加工作时间到本单位",
    "进入本单位时间",
    "来校时间",
    "来校日期",
    "到校时间",
    "起始日期",
    "from",
    "startdate",
  ],
  until: [
    "离任日期",
    "离职日期",
    "离职时间",
    "离任时间",
    "离岗日期",
    "任职结束",
    "结束日期",
    "任职结束日期",
    "离校时间",
    "until",
    "enddate",
  ],
  roster: [
    "学法名册",
    "列入学法名册",
    "列入国家工作人员学法名册",
    "国家工作人员",
    "是否国家工作人员",
    "国家工作人员学法名册",
    "是否列入名册",
    "是否列入学法名册",
    "roster",
  ],
};
const unitHeaders: Record<UnitField, readonly string[]> = {
  name: [
    "单位名称",
    "名称",
    "机构名称",
    "学校名称",
    "单位",
    "学校",
    "机构",
    "园所名称",
    "幼儿园名称",
    "培训机构名称",
    "办学机构名称",
    "机构全称",
    "单位全称",
    "学校全称",
    "name",
    "unit",
    "school",
  ],
  kind: [
    "机构类别",
    "类别",
    "单位类别",
    "机构类型",
    "类型",
    "单位类型",
    "学校类别",
    "学校类型",
    "办学类型",
    "单位性质",
    "机构性质",
    "kind",
    "type",
  ],
  parent: ["上级单位", "上级机构", "主管单位", "隶属单位", "所属单位", "上级", "parent"],
  code: ["统一社会信用代码", "信用代码", "社会信用代码", "统一信用代码", "机构代码", "code"],
  status: ["状态", "办学状态", "机构状态", "经营状态", "单位状态", "status"],
  since: ["状态日期", "状态起始日期", "变更日期", "since"],
  permit: ["许可证号", "办学许可证号", "办学许可证编号", "许可证编号", "许可证", "办学许可证", "permit"],
  permitUntil: [
    "许可有效期至",
    "许可有效期",
    "许可证有效期",
    "许可证有效期至",
    "有效期至",
    "有效期",
    "办学许可证有效期",
    "办学许可证有效期至",
    "permituntil",
  ],
  authority: ["审批机关", "发证机关", "审批单位", "authority"],
  supervisor: ["主管部门", "行业主管部门", "supervisor"],
  academic: ["学科类", "学科/非学科", "学科非学科", "是否学科类", "培训类别", "学科类型", "academic"],
  profit: ["营利性", "是否营利", "是否营利性", "营利性质", "办学属性", "profit"],
  foundedOn: ["许可决定日期", "批准日期", "设立日期", "成立日期", "批准设立日期", "发证日期", "成立时间", "批准时间", "foundedon"],
};
/** What a kind of file calls each field; the first name is ours. */
export const headersOf = (kind: ImportKind): Readonly<Record<string, readonly string[]>> =>
  kind === "people" ? peopleHeaders : unitHeaders;

/** A header in one spelling: half-width, lower case, without spaces, marks and what stands in brackets. */
export const headerKey = (text: string): string =>
  text
    .normalize("NFKC")
    .toLowerCase()
    .replace(/[([【〔{][^)\]】〕}]*[)\]】〕}]/g, "")
    .replace(/[\s*＊:：、,.。\-_—·"'“”]/g, "");

const fieldByHeader = (kind: ImportKind): Map<string, string> =>
  new Map(Object.entries(headersOf(kind)).flatMap(([field, names]) => names.map((name) => [headerKey(name), field] as const)));

export type Guess = {
  /** The header's last row, from 1; 0: none was found. */
  header: number;
  /** What each column is; null: not used. */
  columns: (string | null)[];
  /** What each column is called in the file. */
  titles: string[];
  /** Lines above the header. */
  above: string[];
  score: number;
};

const isFilled = (cell: Cell | undefined): cell is string => cell !== null && cell !== undefined && cell.trim() !== "";
const assign = (titles: readonly string[], fields: ReadonlyMap<string, string>): { columns: (string | null)[]; score: number } => {
  const taken = new Set<string>();
  const columns = titles.map((title) => {
    const field = fields.get(headerKey(title));
    if (field === undefined || taken.has(field)) return null;
    taken.add(field);
    return field;
  });
  // A header that holds one of ours among other words ("本人联系电话（必填）") fills what is still missing.
  titles.forEach((title, at) => {
    if (columns[at] !== null || title === "") return;
    const key = headerKey(title);
    const found = [...fields]
      .filter(([name, field]) => name.length >= 2 && !taken.has(field) && key.length <= name.length + 6 && key.endsWith(name))
      .toSorted(([a], [b]) => b.length - a.length)[0];
    if (found === undefined) return;
    taken.add(found[1]);
    columns[at] = found[1];
  });
  return { columns, score: taken.size + (taken.has("name") ? 1 : 0) };
};

/** Where the header stands and what its columns are, from the first rows of a sheet. */
export const guessHeader = (kind: ImportKind, rows: readonly SheetRow[]): Guess => {
  const fields = fieldByHeader(kind);
  let best: Guess = { header: 0, columns: [], titles: [], above: [], score: 0 };
  const first = rows.slice(0, 40);
  first.forEach((row, at) => {
    const titles = row.cells.map((cell) => (cell ?? "").trim());
    // A title merged over the whole width is no header.
    const distinct = new Set(titles.filter((title) => title !== ""));
    if (distinct.size < 1 || (distinct.size === 1 && titles.filter((title) => title !== "").length > 1)) return;
    const plain = assign(titles, fields);
    const below = first[at + 1];
    const two = below === undefined ? null : twoStorey(titles, below, fields);
    const chosen = two !== null && two.score > plain.score ? { ...two, header: below?.n ?? row.n } : { ...plain, titles, header: row.n };
    const enough = chosen.columns.includes("name") && (chosen.score >= 3 || distinct.size === 1 || chosen.score / distinct.size > 0.5);
    if (enough && chosen.score > best.score)
      best = { ...chosen, above: first.slice(0, at).flatMap((r) => [...new Set(r.cells.filter(isFilled))]) };
  });
  return best;
};
/** A header of two rows: "联系方式" over "手机" and "邮箱"; what is merged downwards counts once. */
const twoStorey = (above: readonly string[], below: SheetRow, fields: ReadonlyMap<string, string>) => {
  const lower = below.cells.map((cell) => (cell ?? "").trim());
  const width = Math.max(above.length, lower.length);
  const isHeader = Array.from({ length: width }, (_, c) => lower[c] ?? "").every(
    (title, c) => title === "" || title === (above[c] ?? "") || fields.has(headerKey(title)),
  );
  if (!isHeader) return null;
  const titles = Array.from({ length: width }, (_, c) => (lower[c] !== undefined && lower[c] !== "" ? lower[c] : (above[c] ?? "")));
  return { titles, ...assign(titles, fields) };
};

const noteStart = /^(?:注|备注|说明|填表|填报|制表|审核|审批人|负责人签|联系人|单位负责人|报送|合计|总计|小计|共计|统计|打印|以上|附|\*|※)/;
/** Whether a row below the header is data: neither empty, nor the header again, nor a note or a sum. */
export const isData = (row: SheetRow, guess: Pick<Guess, "columns" | "titles">): boolean => {
  const filled = row.cells.filter(isFilled);
  if (filled.length === 0) return false;
  const used = row.cells.filter((cell, c) => guess.columns[c] !== null && guess.columns[c] !== undefined && isFilled(cell));
  const again = row.cells.filter((cell, c) => isFilled(cell) && headerKey(cell) === headerKey(guess.titles[c] ?? "\u0000"));
  if (again.length >= 2 && again.length === filled.length) return false;
  const distinct = [...new Set(filled.map((cell) => cell.trim()))];
  const name = row.cells[guess.columns.indexOf("name")];
  const first = distinct[0] ?? "";
  if (/^(?:合计|总计|小计|共计)$/.test(first.replace(/\s/g, ""))) return false;
  // One text alone, or merged over the width: a note, a page number, the title again.
  if (
    distinct.length === 1 &&
    (noteStart.test(first) || first.length > 12 || (filled.length > 1 && guess.columns.filter((c) => c !== null).length > 1))
  )
    return false;
  if (noteStart.test(first) && (!isFilled(name) || name.trim() === first || /[:：]/.test(first)) && distinct.length <= 4) return false;
  return used.length > 0;
};

const letters = (text: string) => [...text].reduce((sum, c) => sum * 26 + c.charCodeAt(0) - 64, 0) - 1;
/** Ranges of merged cells, 0-based; those of one cell or far too large are left out. */
export const mergesOf = (refs: readonly string[]) =>
  refs.flatMap((ref) => {
    const m = /^([A-Z]+)(\d+):([A-Z]+)(\d+)$/.exec(ref);
    if (!m) return [];
    const range = { left: letters(m[1] ?? ""), top: Number(m[2]) - 1, right: letters(m[3] ?? ""), bottom: Number(m[4]) - 1 };
    return range.right - range.left < 200 && range.bottom - range.top < 5000 ? [range] : [];
  });
