/** Issuing (for others' commits), verifying, lists and print jobs. */
import { isAllowed, mac, newId, notFound, readBody, record, type Context, type Pending, type PersonId, type UnitId } from "#kernel";
import { certificateId, type ListInput, type Verification } from "./input.ts";
import { checkCodeOf, isNumber, nineDigits, numberOf, sameCode, sameName, tidyNumber } from "./rules.ts";
import {
  findByNumber,
  insertAll,
  issuedOrTaken,
  keyOf,
  listWithin,
  namesOf,
  ofBases,
  ofPerson,
  successorOf,
  supersede,
  titles,
  type Certificate,
} from "./store.ts";
import { certified, manageCertificates, ownCertificates, seeCertificates, unitCertificates } from "./terms.ts";

/** What a certificate is asked for. */
export type Issue = {
  holder: PersonId;
  unit: UnitId | null;
  /** What earned it: (attempt, id) or (completion, id). */
  basis: { kind: string; id: string };
  /** What lists and print jobs gather by: the sitting. */
  group?: string;
  /** 清河区教育系统年度学法用法考试 */
  title: string;
  /** Two capital letters in the number: XF for study exams. */
  type: string;
  year: number;
  grade: "excellent" | "passed" | null;
  /** Hundredths of a point. */
  score: number | null;
  hours?: number | null;
  /** The natural key: the same fact keeps its number. */
  once: string;
  /** The number of the certificate that this one follows. */
  replaces?: string | null;
  /** When earned; left out: now. */
  at?: number;
};
const mostTries = 20;
const pageSize = 50;
const mostPrints = 300;

/**
 * Certificates for several people: statements for the caller's commit, and each number by its `once`. What was issued
 * already keeps its number and adds no statement. A number lost to another in between fails the commit with Conflict;
 * the caller tries again.
 */
export const issueAll = async (
  ctx: Context,
  wanted: readonly Issue[],
): Promise<{ numbers: Map<string, string>; statements: Pending[] }> => {
  if (wanted.length === 0) return { numbers: new Map(), statements: [] };
  // Names of those that are there already are read in vain, and cost no round trip of their own.
  const [body, names] = await Promise.all([readBody(ctx), namesOf(ctx, wanted)]);
  const numbers = new Map<string, string>();
  let open = [...new Map(wanted.map((w) => [w.once, w])).values()];
  const fresh: { issue: Issue; number: string }[] = [];
  const taken = new Set<string>();
  for (let n = 0; open.length > 0; n++) {
    if (n >= mostTries) throw new Error("no free certificate number");
    const candidates = await Promise.all(
      open.map(async (issue) => ({
        issue,
        number: numberOf(body.issuer, issue.year, issue.type, nineDigits(await mac(ctx.env, "certificate", `${issue.once}/${n}`))),
      })),
    );
    const found = await issuedOrTaken(
      ctx,
      n === 0 ? open.map((o) => o.once) : [],
      candidates.map((c) => c.number),
    );
    const issued = new Map(found.map((f) => [f.once, f.number]));
    for (const f of found) taken.add(f.number);
    const next: Issue[] = [];
    for (const { issue, number } of candidates) {
      const before = issued.get(issue.once);
      if (before !== undefined) numbers.set(issue.once, before);
      else if (taken.has(number)) next.push(issue);
      else {
        taken.add(number);
        fresh.push({ issue, number });
        numbers.set(issue.once, number);
      }
    }
    open = next;
  }
  if (fresh.length === 0) return { numbers, statements: [] };
  const rows = fresh.map(({ issue, number }): Certificate => {
    const who = names.get(`${issue.holder}/${issue.unit ?? ""}`);
    const at = issue.at ?? ctx.now;
    return {
      id: newId(certificateId, at),
      number,
      once: issue.once,
      type: issue.type,
      year: issue.year,
      person: issue.holder,
      holderName: who?.name ?? "",
      unit: issue.unit,
      unitName: who?.unit ?? "",
      issuerName: body.name,
      basisKind: issue.basis.kind,
      basisId: issue.basis.id,
      group: issue.group ?? null,
      title: issue.title,
      grade: issue.grade,
      score: issue.score,
      hours: issue.hours ?? null,
      issuedAt: at,
      state: "valid",
      stateAt: at,
      reason: null,
      replaces: issue.replaces ?? null,
    };
  });
  const replaced = rows.flatMap((row) => (row.replaces === null ? [] : [row.replaces]));
  return {
    numbers,
    statements: [
      ...insertAll(rows),
      ...(replaced.length > 0 ? [supersede(ctx, replaced)] : []),
      ...rows.map((row) =>
        record({
          verb: certified,
          object: { kind: "certificate", id: row.number },
          person: row.person,
          at: row.issuedAt,
          once: [row.id],
          ...(row.unit === null ? {} : { unit: row.unit }),
          ...(row.score === null ? {} : { score: row.score }),
        }),
      ),
    ],
  };
};
/** One certificate; see `issueAll`. */
export const issue = async (ctx: Context, wanted: Issue): Promise<{ number: string; statements: Pending[] }> => {
  const { numbers, statements } = await issueAll(ctx, [wanted]);
  const number = numbers.get(wanted.once);
  if (number === undefined) throw new Error("issueAll answered without a number");
  return { number, statements };
};

/** The check code of a certificate, as its QR carries it. */
export const checkCode = async (ctx: Context, certificate: Pick<Certificate, "id">): Promise<string> =>
  checkCodeOf(await mac(ctx.env, "certificate", `check/${certificate.id}`));
/** The address that the QR opens. */
export const verifyAddress = async (ctx: Context, certificate: Certificate): Promise<string> =>
  `${ctx.origin}/verify/${certificate.number}?code=${await checkCode(ctx, certificate)}`;

export type Verified =
  | { state: "misprinted" | "unknown"; number: string }
  | { state: "found"; answer: Verification; successor: string | null };
/**
 * What anybody may know. The bare number: type, year, issuer, status. With the check code or the full name also unit,
 * grade and score (DOMAIN.md, "Certificates and personal data").
 */
export const verify = async (
  ctx: Context,
  asked: { number: string; name?: string | undefined; code?: string | undefined },
): Promise<Verified> => {
  const number = tidyNumber(asked.number);
  if (!isNumber(number)) return { state: "misprinted", number };
  const found = await findByNumber(ctx, number);
  if (!found) return { state: "unknown", number };
  const code = asked.code === undefined ? undefined : sameCode(asked.code, await checkCode(ctx, found)) ? "matches" : "differs";
  const name = asked.name === undefined ? undefined : sameName(asked.name, found.holderName) ? "matches" : "differs";
  const known = code === "matches" || name === "matches";
  const successor = found.state === "superseded" && known ? ((await successorOf(ctx, number))?.number ?? null) : null;
  return {
    state: "found",
    successor,
    answer: {
      number,
      type: found.type,
      year: found.year,
      issuer: found.issuerName,
      status: found.state,
      ...(name === undefined ? {} : { name }),
      ...(code === undefined ? {} : { code }),
      ...(known
        ? { unit: found.unitName, title: found.title, grade: found.grade, score: found.score === null ? null : found.score / 100 }
        : {}),
    },
  };
};

/** One's own, newest first. */
export const myCertificates = (ctx: Context): Promise<Certificate[]> => ofPerson(ctx, ctx.allow(ownCertificates).person);
/**
 * One certificate whole: its holder's, or of a unit within the reach.
 * @throws {NotFound} it does not exist, or belongs to others
 */
export const seeCertificate = async (ctx: Context, number: string): Promise<Certificate> => {
  const actor = ctx.allow(ownCertificates);
  const found = await findByNumber(ctx, tidyNumber(number));
  if (!found) return notFound();
  if (found.person === actor.person) return found;
  if (!isAllowed(actor, seeCertificates)) return notFound();
  const [row] = await listWithin(ctx, ctx.reach(seeCertificates), { number: found.number }, 1);
  return row ?? notFound();
};
/** A page of those within the reach, and the key after which the next one begins. */
export const listCertificates = async (ctx: Context, input: ListInput): Promise<{ rows: Certificate[]; next: string | null }> => {
  const rows = await listWithin(
    ctx,
    ctx.reach(seeCertificates),
    { ...input, ...(input.number === undefined ? {} : { number: tidyNumber(input.number) }) },
    pageSize,
  );
  const last = rows.at(-1);
  return { rows, next: last && rows.length === pageSize ? keyOf(input, last) : null };
};
/** Those of the actor's own units that are not revoked, at most 200. */
export const unitsCertificates = async (ctx: Context): Promise<Certificate[]> =>
  (await listWithin(ctx, ctx.reach(unitCertificates), {}, 200)).filter((c) => c.state !== "revoked");
/**
 * Those to be printed in one job: a unit's or a sitting's, valid ones, at most 300, and the key after which the
 * next job begins. Of another state there are none.
 */
export const printCertificates = async (ctx: Context, input: ListInput): Promise<{ rows: Certificate[]; next: string | null }> => {
  const reach = ctx.reach(manageCertificates);
  if (input.state !== undefined && input.state !== "valid") return { rows: [], next: null };
  const found = await listWithin(ctx, reach, { ...input, state: "valid" }, mostPrints + 1);
  const rows = found.slice(0, mostPrints);
  const last = rows.at(-1);
  return { rows, next: last && found.length > mostPrints ? keyOf(input, last) : null };
};

/** Certificates of attempts or completions, by basis. */
export const certificatesOf = ofBases;
/** Titles of certificates by number. */
export const titlesOf = async (ctx: Context, ids: readonly string[]): Promise<Map<string, string>> =>
  new Map((ids.length === 0 ? [] : await titles(ctx, ids)).map((row) => [row.id, `${row.title} ${row.id}`]));
