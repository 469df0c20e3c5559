/** The units of the demonstration bureau, and the chance that its makers share. */
import { v7 } from "uuid";
import { addDays, unitId, type Context, type Day, type DemoWorld, type UnitKind, type UnitStatus } from "#kernel";
import { unitCodeFrom } from "./rules.ts";
import type { UnitRow } from "./store-bulk.ts";

export type World = { ctx: Context; world: DemoWorld; today: Day; chance: () => number };

/** One of a list. */
export const pick = <T>({ chance }: World, from: readonly T[]): T => {
  const found = from[Math.floor(chance() * from.length)];
  if (found === undefined) throw new Error("nothing to pick from");
  return found;
};

/** An id that is the same at each run, but for its moment. */
export const idOf = (w: World): string =>
  v7({ msecs: w.world.now, random: Uint8Array.from({ length: 16 }, () => Math.floor(w.chance() * 256)) });

/** A whole number within bounds. */
export const between = (w: World, low: number, high: number) => low + Math.floor(w.chance() * (high - low + 1));

/** A day some days ago. */
export const ago = (w: World, low: number, high: number): Day => addDays(w.today, -between(w, low, high));

const offices = [
  "办公室",
  "人事科",
  "政策法规科",
  "基础教育科",
  "学前教育科",
  "民办教育科",
  "职业与成人教育科",
  "德育与安全科",
  "财务审计科",
  "督导室",
  "体育卫生与艺术科",
  "机关党委",
];

const numerals = ["一", "二", "三", "四", "五", "六", "七", "八", "九", "十"];

const places = [
  "柳荫",
  "东渡",
  "南苑",
  "北桥",
  "河湾",
  "石榴园",
  "槐安",
  "清源",
  "临湖",
  "双塔",
  "松林",
  "新港",
  "望河",
  "杏花",
  "长堤",
  "安澜",
];

const kindergartenWords = [
  "小水滴",
  "向日葵",
  "春芽",
  "彩虹桥",
  "星星树",
  "蒲公英",
  "百灵鸟",
  "小橡果",
  "萤火虫",
  "金麦穗",
  "晨露",
  "花蕊",
  "小帆船",
  "七色花",
  "绿叶",
  "童谣",
  "棉花糖",
  "小石榴",
  "云朵",
  "布谷鸟",
  "嫩芽",
  "青草地",
  "小蜗牛",
  "月亮船",
  "种子",
  "小溪流",
];

const trainingWords = [
  "启帆",
  "知行",
  "博闻",
  "晨光",
  "星河",
  "远志",
  "慧林",
  "卓然",
  "明德",
  "思源",
  "格致",
  "春晖",
  "致远",
  "拾光",
  "乐学",
  "青禾",
  "砺锋",
  "云帆",
  "鹿鸣",
  "正心",
  "朗润",
  "墨香",
  "弈林",
  "律动",
  "极光",
  "飞扬",
  "跃动",
  "灵犀",
  "方圆",
  "清音",
  "翰墨",
  "天行",
  "立雪",
  "求索",
  "蓝桥",
  "松涛",
];

const statusesOfPrivate: UnitStatus[] = ["preparing", "paused", "enrolment-stopped", "permit-revoked", "terminated", "deregistered"];

/** Units of every kind and status, in their tree. */
export const makeUnits = (w: World): UnitRow[] => {
  const rows: UnitRow[] = [];
  const root = unitId.parse(idOf(w));
  let coded = 0;
  const add = (kind: UnitKind, name: string, more: Partial<UnitRow> = {}) => {
    const open = addDays(w.today, -between(w, 1200, 6000));
    const row: UnitRow = {
      id: unitId.parse(idOf(w)),
      parent: root,
      kind,
      name,
      status: "open",
      since: open,
      foundedOn: open,
      authority: "清河区教育局",
      supervisor: "education",
      ...more,
    };
    rows.push(row);
    return row;
  };
  const code = (start: string) => unitCodeFrom(`${start}999999QH${String(2_000_000 + ++coded * 137).slice(0, 7)}`.slice(0, 17));
  rows.push({
    id: root,
    parent: null,
    kind: "office",
    name: "清河区教育局",
    status: "open",
    since: addDays(w.today, -9000),
    code: code("11"),
  });
  for (const name of offices) add("office", name, { foundedOn: null, authority: null, supervisor: null });
  const schools = [
    ...numerals.slice(0, 8).map((n) => `清河区第${n}中学`),
    ...places.slice(0, 16).map((p) => `清河区${p}小学`),
    "清河区实验学校",
    "清河区特殊教育学校",
    "清河区职业技术学校",
    "清河区河湾九年一贯制学校",
  ];
  schools.forEach((name, n) => {
    const school = add("public-school", name, { code: code("12") });
    if (n === 2)
      for (const campus of ["东校区", "西校区"]) add("public-school", `${name}${campus}`, { parent: school.id, code: school.code ?? null });
  });
  let troubled = 0;
  const isPrivate = (n: number, every: number) => {
    const status = n % every === every - 1 ? statusesOfPrivate[troubled++ % statusesOfPrivate.length] : undefined;
    return status === undefined
      ? {
          permit: `教民1${String(n + 10).padStart(4, "0")}号`,
          permitUntil: addDays(w.today, between(w, -30, 1400)),
          profit: w.chance() < 0.5,
          code: code("52"),
        }
      : {
          status,
          since: ago(w, 20, 300),
          permit: status === "preparing" ? null : `教民1${String(n + 10).padStart(4, "0")}号`,
          permitUntil: status === "preparing" ? null : ago(w, 10, 400),
          profit: false,
          code: status === "preparing" ? null : code("52"),
        };
  };
  ["明远", "东篱", "致和", "弘文", "南山", "博学", "新纪元", "清和里"].forEach((word, n) =>
    add("private-school", `清河区${word}学校`, isPrivate(n, 7)),
  );
  places.forEach((place) => add("public-kindergarten", `清河区${place}幼儿园`, { code: code("12") }));
  kindergartenWords.forEach((word, n) => add("private-kindergarten", `清河区${word}幼儿园`, isPrivate(n, 6)));
  trainingWords.forEach((word, n) => {
    const supervisor =
      n < 14
        ? ("education" as const)
        : n < 20
          ? ("culture" as const)
          : n < 26
            ? ("sports" as const)
            : n < 32
              ? ("science" as const)
              : ("labour" as const);
    const recent = n % 12 === 3;
    add(
      "training",
      `清河区${word}${{ education: "文化", culture: "艺术", sports: "体育", science: "科技", labour: "职业技能" }[supervisor]}培训学校`,
      {
        ...isPrivate(n + 100, 8),
        supervisor,
        academic: supervisor === "education",
        ...(recent ? { foundedOn: ago(w, 30, 280) } : {}),
      },
    );
  });
  ["柳荫", "东渡", "南苑", "北桥", "河湾", "双塔", "临湖", "松林"].forEach((place) =>
    add("adult", `清河区${place}成人文化技术学校`, { code: code("12") }),
  );
  for (const name of ["清河区教师发展中心", "清河区青少年活动中心", "清河区学生资助管理中心", "清河区招生考试中心"])
    add("other", name, { code: code("12") });
  return rows;
};
