/**
 * The demonstration's rules: the yearly exam with its course for the roster, a course at each unit for heads of training
 * institutions, one within 30 days for new heads of schools, and one for the bureau's own staff.
 */
import {
  addDays,
  dayOf,
  loadActor,
  makeContext,
  newId,
  requirementId,
  rowsOf,
  type AssignmentId,
  type Context,
  type Day,
  type Demo,
  type DemoWorld,
  type PersonId,
} from "#kernel";
import { listExams } from "#plugins/exams";
import { sql } from "drizzle-orm";
import { excuseId } from "./input-excuses.ts";
import { previewReminder, remind } from "./service/chase.ts";
import { askExcuse, enterExcuse } from "./service/excuse-ask.ts";
import { sendBulk } from "./service/excuse-bulk.ts";
import type { RuleInput } from "./input.ts";
import { periodOf, yearOf } from "./rules.ts";
import { activateRequirement } from "./service/activate.ts";
import { createRequirement } from "./service/rule.ts";

/** The accounts that the plugin people leaves. */
const administratorOf = (world: DemoWorld): PersonId => (world.made.get("accounts") as { administrator: PersonId }).administrator;

const seed = async (ctx: Context, world: DemoWorld): Promise<void> => {
  const actor = await loadActor(ctx.db, administratorOf(world), "demo", "password", ctx.today);
  const own = makeContext({ env: ctx.env, registry: ctx.registry, now: world.now, actor });
  const today = dayOf(world.now, ctx.zone);
  const plain = {
    lessons: [],
    kinds: [],
    statuses: [],
    posts: [],
    natures: [],
    categories: [],
    roster: false,
    each: false,
    period: "calendar",
    dueBy: "day",
    repeats: false,
  } satisfies Partial<RuleInput>;
  /** By a day, in the year of that day. */
  const by = (from: number, due: number) => ({
    from: addDays(today, from),
    due: addDays(today, due),
    year: yearOf("calendar", addDays(today, due)),
  });
  const rules: (Omit<RuleInput, "id"> & Partial<Pick<RuleInput, "id">>)[] = [
    {
      ...plain,
      id: headsRule,
      name: "培训机构负责人学法",
      course: "peixun-yifa-banxue",
      kinds: ["training"],
      posts: ["principal"],
      each: true,
      ...by(-200, -9),
    },
    {
      ...plain,
      name: "新任负责人学法",
      course: "peixun-yifa-banxue",
      kinds: ["training", "private-school", "private-kindergarten"],
      posts: ["principal", "legal-representative"],
      period: "school",
      year: yearOf("school", today),
      from: periodOf("school", yearOf("school", today)).from,
      tookFrom: periodOf("school", yearOf("school", today)).from,
      dueBy: "joining",
      days: 30,
      repeats: true,
    },
    { ...plain, name: "机关科室学行政处罚法", course: "xingzheng-chufa", kinds: ["office"], ...by(-200, 12) },
  ];
  const yearly = (await listExams(own)).find((exam) => exam.title.includes("年度学法用法考试"));
  if (yearly)
    rules.unshift({
      ...plain,
      id: yearlyRule,
      name: yearly.title,
      course: "xingzheng-chufa",
      exam: yearly.id,
      roster: true,
      ...by(-20, 10),
    });
  for (const rule of rules) await activateRequirement(own, await createRequirement(own, { id: newId(requirementId), ...rule }));
  // Still a draft.
  await createRequirement(own, {
    ...plain,
    id: draftRule,
    name: "民办学校负责人学法",
    course: "peixun-yifa-banxue",
    kinds: ["private-school"],
    ...by(1, 30),
  });
  await excuseSome(own, world);
  await remindSome(makeContext({ env: ctx.env, registry: ctx.registry, now: world.now - 3 * 86_400_000, actor }));
};
/** Three days ago the heads of training institutions who are overdue were reminded, by words to send. */
const remindSome = async (before: Context): Promise<void> => {
  const open = { requirement: headsRule, people: [], late: true };
  if ((await previewReminder(before, open)).now.length > 0) await remind(before, { ...open, use: reminderUse, how: "copy", again: false });
};
const idOf = (n: number) => excuseId.parse(`01980000-0000-7000-8000-0000000005${String(n).padStart(2, "0")}`);
const ruleOf = (n: number) => requirementId.parse(`01980000-0000-7000-8000-0000000006${String(n).padStart(2, "0")}`);
const [headsRule, yearlyRule, draftRule] = [ruleOf(1), ruleOf(2), ruleOf(3)];
const reminderUse = "01980000-0000-7000-8000-000000000604";
/** Some who are excused from the yearly exam, and one for whom a head asks. */
const excuseSome = async (own: Context, world: DemoWorld): Promise<void> => {
  const logins = JSON.stringify(world.accounts.map(({ username }) => username));
  const quiet = sql`a.ended_at is null and a.done_at is null and a.sat_at is null and a.person not in (select id from kernel_person where login in (select value from json_each(${logins})))`;
  const found = await rowsOf<{ id: AssignmentId; due: Day; name: string; login: string }>(
    own,
    sql`select a.id, a.due_day as due, p.name, p.login from kernel_assignment a join kernel_person p on p.id = a.person where a.kind = 'exam' and ${quiet} order by a.person limit 5`,
  );
  const excused = [
    { what: "exempt", kind: "retiring", note: "12 月到龄退休" },
    { what: "exempt", kind: "illness", note: "长期病假" },
    { what: "deferred", kind: "maternity", note: "" },
    { what: "exempt", kind: "other", note: "援外任务期间不能联网" },
  ] as const;
  for (const [n, { id, due }] of found.entries()) {
    const given = excused[n];
    if (given !== undefined)
      await enterExcuse(own, {
        id: idOf(n + 1),
        assignment: id,
        of: "all",
        from: addDays(own.today, -60),
        ...given,
        ...(given.what === "deferred" ? { due: addDays(due, 60) } : {}),
        ...(n === 1 ? { file: new File(["%PDF-1.4\n% 示例证明\n%%EOF\n"], "病假证明.pdf") } : {}),
      });
  }
  // A file that waits for its word.
  if (found[4] !== undefined)
    await sendBulk(own, {
      id: idOf(20),
      requirement: yearlyRule,
      file: new File(
        [`姓名,登录号,免或缓,范围,原因,起始日期\n${found[4].name},${found[4].login},免,考试,出国,${own.today}\n查无此人,,免,,产假,\n`],
        "免考名单.csv",
      ),
    });
  const login = world.accounts.find(({ role }) => role === "head")?.username ?? "";
  const [head] = await rowsOf<{ id: PersonId }>(own, sql`select id from kernel_person where login = ${login}`);
  if (head === undefined) return;
  const actor = await loadActor(own.db, head.id, "demo", "password", own.today);
  const asHead = makeContext({ env: own.env, registry: own.registry, now: world.now, actor });
  const [theirs] = await rowsOf<{ id: AssignmentId }>(
    own,
    sql`select a.id from kernel_assignment a join kernel_position p on p.unit = a.unit and p.person = ${head.id} where a.ended_at is null order by a.person, a.id limit 1`,
  );
  if (theirs === undefined) return;
  await askExcuse(asHead, {
    id: idOf(9),
    assignment: theirs.id,
    what: "deferred",
    of: "all",
    kind: "abroad",
    from: own.today,
    until: addDays(own.today, 20),
    due: addDays(own.today, 45),
    note: "随团出访，回国后补学",
  });
};

export const demo: Demo = {
  plugin: "requirements",
  seed,
  paths: {
    "/excuses/:id/file": `/excuses/${idOf(2)}/file`,
    "/admin/excuses/files/:id": `/admin/excuses/files/${idOf(20)}`,
    "/admin/requirements/:id/change": `/admin/requirements/${draftRule}/change`,
    "/admin/requirements/:id/hits": `/admin/requirements/${draftRule}/hits`,
    "/admin/requirements/:id/excused": `/admin/requirements/${yearlyRule}/excused`,
    "/admin/requirements/:id/reminders": `/admin/requirements/${headsRule}/reminders`,
    "/remind/:use": `/remind/${reminderUse}`,
  },
};
