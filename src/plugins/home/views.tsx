import type { Child } from "hono/jsx";
import { may, say, saying, version, type Body, type Context, type Html, type Nav } from "#kernel";
import { Empty, Field, Sheet } from "#ui";
import type { Lacking } from "./service.ts";
import { importsPath } from "./terms.ts";
import { text } from "./text.ts";

const asChildren = (cards: readonly Html[]) => cards as readonly unknown[] as readonly Child[];

/** Lines of navigation as a list to press. */
const Lines = ({ ctx, nav }: { ctx: Context; nav: readonly Pick<Nav, "path" | "words">[] }) => (
  <ul class="rows sheet lines">
    {nav.map((line) => (
      <li>
        <a href={line.path}>{say(ctx.language, line.words)}</a>
      </li>
    ))}
  </ul>
);

export const Front = ({ ctx, body, start }: { ctx: Context; body: Body; start: string | null }) => {
  const t = saying(ctx);
  return (
    <>
      <h1>{body.name}</h1>
      <p>{t(text.lead)}</p>
      <p class="line">
        <a class="btn go" href={start ?? "/sign-in"}>
          {t(start === null ? text.signIn : text.goOn)}
        </a>
        <a class="btn" href="/verify">
          {t(text.verify)}
        </a>
        <a class="btn" href="/statutes">
          {t(text.statutes)}
        </a>
        <a class="btn" href="/disclosure">
          {t(text.disclosure)}
        </a>
      </p>
      {(
        [
          ["forStaff", "forStaffWords", "staff"],
          ["forHeads", "forHeadsWords", "heads"],
          ["forOfficers", "forOfficersWords", "officers"],
        ] as const
      ).map(([who, words, part]) => (
        <Sheet>
          <h2>{t(text[who])}</h2>
          <p>{t(text[words])}</p>
          <p class="small">
            <a href={`/help#${part}`} aria-label={`${t(text[who])}：${t(text.tenMinutes)}`}>
              {t(text.tenMinutes)}
            </a>
          </p>
        </Sheet>
      ))}
    </>
  );
};
export const Me = ({ ctx, cards }: { ctx: Context; cards: readonly Html[] }) =>
  cards.length === 0 ? (
    <>
      <h1>{ctx.actor?.name}</h1>
      <Empty>
        <p>{say(ctx.language, text.nothingMe)}</p>
        <a class="btn" href="/courses">
          {say(ctx.language, text.seeCourses)}
        </a>
      </Empty>
    </>
  ) : (
    <>{asChildren(cards)}</>
  );
/** What is one's own and stands behind the last tab: certificates, file, account. */
export const Mine = ({ ctx }: { ctx: Context }) => {
  const t = saying(ctx);
  const { actor } = ctx;
  const own = ctx.registry.nav.filter((n) => n.area === "learn" && n.order >= 100 && may(ctx, n.needs));
  return (
    <>
      <div>
        <h1>{actor?.name}</h1>
        {[...new Set((actor?.positions ?? []).map((p) => p.unitName))].map((name) => (
          <p class="soft">{name}</p>
        ))}
      </div>
      <Lines ctx={ctx} nav={[...own, { path: "/account", words: text.account }, { path: "/help", words: text.help }]} />
      <form method="post" action="/sign-out">
        <button class="btn">{t(text.signOut)}</button>
      </form>
    </>
  );
};
export const Unit = ({ ctx, cards }: { ctx: Context; cards: readonly Html[] }) => {
  const t = saying(ctx);
  const names = [
    ...new Set((ctx.actor?.positions ?? []).filter((p) => p.post === "principal" || p.post === "liaison").map((p) => p.unitName)),
  ];
  const [only] = names;
  const more = ctx.registry.nav.filter((n) => n.area === "unit" && n.path !== "/unit" && may(ctx, n.needs));
  return (
    <>
      <div>
        <h1>{only === undefined ? t(text.noUnit) : names.length === 1 ? only : t(text.units, { n: names.length })}</h1>
        {names.length > 1 && <p class="soft">{names.join("、")}</p>}
      </div>
      {asChildren(cards)}
      {more.length > 0 && <Lines ctx={ctx} nav={more} />}
    </>
  );
};
/** The one next step of a bureau that holds nobody yet, and what comes after it. */
const Begin = ({ ctx, lacking }: { ctx: Context; lacking: "units" | "people" }) => {
  const t = saying(ctx);
  return (
    <Sheet next>
      <h2>{t(lacking === "units" ? text.beginUnits : text.beginPeople)}</h2>
      <p>{t(text.beginHow)}</p>
      <p>
        <a class="btn go" href={importsPath}>
          {t(lacking === "units" ? text.beginUnitsGo : text.beginPeopleGo)}
        </a>
      </p>
      <ol class="steps">
        {[text.beginUnits, text.beginPeople, text.beginRule, text.beginReport].map((step) => (
          <li>{step === text.beginUnits && lacking === "people" ? <s>{t(step)}</s> : t(step)}</li>
        ))}
      </ol>
    </Sheet>
  );
};
export const Admin = ({ ctx, cards, lacking }: { ctx: Context; cards: readonly Html[]; lacking: Lacking }) => (
  <>
    <h1>{say(ctx.language, text.adminTitle, { year: ctx.today.slice(0, 4) })}</h1>
    {lacking !== null ? (
      <Begin ctx={ctx} lacking={lacking} />
    ) : cards.length > 0 ? (
      asChildren(cards)
    ) : (
      <>
        <p>{say(ctx.language, text.adminParts)}</p>
        <Lines ctx={ctx} nav={ctx.registry.nav.filter((n) => n.area === "admin" && n.path !== "/admin" && may(ctx, n.needs))} />
      </>
    )}
  </>
);
export const Settings = ({ ctx, body }: { ctx: Context; body: Body }) => {
  const t = saying(ctx);
  return (
    <>
      <h1>{t(text.settings)}</h1>
      <form method="post" class="stack sheet">
        <Field name="name" label={t(text.bodyName)} value={body.name} required maxlength={50} />
        <Field name="issuer" label={t(text.issuer)} value={body.issuer} required maxlength={8} pattern="[A-Z]{2,8}" />
        <Field name="contact" label={t(text.contact)} value={body.contact} maxlength={200} />
        <Field name="icp" label={t(text.icp)} value={body.icp} maxlength={60} />
        <Field name="police" label={t(text.police)} value={body.police} maxlength={60} />
        <button class="btn go">{t(text.save)}</button>
      </form>
      <Sheet>
        <h2>{t(text.plugins)}</h2>
        <p>{ctx.registry.plugins.map((p) => p.id).join(" · ")}</p>
        <p class="small soft">{t(text.version, { version })}</p>
      </Sheet>
    </>
  );
};
