/** The questions that end a lesson, one at a time, each with its explanation and articles once it is answered. */
import { raw } from "hono/html";
import type { Context } from "#kernel";
import { FormError, Hidden, Notice, Sheet } from "#ui";
import { nextOf } from "./rules.ts";
import type { CheckPage } from "./service-check.ts";
import { text } from "./text.ts";
import { PartHead, t, WaysOn } from "./views.tsx";

const AfterLesson = ({ ctx, page }: { ctx: Context; page: CheckPage }) => {
  const { standing } = page;
  const done = { lessons: new Set(standing.studies.filter((s) => s.doneAt !== null).map((s) => s.lesson)), cases: new Set(standing.ended) };
  const next = nextOf(standing.outline, done);
  const lesson = standing.outline.lessons.find((l) => next?.kind === "lesson" && l.id === next.id);
  const story = standing.outline.cases.find((c) => next?.kind === "case" && c.id === next.id);
  return (
    <Sheet next>
      <p>{t(ctx, text.lessonDone)}</p>
      {next === null && <p>{t(ctx, text.allDone)}</p>}
      {next === null && <WaysOn ctx={ctx} />}
      <p class="line">
        {lesson && (
          <a class="btn go" href={`/courses/${standing.id}/${lesson.id}`}>
            {t(ctx, text.nextLesson, { n: standing.outline.lessons.indexOf(lesson) + 1, title: lesson.title })}
          </a>
        )}
        {story && (
          <a class="btn go" href={`/courses/${standing.id}/cases/${story.id}`}>
            {t(ctx, text.nextCase, { title: story.title })}
          </a>
        )}
        <a class="btn" href={`/courses/${standing.id}`}>
          {t(ctx, text.backToCourse)}
        </a>
      </p>
    </Sheet>
  );
};

/** One question to answer, or the answer just given; and at the end what comes next. `refused`: why what was sent is no answer. */
export const CheckView = ({ ctx, page, refused }: { ctx: Context; page: CheckPage; refused: string | null }) => {
  const { standing, lesson, given, question, fieldset } = page;
  const here = `/courses/${standing.id}/${lesson}`;
  const left = page.right < page.all;
  return (
    <div class="reading">
      <PartHead
        standing={standing}
        where={t(ctx, text.lessonOf, {
          n: standing.outline.lessons.findIndex((l) => l.id === lesson) + 1,
          all: standing.outline.lessons.length,
        })}
      />
      <h1>{t(ctx, text.checkTitle, { title: page.title })}</h1>
      <p class="soft small" aria-live="polite">
        {t(ctx, text.checkOf, { right: page.right, all: page.all })}
      </p>
      {question && given && (
        <>
          <Notice tone={given.right ? "done" : "late"}>
            <strong>{t(ctx, given.right ? text.right : text.wrong)}</strong>
          </Notice>
          <Sheet>{fieldset}</Sheet>
          <Sheet>
            <h2>{t(ctx, text.why)}</h2>
            <div class="explanation" lang="zh-CN">
              {raw(page.explanation)}
            </div>
          </Sheet>
          <p>
            <a class="btn go" href={`${here}/check`}>
              {t(ctx, left ? text.onward : text.finish)}
            </a>
          </p>
        </>
      )}
      {question && !given && (
        <form method="post" action={`${here}/check`} class="sheet">
          {refused !== null && <FormError>{refused}</FormError>}
          {page.again && refused === null && <p class="soft">{t(ctx, text.tryAgain)}</p>}
          <Hidden name="question" value={question.id} />
          {fieldset}
          <p>
            <button class="btn go">{t(ctx, text.answer)}</button>
          </p>
        </form>
      )}
      {question === null && page.done && <AfterLesson ctx={ctx} page={page} />}
      <p>
        <a href={here}>{t(ctx, text.backToLesson)}</a>
      </p>
    </div>
  );
};
