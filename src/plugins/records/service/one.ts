/** One record whole. */
import { isAllowed, leafOf, notFound, type Context, type Reach, type RecordId } from "#kernel";
import { findRecord, reasonsOf, unitsOfPerson, type Whole } from "../store.ts";
import { correctRecords, ownRecords, seeRecords } from "../terms.ts";
import { everything, shown, type Names, type Shown } from "./list.ts";

export type One = {
  row: Shown<Whole>;
  holds: boolean;
  reasons: Awaited<ReturnType<typeof reasonsOf>>;
  units: Awaited<ReturnType<typeof unitsOfPerson>> | null;
};
const opened = async (ctx: Context, found: Whole | null, names: Names, corrects: Reach | null): Promise<One> => {
  if (found === null) return notFound();
  const { id, verb, objectKind, objectId, person, unit, at, score, source, evidence, once, corrects: corrected, salt } = found;
  const leaf = await leafOf({
    id,
    verb,
    objectKind,
    objectId,
    person,
    unit,
    at,
    score,
    source,
    evidence,
    once,
    corrects: corrected,
    void: found.void,
    salt,
  });
  const [row] = await shown(ctx, [found], names);
  if (row === undefined) return notFound();
  const correctedOnes = [...(row.corrects === null ? [] : [row.corrects]), ...(row.correctedBy === null ? [] : [row.id])];
  const reasons = correctedOnes.length === 0 ? [] : await reasonsOf(ctx, correctedOnes);
  return {
    row,
    holds: leaf === found.leaf,
    reasons,
    units: corrects === null || person === null || row.correctedBy !== null ? null : await unitsOfPerson(ctx, corrects, person),
  };
};
/** One record whole, name masked. @throws {NotFound} it does not exist, or lies outside the reach */
export const seeRecord = async (ctx: Context, id: RecordId): Promise<One> => {
  const actor = ctx.allow(seeRecords);
  const mayCorrect = isAllowed(actor, correctRecords);
  const found = await findRecord(ctx, ctx.reach(seeRecords), id);
  return opened(ctx, found, "masked", mayCorrect && found?.person !== actor.person ? ctx.reach(correctRecords) : null);
};
/** One of one's own. @throws {NotFound} it does not exist, or is another's */
export const seeMine = async (ctx: Context, id: RecordId): Promise<One> => {
  const { person } = ctx.allow(ownRecords);
  const found = await findRecord(ctx, everything, id);
  return opened(ctx, found?.person === person ? found : null, "whole", null);
};
