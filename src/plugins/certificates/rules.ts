/** Numbers and layout of certificates. Pure. */

/** The check digit of ISO/IEC 7064 MOD 11,10 over a string of digits. */
export const checkDigit = (digits: string): number => {
  let product = 10;
  for (const digit of digits) {
    const sum = (product + Number(digit)) % 10 || 10;
    product = (sum * 2) % 11;
  }
  return (11 - product) % 10;
};
/** Nine digits of an HMAC: its first eight bytes modulo 10⁹, so no digit is favoured to speak of. */
export const nineDigits = (mac: Uint8Array): string => {
  let value = 0n;
  for (const byte of mac.slice(0, 8)) value = (value << 8n) | BigInt(byte);
  return String(value % 1_000_000_000n).padStart(9, "0");
};
/** QHJY-2026-XF-493817056-2: issuer, year, type, nine digits, check digit over year and the nine. */
export const numberOf = (issuer: string, year: number, type: string, nine: string): string =>
  `${issuer}-${year}-${type}-${nine}-${checkDigit(`${year}${nine}`)}`;

const form = /^([A-Z]{2,8})-(\d{4})-([A-Z]{2})-(\d{9})-(\d)$/;
/** A number as people type it: full-width digits, small letters, spaces. */
export const tidyNumber = (typed: string): string =>
  typed
    .normalize("NFKC")
    .toUpperCase()
    .replace(/[\s‐-―]/g, (c) => (/\s/.test(c) ? "" : "-"));
/** Whether it has the form of a number and its check digit fits. */
export const isNumber = (number: string): boolean => {
  const match = form.exec(number);
  return match !== null && checkDigit(`${match[2]}${match[4]}`) === Number(match[5]);
};
/** 80 bits of an HMAC in Crockford's base 32: the check code in the QR. */
export const checkCodeOf = (mac: Uint8Array): string => {
  const letters = "0123456789ABCDEFGHJKMNPQRSTVWXYZ";
  let value = 0n;
  for (const byte of mac.slice(0, 10)) value = (value << 8n) | BigInt(byte);
  let code = "";
  for (let i = 0; i < 16; i++) {
    code = (letters[Number(value & 31n)] ?? "") + code;
    value >>= 5n;
  }
  return code;
};
/** Equal in constant time for texts of equal length. */
export const sameCode = (a: string, b: string): boolean => {
  let different = a.length ^ b.length;
  for (let i = 0; i < a.length; i++) different |= a.charCodeAt(i) ^ b.charCodeAt(i % Math.max(1, b.length));
  return different === 0;
};
/** Names compare without spaces and middle dots of different kinds. */
export const sameName = (a: string, b: string): boolean => {
  const tidy = (name: string) =>
    name
      .normalize("NFKC")
      .replace(/\s/g, "")
      .replace(/[·•．.・]/g, "·");
  return tidy(a) === tidy(b);
};

export type Segment = { text: string; strong?: true };
/** Full-width characters are 1 em, the rest about half. */
const widthOf = (char: string) => (/[ -~]/.test(char) ? 0.55 : 1);
const noLineStart = "，。、；：？！）》”’%";
/** Breaks segments into lines of at most `em` full-width characters; punctuation never begins a line. */
export const wrap = (segments: readonly Segment[], em: number, indent = 2): Segment[][] => {
  const lines: Segment[][] = [[]];
  let used = indent;
  for (const segment of segments) {
    let open = "";
    const flush = () => {
      if (open !== "") lines.at(-1)?.push(segment.strong ? { text: open, strong: true } : { text: open });
      open = "";
    };
    for (const char of segment.text) {
      if (used + widthOf(char) > em && !noLineStart.includes(char)) {
        flush();
        lines.push([]);
        used = 0;
      }
      open += char;
      used += widthOf(char);
    }
    flush();
  }
  return lines;
};
