/** What officers and proctors see of a running sitting; accommodations are not among it. */
import { clock, momentWords, points, saying, type Context, type Words } from "#kernel";
import { Empty, Field, Hidden, Pager, Sheet, Table, Tag } from "#ui";
import type { Incident } from "./room-store.ts";
import type { Attempt } from "./store-attempts.ts";
import type { Exam } from "./store.ts";
import type { Watch, WatchedRow, WatchState } from "./service/watch.ts";
import { text } from "./text.ts";

const StateOf = ({ ctx, row }: { ctx: Context; row: WatchedRow }) => {
  const t = saying(ctx);
  if (row.state === null) return <Tag>{t(text.stateAbsent)}</Tag>;
  if (row.state === "graded") return <Tag tone="done">{t(text.stateGraded)}</Tag>;
  return row.live?.silent === true ? <Tag tone="late">{t(text.stateSilent)}</Tag> : <Tag tone="due">{t(text.stateSaving)}</Tag>;
};

export const Monitor = ({ ctx, watch, state }: { ctx: Context; watch: Watch; state: WatchState | undefined }) => {
  const t = saying(ctx);
  const { exam, sitting, sittings, totals } = watch;
  const here = (more: Record<string, string>) =>
    `/admin/exams/${exam.id}/monitor?${new URLSearchParams({ sitting: sitting.id, ...more }).toString()}`;
  const tabs: { state: WatchState | undefined; words: Words; count: number }[] = [
    { state: undefined, words: text.stateAll, count: totals.due },
    { state: "running", words: text.stateRunning, count: totals.running },
    { state: "silent", words: text.stateSilent, count: totals.silent },
    { state: "graded", words: text.stateGraded, count: totals.graded },
    { state: "absent", words: text.stateAbsent, count: totals.absent },
  ];
  return (
    <>
      <h1>{t(text.monitorOf, { title: exam.title })}</h1>
      {sittings.length > 1 && (
        <nav class="line" aria-label={t(text.sittings)}>
          {sittings.map((s) => (
            <a
              class="btn"
              href={`/admin/exams/${exam.id}/monitor?sitting=${s.id}`}
              {...(s.id === sitting.id ? { "aria-current": "page" } : {})}
            >
              {s.title === "" ? t(text.sittingDefault) : s.title}
            </a>
          ))}
        </nav>
      )}
      <p class="soft">
        {t(text.window1, {
          opens: momentWords(sitting.opensAt, ctx.zone, ctx.language),
          closes: momentWords(sitting.closesAt, ctx.zone, ctx.language),
        })}
      </p>
      {watch.prints && totals.graded > 0 && (
        <p>
          <a class="btn" href={`/admin/certificates/print?group=${sitting.id}`}>
            {t(text.printCertificates)}
          </a>
        </p>
      )}
      <label class="check small">
        <input type="checkbox" id="watch-stop" />
        <span>{t(text.stopRefresh)}</span>
      </label>
      <div id="watch" data-refresh="30" class="stack">
        <p class="small soft">
          {t(text.asOf, { at: clock(ctx.now, ctx.zone) })} {t(text.dueAsOf)}
        </p>
        <dl class="fig-row">
          {[
            [text.due, totals.due],
            [text.started, totals.started],
            [text.stateSaving, totals.saving],
            [text.stateSilent, totals.silent],
            [text.stateGraded, totals.graded],
            [text.stateAbsent, totals.absent],
          ].map(([words, n]) => (
            <div>
              <dt class="small soft">{t(words as Words)}</dt>
              <dd>
                <b>{n as number}</b>
              </dd>
            </div>
          ))}
        </dl>
        <nav class="line" aria-label={t(text.state)}>
          {tabs.map((tab) => (
            <a
              class="btn"
              href={here(tab.state === undefined ? {} : { state: tab.state })}
              {...(tab.state === state ? { "aria-current": "page" } : {})}
            >
              {t(tab.words)} <span class="num">{tab.count}</span>
            </a>
          ))}
        </nav>
        {watch.rows.length === 0 ? (
          <Empty>
            <p>{t(text.nobody)}</p>
          </Empty>
        ) : (
          <Table
            caption={t(text.monitor)}
            head={[
              t(text.person),
              t(text.unit),
              t(text.state),
              { r: t(text.answered) },
              t(text.lastSeen),
              t(text.until),
              { r: t(text.score) },
              t(text.actions),
            ]}
          >
            {watch.rows.map((row) => (
              <tr>
                <td>
                  {row.name} <span class="small soft num">{row.login}</span>
                </td>
                <td>{row.unitName}</td>
                <td>
                  <StateOf ctx={ctx} row={row} />
                </td>
                <td class="r">{row.live ? `${row.live.answered}/${row.live.items}` : ""}</td>
                <td class="num">
                  {row.live
                    ? clock(row.live.lastSeen, ctx.zone)
                    : row.submittedAt === null
                      ? ""
                      : momentWords(row.submittedAt, ctx.zone, ctx.language)}
                </td>
                <td class="num">{row.live ? clock(row.live.deadline, ctx.zone) : ""}</td>
                <td class="r">{row.score === null ? "" : points(row.score)}</td>
                <td>
                  {row.attempt !== null && (
                    <a href={`/admin/exams/${exam.id}/monitor/${row.attempt}`} aria-label={`${t(text.actions)}：${row.name}`}>
                      {t(text.actions)}
                    </a>
                  )}
                </td>
              </tr>
            ))}
          </Table>
        )}
        <Pager ctx={ctx} next={watch.next} />
      </div>
    </>
  );
};

const incidentWords = {
  takeover: text["incident-takeover"],
  extended: text["incident-extended"],
  ended: text["incident-ended"],
  break: text["incident-break"],
  back: text["incident-back"],
} as const;
export const AttemptSheet = ({
  ctx,
  exam,
  attempt,
  incidents,
  pledged,
  live,
  ids: [extendId, endId],
}: {
  ctx: Context;
  exam: Exam;
  attempt: Attempt & { name: string };
  incidents: readonly Incident[];
  pledged: number;
  live: WatchedRow["live"];
  ids: readonly [string, string];
}) => {
  const t = saying(ctx);
  const action = (what: string) => `/admin/exams/${exam.id}/monitor/${attempt.id}/${what}`;
  return (
    <>
      <p>
        <a href={`/admin/exams/${exam.id}/monitor?sitting=${attempt.sitting}`}>{exam.title}</a>
      </p>
      <h1>{attempt.name}</h1>
      <Sheet>
        <dl class="facts">
          <dt>{t(text.state)}</dt>
          <dd>
            {attempt.state === "graded" ? (
              <Tag tone="done">{t(text.stateGraded)}</Tag>
            ) : (
              <Tag tone={live?.silent === true ? "late" : "due"}>{t(live?.silent === true ? text.stateSilent : text.stateRunning)}</Tag>
            )}
          </dd>
          <dt>{t(text.tries)}</dt>
          <dd>{t(text.tryN, { n: attempt.n })}</dd>
          <dt>{t(text.started)}</dt>
          <dd>{momentWords(attempt.startedAt, ctx.zone, ctx.language)}</dd>
          {pledged > 0 && (
            <>
              <dt>{t(text.pledge)}</dt>
              <dd>{t(text.pledgeGiven, { version: pledged })}</dd>
            </>
          )}
          {live && (
            <>
              <dt>{t(text.until)}</dt>
              <dd>{momentWords(live.deadline, ctx.zone, ctx.language)}</dd>
              <dt>{t(text.answered)}</dt>
              <dd>
                {live.answered}/{live.items}
              </dd>
              <dt>{t(text.lastSeen)}</dt>
              <dd>{clock(live.lastSeen, ctx.zone)}</dd>
            </>
          )}
          {attempt.submittedAt !== null && (
            <>
              <dt>{t(text.submittedAt)}</dt>
              <dd>
                {momentWords(attempt.submittedAt, ctx.zone, ctx.language)}
                {attempt.ended === "deadline" && ` · ${t(text.endedDeadline)}`}
                {attempt.ended === "officer" && ` · ${t(text.endedOfficer)}`}
              </dd>
              <dt>{t(text.score)}</dt>
              <dd>{points(attempt.score ?? 0)}</dd>
            </>
          )}
        </dl>
      </Sheet>
      {incidents.length > 0 && (
        <Sheet>
          <h2>{t(text.incidents)}</h2>
          <ul class="rows">
            {incidents.map((i) => (
              <li>
                <span>{t(incidentWords[i.kind], { minutes: i.minutes ?? 0, note: i.note ?? "" })}</span>
                <span class="num small">{clock(i.at, ctx.zone)}</span>
              </li>
            ))}
          </ul>
        </Sheet>
      )}
      {live && (
        <>
          <Sheet>
            <h2>{t(text.extend)}</h2>
            <form method="post" action={action("extend")} class="stack">
              <Hidden name="id" value={extendId} />
              <Field name="minutes" type="number" label={t(text.extendMinutes)} value={5} min={1} max={240} required />
              <Field name="reason" label={t(text.reason)} required maxlength={500} />
              <button class="btn go">{t(text.extend)}</button>
            </form>
          </Sheet>
          <Sheet>
            <h2>{t(text.end)}</h2>
            <p class="small soft">{t(text.endHelp)}</p>
            <form method="post" action={action("end")} class="stack">
              <Hidden name="id" value={endId} />
              <div class="field">
                <label for="f-end-reason">{t(text.reason)}</label>
                <input id="f-end-reason" name="reason" required maxlength={500} />
              </div>
              <button class="btn">{t(text.end)}</button>
            </form>
          </Sheet>
        </>
      )}
    </>
  );
};
