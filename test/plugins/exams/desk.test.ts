import { expect, test } from "vitest";
import { Desk, type Surroundings } from "../../../src/plugins/exams/exam-desk.island.ts";
import type { SavedAnswer, StartAnswer } from "../../../src/plugins/exams/input-room.ts";

/** A browser and a server on paper: time by hand, a network that can be cut, and a room that keeps the highest (session, seq). */
const scene = () => {
  const shelf = new Map<string, string>();
  const server = { session: 0, saved: new Map<string, SavedAnswer>(), deadline: 3_600_000, graded: false, cut: false, status: 0, saves: 0 };
  const timers: { at: number; work: () => void }[] = [];
  let now = 0;
  const json = (status: number, body: unknown) => ({ status, json: () => Promise.resolve(body) });
  const paper = (): StartAnswer => ({
    attempt: "a",
    session: ++server.session,
    deadline: server.deadline,
    now,
    title: "考试",
    n: 1,
    perPage: 1,
    large: false,
    breakLeft: 0,
    onBreak: false,
    items: ["i1", "i2", "i3"].map((item, n) => ({ item, n: n + 1, type: "truefalse", points: 1, stem: item })),
    answers: [...server.saved.values()],
  });
  const around: Surroundings = {
    fetch: (path, init) => {
      if (server.cut) return Promise.reject(new Error("no network"));
      if (server.status > 0) return Promise.resolve(json(server.status, { title: "busy" }));
      if (path.endsWith("/attempts")) return Promise.resolve(json(200, paper()));
      if (path.includes("/submit")) {
        server.graded = true;
        return Promise.resolve(json(200, { score: 1, passed: true, recorded: true }));
      }
      const body = JSON.parse(init.body ?? "{}") as { session: number; seq: number; answers: SavedAnswer[] };
      if (now >= server.deadline) return Promise.resolve(json(409, { code: "over", title: "over" }));
      if (body.session !== server.session) return Promise.resolve(json(409, { code: "taken-over", title: "taken over" }));
      server.saves++;
      for (const answer of body.answers) server.saved.set(answer.item, answer);
      return Promise.resolve(json(200, { seq: body.seq, now, deadline: server.deadline }));
    },
    storage: {
      get length() {
        return shelf.size;
      },
      key: (n) => [...shelf.keys()][n] ?? null,
      getItem: (key) => shelf.get(key) ?? null,
      setItem: (key, value) => void shelf.set(key, value),
      removeItem: (key) => void shelf.delete(key),
    },
    ticks: () => now,
    later: (work, ms) => timers.push({ at: now + ms, work }),
  };
  const settle = async () => {
    for (let n = 0; n < 30; n++) await Promise.resolve();
  };
  return {
    shelf,
    server,
    settle,
    desk: () => new Desk(around, { exam: "e", attempt: "a", sitting: "s" }, () => {}),
    /** Lets so many milliseconds pass, with whatever was to happen in them. */
    pass: async (ms: number, desk?: Desk) => {
      const until = now + ms;
      while (now < until) {
        now = Math.min(until, now + 1000);
        desk?.tick();
        for (const due of timers.filter((t) => t.at <= now)) {
          timers.splice(timers.indexOf(due), 1);
          due.work();
        }
        await settle();
      }
    },
  };
};
const yes = { type: "truefalse", answer: true } as const;
const no = { type: "truefalse", answer: false } as const;

test("an answer is on its way at once, and is off the device when it was acknowledged", async () => {
  const { desk: make, server, settle, shelf } = scene();
  const desk = make();
  await desk.open();
  desk.answer("i1", yes);
  expect([...shelf.values()].join()).toContain("i1");
  await settle();
  expect(server.saved.get("i1")?.value).toEqual(yes);
  expect([desk.unsent.size, desk.savedAt]).toEqual([0, 0]);
});
test("two minutes without a network lose nothing; everything is sent by itself afterwards", async () => {
  const { desk: make, server, pass, settle } = scene();
  const desk = make();
  await desk.open();
  server.cut = true;
  desk.answer("i1", yes);
  desk.answer("i2", no);
  await pass(120_000, desk);
  desk.answer("i1", no);
  expect([desk.network, desk.unsent.size, server.saved.size]).toEqual(["offline", 2, 0]);
  server.cut = false;
  await pass(15_000, desk);
  await settle();
  expect([desk.network, desk.unsent.size]).toEqual(["fine", 0]);
  expect([server.saved.get("i1")?.value, server.saved.get("i2")?.value]).toEqual([no, no]);
});
test("a reload sends what the page before could not, but nothing older than what the server has", async () => {
  const { desk: make, server, pass, settle } = scene();
  const first = make();
  await first.open();
  server.cut = true;
  first.answer("i1", yes);
  first.answer("i2", yes);
  first.toggleFlag("i3");
  await settle();
  await pass(5000);
  server.cut = false;
  server.saved.set("i2", { item: "i2", value: no, at: 4000 });
  const second = make();
  await second.open();
  await settle();
  expect([server.saved.get("i1")?.value, server.saved.get("i2")?.value]).toEqual([yes, no]);
  expect([second.answers.get("i2"), [...second.flags]]).toEqual([no, ["i3"]]);
});
test("what a page sent as it closed is told as saved by the next one, which has nothing to send", async () => {
  const { desk: make, server, settle } = scene();
  const empty = make();
  await empty.open();
  expect(empty.savedAt).toBeNull();
  server.saved.set("i1", { item: "i1", value: yes, at: 0 });
  const next = make();
  await next.open();
  await settle();
  expect([next.unsent.size, next.savedAt, server.saves]).toEqual([0, 0, 0]);
});
test("the page that was taken over stops, keeps what it had not sent, and sends it when one comes back", async () => {
  const { desk: make, server, settle, pass } = scene();
  const phone = make();
  await phone.open();
  const computer = make();
  await computer.open();
  await pass(1000);
  phone.answer("i1", yes);
  await settle();
  expect([phone.phase.is, phone.unsent.size]).toEqual(["taken", 1]);
  phone.answer("i2", yes);
  expect(phone.unsent.size).toBe(1);
  await phone.open();
  await settle();
  expect([phone.phase.is, server.saved.get("i1")?.value]).toEqual(["running", yes]);
});
test("a busy or signed-out server is waited for, and says which", async () => {
  const { desk: make, server, pass } = scene();
  const desk = make();
  await desk.open();
  server.status = 401;
  desk.answer("i1", yes);
  await pass(3000, desk);
  expect([desk.network, desk.unsent.size]).toEqual(["signed-out", 1]);
  server.status = 503;
  await pass(10_000, desk);
  expect(desk.network).toBe("offline");
  server.status = 0;
  await pass(11_000, desk);
  expect([desk.network, desk.unsent.size]).toEqual(["fine", 0]);
});
test("one does not hand in while answers have not arrived", async () => {
  const { desk: make, server, pass } = scene();
  const desk = make();
  await desk.open();
  server.cut = true;
  desk.answer("i1", yes);
  expect(await desk.submit()).toBe(false);
  expect([desk.phase.is, server.graded]).toEqual(["running", false]);
  server.cut = false;
  await pass(11_000, desk);
  expect(await desk.submit()).toBe(true);
  expect([desk.phase.is, server.graded]).toEqual(["done", true]);
});
test("when time is up the desk closes by itself, also without a network for a while", async () => {
  const { desk: make, server, pass } = scene();
  const desk = make();
  await desk.open();
  server.cut = true;
  await pass(3_600_000, desk);
  expect(desk.phase).toEqual({ is: "closing", why: "over" });
  server.cut = false;
  await pass(12_000, desk);
  expect([desk.phase.is, server.graded]).toEqual(["done", true]);
});
test("a quiet candidate is heard of every twenty seconds, and an extension is noticed", async () => {
  const { desk: make, server, pass } = scene();
  const desk = make();
  await desk.open();
  await pass(65_000, desk);
  expect(server.saves).toBeGreaterThanOrEqual(3);
  server.deadline += 600_000;
  await pass(25_000, desk);
  expect([desk.deadline, desk.extendedTo]).toEqual([server.deadline, server.deadline]);
});
test("nothing of the attempt stays on the device afterwards", async () => {
  const { desk: make, shelf } = scene();
  const desk = make();
  await desk.open();
  desk.toggleStruck("i1", "k");
  expect(shelf.size).toBe(1);
  desk.forget();
  expect(shelf.size).toBe(0);
});
