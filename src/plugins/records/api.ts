import { endpoints } from "#kernel";
import { z } from "zod";
import { apiInput, correctionBody, oneInput, pageAnswer, recordAnswer, type ApiInput } from "./input.ts";
import { correctRecord } from "./service/correct.ts";
import { fileAnswer, mediaTypes } from "./service/file.ts";
import { exportRecords } from "./service/export.ts";
import { answerOf, followRecords } from "./service/list.ts";
import { seeRecord } from "./service/one.ts";
import { correctRecords, seeRecords } from "./terms.ts";
import { text } from "./text.ts";

export const api = endpoints()
  .on(
    "GET",
    "/records",
    seeRecords,
    {
      summary: "The ledger within the reach: json is a page by number (after, limit), the others stream everything that the filter finds",
      query: apiInput,
      answer: pageAnswer,
      streams: Object.values(mediaTypes),
    },
    async ({ ctx }, { query }) => {
      const { format = "json" } = query satisfies ApiInput;
      if (format === "json") return followRecords(ctx, query);
      return fileAnswer(ctx, format, await exportRecords(ctx, query, format, query.names ?? "masked", query.reason), text.ledger.zh);
    },
  )
  .on(
    "GET",
    "/records/:record",
    seeRecords,
    { summary: "One record, its name masked", query: oneInput, answer: recordAnswer },
    async ({ ctx }, { query }) => answerOf((await seeRecord(ctx, query.record)).row),
  )
  .on(
    "POST",
    "/records/:record/corrections",
    correctRecords,
    {
      summary: "Corrects or voids a record by a further one",
      query: oneInput,
      body: correctionBody,
      answer: z.object({ id: z.string() }),
      status: 201,
    },
    async ({ ctx }, { query, body }) => correctRecord(ctx, { ...body, record: query.record }),
  );
