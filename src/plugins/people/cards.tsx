/** What people adds to the start page of the bureau. */
import { card } from "#kernel";
import { countUnconfirmed } from "./store-search.ts";
import { managePeople } from "./terms.ts";
import { WaitingCard } from "./views-own.tsx";

export const waitingCard = card({
  id: "people.unconfirmed",
  place: "admin",
  order: 40,
  needs: managePeople,
  load: async (ctx) => {
    const count = await countUnconfirmed(ctx, ctx.reach(managePeople));
    return count === 0 ? null : count;
  },
  view: (ctx, count) => <WaitingCard ctx={ctx} count={count} />,
});
