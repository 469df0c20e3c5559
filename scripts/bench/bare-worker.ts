/** What the product is compared with: Hono and one page, one row of a Durable Object, one row of D1. Nothing else. */
import { Hono } from "hono";

type Storage = { sql: { exec(query: string, ...values: unknown[]): unknown } };
type Namespace = { idFromName(name: string): unknown; get(id: unknown): { fetch(url: string, init: RequestInit): Promise<Response> } };
type Database = { prepare(sql: string): { bind(...values: unknown[]): { first(): Promise<unknown>; run(): Promise<unknown> } } };
type Save = { session: number; seq: number; answers: { item: string; value: unknown; at: number }[] };

/** One row a request, as an exam room keeps an answer. */
export class Row {
  readonly #sql: Storage["sql"];
  constructor({ storage }: { storage: Storage }) {
    this.#sql = storage.sql;
    this.#sql.exec(
      "create table if not exists answer (attempt text, item text, seq integer, value text, at integer, primary key (attempt, item)) without rowid",
    );
  }
  async fetch(request: Request): Promise<Response> {
    const { attempt, seq, answers } = (await request.json()) as Save & { attempt: string };
    for (const { item, value, at } of answers)
      this.#sql.exec(
        "insert into answer (attempt, item, seq, value, at) values (?, ?, ?, ?, ?) on conflict (attempt, item) do update set seq = excluded.seq, value = excluded.value, at = excluded.at",
        attempt,
        item,
        seq,
        JSON.stringify(value),
        at,
      );
    return Response.json({ seq });
  }
}

const pages = new Map<number, string>();
const pageOf = (bytes: number): string => {
  const made = pages.get(bytes) ?? `<!doctype html><title>bare</title><p>${"x".repeat(Math.max(0, bytes - 40))}</p>`;
  pages.set(bytes, made);
  return made;
};

export default new Hono<{ Bindings: { ROW: Namespace; DB: Database } }>()
  .get("/page/:bytes", (c) => c.html(pageOf(Number(c.req.param("bytes")))))
  .put("/rows/:object/:attempt", async (c) => {
    const save: Save = await c.req.json();
    const object = c.env.ROW.get(c.env.ROW.idFromName(c.req.param("object")));
    const answer = await object.fetch("https://room/save", {
      method: "POST",
      body: JSON.stringify({ ...save, attempt: c.req.param("attempt") }),
    });
    return c.json(await answer.json());
  })
  .get("/d1/:id", async (c) => c.json(await c.env.DB.prepare("select id, value from one where id = ?").bind(c.req.param("id")).first()))
  .put("/d1/:id", async (c) => {
    await c.env.DB.prepare("insert into one (id, value) values (?1, ?2) on conflict (id) do update set value = ?2")
      .bind(c.req.param("id"), await c.req.text())
      .run();
    return c.body(null, 204);
  });
