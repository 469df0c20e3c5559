/** Counts what D1 says that each query cost; bundled around the product by meter.ts. One isolate, so one count. */

export type Cost = {
  queries: number;
  /** Ways to D1 and back; a batch is one. In the local home each is a commit of its own, since miniflare's D1 writes a bookmark. */
  trips: number;
  read: number;
  written: number;
};
export const meterPath = "/bench-meter";

type Result = { results: Record<string, unknown>[]; meta: { rows_read?: number; rows_written?: number } };
type Statement = {
  bind(...values: unknown[]): Statement;
  all(): Promise<Result>;
  run(): Promise<Result>;
  first(column?: string): Promise<unknown>;
  raw(options?: { columnNames?: boolean }): Promise<unknown[]>;
};
type Database = { prepare(sql: string): Statement; batch(statements: Statement[]): Promise<Result[]> };
type Bindings = { DB: Database };
type Handler = (event: Request, env: Bindings, execution: unknown) => unknown;
type Worker = { fetch: Handler; scheduled: Handler; queue: Handler };

const nothing = (): Cost => ({ queries: 0, trips: 0, read: 0, written: 0 });
let spent = nothing();
const count = ({ meta }: Result): void => {
  spent.queries += 1;
  spent.read += meta.rows_read ?? 0;
  spent.written += meta.rows_written ?? 0;
};

class Counted implements Statement {
  readonly #database: Database;
  readonly #sql: string;
  readonly #values: readonly unknown[];
  constructor(database: Database, sql: string, values: readonly unknown[] = []) {
    this.#database = database;
    this.#sql = sql;
    this.#values = values;
  }
  prepared(sql = this.#sql): Statement {
    const statement = this.#database.prepare(sql);
    return this.#values.length > 0 ? statement.bind(...this.#values) : statement;
  }
  bind(...values: unknown[]): Statement {
    return new Counted(this.#database, this.#sql, values);
  }
  async all(): Promise<Result> {
    const result = await this.prepared().all();
    spent.trips += 1;
    count(result);
    return result;
  }
  run(): Promise<Result> {
    return this.all();
  }
  async first(column?: string): Promise<unknown> {
    const row = (await this.all()).results[0];
    return row === undefined ? null : column === undefined ? row : row[column];
  }
  /** raw() tells no cost; a select from the select has columns of different names, so that none is lost on the way. */
  async raw(options?: { columnNames?: boolean }): Promise<unknown[]> {
    const sql = /^\s*(?:select|with)\b/i.test(this.#sql) ? `select * from (${this.#sql.replace(/;\s*$/, "")})` : this.#sql;
    const result = await this.prepared(sql).all();
    spent.trips += 1;
    count(result);
    const rows: unknown[] = result.results.map((row) => Object.values(row));
    return options?.columnNames === true ? [Object.keys(result.results[0] ?? {}), ...rows] : rows;
  }
}
const countedDatabase = (database: Database): Database => ({
  prepare: (sql) => new Counted(database, sql),
  async batch(statements) {
    const results = await database.batch(statements.map((statement) => (statement instanceof Counted ? statement.prepared() : statement)));
    spent.trips += 1;
    results.forEach(count);
    return results;
  },
});

// One for each: the product keeps what it made for its bindings.
const known = new WeakMap<Bindings, Bindings>();
/** The bindings with a database that counts. */
export const counted = (env: Bindings): Bindings => {
  const made = known.get(env) ?? { ...env, DB: countedDatabase(env.DB) };
  known.set(env, made);
  return made;
};
/** The Worker with its count to be read, which sets it to nothing. */
export const metered = (worker: Worker): Worker => ({
  fetch: (request, env, execution) => {
    if (new URL(request.url).pathname !== meterPath) return worker.fetch(request, counted(env), execution);
    const answer = Response.json(spent);
    spent = nothing();
    return answer;
  },
  scheduled: (event, env, execution) => worker.scheduled(event, counted(env), execution),
  queue: (batch, env, execution) => worker.queue(batch, counted(env), execution),
});
