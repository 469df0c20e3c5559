/** The demonstration bureau: made-up 清河区教育局 with about 140 units and 1,500 people. No real person, school or number. */
import {
  addDays,
  chunkJson,
  commit,
  dayOf,
  grantId,
  hashHere,
  jobId,
  loadActor,
  makeContext,
  notFound,
  positionId,
  run,
  writeSetting,
  type Demo,
  type GrantRole,
  type PersonId,
  type Post,
  type Statement,
  type UnitId,
  type UnitKind,
  type UnitStatus,
} from "#kernel";
import { sql } from "drizzle-orm";
import { headersOf } from "./rules-headers.ts";
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
  type PositionRow,
  type UnitRow,
} from "./store-bulk.ts";
import { addImport, findImport } from "./store-import.ts";
import { personChanged } from "./terms.ts";
import { ago, idOf, makeUnits, type World } from "./rules-demo-units.ts";
import { makePeople, secondPositions, type Made } from "./rules-demo-people.ts";

/** What later plugins find in `world.made`. */
export type DemoUnit = { id: UnitId; kind: UnitKind; status: UnitStatus; name: string };

export type DemoAccounts = Record<
  "administrator" | "officer" | "preschool-officer" | "leader" | "author" | "proctor" | "auditor" | "head" | "unit-officer" | "learner",
  PersonId
>;

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
    grant?: { role: GrantRole; kinds?: UnitKind[]; id?: string },
  ) => {
    const person = made.people.find((p) => p.id === id);
    if (!person || !id) throw new Error(`the demonstration has nobody for ${role}`);
    accounts[role] = id;
    person.login = username;
    w.world.accounts.push({
      role: role === "preschool-officer" || role === "leader" ? "officer" : role,
      username,
      password,
      name: person.name,
      note,
    });
    if (grant)
      grants.push({
        id: grantId.parse(grant.id ?? idOf(w)),
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
  // An id of its own, so that what comes after has the same chance as before this account came.
  cast("leader", "leader", holder(unitBy("督导室"), ["principal"]), "局管理员，督导室，报告须有第三人签发", {
    role: "officer",
    id: "01980000-0000-7000-8000-000000000101",
  });
  const head = accounts.head;
  const more: PositionRow[] = training.slice(1, 3).flatMap((u) =>
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
    const { guess } = await guessTable(headersOf("people"), bytes, { kind: "text" });
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
  paths: {
    "/sign-in/:code": "/sign-in/a2b3c4d5e6f7g8h9j",
    "/first-run/:code": "/first-run/0123456789abcdef0123456789abcdef01234567",
    "/unit/people/positions/:position/close": "/unit/people/positions/01900000-0000-7000-8000-000000000000/close",
  },
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
        .map(({ person }) => personChanged({ person })),
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
