/** miniflare's D1 without its bookmarks: a new version that says it otherwise is noticed here, not by a slow evening. */
import fs from "node:fs";
import { createRequire } from "node:module";
import { dirname, join } from "node:path";
import { expect, test } from "vitest";
import { leaveOutBookmarks } from "../../scripts/host/bookmark.ts";

test("the text of miniflare's D1 is read without the bookmark, and nothing else is read otherwise", () => {
  const main = createRequire(import.meta.url).resolve("miniflare");
  const path = join(dirname(main), "workers", "d1", "database.worker.js");
  const before = fs.readFileSync(path, "utf8");
  const own = fs.readFileSync(main, "utf8");
  expect(before.match(/getCurrentBookmark\(/g)).toHaveLength(1);
  leaveOutBookmarks();
  expect(fs.readFileSync(path, "utf8")).toBe(before.replace("await this.state.storage.getCurrentBookmark()", '"none"'));
  expect(fs.readFileSync(main, "utf8")).toBe(own);
});
