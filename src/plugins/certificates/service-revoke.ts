/** Taking certificates back: an officer's with a reason, and others' within their own commit. */
import { commit, Conflict, notFound, record, type Context, type Pending } from "#kernel";
import { tidyNumber } from "./rules.ts";
import { listWithin, revokeRow, type Certificate } from "./store.ts";
import { certificateRevoked, manageCertificates } from "./terms.ts";
import { text } from "./text.ts";

/**
 * Takes back certificates that hold no more, each with its cause in words: statements for the caller's commit, which fails
 * with Conflict where one was revoked in between.
 */
export const revokeAll = (
  ctx: Context,
  gone: readonly (Pick<Certificate, "id" | "number" | "person" | "unit"> & { reason: string; at?: number })[],
): Pending[] =>
  gone.flatMap(({ id, number, person, unit, reason, at }) => [
    ...revokeRow(ctx, id, reason),
    record({
      verb: certificateRevoked,
      object: { kind: "certificate", id: number },
      person,
      once: [id],
      ...(unit === null ? {} : { unit }),
      ...(at === undefined ? {} : { at }),
    }),
  ]);
/**
 * Revokes with a reason; verification shows it at once.
 * @throws {NotFound} outside the reach
 * @throws {Conflict} revoked already
 */
export const revokeCertificate = async (ctx: Context, input: { number: string; reason: string }): Promise<void> => {
  const actor = ctx.allow(manageCertificates);
  const [found] = await listWithin(ctx, ctx.reach(manageCertificates), { number: tidyNumber(input.number) }, 1);
  if (!found) return notFound();
  if (found.state === "revoked") throw new Conflict(text.alreadyRevoked);
  await commit(ctx, {
    statements: revokeAll(ctx, [{ ...found, reason: input.reason }]),
    audit: {
      command: "certificates.revoke",
      object: { kind: "certificate", id: found.number },
      unit: found.unit,
      before: { state: found.state },
      after: { state: "revoked", by: actor.person },
      note: input.reason,
    },
  });
};
