/** A small bureau for these tests, and a browser that keeps cookies. */
import { env, exports } from "cloudflare:workers";
import {
  grantId,
  newId,
  personId,
  positionId,
  unitId,
  commit,
  hashHere,
  type Context,
  type Day,
  type GrantRole,
  type Nature,
  type PersonId,
  type Post,
  type UnitId,
  type UnitKind,
} from "#kernel";
import { app } from "../../../src/worker.ts";
import { addGrants, addPeople, addPositions, addUnits } from "../../../src/plugins/people/store-bulk.ts";
import { ensureUser, putPassword } from "../../../src/plugins/people/store-sign-in.ts";
import { loginFrom } from "../../../src/plugins/people/rules.ts";

export const origin = "https://xuefa.test";
export const context = (now = Date.now()): Context => app.context(env, now);
const past = "2020-01-01" as Day;

export const unit = async (name: string, kind: UnitKind, parent: UnitId | null): Promise<UnitId> => {
  const ctx = context();
  const id = newId(unitId);
  await commit(ctx, { statements: addUnits(ctx, [{ id, parent, kind, name, status: "open", since: past }]), audit: null });
  return id;
};
type Given = {
  name?: string;
  post?: Post;
  nature?: Nature;
  phone?: string;
  employeeNo?: string;
  from?: string;
  until?: string;
  password?: string;
  grant?: GrantRole;
  kinds?: UnitKind[];
  grantUnit?: UnitId;
};
let made = 0;
export const person = async (at: UnitId | null, given: Given = {}): Promise<{ id: PersonId; login: string }> => {
  const ctx = context();
  const id = newId(personId);
  const login = loginFrom(++made / 100_000);
  await commit(ctx, {
    statements: [
      ...addPeople(ctx, [{ id, login, name: given.name ?? `某${made}`, phone: given.phone ?? null, employeeNo: given.employeeNo ?? null }]),
      ...(at === null
        ? []
        : addPositions(ctx, [
            {
              id: newId(positionId),
              person: id,
              unit: at,
              nature: given.nature ?? "personnel",
              post: given.post ?? "other",
              from: (given.from ?? past) as Day,
              until: (given.until ?? null) as Day | null,
            },
          ])),
      ...(given.grant === undefined
        ? []
        : addGrants(ctx, [
            {
              id: newId(grantId),
              person: id,
              role: given.grant,
              unit: given.grantUnit ?? null,
              kinds: given.kinds ?? null,
              from: past,
              reason: "test",
              by: null,
            },
          ])),
      ...(given.password === undefined ? [] : [ensureUser(ctx, id, login), ...putPassword(ctx, id, await hashHere(given.password))]),
    ],
    audit: null,
  });
  return { id, login };
};

/** A browser: keeps cookies, says where it comes from, follows nothing by itself. */
export const browser = (address = "203.0.113.7") => {
  const jar = new Map<string, string>();
  const keep = (answer: Response) => {
    for (const line of answer.headers.getSetCookie()) {
      const [pair = "", ...rest] = line.split(";");
      const [name = "", ...value] = pair.split("=");
      if (rest.some((r) => /max-age=0\b/i.test(r))) jar.delete(name.trim());
      else jar.set(name.trim(), value.join("="));
    }
    return answer;
  };
  const headers = (more: Record<string, string> = {}) => ({
    cookie: [...jar].map(([k, v]) => `${k}=${v}`).join("; "),
    origin,
    "cf-connecting-ip": address,
    ...more,
  });
  return {
    jar,
    get: async (path: string) => keep(await exports.default.fetch(new Request(origin + path, { headers: headers(), redirect: "manual" }))),
    post: async (path: string, fields: Record<string, string> | FormData, more?: Record<string, string>) => {
      const body = fields instanceof FormData ? fields : new URLSearchParams(fields);
      return keep(
        await exports.default.fetch(new Request(origin + path, { method: "POST", headers: headers(more), body, redirect: "manual" })),
      );
    },
    api: async (method: string, path: string, body?: unknown, more: Record<string, string> = {}) =>
      exports.default.fetch(
        new Request(`${origin}/api/v1${path}`, {
          method,
          headers: { "cf-connecting-ip": address, ...(body === undefined ? {} : { "content-type": "application/json" }), ...more },
          ...(body === undefined ? {} : { body: JSON.stringify(body) }),
        }),
      ),
  };
};
export const count = async (query: string, ...values: unknown[]): Promise<number> =>
  (await env.DB.prepare(query)
    .bind(...values)
    .first<number>("n")) ?? 0;
