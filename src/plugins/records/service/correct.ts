/** Corrections: a further record that points to the one it corrects. Nothing is changed or removed. */
import {
  commit,
  Conflict,
  day,
  digest,
  Forbidden,
  Invalid,
  kernelText,
  notFound,
  points,
  record,
  say,
  startOfDay,
  type Context,
  type RecordId,
  type UnitId,
} from "#kernel";
import type { CorrectInput } from "../input.ts";
import { readFieldTime } from "../rules.ts";
import { correctionLine, findRecord, unitsOfPerson, type Whole } from "../store.ts";
import { correctRecords } from "../terms.ts";
import { text } from "../text.ts";

/** Hundredths. The ledger does not know what an exam was out of: no exam here is out of more, unless the record says so. */
const mostScore = 20_000;

type Content = { at: number; score: number | null; unit: UnitId | null };
const contentOf = (row: Whole): Content => ({ at: row.at, score: row.score, unit: row.unit });

/** What was entered, over what is there. Seconds that a field left out are those that were there. */
const wanted = (ctx: Context, row: Whole, input: CorrectInput): Content => {
  if (input.score !== undefined && row.score === null)
    throw new Invalid(text.noScore, {}, [{ field: "score", code: "score", words: text.noScore }]);
  const content = contentOf(row);
  if (input.at !== undefined) {
    const field = readFieldTime(input.at);
    const on = day.safeParse(field.day);
    if (!on.success)
      throw new Invalid(kernelText.invalid, {}, [
        { field: "at", code: "field", words: kernelText.invalidField, facts: { field: say(ctx.language, text.at) } },
      ]);
    content.at = startOfDay(on.data, ctx.zone) + field.seconds * 1000;
    if (content.at > ctx.now) throw new Invalid(text.inFuture, {}, [{ field: "at", code: "future", words: text.inFuture }]);
    if (Math.floor(content.at / 1000) === Math.floor(row.at / 1000)) content.at = row.at;
  }
  if (input.score !== undefined) {
    content.score = Math.round(input.score * 100);
    const most = Math.max(mostScore, row.score ?? 0);
    if (content.score > most) {
      const facts = { most: points(most) };
      throw new Invalid(text.scoreTooHigh, facts, [{ field: "score", code: "score", words: text.scoreTooHigh, facts }]);
    }
  }
  if (input.unit !== undefined) content.unit = input.unit;
  return content;
};

const taken = (): never => {
  throw new Conflict(kernelText.idTaken);
};
/** Whether this very correction was written before, by the same actor. */
const isSentAgain = async (ctx: Context, record: RecordId, input: CorrectInput): Promise<boolean> => {
  const line = await correctionLine(ctx, record);
  return line?.actor === ctx.actor?.person && line?.after === (await digest(input));
};
/**
 * Writes a record that corrects or voids another; sent again whole, it changes nothing and answers as the first time. A
 * voiding one is itself undone by `replace`.
 * @throws {NotFound} the record does not exist, or lies outside the reach
 * @throws {Forbidden} it is the actor's own
 * @throws {Conflict} it was corrected already, or the id came with another body
 * @throws {Invalid} what was entered does not fit, or changes nothing
 */
export const correctRecord = async (ctx: Context, input: CorrectInput): Promise<{ id: RecordId }> => {
  const actor = ctx.allow(correctRecords);
  const reach = ctx.reach(correctRecords);
  const row = await findRecord(ctx, reach, input.record);
  if (row === null) return notFound();
  if (row.correctedBy === input.id) return (await isSentAgain(ctx, row.id, input)) ? { id: input.id } : taken();
  if (row.correctedBy !== null) throw new Conflict(text.alreadyCorrected);
  if (row.person === null) throw new Conflict(text.nobody);
  if (row.person === actor.person) throw new Forbidden(text.ownCorrection);
  const voids = input.how === "void";
  if (voids && row.void) throw new Invalid(text.voidAlready);
  const before = contentOf(row);
  const after = voids ? before : wanted(ctx, row, input);
  if (!voids && !row.void && after.at === before.at && after.score === before.score && after.unit === before.unit)
    throw new Invalid(text.nothingChanged);
  const place =
    after.unit === row.unit ? row.position : (await unitsOfPerson(ctx, reach, row.person)).find((unit) => unit.id === after.unit)?.position;
  if (place === undefined) throw new Invalid(text.badUnit, {}, [{ field: "unit", code: "unit", words: text.badUnit }]);

  const written = await commit(ctx, {
    statements: [
      record({
        id: input.id,
        verb: ctx.registry.verbs.get(row.verb) ?? { id: row.verb, iri: "", words: text.verb },
        object: { kind: row.objectKind, id: row.objectId },
        person: row.person,
        at: after.at,
        source: "entered",
        once: ["correction", row.id, input.id],
        corrects: row.id,
        ...(after.unit === null ? {} : { unit: after.unit }),
        ...(place === null ? {} : { position: place }),
        ...(after.score === null ? {} : { score: after.score }),
        ...(row.seconds === null ? {} : { seconds: row.seconds }),
        ...(row.evidence === null ? {} : { evidence: row.evidence }),
        ...(voids ? { void: true as const } : {}),
      }),
    ],
    audit: {
      command: voids ? "records.void" : "records.correct",
      object: { kind: "record", id: row.id },
      unit: row.unit,
      before: { record: row.id, void: row.void, ...before },
      after: input,
      note: input.reason,
    },
  });
  if (written === "again" && !(await isSentAgain(ctx, row.id, input))) return taken();
  return { id: input.id };
};
