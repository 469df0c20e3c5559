/** Cases as they are gone through: a scene, its choices as plain forms, an ending with its articles and the way taken. */
import { raw } from "hono/html";
import type { Context } from "#kernel";
import { Hidden, Notice, Sheet, Tag, type Tone } from "#ui";
import { offered, type Place, type Taken } from "./rules.ts";
import type { CasePage } from "./service-cases.ts";
import { text } from "./text.ts";
import { PartHead, t } from "./views.tsx";

const gradeTone: Readonly<Record<"lawful" | "flawed" | "unlawful", Tone>> = { lawful: "done", flawed: "due", unlawful: "late" };
type Props = { ctx: Context; page: CasePage; here: string; fresh: string };

const Begin = ({ ctx, page, here, fresh }: Props) => (
  <>
    <div class="scene" lang="zh-CN">
      <p>{page.story.role}</p>
    </div>
    <p>{t(ctx, text.caseIntro)}</p>
    <form method="post" action={`${here}/start`}>
      <Hidden name="id" value={fresh} />
      <button class="btn go">{t(ctx, text.caseStart)}</button>
    </form>
  </>
);
const SceneView = ({ ctx, page, here, place, walk }: Props & { place: Extract<Place, { at: "scene" }>; walk: string }) => {
  const last = place.taken.at(-1);
  return (
    <>
      {last && <p class="soft small">{t(ctx, text.chose, { choice: last.choice.text })}</p>}
      <section class="case-scene" aria-labelledby="scene">
        <p class="small soft">{t(ctx, text.caseStep, { n: place.taken.length + 1 })}</p>
        <h2 id="scene" lang="zh-CN">
          {place.scene.title}
        </h2>
        <div lang="zh-CN">{raw(page.html)}</div>
      </section>
      <section aria-labelledby="choices">
        <h2 id="choices">{t(ctx, text.choose)}</h2>
        <form method="post" action={here} class="choice">
          <Hidden name="walk" value={walk} />
          <Hidden name="step" value={String(place.taken.length)} />
          {offered(place.scene, place.state).map(({ n, choice }) => (
            <button class="btn" name="choice" value={String(n)} lang="zh-CN">
              {choice.text}
            </button>
          ))}
        </form>
      </section>
    </>
  );
};
const Step = ({ ctx, taken, n, here, fresh }: { ctx: Context; taken: Taken; n: number; here: string; fresh: string }) => {
  const others = offered(taken.scene, taken.state).filter((o) => o.n !== taken.n);
  return (
    <li>
      <p lang="zh-CN">
        <b>{taken.scene.title}</b>：{taken.choice.text}
      </p>
      {others.length > 0 && (
        <details>
          <summary class="small">{t(ctx, text.otherWays)}</summary>
          <ul lang="zh-CN">
            {others.map((o) => (
              <li>{o.choice.text}</li>
            ))}
          </ul>
          <form method="post" action={`${here}/start`}>
            <Hidden name="id" value={fresh} />
            <Hidden name="upto" value={String(n)} />
            <button class="btn">{t(ctx, text.fromHere)}</button>
          </form>
        </details>
      )}
    </li>
  );
};
const EndingView = ({ ctx, page, here, fresh, place }: Props & { place: Extract<Place, { at: "ending" }> }) => (
  <>
    <section class="case-scene" aria-labelledby="ending">
      <p>
        <Tag tone={gradeTone[place.ending.grade]}>{t(ctx, text[place.ending.grade])}</Tag>
      </p>
      <h2 id="ending" lang="zh-CN">
        {place.ending.title}
      </h2>
      <div lang="zh-CN">{raw(page.html)}</div>
    </section>
    <Sheet>
      <h2>{t(ctx, text.endingArticles)}</h2>
      <ul class="plain" lang="zh-CN">
        {page.articles.map((a) => (
          <li>
            <a class="cite" href={a.path}>
              {a.words}
            </a>
          </li>
        ))}
      </ul>
    </Sheet>
    <section>
      <h2>{t(ctx, text.retrace)}</h2>
      <ol class="retrace">
        {place.taken.map((taken, n) => (
          <Step ctx={ctx} taken={taken} n={n} here={here} fresh={fresh} />
        ))}
      </ol>
    </section>
    <form method="post" action={`${here}/start`} class="line">
      <Hidden name="id" value={fresh} />
      <button class="btn">{t(ctx, text.walkAgain)}</button>
      <a class="btn go" href={`/courses/${page.standing.id}`}>
        {t(ctx, text.backToCourse)}
      </a>
    </form>
    <p class="small soft">{t(ctx, text.endingsSeen, { seen: page.endings.length, all: page.story.endings.length })}</p>
  </>
);

/** A case where its reader stands. `fresh` is the id of a way that may begin. */
export const CaseView = ({ ctx, page, fresh }: { ctx: Context; page: CasePage; fresh: string }) => {
  const here = `/courses/${page.standing.id}/cases/${page.story.id}`;
  const shared = { ctx, page, here, fresh };
  return (
    <div class="reading lesson">
      <PartHead standing={page.standing} where={t(ctx, text.cases)} />
      <h1 lang="zh-CN">{page.story.title}</h1>
      {page.flagged && <Notice tone="due">{t(ctx, text.staleCase)}</Notice>}
      {page.place === null || page.walk === null ? (
        <Begin {...shared} />
      ) : page.place.at === "scene" ? (
        <SceneView {...shared} place={page.place} walk={page.walk.id} />
      ) : (
        <EndingView {...shared} place={page.place} />
      )}
    </div>
  );
};
