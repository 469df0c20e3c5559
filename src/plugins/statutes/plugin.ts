import { anyone, definePlugin } from "#kernel";
import { api } from "./api.ts";
import { content } from "./content.ts";
import { pages } from "./pages.tsx";
import * as tables from "./schema.ts";
import { keepStatutes } from "./terms.ts";
import { text } from "./text.ts";

/** The law itself: versions between dates, articles with permalinks, and what cites them. */
export const statutes = definePlugin({
  id: "statutes",
  permissions: [keepStatutes],
  pages,
  api,
  nav: [
    { path: "/statutes", words: text.title, needs: anyone, area: "learn", order: 130 },
    { path: "/admin/statutes", words: text.adminTitle, needs: keepStatutes, area: "admin", order: 310 },
  ],
  content,
  tables,
});
