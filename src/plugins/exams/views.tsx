/** What candidates see. */
import type { PropsWithChildren } from "hono/jsx";
import { momentWords, points, say, saying, type Context } from "#kernel";
import { Empty, Hidden, Notice, Sheet, Tag } from "#ui";
import type { AttemptId, ExamId, SittingId } from "./input.ts";
import { pledge, totalOf } from "./rules.ts";
import type { RunningNow } from "./service/left.ts";
import type { MySitting, SeenExam } from "./service/sit.ts";
import type { Attempt } from "./store-attempts.ts";
import { roomText } from "./text-room.ts";
import type { OutsideResult } from "./store-outside.ts";
import { text } from "./text.ts";
import { OutsideIntro, OutsideResults } from "./views-outside.tsx";

const moment = (ctx: Context, at: number) => momentWords(at, ctx.zone, ctx.language);
const roomPath = (exam: string, sitting: string, attempt: string) => `/exams/${exam}/room?sitting=${sitting}&attempt=${attempt}`;

export const Verdict = ({ ctx, attempt }: { ctx: Context; attempt: Pick<Attempt, "passed" | "excellent"> }) => {
  const t = saying(ctx);
  return attempt.excellent ? (
    <Tag tone="done">{t(text.excellentTag)}</Tag>
  ) : attempt.passed ? (
    <Tag tone="done">{t(text.passedTag)}</Tag>
  ) : (
    <Tag tone="late">{t(text.failedTag)}</Tag>
  );
};
/** How a sitting stands to oneself: what was passed is done, whether or not it is still open to others. */
const StateTag = ({ ctx, mine }: { ctx: Context; mine: MySitting }) => {
  const t = saying(ctx);
  if (mine.state !== "running" && mine.counts?.passed === true) return <Tag tone="done">{t(text.passedAll)}</Tag>;
  switch (mine.state) {
    case "running":
      return <Tag tone="due">{t(text.runningTag)}</Tag>;
    case "open":
      return <Tag tone="due">{t(text.open)}</Tag>;
    case "upcoming":
      return <Tag>{t(text.upcoming)}</Tag>;
    case "closed":
      return <Tag>{t(text.ended)}</Tag>;
  }
};
const ExamRows = ({ ctx, mine }: { ctx: Context; mine: readonly MySitting[] }) => {
  const t = saying(ctx);
  return (
    <ul class="rows">
      {mine.map((one) => (
        <li>
          <span>
            <a href={`/exams/${one.sitting.exam}`}>
              <b>{one.sitting.examTitle}</b>
            </a>
            {one.sitting.title !== "" && <span class="soft"> {one.sitting.title}</span>}
            <br />
            <span class="small soft">
              {t(text.window1, { opens: moment(ctx, one.sitting.opensAt), closes: moment(ctx, one.sitting.closesAt) })}
            </span>
          </span>
          <span class="line">
            <StateTag ctx={ctx} mine={one} />
            {one.counts && (one.counts.excellent === true || one.counts.passed !== true) && <Verdict ctx={ctx} attempt={one.counts} />}
            {one.counts?.score != null && <span class="num keep">{t(text.pointsN, { points: points(one.counts.score) })}</span>}
            {one.counts?.certificate != null && <a href={`/certificates/${one.counts.certificate}`}>{t(text.seeCertificate)}</a>}
          </span>
        </li>
      ))}
    </ul>
  );
};
export const ExamList = ({ ctx, mine, outside }: { ctx: Context; mine: readonly MySitting[]; outside: readonly OutsideResult[] }) => (
  <>
    <h1>{say(ctx.language, text.title)}</h1>
    {mine.length === 0 ? (
      <Empty>
        <h2>{say(ctx.language, text.mineNone)}</h2>
        <p>{say(ctx.language, text.mineNoneHelp)}</p>
        <a class="btn go" href="/courses">
          {say(ctx.language, text.mineNoneGo)}
        </a>
      </Empty>
    ) : (
      <Sheet>
        <ExamRows ctx={ctx} mine={mine} />
      </Sheet>
    )}
    <OutsideResults ctx={ctx} rows={outside} titled />
  </>
);

/** What it is in three lines, so that the button stands on a phone's first screen. */
const SittingFacts = ({ ctx, one }: { ctx: Context; one: SeenExam["sittings"][number] }) => {
  const t = saying(ctx);
  const { sitting } = one;
  const total = totalOf(sitting.blueprint);
  const own = Math.round((sitting.minutes * sitting.percent) / 100);
  const words = [
    sitting.percent > 100 ? `${t(text.yourDuration)} ${t(text.minutesN, { minutes: own })}` : t(text.minutesN, { minutes: own }),
    t(text.questionsN, { count: total.count, points: points(total.points) }),
    t(text.passLine, { points: points(sitting.pass) }),
    ...(sitting.excellent === null ? [] : [t(text.excellentLine, { points: points(sitting.excellent) })]),
    t(text.triesLeft, { left: Math.max(0, sitting.tries - one.attempts.length), tries: sitting.tries }),
    ...(sitting.tries > 1 ? [t(sitting.counts === "best" ? text.countsBest : text.countsLast)] : []),
    ...(sitting.breakMinutes > 0 ? [t(text.breaksN, { minutes: sitting.breakMinutes })] : []),
  ];
  return (
    <>
      <p class="small soft">{t(text.window1, { opens: moment(ctx, sitting.opensAt), closes: moment(ctx, sitting.closesAt) })}</p>
      <p>{words.join(" · ")}</p>
      {one.after.length > 0 && (
        <>
          <h3>{t(text.after)}</h3>
          <ul class="plain">
            {one.after.map((course) => (
              <li>
                <a href={`/courses/${course.course}`}>《{course.title}》</a>{" "}
                <Tag tone={course.done ? "done" : "due"}>{t(course.done ? text.afterDone : text.afterOpen)}</Tag>
              </li>
            ))}
          </ul>
        </>
      )}
    </>
  );
};
/** Back into the room, and how long it is still open. `deadline` null: nobody knows just now. */
const GoOn = ({ ctx, at, deadline }: { ctx: Context; at: { exam: string; sitting: string; id: string }; deadline: number | null }) => {
  const t = saying(ctx);
  const left = deadline === null ? null : deadline - ctx.now;
  return (
    <p class="line">
      <a class="btn go" href={roomPath(at.exam, at.sitting, at.id)}>
        {t(text.goOn)}
      </a>
      {left !== null && (
        <b class="keep num">
          {left <= 0 ? t(text.handingIn) : left < 60_000 ? t(text.lastMinute) : t(text.timeLeft, { minutes: Math.floor(left / 60_000) })}
        </b>
      )}
    </p>
  );
};
/** What runs, before all else that is due. */
export const MyRunning = ({ ctx, rows }: { ctx: Context; rows: readonly RunningNow[] }) => (
  <>
    {rows.map((one) => (
      <Sheet next>
        <p>
          <Tag tone="due">{say(ctx.language, text.runningTag)}</Tag>
        </p>
        <h2>{one.title}</h2>
        <GoOn ctx={ctx} at={one} deadline={one.deadline} />
      </Sheet>
    ))}
  </>
);
/**
 * The pledge and the button; what stands in the way in its place. The button waits for its island: where none runs there is
 * no room either, and no try must be lost on finding that out.
 */
export const Begin = ({
  ctx,
  one,
  id,
}: {
  ctx: Context;
  one: Pick<SeenExam["sittings"][number], "sitting" | "attempts" | "running" | "barrier" | "deadline">;
  id: AttemptId;
}) => {
  const t = saying(ctx);
  const { sitting, attempts, running, barrier } = one;
  if (running) return <GoOn ctx={ctx} at={running} deadline={one.deadline} />;
  if (!sitting.may) return null;
  if (barrier !== null) return <Notice tone="due">{t(barrier.words, barrier.facts)}</Notice>;
  return (
    <form method="post" action={`/exams/${sitting.exam}/room`} class="stack">
      <Hidden name="id" value={id} />
      <Hidden name="sitting" value={sitting.id} />
      {sitting.pledge && (
        <fieldset>
          <legend>{t(text.pledge)}</legend>
          <p>{t(pledge)}</p>
          <label class="check">
            <input type="checkbox" name="pledge" value="1" required />
            <span>{t(text.pledgeCheck)}</span>
          </label>
        </fieldset>
      )}
      <noscript>
        <Notice tone="late">{t(text.roomNeedsScript)}</Notice>
      </noscript>
      <p>
        <button class={isPassed(attempts) ? "btn" : "btn go"} disabled data-begin>
          {t(attempts.length > 0 ? text.again : text.begin)}
        </button>
      </p>
    </form>
  );
};
const isPassed = (attempts: readonly Attempt[]) => attempts.some((a) => a.passed === true);
/** A further try for whoever has passed: there, but nothing that is due. */
export const Again = ({ ctx, children }: PropsWithChildren<{ ctx: Context }>) => (
  <details class="no-print">
    <summary class="btn">{say(ctx.language, text.again)}</summary>
    <div class="stack">{children}</div>
  </details>
);
export const ExamIntro = ({ ctx, seen, freshId }: { ctx: Context; seen: SeenExam; freshId: () => AttemptId }) => {
  const t = saying(ctx);
  return (
    <>
      <h1>{seen.title}</h1>
      {seen.notice !== "" && <p class="reading">{seen.notice}</p>}
      <OutsideResults ctx={ctx} rows={seen.results} titled={false} />
      {seen.outside !== null && <OutsideIntro ctx={ctx} outside={seen.outside} />}
      {seen.sittings.map((one) => (
        <Sheet next={one.state === "running" || (one.state === "open" && one.counts?.passed !== true)}>
          <div class="spread">
            <h2>{one.sitting.title === "" ? t(text.sittingDefault) : one.sitting.title}</h2>
            <StateTag ctx={ctx} mine={one} />
          </div>
          <SittingFacts ctx={ctx} one={one} />
          {one.counts && (
            <p class="line">
              {t(one.sitting.counts === "best" ? text.best : text.last)}
              <b class="num">{t(text.pointsN, { points: points(one.counts.score ?? 0) })}</b>
              <Verdict ctx={ctx} attempt={one.counts} />
              <a href={`/exams/${seen.exam}/result?attempt=${one.counts.id}`}>{t(text.seeResult)}</a>
              {one.counts.certificate !== null && (
                <a class={one.state === "running" ? "btn" : "btn go"} href={`/certificates/${one.counts.certificate}`}>
                  {t(text.seeCertificate)}
                </a>
              )}
            </p>
          )}
          {one.state === "open" && one.barrier === null && one.counts?.passed === true ? (
            one.sitting.may && (
              <Again ctx={ctx}>
                <p class="small">{t(text.rulesText)}</p>
                <Begin ctx={ctx} one={one} id={freshId()} />
              </Again>
            )
          ) : (
            <>
              {one.state === "open" && one.barrier === null && <p class="small">{t(text.rulesText)}</p>}
              {(one.state === "running" || one.counts?.passed !== true) && <Begin ctx={ctx} one={one} id={freshId()} />}
            </>
          )}
        </Sheet>
      ))}
    </>
  );
};

const roomWords = Object.keys(roomText) as (keyof typeof roomText)[];
/** The frame that the island fills: words and addresses. */
export const RoomFrame = ({ ctx, exam, attempt, sitting }: { ctx: Context; exam: ExamId; attempt: AttemptId; sitting: SittingId }) => {
  const t = saying(ctx);
  const here = roomPath(exam, sitting, attempt);
  const room = {
    exam,
    attempt,
    sitting,
    zone: ctx.zone,
    result: `/exams/${exam}/result`,
    back: `/exams/${exam}`,
    signIn: `/sign-in?then=${encodeURIComponent(here)}`,
    words: Object.fromEntries(roomWords.map((name) => [name, t(roomText[name])])),
  };
  return (
    <div id="exam-room" data-room={JSON.stringify(room)}>
      <main class="room-word">
        <h1>{t(roomText.roomTitle)}</h1>
        <p role="status">{t(text.roomLoading)}</p>
        <noscript>
          <p>{t(text.roomNeedsScript)}</p>
        </noscript>
        <p>
          <a href={`/exams/${exam}`}>{t(text.backToExam)}</a>
        </p>
      </main>
    </div>
  );
};

export const MyExams = ({ ctx, mine }: { ctx: Context; mine: readonly MySitting[] }) => (
  <Sheet>
    <h2>{say(ctx.language, text.title)}</h2>
    <ExamRows ctx={ctx} mine={mine} />
  </Sheet>
);
