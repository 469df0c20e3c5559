/** On `/me`: what runs and what is open and not passed yet. On `/admin`: sittings that run now or next. */
import { card } from "#kernel";
import { myOpen } from "./service/sit.ts";
import { sittingsNow } from "./service/watch.ts";
import { ownExams, watchExams } from "./terms.ts";
import { MyExams } from "./views.tsx";
import { SittingsNow } from "./views-admin.tsx";

export const cards = [
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
