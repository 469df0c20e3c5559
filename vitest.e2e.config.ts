/** `npm run test:e2e`: the product as a person meets it, in Chromium against `npm start` on a state of its own. */
import { defineConfig } from "vitest/config";

export default defineConfig({
  test: {
    include: ["test/e2e/**/*.test.ts"],
    // The walk of every page, the kills and the room's outages take many minutes: `SLOW=1 npm run test:e2e` runs them too.
    exclude:
      process.env["SLOW"] === undefined ? ["test/e2e/pages.test.ts", "test/e2e/kill.test.ts", "test/e2e/data-loss-room.test.ts"] : [],
    globalSetup: ["./test/e2e/server.ts"],
    fileParallelism: false,
    testTimeout: 120_000,
    hookTimeout: 60_000,
  },
});
