/** A figure with its number, and where its rows are. */
import type { Figure, Filter, Measured } from "#kernel";

/** `unitName`: of the unit that narrows it. */
export type Asked = Filter & { unitName: string | null };
export type Shown = { figure: Figure; measured: Measured; filter: Asked };
/** The address of a figure's rows: the same filter as its number. */
export const rowsPath = ({ figure, filter }: Shown): string => {
  const query = new URLSearchParams({
    from: filter.from,
    to: filter.to,
    ...(filter.unit === undefined ? {} : { unit: filter.unit }),
    ...(filter.object === undefined ? {} : { object: filter.object }),
  });
  return `/admin/figures/${figure.id}?${query.toString()}`;
};
