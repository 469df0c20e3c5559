import { readFile } from "node:fs/promises";
import { cloudflareTest, readD1Migrations } from "@cloudflare/vitest-plugin";
import { parse } from "smol-toml";
import { defineConfig } from "vitest/config";

export default defineConfig({
  test: {
    // Vitest leaves a core free; on two cores that is half of the time.
    maxWorkers: "100%",
    projects: [
      {
        plugins: [
          cloudflareTest(async () => ({
            wrangler: { configPath: "./wrangler.toml" },
            miniflare: {
              bindings: {
                MIGRATIONS: await readD1Migrations("./migrations"),
                WRANGLER: JSON.stringify(parse(await readFile("./wrangler.toml", "utf8"))),
                ROOT_SECRET: "only for tests, thirty-two characters or more",
                ORIGIN: "https://xuefa.test",
              },
            },
          })),
        ],
        test: {
          name: "workerd",
          include: ["test/kernel/**/*.test.{ts,tsx}", "test/plugins/**/*.test.{ts,tsx}", "test/held/worker/**/*.test.{ts,tsx}"],
          setupFiles: ["./test/support/migrate.ts"],
          testTimeout: 30_000,
        },
      },
      {
        test: {
          name: "node",
          include: ["test/host/**/*.test.ts", "test/held/*.test.ts", "test/content/**/*.test.ts"],
          testTimeout: 120_000,
        },
      },
    ],
  },
});
