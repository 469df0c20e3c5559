/** What is due: on `/me` the one next step first, on `/unit` who is behind, on `/admin` progress and overdue units, in a person's file all of theirs. */
import { card, type Context } from "#kernel";
import { myNotices, remindedOf } from "./service/chase.ts";
import { dueOf, myDue, unitDue } from "./service/due.ts";
import { seeOverdue, seeStandings } from "./service/rates.ts";
import { mayExcuse } from "./service/excuse-ask.ts";
import { countOwnAsked, countToDecide } from "./service/excuse-list.ts";
import { askExcuses, decideOnExcuses, ownAssignments, seeRequirements, unitAssignments } from "./terms.ts";
import { DueOf, MyDue, OwnStep } from "./views-cards.tsx";
import { Notices, RemindedSheet } from "./views-chase.tsx";
import { AskLink, ToDecide } from "./views-excused.tsx";
import { OverdueSheet } from "./views-overdue.tsx";
import { Strips } from "./views-rates.tsx";
import { UnitDue } from "./views-unit.tsx";

const notices = {
  order: 1,
  needs: ownAssignments,
  load: (ctx: Context) => myNotices(ctx),
  view: (ctx: Context, rows: NonNullable<Awaited<ReturnType<typeof myNotices>>>) => <Notices ctx={ctx} rows={rows} />,
};
export const cards = [
  card({ id: "requirements.notices", place: "me", ...notices }),
  card({ id: "requirements.notices-unit", place: "unit", ...notices }),
  card({
    id: "requirements.me",
    place: "me",
    order: 10,
    needs: ownAssignments,
    load: (ctx) => myDue(ctx),
    view: (ctx, mine) => <MyDue ctx={ctx} mine={mine} />,
  }),
  card({
    id: "requirements.own",
    place: "unit",
    order: 10,
    needs: ownAssignments,
    load: (ctx) => myDue(ctx),
    view: (ctx, mine) => <OwnStep ctx={ctx} mine={mine} />,
  }),
  card({
    id: "requirements.unit",
    place: "unit",
    order: 20,
    needs: unitAssignments,
    load: (ctx) => unitDue(ctx),
    view: (ctx, rows) => <UnitDue ctx={ctx} rows={rows} />,
  }),
  card({
    id: "requirements.own-excuses",
    place: "unit",
    order: 21,
    needs: askExcuses,
    load: (ctx) => countOwnAsked(ctx),
    view: (ctx, n) => <AskLink ctx={ctx} n={n} />,
  }),
  card({
    id: "requirements.excuses",
    place: "admin",
    order: 5,
    needs: decideOnExcuses,
    load: async (ctx) => {
      const n = await countToDecide(ctx);
      return n === 0 ? null : n;
    },
    view: (ctx, n) => <ToDecide ctx={ctx} n={n} />,
  }),
  card({
    id: "requirements.progress",
    place: "admin",
    order: 10,
    needs: seeRequirements,
    load: (ctx) => seeStandings(ctx),
    view: (ctx, rows) => <Strips ctx={ctx} rows={rows} whole={ctx.reach(seeRequirements).all} />,
  }),
  card({
    id: "requirements.overdue",
    place: "admin",
    order: 20,
    needs: seeRequirements,
    load: (ctx) => seeOverdue(ctx),
    view: (ctx, { rows, more }) => <OverdueSheet ctx={ctx} rows={rows} more={more} />,
  }),
  card({
    id: "requirements.person",
    place: "record",
    order: 10,
    needs: ownAssignments,
    load: async (ctx, { person }) => {
      const rows = await dueOf(ctx, person);
      return rows === null ? null : { rows, excusing: rows.length > 0 && mayExcuse(ctx, person) ? person : null };
    },
    view: (ctx, shown) => <DueOf ctx={ctx} {...shown} />,
  }),
  card({
    id: "requirements.reminded",
    place: "record",
    order: 11,
    needs: ownAssignments,
    load: (ctx, { person }) => remindedOf(ctx, person),
    view: (ctx, rows) => <RemindedSheet ctx={ctx} rows={rows} />,
  }),
];
