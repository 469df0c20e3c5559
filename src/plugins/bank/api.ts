/** The API of the bank: HTTP only. */
import { endpoints } from "#kernel";
import { z } from "zod";
import { exportedQuestion, exportInput } from "./input.ts";
import { exportQuestions } from "./service.ts";
import type { ListedQuestion } from "./store.ts";
import { keepQuestions } from "./terms.ts";

const exported = ({
  id,
  version,
  type,
  topic,
  course,
  lesson,
  use,
  difficulty,
  stem,
  options,
  key,
  explanation,
  citations,
  retired,
  flagged,
}: ListedQuestion): z.infer<typeof exportedQuestion> => ({
  id,
  version,
  type,
  topic,
  course,
  lesson,
  use,
  difficulty,
  stem,
  options,
  key,
  explanation,
  citations,
  retired,
  flagged: flagged !== null,
});

export const api = endpoints().on(
  "GET",
  "/questions/export",
  keepQuestions,
  { summary: "All questions with their keys, as a JSON list", query: exportInput, answer: z.array(exportedQuestion) },
  async ({ ctx }) => {
    const rows = exportQuestions(ctx);
    // The first row is read before the answer begins, so that a refusal is still a problem document.
    let open = await rows.next();
    const encoder = new TextEncoder();
    let first = true;
    const body = new ReadableStream<Uint8Array>({
      async pull(controller) {
        if (open.done) {
          controller.enqueue(encoder.encode(first ? "[]" : "]"));
          controller.close();
          return;
        }
        controller.enqueue(encoder.encode(`${first ? "[" : ","}\n${JSON.stringify(exported(open.value))}`));
        first = false;
        open = await rows.next();
      },
    });
    return new Response(body, {
      headers: { "content-type": "application/json; charset=utf-8", "content-disposition": 'attachment; filename="questions.json"' },
    });
  },
);
