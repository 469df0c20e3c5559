/**
 * No acknowledged answer is lost: candidates answer through the API while the server is killed again and again, and
 * afterwards every answer is looked for in the rooms, in D1 and in R2. `XUEFA_KILLS` says how often, `XUEFA_SEED` repeats
 * a run (but for its timing).
 */
import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import { v7 } from "uuid";
import { afterAll, beforeAll, expect, test } from "vitest";
import { z } from "zod";
import { Candidate, chanceFrom, keysFrom, type Act, type Keys, type World } from "./candidate.ts";
import { filesInR2, inD1, inRooms, type Row } from "./disk.ts";
import { journal, same, type Journal, type Told } from "./journal.ts";
import { mortal, type Mortal } from "./mortal.ts";

const kills = Number(process.env["XUEFA_KILLS"] ?? 20);
const seed = Number(process.env["XUEFA_SEED"] ?? Date.now() % 1_000_000);
const chance = chanceFrom(seed);

const exam = v7();
/** Sittings of an hour in which candidates hand in, and two of a minute whose deadline ends what is left. */
const [long, other, first, second] = [v7(), v7(), v7(), v7()];
const sittings = [long, other, first, second];
const topics = ["lian", "diaocha", "cailiang", "dangchang", "tingzheng", "shenhe", "zhixing", "gongkai"].map(
  (topic) => `xingzheng-chufa/${topic}`,
);
const examInput = () => {
  const sitting = (id: string, minutes: number, tries: number) => ({
    id,
    title: `${minutes}分钟`,
    opens: Date.now() - 60_000,
    closes: Date.now() + 3_600_000,
    minutes,
    tries,
    pass: 60,
    excellent: 90,
    counts: "last",
    after: [],
    perPage: 10,
  });
  return {
    id: exam,
    title: "断电演练",
    blueprint: [
      ...topics.map((topic) => ({ topic, type: "single", count: 1, points: 5 })),
      ...topics.slice(0, 5).map((topic) => ({ topic, type: "multiple", count: 1, points: 8 })),
      ...topics.slice(0, 4).map((topic) => ({ topic, type: "truefalse", count: 1, points: 5 })),
    ],
    sittings: [sitting(long, 60, 20), sitting(other, 60, 20), sitting(first, 1, 1), sitting(second, 1, 1)],
  };
};

let server: Mortal;
let folder: string;
let told: Told;
let keys: Keys;
let surprises: string[];
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), "xuefa-kill-"));
  server = await mortal();
});
afterAll(async () => {
  await server[Symbol.asyncDispose]();
  await rm(folder, { recursive: true, force: true });
});

const ask = async (method: string, path: string, token: string, body?: unknown): Promise<unknown> => {
  const answer = await fetch(`${server.access.url}/api/v1${path}`, {
    method,
    headers: { authorization: `Bearer ${token}`, "content-type": "application/json" },
    ...(body === undefined ? {} : { body: JSON.stringify(body) }),
  });
  if (!answer.ok) throw new Error(`${method} ${path}: ${answer.status} ${await answer.text()}`);
  return answer.json();
};
const signIn = async ({ username, password }: { username: string; password: string }): Promise<string> =>
  z.object({ token: z.string() }).parse(await ask("POST", "/session", "", { username, password })).token;

/** Candidates at work while the server dies so often; ends when every attempt stands in D1. */
const run = async (book: Journal): Promise<void> => {
  const { access } = server;
  await ask("POST", "/exams", access.token, examInput());
  await ask("POST", `/exams/${exam}/publish`, access.token);
  keys = keysFrom(await ask("GET", "/questions/export?format=json", access.token));
  const heard = new Set<(act: Act) => void>();
  const world: World = { url: access.url, journal: book, keys, chance, surprises: [], about: (act) => heard.forEach((hear) => hear(act)) };
  surprises = world.surprises;
  const candidates: Candidate[] = [];
  for (const account of access.accounts) candidates.push(new Candidate(world, account.username, await signIn(account)));

  let killed = 0;
  const work = candidates.map(async (candidate) => {
    const own: string[] = [];
    const sit = async (sitting: string, leaves?: number) => {
      const attempt = await candidate.sit(exam, sitting, leaves);
      if (attempt !== null) own.push(attempt);
      return attempt !== null;
    };
    await sit(first, 3 + Math.floor(chance() * 5));
    let [again, sitting] = [true, long];
    while (killed < kills) {
      if (again && killed >= kills / 3) {
        again = false;
        await sit(second, 3 + Math.floor(chance() * 5));
      }
      if (!(await sit(sitting)) && sitting === long) sitting = other;
      else await sleep(chance() * 100);
    }
    for (const attempt of own) await candidate.isRecorded(attempt);
  });
  const next = (act: Act) =>
    new Promise<void>((resolve) => {
      const hear = (one: Act) => {
        if (one !== act) return;
        heard.delete(hear);
        resolve();
      };
      heard.add(hear);
    });
  const death = async () => {
    while (killed < kills) {
      await sleep(200 + chance() * 1_300);
      // Often just when something of a kind is under way.
      const act = (["start", "save", "submit", null] as const)[Math.floor(chance() * 4)];
      if (act != null) await Promise.race([next(act), sleep(2_000)]);
      await sleep(chance() * 40);
      await server.kill();
      killed++;
      await sleep(chance() * 300);
      await server.revive();
    }
  };
  await Promise.all([death(), ...work]);
};
/** Papers reach R2 a little after: the rooms' alarms see to it. */
const papersKept = async (): Promise<void> => {
  for (const end = Date.now() + 60_000; ; await sleep(500)) {
    const open = inRooms(server.state, (ask1) => ask1("select id from attempt where kept = 0")).flat().length;
    if (open === 0) return;
    if (Date.now() > end) throw new Error(`${open} papers did not reach R2`);
  }
};

test(
  `${kills} kills: what was acknowledged is shown again at each start, and every attempt comes to its end`,
  { timeout: 60_000 + kills * 20_000 },
  async () => {
    const book = journal(join(folder, "answers.ndjson"));
    const began = Date.now();
    await run(book).catch((error: unknown) => {
      throw new Error(`${String(error)}; ${JSON.stringify(surprises)}`);
    });
    await papersKept();
    await server.stop();
    told = book.read();
    console.warn(
      `seed ${seed}: ${kills} kills, ${told.attempts.length} attempts, ${told.saves} saves acknowledged with ${told.answers} answers, ${told.unanswered} saves never answered, ${Math.round((Date.now() - began) / 1000)} s`,
    );
    expect(told.lost).toEqual([]);
    expect(surprises).toEqual([]);
    expect(told.answers).toBeGreaterThan(kills * 20);
  },
);

type InRoom = {
  attempt: string;
  state: string;
  score: number;
  submittedAt: number;
  ended: string;
  batch: number;
  room: string;
  certificate: string | null;
  flushed: boolean;
  values: Map<string, unknown>;
};
const roomsHold = (): Map<string, InRoom> =>
  new Map(
    inRooms(server.state, (ask1) =>
      ask1("select a.*, s.room, b.flushed_at from attempt a, sitting s left join batch b on b.n = a.batch").map((row): [string, InRoom] => {
        const answers = ask1("select item, value from answer where attempt = ?", String(row["id"]));
        return [
          String(row["id"]),
          {
            attempt: String(row["id"]),
            state: String(row["state"]),
            score: Number(row["score"]),
            submittedAt: Number(row["submitted_at"]),
            ended: String(row["ended"]),
            batch: Number(row["batch"]),
            room: String(row["room"]),
            certificate: row["certificate"] === null ? null : String(row["certificate"]),
            flushed: row["flushed_at"] !== null,
            values: new Map(answers.map((a) => [String(a["item"]), JSON.parse(String(a["value"])) as unknown])),
          },
        ];
      }),
    ).flat(),
  );

test("the rooms hold each answer that was acknowledged last, and R2 the same", () => {
  const rooms = roomsHold();
  expect([...rooms.keys()].toSorted()).toEqual(told.attempts.map((a) => a.attempt).toSorted());
  const files = filesInR2(server.state, "exams/papers/");
  const wrong: string[] = [];
  for (const { attempt, items, allowed } of told.attempts) {
    const room = rooms.get(attempt);
    const kept = z
      .object({
        state: z.string(),
        score: z.number(),
        items: z.array(z.object({ item: z.string() })),
        answers: z.array(z.object({ item: z.string(), value: z.unknown() })),
      })
      .parse(JSON.parse(files.get(`exams/papers/${attempt}.json`) ?? "{}"));
    const inR2 = new Map(kept.answers.map((a) => [a.item, a.value]));
    if (
      kept.state !== "graded" ||
      kept.score !== room?.score ||
      !same(
        kept.items.map((i) => i.item),
        items.map((i) => i.item),
      )
    )
      wrong.push(`${attempt}: R2 has another paper`);
    for (const { item, n } of items) {
      const value = room?.values.get(item) ?? null;
      const may = allowed.get(item) ?? [];
      if (!may.some((one) => same(one, value)))
        wrong.push(`${attempt} question ${n}: the room has ${JSON.stringify(value)}, acknowledged was ${JSON.stringify(may)}`);
      if (!same(inR2.get(item) ?? null, value))
        wrong.push(`${attempt} question ${n}: R2 has ${JSON.stringify(inR2.get(item))}, the room ${JSON.stringify(value)}`);
    }
  }
  expect(wrong).toEqual([]);
});

test("D1 has each attempt once, with the score of what was acknowledged; one record and one certificate for each", () => {
  const rooms = roomsHold();
  const wrong: string[] = [];
  inD1(server.state, (ask1) => {
    const group = (rows: readonly Row[], by: string) => Map.groupBy(rows, (row) => String(row[by]));
    const attempts = group(ask1("select * from exams_attempt where exam = ?", exam), "id");
    const records = group(
      ask1("select verb, once, score, person from kernel_record where object_kind = 'exam' and object_id = ? and corrects is null", exam),
      "once",
    );
    const certificates = group(
      ask1(
        "select number, basis_id, score from certificates_certificate where basis_kind = 'attempt' and group_id in (?, ?, ?, ?)",
        ...sittings,
      ),
      "basis_id",
    );
    expect([...attempts.keys()].toSorted()).toEqual(told.attempts.map((a) => a.attempt).toSorted());
    let wanted = 0;
    // The last counts: of several tries of one person in one batch, that one earns the certificate, if it passed.
    const holders = new Map<string, { attempt: string; n: number; passed: boolean }>();
    for (const { attempt, items, result, sitting } of told.attempts) {
      const [row, ...more] = attempts.get(attempt) ?? [];
      const room = rooms.get(attempt);
      if (row === undefined || room === undefined || more.length > 0) {
        wrong.push(`${attempt}: ${more.length + 1} rows`);
        continue;
      }
      const score = Math.round(items.reduce((sum, item) => sum + keys.points(item, room.values.get(item.item)), 0) * 100);
      const [passed, excellent] = [score >= 6000, score >= 9000];
      const facts = {
        state: row["state"],
        score: row["score"],
        passed: row["passed"],
        excellent: row["excellent"],
        submitted: row["submitted_at"],
        ended: row["ended"],
        room: row["room"],
      };
      const due = {
        state: "graded",
        score,
        passed: passed ? 1 : 0,
        excellent: excellent ? 1 : 0,
        submitted: room.submittedAt,
        ended: room.ended,
        room: room.room,
      };
      if (!same(facts, due)) wrong.push(`${attempt}: D1 has ${JSON.stringify(facts)}, not ${JSON.stringify(due)}`);
      if (result !== null && (Math.round(result.score * 100) !== score || result.passed !== passed || result.excellent !== excellent))
        wrong.push(`${attempt}: the candidate was told ${JSON.stringify(result)}, D1 has ${score}`);
      if ([first, second].includes(sitting) ? room.ended !== "deadline" : room.ended !== "self")
        wrong.push(`${attempt}: ended by ${room.ended}`);
      for (const [verb, is] of [
        ["sat", true],
        ["passed", passed],
        ["excelled", excellent],
      ] as const) {
        if (is) wanted++;
        const found = [...records].filter(([once]) => once.includes(attempt) && once.startsWith(`${verb}/`)).flatMap(([, rows]) => rows);
        if (found.length !== (is ? 1 : 0) || found.some((one) => one["score"] !== score))
          wrong.push(`${attempt}: ${found.length} records of “${verb}”`);
      }
      const key = `${String(row["person"])} ${room.room} ${room.batch}`;
      const before = holders.get(key);
      if (before === undefined || before.n < Number(row["n"])) holders.set(key, { attempt, n: Number(row["n"]), passed });
    }
    expect([...records.values()].flat()).toHaveLength(wanted);
    const holding = new Set([...holders.values()].flatMap((h) => (h.passed ? [h.attempt] : [])));
    for (const { attempt, result } of told.attempts) {
      const [row] = attempts.get(attempt) ?? [];
      const numbers = (certificates.get(attempt) ?? []).map((c) => c["number"]);
      if (
        !same(numbers, holding.has(attempt) ? [row?.["certificate"]] : []) ||
        (row?.["certificate"] ?? null) !== (rooms.get(attempt)?.certificate ?? null)
      )
        wrong.push(
          `${attempt}: certificates ${JSON.stringify(numbers)}, its row says ${String(row?.["certificate"])}, its room ${String(rooms.get(attempt)?.certificate)}`,
        );
      if (result?.certificate !== undefined && result.certificate !== numbers[0])
        wrong.push(`${attempt}: the candidate was told of certificate ${result.certificate}`);
    }
    expect([...certificates.values()].flat()).toHaveLength(holding.size);

    const batches = ask1("select room, n from exams_flush").flatMap(({ room, n }) =>
      sittings.some((id) => String(room).startsWith(`${id}/`)) ? [`${String(room)} ${String(n)}`] : [],
    );
    expect(new Set(batches).size).toBe(batches.length);
    expect(batches.toSorted()).toEqual([...new Set([...rooms.values()].map(({ room, batch }) => `${room} ${batch}`))].toSorted());
    expect([...rooms.values()].filter((r) => !r.flushed || r.state !== "graded")).toEqual([]);
    // What triggers count, beside what is there.
    const tallies = ask1(
      "select verb, sum(count) as n from kernel_tally where object_kind = 'exam' and object_id = ? group by verb order by verb",
      exam,
    );
    expect(tallies).toEqual(
      ask1(
        "select verb, sum(void = 0 and not exists (select 1 from kernel_record c where c.corrects = r.id)) as n from kernel_record r where object_kind = 'exam' and object_id = ? group by verb order by verb",
        exam,
      ),
    );
  });
  expect(wrong).toEqual([]);
});
