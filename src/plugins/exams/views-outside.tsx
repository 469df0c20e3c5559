/** Exams that are sat elsewhere: the officer's form and page, and results from outside as their owner sees them. */
import { dayWords, points, saying, type Context } from "#kernel";
import { Field, Hidden, Notice, Sheet, Tag, TextArea } from "#ui";
import type { Exam, Outside } from "./store.ts";
import type { OutsideResult } from "./store-outside.ts";
import { text } from "./text.ts";

export const NewOutside = ({ ctx, id }: { ctx: Context; id: string }) => {
  const t = saying(ctx);
  return (
    <Sheet id="outside">
      <h2>{t(text.outsideNew)}</h2>
      <p class="small soft">{t(text.outsideNewHelp)}</p>
      <form method="post" action="/admin/exams/external" class="stack">
        <Hidden name="id" value={id} />
        <Field name="title" at="outside-title" label={t(text.examTitle)} required maxlength={100} />
        <Field name="year" label={t(text.outsideYear)} type="number" min={2000} max={2100} value={ctx.today.slice(0, 4)} required />
        <Field name="organiser" label={t(text.organiser)} required maxlength={100} />
        <Field name="total" label={t(text.outsideTotal)} help={t(text.outsideTotalHelp)} type="number" min={1} max={10000} />
        <Field name="pass" label={t(text.outsidePass)} type="number" min={0} max={10000} />
        <Field name="excellent" label={t(text.outsideExcellent)} type="number" min={0} max={10000} />
        <button class="btn">{t(text.outsideNew)}</button>
      </form>
    </Sheet>
  );
};
const Lines = ({ ctx, outside }: { ctx: Context; outside: Outside }) => {
  const t = saying(ctx);
  return (
    <dl class="facts">
      <dt>{t(text.outsideYear)}</dt>
      <dd class="num">{outside.year}</dd>
      <dt>{t(text.organiser)}</dt>
      <dd>{outside.organiser}</dd>
      <dt>{t(text.outsideTotal)}</dt>
      <dd>{outside.total === null ? t(text.outsideDoneOnly) : points(outside.total)}</dd>
      {outside.pass !== null && <dt>{t(text.outsidePass)}</dt>}
      {outside.pass !== null && <dd>{points(outside.pass)}</dd>}
      {outside.excellent !== null && <dt>{t(text.outsideExcellent)}</dt>}
      {outside.excellent !== null && <dd>{points(outside.excellent)}</dd>}
    </dl>
  );
};
export const OutsidePlan = ({ ctx, exam, outside }: { ctx: Context; exam: Exam; outside: Outside }) => {
  const t = saying(ctx);
  const path = `/admin/exams/${exam.id}/external`;
  return (
    <>
      <div class="spread">
        <h1>{exam.title}</h1>
        <Tag>{t(text.outsideTag)}</Tag>
      </div>
      <Notice tone="">{t(text.outsidePlanHelp)}</Notice>
      <Sheet>
        <Lines ctx={ctx} outside={outside} />
      </Sheet>
      <Sheet>
        <form method="post" action={path} class="stack">
          <Hidden name="changed" value={String(exam.changed)} />
          <Field name="title" label={t(text.examTitle)} value={exam.title} required maxlength={100} />
          <Field name="organiser" label={t(text.organiser)} value={outside.organiser} required maxlength={100} />
          <TextArea name="notice" label={t(text.notice)} value={exam.notice} />
          <button class="btn">{t(text.save)}</button>
        </form>
      </Sheet>
      <details>
        <summary class="btn">{t(text.removeExam)}</summary>
        <form method="post" action={`${path}/remove`} class="stack">
          <Hidden name="changed" value={String(exam.changed)} />
          <p>{t(text.outsideRemoveHelp)}</p>
          <button class="btn">{t(text.removeSure)}</button>
        </form>
      </details>
    </>
  );
};

/** Results from outside as their owner sees them. `titled`: with the exam's name, where they stand in a list of several. */
export const OutsideResults = ({ ctx, rows, titled }: { ctx: Context; rows: readonly OutsideResult[]; titled: boolean }) => {
  const t = saying(ctx);
  return rows.length === 0 ? null : (
    <Sheet>
      <h2>{t(text.outsideResults)}</h2>
      <ul class="rows">
        {rows.map((row) => (
          <li>
            <span>
              {titled && (
                <>
                  <a href={`/exams/${row.exam}`}>
                    <b>{row.title}</b>
                  </a>
                  <br />
                </>
              )}
              <span class="small soft">{dayWords(row.day, ctx.language)}</span>
            </span>
            <span class="line">
              <Tag>{t(text.outsideResult)}</Tag>
              <Tag tone={row.passed === 1 ? "done" : "late"}>
                {t(row.excellent === 1 ? text.excellentTag : row.passed === 1 ? text.passedTag : text.failedTag)}
              </Tag>
              {row.score !== null && <span class="num keep">{t(text.pointsN, { points: points(row.score) })}</span>}
            </span>
          </li>
        ))}
      </ul>
    </Sheet>
  );
};
/** Where an external exam is sat. */
export const OutsideIntro = ({ ctx, outside }: { ctx: Context; outside: Outside }) => {
  const t = saying(ctx);
  return (
    <Sheet>
      <p>
        <Tag>{t(text.outsideTag)}</Tag>
      </p>
      <p>{t(text.outsideIntro, { organiser: outside.organiser })}</p>
      <Lines ctx={ctx} outside={outside} />
    </Sheet>
  );
};
