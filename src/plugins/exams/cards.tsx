/** On `/me` and `/unit`: what runs, before all else. On `/me`: what is open and not passed yet. On `/admin`: sittings that run now or next. */
import { card, type Context } from "#kernel";
import { myRunning, type RunningNow } from "./service/left.ts";
import { myOpen } from "./service/sit.ts";
import { sittingsNow } from "./service/watch.ts";
import { ownExams, watchExams } from "./terms.ts";
import { MyExams, MyRunning } from "./views.tsx";
import { SittingsNow } from "./views-admin.tsx";

const running = {
  order: 5,
  needs: ownExams,
  load: (ctx: Context) => myRunning(ctx),
  view: (ctx: Context, rows: RunningNow[]) => <MyRunning ctx={ctx} rows={rows} />,
};
export const cards = [
  card({ id: "exams.running", place: "me", ...running }),
  card({ id: "exams.running-unit", place: "unit", ...running }),
  card({
    id: "exams.me",
    place: "me",
    order: 30,
    needs: ownExams,
    load: (ctx) => myOpen(ctx),
    view: (ctx, mine) => <MyExams ctx={ctx} mine={mine} />,
  }),
  card({
    id: "exams.now",
    place: "admin",
    order: 30,
    needs: watchExams,
    load: (ctx) => sittingsNow(ctx),
    view: (ctx, rows) => <SittingsNow ctx={ctx} rows={rows} />,
  }),
];
