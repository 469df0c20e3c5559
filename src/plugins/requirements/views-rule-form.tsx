/** The form of a rule, empty or filled. */
import {
  addDays,
  categories,
  categoryText,
  kindText,
  natures,
  natureText,
  posts,
  postText,
  say,
  saying,
  statusText,
  unitKinds,
  unitStatuses,
  type Context,
  type RequirementId,
  type Words,
} from "#kernel";
import type { Units } from "#plugins/people";
import { Checkbox, Field, FormError, Hidden, Select } from "#ui";
import type { RuleInput } from "./input.ts";
import { lessonsOf, periodOf, yearOf } from "./rules.ts";
import type { Requirement } from "./store-rules.ts";
import { text } from "./text.ts";

export type Choices = {
  courses: readonly { id: string; title: string }[];
  lessons: readonly { course: string; id: string; title: string }[];
  exams: readonly { id: string; title: string }[];
  units: Units;
};
/** What the form shows to begin with. */
export type Given = Partial<Omit<RuleInput, "id">>;
/** A kept rule, as the form says it. */
export const givenOf = (r: Requirement): Given => ({
  name: r.name,
  ...(r.studyKind === "course" && r.studyObject !== null ? { course: r.studyObject } : {}),
  lessons: r.studyKind === "lessons" && r.studyObject !== null ? lessonsOf(r.studyObject) : [],
  exam: r.exam ?? undefined,
  kinds: r.kinds ?? [],
  statuses: r.statuses ?? [],
  unit: r.unit ?? undefined,
  foundedFrom: r.foundedFrom ?? undefined,
  foundedTo: r.foundedTo ?? undefined,
  posts: r.posts ?? [],
  natures: r.natures ?? [],
  categories: r.categories ?? [],
  roster: r.roster,
  tookFrom: r.tookFrom ?? undefined,
  tookTo: r.tookTo ?? undefined,
  each: r.each,
  period: r.period,
  year: r.year,
  from: r.from,
  dueBy: r.dueBy,
  due: r.due,
  days: r.days ?? undefined,
  repeats: r.repeats,
});
const Boxes = <T extends string>({
  ctx,
  name,
  label,
  all,
  words,
  chosen,
}: {
  ctx: Context;
  name: string;
  label: string;
  all: readonly T[];
  words: Record<T, Words>;
  chosen: readonly T[] | undefined;
}) => (
  <fieldset class="pairs">
    <legend>{label}</legend>
    {all.map((one) => (
      <Checkbox name={name} value={one} label={say(ctx.language, words[one])} checked={chosen?.includes(one) ?? false} />
    ))}
  </fieldset>
);
const options = (rows: readonly { id: string; title: string }[]) => rows.map(({ id, title }) => ({ value: id, words: title }));

const What = ({ ctx, choices, given }: { ctx: Context; choices: Choices; given: Given }) => {
  const t = saying(ctx);
  return (
    <>
      <h2>{t(text.what)}</h2>
      <Select
        name="course"
        label={t(text.course)}
        options={options(choices.courses)}
        value={given.course ?? ""}
        empty={t(text.noneOfThese)}
      />
      <details open={(given.lessons ?? []).length > 0}>
        <summary class="btn">{t(text.lessonsFold)}</summary>
        <p class="small soft">{t(text.lessonsHelp)}</p>
        {choices.courses.map((course) => (
          <fieldset>
            <legend>{course.title}</legend>
            {choices.lessons
              .filter((lesson) => lesson.course === course.id)
              .map((lesson) => (
                <Checkbox name="lessons" value={lesson.id} label={lesson.title} checked={given.lessons?.includes(lesson.id) ?? false} />
              ))}
          </fieldset>
        ))}
      </details>
      <Select name="exam" label={t(text.exam)} options={options(choices.exams)} value={given.exam ?? ""} empty={t(text.noneOfThese)} />
    </>
  );
};
const SubtreeField = ({ ctx, units: { few, chosen }, given }: { ctx: Context; units: Units; given: string | undefined }) => {
  const t = saying(ctx);
  return few === null ? (
    <Field name="unit" label={t(text.subtree)} value={chosen?.name ?? given ?? ""} help={t(text.subtreeHelp)} maxlength={60} />
  ) : (
    <Select
      name="unit"
      label={t(text.subtree)}
      value={chosen?.id ?? given ?? ""}
      options={few.map(({ id, name }) => ({ value: id, words: name }))}
      empty={t(text.anyUnit)}
    />
  );
};
const Who = ({ ctx, choices, given }: { ctx: Context; choices: Choices; given: Given }) => {
  const t = saying(ctx);
  const more =
    [given.unit, given.foundedFrom, given.foundedTo, given.tookFrom, given.tookTo].some((value) => value !== undefined) ||
    [given.statuses, given.natures, given.categories].some((list) => (list ?? []).length > 0);
  return (
    <>
      <h2>{t(text.who)}</h2>
      <Boxes ctx={ctx} name="kinds" label={t(text.kinds)} all={unitKinds} words={kindText} chosen={given.kinds} />
      <Boxes ctx={ctx} name="posts" label={t(text.posts)} all={posts} words={postText} chosen={given.posts} />
      <Checkbox name="roster" label={t(text.roster)} checked={given.roster ?? false} />
      <Checkbox name="each" label={t(text.each)} checked={given.each ?? false} />
      <details open={more}>
        <summary class="btn">{t(text.whoFold)}</summary>
        <div class="stack">
          <SubtreeField ctx={ctx} units={choices.units} given={given.unit} />
          <Boxes ctx={ctx} name="statuses" label={t(text.statuses)} all={unitStatuses} words={statusText} chosen={given.statuses} />
          <Field name="foundedFrom" type="date" label={t(text.foundedFrom)} value={given.foundedFrom ?? ""} />
          <Field name="foundedTo" type="date" label={t(text.foundedTo)} value={given.foundedTo ?? ""} />
          <Boxes ctx={ctx} name="natures" label={t(text.natures)} all={natures} words={natureText} chosen={given.natures} />
          <Boxes ctx={ctx} name="categories" label={t(text.categories)} all={categories} words={categoryText} chosen={given.categories} />
          <Field name="tookFrom" type="date" label={t(text.tookFrom)} value={given.tookFrom ?? ""} />
          <Field name="tookTo" type="date" label={t(text.tookTo)} value={given.tookTo ?? ""} />
        </div>
      </details>
    </>
  );
};
const When = ({ ctx, given }: { ctx: Context; given: Given }) => {
  const t = saying(ctx);
  const period = given.period ?? "calendar";
  const year = given.year ?? yearOf(period, ctx.today);
  const [last, month] = [periodOf(period, year).to, addDays(ctx.today, 30)];
  const dueBy = given.dueBy ?? "day";
  return (
    <>
      <h2>{t(text.when)}</h2>
      <Field name="from" type="date" label={t(text.from)} value={given.from ?? ctx.today} required />
      <fieldset>
        <legend>{t(text.due)}</legend>
        <Checkbox type="radio" name="dueBy" value="day" label={t(text.dueByDay)} checked={dueBy === "day"} required />
        <Checkbox type="radio" name="dueBy" value="joining" label={t(text.dueByJoining)} checked={dueBy === "joining"} required />
      </fieldset>
      <Field name="due" type="date" label={t(text.due)} value={given.due ?? (month < last ? month : last)} />
      <Field name="days" type="number" label={t(text.days)} help={t(text.daysHelp)} value={given.days ?? ""} min={1} max={366} />
      <fieldset>
        <legend>{t(text.period)}</legend>
        {(["calendar", "school"] as const).map((one) => (
          <Checkbox type="radio" name="period" value={one} label={t(text[one])} checked={period === one} required />
        ))}
      </fieldset>
      <Field name="year" type="number" label={t(text.year)} value={year} min={2000} max={2100} required />
      <Checkbox name="repeats" label={t(text.repeats)} checked={given.repeats ?? false} />
      <p class="small soft">{t(text.repeatsExam)}</p>
    </>
  );
};
export const RuleForm = ({
  ctx,
  id,
  isNew,
  given,
  choices,
  problem,
}: {
  ctx: Context;
  id: RequirementId;
  isNew: boolean;
  given: Given;
  choices: Choices;
  problem: string | null;
}) => {
  const t = saying(ctx);
  return (
    <div class="reading">
      <h1>{t(isNew ? text.create : text.change)}</h1>
      {problem !== null && <FormError>{problem}</FormError>}
      <form method="post" action={isNew ? "/admin/requirements" : `/admin/requirements/${id}/change`} class="stack">
        {isNew && <Hidden name="id" value={id} />}
        <Field name="name" label={t(text.name)} value={given.name ?? ""} required maxlength={100} />
        <What ctx={ctx} choices={choices} given={given} />
        <Who ctx={ctx} choices={choices} given={given} />
        <When ctx={ctx} given={given} />
        <button class="btn go">{t(text.preview)}</button>
      </form>
    </div>
  );
};
