/** People and units of the bureau. */
import { addDays, cardsOf, form, may, query, say, type Context, type Page, type routes } from "#kernel";
import { z } from "zod";
import {
  closePositionForm,
  correctPersonForm,
  correctUnitForm,
  createPersonForm,
  createUnitForm,
  endGrantForm,
  endRosterForm,
  grantForm,
  idNumberForm,
  moveUnitForm,
  openPositionForm,
  peopleList,
  personPath,
  positionOnly,
  readIdNumberForm,
  rejectForm,
  rosterForm,
  transferForm,
  typedParent,
  typedUnit,
  unitList,
  unitPath,
  unitStatusForm,
} from "./input.ts";
import { safePath } from "./rules.ts";
import { chooseParents, chooseUnits, noUnits, withParent, withUnit } from "./service/choose.ts";
import { listWaiting, searchPeople, searchUnits, showPerson, showUnit } from "./service/look.ts";
import { confirmEntered, correctPerson, createPerson, markRoster, readIdNumber, setIdNumber, unmarkRoster } from "./service/person.ts";
import { closePosition, endGrantOn, giveGrant, openPosition, rejectEntered, setMain, transfer } from "./service/position.ts";
import { correctUnit, createUnit, moveUnit, setUnitStatus } from "./service/unit.ts";
import { grantRoles, managePeople, manageUnits, readIdNumbers, seeRoster } from "./terms.ts";
import { text } from "./text.ts";
import { isNamesake, problemOf } from "./pages-own.tsx";
import { NewPersonPage, PeoplePage, WaitingPage } from "./views-people.tsx";
import { IdNumberPage, PersonPage } from "./views-person.tsx";
import { NewUnitPage, UnitsPage } from "./views-units.tsx";
import { UnitPage } from "./views-unit.tsx";

type R = ReturnType<typeof routes>;
const title = (ctx: Context, words: Parameters<typeof say>[1]) => say(ctx.language, words);
const after = z.object({ after: z.string().max(200).optional() });
const peoplePages = (r: R) =>
  r
    .get("/admin/people", seeRoster, query(peopleList), async (page, filter) => {
      const { ctx } = page;
      const found = await searchPeople(ctx, filter);
      return page.render(<PeoplePage ctx={ctx} filter={filter} {...found} mayManage={may(ctx, managePeople)} />, {
        title: title(ctx, text.people),
        wide: true,
      });
    })
    .get("/admin/people/new", managePeople, query(z.object({ unit: z.string().max(60).optional() })), async (page, { unit }) =>
      page.render(
        <NewPersonPage ctx={page.ctx} units={await chooseUnits(page.ctx, managePeople, unit)} unit={unit} given={{}} problem={null} />,
        { title: title(page.ctx, text.addPerson) },
      ),
    )
    .post("/admin/people", managePeople, form(createPersonForm.extend(typedUnit)), async (page, given) => {
      const { ctx } = page;
      try {
        await createPerson(ctx, await withUnit(ctx, managePeople, given));
        return page.redirect(`/admin/people/${given.id}`);
      } catch (error) {
        const problem = problemOf(ctx, error);
        return page.render(
          <NewPersonPage
            ctx={ctx}
            units={await chooseUnits(ctx, managePeople, given.unit)}
            unit={given.unit}
            given={given}
            problem={problem}
            namesake={isNamesake(error)}
            ids={{ id: given.id, position: given.position }}
          />,
          { title: title(ctx, text.addPerson), status: 422 },
        );
      }
    })
    .get("/admin/people/unconfirmed", managePeople, query(after), async (page, given) => {
      const { rows, next } = await listWaiting(page.ctx, given.after ?? "");
      return page.render(<WaitingPage ctx={page.ctx} rows={rows} next={next} />, { title: title(page.ctx, text.waitingTitle) });
    })
    .get("/admin/people/:person", seeRoster, query(personPath), async (page, { person }) => {
      const { ctx } = page;
      const show = await showPerson(ctx, person);
      const manage = may(ctx, managePeople);
      return page.render(
        <PersonPage
          ctx={ctx}
          show={show}
          units={manage ? await chooseUnits(ctx, managePeople) : noUnits}
          mayManage={manage}
          mayGrant={may(ctx, grantRoles)}
          cards={await cardsOf(ctx, "record", { person, unit: null })}
        />,
        { title: show.person.name },
      );
    });
const back = (page: Page, person: string, where = "") => page.redirect(`/admin/people/${person}${where}`);
const personPosts = (r: R) =>
  r
    .post("/admin/people/:person/correct", managePeople, form(correctPersonForm), async (page, given) => {
      await correctPerson(page.ctx, given);
      return back(page, given.person);
    })
    .post(
      "/admin/people/:person/confirm",
      managePeople,
      form(personPath.extend({ back: z.string().max(200).optional() })),
      async (page, given) => {
        await confirmEntered(page.ctx, given);
        return page.redirect(safePath(given.back, `/admin/people/${given.person}`));
      },
    )
    .post("/admin/people/:person/positions", managePeople, form(openPositionForm.extend(typedUnit)), async (page, given) => {
      await openPosition(page.ctx, await withUnit(page.ctx, managePeople, given));
      return back(page, given.person, "#positions");
    })
    .post(
      "/admin/people/:person/positions/:position/close",
      managePeople,
      form(closePositionForm.extend(personPath.shape)),
      async (page, given) => {
        await closePosition(page.ctx, given);
        return back(page, given.person, "#positions");
      },
    )
    .post("/admin/people/:person/positions/:position/reject", managePeople, form(rejectForm), async (page, given) => {
      await rejectEntered(page.ctx, given);
      return page.redirect("/admin/people/unconfirmed");
    })
    .post(
      "/admin/people/:person/positions/:position/transfer",
      managePeople,
      form(transferForm.extend({ ...personPath.shape, ...typedUnit })),
      async (page, given) => {
        await transfer(page.ctx, await withUnit(page.ctx, managePeople, given), addDays(given.from, -1));
        return back(page, given.person, "#positions");
      },
    )
    .post(
      "/admin/people/:person/positions/:position/main",
      managePeople,
      form(positionOnly.extend(personPath.shape)),
      async (page, given) => {
        await setMain(page.ctx, given);
        return back(page, given.person, "#positions");
      },
    )
    .post("/admin/people/:person/roster", managePeople, form(rosterForm), async (page, given) => {
      await markRoster(page.ctx, given);
      return back(page, given.person);
    })
    .post("/admin/people/:person/roster/end", managePeople, form(endRosterForm), async (page, given) => {
      await unmarkRoster(page.ctx, given);
      return back(page, given.person);
    })
    .post("/admin/people/:person/id-number", readIdNumbers, form(idNumberForm), async (page, given) => {
      await setIdNumber(page.ctx, given);
      return back(page, given.person);
    })
    .post("/admin/people/:person/id-number/read", readIdNumbers, form(readIdNumberForm), async (page, given) => {
      const { person } = await showPerson(page.ctx, given.person);
      return page.render(
        <IdNumberPage
          ctx={page.ctx}
          name={person.name}
          number={await readIdNumber(page.ctx, given)}
          back={`/admin/people/${given.person}`}
        />,
        { title: title(page.ctx, text.idNumber) },
      );
    })
    .post("/admin/people/:person/grants", grantRoles, form(grantForm.extend({ unit: typedUnit.unit.optional() })), async (page, given) => {
      const { unit, ...rest } = given;
      await giveGrant(page.ctx, unit === undefined ? rest : await withUnit(page.ctx, grantRoles, { ...rest, unit }));
      return back(page, given.person, "#grants");
    })
    .post("/admin/people/:person/grants/:grant/end", grantRoles, form(endGrantForm.extend(personPath.shape)), async (page, given) => {
      await endGrantOn(page.ctx, given);
      return back(page, given.person, "#grants");
    });

const unitPages = (r: R) =>
  r
    .get("/admin/units", seeRoster, query(unitList), async (page, filter) => {
      const { ctx } = page;
      const { rows, next } = await searchUnits(ctx, filter);
      return page.render(<UnitsPage ctx={ctx} filter={filter} rows={rows} next={next} mayManage={may(ctx, manageUnits)} />, {
        title: title(ctx, text.units),
        wide: true,
      });
    })
    .get("/admin/units/new", manageUnits, query(z.object({ parent: z.string().max(60).optional() })), async (page, { parent }) =>
      page.render(
        <NewUnitPage ctx={page.ctx} parents={await chooseParents(page.ctx, parent)} parent={parent} given={{}} problem={null} />,
        {
          title: title(page.ctx, text.addUnit),
        },
      ),
    )
    .post("/admin/units", manageUnits, form(createUnitForm.extend(typedParent)), async (page, given) => {
      const { ctx } = page;
      try {
        await createUnit(ctx, await withParent(ctx, given));
        return page.redirect(`/admin/units/${given.id}`);
      } catch (error) {
        const problem = problemOf(ctx, error);
        return page.render(
          <NewUnitPage
            ctx={ctx}
            parents={await chooseParents(ctx, given.parent)}
            parent={given.parent}
            given={given}
            problem={problem}
            id={given.id}
          />,
          { title: title(ctx, text.addUnit), status: 422 },
        );
      }
    })
    .get("/admin/units/:unit", seeRoster, query(unitPath), async (page, { unit }) => {
      const { ctx } = page;
      const { unit: found, path, children, statuses } = await showUnit(ctx, unit);
      const manage = may(ctx, manageUnits);
      return page.render(
        <UnitPage
          ctx={ctx}
          unit={found}
          path={path}
          units={children}
          statuses={statuses}
          parents={manage ? await chooseParents(ctx, found.parent ?? undefined) : noUnits}
          mayManage={manage}
        />,
        { title: found.name },
      );
    })
    .post("/admin/units/:unit/correct", manageUnits, form(correctUnitForm), async (page, given) => {
      await correctUnit(page.ctx, given);
      return page.redirect(`/admin/units/${given.unit}`);
    })
    .post("/admin/units/:unit/status", manageUnits, form(unitStatusForm), async (page, given) => {
      await setUnitStatus(page.ctx, given);
      return page.redirect(`/admin/units/${given.unit}`);
    })
    .post("/admin/units/:unit/move", manageUnits, form(moveUnitForm.extend(typedParent)), async (page, given) => {
      await moveUnit(page.ctx, await withParent(page.ctx, given));
      return page.redirect(`/admin/units/${given.unit}`);
    });

/** People and units of the bureau. */
export const rosterPages = (r: R) => unitPages(personPosts(peoplePages(r)));
