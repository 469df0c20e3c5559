/** The first ten minutes of the three who come here: what to press, in order, and what then is on record. */
import { may, say, type Context, type Words } from "#kernel";
import { Sheet } from "#ui";
import { adminDay, ownUnit } from "./terms.ts";
import { text } from "./text.ts";

type Part = { id: string; title: Words; lead: Words; steps: readonly (readonly [Words, string])[] };
/** Each step with the page where it is taken, which is linked for whoever may open it. */
const parts: readonly Part[] = [
  {
    id: "staff",
    title: text.forStaff,
    lead: text.helpStaff,
    steps: [
      [text.helpStaff1, "/sign-in"],
      [text.helpStaff2, "/me"],
      [text.helpStaff3, "/courses"],
      [text.helpStaff4, "/exams"],
      [text.helpStaff5, "/certificates"],
    ],
  },
  {
    id: "heads",
    title: text.forHeads,
    lead: text.helpHeads,
    steps: [
      [text.helpHeads1, "/unit"],
      [text.helpHeads2, "/unit"],
      [text.helpHeads3, "/unit/people"],
      [text.helpHeads4, "/unit/people/links"],
      [text.helpHeads5, "/unit"],
      [text.helpHeads6, "/unit"],
    ],
  },
  {
    id: "officers",
    title: text.forOfficers,
    lead: text.helpOfficers,
    steps: [
      [text.helpOfficers1, "/admin/imports"],
      [text.helpOfficers2, "/admin/people/links"],
      [text.helpOfficers3, "/admin/requirements"],
      [text.helpOfficers4, "/admin/exams"],
      [text.helpOfficers5, "/admin/reports"],
    ],
  },
  {
    id: "year",
    title: text.forYear,
    lead: text.helpYear,
    steps: [
      [text.helpYear1, "/admin/requirements"],
      [text.helpYear2, "/admin/excuses"],
      [text.helpYear3, "/admin/outside"],
      [text.helpYear4, "/admin"],
      [text.helpYear5, "/admin/reports/entered"],
      [text.helpYear6, "/admin/reports"],
    ],
  },
];
const questions = [
  [text.askLost, text.answerLost],
  [text.askOffline, text.answerOffline],
  [text.askLarge, text.answerLarge],
  [text.askWrong, text.answerWrong],
] as const;

export const Help = ({ ctx }: { ctx: Context }) => {
  const t = (words: Words) => say(ctx.language, words);
  const opens = (path: string) =>
    path === "/sign-in" ||
    (path.startsWith("/admin") ? may(ctx, adminDay) : path.startsWith("/unit") ? may(ctx, ownUnit) : ctx.actor !== null);
  return (
    <div class="reading">
      <h1>{t(text.help)}</h1>
      <p>{t(text.helpLead)}</p>
      {parts.map((part) => (
        <Sheet id={part.id}>
          <h2>{t(part.title)}</h2>
          <p>{t(part.lead)}</p>
          <ol class="steps">
            {part.steps.map(([words, path]) => (
              <li>
                {t(words)}{" "}
                {opens(path) && (path !== "/sign-in" || ctx.actor === null) && (
                  <a href={path} aria-label={`${t(text.open)}：${t(words)}`}>
                    {t(text.open)}
                  </a>
                )}
              </li>
            ))}
          </ol>
        </Sheet>
      ))}
      <Sheet>
        <h2>{t(text.helpQuestions)}</h2>
        {questions.map(([ask, answer]) => (
          <div>
            <h3>{t(ask)}</h3>
            <p>{t(answer)}</p>
          </div>
        ))}
      </Sheet>
    </div>
  );
};
