/** Whoever signs in after a form was refused comes to the form's address: it leads to the page that the form stood on. */
import { createExecutionContext } from "cloudflare:test";
import { env } from "cloudflare:workers";
import { expect, test } from "vitest";
import { app } from "../../src/worker.ts";

const get = async (path: string) => {
  const answer = await app.fetch(new Request(new URL(path, "https://xuefa.test"), { redirect: "manual" }), env, createExecutionContext());
  return [answer.status, answer.headers.get("location")];
};

test.each([
  ["/courses/xingzheng-chufa/lian/read", "/courses/xingzheng-chufa/lian"],
  ["/courses/xingzheng-chufa/again", "/courses/xingzheng-chufa"],
  ["/courses/xingzheng-chufa/cases/anli/start", "/courses/xingzheng-chufa/cases/anli"],
  ["/admin/certificates/QHJY-2026-XF-493817056-2/revoke", "/admin/certificates"],
  ["/unit/people/positions/01890a5d-ac96-774b-bcce-b302099a8057/reopen", "/unit/people"],
])("%s leads to its page", async (path, stood) => {
  expect(await get(path)).toEqual([303, stood]);
});

test("an address that takes forms alone and stands below no page is none", async () => {
  expect((await get("/display"))[0]).toBe(404);
});
