/** A report on its way: its state, what is missing, the step that is next, its words and its annex. */
import { dayWords, momentWords, newId, saying, type Context, type Words } from "#kernel";
import { Bar, Checkbox, Field, Hidden, Notice, Print, Sheet, Tag, TextArea, type Tone } from "#ui";
import { reportId } from "./input-report.ts";
import { stateWords, type ReportState } from "./rules-report.ts";
import type { Later, Seen } from "./service/report-see.ts";
import type { listReports } from "./store-report.ts";
import { text } from "./text-report.ts";
import { Annex, Paper, type Ways } from "./views-paper.tsx";

const tones: Record<ReportState, Tone> = {
  draft: "due",
  review: "due",
  sign: "due",
  check: "due",
  freezing: "due",
  published: "done",
  withdrawn: "late",
};
export const StateTag = ({ ctx, state }: { ctx: Context; state: ReportState }) => (
  <Tag tone={tones[state]}>{saying(ctx)(stateWords[state])}</Tag>
);
/** Report documents, below the yearly figures. `mayDraft`: whether the reader may begin one. */
export const Documents = ({ ctx, list, mayDraft }: { ctx: Context; list: Awaited<ReturnType<typeof listReports>>; mayDraft: boolean }) => {
  const t = saying(ctx);
  return (
    <section class="stack">
      <h2>{t(text.documents)}</h2>
      {list.length === 0 ? (
        <p class="soft">{t(mayDraft ? text.documentsNone : text.wholeBodyOnly)}</p>
      ) : (
        <ul class="rows sheet">
          {list.map((row) => (
            <li>
              <span>
                <a href={`/admin/reports/${row.id}`}>{row.title}</a>
              </span>
              <StateTag ctx={ctx} state={row.state} />
            </li>
          ))}
        </ul>
      )}
      {mayDraft && (
        <p>
          <a class="btn go" href="/admin/reports/new">
            {t(text.newReport)}
          </a>
        </p>
      )}
    </section>
  );
};

type Asks = { ctx: Context; seen: Seen };
/** What every step's form holds: the version and numbers that were looked at, and the password. */
const StepForm = ({ ctx, seen, path, button, go, children }: Asks & { path: string; button: Words; go: boolean; children?: unknown }) => (
  <form method="post" action={`/admin/reports/${seen.report.id}/${path}`} class="stack">
    <Hidden name="version" value={String(seen.version.n)} />
    <Hidden name="seen" value={seen.seen} />
    {children}
    <Field
      name="password"
      at={`password-${path}`}
      type="password"
      label={saying(ctx)(text.password)}
      autocomplete="current-password"
      required
    />
    <button class={go ? "btn go" : "btn"}>{saying(ctx)(button)}</button>
  </form>
);
const ReasonForm = ({ ctx, seen, path, button, help }: Asks & { path: string; button: Words; help?: Words }) => {
  const t = saying(ctx);
  return (
    <details class="no-print">
      <summary class="btn">{t(button)}</summary>
      <StepForm ctx={ctx} seen={seen} path={path} button={button} go={false}>
        {help !== undefined && <p class="small soft">{t(help)}</p>}
        <TextArea name="reason" label={t(text.reason)} rows={2} required />
      </StepForm>
    </details>
  );
};
const CheckForm = ({ ctx, seen, again }: Asks & { again: boolean }) => {
  const t = saying(ctx);
  return (
    <StepForm ctx={ctx} seen={seen} path="check" button={again ? text.checkAgain : text.check} go>
      <p class="small soft">{t(text.checkHelp)}</p>
      <Checkbox name="secrets" label={t(text.checkSecrets)} required />
      <Checkbox name="personal" label={t(text.checkPersonal)} required />
      <TextArea name="word" label={t(text.checkWord)} rows={2} required />
    </StepForm>
  );
};
/** The step that is next. `problem`: why the reader may not take it. */
const Next = ({ ctx, seen, problem }: Asks & { problem: Words | null }) => {
  const t = saying(ctx);
  const { report, missing, unsigned } = seen;
  const onItsWay = ["review", "sign", "check"].includes(report.state);
  if (report.state === "draft")
    return (
      <Sheet next>
        <p class="line">
          <a class={missing.length > 0 ? "btn go" : "btn"} href={`/admin/reports/${report.id}/edit`}>
            {t(text.edit)}
          </a>
        </p>
        {missing.length === 0 && (
          <StepForm ctx={ctx} seen={seen} path="submit" button={text.submit} go>
            <p class="small soft">{t(text.submitHelp)}</p>
          </StepForm>
        )}
      </Sheet>
    );
  if (report.state === "freezing") {
    const { job } = seen;
    const failed = job?.state === "failed";
    return (
      <Sheet next>
        {failed ? (
          <>
            <Notice tone="late">{t(text.freezingFailed, { problem: t(text.freezeFailed) })}</Notice>
            {problem === null ? <CheckForm ctx={ctx} seen={seen} again /> : <p>{t(problem)}</p>}
            <ReasonForm ctx={ctx} seen={seen} path="return" button={text.sendBack} />
          </>
        ) : (
          <>
            <p role="status">{t(text.freezing, { done: job?.done ?? 0, total: job?.total ?? 0 })}</p>
            <Bar part={job?.done ?? 0} whole={job?.total ?? 0} label={t(text.freezing, { done: job?.done ?? 0, total: job?.total ?? 0 })} />
          </>
        )}
      </Sheet>
    );
  }
  if (!onItsWay) return null;
  const blocked = missing.length > 0 || unsigned.length > 0;
  return (
    <Sheet next>
      {report.problem !== null && <Notice tone="late">{t(text.freezingFailed, { problem: report.problem })}</Notice>}
      {unsigned.length > 0 && <Notice tone="late">{t(text.numbersUnsigned, { figures: unsigned.join("、") })}</Notice>}
      {problem !== null && <p>{t(problem)}</p>}
      {problem === null && !blocked && report.state === "review" && (
        <StepForm ctx={ctx} seen={seen} path="review" button={text.review} go />
      )}
      {problem === null && !blocked && report.state === "sign" && (
        <StepForm ctx={ctx} seen={seen} path="sign" button={text.sign} go>
          <p class="small soft">{t(text.signHelp)}</p>
        </StepForm>
      )}
      {problem === null && !blocked && report.state === "check" && <CheckForm ctx={ctx} seen={seen} again={false} />}
      <ReasonForm ctx={ctx} seen={seen} path="return" button={text.sendBack} />
    </Sheet>
  );
};
const laterWords = ({ more }: Later): Words => (more > 0 ? text.laterMore : more < 0 ? text.laterLess : text.laterWhole);
const Way = ({ ctx, seen }: Asks) => {
  const t = saying(ctx);
  return (
    <section class="stack no-print">
      <h2>{t(text.way)}</h2>
      {seen.steps.length === 0 ? (
        <p class="soft">{t(text.wayNone)}</p>
      ) : (
        <ol class="rows sheet">
          {seen.steps.map((step) => (
            <li>
              <span>
                {t(text[`step_${step.step}`])} · {t(text.versionN, { n: step.version })} · {step.name ?? t(text.bySystem)}
                {step.words !== null && step.step !== "publish" && (
                  <>
                    <br />
                    <span class="small soft">{step.words}</span>
                  </>
                )}
              </span>
              <span class="small soft num">{momentWords(step.at, ctx.zone, ctx.language)}</span>
            </li>
          ))}
        </ol>
      )}
    </section>
  );
};
/** Its words and its annex alone. */
export const PaperOnly = ({ ctx, seen }: Asks) => {
  const ways = waysOf(seen);
  return (
    <>
      <Paper ctx={ctx} document={seen.document} ways={ways} />
      <Annex ctx={ctx} document={seen.document} title={saying(ctx)(text.annex)} ways={ways} />
    </>
  );
};
const waysOf = ({ lines, missing }: Seen): Ways => ({
  figure: (n) => lines[n - 1] ?? null,
  missing: (mark) => missing.find((each) => each.mark === mark)?.path ?? null,
});
/** One report whole. `mayAct`: whether the reader is an officer, and not a reader alone. */
export const ReportPage = ({ ctx, seen, problem, mayAct }: Asks & { problem: Words | null; mayAct: boolean }) => {
  const t = saying(ctx);
  const { report, version, missing, later } = seen;
  return (
    <>
      <p class="line no-print">
        <StateTag ctx={ctx} state={report.state} />
        <span class="small soft">{t(text.versionN, { n: version.n })}</span>
        <a class="btn" href={`/admin/reports/${report.id}/versions`}>
          {t(text.versions)}
        </a>
        <a class="btn" href={`/admin/reports/${report.id}/docx`}>
          {t(text.docx)}
        </a>
        <Print ctx={ctx} />
        {report.state === "published" && (
          <a class="btn" href={`/disclosure/${report.year}`}>
            {t(text.seePublic)}
          </a>
        )}
      </p>
      {report.state === "withdrawn" && report.withdrawnAt !== null && (
        <Notice tone="late">
          {t(text.withdrawnWords, { at: momentWords(report.withdrawnAt, ctx.zone, ctx.language), reason: report.withdrawal ?? "" })}
        </Notice>
      )}
      {later.length > 0 && (
        <Notice tone="due">
          <p>{t(text.laterTitle)}</p>
          <ul>
            {later.map((each) => (
              <li>{t(laterWords(each), { title: each.title, n: Math.abs(each.more), now: each.now, was: each.was })}</li>
            ))}
          </ul>
        </Notice>
      )}
      {report.publishedAt === null && version.to >= ctx.today && (
        <div class="no-print">
          <Notice tone="due">{t(text.periodOpen, { day: dayWords(version.to, ctx.language) })}</Notice>
        </div>
      )}
      {mayAct && (
        <div class="no-print">
          <Next ctx={ctx} seen={seen} problem={problem} />
        </div>
      )}
      {missing.length > 0 && (
        <section class="notice late no-print missing-list">
          <p>{t(text.missingTitle, { n: missing.length })}</p>
          <ul>
            {missing.map(({ title, path }) => (
              <li>
                <a href={path}>{title}</a>
              </li>
            ))}
          </ul>
          <p class="small">{t(text.missingHelp)}</p>
        </section>
      )}
      <PaperOnly ctx={ctx} seen={seen} />
      <Way ctx={ctx} seen={seen} />
      {report.publishedAt !== null && (
        <p class="small soft">
          {t(text.publishedAt, { at: momentWords(report.publishedAt, ctx.zone, ctx.language) })} ·{" "}
          <span class="digest">{t(text.publishedDigest, { digest: report.digest ?? "" })}</span>
        </p>
      )}
      {mayAct && report.state === "draft" && seen.steps.length === 0 && (
        <details class="no-print">
          <summary class="btn">{t(text.drop)}</summary>
          <form method="post" action={`/admin/reports/${report.id}/drop`} class="stack">
            <p class="small soft">{t(text.dropHelp, { n: seen.versions.length })}</p>
            <TextArea name="reason" label={t(text.reason)} rows={2} required />
            <button class="btn">{t(text.drop)}</button>
          </form>
        </details>
      )}
      {mayAct && (report.state === "published" || report.state === "withdrawn") && (
        <div class="folds no-print">
          {report.state === "published" && (
            <ReasonForm ctx={ctx} seen={seen} path="withdraw" button={text.withdraw} help={text.withdrawHelp} />
          )}
          <form method="post" action={`/admin/reports/${report.id}/copy`}>
            <Hidden name="id" value={newId(reportId)} />
            <button class="btn">{t(text.copyReport)}</button>
          </form>
        </div>
      )}
    </>
  );
};
