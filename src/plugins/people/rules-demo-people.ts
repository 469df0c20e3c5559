/** The people of the demonstration bureau and their positions of every nature. */
import {
  addDays,
  personId,
  positionId,
  type Category,
  type Day,
  type Nature,
  type PersonId,
  type Post,
  type UnitId,
  type UnitKind,
} from "#kernel";
import { loginFrom } from "./rules.ts";
import type { PersonRow, PositionRow, UnitRow } from "./store-bulk.ts";
import { ago, between, idOf, pick, type World } from "./rules-demo-units.ts";

export type DemoPerson = {
  id: PersonId;
  unit: UnitId;
  position: PositionRow["id"];
  post: Post;
  nature: Nature;
  category: Category;
  roster: boolean;
};

const surnames = Array.from(
  "王李张刘陈杨赵黄周吴徐孙胡朱高林何郭马罗梁宋郑谢韩唐冯于董萧程曹袁邓许傅沈曾彭吕苏卢蒋蔡贾丁魏薛叶阎余潘杜戴夏钟汪田任姜范方石姚谭廖邹熊金陆郝孔白崔康毛邱秦江史顾侯邵孟龙万段雷钱汤尹黎易常武乔贺赖龚文",
);

const givenFirst = Array.from(
  "子雨思佳晓志建国文明海丽秀英红玉春婷静敏慧欣梦嘉俊宇浩泽博瑞宏永立新庆振德长少云天雪若依诗可心怡晨昊家成学世光荣",
);

const givenLast = Array.from(
  "伟芳娜敏静丽强磊军洋勇艳杰娟涛明超霞平刚桂兰华飞玲梅鑫波斌宇浩凯健俊帆雯琳晨阳欣怡然轩涵萍莉荣峰毅龙蕾洁颖琪瑶岩松柏清源",
);

type Staffing = { count: number; leader: Category; staff: readonly Category[]; posts: readonly Post[]; numbered: boolean };

const staffing: Record<UnitKind, Staffing> = {
  office: {
    count: 7,
    leader: "civil-servant",
    staff: ["civil-servant", "civil-servant", "civil-servant", "reference-civil-servant", "contract"],
    posts: ["bureau-staff", "bureau-staff", "enforcement"],
    numbered: true,
  },
  "public-school": {
    count: 20,
    leader: "institution-manager",
    staff: ["institution-specialist", "institution-specialist", "institution-specialist", "institution-manager", "worker", "contract"],
    posts: ["teaching", "teaching", "teaching", "management"],
    numbered: true,
  },
  "private-school": {
    count: 14,
    leader: "private-staff",
    staff: ["private-staff", "private-staff", "external"],
    posts: ["teaching", "teaching", "management", "safety"],
    numbered: false,
  },
  "public-kindergarten": {
    count: 9,
    leader: "institution-manager",
    staff: ["institution-specialist", "institution-specialist", "worker", "contract"],
    posts: ["teaching", "teaching", "management"],
    numbered: true,
  },
  "private-kindergarten": {
    count: 7,
    leader: "private-staff",
    staff: ["private-staff"],
    posts: ["founder", "teaching", "teaching", "safety"],
    numbered: false,
  },
  training: {
    count: 6,
    leader: "private-staff",
    staff: ["private-staff", "private-staff", "external"],
    posts: ["founder", "legal-representative", "teaching", "teaching", "safety", "controller"],
    numbered: false,
  },
  adult: {
    count: 6,
    leader: "institution-manager",
    staff: ["institution-specialist", "contract"],
    posts: ["teaching", "management", "other"],
    numbered: true,
  },
  other: {
    count: 9,
    leader: "institution-manager",
    staff: ["institution-specialist", "reference-civil-servant", "worker"],
    posts: ["management", "other"],
    numbered: true,
  },
};

const wanted = 1500;

export type Made = {
  people: PersonRow[];
  positions: PositionRow[];
  marks: { person: PersonId; from: Day; until?: Day | null }[];
  list: DemoPerson[];
};

/** People with a position each; the heads and liaisons of every unit first. */
export const makePeople = (w: World, units: readonly UnitRow[]): Made => {
  const made: Made = { people: [], positions: [], marks: [], list: [] };
  const logins = new Set<string>();
  let lastPhone: string | null = null;
  const login = (): string => {
    const tried = loginFrom(w.chance());
    if (logins.has(tried)) return login();
    logins.add(tried);
    return tried;
  };
  const phone = (): string | null => {
    // 154 is given to nobody; a few share one, as families and small offices do.
    const chance = w.chance();
    if (chance < 0.28) return null;
    if (chance < 0.3) return lastPhone;
    return (lastPhone = `154${String(Math.floor(w.chance() * 1e8)).padStart(8, "0")}`);
  };
  const hire = (unit: UnitRow, post: Post, category: Category, numbered: boolean) => {
    const id = personId.parse(idOf(w));
    const name = pick(w, surnames) + (w.chance() < 0.75 ? pick(w, givenFirst) : "") + pick(w, givenLast);
    made.people.push({
      id,
      login: login(),
      name,
      employeeNo: numbered ? `QH${String(made.people.length + 1).padStart(5, "0")}` : null,
      phone: phone(),
      category,
    });
    const from = w.chance() < 0.04 ? ago(w, 5, 60) : ago(w, 200, 4000);
    const closed = ["permit-revoked", "terminated", "deregistered"].includes(unit.status);
    const until = closed ? unit.since : w.chance() < 0.04 ? ago(w, 1, 200) : null;
    const position: PositionRow = {
      id: positionId.parse(idOf(w)),
      person: id,
      unit: unit.id,
      nature: "personnel",
      post,
      from: until !== null && from > until ? addDays(until, -400) : from,
      until,
    };
    made.positions.push(position);
    // Set by the bureau: all of the bureau's own, and the managing staff of public institutions (从事公务).
    const roster = category === "civil-servant" || category === "reference-civil-servant" || category === "institution-manager";
    if (roster) made.marks.push({ person: id, from: position.from, until });
    if (until === null) made.list.push({ id, unit: unit.id, position: position.id, post, nature: "personnel", category, roster });
    return id;
  };
  for (const unit of units) {
    const how = staffing[unit.kind];
    const count = unit.parent === null ? 6 : how.count + between(w, -1, 1);
    for (let n = 0; n < count; n++) {
      const post: Post = n === 0 ? "principal" : n === 1 ? "liaison" : unit.parent === null ? "bureau-staff" : pick(w, how.posts);
      hire(unit, post, n === 0 ? how.leader : pick(w, how.staff), how.numbered);
    }
  }
  const schools = units.filter((u) => u.kind === "public-school");
  while (made.people.length < wanted) hire(pick(w, schools), "teaching", "institution-specialist", true);
  return made;
};

/** Second positions of every nature, beside the one of 人事关系. */
export const secondPositions = (w: World, units: readonly UnitRow[], made: Made): PositionRow[] => {
  const of = (kind: UnitKind) => units.filter((u) => u.kind === kind && u.status === "open" && u.parent !== null);
  const teachers = made.list.filter((p) => p.post === "teaching" && p.category === "institution-specialist");
  const plans: { nature: Nature; kind: UnitKind; post: Post; count: number }[] = [
    { nature: "seconded", kind: "office", post: "bureau-staff", count: 12 },
    { nature: "temporary-post", kind: "public-school", post: "management", count: 6 },
    { nature: "supporting", kind: "public-school", post: "teaching", count: 14 },
    { nature: "part-time", kind: "adult", post: "teaching", count: 10 },
  ];
  const rows: PositionRow[] = plans.flatMap(({ nature, kind, post, count }, p) =>
    teachers.slice(p * 20, p * 20 + count).map((person) => ({
      id: positionId.parse(idOf(w)),
      person: person.id,
      unit: pick(w, of(kind)).id,
      nature,
      post,
      from: ago(w, 20, 300),
      main: nature === "seconded" && w.chance() < 0.5,
    })),
  );
  const retired = made.positions.filter((p) => p.until !== null && p.until !== undefined && p.until < w.today).slice(0, 8);
  for (const p of retired)
    if (p.until)
      rows.push({
        id: positionId.parse(idOf(w)),
        person: p.person,
        unit: pick(w, of("training")).id,
        nature: "re-employed",
        post: "teaching",
        from: addDays(p.until, 1),
      });
  return rows;
};
