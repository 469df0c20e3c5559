/** Asking for exemptions and deferrals: by the head of the unit, to be decided; by an officer, entered and approved at once. */
import { commit, Conflict, Forbidden, Invalid, isAllowed, notFound, type Context, type PersonId, type Reach } from "#kernel";
import type { AskInput, WithdrawInput } from "../input-excuses.ts";
import { asked, excuseProblem } from "../rules-excuses.ts";
import {
  addExcuses,
  findExcuses,
  findOwed,
  owedBy,
  owingAt,
  owingNamed,
  withdrawExcuses,
  type Excuse,
  type Owed,
  type Owing,
} from "../store-excuses.ts";
import { askExcuses, decideOnExcuses } from "../terms.ts";
import { excuseText as text } from "../text-excuses.ts";
import { approving } from "./excuse-decide.ts";
import { keepProof } from "./excuse-file.ts";

/** What a form asks for, looked at. @throws {NotFound} nobody within the reach owes it @throws {Invalid} it does not fit, or one stands already */
const looked = async (ctx: Context, reach: Reach, by: PersonId, input: AskInput) => {
  const owed = (await findOwed(ctx, reach, input.assignment)) ?? notFound();
  const sentAgain = owed.stands === input.id;
  if (owed.stands !== null && !sentAgain) throw new Invalid(text.standsAlready);
  // Of what was approved, the day is moved already.
  const problem = sentAgain ? null : excuseProblem(input, owed, ctx.today);
  if (problem !== null) throw new Invalid(problem.words, {}, [{ ...problem, code: "excuse" }]);
  const file = await keepProof(ctx, input.file);
  const row: Excuse = {
    ...asked(owed, input, by, ctx.now),
    id: input.id,
    attachment: file?.digest ?? null,
    attachmentName: file?.name ?? null,
    attachmentType: file?.type ?? null,
    batch: null,
  };
  const { file: _, ...told } = input;
  return { owed, row, after: { ...told, attachment: row.attachment } };
};
/**
 * Asks for one of one's own people. Sent again, it changes nothing.
 * @throws {NotFound} the person is of another unit, or owes nothing of the kind
 * @throws {Invalid} it does not fit, or one stands already @throws {TooLarge} @throws {Unreadable} the proof
 */
export const askExcuse = async (ctx: Context, input: AskInput): Promise<void> => {
  const actor = ctx.allow(askExcuses);
  const { row, after } = await looked(ctx, ctx.reach(askExcuses), actor.person, input);
  await commit(ctx, {
    statements: [addExcuses([row])],
    audit: { command: "requirements.excuse.ask", object: { kind: "excuse", id: row.id }, unit: row.unit, after },
  });
};
/** Enters one and approves it at once, within the reach. Throws as `askExcuse`. @throws {Forbidden} the actor's own */
export const enterExcuse = async (ctx: Context, input: AskInput): Promise<void> => {
  const actor = ctx.allow(decideOnExcuses);
  const { owed, row, after } = await looked(ctx, ctx.reach(decideOnExcuses), actor.person, input);
  if (row.person === actor.person) throw new Forbidden(text.ownRefused);
  await commit(ctx, {
    statements: [addExcuses([row]), ...(await approving(ctx, actor.person, [{ ...row, year: owed.year }], null))],
    audit: { command: "requirements.excuse.enter", object: { kind: "excuse", id: row.id }, unit: row.unit, after },
  });
};
/** Takes back what one's own unit asked for, while it is not decided. @throws {NotFound} another's @throws {Conflict} it was decided */
export const takeBackExcuse = async (ctx: Context, { id, reason }: WithdrawInput): Promise<void> => {
  const actor = ctx.allow(askExcuses);
  const [row] = await findExcuses(ctx, ctx.reach(askExcuses), [id]);
  if (row === undefined) return notFound();
  if (row.state === "approved" || row.state === "refused") throw new Conflict(text.decidedAlready);
  await commit(ctx, {
    statements: withdrawExcuses([id], "asked", { by: actor.person, at: ctx.now, reason }),
    audit: {
      command: "requirements.excuse.take-back",
      object: { kind: "excuse", id },
      unit: row.unit,
      before: { state: "asked" },
      after: { state: "withdrawn", reason },
      note: reason,
    },
  });
};

/** What a person of one's own unit owes, to ask for one. @throws {NotFound} nobody there owes anything */
export const seeOwnOwed = async (ctx: Context, person: PersonId): Promise<[Owed, ...Owed[]]> =>
  someOf(await owedBy(ctx, ctx.reach(askExcuses), person));
/** What a person owes within the reach, to enter one. @throws {NotFound} nobody there owes anything */
export const seeOwed = async (ctx: Context, person: PersonId): Promise<[Owed, ...Owed[]]> =>
  someOf(await owedBy(ctx, ctx.reach(decideOnExcuses), person));
const someOf = ([first, ...rest]: readonly Owed[]): [Owed, ...Owed[]] => (first === undefined ? notFound() : [first, ...rest]);
/** Whether the actor may enter one for somebody: not for oneself. */
export const mayExcuse = (ctx: Context, person: PersonId): boolean =>
  ctx.actor !== null && ctx.actor.person !== person && isAllowed(ctx.actor, decideOnExcuses);
/** Whom one may ask for: who owes something in the own units. */
export const seeOwnOwing = (ctx: Context): Promise<Owing[]> => owingAt(ctx, ctx.reach(askExcuses));
/** Whom an officer may enter one for, found by login, employee number or name. */
export const findOwing = (ctx: Context, told: string): Promise<Owing[]> => owingNamed(ctx, ctx.reach(decideOnExcuses), told);
