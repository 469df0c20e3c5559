/** A report's file as an answer. */
import type { ReportDocument } from "./rules-document.ts";
import { toDocx } from "./rules-docx.ts";

/** The media type of a DOCX file. */
export const docxType = "application/vnd.openxmlformats-officedocument.wordprocessingml.document";
/** The document as a DOCX file to keep. */
export const docxAnswer = (document: ReportDocument): Response =>
  new Response(new Uint8Array(toDocx(document)), {
    headers: {
      "content-type": docxType,
      "content-disposition": `attachment; filename="report.docx"; filename*=UTF-8''${encodeURIComponent(`${document.title}.docx`)}`,
      "cache-control": "private, no-store",
    },
  });
