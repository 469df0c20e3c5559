/** People, units, positions, roles; signing in. */
import { definePlugin } from "#kernel";
import { api } from "./api.ts";
import { sweep } from "./jobs.ts";
import { pages } from "./pages.tsx";
import { hasherRoom } from "./room.ts";
import * as tables from "./schema.ts";
import { giveLinks, grantRoles, importRoster, keepOwnPeople, managePeople, manageUnits, ownAccount, readIdNumbers, seeRoster } from "./terms.ts";

export const people = definePlugin({
  id: "people",
  permissions: [seeRoster, manageUnits, managePeople, importRoster, grantRoles, readIdNumbers, giveLinks, keepOwnPeople, ownAccount],
  pages,
  api,
  objects: { Hasher: hasherRoom },
  jobs: [sweep],
  tables,
});
