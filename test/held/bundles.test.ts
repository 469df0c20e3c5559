/** What each bundle holds: the demonstration is in the one of `npm start` alone, and a browser gets no server code. */
import * as esbuild from "esbuild";
import { afterAll, expect, test } from "vitest";
import { pathsBelow, root } from "./tree.ts";

afterAll(() => esbuild.stop());
const inputsOf = async (entryPoints: string[], options: esbuild.BuildOptions): Promise<string[]> => {
  const { metafile } = await esbuild.build({
    entryPoints,
    absWorkingDir: root,
    bundle: true,
    write: false,
    metafile: true,
    outdir: "dist",
    format: "esm",
    logLevel: "error",
    jsx: "automatic",
    ...options,
  });
  return Object.keys(metafile?.inputs ?? {});
};

test("the Worker of a lasting home holds no demonstration, no test and no script", async () => {
  const inputs = await inputsOf(["src/worker.ts"], {
    platform: "neutral",
    mainFields: ["workerd", "worker", "browser", "module", "main"],
    conditions: ["workerd", "worker", "browser"],
    external: ["cloudflare:*", "node:*"],
    jsxImportSource: "hono/jsx",
  });
  expect(inputs).toContain("src/kernel/compose.ts");
  expect(inputs.filter((path) => /\/demo\.ts$|^test\/|^scripts\//.test(path))).toEqual([]);
});
test("islands hold nothing of the kernel, of zod, or of another plugin", async () => {
  const islands = pathsBelow("src").filter((path) => path.endsWith(".island.tsx"));
  expect(islands.length).toBeGreaterThan(0);
  const inputs = await inputsOf(islands, { platform: "browser", jsxImportSource: "hono/jsx/dom" });
  expect(inputs.filter((path) => path.startsWith("src/") && !/\.island\.tsx?$/.test(path))).toEqual([]);
  expect(inputs.filter((path) => /node_modules\/(?!hono\/)/.test(path))).toEqual([]);
});
