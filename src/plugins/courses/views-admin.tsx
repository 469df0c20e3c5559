/** Courses as their authors see them: what is there, and what waits for their eyes. */
import type { Context } from "#kernel";
import { Empty, Field, Hidden, Sheet, Table, Tag } from "#ui";
import type { AdminPage } from "./service-admin.ts";
import { text } from "./text.ts";
import { courseDayWords, t } from "./views.tsx";

/** The inventory, and the flags that a changed statute left. */
export const AdminCourses = ({ ctx, page }: { ctx: Context; page: AdminPage }) => (
  <>
    <h1>{t(ctx, text.adminTitle)}</h1>
    <p class="soft small">{t(ctx, text.filesOwn)}</p>
    {page.courses.length === 0 ? (
      <Empty>{t(ctx, text.empty)}</Empty>
    ) : (
      <Table
        caption={t(ctx, text.adminTitle)}
        head={[
          t(ctx, text.colCourse),
          t(ctx, text.colParts),
          t(ctx, text.colVersion),
          { r: t(ctx, text.colQuestions) },
          { r: t(ctx, text.colCitations) },
          { r: t(ctx, text.colStarted) },
          { r: t(ctx, text.colCompleted) },
        ]}
      >
        {page.courses.map((course) => (
          <tr>
            <td>
              <a href={`/courses/${course.id}`}>{course.title}</a> {course.retiredAt !== null && <Tag>{t(ctx, text.withdrawn)}</Tag>}
            </td>
            <td>
              {t(ctx, text.parts, { lessons: course.outline.lessons.length, cases: course.outline.cases.length })}，
              {t(ctx, text.hours, { n: course.hours })}
            </td>
            <td>
              <code>{course.hash.slice(0, 8)}</code> <span class="small soft">{t(ctx, text.versionsHere, { n: course.versions })}</span>
            </td>
            <td class="r">
              {course.outline.counts.checks}/{course.outline.counts.exam}
            </td>
            <td class="r">{course.outline.counts.citations}</td>
            <td class="r">{course.started}</td>
            <td class="r">{course.completed}</td>
          </tr>
        ))}
      </Table>
    )}
    <h2>{t(ctx, text.flagsTitle)}</h2>
    {page.flags.length === 0 ? (
      <Empty>{t(ctx, text.noFlags)}</Empty>
    ) : (
      page.flags.map((flag) => (
        <Sheet>
          <p>
            <a href={`/courses/${flag.course}/${flag.kind === "case" ? "cases/" : ""}${flag.part}`}>{flag.title}</a> {t(ctx, text.flagLine)}{" "}
            {flag.path === null ? (
              flag.words
            ) : (
              <a class="cite" href={flag.path}>
                {flag.words}
              </a>
            )}{" "}
            <span class="small soft">{courseDayWords(ctx, flag.flaggedAt)}</span>
          </p>
          <form method="post" action="/admin/courses/review" class="inline-form">
            <Hidden name="course" value={flag.course} />
            <Hidden name="kind" value={flag.kind} />
            <Hidden name="part" value={flag.part} />
            <Hidden name="article" value={flag.article} />
            <Field name="note" label={t(ctx, text.reviewNote)} required maxlength={500} />
            <button class="btn">{t(ctx, text.reviewed)}</button>
          </form>
        </Sheet>
      ))
    )}
  </>
);
