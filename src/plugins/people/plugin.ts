/** People, units, positions, roles; signing in. */
import { definePlugin } from "#kernel";
import { api } from "./api.ts";
import { waitingCard } from "./cards.tsx";
import { forgetImports, importJob, sweep } from "./jobs.ts";
import { pages } from "./pages.tsx";
import { hasherRoom } from "./room.ts";
import * as tables from "./schema.ts";
import {
  giveLinks,
  grantRoles,
  importPeople,
  importRoster,
  keepOwnPeople,
  managePeople,
  manageUnits,
  ownAccount,
  readIdNumbers,
  seeRoster,
} from "./terms.ts";
import { text } from "./text.ts";

export const people = definePlugin({
  id: "people",
  permissions: [
    seeRoster,
    manageUnits,
    managePeople,
    importRoster,
    importPeople,
    grantRoles,
    readIdNumbers,
    giveLinks,
    keepOwnPeople,
    ownAccount,
  ],
  pages,
  nav: [
    { path: "/unit/people", words: text.ownPeople, needs: keepOwnPeople, area: "unit", order: 120 },
    { path: "/admin/people", words: text.people, needs: seeRoster, area: "admin", order: 20 },
    { path: "/admin/units", words: text.units, needs: seeRoster, area: "admin", order: 22 },
    { path: "/admin/imports", words: text.imports, needs: importRoster, area: "admin", order: 24 },
  ],
  cards: [waitingCard],
  api,
  objects: { Hasher: hasherRoom },
  jobs: [sweep, importJob, forgetImports],
  tables,
});
