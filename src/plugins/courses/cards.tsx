import { card, say } from "#kernel";
import { findUnfinished } from "./store.ts";
import { study } from "./terms.ts";
import { text } from "./text.ts";
import { NextStep } from "./views.tsx";

/** The course touched last, at the very place. */
export const goOn = card({
  id: "courses.go-on",
  place: "me",
  order: 20,
  needs: study,
  load: async (ctx, { person }) => (await findUnfinished(ctx, person)) ?? null,
  view: (ctx, standing) => <NextStep ctx={ctx} standing={standing} heading={`${say(ctx.language, text.cardTitle)} · ${standing.title}`} />,
});
