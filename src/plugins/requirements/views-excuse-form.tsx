/** Asking for an exemption or deferral, or entering one; and the setting of who counts. */
import { dayWords, newId, saying, type Context } from "#kernel";
import { proofEndings } from "#plugins/people";
import { Checkbox, Field, FormError, Hidden, Notice, Select } from "#ui";
import { excuseId, type AskInput } from "./input-excuses.ts";
import { excuseKinds, kindWords, type Leaving } from "./rules-excuses.ts";
import type { Owed } from "./store-excuses.ts";
import { excuseText as text } from "./text-excuses.ts";

/** `enters`: an officer, whose entry holds at once. `given`: what was refused, to be mended. */
export const ExcuseForm = ({
  ctx,
  owed,
  enters,
  given,
  problem,
}: {
  ctx: Context;
  owed: readonly [Owed, ...Owed[]];
  enters: boolean;
  given: AskInput | null;
  problem: string | null;
}) => {
  const t = saying(ctx);
  const [first] = owed;
  const both = owed.some(({ asksStudy, asksExam }) => asksStudy > 0 && asksExam > 0);
  return (
    <>
      <h1>
        {t(enters ? text.enterTitle : text.askTitle)}：{first.personName}
      </h1>
      {problem !== null && <FormError>{problem}</FormError>}
      <form method="post" action={enters ? "/admin/excuses" : "/unit/excuses"} enctype="multipart/form-data" class="sheet stack">
        <Hidden name="id" value={given?.id ?? newId(excuseId)} />
        <Hidden name="person" value={first.person} />
        <Select
          name="assignment"
          label={t(text.which)}
          required
          value={given?.assignment ?? first.assignment}
          options={owed.map((one) => ({
            value: one.assignment,
            words: t(text.owedOption, { name: one.name, unit: one.unitName, day: dayWords(one.due, ctx.language) }),
          }))}
        />
        <fieldset>
          <legend>{t(text.what)}</legend>
          <Checkbox type="radio" name="what" value="exempt" label={t(text.exemptChoice)} checked={given?.what === "exempt"} required />
          <Checkbox type="radio" name="what" value="deferred" label={t(text.deferChoice)} checked={given?.what === "deferred"} required />
        </fieldset>
        {both && (
          <fieldset>
            <legend>{t(text.of)}</legend>
            <Checkbox type="radio" name="of" value="all" label={t(text.ofAll)} checked={given?.of !== "exam"} />
            <Checkbox type="radio" name="of" value="exam" label={t(text.ofExam)} checked={given?.of === "exam"} />
          </fieldset>
        )}
        <Select
          name="kind"
          label={t(text.kind)}
          required
          empty={t(text.choose)}
          value={given?.kind ?? null}
          options={excuseKinds.map((kind) => ({ value: kind, words: t(kindWords[kind]) }))}
        />
        <Field name="from" type="date" label={t(text.from)} value={given?.from ?? ctx.today} required />
        <Field name="until" type="date" label={t(text.to)} value={given?.until ?? ""} />
        <Field name="due" type="date" label={t(text.newDue)} help={t(text.newDueHelp)} value={given?.due ?? ""} />
        <Field name="note" label={t(text.note)} help={t(text.noteHelp)} value={given?.note ?? ""} maxlength={300} />
        <Field name="file" type="file" label={t(text.file)} help={t(text.fileHelp)} accept={proofEndings} />
        <button class="btn go">{t(enters ? text.enter : text.ask)}</button>
      </form>
    </>
  );
};
/** Whether excused people count, a year. */
export const LeavingPage = ({ ctx, year, leaving, saved }: { ctx: Context; year: number; leaving: Leaving; saved: boolean }) => {
  const t = saying(ctx);
  return (
    <>
      <h1>{t(text.settingsTitle)}</h1>
      <p>{t(text.settingsIntro)}</p>
      {saved && <Notice tone="done">{t(text.saved)}</Notice>}
      <form class="filters" action="/admin/excuses/settings">
        <Field name="year" type="number" label={t(text.year)} value={year} min={2000} max={2100} required />
        <button class="btn">{t(text.show)}</button>
      </form>
      <form method="post" action="/admin/excuses/settings" class="sheet stack">
        <Hidden name="year" value={String(year)} />
        <fieldset class="pairs">
          <legend>{t(text.leaveKinds)}</legend>
          {excuseKinds.map((kind) => (
            <Checkbox name="exempt" value={kind} label={t(kindWords[kind])} checked={leaving.exempt.includes(kind)} />
          ))}
        </fieldset>
        <Checkbox name="deferred" label={t(text.leaveDeferred)} checked={leaving.deferred} />
        <button class="btn go">{t(text.save)}</button>
      </form>
    </>
  );
};
