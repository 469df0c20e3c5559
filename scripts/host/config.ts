/** wrangler.toml as the local home needs it, so that both homes have one list of bindings. */
import { readFile } from "node:fs/promises";
import { dirname, join } from "node:path";
import type { MiniflareOptions } from "miniflare";
import { parse } from "smol-toml";
import { z } from "zod";
import { Refusal } from "./plain.ts";

type Worker = MiniflareOptions["workers"][number];
/** Bindings by name, as miniflare takes them. */
type Environment = NonNullable<Worker["config"]["env"]>;

const forCloudflareAlone = z.unknown().optional();

// Strict, so that a binding which Cloudflare would get and this home would not stops the start instead of a request.
const wranglerToml = z.strictObject({
  name: z.string(),
  main: z.string(),
  compatibility_date: z.string(),
  compatibility_flags: z.array(z.string()).default([]),
  assets: z.strictObject({ directory: z.string() }),
  vars: z.record(z.string(), z.string()).default({}),
  d1_databases: z
    .array(z.strictObject({ binding: z.string(), database_name: z.string(), database_id: z.string(), migrations_dir: z.string() }))
    .length(1),
  r2_buckets: z.array(z.strictObject({ binding: z.string(), bucket_name: z.string() })).default([]),
  queues: z.strictObject({
    producers: z.array(z.strictObject({ binding: z.string(), queue: z.string() })).default([]),
    consumers: z
      .array(
        z.strictObject({
          queue: z.string(),
          max_batch_size: z.number(),
          max_batch_timeout: z.number(),
          max_retries: z.number(),
          dead_letter_queue: z.string(),
        }),
      )
      .default([]),
  }),
  durable_objects: z.strictObject({ bindings: z.array(z.strictObject({ name: z.string(), class_name: z.string() })) }),
  migrations: z.array(z.strictObject({ tag: z.string(), new_sqlite_classes: z.array(z.string()) })),
  ratelimits: z
    .array(
      z.strictObject({
        name: z.string(),
        namespace_id: z.string(),
        simple: z.strictObject({ limit: z.number(), period: z.union([z.literal(10), z.literal(60)]) }),
      }),
    )
    .default([]),
  triggers: z.strictObject({ crons: z.array(z.string()) }),
  account_id: forCloudflareAlone,
  build: forCloudflareAlone,
  limits: forCloudflareAlone,
  logpush: forCloudflareAlone,
  observability: forCloudflareAlone,
  placement: forCloudflareAlone,
  routes: forCloudflareAlone,
  send_metrics: forCloudflareAlone,
  upload_source_maps: forCloudflareAlone,
  workers_dev: forCloudflareAlone,
});

export type Config = {
  readonly compatibility: Pick<Worker["config"], "compatibilityDate" | "compatibilityFlags">;
  readonly database: string;
  readonly migrations: string;
  readonly assets: string;
  readonly crons: readonly string[];
  readonly env: Environment;
  readonly exports: NonNullable<Worker["config"]["exports"]>;
  readonly queues: NonNullable<Worker["config"]["triggers"]>;
};

/** The Worker's name below the state folder. Not wrangler.toml's: a bureau that renames its Worker keeps its rooms. */
export const workerName = "xuefa";

/**
 * Reads wrangler.toml. Storage is named by binding and never by an id or a bucket's name,
 * so that filling in what `wrangler d1 create` prints does not lose the local data.
 */
export async function readConfig(path: string): Promise<Config> {
  const read = wranglerToml.safeParse(parse(await readFile(path, "utf8")));
  if (!read.success) throw new Refusal(`${path}: ${z.prettifyError(read.error)}`);
  const toml = read.data;
  const root = dirname(path);
  const database = toml.d1_databases.map(({ binding, migrations_dir }) => ({ binding, migrations: join(root, migrations_dir) }))[0];
  if (database === undefined) throw new Refusal(`${path}: no D1 database`);

  const env: Environment = {
    [database.binding]: { type: "d1", id: database.binding },
  };
  for (const [name, value] of Object.entries(toml.vars)) env[name] = { type: "text", value };
  for (const { binding } of toml.r2_buckets) env[binding] = { type: "r2", name: binding };
  for (const { binding, queue } of toml.queues.producers) env[binding] = { type: "queue", name: queue };
  for (const { name, class_name } of toml.durable_objects.bindings)
    env[name] = { type: "durable-object", worker: workerName, exportName: class_name };
  for (const { name, namespace_id, simple } of toml.ratelimits) env[name] = { type: "rate-limit", namespace: namespace_id, simple };

  return {
    compatibility: { compatibilityDate: toml.compatibility_date, compatibilityFlags: toml.compatibility_flags },
    database: database.binding,
    migrations: database.migrations,
    assets: join(root, toml.assets.directory),
    crons: toml.triggers.crons,
    env,
    exports: Object.fromEntries(
      toml.migrations.flatMap((step) => step.new_sqlite_classes).map((name) => [name, { type: "durable-object", storage: "sqlite" }]),
    ),
    queues: toml.queues.consumers.map((consumer) => ({
      type: "queue",
      name: consumer.queue,
      maxBatchSize: consumer.max_batch_size,
      maxBatchTimeout: consumer.max_batch_timeout,
      maxRetries: consumer.max_retries,
      deadLetterQueue: consumer.dead_letter_queue,
    })),
  };
}
