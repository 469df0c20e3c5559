/** Courses and lessons as they are studied: a situation first, then the reader's decisions, then three questions. */
import { raw } from "hono/html";
import { dayOf, dayWords, say, type Context, type Facts, type Words } from "#kernel";
import { Bar, Empty, Hidden, Notice, Sheet, StepBody, Tag } from "#ui";
import { casePath, counts, lessonPath, stepOf } from "./rules-steps.ts";
import type { LessonPage } from "./service.ts";
import type { Standing, Study } from "./store.ts";
import { text } from "./text.ts";

export const t = (ctx: Context, words: Words, facts?: Facts) => say(ctx.language, words, facts);
export const courseDayWords = (ctx: Context, at: number) => dayWords(dayOf(at, ctx.zone), ctx.language);
/** Measured time in words. */
const timeWords = (ctx: Context, seconds: number): string => {
  const minutes = Math.round(seconds / 60);
  return minutes < 60 ? t(ctx, text.minutesTime, { n: minutes }) : t(ctx, text.hoursTime, { h: Math.floor(minutes / 60), n: minutes % 60 });
};
/** The next step of a course as a red-edged sheet: a button, its minutes, and what it is. */
export const NextStep = ({ ctx, standing, heading }: { ctx: Context; standing: Standing; heading: string }) => {
  const step = stepOf(ctx.language, standing);
  return (
    step && (
      <Sheet next>
        <h2>{heading}</h2>
        <StepBody ctx={ctx} step={step} />
      </Sheet>
    )
  );
};

/** A course is done: what may come after it. */
export const WaysOn = ({ ctx }: { ctx: Context }) => (
  <p class="line">
    <a class="btn go" href="/me">
      {t(ctx, text.onToDue)}
    </a>
    <a class="btn" href="/exams">
      {t(ctx, text.onToExams)}
    </a>
  </p>
);
/** All courses, with how far the reader is. */
export const CourseList = ({ ctx, standings }: { ctx: Context; standings: readonly Standing[] }) => (
  <div class="reading">
    <h1>{t(ctx, text.title)}</h1>
    <p class="soft">{t(ctx, text.listLead)}</p>
    {standings.length === 0 ? (
      <Empty>{t(ctx, text.empty)}</Empty>
    ) : (
      standings.map((standing) => {
        const { part, whole } = counts(standing);
        const { progress } = standing;
        return (
          <Sheet>
            <h2>
              <a href={`/courses/${standing.id}`}>{standing.title}</a>
            </h2>
            <p>{standing.summary}</p>
            <p class="line small soft">
              <span>
                {t(ctx, text.parts, { lessons: standing.outline.lessons.length, cases: standing.outline.cases.length })}
                {" · "}
                {t(ctx, text.hours, { n: standing.hours })}
              </span>
              {progress?.completedAt != null && <Tag tone="done">{t(ctx, text.done)}</Tag>}
            </p>
            {progress && progress.completedAt === null && (
              <>
                <Bar part={part} whole={whole} label={t(ctx, text.doneOf, { done: part, all: whole })} />
                <p class="small soft">{t(ctx, text.doneOf, { done: part, all: whole })}</p>
              </>
            )}
          </Sheet>
        );
      })
    )}
  </div>
);

const LessonTag = ({ ctx, study }: { ctx: Context; study: Study | undefined }) =>
  study === undefined ? null : study.doneAt !== null ? (
    <Tag tone="done">{t(ctx, text.done)}</Tag>
  ) : (
    <Tag tone="due">{t(ctx, study.readAt === null ? text.half : text.readState)}</Tag>
  );
/** One course: its next step, its lessons and cases. */
export const CourseView = ({
  ctx,
  standing,
  again,
}: {
  ctx: Context;
  standing: Standing;
  /** The id of a further round. */ again: string;
}) => {
  const { progress, outline } = standing;
  return (
    <div class="reading">
      <header>
        <h1>{standing.title}</h1>
        <p class="soft small">{t(ctx, text.audience, { who: standing.audience })}</p>
      </header>
      <p>{standing.summary}</p>
      {standing.retiredAt !== null && <Notice tone="due">{t(ctx, text.retired)}</Notice>}
      {progress?.completedAt != null ? (
        <Notice tone="done">
          <p>{t(ctx, text.courseDone, { day: courseDayWords(ctx, progress.completedAt) })}</p>
          <WaysOn ctx={ctx} />
          {standing.retiredAt === null && (
            <form method="post" action={`/courses/${standing.id}/again`}>
              <Hidden name="id" value={again} />
              <p class="small soft">{t(ctx, text.againHint)}</p>
              <button class="btn">{t(ctx, text.again)}</button>
            </form>
          )}
        </Notice>
      ) : (
        <NextStep ctx={ctx} standing={standing} heading={t(ctx, progress === null ? text.start : text.goOn)} />
      )}
      <section>
        <h2>{t(ctx, text.lessons)}</h2>
        <ol class="rows numbered">
          {outline.lessons.map((lesson) => {
            const study = standing.studies.find((s) => s.lesson === lesson.id);
            return (
              <li>
                <span>
                  <a href={lessonPath(standing.id, lesson.id, study)}>{lesson.title}</a>{" "}
                  <span class="small soft num">{t(ctx, text.about, { n: lesson.minutes })}</span>
                </span>
                <LessonTag ctx={ctx} study={study} />
              </li>
            );
          })}
        </ol>
      </section>
      {outline.cases.length > 0 && (
        <section>
          <h2>{t(ctx, text.cases)}</h2>
          <ul class="rows">
            {outline.cases.map((story) => (
              <li>
                <span>
                  <a href={casePath(standing.id, story.id)}>{story.title}</a>
                  <br />
                  <span class="small soft">{story.role}</span>
                </span>
                {standing.ended.includes(story.id) && <Tag tone="done">{t(ctx, text.ended)}</Tag>}
              </li>
            ))}
          </ul>
        </section>
      )}
      <p class="small soft">
        {t(ctx, text.hoursWords, { n: standing.hours })}
        {progress && ` ${t(ctx, text.measured, { time: timeWords(ctx, progress.seconds) })}`}
        {progress && progress.round > 1 && ` ${t(ctx, text.round, { n: progress.round })}`}
      </p>
      {progress && progress.completedAt === null && standing.hash !== standing.current && <p class="small soft">{t(ctx, text.newer)}</p>}
    </div>
  );
};

/** The line above a lesson or a case: the course, where in it, and how long. */
export const PartHead = ({ standing, where, minutes }: { standing: Standing; where: string; minutes?: string }) => {
  const { part, whole } = counts(standing);
  return (
    <div class="part-head">
      <p class="small soft spread">
        <span>
          <a href={`/courses/${standing.id}`}>{standing.title}</a> · {where}
        </span>
        {minutes !== undefined && <span class="num">{minutes}</span>}
      </p>
      <div class="bar thin" aria-hidden="true">
        <i style={`width:${whole === 0 ? 0 : Math.round((part / whole) * 100)}%`}></i>
      </div>
    </div>
  );
};

/** A lesson to read. The island reads where to go on and what number the next beat has from the article's data. */
export const LessonView = ({ ctx, page, beat }: { ctx: Context; page: LessonPage; beat: number }) => {
  const { standing, n, study } = page;
  const { lessons } = standing.outline;
  const lesson = lessons[n - 1]?.id ?? "";
  const here = `/courses/${standing.id}/${lesson}`;
  const [before, after] = [lessons[n - 2], lessons[n]];
  return (
    <div class="reading lesson">
      <PartHead
        standing={standing}
        where={t(ctx, text.lessonOf, { n, all: lessons.length })}
        minutes={t(ctx, text.about, { n: page.minutes })}
      />
      <h1 lang="zh-CN">{page.title}</h1>
      {page.flagged && <Notice tone="due">{t(ctx, text.stale)}</Notice>}
      <article
        class="lesson-text"
        lang="zh-CN"
        data-beat={`${here}/beat`}
        data-n={String(beat)}
        data-place={study?.anchor ?? ""}
        {...(standing.progress?.completedAt == null ? { "data-open": "" } : {})}
      >
        {raw(page.html)}
      </article>
      <Sheet>
        {study?.doneAt != null ? (
          <>
            <p>
              <Tag tone="done">{t(ctx, text.done)}</Tag>
            </p>
            <p class="line">
              {after && <a class="btn go" href={`/courses/${standing.id}/${after.id}`}>{`${t(ctx, text.following)} ${after.title}`}</a>}
              <a class="btn" href={`${here}/check`}>
                {t(ctx, text.toChecks)}
              </a>
            </p>
          </>
        ) : study?.readAt != null ? (
          <p>
            <a class="btn go" href={`${here}/check`}>
              {t(ctx, text.toChecks)}
            </a>
          </p>
        ) : (
          <form method="post" action={`${here}/read`} class="stack">
            <p class="soft">{t(ctx, text.readHint)}</p>
            <p>
              <button class="btn go">{t(ctx, text.read)}</button>
            </p>
          </form>
        )}
      </Sheet>
      <nav class="pager" aria-label={t(ctx, text.lessons)}>
        {before && (
          <a class="btn" rel="prev" href={`/courses/${standing.id}/${before.id}`}>
            {t(ctx, text.previous)}
          </a>
        )}
        <a class="btn" href={`/courses/${standing.id}`}>
          {t(ctx, text.backToCourse)}
        </a>
        {after && (
          <a class="btn" rel="next" href={`/courses/${standing.id}/${after.id}`}>
            {t(ctx, text.following)}
          </a>
        )}
      </nav>
    </div>
  );
};
