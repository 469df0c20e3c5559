/** Public verification: what does not match comes first and is the state; then the number's own; then whose it is. */
import { say, type Context, type Words } from "#kernel";
import { Field, FormError, Hidden, Notice, Sheet, Tag } from "#ui";
import type { Verified } from "./service.ts";
import { text } from "./text.ts";
import { stateWords, StateTag } from "./views.tsx";

type Found = Extract<Verified, { state: "found" }>;
const Facts = ({ ctx, answer, differs }: { ctx: Context; answer: Found["answer"]; differs: boolean }) => {
  const t = (words: Words, facts = {}) => say(ctx.language, words, facts);
  return (
    <dl class="facts">
      {differs && (
        <>
          <dt>{t(text.inRegister)}</dt>
          <dd>{t(stateWords[answer.status])}</dd>
        </>
      )}
      <dt>{t(text.type)}</dt>
      <dd lang="zh-CN">学法合格证书（{answer.type}）</dd>
      <dt>{t(text.year)}</dt>
      <dd>{answer.year}</dd>
      <dt>{t(text.issuer)}</dt>
      <dd>{answer.issuer}</dd>
      {answer.title !== undefined && (
        <>
          <dt>{t(text.whatFor)}</dt>
          <dd>{answer.title}</dd>
          <dt>{t(text.unit)}</dt>
          <dd>{answer.unit}</dd>
          {answer.grade != null && (
            <>
              <dt>{t(text.grade)}</dt>
              <dd>{t(text[answer.grade])}</dd>
            </>
          )}
          {answer.score != null && (
            <>
              <dt>{t(text.score)}</dt>
              <dd>{t(text.scorePoints, { score: answer.score })}</dd>
            </>
          )}
        </>
      )}
    </dl>
  );
};
const Result = ({ ctx, verified: { answer, successor } }: { ctx: Context; verified: Found }) => {
  const t = (words: Words, facts = {}) => say(ctx.language, words, facts);
  const differs = answer.code === "differs" || answer.name === "differs";
  return (
    <>
      {answer.code === "differs" && <FormError>{t(text.codeWrong)}</FormError>}
      {answer.name === "differs" && <FormError>{t(text.nameDiffers)}</FormError>}
      <Sheet>
        <div class="spread">
          <h2 class="num number">{answer.number}</h2>
          {differs ? <Tag tone="late">{t(text.differs)}</Tag> : <StateTag ctx={ctx} state={answer.status} />}
        </div>
        {!differs && answer.name === "matches" && <Notice tone="done">{t(text.nameMatches)}</Notice>}
        {!differs && answer.name === undefined && answer.code === "matches" && <p>{t(text.codeMatches)}</p>}
        <Facts ctx={ctx} answer={answer} differs={differs} />
        {successor !== null && <p class="number">{t(text.newer, { number: successor })}</p>}
        <p class="small soft">{t(text.compareHint)}</p>
      </Sheet>
    </>
  );
};
/** Of a number that is there: whose is it? Sent in the body, so that no name stays in an address. */
const AskName = ({ ctx, verified: { answer }, name, code }: { ctx: Context; verified: Found; name: string; code: string }) => {
  const t = (words: Words) => say(ctx.language, words);
  return (
    <>
      {answer.name !== "matches" && (
        <form class="stack" method="post" action="/verify">
          <h2>{t(answer.name === undefined ? text.verifyNameNext : text.verifyNameAgain)}</h2>
          <Hidden name="number" value={answer.number} />
          {code !== "" && <Hidden name="code" value={code} />}
          <Field
            name="name"
            label={t(text.verifyName)}
            value={name}
            help={t(text.verifyNameHelp)}
            required
            autocomplete="off"
            maxlength={50}
          />
          <button class="btn go">{t(text.verifyNameGo)}</button>
        </form>
      )}
      <p>
        <a href="/verify">{t(text.verifyAnother)}</a>
      </p>
    </>
  );
};
/** The form, and the answer where a number was given. */
export const Verify = ({
  ctx,
  number,
  name,
  code,
  verified,
  tooOften,
}: {
  ctx: Context;
  number: string;
  name: string;
  code: string;
  verified: Verified | null;
  tooOften: boolean;
}) => {
  const t = (words: Words) => say(ctx.language, words);
  return (
    <>
      <h1>{t(text.verifyTitle)}</h1>
      {tooOften && <FormError>{t(text.tooOften)}</FormError>}
      {verified?.state === "found" ? (
        <>
          <Result ctx={ctx} verified={verified} />
          <AskName ctx={ctx} verified={verified} name={name} code={code} />
        </>
      ) : (
        <>
          {verified !== null && <FormError>{t(verified.state === "misprinted" ? text.misprinted : text.unknown)}</FormError>}
          <form class="stack" method="post" action="/verify">
            <Field name="number" label={t(text.verifyNumber)} value={number} required autocomplete="off" maxlength={60} />
            <Field
              name="name"
              label={t(text.verifyNameAlso)}
              value={name}
              help={t(text.verifyNameHelp)}
              autocomplete="off"
              maxlength={50}
            />
            {code !== "" && <Hidden name="code" value={code} />}
            <button class="btn go">{t(text.verifyGo)}</button>
          </form>
          {verified === null && <p class="small soft">{t(text.verifyHelp)}</p>}
        </>
      )}
    </>
  );
};
