/** Which figures of a period are counted, entered or still empty: all that a report may name. */
import type { Context, Day } from "#kernel";
import { enterableGroups, type Enterable } from "./rules-enterable.ts";
import type { Entered, FigureState } from "./rules-entered.ts";
import { seeEntered } from "./service/entered.ts";
import { seeReport, type Section } from "./service.ts";

export type Listed = {
  /** Of each state, how many; a rate counts once for each requirement. */
  counts: Record<FigureState, number>;
  /** What is entered by hand, by group. */
  groups: { title: (typeof enterableGroups)[number]["title"]; lines: { thing: Enterable; row: Entered | null }[] }[];
  /** What the system counts. */
  sections: Section[];
};
/** The figures of a period, or those of one state. Throws as `seeEntered` and `seeReport`. */
export const listFigures = async (
  ctx: Context,
  { from, to, state }: { from: Day; to: Day; state?: FigureState | undefined },
): Promise<Listed> => {
  const entered = await seeEntered(ctx, { from, to });
  const { sections } = await seeReport(ctx, { report: "annual", from, to });
  const groups = enterableGroups.map(({ title, things }) => ({
    title,
    lines: things.map((thing) => ({ thing, row: entered.get(thing.key) ?? null })),
  }));
  const lines = groups.flatMap((group) => group.lines);
  const told = lines.filter(({ row }) => row !== null).length;
  const wanted = ({ row }: { row: Entered | null }) => state === undefined || state === (row === null ? "empty" : "entered");
  return {
    counts: {
      counted: sections.reduce((sum, { shown }) => sum + shown.length, 0),
      entered: told,
      empty: lines.length - told,
    },
    groups: groups.map((group) => ({ ...group, lines: group.lines.filter(wanted) })).filter((group) => group.lines.length > 0),
    sections: state === undefined || state === "counted" ? sections.filter(({ shown }) => shown.length > 0) : [],
  };
};
