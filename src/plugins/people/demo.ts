/** The demonstration bureau: made-up 清河区教育局 with about 140 units and 1,500 people. No real person, school or number. */
import { v7 } from "uuid";
import {
  addDays,
  chunkJson,
  commit,
  dayOf,
  hashHere,
  jobId,
  loadActor,
  makeContext,
  notFound,
  personId,
  positionId,
  unitId,
  grantId,
  run,
  writeSetting,
  type Category,
  type Context,
  type Day,
  type Demo,
  type DemoWorld,
  type GrantRole,
  type Nature,
  type PersonId,
  type Post,
  type UnitId,
  type UnitKind,
  type Statement,
  type UnitStatus,
} from "#kernel";
import { sql } from "drizzle-orm";
import { loginFrom, unitCodeFrom } from "./rules.ts";
import { guessTable } from "./rules-read.ts";
import { checkImport } from "./service/import-check.ts";
import { importId, keyOf } from "./service/import-file.ts";
import {
  addGrants,
  addPeople,
  addPositions,
  addRosterMarks,
  addUnits,
  type GrantRow,
  type PersonRow,
  type PositionRow,
  type UnitRow,
} from "./store-bulk.ts";
import { addImport, findImport } from "./store-import.ts";
import { positionOpened } from "./terms.ts";

/** What later plugins find in `world.made`. */
export type DemoUnit = { id: UnitId; kind: UnitKind; status: UnitStatus; name: string };
export type DemoPerson = {
  id: PersonId;
  unit: UnitId;
  position: PositionRow["id"];
  post: Post;
  nature: Nature;
  category: Category;
  roster: boolean;
};
export type DemoAccounts = Record<
  "administrator" | "officer" | "preschool-officer" | "author" | "proctor" | "auditor" | "head" | "unit-officer" | "learner",
  PersonId
>;

const surnames = Array.from(
  "王李张刘陈杨赵黄周吴徐孙胡朱高林何郭马罗梁宋郑谢韩唐冯于董萧程曹袁邓许傅沈曾彭吕苏卢蒋蔡贾丁魏薛叶阎余潘杜戴夏钟汪田任姜范方石姚谭廖邹熊金陆郝孔白崔康毛邱秦江史顾侯邵孟龙万段雷钱汤尹黎易常武乔贺赖龚文",
);
const givenFirst = Array.from(
  "子雨思佳晓志建国文明海丽秀英红玉春婷静敏慧欣梦嘉俊宇浩泽博瑞宏永立新庆振德长少云天雪若依诗可心怡晨昊家成学世光荣",
);
const givenLast = Array.from(
  "伟芳娜敏静丽强磊军洋勇艳杰娟涛明超霞平刚桂兰华飞玲梅鑫波斌宇浩凯健俊帆雯琳晨阳欣怡然轩涵萍莉荣峰毅龙蕾洁颖琪瑶岩松柏清源",
);

type World = { ctx: Context; world: DemoWorld; today: Day; chance: () => number };
const pick = <T>({ chance }: World, from: readonly T[]): T => {
  const found = from[Math.floor(chance() * from.length)];
  if (found === undefined) throw new Error("nothing to pick from");
  return found;
};
/** An id that is the same at each run, but for its moment. */
const idOf = (w: World): string => v7({ msecs: w.world.now, random: Uint8Array.from({ length: 16 }, () => Math.floor(w.chance() * 256)) });
const between = (w: World, low: number, high: number) => low + Math.floor(w.chance() * (high - low + 1));
const ago = (w: World, low: number, high: number): Day => addDays(w.today, -between(w, low, high));

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

const makeUnits = (w: World): UnitRow[] => {
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

type Made = {
  people: PersonRow[];
  positions: PositionRow[];
  marks: { person: PersonId; from: Day; until?: Day | null }[];
  list: DemoPerson[];
};
const makePeople = (w: World, units: readonly UnitRow[]): Made => {
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
const secondPositions = (w: World, units: readonly UnitRow[], made: Made): PositionRow[] => {
  const of = (kind: UnitKind) => units.filter((u) => u.kind === kind && u.status === "open" && u.parent !== null);
  const teachers = made.list.filter((p) => p.post === "teaching" && p.category === "institution-specialist");
  const plans: { nature: Nature; kind: UnitKind; post: Post; count: number }[] = [
    { nature: "seconded", kind: "office", post: "bureau-staff", count: 12 },
    { nature: "temporary-post", kind: "public-school", post: "management", count: 6 },
    { nature: "supporting", kind: "public-school", post: "teaching", count: 14 },
    { nature: "part-time", kind: "adult", post: "teaching", count: 10 },
  ];
  const rows: PositionRow[] = plans.flatMap(({ nature, kind, post, count }, p) =>
    teachers
      .slice(p * 20, p * 20 + count)
      .map((person) => ({
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

const accountsOf = async (w: World, units: readonly UnitRow[], made: Made) => {
  const { password, token } = w.world.secrets;
  const unitBy = (name: string) => units.find((u) => u.name === name)?.id;
  const holder = (unit: UnitId | undefined, posts: readonly Post[]) => made.list.find((p) => p.unit === unit && posts.includes(p.post))?.id;
  const root = units[0]?.id;
  const training = units.filter((u) => u.kind === "training" && u.status === "open");
  const accounts: Partial<DemoAccounts> = {};
  const grants: GrantRow[] = [];
  const cast = (
    role: keyof DemoAccounts,
    username: string,
    id: PersonId | undefined,
    note: string,
    grant?: { role: GrantRole; kinds?: UnitKind[] },
  ) => {
    const person = made.people.find((p) => p.id === id);
    if (!person || !id) throw new Error(`the demonstration has nobody for ${role}`);
    accounts[role] = id;
    person.login = username;
    w.world.accounts.push({ role: role === "preschool-officer" ? "officer" : role, username, password, name: person.name, note });
    if (grant)
      grants.push({
        id: grantId.parse(idOf(w)),
        person: id,
        role: grant.role,
        unit: null,
        kinds: grant.kinds ?? null,
        from: addDays(w.today, -400),
        reason: "演示",
        by: null,
      });
  };
  const law = unitBy("政策法规科");
  cast("administrator", "administrator", holder(unitBy("办公室"), ["principal"]), "系统管理员", { role: "administrator" });
  cast("officer", "officer", holder(law, ["principal"]), "局管理员，政策法规科", { role: "officer" });
  cast("preschool-officer", "preschool", holder(unitBy("学前教育科"), ["principal"]), "局管理员，学前教育科，只管幼儿园", {
    role: "officer",
    kinds: ["public-kindergarten", "private-kindergarten"],
  });
  cast("author", "author", holder(law, ["liaison"]), "内容作者，政策法规科", { role: "author" });
  cast("proctor", "proctor", holder(unitBy("人事科"), ["principal"]), "监考，人事科", { role: "proctor" });
  cast("auditor", "auditor", holder(unitBy("财务审计科"), ["principal"]), "审计，财务审计科", { role: "auditor" });
  cast("head", "head", holder(training[0]?.id, ["principal"]), "三家培训机构的负责人");
  cast("unit-officer", "liaison", holder(unitBy("清河区第一中学"), ["liaison"]), "普法联络员，清河区第一中学");
  const staff = made.list.find((p) => p.unit === unitBy("基础教育科") && p.roster && p.post !== "principal" && p.post !== "liaison");
  cast("learner", "staff", staff?.id, "机关工作人员，在学法名册");
  const head = accounts.head;
  const more: PositionRow[] = training
    .slice(1, 3)
    .flatMap((u) =>
      head
        ? [
            {
              id: positionId.parse(idOf(w)),
              person: head,
              unit: u.id,
              nature: "part-time" as const,
              post: "principal" as const,
              from: ago(w, 200, 800),
            },
          ]
        : [],
    );
  const hash = await hashHere(password);
  const users = w.world.accounts.map((a) => ({ id: made.people.find((p) => p.login === a.username)?.id, login: a.username }));
  const now = w.world.now;
  const statements = chunkJson(users).flatMap((chunk) => [
    run(
      sql`insert into kernel_user (id, name, email, email_verified, created_at, updated_at, username, display_username) select value ->> 'id', value ->> 'login', (value ->> 'id') || '@people.invalid', 0, ${now}, ${now}, value ->> 'login', value ->> 'login' from json_each(${chunk}) where true`,
    ),
    run(
      sql`insert into kernel_account (id, account_id, provider_id, user_id, password, created_at, updated_at) select value ->> 'id', value ->> 'id', 'credential', value ->> 'id', ${hash}, ${now}, ${now} from json_each(${chunk}) where true`,
    ),
  ]);
  statements.push(
    run(
      sql`insert into kernel_session (id, expires_at, token, created_at, updated_at, ip_address, user_agent, user_id, strength) values (${idOf(w)}, ${now + 366 * 86_400_000}, ${token}, ${now}, ${now}, '', 'API', ${accounts.administrator ?? null}, 'password')`,
    ),
    run(
      sql`update kernel_person set notice_shown = 1 where login in (select value from json_each(${JSON.stringify(w.world.accounts.filter((a) => a.username !== "head").map((a) => a.username))}))`,
    ),
  );
  if (root === undefined) throw new Error("no root");
  return { accounts: accounts as DemoAccounts, grants, more, statements };
};

const files: readonly { by: keyof DemoAccounts; scope: "bureau" | "own"; name: string; text: (unit: string) => string }[] = [
  {
    by: "officer",
    scope: "bureau",
    name: "秋季新入职人员.csv",
    text: (unit) =>
      `姓名,单位,手机,职务,入职日期\n纪新,${unit},15400010001,教师,2026-09-01\n纪少,${unit},1540001,教师,2026-09-01\n纪外,没有的学校,,教师,2026年9月\n`,
  },
  { by: "head", scope: "own", name: "本机构人员.csv", text: (unit) => `姓名,单位,职务\n柯新,${unit},教师\n柯权,${unit},校长\n` },
];
/** Two files that were checked and wait for a word: the bureau's, and one of a head's own unit. */
const seedImports = async (w: World, units: readonly UnitRow[], accounts: DemoAccounts): Promise<void> => {
  const { ctx } = w;
  const training = units.find((u) => u.kind === "training" && u.status === "open");
  for (const { by, scope, name, text } of files) {
    const unit = by === "head" ? training?.name : "清河区第一中学";
    const actor = await loadActor(ctx.db, accounts[by], "demo", "password", w.today);
    const id = importId.parse(idOf(w));
    const bytes = new TextEncoder().encode(text(unit ?? ""));
    const { guess } = await guessTable("people", bytes, { kind: "text" });
    await ctx.env.FILES.put(keyOf(id), bytes);
    const own = makeContext({ env: ctx.env, registry: ctx.registry, now: w.world.now, actor });
    const write = (statements: readonly Statement[]) => commit(own, { statements, audit: null });
    await write([
      addImport(own, {
        id,
        kind: "people",
        scope,
        by: accounts[by],
        name,
        state: "reading",
        header: guess.header,
        columns: guess.columns,
        titles: guess.titles,
        answers: {},
        createdAt: w.world.now,
      }),
    ]);
    await checkImport(own, (await findImport(own, id)) ?? notFound(), { job: jobId.parse(idOf(w)), write });
  }
};

export const demo: Demo = {
  plugin: "people",
  paths: { "/sign-in/:code": "/sign-in/a2b3c4d5e6f7g8h9j", "/first-run/:code": "/first-run/0123456789abcdef0123456789abcdef01234567" },
  seed: async (ctx, world) => {
    const w: World = { ctx, world, today: dayOf(world.now, ctx.zone), chance: world.chance };
    const units = makeUnits(w);
    const made = makePeople(w, units);
    const second = secondPositions(w, units, made);
    const { accounts, grants, more, statements } = await accountsOf(w, units, made);
    const positions = [...made.positions, ...second, ...more];
    await commit(ctx, {
      statements: [
        writeSetting(ctx, "body", {
          name: "清河区教育局",
          issuer: "QHJY",
          contact: "政策法规科（演示，没有真实电话）",
          icp: "",
          police: "",
        }),
        ...addUnits(ctx, units),
        ...addPeople(ctx, made.people),
        ...addPositions(ctx, positions),
        ...addRosterMarks(ctx, made.marks),
        ...addGrants(ctx, grants),
        ...statements,
      ],
      signals: positions
        .filter((p) => p.until === null || p.until === undefined || p.until >= w.today)
        .map((p) => positionOpened({ person: p.person, unit: p.unit, position: p.id, from: p.from, post: p.post, nature: p.nature })),
      audit: { command: "people.demo" },
    });
    world.made.set(
      "units",
      units.map(({ id, kind, status, name }): DemoUnit => ({ id, kind, status, name })),
    );
    world.made.set("people", made.list);
    world.made.set("accounts", accounts);
    await seedImports(w, units, accounts);
  },
};
