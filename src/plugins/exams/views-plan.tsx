/** The parts of a plan: the blueprint as a grid, and a sitting's form. */
import {
  addDays,
  categories,
  categoryText,
  kindText,
  momentWords,
  points,
  posts,
  postText,
  saying,
  unitKinds,
  type Context,
  type Words,
} from "#kernel";
import { questionTypes, typeIds, type TopicCounts, type TypeId } from "#plugins/bank";
import { Checkbox, Field, Hidden, Select, Table } from "#ui";
import { localIn, totalOf } from "./rules.ts";
import type { Line } from "./schema.ts";
import type { Exam, Sitting } from "./store.ts";
import { text } from "./text.ts";

type Courses = readonly { id: string; title: string }[];
const moment = (ctx: Context, at: number) => momentWords(at, ctx.zone, ctx.language);

/** Topics × types: how many to draw; one value of points a type. */
export const BlueprintForm = ({ ctx, exam, topics }: { ctx: Context; exam: Exam; topics: readonly TopicCounts[] }) => {
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
                  <input
                    name={`p.${type}`}
                    type="number"
                    min="0.5"
                    step="0.5"
                    value={String(pointsOf(type))}
                    aria-label={`${t(text.pointsEach)}，${t(questionTypes[type].words)}`}
                  />
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
                    <input
                      name={`n.${topic.id}.${type}`}
                      type="number"
                      min="0"
                      max={String(topic.counts[type])}
                      value={String(at(topic.id, type)?.count ?? 0)}
                      disabled={topic.counts[type] === 0}
                      aria-label={`${topic.title}，${t(questionTypes[type].words)}，${t(text.have, { count: topic.counts[type] })}`}
                    />{" "}
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
export const BlueprintTable = ({
  ctx,
  blueprint,
  topics,
}: {
  ctx: Context;
  blueprint: readonly Line[];
  topics: readonly TopicCounts[];
}) => {
  const t = saying(ctx);
  return (
    <Table caption={t(text.blueprint)} head={[t(text.topic), t(text.typeHead), { r: t(text.countHead) }, { r: t(text.pointsEach) }]}>
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
  const parts = [
    s.who.kinds.map((k) => t(kindText[k])),
    s.who.posts.map((p) => t(postText[p])),
    s.who.categories.map((c) => t(categoryText[c])),
  ]
    .filter((group) => group.length > 0)
    .map((group) => group.join("、"));
  return (
    [...parts, ...(s.who.roster ? [t(text.whoRoster)] : []), ...(s.who.assigned ? [t(text.whoAssigned)] : [])].join("；") ||
    t(text.stateAll)
  );
};
export const SittingShown = ({ ctx, sitting: s, courses }: { ctx: Context; sitting: Sitting; courses: Courses }) => {
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
        {s.excellent !== null && ` · ${t(text.excellentLine, { points: points(s.excellent) })}`} ·{" "}
        {t(s.counts === "best" ? text.countsBest : text.countsLast)}
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
const SittingForm = ({
  ctx,
  exam,
  sitting: s,
  id,
  courses,
}: {
  ctx: Context;
  exam: Exam;
  sitting: Sitting | undefined;
  id: string;
  courses: Courses;
}) => {
  const t = saying(ctx);
  const total = totalOf(exam.blueprint).points;
  const opens = s ? localIn(s.opensAt, ctx.zone) : `${addDays(ctx.today, 1)}T09:00`;
  const closes = s ? localIn(s.closesAt, ctx.zone) : `${addDays(ctx.today, 15)}T18:00`;
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
      <Field
        name="pass"
        inputmode="decimal"
        label={t(text.passField)}
        value={points(s?.pass ?? Math.round(total * 0.006) * 100)}
        required
      />
      <Field
        name="excellent"
        inputmode="decimal"
        label={t(text.excellentField)}
        value={s === undefined ? points(Math.round(total * 0.009) * 100) : s.excellent === null ? "" : points(s.excellent)}
      />
      <Select
        name="counts"
        label={t(text.countsField)}
        value={s?.counts ?? "best"}
        options={[
          { value: "best", words: t(text.countsBest) },
          { value: "last", words: t(text.countsLast) },
        ]}
      />
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
      <Select
        name="perPage"
        label={t(text.perPage)}
        value={String(s?.perPage ?? 1)}
        options={[1, 5, 10, 20].map((n) => ({ value: String(n), words: String(n) })).concat([{ value: "0", words: t(text.perPageAll) }])}
      />
      <Select
        name="reviewWhen"
        label={t(text.reviewField)}
        value={s?.review.when ?? "submitted"}
        options={[
          { value: "submitted", words: t(text.reviewWhenSubmitted) },
          { value: "closed", words: t(text.reviewWhenClosed) },
          { value: "never", words: t(text.reviewWhenNever) },
        ]}
      />
      <Checkbox name="reviewKey" label={t(text.reviewKey)} checked={s?.review.key ?? true} />
      <button class="btn">{t(text.save)}</button>
    </form>
  );
};
/** One sitting on a page of its own: its form while the exam is a draft, else what it is. */
export const SittingPage = ({
  ctx,
  exam,
  sitting,
  id,
  courses,
}: {
  ctx: Context;
  exam: Exam;
  sitting: Sitting | undefined;
  id: string;
  courses: Courses;
}) => {
  const t = saying(ctx);
  return (
    <>
      <p>
        <a href={`/admin/exams/${exam.id}`}>{exam.title}</a>
      </p>
      <h1>{t(sitting === undefined ? text.addSitting : text.changeSitting)}</h1>
      {exam.state === "draft" ? (
        <SittingForm ctx={ctx} exam={exam} sitting={sitting} id={id} courses={courses} />
      ) : (
        sitting && <SittingShown ctx={ctx} sitting={sitting} courses={courses} />
      )}
    </>
  );
};
