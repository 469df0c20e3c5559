/** The certificate as a drawing. */
import { encode } from "uqr";
import { dayOf, dayWords, points, say, type Context } from "#kernel";
import { Pager } from "#ui";
import { wrap, type Segment } from "./rules.ts";
import type { Certificate } from "./store.ts";
import { text } from "./text.ts";

const seal = "#a4201a";
const ink = "#1d1b18";
const soft = "#5b564d";
const song = "'Source Han Serif SC','Noto Serif CJK SC','Songti SC',SimSun,serif";
const sans = "'PingFang SC','HarmonyOS Sans SC','Microsoft YaHei','Noto Sans CJK SC',sans-serif";
const notice = "本证书仅证明持证人参加上述学习考试的成绩，不是行政执法资格、从业资格或办学资质证明，不得用于招生宣传。";
const gradeWords = { excellent: "优秀", passed: "合格" } as const;

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

/** A print job: one certificate a page, nothing else. */
export const Prints = ({
  ctx,
  pages,
  stamp,
  back,
  next,
}: {
  ctx: Context;
  pages: readonly { certificate: Certificate; verify: string }[];
  stamp: string | null;
  /** Where one came from. */
  back: string;
  /** Of a job of several: the key after which the next one begins. */
  next?: string | null;
}) => (
  <main class="prints" id="main">
    <h1 class="visually-hidden">{say(ctx.language, text.printMany)}</h1>
    <div class="no-print notice">
      <p>{say(ctx.language, text.printHint)}</p>
      {next !== undefined && <p>{say(ctx.language, text.printValid)}</p>}
      {next != null && <p>{say(ctx.language, text.printRest, { count: pages.length })}</p>}
      <p class="line">
        <button type="button" class="btn go" data-print hidden>
          {say(ctx.language, text.printNow)}
        </button>
        <noscript>{say(ctx.language, text.printByMenu)}</noscript>
        <a class="btn" href={back}>
          {say(ctx.language, pages.length === 1 && back.startsWith("/certificates/") ? text.backToOne : text.backToList)}
        </a>
      </p>
      {next !== undefined && <Pager ctx={ctx} next={next} />}
    </div>
    {pages.length === 0 && <p>{say(ctx.language, text.noneFound)}</p>}
    {pages.map(({ certificate, verify }) => (
      <div class="print-page">
        <Drawing certificate={certificate} zone={ctx.zone} verify={verify} stamp={stamp} />
      </div>
    ))}
  </main>
);
