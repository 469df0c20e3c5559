/** A figure with its number, and where its rows are. */
import type { Figure, Filter, Measured } from "#kernel";

export type Shown = { figure: Figure; measured: Measured; filter: Filter };
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
