/** The bank: questions of course files and of the bureau, in versions, each citing its law; and the types of question. */
import { definePlugin } from "#kernel";
import { api } from "./api.ts";
import { content } from "./content.ts";
import { handlers } from "./on.ts";
import { pages } from "./pages.tsx";
import * as tables from "./schema.ts";
import { keepQuestions, seeTopics } from "./terms.ts";
import { text } from "./text.ts";

export const bank = definePlugin({
  id: "bank",
  needs: ["statutes"],
  permissions: [keepQuestions, seeTopics],
  pages,
  api,
  nav: [{ path: "/admin/questions", words: text.title, needs: keepQuestions, area: "admin", order: 60 }],
  content,
  on: handlers,
  tables,
});
