/** Numbers with check digits, names to sign in by, delays, and which paths one may be sent to. */
import { posts, roleOfPost, type Area, type UnitId, type UnitKind } from "#kernel";

const digitsOf = (text: string) => [...text].map(Number);

/** ISO 7064 MOD 11,10 over digits: the check digit. */
const checkDigit = (digits: string): string => {
  let p = 10;
  for (const d of digitsOf(digits)) {
    const s = (p + d) % 10 || 10;
    p = (s * 2) % 11;
  }
  return String((11 - p) % 10);
};
/** A 登录号 from chance in [0, 1): x, seven digits, check digit. The letter keeps it apart from 工号 and phones. */
export const loginFrom = (chance: number): string => {
  const seven = String(1_000_000 + Math.floor(chance * 9_000_000));
  return `x${seven}${checkDigit(seven)}`;
};
/** Whether a text is a generated 登录号, its check digit right. */
export const isLogin = (text: string): boolean => /^x\d{8}$/.test(text) && checkDigit(text.slice(1, 8)) === text[8];

/** What was typed as a name to sign in by, in one spelling: half-width, no spaces or dashes, lower case. */
export const signInName = (typed: string): string => typed.normalize("NFKC").replace(/[\s-]/g, "").toLowerCase();

const unitCodeLetters = "0123456789ABCDEFGHJKLMNPQRTUWXY";
const unitCodeWeights = [1, 3, 9, 27, 19, 26, 16, 17, 20, 29, 25, 13, 8, 24, 10, 30, 28];
/** 统一社会信用代码 (GB 32100-2015): 18 characters, the last a check character. */
export const isUnitCode = (code: string): boolean => {
  if (!/^[0-9A-HJ-NPQRTUWXY]{18}$/.test(code)) return false;
  const sum = unitCodeWeights.reduce((total, weight, at) => total + weight * unitCodeLetters.indexOf(code[at] ?? ""), 0);
  return unitCodeLetters[(31 - (sum % 31)) % 31] === code[17];
};
/** A 统一社会信用代码 with its check character, from its first 17. */
export const unitCodeFrom = (first17: string): string => {
  const sum = unitCodeWeights.reduce((total, weight, at) => total + weight * unitCodeLetters.indexOf(first17[at] ?? ""), 0);
  return first17 + (unitCodeLetters[(31 - (sum % 31)) % 31] ?? "");
};

const idWeights = [7, 9, 10, 5, 8, 4, 2, 1, 6, 3, 7, 9, 10, 5, 8, 4, 2];
/** 公民身份号码 (GB 11643): 17 digits with a birthday that exists, and a check character. */
export const isIdNumber = (number: string): boolean => {
  if (!/^\d{17}[\dX]$/.test(number)) return false;
  const birthday = `${number.slice(6, 10)}-${number.slice(10, 12)}-${number.slice(12, 14)}`;
  const at = new Date(`${birthday}T00:00:00Z`);
  if (Number.isNaN(at.getTime()) || at.toISOString().slice(0, 10) !== birthday) return false;
  const sum = idWeights.reduce((total, weight, n) => total + weight * Number(number[n]), 0);
  return "10X98765432"[sum % 11] === number[17];
};

/** A phone in one spelling (half-width digits, no +86, no separators), or null where it is none: mobile, or landline with area code. */
export const phoneOf = (typed: string): string | null => {
  const digits = typed
    .normalize("NFKC")
    .replace(/[\s\-()–—]/g, "")
    .replace(/^(?:\+?86)(?=1\d{10}$)/, "");
  return /^1[3-9]\d{9}$/.test(digits) || /^0\d{9,11}$/.test(digits) ? digits : null;
};
/** A name in one spelling: half-width letters; no spaces at all in a Chinese name, single ones in another; the middle dot of minority names as ·. */
export const nameOf = (typed: string): string => {
  const plain = typed
    .normalize("NFKC")
    .replace(/[\u200B-\u200F\uFEFF]/g, "")
    .replace(/[••・‧∙⋅．]/g, "·")
    .trim();
  return /\p{Script=Han}/u.test(plain) ? plain.replace(/\s+/g, "") : plain.replace(/\s+/g, " ");
};

const commonStarts = [
  "123456",
  "password",
  "qwerty",
  "abc123",
  "111111",
  "000000",
  "woaini",
  "iloveyou",
  "admin",
  "a123456",
  "987654",
  "xuefa",
];
export type PasswordFlaw = "short" | "long" | "plain" | "personal";
/** What is wrong with a new password, or null. Long beats complicated; what a stranger would try first is refused. */
export const passwordFlaw = (password: string, known: readonly (string | null)[]): PasswordFlaw | null => {
  const length = [...password].length;
  if (length < 10) return "short";
  if (length > 128) return "long";
  const lower = password.toLowerCase();
  if (new Set(lower).size < 4 || commonStarts.some((start) => lower.startsWith(start) && length - start.length < 6)) return "plain";
  if (known.some((fact) => fact !== null && fact.length >= 4 && lower.includes(fact.toLowerCase()) && length - fact.length < 6))
    return "personal";
  return null;
};

/** Failures that cost no delay. */
export const freeTries = 5;
/** The longest delay after failures, ms: nobody is locked out for longer by another's guesses. */
export const longestDelay = 15 * 60_000;
/** A path of this site to go on to, or the fallback for anything else. */
export const safePath = (path: string | undefined, fallback: string): string => {
  if (path === undefined || !/^\/(?![/\\])/.test(path) || /[\\\u0000-\u001f]/.test(path)) return fallback;
  return path;
};

/** Whether a reach would hold a unit of a kind that stands under these ancestors (itself and its parents). */
export const wouldReach = (areas: readonly Area[], ancestors: readonly UnitId[], kind: UnitKind): boolean =>
  areas.some((area) => (area.unit === null || ancestors.includes(area.unit)) && (area.kinds === null || area.kinds.includes(kind)));
/** Whether what a grant gives lies within what its giver has, so that nobody gives more than they hold. `ancestors`: of the grant's unit, itself included. */
export const coversGrant = (areas: readonly Area[], grant: Area, ancestors: readonly UnitId[]): boolean =>
  areas.some(
    (area) =>
      (area.unit === null || (grant.unit !== null && ancestors.includes(area.unit))) &&
      (area.kinds === null || grant.kinds?.every((kind) => area.kinds?.includes(kind)) === true),
  );
/** Posts that give no role beyond learner: what a head or unit officer may enter. */
export const plainPosts = posts.filter((post) => roleOfPost(post) === null);
