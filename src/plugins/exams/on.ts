/** Questions that left or came back: pools of sittings that are not over follow, and their rooms notice. */
import { on, type Handler } from "#kernel";
import { questionsReturned, questionsWithdrawn } from "#plugins/bank";
import { giveBack, withdraw } from "./store.ts";

export const handlers: Handler[] = [
  on(questionsWithdrawn, async (ctx, list) => ({
    statements: withdraw(
      ctx,
      list.flatMap((s) => s.questions),
    ),
  })),
  on(questionsReturned, async (_ctx, list) => ({ statements: giveBack(list.flatMap((s) => s.questions)) })),
];
