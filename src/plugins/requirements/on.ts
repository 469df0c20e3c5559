/** People and units change: assignments come and go in the same commit. */
import { on } from "#kernel";
import { personChanged, unitChanged } from "#plugins/people";
import { settlePeople, settleUnits } from "./store-rules.ts";

export const handlers = [
  on(personChanged, async (ctx, changed) => ({ statements: [settlePeople(ctx, [...new Set(changed.map(({ person }) => person))])] })),
  on(unitChanged, async (ctx, changed) => ({ statements: [settleUnits(ctx, changed)] })),
];
