/** Which people of a requirement a list shows, and how its number follows from what is kept. Pure. */
import type { Counted, Reach, Slot, UnitKind } from "#kernel";
import { ratesText as text } from "./text-rates.ts";

/** The people of a list; of an exam `done` is `passed`. */
export const shows = ["due", "done", "open", "overdue", "sat", "absent", "passed", "failed", "excellent", "exempt", "deferred"] as const;
export type Show = (typeof shows)[number];
/** Those that a slot has, in the order of a filter. */
export const showsOf = (slot: Slot): readonly Show[] =>
  slot === "study"
    ? ["due", "done", "open", "overdue", "exempt", "deferred"]
    : ["due", "sat", "absent", "passed", "failed", "excellent", "open", "overdue", "exempt", "deferred"];
/** What a list is called. */
export const showWords = (slot: Slot, show: Show) => {
  switch (show) {
    case "due":
      return slot === "study" ? text.dueStudy : text.dueExam;
    case "done":
      return slot === "study" ? text.studied : text.passed;
    case "exempt":
      return slot === "study" ? text.exemptStudy : text.exempt;
    default:
      return text[show];
  }
};
/** The number of a list as a count that is kept, less another that is a part of it; null: it depends on the day. */
export const keptFor = (show: Show): { of: Counted; less?: Counted } | null => {
  switch (show) {
    case "due":
      return { of: "whole" };
    case "done":
    case "passed":
      return { of: "part" };
    case "open":
      return { of: "whole", less: "part" };
    case "overdue":
      return null;
    case "sat":
      return { of: "sat" };
    case "absent":
      return { of: "whole", less: "sat" };
    case "failed":
      return { of: "sat", less: "part" };
    case "excellent":
      return { of: "excelled" };
    case "exempt":
    case "deferred":
      return { of: show };
  }
};
/** A reach, and of it the units of one kind. */
export const narrowed = (reach: Reach, kind: UnitKind | undefined): Reach => {
  if (kind === undefined) return reach;
  const areas = reach.all ? [{ unit: null, kinds: null }] : reach.areas;
  return {
    all: false,
    areas: areas.flatMap(({ unit, kinds }) => (kinds === null || kinds.includes(kind) ? [{ unit, kinds: [kind] }] : [])),
  };
};

/** What one rate is of, with the lists behind its two numbers. */
export type Rate = { figure: string; slot: Slot; part: Counted; of: Counted; partShow: Show; ofShow: Show };
/** 参学率, 参考率, 合格率, 优秀率. */
export const fourRates = [
  { figure: "requirements.studied-rate", slot: "study", part: "part", of: "whole", partShow: "done", ofShow: "due" },
  { figure: "requirements.sat-rate", slot: "exam", part: "sat", of: "whole", partShow: "sat", ofShow: "due" },
  { figure: "requirements.passed-rate", slot: "exam", part: "part", of: "sat", partShow: "passed", ofShow: "sat" },
  { figure: "requirements.excellent-rate", slot: "exam", part: "excelled", of: "sat", partShow: "excellent", ofShow: "sat" },
] as const satisfies readonly Rate[];
