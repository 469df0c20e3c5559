/** A room's numbered batch becomes records, certificates and attempt rows in D1: all of it once, however often it is sent. */
import { commit, Conflict, dayOf, record, type Context, type Pending } from "#kernel";
import { certificatesOf, issueAll, type Issue } from "#plugins/certificates";
import { certifiedBefore, idsElsewhere, insertFlush, isFlushed, numbersOf, putGraded, type Graded } from "../store-attempts.ts";
import { findSitting } from "../store.ts";
import { attemptGraded, excelled, passed, sat } from "../terms.ts";

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
  const elsewhere = await idsElsewhere(
    ctx,
    room,
    batch.map((a) => a.id),
  );
  const graded = batch.filter((a) => !elsewhere.has(a.id));
  const ids = graded.map((a) => a.id);
  for (let race = 0; ; race++) {
    const { numbers, statements } = await certificatesFor(ctx, graded);
    try {
      const state = await commit(ctx, {
        statements: [
          insertFlush(ctx, room, n),
          ...putGraded(
            room,
            graded.map((a) => ({ ...a, certificate: numbers.get(a.id) ?? null })),
          ),
          ...graded.flatMap(recordsOf),
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

const recordsOf = (a: Graded): Pending[] => {
  const fact = {
    object: { kind: "exam", id: a.exam },
    person: a.person,
    at: a.submittedAt,
    score: a.score,
    once: [a.id],
    ...(a.unit === null ? {} : { unit: a.unit }),
  };
  return [
    record({ verb: sat, ...fact }),
    ...(a.passed ? [record({ verb: passed, ...fact })] : []),
    ...(a.excellent ? [record({ verb: excelled, ...fact })] : []),
  ];
};

/**
 * Which of the attempts earn a certificate: where the best counts, a better one than what is held; where the last
 * counts, each that passes. One a person and batch; each points to the one before.
 */
const certificatesFor = async (
  ctx: Context,
  graded: readonly Graded[],
): Promise<{ numbers: Map<string, string>; statements: Pending[] }> => {
  const first = graded.find((a) => a.passed);
  if (first === undefined) return { numbers: new Map(), statements: [] };
  const sitting = await findSitting(ctx, first.sitting);
  if (!sitting?.certificate) return { numbers: new Map(), statements: [] };
  const before = await certifiedBefore(ctx, first.exam, [...new Set(graded.map((a) => a.person))]);
  const states = new Map(
    (
      await certificatesOf(
        ctx,
        "attempt",
        before.map((b) => b.id),
      )
    ).map((c) => [c.number, c.state]),
  );
  const held = new Map(before.filter((b) => states.get(b.certificate) === "valid").map((b) => [b.person, b]));
  const chosen = new Map<string, Graded>();
  for (const attempt of graded.filter((a) => a.passed).toSorted((a, b) => a.n - b.n)) {
    const best = chosen.get(attempt.person)?.score ?? held.get(attempt.person)?.score ?? -1;
    if (sitting.counts === "last" || attempt.score > best) chosen.set(attempt.person, attempt);
  }
  const wanted = [...chosen.values()].map((a): Issue => ({
    holder: a.person,
    unit: a.unit,
    basis: { kind: "attempt", id: a.id },
    group: a.sitting,
    title: sitting.examTitle,
    type: "XF",
    year: Number(dayOf(a.submittedAt, ctx.zone).slice(0, 4)),
    grade: a.excellent ? "excellent" : "passed",
    score: a.score,
    once: `attempt/${a.id}`,
    replaces: held.get(a.person)?.certificate ?? null,
    at: a.submittedAt,
  }));
  const { numbers, statements } = await issueAll(ctx, wanted);
  return {
    numbers: new Map(
      wanted.flatMap((w) => {
        const number = numbers.get(w.once);
        return number === undefined ? [] : [[w.basis.id, number] as const];
      }),
    ),
    statements,
  };
};
