/**
 * `npm run build`: courses into modules, islands and stylesheet into dist/assets, and the Worker of the local homes.
 * With --content the Worker is left out: wrangler bundles that itself (`[build]` in wrangler.toml).
 */
import { randomUUID } from "node:crypto";
import { constants } from "node:fs";
import { access, mkdir, readdir, readFile, rename, rm, stat, writeFile } from "node:fs/promises";
import { basename, dirname, join, relative } from "node:path";
import * as esbuild from "esbuild";
import { bundleContent } from "./content-bundle.ts";
import { optionsOf } from "./host/args.ts";
import { Refusal, run } from "./host/plain.ts";
import type { Bundle } from "./host/runtime.ts";

const root = join(import.meta.dirname, "..");
const dist = join(root, "dist");
const assets = join(dist, "assets");
const usage = "npm run build -- [--content]";

const isThere = (path: string) =>
  stat(path).then(
    () => true,
    () => false,
  );

/** Paths below a folder of the repository, in one order on every machine. */
const filesBelow = async (folder: string): Promise<string[]> =>
  (await readdir(join(root, folder), { recursive: true })).map((path) => join(folder, path)).toSorted();

/** Replaces a file whole, so that a server which starts meanwhile reads the old one or the new one. */
async function put(path: string, contents: string | Uint8Array): Promise<void> {
  await mkdir(dirname(path), { recursive: true });
  // Not beside the file: another build may be tidying dist/assets.
  const draft = join(dist, `.${randomUUID()}.tmp`);
  await writeFile(draft, contents);
  await rename(draft, path);
}

/** esbuild, its complaints shown with file and line and its result kept in memory. */
async function bundle(options: esbuild.BuildOptions): Promise<esbuild.OutputFile[]> {
  try {
    const { outputFiles } = await esbuild.build({
      absWorkingDir: root,
      bundle: true,
      target: "es2023",
      logLevel: "warning",
      legalComments: "none",
      ...options,
      write: false,
    });
    return outputFiles;
  } catch (error) {
    if (error instanceof Error && "errors" in error) throw new Refusal("构建没有成功,原因见上。(The build failed; see above.)");
    throw error;
  }
}

/** Each `NAME.island.tsx` as `/islands/NAME.js`; what they share is one chunk, named by its content. */
async function buildIslands(): Promise<esbuild.OutputFile[]> {
  const islands = (await filesBelow("src")).filter((path) => path.endsWith(".island.tsx"));
  if (islands.length === 0) return [];
  const names = islands.map((path) => basename(path, ".island.tsx"));
  const twice = names.find((name, index) => names.indexOf(name) !== index);
  if (twice !== undefined) throw new Refusal(`Two islands are called ${twice}; their files would overwrite each other.`);
  return bundle({
    entryPoints: islands.map((path, index) => ({ in: path, out: `islands/${names[index]}` })),
    outdir: assets,
    format: "esm",
    platform: "browser",
    splitting: true,
    chunkNames: "islands/shared/[hash]",
    jsx: "automatic",
    jsxImportSource: "hono/jsx/dom",
    minify: true,
  });
}

/** Every stylesheet of src/ui as one, `/xuefa.css`, in the order of their names. */
async function buildStyles(): Promise<esbuild.OutputFile[]> {
  const sheets = (await filesBelow("src/ui")).filter((path) => path.endsWith(".css"));
  if (sheets.length === 0) return [];
  return bundle({
    stdin: { contents: sheets.map((path) => `@import "./${path}";`).join("\n"), loader: "css", resolveDir: root, sourcefile: "xuefa.css" },
    outfile: join(assets, "xuefa.css"),
    loader: { ".woff2": "file", ".svg": "dataurl", ".png": "dataurl" },
    minify: true,
  });
}

const headers = `/islands/shared/*
  ! Cache-Control
  Cache-Control: public, max-age=31536000, immutable
/*
  Cache-Control: public, max-age=0, must-revalidate
  X-Content-Type-Options: nosniff
`;

/** dist/assets anew; what is not of this build goes last, when nothing that is served names it any more. */
async function buildAssets(): Promise<void> {
  const files = new Map<string, string | Uint8Array>([[join(assets, "_headers"), headers]]);
  for (const file of [...(await buildIslands()), ...(await buildStyles())]) files.set(file.path, file.contents);
  for (const icon of (await filesBelow("src/ui")).filter((path) => /^favicon\.(ico|svg|png)$/.test(basename(path))))
    files.set(join(assets, basename(icon)), await readFile(join(root, icon)));
  for (const [path, contents] of files) await put(path, contents);
  for (const path of await filesBelow(relative(root, assets))) {
    const whole = join(root, path);
    if (!files.has(whole) && (await stat(whole)).isFile()) await rm(whole, { force: true });
  }
}

/** Everything that src/worker.ts exports, and a scheduled event "@demo" that seeds the demonstration. In no other bundle. */
async function demoEntry(): Promise<string> {
  const demos = (await filesBelow("src/plugins")).filter((path) => basename(path) === "demo.ts");
  return [
    `import worker, { app } from "./src/worker.ts";`,
    `import { seedDemo } from "./src/kernel/demo.ts";`,
    ...demos.map((path, index) => `import { demo as demo${index} } from "./${path}";`),
    `export * from "./src/worker.ts";`,
    `export default {`,
    `  ...worker,`,
    `  scheduled: (event, env, ctx) =>`,
    `    event.cron === "@demo" ? seedDemo(app, [${demos.map((_, index) => `demo${index}`).join(", ")}], env, event.scheduledTime) : worker.scheduled(event, env, ctx),`,
    `};`,
  ].join("\n");
}

/** The Worker as one module for workerd. */
async function buildWorker(kind: { demo: boolean; minify: boolean }): Promise<string> {
  const entry: esbuild.BuildOptions = kind.demo
    ? { stdin: { contents: await demoEntry(), loader: "ts", resolveDir: root, sourcefile: "worker.demo.ts" } }
    : { entryPoints: ["src/worker.ts"] };
  const path = join(dist, kind.demo ? "worker.demo.js" : "worker.js");
  const [file] = await bundle({
    ...entry,
    outfile: path,
    format: "esm",
    platform: "neutral",
    mainFields: ["workerd", "worker", "browser", "module", "main"],
    conditions: ["workerd", "worker", "browser"],
    external: ["cloudflare:*", "node:*"],
    jsx: "automatic",
    jsxImportSource: "hono/jsx",
    // As wrangler does, so that a class and a function have their names in both homes.
    keepNames: true,
    minify: kind.minify,
  });
  if (file === undefined) throw new Error("esbuild wrote nothing");
  await put(path, file.contents);
  return path;
}

/** Courses and cited statutes as the modules that `#content` names, and the assets; without the Worker. */
export async function buildFiles(): Promise<void> {
  await bundleContent(join(dist, "content"));
  await buildAssets();
}

/** The user of a service may not write where the program was installed: who installed it ran `npm run build`. */
async function builtBefore(): Promise<Bundle | null> {
  const script = join(dist, "worker.js");
  const mayWrite = await access((await isThere(dist)) ? dist : root, constants.W_OK).then(
    () => true,
    () => false,
  );
  if (mayWrite) return null;
  if (await isThere(script)) return { script, assets };
  throw new Refusal(`“${dist}”不能写入,也没有现成的构建,请由安装者先运行 npm run build。(Nothing is built, and this user may not build.)`);
}

/** Everything a local home needs, into dist/. */
export async function build(kind: { demo: boolean; minify: boolean }): Promise<Bundle> {
  const before = kind.demo ? null : await builtBefore();
  if (before !== null) return before;
  try {
    await buildFiles();
    return { script: await buildWorker(kind), assets };
  } finally {
    await esbuild.stop();
  }
}

if (import.meta.main)
  run(async () => {
    const { content } = optionsOf(process.argv.slice(2), { content: { type: "boolean", default: false } }, usage);
    if (content) await buildFiles();
    else await build({ demo: false, minify: true });
    await esbuild.stop();
  });
