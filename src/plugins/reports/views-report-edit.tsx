/** Beginning a report, editing its words, comparing its versions. */
import { momentWords, newId, saying, type Context, type Figure } from "#kernel";
import { Checkbox, Field, FormError, Hidden, Select, Sheet, Table } from "#ui";
import { reportId } from "./input-report.ts";
import type { BlockChange, Stretch } from "./rules-diff.ts";
import { enterableGroups } from "./rules-enterable.ts";
import { enteredPrefix } from "./rules-report.ts";
import { templateIds } from "./rules-template.ts";
import type { Block, ReportId } from "./schema.ts";
import type { Choice, Comparison } from "./service/report-draft.ts";
import type { Content, listVersions } from "./store-report.ts";
import { text } from "./text-report.ts";

type Choices = { study: readonly Choice[]; exam: readonly Choice[] };
const RequirementFields = ({
  ctx,
  choices,
  study,
  exam,
}: {
  ctx: Context;
  choices: Choices;
  study: string | null;
  exam: string | null;
}) => {
  const t = saying(ctx);
  const options = (list: readonly Choice[]) => list.map(({ id, name }) => ({ value: id, words: name }));
  return (
    <>
      <Select
        name="study"
        label={t(text.ofStudy)}
        value={study}
        options={options(choices.study)}
        empty={t(text.notChosen)}
        help={t(text.ofHelp)}
      />
      <Select
        name="exam"
        label={t(text.ofExam)}
        value={exam}
        options={options(choices.exam)}
        empty={t(text.notChosen)}
        help={t(text.ofHelp)}
      />
    </>
  );
};
export const NewReport = ({ ctx, year, choices }: { ctx: Context; year: number; choices: Choices }) => {
  const t = saying(ctx);
  const only = (list: readonly Choice[]) => (list.length === 1 ? (list[0]?.id ?? null) : null);
  return (
    <>
      <h1>{t(text.newReport)}</h1>
      <form class="filters" action="/admin/reports/new">
        <Field name="year" at="other-year" type="number" label={t(text.reportYear)} value={year} min={2000} max={2100} />
        <button class="btn">{t(text.showYear)}</button>
      </form>
      <form method="post" action="/admin/reports" class="stack sheet next">
        <Hidden name="id" value={newId(reportId)} />
        <Hidden name="year" value={String(year)} />
        <fieldset>
          <legend>{t(text.template)}</legend>
          {templateIds.map((id, at) => (
            <div>
              <Checkbox type="radio" name="template" value={id} label={t(text[`template_${id}`])} checked={at === 0} required />
              <p class="small soft">{t(text[`template_${id}What`])}</p>
            </div>
          ))}
        </fieldset>
        <RequirementFields ctx={ctx} choices={choices} study={only(choices.study)} exam={only(choices.exam)} />
        <button class="btn go">{t(text.create)}</button>
      </form>
    </>
  );
};

/** What stands in the form: the newest version, or what was typed and not saved. */
export type Editing = Omit<Content, "blocks"> & { report: ReportId; version: number; boxes: readonly Block[] };
export const EditReport = ({
  ctx,
  editing,
  choices,
  figures,
  problems,
}: {
  ctx: Context;
  editing: Editing;
  choices: Choices;
  /** Each token with what it stands for. */
  figures: readonly { token: string; title: string }[];
  /** Why it was not saved. */
  problems: readonly string[];
}) => {
  const t = saying(ctx);
  const path = `/admin/reports/${editing.report}`;
  return (
    <>
      <h1>{t(text.editTitle, { title: editing.title })}</h1>
      {problems.length > 0 && (
        <FormError>
          <p>{t(text.notSaved)}</p>
          <ul>
            {problems.map((words) => (
              <li>{words}</li>
            ))}
          </ul>
        </FormError>
      )}
      <p class="small soft">{t(text.editHelp, { token: "{{reports.exams-sat}}" })}</p>
      <details class="fold">
        <summary class="btn">{t(text.tokens)}</summary>
        <p class="small soft">{t(text.tokensHelp)}</p>
        <Table caption={t(text.tokens)} head={[t(text.annexFigure), t(text.token)]}>
          {figures.map(({ token, title }) => (
            <tr>
              <td>{title}</td>
              <td>
                <code>{token}</code>
              </td>
            </tr>
          ))}
        </Table>
      </details>
      <form method="post" action={`${path}/edit`} class="stack report-edit">
        <Hidden name="version" value={String(editing.version)} />
        <Sheet>
          <Field name="title" label={t(text.reportTitle)} value={editing.title} required maxlength={100} />
          <div class="two">
            <Field name="addressee" label={t(text.addressee)} value={editing.addressee} help={t(text.addresseeHelp)} maxlength={100} />
            <Field name="signer" label={t(text.signer)} value={editing.signer} required maxlength={60} />
          </div>
          <div class="two">
            <Field name="from" type="date" label={`${t(text.period)}：${t(text.from)}`} value={editing.from} required />
            <Field name="to" type="date" label={`${t(text.period)}：${t(text.to)}`} value={editing.to} required />
          </div>
          <RequirementFields ctx={ctx} choices={choices} study={editing.study} exam={editing.exam} />
        </Sheet>
        {[...editing.boxes, { kind: "p", text: "" } as const].map((block, at) => (
          <div class="box">
            <label class="visually-hidden" for={`kind-${at}`}>
              {t(text.blockKind, { n: at + 1 })}
            </label>
            <select id={`kind-${at}`} name={`kind.${at}`}>
              {(["h1", "h2", "h3", "p"] as const).map((kind) => (
                <option value={kind} selected={kind === block.kind}>
                  {t(text[`kind_${kind}`])}
                </option>
              ))}
            </select>
            <label class="small soft" for={`text-${at}`}>
              {at === editing.boxes.length ? t(text.addBlock) : t(text.blockText, { n: at + 1 })}
            </label>
            <textarea
              id={`text-${at}`}
              name={`text.${at}`}
              rows={Math.min(12, Math.max(1, Math.ceil(block.text.length / 36)))}
              maxlength={4000}
            >
              {block.text}
            </textarea>
          </div>
        ))}
        <p class="line">
          <button class="btn go">{t(text.save)}</button>
          <a class="btn" href={path}>
            {t(text.cancel)}
          </a>
        </p>
      </form>
    </>
  );
};
/** The tokens of all figures there are: those that are counted, and those that are entered. */
export const tokensOf = (ctx: Context, figures: readonly Figure[]): { token: string; title: string }[] => {
  const t = saying(ctx);
  return [
    ...figures.map((figure) => ({ token: `{{${figure.id}}}`, title: t(figure.words.title) })),
    ...enterableGroups.flatMap(({ things }) => things.map(({ key, title }) => ({ token: `{{${enteredPrefix}${key}}}`, title: t(title) }))),
  ];
};

const Stretches = ({ ctx, stretches }: { ctx: Context; stretches: readonly Stretch[] }) => {
  const t = saying(ctx);
  return (
    <>
      {stretches.map(({ is, text: words }) =>
        is === "same" ? (
          words
        ) : is === "del" ? (
          <del>
            <span class="visually-hidden">{t(text.deleted)} </span>
            {words}
          </del>
        ) : (
          <ins>
            <span class="visually-hidden">{t(text.inserted)} </span>
            {words}
          </ins>
        ),
      )}
    </>
  );
};
/** What changed, with one unchanged paragraph around; longer stretches are told by their number. */
const shorten = (blocks: readonly BlockChange[]): (BlockChange | number)[] => {
  const near = (at: number) => [at - 1, at, at + 1].some((n) => blocks[n] !== undefined && blocks[n].is !== "same");
  const shown: (BlockChange | number)[] = [];
  for (const [at, block] of blocks.entries()) {
    const last = shown.at(-1);
    if (near(at)) shown.push(block);
    else if (typeof last === "number") shown[shown.length - 1] = last + 1;
    else shown.push(1);
  }
  return shown;
};
type Versions = Awaited<ReturnType<typeof listVersions>>;
export const VersionsPage = ({
  ctx,
  report,
  title,
  versions,
  comparison,
}: {
  ctx: Context;
  report: ReportId;
  title: string;
  versions: Versions;
  comparison: Comparison;
}) => {
  const t = saying(ctx);
  const options = versions.map(({ n, name, at }) => ({
    value: String(n),
    words: t(text.versionLine, { n, name: name ?? t(text.erased), at: momentWords(at, ctx.zone, ctx.language) }),
  }));
  const same = comparison.blocks.every(({ is }) => is === "same") && comparison.others.length === 0;
  return (
    <>
      <h1>{title}</h1>
      <p>
        <a href={`/admin/reports/${report}`}>{t(text.backToReport)}</a>
      </p>
      <form class="filters" action={`/admin/reports/${report}/versions`}>
        <Select name="from" label={t(text.compareFrom)} value={String(comparison.before.n)} options={options} />
        <Select name="to" label={t(text.compareTo)} value={String(comparison.after.n)} options={options} />
        <button class="btn">{t(text.compare)}</button>
      </form>
      {same ? (
        <p class="soft">{t(text.sameVersions)}</p>
      ) : (
        <>
          <p class="small soft">{t(text.compareHelp)}</p>
          <article class="paper sheet compared" lang="zh-CN">
            {comparison.others.map(({ words, stretches }) => (
              <p class="small">
                {t(words)}：<Stretches ctx={ctx} stretches={stretches} />
              </p>
            ))}
            {shorten(comparison.blocks).map((block) =>
              typeof block === "number" ? (
                <p class="soft small">{t(text.unchangedBlocks, { n: block })}</p>
              ) : block.kind === "p" ? (
                <p>
                  <Stretches ctx={ctx} stretches={block.stretches} />
                </p>
              ) : (
                <p class="as-heading">
                  <Stretches ctx={ctx} stretches={block.stretches} />
                </p>
              ),
            )}
          </article>
        </>
      )}
    </>
  );
};
