/** Masks and numbers as the interface shows them. */

/** A name on shared screens, exports and public pages: the surname stays. */
export const maskName = (name: string): string => {
  const [first = "", ...rest] = [...name];
  return first + "*".repeat(Math.max(1, rest.length));
};
/** A phone: first three and last four. */
export const maskPhone = (phone: string): string => (phone.length >= 8 ? `${phone.slice(0, 3)}****${phone.slice(-4)}` : "****");
/** Points are kept in hundredths. */
export const points = (hundredths: number): string => String(Math.round(hundredths) / 100);
/**
 * Part of a whole in percent, half up to one decimal; "—" for a zero whole. Never rounded up to 100 % nor down to 0 %
 * (DOMAIN.md, denominators).
 */
export const percent = (part: number, whole: number): string => {
  if (whole === 0) return "—";
  const tenths = Math.floor((part * 2000 + whole) / (whole * 2));
  const kept = part < whole ? Math.min(tenths, 999) : tenths;
  return `${(part > 0 ? Math.max(kept, 1) : kept) / 10}%`;
};
