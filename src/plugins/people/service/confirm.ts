/** Who signs something binding shows the password again. */
import { Busy, commit, hasherOf, Invalid, macHex, nobodysHash, type Context } from "#kernel";
import { addressFailed, findHash, forgetFailures, takeTry } from "../store-sign-in.ts";
import { ownAccount } from "../terms.ts";
import { text } from "../text.ts";

/**
 * Asks the signed-in person's password again, in the hasher's line. A wrong one counts like a failed sign-in.
 * @throws {Invalid} it is wrong @throws {Busy} too many failures, or too long a line
 */
export const confirmPassword = async (ctx: Context, password: string): Promise<void> => {
  const { person } = ctx.allow(ownAccount);
  const account = await macHex(ctx.env, "code", `account/${person}`);
  const { waitUntil } = await takeTry(ctx, account);
  if (waitUntil !== null) throw new Busy(text.tooManyTries, { seconds: Math.max(1, Math.ceil((waitUntil - ctx.now) / 1000)) });
  const { address } = ctx.request;
  const right = await hasherOf(ctx.env).verify({ hash: (await findHash(ctx, person)) ?? nobodysHash, password });
  await commit(ctx, {
    statements: right ? forgetFailures(ctx, account, address) : address === null ? [] : [addressFailed(address, account, ctx.now)],
    audit: { command: right ? "people.password.confirmed" : "people.password.refused", object: { kind: "person", id: person } },
  });
  if (!right) throw new Invalid(text.currentWrong, {}, [{ field: "password", code: "password", words: text.currentWrong }]);
};
