/** Queries of signing in: who is meant, tries and delays, sessions, passwords, one's display. */
import { and, desc, eq, gt, lt, ne, sql } from "drizzle-orm";
import { must, rowsOf, run, type Context, type Language, type PersonId, type Statement } from "#kernel";
import { authSessions, people } from "#kernel/schema";
import { addressFailures, displays, tries } from "./schema.ts";
import { freeTries, longestDelay } from "./rules.ts";

export type SignInRow = { person: PersonId; login: string; hash: string | null };
/**
 * Whom a typed name means: 登录号, then 工号, then a phone that only one person has. One query, the same for a name that
 * nobody has. Indexes: kernel_person_login, kernel_person_employee_no, kernel_person_phone, kernel_account_user.
 */
export const findSignIn = async (ctx: Context, name: string): Promise<SignInRow | undefined> =>
  (
    await rowsOf<SignInRow>(
      ctx,
      sql`select p.id as person, p.login, a.password as hash from (
          select id, login, erased_at, 1 as rank from kernel_person where login = ${name}
          union all select id, login, erased_at, 2 from kernel_person where employee_no = ${name} or employee_no = ${name.toUpperCase()}
          union all select min(id), min(login), min(erased_at), 3 from kernel_person where phone = ${name} and erased_at is null having count(*) = 1
        ) p left join kernel_account a on a.user_id = p.id and a.provider_id = 'credential' where p.erased_at is null order by p.rank limit 1`,
    )
  )[0];

/**
 * Takes a try for an account, if its delay is over: counted before the password is looked at, so that a thousand at once
 * are a thousand tries. Returns the moment of the next try where it is not over yet. Index: the primary key.
 */
export const takeTry = async (ctx: Context, account: string): Promise<{ waitUntil: number | null }> => {
  const delay = sql`case when people_try.failures < ${freeTries} then 0 else min(${longestDelay}, 30000 * (1 << min(people_try.failures - ${freeTries}, 10))) end`;
  const taken = await rowsOf(
    ctx,
    sql`insert into people_try (account, failures, last_at) values (${account}, 1, ${ctx.now})
      on conflict (account) do update set failures = people_try.failures + 1, last_at = excluded.last_at where people_try.last_at + ${delay} <= excluded.last_at returning failures`,
  );
  if (taken.length > 0) return { waitUntil: null };
  const row = (await rowsOf<{ until: number }>(ctx, sql`select last_at + ${delay} as until from people_try where account = ${account}`))[0];
  return { waitUntil: row?.until ?? ctx.now };
};
/** How many different accounts failed from an address since a moment, and did not succeed after. Index: people_address_failure_at. */
export const accountsFailedFrom = async (ctx: Context, address: string, since: number): Promise<number> =>
  (await rowsOf<{ n: number }>(ctx, sql`select count(*) as n from people_address_failure where address = ${address} and at > ${since}`))[0]
    ?.n ?? 0;
export const addressFailed = (address: string, account: string, at: number): Statement =>
  run(
    sql`insert into people_address_failure (address, account, at) values (${address}, ${account}, ${at}) on conflict (address, account) do update set at = excluded.at`,
  );
/** A success forgets what failed before. */
export const forgetFailures = (ctx: Context, account: string, address: string | null): Statement[] => [
  ctx.db.delete(tries).where(eq(tries.account, account)),
  ...(address === null
    ? []
    : [ctx.db.delete(addressFailures).where(and(eq(addressFailures.address, address), eq(addressFailures.account, account)))]),
];
/** Tries of long ago, for the nightly sweep. Indexes: people_try_last, people_address_failure_old. */
export const sweepTries = (ctx: Context, before: number): Statement[] => [
  ctx.db.delete(tries).where(lt(tries.lastAt, before)),
  ctx.db.delete(addressFailures).where(lt(addressFailures.at, before)),
  ctx.db.delete(authSessions).where(lt(authSessions.expiresAt, new Date(before))),
];

/** A person as better-auth knows one. The name and address there are placeholders: nothing personal is kept twice. */
export const ensureUser = (ctx: Context, person: PersonId, login: string): Statement =>
  run(sql`insert into kernel_user (id, name, email, email_verified, created_at, updated_at, username, display_username)
    values (${person}, ${login}, ${`${person}@people.invalid`}, 0, ${ctx.now}, ${ctx.now}, ${login}, ${login}) on conflict (id) do nothing`);
/** Puts the hash of a password. */
export const putPassword = (ctx: Context, person: PersonId, hash: string): Statement[] => [
  run(sql`delete from kernel_account where user_id = ${person} and provider_id = 'credential'`),
  run(
    sql`insert into kernel_account (id, account_id, provider_id, user_id, password, created_at, updated_at) values (${crypto.randomUUID()}, ${person}, 'credential', ${person}, ${hash}, ${ctx.now}, ${ctx.now})`,
  ),
];
/** The hash of a person's password, if there is one. Index: kernel_account_user. */
export const findHash = async (ctx: Context, person: PersonId): Promise<string | null> =>
  (
    await rowsOf<{ password: string | null }>(
      ctx,
      sql`select password from kernel_account where user_id = ${person} and provider_id = 'credential'`,
    )
  )[0]?.password ?? null;

export type SessionRow = { id: string; createdAt: Date; address: string | null; agent: string | null; strength: string };
/** A person's running sessions, newest first. Index: kernel_session_user. */
export const listSessions = (ctx: Context, person: PersonId): Promise<SessionRow[]> =>
  ctx.db
    .select({
      id: authSessions.id,
      createdAt: authSessions.createdAt,
      address: authSessions.ipAddress,
      agent: authSessions.userAgent,
      strength: authSessions.strength,
    })
    .from(authSessions)
    .where(and(eq(authSessions.userId, person), gt(authSessions.expiresAt, new Date(ctx.now))))
    .orderBy(desc(authSessions.createdAt))
    .limit(100);
/** Ends one session, which must be there. */
export const endSession = (ctx: Context, person: PersonId, session: string): readonly [Statement, Statement] =>
  must(ctx.db.delete(authSessions).where(and(eq(authSessions.userId, person), eq(authSessions.id, session))));
/** Ends all sessions of a person but one. */
export const endSessionsBut = (ctx: Context, person: PersonId, kept: string): Statement =>
  ctx.db.delete(authSessions).where(and(eq(authSessions.userId, person), ne(authSessions.id, kept)));
/** A session that has shown (or just set) a password. */
export const strengthen = (ctx: Context, session: string): Statement =>
  ctx.db.update(authSessions).set({ strength: "password" }).where(eq(authSessions.id, session));
export const noteNotice = (ctx: Context, person: PersonId, version: number): Statement =>
  ctx.db.update(people).set({ noticeShown: version }).where(eq(people.id, person));

/** What a person is known by, so that a password does not hold it; and how to reach one. */
export const findOwnFacts = (ctx: Context, person: PersonId) =>
  ctx.db
    .select({ login: people.login, name: people.name, employeeNo: people.employeeNo, phone: people.phone, email: people.email })
    .from(people)
    .where(eq(people.id, person))
    .get();

/** The display that a person chose on another device. */
export const findDisplay = (ctx: Context, person: PersonId) => ctx.db.select().from(displays).where(eq(displays.person, person)).get();
export const putDisplay = (ctx: Context, person: PersonId, display: { care: number; language: Language | null }): Statement =>
  ctx.db
    .insert(displays)
    .values({ person, ...display })
    .onConflictDoUpdate({ target: displays.person, set: display });
