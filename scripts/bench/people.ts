/** People of the demonstration who can act in the bench: with a session, or with a password to sign in by. */
import { randomBytes, scryptSync } from "node:crypto";
import { z } from "zod";
import type { Product } from "./product.ts";

export type Candidate = { person: string; token: string };
export type Account = { username: string; password: string };

const day = 86_400_000;

/** Persons with a position today who have no account yet. */
async function peopleWithout(product: Product, count: number): Promise<{ id: string; login: string }[]> {
  const { results } = await product.db
    .prepare(
      `select p.id, p.login from kernel_person p where p.erased_at is null and not exists (select 1 from kernel_user u where u.id = p.id)
       and exists (select 1 from kernel_position h where h.person = p.id and h.from_day <= date('now', '-1 day') and (h.until_day is null or h.until_day > date('now', '+2 days'))) order by p.id limit ?`,
    )
    .bind(count)
    .all();
  const found = z.array(z.object({ id: z.string(), login: z.string() })).parse(results);
  if (found.length < count) throw new Error(`the demonstration has ${found.length} people without an account; ${count} are needed`);
  return found;
}
const addUsers = (product: Product, people: readonly { id: string; login: string }[], now: number) => [
  product.db
    .prepare(
      `insert into kernel_user (id, name, email, email_verified, created_at, updated_at, username, display_username)
       select value ->> 'id', value ->> 'login', (value ->> 'id') || '@people.invalid', 0, ?2, ?2, value ->> 'login', value ->> 'login' from json_each(?1)`,
    )
    .bind(JSON.stringify(people), now),
  product.db
    .prepare("update kernel_person set notice_shown = 1 where id in (select value ->> 'id' from json_each(?))")
    .bind(JSON.stringify(people)),
];

/** How many sit an exam. */
export const manyCandidates = 500;
let made: Promise<Candidate[]> | null = null;
/** Five hundred people who are signed in by a password, the same for every section. */
export const candidatesOf = (product: Product): Promise<Candidate[]> => (made ??= signIn(product));

/** A row of kernel_session each, as the product writes it. */
async function signIn(product: Product): Promise<Candidate[]> {
  const now = Date.now();
  const people = (await peopleWithout(product, manyCandidates)).map((person) => ({
    ...person,
    session: randomBytes(12).toString("hex"),
    token: randomBytes(24).toString("base64url"),
  }));
  await product.db.batch([
    ...addUsers(product, people, now),
    product.db
      .prepare(
        `insert into kernel_session (id, expires_at, token, created_at, updated_at, ip_address, user_agent, user_id, strength)
         select value ->> 'session', ?3, value ->> 'token', ?2, ?2, '', 'bench', value ->> 'id', 'password' from json_each(?1)`,
      )
      .bind(JSON.stringify(people), now, now + 14 * day),
  ]);
  return people.map(({ id, token }) => ({ person: id, token }));
}

/** scrypt as src/kernel/identity/hasher.ts makes it. */
const hashOf = (password: string): string => {
  const salt = randomBytes(16).toString("hex");
  return `${salt}:${scryptSync(password, salt, 64, { N: 16_384, r: 16, p: 1, maxmem: 64 * 1024 * 1024 }).toString("hex")}`;
};
/** People who can sign in; all with one password, whose hash is made once. */
export async function withPassword(product: Product, count: number): Promise<Account[]> {
  const now = Date.now();
  const password = randomBytes(9).toString("base64url");
  const people = await peopleWithout(product, count);
  await product.db.batch([
    ...addUsers(product, people, now),
    product.db
      .prepare(
        `insert into kernel_account (id, account_id, provider_id, user_id, password, created_at, updated_at)
         select value ->> 'id', value ->> 'id', 'credential', value ->> 'id', ?2, ?3, ?3 from json_each(?1)`,
      )
      .bind(JSON.stringify(people), hashOf(password), now),
  ]);
  return people.map(({ login }) => ({ username: login, password }));
}
