/**
 * D1 with a meter. drizzle reads through `raw()`, which carries no cost, and through `all()` in batches, which collapses
 * columns of equal names; both are answered here from `select * from (…)`, which has unique names and `meta`.
 */
import { checkStatement, limits } from "./limits.ts";

/** What a request has cost so far. */
export class Meter {
  queries = 0;
  rowsRead = 0;
  rowsWritten = 0;
  /** Milliseconds spent in the database, as the database tells. */
  time = 0;
  count(meta: { rows_read?: number; rows_written?: number; duration?: number }): void {
    this.rowsRead += meta.rows_read ?? 0;
    this.rowsWritten += meta.rows_written ?? 0;
    this.time += meta.duration ?? 0;
  }
  /** @throws {RangeError} more queries than D1 allows a request */
  query(n = 1): void {
    this.queries += n;
    if (this.queries > limits.queries) throw new RangeError(`over ${limits.queries} queries in one request`);
  }
}

const isSelect = (sql: string) => /^\s*(?:select|with)\b/i.test(sql);
const named = (sql: string) => (isSelect(sql) ? `select * from (${sql.replace(/;\s*$/, "")})` : sql);

class MeteredStatement implements D1PreparedStatement {
  readonly #database: D1Database;
  readonly #meter: Meter;
  readonly sql: string;
  readonly values: readonly unknown[];
  constructor(database: D1Database, meter: Meter, sql: string, values: readonly unknown[] = []) {
    this.#database = database;
    this.#meter = meter;
    this.sql = sql;
    this.values = values;
  }
  /** The real statement, with unique column names. */
  prepared(): D1PreparedStatement {
    checkStatement(this.sql, this.values);
    const statement = this.#database.prepare(named(this.sql));
    return this.values.length > 0 ? statement.bind(...this.values) : statement;
  }
  bind(...values: unknown[]): MeteredStatement {
    return new MeteredStatement(this.#database, this.#meter, this.sql, values);
  }
  async all<T = Record<string, unknown>>(): Promise<D1Result<T>> {
    this.#meter.query();
    const result = await this.prepared().all<T>();
    this.#meter.count(result.meta);
    return result;
  }
  async run<T = Record<string, unknown>>(): Promise<D1Result<T>> {
    return this.all<T>();
  }
  async first<T>(column?: string): Promise<T | null> {
    const row = (await this.all()).results[0];
    if (row === undefined) return null;
    return (column === undefined ? row : (row[column] ?? null)) as T;
  }
  raw<T = unknown[]>(options: { columnNames: true }): Promise<[string[], ...T[]]>;
  raw<T = unknown[]>(options?: { columnNames?: false }): Promise<T[]>;
  async raw<T = unknown[]>(options?: { columnNames?: boolean }): Promise<T[] | [string[], ...T[]]> {
    const { results } = await this.all();
    const rows = results.map((row) => Object.values(row)) as T[];
    return options?.columnNames === true ? [Object.keys(results[0] ?? {}), ...rows] : rows;
  }
}

/** A D1 binding whose every query is counted and held to D1's limits. */
export const metered = (database: D1Database, meter: Meter): D1Database => {
  const wrapped: D1Database = {
    prepare: (sql: string) => new MeteredStatement(database, meter, sql),
    async batch<T = unknown>(statements: D1PreparedStatement[]): Promise<D1Result<T>[]> {
      meter.query(statements.length);
      const results = await database.batch<T>(statements.map((s) => (s instanceof MeteredStatement ? s.prepared() : s)));
      for (const result of results) meter.count(result.meta);
      return results;
    },
    exec: (sql: string) => database.exec(sql),
    withSession: (constraint) => database.withSession(constraint),
    // oxlint-disable-next-line typescript/no-deprecated -- the binding's type still asks for it; D1 has none any more
    dump: () => Promise.reject(new Error("D1 has no dump any more")),
  };
  return wrapped;
};
