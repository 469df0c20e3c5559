/** Sign-in by better-auth: users, passwords and sessions in the kernel's tables. Built once an isolate. */
import { betterAuth } from "better-auth";
import { drizzleAdapter } from "better-auth/adapters/drizzle";
import { createAuthEndpoint } from "better-auth/api";
import { setSessionCookie } from "better-auth/cookies";
import { bearer, username } from "better-auth/plugins";
import { drizzle } from "drizzle-orm/d1";
import { z } from "zod";
import type { Bindings } from "../context.ts";
import { secretText } from "../secrets.ts";
import { authAccounts, authSessions, authUsers, authVerifications } from "./schema.ts";
import { hasherOf } from "./hasher.ts";

/**
 * Opens a session for a person whose right was established by us: a password through the hasher (so that every failure
 * takes the same road and time), or a one-time link. Called as `auth.api.openSession`; never routed.
 */
const sessionsOfOurs = {
  id: "xuefa-sessions",
  endpoints: {
    openSession: createAuthEndpoint.serverOnly(
      {
        method: "POST",
        body: z.object({
          person: z.string(),
          strength: z.enum(["password", "link"]),
          address: z.string().nullable(),
          agent: z.string().nullable(),
        }),
      },
      async (c) => {
        const { person, strength, address, agent } = c.body;
        const user = await c.context.internalAdapter.findUserById(person);
        if (!user) throw new Error("a session for a person without a user");
        // The last argument: else the field's default would override what is given.
        const session = await c.context.internalAdapter.createSession(
          person,
          false,
          { strength, ipAddress: address ?? "", userAgent: agent ?? "" },
          true,
        );
        await setSessionCookie(c, { session, user });
        return { token: session.token, id: session.id };
      },
    ),
  },
} as const;

const make = async (env: Bindings) =>
  betterAuth({
    baseURL: env.ORIGIN ?? "http://127.0.0.1",
    basePath: "/kernel-auth",
    secret: await secretText(env, "session"),
    telemetry: { enabled: false },
    database: drizzleAdapter(drizzle(env.DB), {
      provider: "sqlite",
      schema: { user: authUsers, session: authSessions, account: authAccounts, verification: authVerifications },
    }),
    emailAndPassword: { enabled: true, disableSignUp: true, minPasswordLength: 10, maxPasswordLength: 128, password: hasherOf(env) },
    session: {
      expiresIn: 14 * 86_400,
      updateAge: 86_400,
      cookieCache: { enabled: false },
      additionalFields: { strength: { type: "string", required: false, defaultValue: "password", input: false } },
    },
    rateLimit: { enabled: false },
    advanced: {
      cookiePrefix: "xuefa",
      database: { generateId: () => crypto.randomUUID() },
      disableCSRFCheck: true,
      defaultCookieAttributes: { sameSite: "lax", httpOnly: true, path: "/" },
    },
    plugins: [username({ minUsernameLength: 3, maxUsernameLength: 30 }), bearer(), sessionsOfOurs],
    logger: { level: "error" },
  });
type Auth = Awaited<ReturnType<typeof make>>;
const made = new WeakMap<Bindings, Promise<Auth>>();
/** better-auth for these bindings. */
export const authOf = (env: Bindings): Promise<Auth> => {
  const found = made.get(env) ?? make(env);
  made.set(env, found);
  return found;
};
