/** What planners see: exams, blueprint, sittings, accommodations. */
import { categories, categoryText, kindText, momentWords, points, posts, postText, say, unitKinds, type Context, type Words } from "#kernel";
import { questionTypes, typeIds, type TopicCounts, type TypeId } from "#plugins/bank";
import { Checkbox, Empty, Field, Hidden, Notice, Pager, Select, Sheet, Table, Tag, TextArea } from "#ui";
import type { SittingId } from "./input.ts";
import { localIn, totalOf } from "./rules.ts";
import type { Line } from "./schema.ts";
import type { Exam, ListedAccommodation, ListedExam, Sitting, SittingNow } from "./store.ts";
import { text } from "./text.ts";

const saying = (ctx: Context) => (words: Words, facts?: Record<string, string | number>) => say(ctx.language, words, facts);
const moment = (ctx: Context, at: number) => momentWords(at, ctx.zone, ctx.language);

export const ExamsAdmin = ({ ctx, rows, next, id, plans }: { ctx: Context; rows: readonly ListedExam[]; next: string | null; id: string; plans: boolean }) => {
  const t = saying(ctx);
  return (
    <>
      <h1>{t(text.adminTitle)}</h1>
      {rows.length === 0 ? (
        <Empty>
          <p>{t(text.noneYet)}</p>
        </Empty>
      ) : (
        <Table caption={t(text.adminTitle)} head={[t(text.examTitle), t(text.state), t(text.when), { r: t(text.due) }, { r: t(text.satCount) }, { r: t(text.passedCount) }, t(text.actions)]}>
          {rows.map((e) => (
            <tr>
              <td>{plans ? <a href={`/admin/exams/${e.id}`}>{e.title}</a> : e.title}</td>
              <td>
                <Tag tone={e.state === "published" ? "done" : ""}>{t(e.state === "published" ? text.published : text.draft)}</Tag>
              </td>
              <td>{e.opensAt !== null && e.closesAt !== null && t(text.window1, { opens: moment(ctx, e.opensAt), closes: moment(ctx, e.closesAt) })}</td>
              <td class="r">{e.due}</td>
              <td class="r">{e.sat}</td>
              <td class="r">{e.passed}</td>
              <td>{e.state === "published" && <a href={`/admin/exams/${e.id}/monitor`}>{t(text.monitor)}</a>}</td>
            </tr>
          ))}
        </Table>
      )}
      <Pager ctx={ctx} next={next} />
      {plans && (
        <Sheet>
          <h2>{t(text.create)}</h2>
          <p class="small soft">{t(text.createHelp)}</p>
          <form method="post" action="/admin/exams" class="stack">
            <Hidden name="id" value={id} />
            <Field name="title" label={t(text.examTitle)} required maxlength={100} />
            <button class="btn go">{t(text.create)}</button>
          </form>
        </Sheet>
      )}
    </>
  );
};

type Plan = { exam: Exam; sittings: readonly Sitting[]; topics: readonly TopicCounts[]; courses: readonly { id: string; title: string }[]; accommodations: readonly ListedAccommodation[]; fresh: SittingId };
export const ExamPlan = ({ ctx, exam, sittings, topics, courses, accommodations, fresh }: { ctx: Context } & Plan) => {
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
        {draft ? <BlueprintForm ctx={ctx} exam={exam} topics={topics} /> : <BlueprintTable ctx={ctx} blueprint={exam.blueprint} topics={topics} />}
      </Sheet>
      <Sheet id="sittings">
        <h2>{t(text.sittings)}</h2>
        {sittings.map((s) =>
          draft ? (
            <details>
              <summary>
                {`${s.title === "" ? t(text.sittingDefault) : s.title} · ${t(text.window1, { opens: moment(ctx, s.opensAt), closes: moment(ctx, s.closesAt) })}`}
              </summary>
              <SittingForm ctx={ctx} exam={exam} sitting={s} id={s.id} courses={courses} />
              <form method="post" action={`/admin/exams/${exam.id}/sittings/remove`}>
                <Hidden name="changed" value={String(exam.changed)} />
                <Hidden name="sitting" value={s.id} />
                <button class="btn">{t(text.remove)}</button>
              </form>
            </details>
          ) : (
            <SittingShown ctx={ctx} sitting={s} courses={courses} />
          ),
        )}
        {draft && (
          <details open={sittings.length === 0}>
            <summary class="btn">{t(text.addSitting)}</summary>
            <SittingForm ctx={ctx} exam={exam} sitting={undefined} id={fresh} courses={courses} />
          </details>
        )}
      </Sheet>
      {draft && (
        <Sheet next>
          <h2>{t(text.publish)}</h2>
          <p>{t(text.publishHelp)}</p>
          <form method="post" action={`/admin/exams/${exam.id}/publish`}>
            <Hidden name="changed" value={String(exam.changed)} />
            <button class="btn go" disabled={total.count === 0 || sittings.length === 0}>
              {t(text.publish)}
            </button>
          </form>
          {total.count === 0 && <p class="small soft">{t(text["no-blueprint"])}</p>}
          {sittings.length === 0 && <p class="small soft">{t(text["no-sitting"])}</p>}
        </Sheet>
      )}
      <Accommodations ctx={ctx} exam={exam} rows={accommodations} />
      {draft && (
        <form method="post" action={`/admin/exams/${exam.id}/remove`}>
          <Hidden name="changed" value={String(exam.changed)} />
          <button class="btn">{t(text.removeExam)}</button>
        </form>
      )}
    </>
  );
};

/** Topics × types: how many to draw; one value of points a type. */
const BlueprintForm = ({ ctx, exam, topics }: { ctx: Context; exam: Exam; topics: readonly TopicCounts[] }) => {
  const t = saying(ctx);
  const at = (topic: string, type: TypeId) => exam.blueprint.find((l) => l.topic === topic && l.type === type);
  const pointsOf = (type: TypeId) => (exam.blueprint.find((l) => l.type === type)?.points ?? (type === "multiple" ? 400 : 200)) / 100;
  return (
    <form method="post" action={`/admin/exams/${exam.id}/blueprint`} class="stack" style="max-width:none">
      <Hidden name="changed" value={String(exam.changed)} />
      <p class="small soft">{t(text.blueprintHelp)}</p>
      <div class="scroll" tabindex={0} role="region" aria-label={t(text.blueprint)}>
        <table class="grid">
          <thead>
            <tr>
              <th scope="col">{t(text.topic)}</th>
              {typeIds.map((type) => (
                <th scope="col">{t(questionTypes[type].words)}</th>
              ))}
            </tr>
          </thead>
          <tbody>
            <tr>
              <th scope="row">{t(text.pointsEach)}</th>
              {typeIds.map((type) => (
                <td>
                  <input name={`p.${type}`} type="number" min="0.5" step="0.5" value={String(pointsOf(type))} aria-label={`${t(text.pointsEach)}，${t(questionTypes[type].words)}`} />
                </td>
              ))}
            </tr>
            {topics.map((topic) => (
              <tr>
                <td>
                  {topic.title}
                  <br />
                  <span class="small soft">{topic.courseTitle}</span>
                </td>
                {typeIds.map((type) => (
                  <td>
                    <input name={`n.${topic.id}.${type}`} type="number" min="0" max={String(topic.counts[type])} value={String(at(topic.id, type)?.count ?? 0)} disabled={topic.counts[type] === 0} aria-label={`${topic.title}，${t(questionTypes[type].words)}，${t(text.have, { count: topic.counts[type] })}`} />{" "}
                    <span class="small soft">({t(text.have, { count: topic.counts[type] })})</span>
                  </td>
                ))}
              </tr>
            ))}
          </tbody>
        </table>
      </div>
      <p>
        <button class="btn">{t(text.save)}</button>
      </p>
    </form>
  );
};
const BlueprintTable = ({ ctx, blueprint, topics }: { ctx: Context; blueprint: readonly Line[]; topics: readonly TopicCounts[] }) => {
  const t = saying(ctx);
  return (
    <Table caption={t(text.blueprint)} head={[t(text.topic), t(text.paper), { r: t(text.tries) }, { r: t(text.pointsEach) }]}>
      {blueprint.map((line) => (
        <tr>
          <td>{topics.find((topic) => topic.id === line.topic)?.title ?? line.topic}</td>
          <td>{t(questionTypes[line.type].words)}</td>
          <td class="r">{line.count}</td>
          <td class="r">{points(line.points)}</td>
        </tr>
      ))}
    </Table>
  );
};

const whoWords = (ctx: Context, s: Sitting): string => {
  const t = saying(ctx);
  const parts = [s.who.kinds.map((k) => t(kindText[k])), s.who.posts.map((p) => t(postText[p])), s.who.categories.map((c) => t(categoryText[c]))].filter((group) => group.length > 0).map((group) => group.join("、"));
  return [...parts, ...(s.who.roster ? [t(text.whoRoster)] : []), ...(s.who.assigned ? [t(text.whoAssigned)] : [])].join("；") || t(text.stateAll);
};
const SittingShown = ({ ctx, sitting: s, courses }: { ctx: Context; sitting: Sitting; courses: Plan["courses"] }) => {
  const t = saying(ctx);
  return (
    <dl class="facts">
      <dt>{t(text.sittingTitle)}</dt>
      <dd>{s.title === "" ? t(text.sittingDefault) : s.title}</dd>
      <dt>{t(text.when)}</dt>
      <dd>{t(text.window1, { opens: moment(ctx, s.opensAt), closes: moment(ctx, s.closesAt) })}</dd>
      <dt>{t(text.duration)}</dt>
      <dd>{t(text.minutesN, { minutes: s.minutes })}</dd>
      <dt>{t(text.lines1)}</dt>
      <dd>
        {t(text.passLine, { points: points(s.pass) })}
        {s.excellent !== null && ` · ${t(text.excellentLine, { points: points(s.excellent) })}`} · {t(s.counts === "best" ? text.countsBest : text.countsLast)}
      </dd>
      <dt>{t(text.triesField)}</dt>
      <dd>{s.tries}</dd>
      <dt>{t(text.who)}</dt>
      <dd>
        {whoWords(ctx, s)}
        {s.due !== null && ` · ${t(text.publishDue, { count: s.due })}`}
      </dd>
      {s.after.length > 0 && (
        <>
          <dt>{t(text.after)}</dt>
          <dd>{s.after.map((id) => `《${courses.find((c) => c.id === id)?.title ?? id}》`).join("、")}</dd>
        </>
      )}
    </dl>
  );
};
const day = 86_400_000;
const SittingForm = ({ ctx, exam, sitting: s, id, courses }: { ctx: Context; exam: Exam; sitting: Sitting | undefined; id: string; courses: Plan["courses"] }) => {
  const t = saying(ctx);
  const total = totalOf(exam.blueprint).points;
  const opens = localIn(s?.opensAt ?? ctx.now + day, ctx.zone);
  const closes = localIn(s?.closesAt ?? ctx.now + 15 * day, ctx.zone);
  const many = (name: string, legend: Words, all: readonly string[], words: Readonly<Record<string, Words>>, chosen: readonly string[]) => (
    <fieldset class="columns">
      <legend>{t(legend)}</legend>
      {all.map((value) => (
        <Checkbox name={name} value={value} label={words[value] === undefined ? value : t(words[value])} checked={chosen.includes(value)} />
      ))}
    </fieldset>
  );
  return (
    <form method="post" action={`/admin/exams/${exam.id}/sittings`} class="stack">
      <Hidden name="changed" value={String(exam.changed)} />
      <Hidden name="sitting" value={id} />
      <Field name="title" label={t(text.sittingTitle)} value={s?.title ?? ""} maxlength={60} />
      <Field name="opens" type="datetime-local" label={t(text.opens)} value={opens} required />
      <Field name="closes" type="datetime-local" label={t(text.closes)} value={closes} required />
      <Field name="minutes" type="number" label={t(text.minutes)} value={s?.minutes ?? 60} min={1} max={600} required />
      <Field name="tries" type="number" label={t(text.triesField)} value={s?.tries ?? 3} min={1} max={20} required />
      <Field name="pass" type="number" label={t(text.passField)} value={points(s?.pass ?? Math.round(total * 0.6))} min={0} required />
      <Field name="excellent" type="number" label={t(text.excellentField)} value={s === undefined ? points(Math.round(total * 0.9)) : s.excellent === null ? "" : points(s.excellent)} min={0} />
      <Select name="counts" label={t(text.countsField)} value={s?.counts ?? "best"} options={[{ value: "best", words: t(text.countsBest) }, { value: "last", words: t(text.countsLast) }]} />
      <p class="small soft">{t(text.whoHelp)}</p>
      {many("kinds", text.whoKinds, unitKinds, kindText, s?.who.kinds ?? [])}
      {many("posts", text.whoPosts, posts, postText, s?.who.posts ?? [])}
      {many("categories", text.whoCategories, categories, categoryText, s?.who.categories ?? [])}
      <Checkbox name="roster" label={t(text.whoRoster)} checked={s?.who.roster ?? false} />
      <Checkbox name="assigned" label={t(text.whoAssigned)} checked={s?.who.assigned ?? false} />
      {courses.length > 0 && (
        <fieldset>
          <legend>{t(text.afterField)}</legend>
          {courses.map((c) => (
            <Checkbox name="after" value={c.id} label={c.title} checked={s?.after.includes(c.id) ?? false} />
          ))}
        </fieldset>
      )}
      <Checkbox name="pledge" label={t(text.pledgeField)} checked={s?.pledge ?? true} />
      <Checkbox name="shuffle" label={t(text.shuffleField)} checked={s?.shuffle ?? true} />
      <Select name="perPage" label={t(text.perPage)} value={String(s?.perPage ?? 1)} options={[1, 5, 10, 20].map((n) => ({ value: String(n), words: String(n) })).concat([{ value: "0", words: t(text.perPageAll) }])} />
      <Select name="reviewWhen" label={t(text.reviewField)} value={s?.review.when ?? "submitted"} options={[{ value: "submitted", words: t(text.reviewWhenSubmitted) }, { value: "closed", words: t(text.reviewWhenClosed) }, { value: "never", words: t(text.reviewWhenNever) }]} />
      <Checkbox name="reviewKey" label={t(text.reviewKey)} checked={s?.review.key ?? true} />
      <button class="btn">{t(text.save)}</button>
    </form>
  );
};

const Accommodations = ({ ctx, exam, rows }: { ctx: Context; exam: Exam; rows: readonly ListedAccommodation[] }) => {
  const t = saying(ctx);
  return (
    <Sheet id="accommodations">
      <h2>{t(text.accommodations)}</h2>
      <Notice tone="">{t(text.accommodationsHelp)}</Notice>
      {rows.length > 0 && (
        <Table caption={t(text.accommodations)} head={[t(text.person), t(text.unit), t(text.factor), t(text.breakMinutes), t(text.large), t(text.reason), t(text.setBy)]}>
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
        <Select name="percent" label={t(text.factor)} value="125" options={[100, 125, 150, 175, 200].map((n) => ({ value: String(n), words: t(text.factorN, { factor: n / 100 }) }))} />
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
