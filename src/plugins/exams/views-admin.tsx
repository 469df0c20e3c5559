/** What planners see: exams, blueprint, sittings, accommodations. */
import { momentWords, points, saying, type Context } from "#kernel";
import type { TopicCounts } from "#plugins/bank";
import { Checkbox, Empty, Field, Hidden, Notice, Pager, Select, Sheet, Table, Tag, TextArea } from "#ui";
import { totalOf } from "./rules.ts";
import type { Exam, ListedExam, Sitting } from "./store.ts";
import type { ListedAccommodation, SittingNow } from "./store-watch.ts";
import { text } from "./text.ts";
import { NewOutside } from "./views-outside.tsx";
import { BlueprintForm, BlueprintTable, SittingShown } from "./views-plan.tsx";

const moment = (ctx: Context, at: number) => momentWords(at, ctx.zone, ctx.language);

export const ExamsAdmin = ({
  ctx,
  rows,
  next,
  id,
  outsideId,
  plans,
}: {
  ctx: Context;
  rows: readonly ListedExam[];
  next: string | null;
  id: string;
  outsideId: string;
  plans: boolean;
}) => {
  const t = saying(ctx);
  return (
    <>
      <h1>{t(text.adminTitle)}</h1>
      {rows.length === 0 ? (
        <Empty>
          <h2>{t(text.noneYet)}</h2>
          <p>{t(text.noneYetHelp)}</p>
          {plans && (
            <a class="btn go" href="#new">
              {t(text.createFirst)}
            </a>
          )}
        </Empty>
      ) : (
        <Table
          caption={t(text.adminTitle)}
          head={[
            t(text.examTitle),
            t(text.state),
            t(text.when),
            { r: t(text.due) },
            { r: t(text.satCount) },
            { r: t(text.passedCount) },
            t(text.actions),
          ]}
        >
          {rows.map((e) => (
            <tr>
              <td>{e.opens === 1 ? <a href={`/admin/exams/${e.id}`}>{e.title}</a> : e.title}</td>
              <td>
                {e.origin === "external" ? (
                  <Tag>{t(text.outsideTag)}</Tag>
                ) : (
                  <Tag tone={e.state === "published" ? "done" : ""}>{t(e.state === "published" ? text.published : text.draft)}</Tag>
                )}
              </td>
              <td>
                {e.opensAt !== null &&
                  e.closesAt !== null &&
                  t(text.window1, { opens: moment(ctx, e.opensAt), closes: moment(ctx, e.closesAt) })}
              </td>
              {[e.due, e.sat, e.passed].map((n) => (
                <td class="r">{e.origin === "external" ? "—" : n}</td>
              ))}
              <td>{e.state === "published" && e.origin === "own" && <a href={`/admin/exams/${e.id}/monitor`}>{t(text.monitor)}</a>}</td>
            </tr>
          ))}
        </Table>
      )}
      <Pager ctx={ctx} next={next} />
      {plans && (
        <Sheet id="new">
          <h2>{t(text.create)}</h2>
          <p class="small soft">{t(text.createHelp)}</p>
          <form method="post" action="/admin/exams" class="stack">
            <Hidden name="id" value={id} />
            <Field name="title" label={t(text.examTitle)} required maxlength={100} />
            <button class="btn go">{t(text.create)}</button>
          </form>
        </Sheet>
      )}
      {plans && <NewOutside ctx={ctx} id={outsideId} />}
    </>
  );
};

type Plan = {
  exam: Exam;
  sittings: readonly Sitting[];
  topics: readonly TopicCounts[];
  courses: readonly { id: string; title: string }[];
  accommodations: readonly ListedAccommodation[];
};
export const ExamPlan = ({ ctx, exam, sittings, topics, courses, accommodations }: { ctx: Context } & Plan) => {
  const t = saying(ctx);
  const draft = exam.state === "draft";
  const total = totalOf(exam.blueprint);
  return (
    <>
      <div class="spread">
        <h1>{exam.title}</h1>
        <span class="line">
          <Tag tone={draft ? "" : "done"}>{t(draft ? text.draft : text.published)}</Tag>
          {!draft && (
            <a class="btn" href={`/admin/exams/${exam.id}/monitor`}>
              {t(text.monitor)}
            </a>
          )}
        </span>
      </div>
      {draft ? (
        <Sheet>
          <form method="post" action={`/admin/exams/${exam.id}`} class="stack">
            <Hidden name="changed" value={String(exam.changed)} />
            <Field name="title" label={t(text.examTitle)} value={exam.title} required maxlength={100} />
            <TextArea name="notice" label={t(text.notice)} value={exam.notice} />
            <Checkbox name="certificate" label={t(text.withCertificate)} checked={exam.certificate} />
            <button class="btn">{t(text.save)}</button>
          </form>
        </Sheet>
      ) : (
        exam.notice !== "" && <p class="reading">{exam.notice}</p>
      )}
      <Sheet id="blueprint">
        <h2>{t(text.blueprint)}</h2>
        <p>{t(text.totalNow, { count: total.count, points: points(total.points) })}</p>
        {draft ? (
          <BlueprintForm ctx={ctx} exam={exam} topics={topics} />
        ) : (
          <BlueprintTable ctx={ctx} blueprint={exam.blueprint} topics={topics} />
        )}
      </Sheet>
      <Sheet id="sittings">
        <h2>{t(text.sittings)}</h2>
        {sittings.map((s) => (
          <>
            <SittingShown ctx={ctx} sitting={s} courses={courses} />
            {draft && (
              <div class="line">
                <a class="btn" href={`/admin/exams/${exam.id}/sitting?sitting=${s.id}`}>
                  {t(text.changeSitting)}
                </a>
                <form method="post" action={`/admin/exams/${exam.id}/sittings/remove`} class="inline">
                  <Hidden name="changed" value={String(exam.changed)} />
                  <Hidden name="sitting" value={s.id} />
                  <button class="btn">{t(text.remove)}</button>
                </form>
              </div>
            )}
          </>
        ))}
        {draft && (
          <p>
            <a class="btn" href={`/admin/exams/${exam.id}/sitting`}>
              {t(text.addSitting)}
            </a>
          </p>
        )}
      </Sheet>
      {draft && (
        <Sheet next>
          <h2>{t(text.publish)}</h2>
          <p>{t(text.publishHelp)}</p>
          {total.count > 0 && sittings.length > 0 && (
            <details>
              <summary class="btn go">{t(text.publish)}</summary>
              <form method="post" action={`/admin/exams/${exam.id}/publish`} class="stack">
                <Hidden name="changed" value={String(exam.changed)} />
                <ul>
                  {sittings.map((s) => (
                    <li>
                      {s.title === "" ? t(text.sittingDefault) : s.title}：{t(text.publishDue, { count: s.due ?? 0 })}
                    </li>
                  ))}
                </ul>
                <p>{t(text.publishWarning)}</p>
                <button class="btn go">{t(text.publishSure)}</button>
              </form>
            </details>
          )}
          {total.count === 0 && <p class="small soft">{t(text["no-blueprint"])}</p>}
          {sittings.length === 0 && <p class="small soft">{t(text["no-sitting"])}</p>}
        </Sheet>
      )}
      <Accommodations ctx={ctx} exam={exam} rows={accommodations} />
      {draft && (
        <details>
          <summary class="btn">{t(text.removeExam)}</summary>
          <form method="post" action={`/admin/exams/${exam.id}/remove`} class="stack">
            <Hidden name="changed" value={String(exam.changed)} />
            <p>{t(text.removeWarning)}</p>
            <button class="btn">{t(text.removeSure)}</button>
          </form>
        </details>
      )}
    </>
  );
};

const Accommodations = ({ ctx, exam, rows }: { ctx: Context; exam: Exam; rows: readonly ListedAccommodation[] }) => {
  const t = saying(ctx);
  return (
    <Sheet id="accommodations">
      <h2>{t(text.accommodations)}</h2>
      <Notice tone="">{t(text.accommodationsHelp)}</Notice>
      {rows.length > 0 && (
        <Table
          caption={t(text.accommodations)}
          head={[t(text.person), t(text.unit), t(text.factor), t(text.breakMinutes), t(text.large), t(text.reason), t(text.setBy)]}
        >
          {rows.map((row) => (
            <tr>
              <td>
                {row.name} <span class="small soft num">{row.login}</span>
              </td>
              <td>{row.unitName}</td>
              <td>{t(text.factorN, { factor: row.percent / 100 })}</td>
              <td>{row.breakMinutes}</td>
              <td>{t(row.large ? text.yes : text.no)}</td>
              <td>{row.reason}</td>
              <td>
                {row.setByName} <span class="small soft">{moment(ctx, row.setAt)}</span>
              </td>
            </tr>
          ))}
        </Table>
      )}
      <form method="post" action={`/admin/exams/${exam.id}/accommodations`} class="stack">
        <Field name="whom" label={t(text.whom)} required maxlength={60} />
        <Select
          name="percent"
          label={t(text.factor)}
          value="125"
          options={[100, 125, 150, 175, 200].map((n) => ({ value: String(n), words: t(text.factorN, { factor: n / 100 }) }))}
        />
        <Field name="breaks" type="number" label={t(text.breakMinutes)} value={0} min={0} max={240} />
        <Checkbox name="large" label={t(text.large)} />
        <Field name="reason" label={t(text.reason)} required maxlength={500} />
        <button class="btn">{t(text.save)}</button>
      </form>
    </Sheet>
  );
};

export const SittingsNow = ({ ctx, rows }: { ctx: Context; rows: readonly SittingNow[] }) => {
  const t = saying(ctx);
  return (
    <Sheet>
      <h2>{t(text.sittings)}</h2>
      <ul class="rows">
        {rows.map((s) => (
          <li>
            <span>
              <a href={`/admin/exams/${s.exam}/monitor?sitting=${s.sitting}`}>{s.title}</a> <span class="soft">{s.sittingTitle}</span>
              <br />
              <span class="small soft">{t(text.window1, { opens: moment(ctx, s.opensAt), closes: moment(ctx, s.closesAt) })}</span>
            </span>
            <Tag tone={s.opensAt <= ctx.now ? "due" : ""}>{t(s.opensAt <= ctx.now ? text.open : text.upcoming)}</Tag>
          </li>
        ))}
      </ul>
    </Sheet>
  );
};
