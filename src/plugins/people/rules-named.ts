/** Which unit a cell of a file names. */
import type { UnitId } from "#kernel";
import { unitName, type RowProblem } from "./rules-values.ts";

export type UnitName = { id: UnitId; name: string; code: string | null };
/** Which unit a cell names: by 统一社会信用代码, or by its whole name. What comes close is offered, never taken. */
export const unitFinder = (units: readonly UnitName[]) => {
  const byName = new Map<string, UnitName[]>();
  for (const unit of units) byName.set(unitName(unit.name), [...(byName.get(unitName(unit.name)) ?? []), unit]);
  const byCode = new Map(units.flatMap((unit) => (unit.code === null ? [] : [[unit.code, unit] as const])));
  return (cell: string): UnitName | RowProblem => {
    const named = byName.get(cell) ?? [];
    const [one] = named;
    if (named.length === 1 && one) return one;
    if (named.length > 1) return { code: "unitMany", field: "unit", value: cell };
    const coded = byCode.get(cell.toUpperCase());
    if (coded) return coded;
    const close = cell.length < 2 ? [] : units.filter((unit) => unit.name.includes(cell) || cell.includes(unitName(unit.name))).slice(0, 3);
    return { code: "unitUnknown", field: "unit", value: cell, facts: { close: close.map((unit) => unit.name).join("、") } };
  };
};
