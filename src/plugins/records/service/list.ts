/** Reading the ledger in pages, and one's own file. */
import { commit, Invalid, maskName, type Context, type PersonId, type Reach } from "#kernel";
import type { ApiInput, FilterInput, ListInput, RecordAnswer, WholeInput } from "../input.ts";
import { cursorWords, readCursor, stateOf, type State } from "../rules.ts";
import { listByDay, listBySeq, pathFor, positionNow, unitName, yearsOf, type Row } from "../store.ts";
import { ownRecords, seeRecords, unmaskRecords } from "../terms.ts";
import { text } from "../text.ts";
import { checkAsked, type Asked } from "./asked.ts";
import { thingKey, titlesOfThings } from "./titles.ts";

/** A row as it is shown: with its state, the title of its object, and the name as far as it may be seen. */
export type Shown<R extends Row = Row> = R & { state: State; title: string; name: string };
export type Names = "masked" | "whole";
export const pageSize = 50;
const mineSize = 200;
/** For what is one's own: there the person is the limit. */
export const everything: Reach = { all: true, areas: [] };

/** Rows with titles (in place), in one query a kind. */
export const shown = async <R extends Row>(
  ctx: Context,
  rows: readonly R[],
  names: Names,
  known = new Map<string, string>(),
): Promise<Shown<R>[]> => {
  const things = rows.map((row) => ({ kind: row.objectKind, id: row.objectId }));
  const titles = await titlesOfThings(
    ctx,
    things.filter((thing) => !known.has(thingKey(thing))),
  );
  // What has no title is called by its id, and not asked for again.
  for (const thing of things) {
    const key = thingKey(thing);
    if (!known.has(key)) known.set(key, titles.get(key) ?? thing.id);
  }
  return rows.map((row) =>
    Object.assign(row, {
      state: stateOf(row),
      title: known.get(thingKey({ kind: row.objectKind, id: row.objectId })) ?? row.objectId,
      name: row.personName === null ? "" : names === "whole" ? row.personName : maskName(row.personName),
    }),
  );
};

export type Listed = { rows: Shown[]; next: string | null; position: number; names: Names; unit: string | null };
const listed = async (ctx: Context, reach: Reach, input: ListInput, names: Names): Promise<Listed> => {
  const position = await positionNow(ctx);
  const rows = await listByDay(ctx, reach, input, {
    path: await pathFor(ctx, reach, input),
    order: "newest",
    shape: "page",
    after: readCursor(input.after),
    limit: pageSize + 1,
    position,
  });
  const page = rows.slice(0, pageSize);
  const last = page.at(-1);
  return {
    rows: await shown(ctx, page, names),
    next: rows.length > pageSize && last !== undefined ? cursorWords(last) : null,
    position,
    names,
    unit: input.unit === undefined ? null : await unitName(ctx, reach, input.unit),
  };
};
/** The reach in which the ledger is read with masked names. Throws as `checkAsked`. */
export const masked = async (ctx: Context, asked: Asked): Promise<Reach> => {
  const reach = ctx.reach(seeRecords);
  await checkAsked(ctx, reach, asked);
  return reach;
};
/** A page of the ledger within the reach, names masked. Throws as `checkAsked`. */
export const listRecords = async (ctx: Context, input: ListInput): Promise<Listed> =>
  listed(ctx, await masked(ctx, input), input, "masked");
/** The same with whole names, for a reason. Throws as `unmask`. */
export const listWhole = async (ctx: Context, input: WholeInput): Promise<Listed> =>
  listed(ctx, await unmask(ctx, input, input.format, input.reason), input, "whole");

/**
 * Leave to see whole names: the reach of it, after the audit has the reason. Throws as `checkAsked`.
 * @throws {Forbidden} the permission is not held
 * @throws {Invalid} no reason was given
 */
export const unmask = async (ctx: Context, filter: FilterInput, format: string, reason: string | undefined): Promise<Reach> => {
  const reach = ctx.reach(unmaskRecords);
  const given = (reason ?? "").trim();
  if (given.length < 2) throw new Invalid(text.reasonNeeded, {}, [{ field: "reason", code: "reason", words: text.reasonNeeded }]);
  await checkAsked(ctx, reach, filter);
  const { from, to, unit, verb, kind, object, person, standing } = filter;
  const told = Object.entries({ format, from, to, unit, verb, kind, object, person, standing }).flatMap(([key, value]) =>
    value === undefined ? [] : [`${key}=${value}`],
  );
  await commit(ctx, {
    statements: [],
    audit: {
      command: "records.unmask",
      object: { kind: "ledger", id: format },
      unit: unit ?? null,
      after: { ...filter, format },
      note: `${given}（${told.join(" ")}）`,
    },
  });
  return reach;
};

/** For who follows the ledger by number. Throws as `checkAsked`, whole names as `unmask`. */
export const followRecords = async (
  ctx: Context,
  input: ApiInput,
): Promise<{ position: number; records: RecordAnswer[]; next: number | null }> => {
  const names = input.names ?? "masked";
  const reach = names === "whole" ? await unmask(ctx, input, "json", input.reason) : await masked(ctx, input);
  const limit = input.limit ?? 100;
  const position = await positionNow(ctx);
  const rows = await listBySeq(ctx, reach, input, { after: input.after ?? 0, limit: limit + 1, position });
  const page = rows.slice(0, limit);
  return {
    position,
    records: (await shown(ctx, page, names)).map(answerOf),
    next: rows.length > limit ? (page.at(-1)?.seq ?? null) : null,
  };
};
/** A record as the API tells it. */
export const answerOf = (row: Shown): RecordAnswer => ({
  seq: row.seq,
  id: row.id,
  verb: row.verb,
  object: { kind: row.objectKind, id: row.objectId, title: row.title },
  person: row.person === null ? null : { id: row.person, name: row.name },
  unit: row.unit === null ? null : { id: row.unit, name: row.unitName ?? "" },
  at: row.at,
  day: row.day,
  recorded_at: row.recordedAt,
  score: row.score === null ? null : row.score / 100,
  seconds: row.seconds,
  source: row.source,
  evidence: row.evidence,
  state: row.state,
  corrects: row.corrects,
  corrected_by: row.correctedBy,
  leaf: row.leaf,
});

export type Mine = {
  rows: Shown[];
  next: string | null;
  years: ReadonlyMap<string, number>;
  person: PersonId;
  /** For the paper, which goes from hand to hand. */
  whose: { name: string; login: string; units: string[] };
};
/** Everything recorded on oneself, newest first, with the number of each year. */
export const myRecords = async (ctx: Context, after: string | undefined): Promise<Mine> => {
  const { person, name, login, positions } = ctx.allow(ownRecords);
  const rows = await listByDay(
    ctx,
    everything,
    { person },
    {
      path: "kernel_record_person",
      order: "newest",
      shape: "page",
      after: readCursor(after),
      limit: mineSize + 1,
      position: await positionNow(ctx),
    },
  );
  const page = rows.slice(0, mineSize);
  const last = page.at(-1);
  return {
    rows: await shown(ctx, page, "whole"),
    next: rows.length > mineSize && last !== undefined ? cursorWords(last) : null,
    years: new Map((await yearsOf(ctx, person)).map(({ year, count }) => [year, count])),
    person,
    whose: { name, login, units: [...new Set(positions.map((p) => p.unitName))] },
  };
};
