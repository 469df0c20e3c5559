import { anyone, endpoints } from "#kernel";
import { firstRunAnswer, firstRunBody, sessionAnswer, sessionBody } from "./input.ts";
import { firstRun } from "./service/first-run.ts";
import { signIn, signOut } from "./service/session.ts";
import { ownAccount } from "./terms.ts";

export const api = endpoints()
  .on("POST", "/session", anyone, { summary: "Signs in by 登录号, 工号 or phone; answers a token and sets the session cookie", body: sessionBody, answer: sessionAnswer }, async ({ ctx, http }, { body }) => {
    const opened = await signIn(ctx, body);
    const { actor } = opened;
    const headers = new Headers({ "content-type": "application/json; charset=utf-8" });
    for (const cookie of opened.cookies) headers.append("set-cookie", cookie);
    http.header("cache-control", "no-store");
    return new Response(JSON.stringify({ token: opened.token, person: actor.person, name: actor.name, login: actor.login, roles: [...actor.roles], notice_due: opened.noticeDue }), { headers });
  })
  .on("DELETE", "/session", ownAccount, { summary: "Signs out: the token or cookie is no longer worth anything", status: 204 }, async ({ ctx, http }) => {
    const headers = new Headers();
    for (const cookie of await signOut(ctx, http.req.raw)) headers.append("set-cookie", cookie);
    return new Response(null, { status: 204, headers });
  })
  .on("POST", "/first-run", anyone, { summary: "Makes the body, its first person and administrator, with the code that the terminal printed", body: firstRunBody, answer: firstRunAnswer }, async ({ ctx }, { body }) => {
    const { token, opened, login, unit } = await firstRun(ctx, body);
    return { token, person: opened.actor.person, login, unit };
  });
