/**
 * miniflare's D1 asks for a bookmark after every query, and workerd's local bookmark is a row that it counts up: each
 * read costs a commit and its fsync. Nothing here uses bookmarks (D1's sessions are for replicas), so they are left out.
 */
import fs from "node:fs";
import { join } from "node:path";

const asked = "commitToken = await this.state.storage.getCurrentBookmark();";
const worker = join("workers", "d1", "database.worker.js");

/** From now on, miniflare reads its D1 without bookmarks; where another version says it otherwise, it is slow and right. */
export function leaveOutBookmarks(): void {
  // Of its many signatures, the one by which a text is read.
  const read = fs.readFileSync as (path: fs.PathOrFileDescriptor, options?: BufferEncoding) => string | Buffer;
  // miniflare reads the file when it starts its first D1, by this very function.
  fs.readFileSync = ((path: fs.PathOrFileDescriptor, options?: BufferEncoding) => {
    const text = read(path, options);
    return typeof text === "string" && typeof path === "string" && path.endsWith(worker)
      ? text.replace(asked, 'commitToken = "none";')
      : text;
  }) as typeof fs.readFileSync;
}
