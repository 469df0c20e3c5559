/**
 * Who gets in where: each route asked as each role, held against one written table, test/held/permissions.txt
 * (`vitest -u` rewrites it; the diff is read). In means: answered with anything but 401 and 403.
 */
import { beforeAll, expect, test } from "vitest";
import { anyone, everyone, roles, type Permission, type Role } from "#kernel";
import { demonstration, ways, type Demonstration, type Someone, type Way } from "../../support/demonstration.ts";

const name = ({ method, path }: Way) => `${method} ${path}`;
const who = (permission: Permission): readonly (Role | "nobody")[] =>
  permission === anyone ? ["nobody", ...roles] : permission.by === everyone ? roles : roles.filter((role) => permission.by.includes(role));
const words = (permission: Permission) =>
  permission === anyone ? "anyone" : permission.by === everyone ? "everyone who is signed in" : who(permission).join(" ");

test("the written table is this one", async () => {
  const lines = ways.map((way) => `${name(way)} → ${words(way.permission)}`).toSorted();
  await expect(`${lines.join("\n")}\n`).toMatchFileSnapshot("../permissions.txt");
});

let shown: Demonstration;
beforeAll(async () => {
  shown = await demonstration();
}, 120_000);

test("there is an account of each role", () => {
  expect(roles.filter((role) => !shown.people.some((person) => person.role === role && person.actor.roles.has(role)))).toEqual([]);
});

/** A request that carries nothing: who may not is refused before it is read, who may is told what is missing. */
const empty = ({ method, page }: Way): RequestInit =>
  method === "GET"
    ? {}
    : page
      ? { method, body: "", headers: { "content-type": "application/x-www-form-urlencoded", origin: "https://xuefa.test" } }
      : { method, body: method === "DELETE" ? null : "{}", headers: { "content-type": "application/json" } };

const tried = async (way: Way, someone: Someone | null) => {
  const answer = await shown.ask(someone, shown.addressOf(way), { ...empty(way), fresh: way.method !== "GET" });
  const mayEnter =
    way.permission === anyone ||
    (someone !== null && who(way.permission).some((role) => role !== "nobody" && someone.actor.roles.has(role)));
  const entered = answer.status !== 401 && answer.status !== 403;
  return {
    breach:
      entered === mayEnter
        ? null
        : `${name(way)} as ${someone?.role ?? "nobody"}: ${answer.status}, but ${mayEnter ? "in" : "out"} by the table`,
    failure: answer.status === 500 ? `${name(way)} as ${someone?.role ?? "nobody"}: ${(await answer.text()).slice(0, 200)}` : null,
  };
};
test("each route lets in whom the table says, and nobody else; none fails on an empty request", async () => {
  const found: { breach: string | null; failure: string | null }[] = [];
  // Reading first: what is written may end sessions and move things.
  for (const way of ways.toSorted((a, b) => Number(a.method !== "GET") - Number(b.method !== "GET")))
    for (const someone of [null, ...shown.people]) found.push(await tried(way, someone));
  expect(found.flatMap(({ breach }) => breach ?? [])).toEqual([]);
  expect(found.flatMap(({ failure }) => failure ?? [])).toEqual([]);
}, 300_000);
