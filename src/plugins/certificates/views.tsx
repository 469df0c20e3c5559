/** Certificates as drawings and lists. */
import { encode } from "uqr";
import { dayOf, dayWords, maskName, points, say, type Context, type Day } from "#kernel";
import { Empty, Field, FormError, Hidden, Notice, Pager, Select, Sheet, Table, Tag, TextArea, type Tone } from "#ui";
import { wrap, type Segment } from "./rules.ts";
import { text } from "./text.ts";
import type { Certificate } from "./store.ts";
import type { Verified } from "./service.ts";
import type { ListInput } from "./input.ts";

const seal = "#a4201a";
const ink = "#1d1b18";
const soft = "#5b564d";
const song = "'Source Han Serif SC','Noto Serif CJK SC','Songti SC',SimSun,serif";
const sans = "'PingFang SC','HarmonyOS Sans SC','Microsoft YaHei','Noto Sans CJK SC',sans-serif";
const notice = "本证书仅证明持证人参加上述学习考试的成绩，不是行政执法资格、从业资格或办学资质证明，不得用于招生宣传。";
const gradeWords = { excellent: "优秀", passed: "合格" } as const;
const stateWords = { valid: text.valid, revoked: text.revoked, superseded: text.superseded } as const;
const stateTone = { valid: "done", revoked: "late", superseded: "due" } as const satisfies Record<string, Tone>;

const Qr = ({ x, y, size, data }: { x: number; y: number; size: number; data: string }) => {
  const { data: cells, size: n } = encode(data, { ecc: "M", border: 2 });
  const path = cells.flatMap((row, r) => row.map((on, c) => (on ? `M${c} ${r}h1v1h-1z` : ""))).join("");
  return (
    <g transform={`translate(${x} ${y}) scale(${size / n})`}>
      <rect width={n} height={n} fill="#fff" />
      <path d={path} fill={ink} shape-rendering="crispEdges" />
    </g>
  );
};

/** What is told of a certificate to those who hear it. */
const spoken = (c: Certificate, zone: string): string =>
  `学法合格证书，编号 ${c.number}，${c.holderName}，${c.unitName}，${c.title}${c.score === null ? "" : `，成绩 ${points(c.score)} 分`}${c.grade === null ? "" : `，等次 ${gradeWords[c.grade]}`}，${c.issuerName}，${dayWords(dayOf(c.issuedAt, zone), "zh")}`;

/** The certificate, A4 landscape, in millimetres. One drawing for page, print and picture; Chinese in every language. */
export const Drawing = ({
  certificate: c,
  zone,
  verify,
  stamp,
}: {
  certificate: Certificate;
  zone: string;
  verify: string;
  stamp: string | null;
}) => {
  const [year = "", month = ""] = dayOf(c.issuedAt, zone).split("-");
  const sentence: Segment[] = [
    { text: c.holderName, strong: true },
    { text: c.unitName === "" ? "于" : `（${c.unitName}）于` },
    { text: `${year}年${Number(month)}月参加${c.title}` },
    ...(c.score === null ? [] : [{ text: "，成绩" }, { text: `${points(c.score)}分`, strong: true as const }]),
    ...(c.grade === null ? [] : [{ text: "，等次" }, { text: gradeWords[c.grade], strong: true as const }]),
    { text: "。特发此证。" },
  ];
  const lines = wrap(sentence, 32);
  const size = lines.length > 4 ? 5.6 : 6.6;
  const lead = size * 2.1;
  const top = 112 - ((lines.length - 1) * lead) / 2;
  return (
    <svg xmlns="http://www.w3.org/2000/svg" lang="zh-CN" viewBox="0 0 297 210" role="img" aria-label={spoken(c, zone)} class="certificate">
      <rect width="297" height="210" fill="#fff" />
      <rect x="12" y="12" width="273" height="186" fill="none" stroke={seal} stroke-width="0.9" />
      <rect x="14.5" y="14.5" width="268" height="181" fill="none" stroke={seal} stroke-width="0.3" />
      <text x="272" y="28" font-size="3.6" font-family={sans} fill={soft} text-anchor="end">{`编号 ${c.number}`}</text>
      <text x="148.5" y="58" font-size="13.5" font-weight="700" letter-spacing="4" font-family={song} fill={ink} text-anchor="middle">
        学法合格证书
      </text>
      {lines.map((line, n) => (
        <text x={n === 0 ? 42 + size * 2 : 42} y={top + n * lead} font-size={size} font-family={song} fill={ink}>
          {line.map((s) => (
            <tspan font-weight={s.strong ? "700" : "400"}>{s.text}</tspan>
          ))}
        </text>
      ))}
      <Qr x={24} y={156} size={32} data={verify} />
      <g font-family={sans} fill={soft} font-size="2.9">
        <text x="60" y="164">{`核验：扫描二维码，或打开 ${verify.split("/verify/")[0] ?? ""}/verify 输入编号`}</text>
        {wrap([{ text: notice }], 40, 0).map((line, n) => (
          <text x="60" y={171 + n * 5}>
            {line.map((s) => s.text).join("")}
          </text>
        ))}
      </g>
      <g font-family={song} fill={ink} font-size="4.6" text-anchor="middle">
        <text x="240" y="170">
          {c.issuerName}
        </text>
        <text x="240" y="179">
          {dayWords(dayOf(c.issuedAt, zone), "zh")}
        </text>
      </g>
      {stamp === null ? (
        <g>
          <circle cx="240" cy="172" r="18" fill="none" stroke="#c9c2b4" stroke-width="0.3" stroke-dasharray="1.5 1.5" />
          <text x="240" y="188" font-size="2.8" font-family={sans} fill="#8a8478" text-anchor="middle">
            盖章处
          </text>
        </g>
      ) : (
        <image href={stamp} x="220" y="152" width="40" height="40" />
      )}
      {c.state === "revoked" && (
        <text
          x="148.5"
          y="120"
          font-size="34"
          font-family={sans}
          fill={seal}
          fill-opacity="0.35"
          text-anchor="middle"
          transform="rotate(-18 148.5 110)"
        >
          已撤销
        </text>
      )}
    </svg>
  );
};

const StateTag = ({ ctx, state }: { ctx: Context; state: Certificate["state"] }) => (
  <Tag tone={stateTone[state]}>{say(ctx.language, stateWords[state])}</Tag>
);

export const Mine = ({ ctx, rows }: { ctx: Context; rows: readonly Certificate[] }) => (
  <>
    <h1>{say(ctx.language, text.mine)}</h1>
    {rows.length === 0 ? (
      <Empty>
        <p>{say(ctx.language, text.none)}</p>
        <a class="btn" href="/exams">
          {say(ctx.language, text.goToExams)}
        </a>
      </Empty>
    ) : (
      <ul class="rows sheet">
        {rows.map((c) => (
          <li>
            <span>
              <a href={`/certificates/${c.number}`}>{c.title}</a>
              <br />
              <span class="small soft num">{c.number}</span>{" "}
              <span class="small soft">{dayWords(dayOf(c.issuedAt, ctx.zone), ctx.language)}</span>
            </span>
            <StateTag ctx={ctx} state={c.state} />
          </li>
        ))}
      </ul>
    )}
  </>
);

export const One = ({
  ctx,
  certificate: c,
  verify,
  stamp,
  manages,
}: {
  ctx: Context;
  certificate: Certificate;
  verify: string;
  stamp: string | null;
  manages: boolean;
}) => (
  <>
    <div class="spread no-print">
      <h1>{c.title}</h1>
      <StateTag ctx={ctx} state={c.state} />
    </div>
    <div class="certificate-frame">
      <Drawing certificate={c} zone={ctx.zone} verify={verify} stamp={stamp} />
    </div>
    {c.state === "revoked" && c.reason !== null && manages && (
      <Notice tone="late">{say(ctx.language, text.revokedBecause, { reason: c.reason })}</Notice>
    )}
    <p class="line no-print">
      <a class="btn go" href={`/certificates/${c.number}/print`}>
        {say(ctx.language, text.print)}
      </a>
      <a class="btn" href={`/certificates/${c.number}/picture.svg`} download={`${c.number}.svg`} data-certificate-picture={c.number}>
        {say(ctx.language, text.picture)}
      </a>
      <a class="btn" href={verify}>
        {say(ctx.language, text.verifyTitle)}
      </a>
    </p>
    {manages && c.state !== "revoked" && (
      <details class="no-print">
        <summary class="btn">{say(ctx.language, text.revoke)}</summary>
        <form method="post" action={`/admin/certificates/${c.number}/revoke`} class="stack sheet">
          <p>{say(ctx.language, text.revokeWarning)}</p>
          <TextArea name="reason" label={say(ctx.language, text.reason)} required rows={2} />
          <button class="btn">{say(ctx.language, text.revoke)}</button>
        </form>
      </details>
    )}
  </>
);

/** A print job: one certificate a page, nothing else. */
export const Prints = ({
  ctx,
  pages,
  stamp,
}: {
  ctx: Context;
  pages: readonly { certificate: Certificate; verify: string }[];
  stamp: string | null;
}) => (
  <main class="prints" id="main">
    <h1 class="visually-hidden">{say(ctx.language, text.printMany)}</h1>
    <p class="no-print notice">{say(ctx.language, text.printHint)}</p>
    {pages.length === 0 && <p>{say(ctx.language, text.noneFound)}</p>}
    {pages.map(({ certificate, verify }) => (
      <div class="print-page">
        <Drawing certificate={certificate} zone={ctx.zone} verify={verify} stamp={stamp} />
      </div>
    ))}
  </main>
);

const Result = ({ ctx, verified }: { ctx: Context; verified: Verified }) => {
  const t = (words: Parameters<typeof say>[1], facts = {}) => say(ctx.language, words, facts);
  if (verified.state !== "found") return <FormError>{t(verified.state === "misprinted" ? text.misprinted : text.unknown)}</FormError>;
  const { answer, successor } = verified;
  return (
    <Sheet>
      <div class="spread">
        <h2 class="num">{answer.number}</h2>
        <StateTag ctx={ctx} state={answer.status} />
      </div>
      {answer.code === "differs" && <Notice tone="late">{t(text.codeWrong)}</Notice>}
      {answer.name === "differs" && <Notice tone="late">{t(text.nameDiffers)}</Notice>}
      {answer.name === "matches" && <Notice tone="done">{t(text.nameMatches)}</Notice>}
      <dl class="facts">
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
      {successor !== null && <p>{t(text.newer, { number: successor })}</p>}
      <p class="small soft">{t(text.compareHint)}</p>
    </Sheet>
  );
};
/** Public verification: the form, and the answer where a number was given. */
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
}) => (
  <>
    <h1>{say(ctx.language, text.verifyTitle)}</h1>
    {tooOften && <FormError>{say(ctx.language, text.tooOften)}</FormError>}
    {verified && <Result ctx={ctx} verified={verified} />}
    <form class="stack" action="/verify">
      <Field name="number" label={say(ctx.language, text.verifyNumber)} value={number} required autocomplete="off" maxlength={60} />
      <Field
        name="name"
        label={say(ctx.language, text.verifyName)}
        value={name}
        help={say(ctx.language, text.verifyNameHelp)}
        autocomplete="off"
        maxlength={50}
      />
      {code !== "" && <Hidden name="code" value={code} />}
      <button class="btn go">{say(ctx.language, text.verifyGo)}</button>
    </form>
    {verified === null && <p class="small soft">{say(ctx.language, text.verifyHelp)}</p>}
  </>
);

/** The officer's list, with filters, and the image of the stamp. */
export const Admin = ({
  ctx,
  rows,
  input,
  next,
  manages,
  stamp,
}: {
  ctx: Context;
  rows: readonly Certificate[];
  input: ListInput;
  next: string | null;
  manages: boolean;
  stamp: string | null;
}) => {
  const t = (words: Parameters<typeof say>[1]) => say(ctx.language, words);
  const filters = new URLSearchParams(Object.entries(input).flatMap(([k, v]) => (v === undefined || k === "after" ? [] : [[k, v]])));
  return (
    <>
      <h1>{t(text.admin)}</h1>
      <form class="filters no-print">
        <Field name="number" label={t(text.filterNumber)} value={input.number ?? ""} />
        <Field name="name" label={t(text.filterName)} value={input.name ?? ""} />
        <Select
          name="state"
          label={t(text.status)}
          value={input.state ?? ""}
          empty={t(text.allStates)}
          options={(["valid", "revoked", "superseded"] as const).map((value) => ({ value, words: t(stateWords[value]) }))}
        />
        {input.unit !== undefined && <Hidden name="unit" value={input.unit} />}
        {input.group !== undefined && <Hidden name="group" value={input.group} />}
        <button class="btn">{t(text.apply)}</button>
        {manages && (
          <a class="btn" href={`/admin/certificates/print?${filters}`}>
            {t(text.printAll)}
          </a>
        )}
      </form>
      {rows.length === 0 ? (
        <Empty>{t(text.noneFound)}</Empty>
      ) : (
        <Table
          caption={t(text.admin)}
          head={[t(text.number), t(text.holder), t(text.unit), t(text.whatFor), { r: t(text.score) }, t(text.issuedOn), t(text.status)]}
        >
          {rows.map((c) => (
            <tr>
              <td class="num">
                <a href={`/certificates/${c.number}`}>{c.number}</a>
              </td>
              <td>{manages ? c.holderName : maskName(c.holderName)}</td>
              <td>{c.unitName}</td>
              <td>{c.title}</td>
              <td class="r num">{c.score === null ? "" : points(c.score)}</td>
              <td class="num">{dayOf(c.issuedAt, ctx.zone) satisfies Day}</td>
              <td>
                <StateTag ctx={ctx} state={c.state} />
              </td>
            </tr>
          ))}
        </Table>
      )}
      <Pager ctx={ctx} next={next} />
      {manages && (
        <details class="no-print">
          <summary class="btn">{t(text.stamp)}</summary>
          <form method="post" action="/admin/certificates/stamp" enctype="multipart/form-data" class="stack sheet">
            {stamp !== null && <img src={stamp} alt={t(text.stamp)} width={120} height={120} />}
            <Field name="file" type="file" label={t(text.stamp)} help={t(text.stampHelp)} accept="image/png" />
            <p class="line">
              <button class="btn">{t(text.stampUpload)}</button>
              {stamp !== null && (
                <button class="btn" name="remove" value="1">
                  {t(text.stampRemove)}
                </button>
              )}
            </p>
          </form>
        </details>
      )}
    </>
  );
};

/** The certificates of a head's own people. */
export const OfUnit = ({ ctx, rows }: { ctx: Context; rows: readonly Certificate[] }) => (
  <Sheet>
    <h2>{say(ctx.language, text.ofUnit)}</h2>
    {rows.length === 0 ? (
      <p class="soft">{say(ctx.language, text.ofUnitNone)}</p>
    ) : (
      <Table
        caption={say(ctx.language, text.ofUnit)}
        head={[
          say(ctx.language, text.holder),
          say(ctx.language, text.whatFor),
          say(ctx.language, text.number),
          say(ctx.language, text.issuedOn),
        ]}
      >
        {rows.map((c) => (
          <tr>
            <td>{c.holderName}</td>
            <td>{c.title}</td>
            <td class="num">{c.number}</td>
            <td class="num">{dayWords(dayOf(c.issuedAt, ctx.zone), ctx.language)}</td>
          </tr>
        ))}
      </Table>
    )}
  </Sheet>
);
