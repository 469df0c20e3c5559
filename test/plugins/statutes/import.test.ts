import { env } from "cloudflare:workers";
import { expect, test } from "vitest";
import {
  compose,
  definePlugin,
  makeContext,
  newId,
  NotFound,
  on,
  permission,
  personId,
  Forbidden,
  rowsOf,
  type Actor,
  type Context,
  type GrantRole,
} from "#kernel";
import { amendedSince, findArticles, renderTexts, statuteAmended, titlesOf } from "#plugins/statutes";
import { shell } from "#ui";
import { sql } from "drizzle-orm";
import { syncStatutes } from "../../../src/plugins/statutes/content.ts";
import type { StatuteInput } from "../../../src/plugins/statutes/input.ts";
import { statutes } from "../../../src/plugins/statutes/plugin.ts";
import { importStatute, readArticle, readStatute, statuteOn } from "../../../src/plugins/statutes/service.ts";

const seen: string[][] = [];
/** Something that keeps citations, as the bank and the courses do. */
const keeper = definePlugin({
  id: "keeper",
  permissions: [permission("keeper.see", { by: ["author"] })],
  on: [
    on(statuteAmended, (_, list) => {
      for (const amendment of list) {
        seen.push([...amendment.articles]);
        amendment.flagged.push({ kind: "question", id: "kecheng/k1" });
      }
      return Promise.resolve({ statements: [] });
    }),
  ],
});
const app = compose([statutes, keeper], shell);
const now = Date.UTC(2026, 10, 24, 4);
const as = (role: GrantRole | null): Context => {
  const actor: Actor = {
    person: newId(personId),
    name: "",
    login: "",
    session: "",
    strength: "password",
    noticeShown: 1,
    positions: [],
    grants: role === null ? [] : [{ role, unit: null, kinds: null }],
    roles: new Set(role === null ? [] : [role]),
  };
  return makeContext({ env, registry: app.registry, now, actor });
};
let n = 0;
const law = (over: Partial<StatuteInput> & { texts?: string[] } = {}): StatuteInput => {
  const { texts = ["第一条的文字。", "第一款。\n第二款：\n（一）甲；\n（二）乙。", "附则。"], ...rest } = over;
  return {
    id: `law${n}`,
    title: `中华人民共和国第${n}号法`,
    shortTitle: `第${n}号法`,
    category: "法律",
    issuer: "全国人民代表大会",
    version: "2021-01-22",
    effective: "2021-07-15",
    effectiveSource: "text",
    history: [],
    chapters: [
      {
        title: "第一章 总则",
        articles: texts.map((text, i) => ({ number: i + 1, sub: 0, label: ["第一条", "第二条", "第三条"][i] ?? "第四条", text })),
      },
    ],
    ...rest,
  };
};
const fresh = () => {
  n++;
  seen.length = 0;
};

test("a version is imported, read by day, and the same text again changes nothing", async () => {
  fresh();
  const ctx = as("author");
  expect(await importStatute(ctx, law())).toMatchObject({ articles: 3, unchanged: false, before: null, changes: [], flagged: [] });
  expect(await importStatute(ctx, law())).toMatchObject({ unchanged: true, flagged: [] });
  expect(await statuteOn(ctx, `law${n}`, "2021-07-15")).toMatchObject({
    whole: true,
    effectiveVerified: true,
    articles: [{ label: "第一条", chapter: "第一章 总则" }, {}, {}],
  });
  await expect(statuteOn(ctx, `law${n}`, "2021-07-14")).rejects.toThrow(NotFound);
  expect(seen).toEqual([]);
});

test("a new version names its changes, and what cites the older wording is flagged in the same commit", async () => {
  fresh();
  const ctx = as("author");
  await importStatute(ctx, law());
  const answer = await importStatute(
    ctx,
    law({ version: "2025-01-01", effective: "2026-01-01", texts: ["第一条的文字。", "第一款改了。", "附则。", "新的。"] }),
  );
  expect(answer.changes).toEqual([
    { number: 2, sub: 0, label: "第二条", change: "changed" },
    { number: 4, sub: 0, label: "第四条", change: "added" },
  ]);
  expect(answer.before).toBe("2021-01-22");
  expect(answer.flagged).toEqual([{ kind: "question", id: "kecheng/k1" }]);
  expect(seen).toEqual([[`law${n}@2021-01-22#2`]]);
  expect([...(await amendedSince(ctx, [`law${n}@2021-01-22#1`, `law${n}@2021-01-22#2`, `law${n}@2025-01-01#2`]))]).toEqual([
    `law${n}@2021-01-22#2`,
  ]);
  expect((await readStatute(ctx, { statute: `law${n}`, on: "2025-12-31" })).version.version).toBe("2021-01-22");
  expect((await readStatute(ctx, { statute: `law${n}` })).version.version).toBe("2025-01-01");
  const page = await readArticle(ctx, { statute: `law${n}`, version: "2021-01-22", article: "2" });
  expect(page).toMatchObject({
    before: { label: "第一条" },
    after: { label: "第三条" },
    elsewhere: [{ version: "2025-01-01", same: false }],
  });
});

test("an older version that comes later flags nothing", async () => {
  fresh();
  const ctx = as("author");
  await importStatute(ctx, law());
  await importStatute(ctx, law({ version: "2010-01-01", effective: "2010-02-01", texts: ["旧的。"] }));
  expect(seen).toEqual([]);
});

test("excerpts of the courses give way to the whole text, never the other way round", async () => {
  fresh();
  const ctx = as("author");
  const excerpt = {
    id: `law${n}`,
    version: "2021-01-22",
    title: "题",
    shortTitle: "短",
    category: "法律",
    issuer: "会",
    effective: "2021-07-15",
    effectiveSource: "memory",
    hash: "h1",
    articles: [{ number: 2, sub: 0, label: "第二条", text: "第一款。\n第二款：\n（一）甲；\n（二）乙。" }],
  };
  await syncStatutes(ctx, [excerpt]);
  await syncStatutes(ctx, [excerpt]);
  expect(await statuteOn(ctx, `law${n}`, "2022-01-01")).toMatchObject({
    whole: false,
    effectiveVerified: false,
    articles: [{ number: 2 }],
  });
  await syncStatutes(ctx, [
    { ...excerpt, hash: "h2", articles: [...excerpt.articles, { number: 3, sub: 0, label: "第三条", text: "附则。" }] },
  ]);
  expect((await statuteOn(ctx, `law${n}`, "2022-01-01")).articles).toHaveLength(2);
  const answer = await importStatute(ctx, law());
  expect(answer).toMatchObject({ unchanged: false, flagged: [] });
  await syncStatutes(ctx, [{ ...excerpt, hash: "h3" }]);
  expect((await statuteOn(ctx, `law${n}`, "2022-01-01")).articles).toHaveLength(3);
  expect(seen).toEqual([]);
});

test("citations are resolved in one query, and what is not here stays words", async () => {
  fresh();
  const ctx = as("author");
  await importStatute(ctx, law());
  const before = ctx.meter.queries;
  const found = await findArticles(ctx, [`law${n}@2021-01-22#2.2.1`, `law${n}@2021-01-22#2`, "nowhere@2021-01-22#1", "broken"]);
  expect([...found.keys()]).toEqual([`law${n}@2021-01-22#2`]);
  expect(ctx.meter.queries - before).toBe(1);
  const [html] = await renderTexts(ctx, [`依照{{law${n}@2021-01-22#2.2.1}}和{{nowhere@2021-01-22#1}}`]);
  expect(html).toContain(`<a class="cite" href="/statutes/law${n}/2021-01-22/2#k2-1">《第${n}号法》第二条第二款第（一）项</a>`);
  expect(html).toContain("《nowhere》第一条");
  expect([...(await titlesOf(ctx, [`law${n}`]))]).toEqual([[`law${n}`, `第${n}号法`]]);
});

test("a long text is one statement a chunk, and shown a chapter at a time", async () => {
  fresh();
  const ctx = as("author");
  const chapters = Array.from({ length: 20 }, (_, c) => ({
    title: `第${c}章`,
    articles: Array.from({ length: 63 }, (_x, i) => ({
      number: c * 63 + i + 1,
      sub: 0,
      label: `第${c * 63 + i + 1}条`,
      text: "字".repeat(100),
    })),
  }));
  await importStatute(ctx, law({ chapters }));
  const page = await readStatute(ctx, { statute: `law${n}`, chapter: 2 });
  expect([page.starts.length, page.articles.length, page.chapter]).toEqual([20, 63, 2]);
});

test("who may not keep statutes imports none, and an import is audited", async () => {
  fresh();
  await expect(importStatute(as(null), law())).rejects.toThrow(Forbidden);
  await expect(importStatute(as("auditor"), law())).rejects.toThrow(Forbidden);
  const ctx = as("author");
  await importStatute(ctx, law());
  expect(await rowsOf(ctx, sql`select command, object_id from kernel_audit where object_id = ${`law${n}@2021-01-22`}`)).toEqual([
    { command: "statutes.import", object_id: `law${n}@2021-01-22` },
  ]);
});

const get = (path: string, headers: Record<string, string> = {}) =>
  app.fetch(new Request(`https://xuefa.test${path}`, { headers }), env, {
    waitUntil: () => undefined,
    passThroughOnException: () => undefined,
    props: {},
  } as unknown as ExecutionContext);
test("anyone reads the law: list, text by day, article by permalink", async () => {
  fresh();
  await importStatute(as("author"), law({ effectiveSource: "memory" }));
  const list = await (await get(`/statutes?q=${encodeURIComponent(`第${n}号`)}`)).text();
  expect(list).toContain(`href="/statutes/law${n}"`);
  const text = await (await get(`/statutes/law${n}?on=2022-01-01`)).text();
  expect(text).toContain("日期未核实");
  expect(text).toContain(`href="/statutes/law${n}/2021-01-22/2"`);
  const article = await (await get(`/statutes/law${n}/2021-01-22/2`)).text();
  expect(article).toContain(`id="k2-1"`);
  expect((await get(`/statutes/law${n}/2021-01-22/9`)).status).toBe(404);
  expect((await get(`/statutes/law${n}?on=2020-01-01`)).status).toBe(404);
  expect((await get("/admin/statutes")).status).toBe(401);
  const answer = await get(`/api/v1/statutes/law${n}?on=2022-01-01`);
  expect([answer.status, (await answer.json<{ articles: unknown[] }>()).articles.length]).toEqual([200, 3]);
});
