/** The routes of the product and how its demonstration walks them, read from the sources that are tested. */
import { readdirSync } from "node:fs";
import { join } from "node:path";
import { z } from "zod";
import { root } from "./browser.ts";

const permission = z.object({ id: z.string(), by: z.union([z.literal("everyone"), z.array(z.string())]), open: z.boolean().optional() });
const pluginShape = z.object({ id: z.string(), pages: z.object({ list: z.array(z.object({ method: z.string(), path: z.string(), permission })) }).optional() });
const demoShape = z.object({ demo: z.object({ paths: z.record(z.string(), z.string()).optional() }) });

// Imported by a name that tsc does not follow: the sources are typed for workerd, these tests for Node.
const load = (path: string): Promise<unknown> => import(join(root, path));
const { plugins } = z.object({ plugins: z.array(pluginShape) }).parse(await load("src/plugins.ts"));
const demoFiles = readdirSync(join(root, "src/plugins")).map((id) => `src/plugins/${id}/demo.ts`).filter((path) => readdirSync(join(root, path, "..")).includes("demo.ts"));
const walked = new Map<string, string>();
for (const path of demoFiles) for (const [route, address] of Object.entries(demoShape.parse(await load(path)).demo.paths ?? {})) walked.set(route, address);

export type Walk = { readonly route: string; readonly address: string | null; readonly by: readonly string[] | "everyone" | "anyone" };
/** Every page that is read, with the address by which it is walked; null where its demonstration tells none. */
export const pages: readonly Walk[] = plugins.flatMap(({ pages: own }) =>
  (own?.list ?? [])
    .filter(({ method }) => method === "GET")
    .map(({ path, permission: { by, open } }) => ({ route: path, address: path.includes(":") ? (walked.get(path) ?? null) : (walked.get(path) ?? path), by: open === true ? "anyone" : by })),
);
