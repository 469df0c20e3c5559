/** A year of exams in the demonstration bureau: one over, with retakes; the yearly one open; one for heads after their course. */
import { v7 } from "uuid";
import { addDays, dayOf, loadActor, makeContext, type Context, type Demo, type DemoWorld, type PersonId, type UnitId } from "#kernel";
import { certificatesOf, revokeCertificate } from "#plugins/certificates";
import { completedCourses } from "#plugins/courses";
import { loadQuestions, paperSeeds } from "./service/pool.ts";
import type { BlueprintLine, ExamInput, SittingInput } from "./input.ts";
import { attemptId, examId, sittingId } from "./rules-ids.ts";
import { chanceFrom, drawQuestions, makePaper, type Item } from "./rules-paper.ts";
import { instantIn, verdictOf } from "./rules.ts";
import { createExam } from "./service/plan.ts";
import { publishExam } from "./service/publish.ts";
import { flushBatch } from "./service/flush.ts";
import { findPool } from "./store.ts";
import { type Graded } from "./store-attempts.ts";

type Person = { id: PersonId; unit: UnitId; post: string; category: string; roster: boolean };
const minute = 60_000;
const batchMost = 100;

/** Ids that tests and pages may name: the same in every demonstration. */
const fixed = (n: number): string => `01980000-0000-7000-8000-${String(n).padStart(12, "0")}`;
const [springId, yearlyId, headsId] = [examId.parse(fixed(101)), examId.parse(fixed(102)), examId.parse(fixed(103))];
const [springSitting, yearlySitting, headsSitting] = [
  sittingId.parse(fixed(111)),
  sittingId.parse(fixed(112)),
  sittingId.parse(fixed(113)),
];
/** The attempts of the demonstration's member of staff at the exam that is over: failed, then passed. */
const staffAttempts = [attemptId.parse(fixed(121)), attemptId.parse(fixed(122))] as const;

/** An id that is the same at each run, but for its moment. */
const idOf = (world: DemoWorld, at: number): string =>
  v7({ msecs: at, random: Uint8Array.from({ length: 16 }, () => Math.floor(world.chance() * 256)) });
const five = (topics: readonly string[], type: BlueprintLine["type"]): BlueprintLine[] =>
  topics.map((topic) => ({ topic, type, count: 1, points: 5 }));
const penalty = ["lian", "diaocha", "cailiang", "dangchang", "tingzheng", "shenhe", "zhixing", "gongkai"].map(
  (t) => `xingzheng-chufa/${t}`,
);
const training = ["xuke", "shoufei", "yonggong", "xiaofang", "guanggao", "xinxi", "tingban", "jiancha"].map(
  (t) => `peixun-yifa-banxue/${t}`,
);

/** How one attempt at 20 questions of 5 points went: the score, near a mean. */
const scoreNear = (world: DemoWorld, mean: number): number => {
  const luck = (world.chance() + world.chance() + world.chance()) / 3 - 0.5;
  return Math.max(20, Math.min(100, Math.round((mean + luck * 110) / 5) * 5)) * 100;
};
/** A working hour of a day within a window. */
const momentIn = (world: DemoWorld, from: number, until: number): number => {
  const at = from + world.chance() * (until - from);
  const day = at - (at % 86_400_000);
  // 9:00 to 17:30 in Shanghai.
  return Math.max(from, Math.min(until - 90 * minute, day + (60 + world.chance() * 510) * minute));
};

type Plan = { exam: ExamInput; sitting: SittingInput };
/** Attempts of some people: most pass at once, some fail and try again, a few gave up. */
const attemptsOf = (
  world: DemoWorld,
  { exam, sitting }: Plan,
  people: readonly Person[],
  until: number,
  part: number,
  mean: number,
): Graded[] =>
  people.flatMap((person) => {
    if (world.chance() >= part) return [];
    const made: Graded[] = [];
    let at = momentIn(world, sitting.opens, until);
    for (let n = 1; n <= sitting.tries; n++) {
      const score = scoreNear(world, mean + (n - 1) * 8);
      const submittedAt = Math.min(at + (12 + world.chance() * (sitting.minutes - 13)) * minute, at + sitting.minutes * minute);
      const ended = world.chance() < 0.03 ? "deadline" : "self";
      made.push({
        id: attemptId.parse(idOf(world, Math.round(at))),
        exam: exam.id,
        sitting: sitting.id,
        person: person.id,
        unit: person.unit,
        n,
        startedAt: Math.round(at),
        submittedAt: Math.round(ended === "deadline" ? at + sitting.minutes * minute : submittedAt),
        ended,
        score,
        ...verdictOf({ pass: sitting.pass * 100, excellent: sitting.excellent === null ? null : sitting.excellent * 100 }, score),
      });
      const next = submittedAt + (60 + world.chance() * 4000) * minute;
      if (score >= sitting.pass * 100 ? world.chance() > 0.06 : world.chance() > 0.8) break;
      if (next > until - 90 * minute) break;
      at = next;
    }
    return made;
  });
/** Failed with 55, and two days later passed with 85. */
const staffStory = ({ exam, sitting }: Plan, person: Person): Graded[] =>
  [5500, 8500].map((score, n): Graded => {
    const startedAt = sitting.opens + (n * 2 * 24 + 27) * 60 * minute;
    return {
      id: staffAttempts[n] ?? staffAttempts[0],
      exam: exam.id,
      sitting: sitting.id,
      person: person.id,
      unit: person.unit,
      n: n + 1,
      startedAt,
      submittedAt: startedAt + (31 - n * 6) * minute,
      ended: "self",
      score,
      passed: score >= 6000,
      excellent: score >= 9000,
    };
  });
/** Written as a room would write them, in numbered batches. */
const flushAll = async (ctx: Context, sitting: string, graded: readonly Graded[]): Promise<void> => {
  const ordered = graded.toSorted((a, b) => a.submittedAt - b.submittedAt);
  for (let n = 0; n * batchMost < ordered.length; n++)
    await flushBatch(ctx, `${sitting}/demo`, n + 1, ordered.slice(n * batchMost, (n + 1) * batchMost));
};
/** The paper of an attempt as R2 keeps it, answered so that it earns its score; for those who can sign in and look. */
const keepPaper = async (ctx: Context, graded: Graded): Promise<void> => {
  const pool = await findPool(ctx, graded.sitting);
  if (!pool) return;
  const seeds = await paperSeeds(ctx, graded.exam, graded.sitting, graded.person, graded.n);
  const chance = chanceFrom(seeds.draw);
  const drawn = drawQuestions(pool.blueprint, pool.lines, true, chance) ?? [];
  const questions = new Map((await loadQuestions(ctx, drawn)).map((q) => [`${q.id}@${q.version}`, q]));
  const items = makePaper(drawn, questions, true, chance, chanceFrom(seeds.names));
  const right = graded.score / 500;
  const answers = items.map((item, n) => ({
    item: item.item,
    at: graded.startedAt + (n + 1) * 40_000,
    value: valueOf(item, (n * 7) % items.length < right),
  }));
  await ctx.env.FILES.put(`exams/papers/${graded.id}.json`, JSON.stringify({ ...graded, state: "graded", items, answers, incidents: [] }));
};
const valueOf = (item: Item, right: boolean): unknown => {
  const wrong = item.options.find((o) => o.key !== item.key)?.key ?? null;
  switch (item.type) {
    case "single":
      return { type: "single", choice: right ? item.key : wrong };
    case "multiple":
      return { type: "multiple", choices: right ? item.key : item.options.slice(0, 1).map((o) => o.key) };
    case "truefalse":
      return { type: "truefalse", answer: right === (item.key === true) };
  }
};

const seed = async (ctx: Context, world: DemoWorld): Promise<void> => {
  // What the plugin people leaves.
  const people = world.made.get("people") as Person[];
  const accounts = world.made.get("accounts") as Record<string, PersonId>;
  const today = dayOf(world.now, ctx.zone);
  const year = today.slice(0, 4);
  const officer = await loadActor(ctx.db, accounts["officer"] ?? ("" as PersonId), "demo", "password", ctx.today);
  const own = makeContext({ env: ctx.env, registry: ctx.registry, now: world.now, actor: officer });
  const at = (days: number, time: string) => instantIn(`${addDays(today, days)}T${time}`, ctx.zone);
  const everybody: SittingInput["who"] = { kinds: [], posts: [], categories: [], roster: false, assigned: false };
  const sitting = (
    given: Pick<SittingInput, "id" | "title" | "opens" | "closes" | "minutes" | "tries"> & Partial<SittingInput>,
  ): SittingInput => ({
    pass: 60,
    excellent: 90,
    counts: "best",
    who: everybody,
    after: [],
    pledge: true,
    shuffle: true,
    perPage: 1,
    review: { when: "submitted", key: true },
    ...given,
  });
  const make = async (exam: Omit<ExamInput, "certificate" | "sittings">, one: SittingInput): Promise<Plan> => {
    const input: ExamInput = { ...exam, certificate: true, sittings: [one] };
    await createExam(own, input);
    await publishExam(own, { exam: input.id });
    return { exam: input, sitting: one };
  };
  const roster = people.filter((p) => p.roster);
  const signsIn = new Set<PersonId>(Object.values(accounts));

  const spring = await make(
    {
      id: springId,
      title: `${year}年行政处罚法专项测试`,
      notice: "在学法名册的机关和事业单位工作人员参加，两周内自选时间，共三次机会。",
      blueprint: [...five(penalty, "single"), ...five(penalty.slice(0, 4), "multiple"), ...five(penalty, "truefalse")],
    },
    sitting({
      id: springSitting,
      title: "第一场",
      opens: at(-156, "09:00"),
      closes: at(-142, "18:00"),
      minutes: 60,
      tries: 3,
      who: { ...everybody, roster: true },
    }),
  );
  const yearly = await make(
    {
      id: yearlyId,
      title: `${year}年度学法用法考试`,
      notice: "按年度普法安排，列入国家工作人员学法名册的人员都要参加。可以考三次，取最好成绩；60 分合格，90 分优秀。",
      blueprint: [
        ...five(penalty, "single"),
        ...five(
          [training[0], training[1], training[5], training[7]].filter((t) => t !== undefined),
          "single",
        ),
        ...five(penalty.slice(2, 6), "multiple"),
        ...five(penalty.slice(4, 8), "truefalse"),
      ],
    },
    sitting({
      id: yearlySitting,
      title: "第一场",
      opens: at(-19, "09:00"),
      closes: at(16, "18:00"),
      minutes: 60,
      tries: 3,
      who: { ...everybody, roster: true },
    }),
  );
  const heads = await make(
    {
      id: headsId,
      title: "校外培训机构负责人依法办学考试",
      notice: "学完《校外培训机构依法办学》后参加，合格的发给学法合格证书。",
      blueprint: [...five(training, "single"), ...five(training.slice(0, 6), "multiple"), ...five(training.slice(2, 8), "truefalse")],
    },
    sitting({
      id: headsSitting,
      title: "全年",
      opens: at(-180, "00:00"),
      closes: at(60, "23:59"),
      minutes: 45,
      tries: 5,
      who: { ...everybody, kinds: ["training"], posts: ["principal"] },
      after: ["peixun-yifa-banxue"],
    }),
  );
  const others = (list: readonly Person[]) => list.filter((p) => !signsIn.has(p.id));
  const institutions = new Set(
    (world.made.get("units") as { id: UnitId; kind: string }[]).flatMap((u) => (u.kind === "training" ? [u.id] : [])),
  );
  const principals = people.filter((p) => p.post === "principal" && institutions.has(p.unit));

  const staff = people.find((p) => p.id === accounts["learner"]);
  const over = [
    ...attemptsOf(
      world,
      spring,
      roster.filter((p) => p !== staff),
      spring.sitting.closes,
      0.96,
      76,
    ),
    ...(staff ? staffStory(spring, staff) : []),
  ];
  await flushAll(ctx, spring.sitting.id, over);
  await flushAll(ctx, yearly.sitting.id, attemptsOf(world, yearly, others(roster), world.now - 2 * 60 * minute, 0.58, 80));
  const ready: Person[] = [];
  for (const person of others(principals)) if ((await completedCourses(ctx, person.id, heads.sitting.after)).size > 0) ready.push(person);
  await flushAll(ctx, heads.sitting.id, attemptsOf(world, heads, ready, world.now - 2 * 60 * minute, 0.8, 82));
  for (const graded of over) if (signsIn.has(graded.person)) await keepPaper(ctx, graded);
  // One was sat by somebody else, which came out a month later: the officer takes its certificate back as the product does.
  const proxy = over.find((a) => a.excellent && a.n === 1 && !signsIn.has(a.person));
  const [taken] = await certificatesOf(ctx, "attempt", proxy ? [proxy.id] : []);
  if (!taken) throw new Error("the demonstration has no certificate to revoke");
  await revokeCertificate(makeContext({ env: ctx.env, registry: ctx.registry, now: at(-112, "15:20"), actor: officer }), {
    number: taken.number,
    reason: "经核查，该次考试由他人代考，成绩无效",
  });
};
export const demo: Demo = {
  plugin: "exams",
  seed,
  paths: {
    "/exams/:exam": `/exams/${springId}`,
    // Nobody pledged: the room begins nothing, and stays to say so.
    "/exams/:exam/room": `/exams/${yearlyId}/room?sitting=${yearlySitting}&attempt=${fixed(123)}`,
    "/exams/:exam/result": `/exams/${springId}/result?attempt=${staffAttempts[1]}`,
    "/admin/exams/:exam": `/admin/exams/${yearlyId}`,
    "/admin/exams/:exam/sitting": `/admin/exams/${yearlyId}/sitting?sitting=${yearlySitting}`,
    "/admin/exams/:exam/monitor": `/admin/exams/${yearlyId}/monitor`,
    "/admin/exams/:exam/monitor/:attempt": `/admin/exams/${springId}/monitor/${staffAttempts[1]}`,
  },
};
