import { definePlugin } from "#kernel";
import { pages } from "./pages.tsx";
import { adminDay, changeSettings, ownDay, ownUnit } from "./terms.ts";
import { text } from "./text.ts";

/** The front door: `/`, `/me`, `/unit`, `/admin`, settings; draws cards without knowing whose they are. */
export const home = definePlugin({
  id: "home",
  permissions: [ownDay, ownUnit, adminDay, changeSettings],
  nav: [
    { path: "/me", words: text.today, needs: ownDay, area: "learn", order: 1 },
    { path: "/mine", words: text.mine, needs: ownDay, area: "learn", order: 90 },
    { path: "/unit", words: text.unit, needs: ownUnit, area: "unit", order: 5 },
    { path: "/admin", words: text.overview, needs: adminDay, area: "admin", order: 1 },
    { path: "/admin/settings", words: text.settings, needs: changeSettings, area: "admin", order: 200 },
  ],
  pages,
});
