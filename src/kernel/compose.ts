/** Plugins become one app. Refuses at start-up what would go wrong later: duplicate ids, missing needs, tables without prefix. */
import { Hono, type Context as HonoContext } from "hono";
import { bodyLimit } from "hono/body-limit";
import { getCookie } from "hono/cookie";
import { secureHeaders } from "hono/secure-headers";
import { z } from "zod";
import { makeContext, type Bindings, type Context, type JobMessage } from "./context.ts";
import { syncContent } from "./content.ts";
import { Meter } from "./db/meter.ts";
import { Forbidden, NotFound, TooLarge } from "./errors.ts";
import { newCode, newId, recordId } from "./ids.ts";
import { registryOf, unique } from "./registry.ts";
import { actorOfRequest } from "./identity/session.ts";
import { anyone, isAllowed, type Permission } from "./identity/permission.ts";
import { work, waiting } from "./jobs/jobs.ts";
import { openApi } from "./http/openapi.ts";
import { cameFrom, isLogged, problemResponse, troubleOf, type Came, type Trouble } from "./http/problem.ts";
import { parsed, readForm, readJson, readParts, readQuery } from "./http/read.ts";
import type { Env, Html, Page, PageProps, Route } from "./http/routes.ts";
import { sheetFile, takeSheet, type Sheet } from "./http/sheet.ts";
import type { CardScope, Place, Plugin, Registry, RoomMaker } from "./plugin.ts";
import type { Language } from "./text/text.ts";
import { kernelText } from "./text/words.ts";
import { auditStatement } from "./audit/audit.ts";

z.config({ jitless: true });

/** How a page and an error look; from #ui, so that the kernel has no markup. */
export type Shell = {
  /** `opens`: its address alone opens it again, so that its tables can be taken from there. */
  page(ctx: Context, body: unknown, props: PageProps, opens: boolean): Promise<string>;
  /** What a page holds, without the frame. */
  content(ctx: Context, body: unknown): string;
  /** A table as a whole, to be printed. */
  sheet(ctx: Context, sheet: Sheet): Promise<string>;
  trouble(ctx: Context, trouble: Trouble, came: Came): Promise<string>;
};
export type App = {
  readonly registry: Registry;
  readonly objects: ReadonlyMap<string, RoomMaker>;
  context(env: Bindings, now: number): Context;
  fetch(request: Request, env: Bindings, execution: ExecutionContext): Response | Promise<Response>;
  scheduled(event: ScheduledController, env: Bindings, execution: ExecutionContext): Promise<void>;
  queue(batch: MessageBatch<JobMessage>, env: Bindings, execution: ExecutionContext): Promise<void>;
};
export const version = "0.1.0";
/** Largest body that any route takes, in bytes. */
const largestBody = 20 * 1024 * 1024;

/** The cookie, else the best of Accept-Language, else Chinese. */
const languageOf = (request: Request, cookie: string | undefined): Language => {
  if (cookie === "zh" || cookie === "en") return cookie;
  const wanted = (request.headers.get("accept-language") ?? "").split(",").map((part) => {
    const [tag = "", ...parameters] = part
      .trim()
      .toLowerCase()
      .split(/\s*;\s*/);
    const q = parameters.find((parameter) => parameter.startsWith("q="));
    return { tag, q: q === undefined ? 1 : Number(q.slice(2)) };
  });
  const best = wanted.filter(({ tag, q }) => q > 0 && /^(?:zh|en)\b/.test(tag)).toSorted((a, b) => b.q - a.q)[0];
  return best?.tag.startsWith("en") === true ? "en" : "zh";
};
/** How many parts of a path the nearest page above it has; null: there is none but the first. */
const pageAbove = (path: string, pages: ReadonlySet<string>): number | null => {
  for (let parts = path.split("/").slice(0, -1); parts.length > 1; parts = parts.slice(0, -1))
    if (pages.has(parts.join("/"))) return parts.length;
  return null;
};
/** A browser names its site at each write; what names none is no browser, and must then carry no session cookie. */
const isSameOrigin = (request: Request): boolean => {
  const site = request.headers.get("sec-fetch-site");
  if (site !== null) return site === "same-origin";
  const origin = request.headers.get("origin");
  if (origin === null) return !(request.headers.get("cookie") ?? "").includes("session_token");
  return URL.canParse(origin) && new URL(origin).host === new URL(request.url).host;
};

export const compose = (plugins: readonly Plugin[], shell: Shell): App => {
  const registry = registryOf(plugins);
  const objects = unique(
    "object",
    plugins.flatMap((p) => Object.entries(p.objects ?? {})),
  );
  const hono = new Hono<Env>();
  const isApi = (asked: Request) => new URL(asked.url).pathname.startsWith("/api/");

  const answer = async (ctx: Context, error: unknown, asked: Request): Promise<Response> => {
    const trouble = troubleOf(error, ctx);
    if (trouble.status === 500) {
      const words = error instanceof Error ? (error.stack ?? error.message) : String(error);
      console.error(JSON.stringify({ request: ctx.request.id, url: new URL(ctx.request.url).pathname, error: words }));
    }
    if (isLogged(trouble, ctx)) {
      const note = `${new URL(ctx.request.url).pathname}: ${error instanceof Error ? error.message : String(error)}`.slice(0, 500);
      const line = await auditStatement(ctx, { command: trouble.status === 500 ? "kernel.failed" : "kernel.refused", note });
      const { sql, params } = line.toSQL();
      ctx.later(
        ctx.env.DB.prepare(sql)
          .bind(...params)
          .run()
          .catch((lost: unknown) => console.error(JSON.stringify({ request: ctx.request.id, audit: String(lost) }))),
      );
    }
    if (isApi(asked)) return problemResponse(trouble);
    return new Response(await shell.trouble(ctx, trouble, cameFrom(asked, registry)), {
      status: trouble.status,
      headers: { "content-type": "text/html; charset=utf-8", "cache-control": "no-store" },
    });
  };

  hono.onError((error, c) => answer(c.var.ctx, error, c.req.raw));
  hono.use(
    secureHeaders({
      referrerPolicy: "same-origin",
      xFrameOptions: "DENY",
      contentSecurityPolicy: {
        defaultSrc: ["'self'"],
        imgSrc: ["'self'", "data:"],
        styleSrc: ["'self'", "'unsafe-inline'"],
        frameAncestors: ["'none'"],
        formAction: ["'self'"],
        baseUri: ["'none'"],
      },
    }),
  );
  for (const { method, path, shape } of plugins.flatMap((plugin) => plugin.api?.list ?? []))
    if (shape.recent === true)
      hono.on(method, `/api/v1${path}`, async (c, next) => {
        c.set("recent", true);
        await next();
      });
  hono.use(async (c, next) => {
    const meter = new Meter();
    const request = {
      id: newCode(10),
      address: c.req.header("cf-connecting-ip") ?? null,
      agent: c.req.header("user-agent") ?? null,
      url: c.req.url,
    };
    // A bearer request ignores cookies.
    const cookie = (name: string) => (c.req.header("authorization") === undefined ? getCookie(c, name) : undefined);
    const language = languageOf(c.req.raw, cookie("language"));
    const care = cookie("care") === "2" ? 2 : cookie("care") === "1" ? 1 : 0;
    const make = (actor: Context["actor"]) =>
      makeContext({
        env: c.env,
        registry,
        now: Date.now(),
        actor,
        language,
        care,
        request,
        meter,
        later: (work) => c.executionCtx.waitUntil(work),
      });
    c.set("ctx", make(null));
    const actor = await actorOfRequest(c.var.ctx, c.req.raw, c.var.recent === true);
    if (actor) c.set("ctx", make(actor));
    await next();
    const { ctx } = c.var;
    c.res.headers.set("server-timing", `db;dur=${meter.time.toFixed(1)};desc="${meter.queries} queries"`);
    if (ctx.actor?.roles.has("administrator") || ctx.env.DEMO !== undefined) {
      c.res.headers.set("x-d1-rows-read", String(meter.rowsRead));
      c.res.headers.set("x-d1-rows-written", String(meter.rowsWritten));
      c.res.headers.set("x-d1-queries", String(meter.queries));
    }
    c.res.headers.set("x-request-id", ctx.request.id);
    if (!c.res.headers.has("cache-control")) c.res.headers.set("cache-control", "private, no-store");
  });
  hono.use(async (c, next) => {
    if (!["GET", "HEAD", "OPTIONS"].includes(c.req.method) && c.req.header("authorization") === undefined && !isSameOrigin(c.req.raw))
      throw new Forbidden(kernelText.crossSite);
    await next();
  });
  hono.use(
    bodyLimit({
      maxSize: largestBody,
      onError: () => {
        throw new TooLarge(kernelText.tooLarge, { limit: "20 MB" });
      },
    }),
  );

  const guard = (ctx: Context, permission: Permission) => {
    if (permission !== anyone) ctx.allow(permission);
  };
  const html = (markup: string, status = 200) => new Response(markup, { status, headers: { "content-type": "text/html; charset=utf-8" } });
  const render =
    (ctx: Context, opens: boolean): Page["render"] =>
    async (body, props) =>
      html(await shell.page(ctx, body, props, opens), props.status);
  /** Reads what a page asks for, at an address, and answers it. */
  const handle = async (route: Route, c: HonoContext<Env>, page: Pick<Page, "ctx" | "render">): Promise<Response> => {
    const { ctx } = page;
    const whole: Page = { ...page, http: c, redirect: (path) => c.redirect(path, 303) };
    if (route.reader === null) return route.handle(whole, undefined as never);
    const { schema, from } = route.reader;
    const params = c.req.param() as Record<string, string>;
    const input =
      from === "query"
        ? readQuery(schema, new URL(ctx.request.url), params, ctx.language)
        : readForm(schema, await readParts(c.req.raw), params, ctx.language);
    return route.handle(whole, input as never);
  };
  /** A table of a page, as a whole: a file, or a page to print. */
  const sheetOf = async (route: Route, c: HonoContext<Env>, n: string): Promise<Response> => {
    const { ctx } = c.var;
    const sheet = await takeSheet(
      {
        ctx,
        permission: route.permission,
        page: async (at) => {
          const there = { ...ctx, request: { ...ctx.request, url: at.href } };
          return (await handle(route, c, { ctx: there, render: async (body) => html(shell.content(there, body)) })).text();
        },
      },
      n,
    );
    return c.req.query("print") === undefined ? sheetFile(ctx, sheet) : html(await shell.sheet(ctx, sheet));
  };
  const read = new Set(plugins.flatMap((p) => p.pages?.list ?? []).flatMap((route) => (route.method === "GET" ? [route.path] : [])));
  for (const plugin of plugins) {
    for (const route of plugin.pages?.list ?? []) {
      const stood = read.has(route.path) ? null : pageAbove(route.path, read);
      // Who signs in after a form was refused is led to its address: to the page that it stood on.
      if (stood !== null) hono.get(route.path, (c) => c.redirect(c.req.path.split("/").slice(0, stood).join("/"), 303));
      hono.on(route.method, route.path, async (c) => {
        const { ctx } = c.var;
        guard(ctx, route.permission);
        const sheet = route.method === "GET" ? c.req.query("sheet") : undefined;
        if (sheet !== undefined) return sheetOf(route, c, sheet);
        return handle(route, c, { ctx, render: render(ctx, route.method === "GET") });
      });
    }
    for (const endpoint of plugin.api?.list ?? [])
      hono.on(endpoint.method, `/api/v1${endpoint.path}`, async (c) => {
        const { ctx } = c.var;
        guard(ctx, endpoint.permission);
        const { shape } = endpoint;
        const params = c.req.param() as Record<string, string>;
        const asked = shape.query ? readQuery(shape.query, new URL(c.req.url), params, ctx.language) : undefined;
        const body = shape.body ? parsed(shape.body, await readJson(c.req.raw), ctx.language) : undefined;
        const result: unknown = await endpoint.handle(
          { ctx, http: c, render: render(ctx, false) },
          { query: asked as never, body: body as never },
        );
        if (result instanceof Response) return result;
        if (result === undefined) return c.body(null, 204);
        return new Response(JSON.stringify(result), {
          status: shape.status ?? 200,
          headers: { "content-type": "application/json; charset=utf-8" },
        });
      });
  }
  const description = openApi(plugins, version);
  hono.get("/api/v1/openapi.json", (c) => c.json(description));
  hono.get("/healthz", async (c) => {
    await c.var.ctx.d1.prepare("select 1").first();
    return c.json({ ok: true, version });
  });
  hono.notFound((c) => answer(c.var.ctx, new NotFound(kernelText.notFound), c.req.raw));

  const context = (env: Bindings, now: number) => makeContext({ env, registry, now });
  return {
    registry,
    objects,
    context,
    fetch: (request, env, execution) => hono.fetch(request, env, execution),
    async scheduled(event, env) {
      const ctx = context(env, event.scheduledTime);
      // What comes late with the files must not hold up what waits in the database.
      await syncContent(ctx).catch((error: unknown) =>
        console.error(JSON.stringify({ content: error instanceof Error ? (error.stack ?? error.message) : String(error) })),
      );
      for (const job of registry.jobs.values())
        if (job.cron === event.cron) await job.step(ctx, { id: newId(recordId) as never, input: null, cursor: null });
      for (const { id } of await waiting(ctx)) await work(context(env, Date.now()), id);
    },
    async queue(batch, env) {
      for (const message of batch.messages) {
        const state = await work(context(env, Date.now()), message.body.job as never);
        if (state === "more") await env.JOBS.send({ job: message.body.job }, { delaySeconds: 0 });
        message.ack();
      }
    },
  };
};
/** Whether an actor may open what a permission guards; for navigation and cards. */
export const may = (ctx: Context, permission: Permission): boolean =>
  permission === anyone || (ctx.actor !== null && isAllowed(ctx.actor, permission));
/** The cards of a place that the actor may see, in order, drawn; whose they are, nobody asks. */
export const cardsOf = async (ctx: Context, place: Place, scope: CardScope): Promise<Html[]> => {
  const drawn = await Promise.all(
    ctx.registry.cards.filter((card) => card.place === place && may(ctx, card.needs)).map((card) => card.render(ctx, scope)),
  );
  return drawn.filter((html) => html !== null);
};
