/** Pages of records as files, streamed: one page in memory at a time. The words in them are Chinese in every language. */
import { exhaustive, say, type Context } from "#kernel";
import { writeXlsxStream } from "hucre/xlsx";
import type { FileFormat } from "../input.ts";
import { csvLine, localTimes, type Cell } from "../rules.ts";
import { kindWords, sourceWords, stateWords, text } from "../text.ts";
import type { Pages } from "./export.ts";
import { answerOf, type Shown } from "./list.ts";

const head = [
  text.position,
  text.at,
  text.person,
  text.unit,
  text.verb,
  text.kind,
  text.object,
  text.score,
  text.seconds,
  text.source,
  text.state,
  text.recordedAt,
  text.id,
  text.corrects,
] as const;
const widths = [10, 20, 12, 28, 12, 10, 36, 8, 10, 10, 10, 20, 38, 38] as const;
/** Which of these are moments, and how a spreadsheet shows them. */
const times = new Set([head.indexOf(text.at), head.indexOf(text.recordedAt)]);
const moment = { numFmt: "yyyy-mm-dd hh:mm:ss" };
const heads = (): string[] =>
  head.map((words) => (words === text.score ? `${words.zh}（分）` : words === text.seconds ? `${words.zh}（秒）` : words.zh));
const cellsOf = (ctx: Context): ((row: Shown) => Cell[]) => {
  const local = localTimes(ctx.zone);
  return (row) => [
    row.seq,
    local(row.at),
    row.name,
    row.unitName ?? "",
    ctx.registry.verbs.get(row.verb)?.words.zh ?? row.verb,
    kindWords(row.objectKind, "zh"),
    row.title,
    row.score === null ? null : row.score / 100,
    row.seconds,
    say("zh", sourceWords[row.source]),
    say("zh", stateWords[row.state]),
    local(row.recordedAt),
    row.id,
    row.corrects,
  ];
};
const encoder = new TextEncoder();
/** Bytes of a generator, made only as fast as they are taken. */
const streamed = (pieces: AsyncGenerator<string>): ReadableStream<Uint8Array> =>
  new ReadableStream({
    pull: async (controller) => {
      const piece = await pieces.next();
      if (piece.done === true) controller.close();
      else controller.enqueue(encoder.encode(piece.value));
    },
    cancel: async () => {
      await pieces.return(undefined);
    },
  });

async function* csvPieces(ctx: Context, { pages }: Pages): AsyncGenerator<string> {
  yield `\uFEFF${csvLine(heads())}`;
  const cells = cellsOf(ctx);
  for await (const page of pages) yield page.map((row) => csvLine(cells(row))).join("");
}
async function* ndjsonPieces({ pages }: Pages): AsyncGenerator<string> {
  for await (const page of pages) yield page.map((row) => `${JSON.stringify(answerOf(row))}\n`).join("");
}
/** Rows for a sheet; `wanted` holds the next page back until the download has room for it. */
async function* sheetRows(ctx: Context, { pages }: Pages, wanted: () => Promise<void>): AsyncGenerator<Cell[]> {
  const cells = cellsOf(ctx);
  for await (const page of pages) {
    for (const row of page) yield cells(row);
    await wanted();
  }
}
/** For how long the compressor may have nothing to give before it is given another page, ms. */
const drained = 1;
/**
 * The compressor inside the writer takes all that it is given, however slowly its output is fetched, and keeps what nobody
 * has fetched yet: so it is given the next page only when it has nothing left and more is asked for.
 */
const sheet = (ctx: Context, pages: Pages): ReadableStream<Uint8Array> => {
  let gate = Promise.withResolvers<void>();
  const give = () => {
    gate.resolve();
    gate = Promise.withResolvers();
  };
  const columns = heads().map((header, n) => ({ header, width: widths[n] ?? 12, ...(times.has(n) ? { style: moment } : {}) }));
  const reader = writeXlsxStream(
    sheetRows(ctx, pages, () => gate.promise),
    { name: text.ledger.zh, columns, freezePane: { rows: 1 } },
  ).getReader();
  return new ReadableStream({
    pull: async (controller) => {
      const empty = setInterval(give, drained);
      try {
        const chunk = await reader.read();
        if (chunk.done) controller.close();
        else controller.enqueue(chunk.value);
      } finally {
        clearInterval(empty);
      }
    },
    cancel: async (reason) => {
      give();
      await reader.cancel(reason);
    },
  });
};
export const mediaTypes = {
  csv: "text/csv; charset=utf-8",
  xlsx: "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
  ndjson: "application/x-ndjson; charset=utf-8",
} as const satisfies Record<FileFormat, string>;
const bodyOf = (ctx: Context, format: FileFormat, pages: Pages): ReadableStream<Uint8Array> => {
  switch (format) {
    case "csv":
      return streamed(csvPieces(ctx, pages));
    case "ndjson":
      return streamed(ndjsonPieces(pages));
    case "xlsx":
      return sheet(ctx, pages);
    default:
      return exhaustive(format);
  }
};
/** The answer that downloads; its name says the ledger position that it is as of. */
export const fileAnswer = (ctx: Context, format: FileFormat, pages: Pages, name: string): Response =>
  new Response(bodyOf(ctx, format, pages), {
    headers: {
      "content-type": mediaTypes[format],
      "content-disposition": `attachment; filename="records-${ctx.today}-${pages.position}.${format}"; filename*=UTF-8''${encodeURIComponent(`${name}-${ctx.today}-${pages.position}.${format}`)}`,
      "x-ledger-position": String(pages.position),
    },
  });
