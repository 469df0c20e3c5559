/** The ledger: one participation fact a record, append-only. */
import { sql } from "drizzle-orm";
import { canonical, sha256 } from "../audit/audit.ts";
import type { Context } from "../context.ts";
import { rowsOf, run, type Statement } from "../db/statement.ts";
import { chunkJson } from "../db/limits.ts";
import { mainPositionOn } from "../identity/actor.ts";
import { newId, recordId, type PersonId, type PositionId, type RecordId, type UnitId } from "../ids.ts";
import type { Words } from "../text/text.ts";
import { dayOf, type Instant } from "../text/time.ts";

/** What a plugin may write to the ledger. */
export type Verb = { readonly id: string; readonly iri: string; readonly words: Words };
export const verb = (id: string, how: { iri: string; words: Words }): Verb => ({ id, ...how });
/** A thing of some plugin: its kind and its id. */
export type Thing = { readonly kind: string; readonly id: string };

export type NewRecord = {
  /** Made by the client where it may be sent again. */
  id?: RecordId;
  verb: Verb;
  object: Thing;
  person: PersonId;
  /** Left out: the unit of the assignment that it fulfils, else the main position's of that day. */
  unit?: UnitId;
  /** Left out: the position of that assignment, else the main one of that day at the unit. */
  position?: PositionId;
  /** When it happened; left out: now. */
  at?: Instant;
  /** Hundredths of a point. */
  score?: number;
  seconds?: number;
  source?: "own" | "external" | "entered";
  /** SHA-256 of the evidence file. */
  evidence?: string;
  /** The natural key beside verb and object kind: ids only. */
  once: readonly string[];
  corrects?: RecordId;
  void?: true;
};
export type RecordDraft = { readonly draft: "record" } & NewRecord;
/** A record to be written by `commit`. The same fact again makes the whole commit answer "again". */
export const record = (fact: NewRecord): RecordDraft => ({ draft: "record", ...fact });
export const isRecordDraft = (pending: object): pending is RecordDraft => "draft" in pending && pending.draft === "record";

const salt = () => [...crypto.getRandomValues(new Uint8Array(16))].map((b) => b.toString(16).padStart(2, "0")).join("");

/** The fixed fields of a record that its leaf covers, in the shape that a seal will be checked against. */
export const leafOf = (fields: {
  id: string;
  verb: string;
  objectKind: string;
  objectId: string;
  person: string | null;
  unit: string | null;
  at: number;
  score: number | null;
  source: string;
  evidence: string | null;
  once: string;
  corrects: string | null;
  void: boolean;
  salt: string;
}): Promise<string> => sha256(new Uint8Array([0, ...new TextEncoder().encode(canonical(fields))]));

/** The drafts as statements, their units resolved in one read; a position that is still open is that at the unit on that day. */
export const recordStatements = async (ctx: Context, drafts: readonly RecordDraft[]): Promise<Statement[]> => {
  if (drafts.length === 0) return [];
  const facts = drafts.map((draft) => {
    const at = draft.at ?? ctx.now;
    return { draft, at, day: dayOf(at, ctx.zone) };
  });
  const open = facts.flatMap(({ draft, day }, n) =>
    draft.unit === undefined ? [{ n, person: draft.person, kind: draft.object.kind, id: draft.object.id, day }] : [],
  );
  const places = new Map<number, { unit: UnitId | null; position: PositionId | null }>();
  for (const chunk of open.length > 0 ? chunkJson(open) : []) {
    const rows = await rowsOf<{
      n: number;
      a_unit: UnitId | null;
      a_position: PositionId | null;
      p_unit: UnitId | null;
      p_id: PositionId | null;
    }>(
      ctx,
      sql`select d.n, a.unit as a_unit, a.position as a_position, p.unit as p_unit, p.id as p_id
        from (select value ->> 'n' as n, value ->> 'person' as person, value ->> 'kind' as kind, value ->> 'id' as id, value ->> 'day' as day from json_each(${chunk})) d
        left join kernel_assignment a on a.id = (select id from kernel_assignment x where x.person = d.person and x.ended_at is null and (x.kind = d.kind and x.object = d.id or d.kind = 'lesson' and x.kind = 'lessons' and instr(x.object, json_quote(d.id)) > 0) order by x.due_day, x.id limit 1)
        left join kernel_position p on p.id = ${mainPositionOn("id", sql`d.person`, sql`d.day`)}`,
    );
    for (const row of rows)
      places.set(row.n, row.a_unit !== null ? { unit: row.a_unit, position: row.a_position } : { unit: row.p_unit, position: row.p_id });
  }
  const rows = await Promise.all(
    facts.map(async ({ draft, at, day }, n) => {
      const id = draft.id ?? newId(recordId, at);
      const place =
        draft.unit === undefined
          ? (places.get(n) ?? { unit: null, position: null })
          : { unit: draft.unit, position: draft.position ?? null };
      const fixed = {
        id,
        verb: draft.verb.id,
        objectKind: draft.object.kind,
        objectId: draft.object.id,
        person: draft.person,
        unit: place.unit,
        at,
        score: draft.score ?? null,
        source: draft.source ?? "own",
        evidence: draft.evidence ?? null,
        once: [draft.verb.id, ...draft.once].join("/"),
        corrects: draft.corrects ?? null,
        void: draft.void ?? false,
        salt: salt(),
      };
      return { ...fixed, position: place.position, day, seconds: draft.seconds ?? null, leaf: await leafOf(fixed) };
    }),
  );
  return chunkJson(rows).map((chunk) =>
    run(sql`insert into kernel_record (id, verb, object_kind, object_id, person, unit, position, at, day, recorded_at, score, seconds, source, evidence, once, corrects, void, salt, leaf)
      select value ->> 'id', value ->> 'verb', value ->> 'objectKind', value ->> 'objectId', value ->> 'person', value ->> 'unit', coalesce(value ->> 'position', ${mainPositionOn("id", sql`value ->> 'person'`, sql`value ->> 'day'`, sql`x.unit = value ->> 'unit'`)}), value ->> 'at', value ->> 'day', ${ctx.now},
        value ->> 'score', value ->> 'seconds', value ->> 'source', value ->> 'evidence', value ->> 'once', value ->> 'corrects', value ->> 'void', value ->> 'salt', value ->> 'leaf' from json_each(${chunk}) where true`),
  );
};
