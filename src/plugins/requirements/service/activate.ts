/** Switching a rule on, and ending it. */
import { commit, notFound, type Context, type RequirementId } from "#kernel";
import { assignByRule, findRequirement, moveState, withdraw } from "../store-rules.ts";
import { wholeBody } from "./rule.ts";

/**
 * Switches a rule on, or assigns to who fits by now; what is assigned already stays.
 * @throws {NotFound}
 * @throws {Conflict} it has ended
 */
export const activateRequirement = async (ctx: Context, id: RequirementId): Promise<void> => {
  wholeBody(ctx);
  const requirement = (await findRequirement(ctx, id)) ?? notFound();
  await commit(ctx, {
    statements: [...moveState(id, ["draft", "active"], "active"), assignByRule(ctx, id, "", "~")],
    audit: {
      command: "requirements.activate",
      object: { kind: "requirement", id },
      before: { state: requirement.state },
      after: { state: "active" },
    },
  });
};
/** Ends a rule and withdraws its assignments. @throws {Conflict} it was not on */
export const endRequirement = async (ctx: Context, id: RequirementId): Promise<void> => {
  wholeBody(ctx);
  await commit(ctx, {
    statements: [...moveState(id, ["active", "draft"], "ended"), withdraw(ctx, id)],
    audit: { command: "requirements.end", object: { kind: "requirement", id }, after: { state: "ended" } },
  });
};
