/** A result: the score, all tries, the next one, and the paper as far as it may be seen. */
import { raw } from "hono/html";
import { momentWords, points, saying, type Context } from "#kernel";
import { questionTypes } from "#plugins/bank";
import { Notice, Sheet, Table, Tag } from "#ui";
import type { AttemptId } from "./input.ts";
import { totalOf, type Shows } from "./rules.ts";
import type { ReviewedItem, SeenResult } from "./service/result.ts";
import { text } from "./text.ts";
import { roomText } from "./text-room.ts";
import { Again, Begin, Verdict } from "./views.tsx";

const moment = (ctx: Context, at: number) => momentWords(at, ctx.zone, ctx.language);

export const ResultView = ({
  ctx,
  seen,
  explanations,
  again,
}: {
  ctx: Context;
  seen: SeenResult;
  explanations: readonly string[];
  again: AttemptId;
}) => {
  const t = saying(ctx);
  const { attempt, sitting, attempts } = seen;
  const total = totalOf(sitting.blueprint);
  const running = attempts.find((a) => a.state === "running");
  const certificate = attempt.certificate ?? seen.counts?.certificate ?? null;
  const best = seen.counts;
  const isFull = best !== undefined && (best.excellent === true || best.score === total.points);
  const passed = best?.passed === true;
  const facts = <p class="small soft">{t(text.triesLeft, { left: Math.max(0, sitting.tries - attempts.length), tries: sitting.tries })}</p>;
  const begin = <Begin ctx={ctx} one={{ sitting, attempts, running, barrier: seen.barrier, deadline: seen.deadline }} id={again} />;
  // Whoever has passed may try again, but need not: what was answered comes first, and with full marks it is folded.
  const more = !seen.waits && sitting.may && (running !== undefined || seen.barrier === null) && (
    <Sheet>
      {isFull && !running ? (
        <Again ctx={ctx}>
          {facts}
          {begin}
        </Again>
      ) : (
        <>
          <h2>{t(running ? text.runningTag : text.again)}</h2>
          {facts}
          {begin}
        </>
      )}
    </Sheet>
  );
  return (
    <>
      <h1>{seen.title}</h1>
      <Sheet next id="watch">
        {seen.waits ? (
          <div data-refresh="3">
            <Notice tone="due">{t(text.resultWaits)}</Notice>
            <p>
              <a class="btn" href={`/exams/${seen.exam}/result?attempt=${attempt.id}`}>
                {t(text.seeResult)}
              </a>
            </p>
          </div>
        ) : (
          <>
            <p class="line">
              <Verdict ctx={ctx} attempt={attempt} />
              <span class="soft">{t(text.tryN, { n: attempt.n })}</span>
            </p>
            <p class="score">
              <span class="keep">{t(text.pointsN, { points: points(attempt.score ?? 0) })}</span>{" "}
              <span class="keep small soft">{t(text.outOf, { total: points(total.points) })}</span>
            </p>
            <p>{t(attempt.excellent ? text.resultExcellent : attempt.passed ? text.resultPassed : text.resultFailed)}</p>
            <dl class="facts">
              <dt>{t(text.submittedAt)}</dt>
              <dd>
                {moment(ctx, attempt.submittedAt ?? attempt.startedAt)}
                {attempt.ended === "deadline" && ` · ${t(text.endedDeadline)}`}
                {attempt.ended === "officer" && ` · ${t(text.endedOfficer)}`}
              </dd>
              {attempt.certificate !== null && (
                <>
                  <dt>{t(text.certificate)}</dt>
                  <dd class="num">{attempt.certificate}</dd>
                </>
              )}
            </dl>
            {certificate !== null && (
              <p>
                <a class={running ? "btn" : "btn go"} href={`/certificates/${certificate}`}>
                  {t(text.seeCertificate)}
                </a>
              </p>
            )}
          </>
        )}
      </Sheet>
      {attempts.length > 1 && (
        <Sheet>
          <h2>{t(text.attempts)}</h2>
          <p class="small soft">{t(sitting.counts === "best" ? text.countsBest : text.countsLast)}</p>
          <Table caption={t(text.attempts)} head={[t(text.tries), t(text.submittedAt), { r: t(text.score) }, t(text.state)]}>
            {attempts.map((a) => (
              <tr>
                <td>
                  <a href={`/exams/${seen.exam}/result?attempt=${a.id}`}>{t(text.tryN, { n: a.n })}</a>
                </td>
                <td>{a.submittedAt === null ? "" : moment(ctx, a.submittedAt)}</td>
                <td class="r">{a.score === null ? "" : points(a.score)}</td>
                <td>{a.state === "running" ? <Tag tone="due">{t(text.runningTag)}</Tag> : <Verdict ctx={ctx} attempt={a} />}</td>
              </tr>
            ))}
          </Table>
        </Sheet>
      )}
      {!passed && more}
      {!seen.waits && <Review ctx={ctx} seen={seen} explanations={explanations} />}
      {passed && more}
    </>
  );
};
const Review = ({ ctx, seen, explanations }: { ctx: Context; seen: SeenResult; explanations: readonly string[] }) => {
  const t = saying(ctx);
  return (
    <Sheet>
      <h2>{t(text.review)}</h2>
      {seen.shows === "nothing" ? (
        <p>
          {seen.sitting.review.when === "never" ? t(text.reviewNever) : t(text.reviewLater, { closes: moment(ctx, seen.sitting.closesAt) })}
        </p>
      ) : seen.review === null ? (
        <p>{t(text.reviewGone)}</p>
      ) : (
        <>
          {seen.shows === "marks" && <p class="small soft">{t(text.reviewMarks, { closes: moment(ctx, seen.sitting.closesAt) })}</p>}
          {seen.shows === "answers" && <p class="small soft">{t(text.reviewNoKey)}</p>}
          {seen.sitting.shuffle && <p class="small soft">{t(text.reviewOrder)}</p>}
          {seen.review.map((item, n) => (
            <ReviewItem ctx={ctx} item={item} shows={seen.shows} explanation={explanations[n]} />
          ))}
        </>
      )}
    </Sheet>
  );
};
/** One item as it was answered; options in the bank's order, which the explanation speaks of. */
const ReviewItem = ({
  ctx,
  item,
  shows,
  explanation,
}: {
  ctx: Context;
  item: ReviewedItem;
  shows: Shows;
  explanation: string | undefined;
}) => {
  const t = saying(ctx);
  const type = questionTypes[item.type];
  const chosen = type.chosen(item.value);
  const keyed = shows === "all";
  const right = keyed ? type.chosen(item.key) : [];
  const options =
    item.type === "truefalse"
      ? [
          { key: "true", letter: "", text: t(roomText.right) },
          { key: "false", letter: "", text: t(roomText.wrong) },
        ]
      : item.options.toSorted((a, b) => (a.letter < b.letter ? -1 : 1));
  return (
    <article class="reviewed">
      <h3>
        {t(text.itemN, { n: item.n })}{" "}
        <span class="small soft">
          {t(type.words)} · {t(text.pointsN, { points: points(item.points) })}
        </span>{" "}
        {chosen.length === 0 ? (
          <Tag>{t(text.notAnswered)}</Tag>
        ) : (
          shows !== "answers" &&
          (type.grade(item.key, item.value) > 0 ? <Tag tone="done">{t(text.right)}</Tag> : <Tag tone="late">{t(text.wrong)}</Tag>)
        )}
      </h3>
      <p>{item.stem}</p>
      <ul>
        {options.map((option) => (
          <li class={`${chosen.includes(option.key) ? "chosen" : ""} ${right.includes(option.key) ? "key" : ""}`}>
            {option.letter !== "" && <b>{option.letter}</b>}
            <span>{option.text}</span>
            {chosen.includes(option.key) && <Tag>{t(text.yourAnswer)}</Tag>}
            {right.includes(option.key) && <Tag tone="done">{t(text.rightOption)}</Tag>}
          </li>
        ))}
      </ul>
      {explanation !== undefined && <div class="reading">{raw(explanation)}</div>}
    </article>
  );
};
