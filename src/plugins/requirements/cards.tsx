/** What is due: on `/me` the one next step first, on `/unit` who is behind, on `/admin` progress and overdue units, in a person's file all of theirs. */
import { card } from "#kernel";
import { dueOf, myDue, unitDue } from "./service/due.ts";
import { seeOverdue, seeProgress } from "./service/people.ts";
import { mayExcuse } from "./service/excuse-ask.ts";
import { countOwnAsked, countToDecide } from "./service/excuse-list.ts";
import { askExcuses, decideOnExcuses, ownAssignments, seeRequirements, unitAssignments } from "./terms.ts";
import { DueOf, MyDue, Overdue, OwnStep, ProgressSheet } from "./views-cards.tsx";
import { AskLink, ToDecide } from "./views-excused.tsx";
import { UnitDue } from "./views-unit.tsx";

export const cards = [
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
    load: (ctx) => seeProgress(ctx),
    view: (ctx, rows) => <ProgressSheet ctx={ctx} rows={rows} />,
  }),
  card({
    id: "requirements.overdue",
    place: "admin",
    order: 20,
    needs: seeRequirements,
    load: (ctx) => seeOverdue(ctx),
    view: (ctx, rows) => <Overdue ctx={ctx} rows={rows} />,
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
];
