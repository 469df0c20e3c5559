/** A room's numbered batch becomes records, certificates and attempt rows in D1: all of it once, however often it is sent. */
import { commit, Conflict, dayOf, newId, record, recordId, say, type Context, type Pending, type Verb } from "#kernel";
import { certificatesOf, issueAll, revokeAll, type Issue } from "#plugins/certificates";
import { certificateAfter } from "../rules.ts";
import { insertFlush, isFlushed, numbersOf, putGraded, readForFlush, type Flushed, type Graded } from "../store-attempts.ts";
import { attemptGraded, excelled, passed, sat } from "../terms.ts";
import { text } from "../text.ts";

/** How often a lost race for a certificate's number is run again at once. */
const races = 3;

/**
 * Writes a batch of graded attempts of one sitting: attempt rows, a record each (sat, passed, excelled), certificates,
 * and whatever other plugins add when they hear of it. An attempt whose id belongs to one of another room is left out, so
 * that it neither changes that one nor holds up the rest.
 * @returns the numbers of certificates by attempt; the same when the batch had arrived before
 * @throws {Conflict} it could not be written now; send it again later
 */
export async function flushBatch(ctx: Context, room: string, n: number, batch: readonly Graded[]): Promise<Map<string, string>> {
  const [first] = batch;
  if (first === undefined) throw new Error(`batch ${room} ${n} is empty`);
  for (let race = 0; ; race++) {
    const met = await readForFlush(ctx, room, first, batch);
    const graded = batch.filter((a) => !met.elsewhere.has(a.id));
    const ids = graded.map((a) => a.id);
    const { numbers, statements } = await certificatesFor(ctx, graded, met);
    const told = new Map(graded.map((a) => [a.id, recordsOf(a)]));
    try {
      const state = await commit(ctx, {
        statements: [
          insertFlush(ctx, room, n),
          ...putGraded(
            room,
            graded.map((a) => ({ ...a, certificate: numbers.get(a.id) ?? null })),
          ),
          ...[...told.values()].flat(),
          ...voidsOf(graded, told, met),
          ...statements,
        ],
        signals: graded.map((a) =>
          attemptGraded({
            person: a.person,
            exam: a.exam,
            sitting: a.sitting,
            attempt: a.id,
            score: a.score,
            passed: a.passed,
            excellent: a.excellent,
            at: a.submittedAt,
          }),
        ),
        audit: null,
      });
      if (state === "done") return numbers;
      if (await isFlushed(ctx, room, n)) return await numbersOf(ctx, ids);
      throw new Error(`batch ${room} ${n}: a record of it was there, but not the batch`);
    } catch (error) {
      if (!(error instanceof Conflict)) throw error;
      if (await isFlushed(ctx, room, n)) return numbersOf(ctx, ids);
      if (race >= races) throw error;
    }
  }
}

/** What the ledger is told of an attempt, each under an id that is known before. */
const recordsOf = (a: Graded) => {
  const fact = (verb: Verb) => {
    const [id, at] = [newId(recordId, a.submittedAt), a.submittedAt];
    const place = a.unit === null ? {} : { unit: a.unit };
    return {
      ...record({ id, verb, object: { kind: "exam", id: a.exam }, person: a.person, at, score: a.score, once: [a.id], ...place }),
      id,
      at,
    };
  };
  return [fact(sat), ...(a.passed ? [fact(passed)] : []), ...(a.excellent ? [fact(excelled)] : [])];
};
const passes = { passed, excelled } as const;
/**
 * Where the last try counts, what the ledger says of passing or excelling before at this sitting holds no longer than the last
 * try does: each such record is voided by one that points to it, so that rates, duties and certificates say the same.
 */
const voidsOf = (graded: readonly Graded[], told: ReadonlyMap<string, ReturnType<typeof recordsOf>>, met: Flushed): Pending[] => {
  if (met.sitting?.counts !== "last") return [];
  return [...Map.groupBy(graded, (a) => a.person).values()].flatMap((tries) => {
    const last = tries.reduce((a, b) => (b.n > a.n ? b : a));
    const before = met.standing.filter((r) => r.person === last.person && r.n < last.n).map((r) => ({ ...r, verb: passes[r.verb] }));
    const now = tries.flatMap((a) => (told.get(a.id) ?? []).map((r) => ({ ...r, attempt: a.id, unit: a.unit, score: a.score })));
    const gone = [...before, ...now].filter(({ verb }) => (verb === passed && !last.passed) || (verb === excelled && !last.excellent));
    return gone.map(({ id, attempt, verb, unit, at, score }) =>
      record({
        verb,
        object: { kind: "exam", id: last.exam },
        person: last.person,
        at,
        score,
        // Of attempts, not of records: a batch that is sent again after a restore says the same.
        once: ["correction", attempt, last.id],
        corrects: id,
        void: true,
        ...(unit === null ? {} : { unit }),
      }),
    );
  });
};

/** What the attempts of one batch do to the certificates of their candidates (`certificateAfter`); each new one points to the one before. */
const certificatesFor = async (
  ctx: Context,
  graded: readonly Graded[],
  { sitting, certified }: Flushed,
): Promise<{ numbers: Map<string, string>; statements: Pending[] }> => {
  const none = { numbers: new Map<string, string>(), statements: [] };
  if (!sitting?.certificate || (sitting.counts === "best" && !graded.some((a) => a.passed))) return none;
  const valid = new Map(
    (
      await certificatesOf(
        ctx,
        "attempt",
        certified.map((b) => b.id),
      )
    ).flatMap((c) => (c.state === "valid" ? [[c.basis, c] as const] : [])),
  );
  const held = new Map(certified.filter((b) => valid.has(b.id)).map((b) => [b.person, b]));
  const wanted: Issue[] = [];
  const gone: Parameters<typeof revokeAll>[1][number][] = [];
  for (const [person, tries] of Map.groupBy(graded, (a) => a.person)) {
    const has = held.get(person);
    const { earns, loses } = certificateAfter(sitting.counts, has && { score: has.score, here: has.sitting === tries[0]?.sitting }, tries);
    const lost = loses === null ? undefined : valid.get(has?.id ?? "");
    if (loses && lost) gone.push({ ...lost, reason: say("zh", text["last-failed"], { n: loses.n }), at: loses.submittedAt });
    if (earns)
      wanted.push({
        holder: person,
        unit: earns.unit,
        basis: { kind: "attempt", id: earns.id },
        group: earns.sitting,
        title: sitting.examTitle,
        type: "XF",
        year: Number(dayOf(earns.submittedAt, ctx.zone).slice(0, 4)),
        grade: earns.excellent ? "excellent" : "passed",
        score: earns.score,
        once: `attempt/${earns.id}`,
        replaces: has?.certificate ?? null,
        at: earns.submittedAt,
      });
  }
  const { numbers, statements } = await issueAll(ctx, wanted);
  return {
    numbers: new Map(
      wanted.flatMap((w) => {
        const number = numbers.get(w.once);
        return number === undefined ? [] : [[w.basis.id, number] as const];
      }),
    ),
    statements: [...revokeAll(ctx, gone), ...statements],
  };
};
