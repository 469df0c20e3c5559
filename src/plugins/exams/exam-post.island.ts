/** One request of the room, and what becomes of it: an answer, or a reason to try again later. */

export type Post = {
  fetch: (
    path: string,
    init: { method: string; body?: string; headers: Record<string, string> },
  ) => Promise<{ status: number; json(): Promise<unknown> }>;
  /** Milliseconds of a clock that is never set back. */
  ticks: () => number;
};
/** `took`: milliseconds there and back. */
export type Answer = { status: number; body: unknown; took: number };

/** Whoever is signed out, meets a busy server or no network tries again; everything else is an answer. */
export const post = async (around: Post, method: string, path: string, body: unknown): Promise<Answer | "offline" | "signed-out"> => {
  const began = around.ticks();
  try {
    const answer = await around.fetch(path, {
      method,
      headers: { "content-type": "application/json" },
      ...(body === undefined ? {} : { body: JSON.stringify(body) }),
    });
    if (answer.status === 401) return "signed-out";
    if (answer.status >= 500 || answer.status === 429) return "offline";
    return { status: answer.status, body: await answer.json(), took: around.ticks() - began };
  } catch {
    return "offline";
  }
};
