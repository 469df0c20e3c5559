/** The routes of the product and how its demonstration walks them, read from the sources that are tested. */
import { readdirSync } from "node:fs";
import { join } from "node:path";
import { z } from "zod";
import { discover } from "../support/links.ts";
import { access, account, root } from "./browser.ts";

const permission = z.object({ id: z.string(), by: z.union([z.literal("everyone"), z.array(z.string())]), open: z.boolean().optional() });
const pluginShape = z.object({
  id: z.string(),
  pages: z.object({ list: z.array(z.object({ method: z.string(), path: z.string(), permission })) }).optional(),
});
const demoShape = z.object({ demo: z.object({ paths: z.record(z.string(), z.string()).optional() }) });

// Imported by a name that tsc does not follow: the sources are typed for workerd, these tests for Node.
const load = (path: string): Promise<unknown> => import(join(root, path));
const { plugins } = z.object({ plugins: z.array(pluginShape) }).parse(await load("src/plugins.ts"));
const demoFiles = readdirSync(join(root, "src/plugins"))
  .map((id) => `src/plugins/${id}/demo.ts`)
  .filter((path) => readdirSync(join(root, path, "..")).includes("demo.ts"));
const told = new Map<string, string>();
for (const path of demoFiles)
  for (const [route, address] of Object.entries(demoShape.parse(await load(path)).demo.paths ?? {})) told.set(route, address);

/** Who walks a page, the likeliest first. */
const walkers = ["learner", "head", "officer", "administrator", "author", "proctor", "auditor", "unit-officer"];
export type Walk = { readonly route: string; readonly address: string | null; readonly by: readonly (string | null)[] };
const reads = plugins.flatMap(({ pages: own }) =>
  (own?.list ?? [])
    .filter(({ method }) => method === "GET")
    .map(({ path, permission: { by, open } }) => ({
      path,
      mayWalk: open === true ? [null, "learner"] : walkers.filter((role) => by === "everyone" || by.includes(role)),
    })),
);

const tokens = new Map<string, string>();
/** A session of a role account, by the API. */
const tokenOf = async (role: string): Promise<string> => {
  const known = tokens.get(role);
  if (known !== undefined) return known;
  const { username, password } = account(role);
  const answer = await fetch(`${access().url}/api/v1/session`, {
    method: "POST",
    headers: { "content-type": "application/json" },
    body: JSON.stringify({ username, password }),
  });
  const { token } = z.object({ token: z.string() }).parse(await answer.json());
  tokens.set(role, token);
  return token;
};
/** An answer of the running server to a role account, or to nobody. */
export const ask = async (who: string | null, address: string): Promise<Response> =>
  fetch(`${access().url}${address}`, {
    redirect: "manual",
    signal: AbortSignal.timeout(30_000),
    headers: who === null ? {} : { authorization: `Bearer ${await tokenOf(who)}` },
  });

const discovered = await discover(reads, told, async (who, address) => {
  const answer = await ask(who, address);
  return answer.ok && (answer.headers.get("content-type") ?? "").startsWith("text/html") ? answer.text() : null;
});
/** One certificate stands for a job of three hundred. */
const one = discovered.get("/certificates/:number")?.split("/")[2];
const addresses = new Map([
  ...discovered,
  ...(one === undefined ? [] : [["/admin/certificates/print", `/admin/certificates/print?number=${one}`] as const]),
]);
/** Every page that is read, with the address by which it is walked; null where nothing tells or leads to one. */
export const pages: readonly Walk[] = reads.map(({ path, mayWalk }) => ({
  route: path,
  address: addresses.get(path) ?? null,
  by: mayWalk,
}));
