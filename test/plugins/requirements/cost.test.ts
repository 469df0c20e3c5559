/** One person's change costs the same however many people there are. */
import { expect, test } from "vitest";
import { commit, newId, positionId, type Day, type PersonId, type UnitId } from "#kernel";
import { personChanged } from "#plugins/people";
import { addPositions } from "../../../src/plugins/people/store-bulk.ts";
import { endPosition } from "../../../src/plugins/people/store-people.ts";
import { person, unit } from "../people/world.ts";
import { at, crowd, openOf, rule, today } from "./world.ts";

/** Rows read by one commit, in which somebody begins here, and ends there. */
const costOf = async (
  who: PersonId,
  begins: { id: ReturnType<typeof position>; unit: UnitId } | null,
  ends: ReturnType<typeof position> | null,
) => {
  const ctx = at();
  await commit(ctx, {
    statements: [
      ...(ends === null ? [] : endPosition(ctx, ends, "2026-11-23" as Day, false)),
      ...(begins === null ? [] : addPositions(ctx, [{ ...begins, person: who, nature: "personnel", post: "other", from: today }])),
    ],
    signals: [personChanged({ person: who })],
    audit: null,
  });
  return ctx.meter.rowsRead;
};
const position = () => newId(positionId);

test("with twenty rules on, who joins, moves or leaves costs under 200 rows read, of 300 people as of 3,000", async () => {
  const bureau = await unit("清河区教育局", "office", null);
  const [school, other] = [await unit("清河三中", "public-school", bureau), await unit("清河四中", "public-school", bureau)];
  const rules = [];
  for (let n = 0; n < 20; n++)
    rules.push(
      await rule(
        [{ each: n % 8 === 0 }, { kinds: ["training" as const] }, { unit: bureau, posts: ["principal" as const] }, { roster: true }][n % 4],
      ),
    );
  const [hitting, missing] = rules;
  if (hitting === undefined || missing === undefined) throw new Error("no rules");
  const costs: number[][] = [];
  // The first round makes the rows of the counts.
  for (const people of [0, 300, 2700]) {
    await crowd(school, people);
    const { id } = await person(null);
    const [first, second] = [position(), position()];
    const joins = await costOf(id, { id: first, unit: school }, null);
    expect((await openOf(hitting)).filter((a) => a.person === id)).toHaveLength(1);
    expect((await openOf(missing)).filter((a) => a.person === id)).toHaveLength(0);
    const moves = await costOf(id, { id: second, unit: other }, first);
    expect((await openOf(hitting)).filter((a) => a.person === id).map((a) => a.unit)).toEqual([other]);
    const stays = await costOf(id, null, null);
    costs.push([joins, moves, stays]);
  }
  const [, few = [], many] = costs;
  expect(many).toEqual(few);
  expect(few.filter((cost) => cost >= 200)).toEqual([]);
});
