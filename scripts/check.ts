/** `npm run check`: everything that can be told without running the product. `npm run check -- lint types` runs those steps alone. */
import { spawn } from "node:child_process";
import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { delimiter, join } from "node:path";
import { performance } from "node:perf_hooks";
import { Refusal, run } from "./host/plain.ts";

const root = join(import.meta.dirname, "..");
/** How many steps run beside each other; each uses about one core. */
const beside = 2;

type Step = { readonly name: string; readonly command: readonly string[] };
type Outcome = { readonly step: Step; readonly code: number; readonly said: string; readonly seconds: number };

const stepsIn = (folder: string): Step[] => [
  { name: "format", command: ["oxfmt", "--list-different"] },
  { name: "lint", command: ["oxlint", "--type-aware", "--deny-warnings", "-f", "unix"] },
  { name: "types-worker", command: ["tsc", "-p", "tsconfig.worker.json"] },
  { name: "types-islands", command: ["tsc", "-p", "tsconfig.islands.json"] },
  { name: "types-node", command: ["tsc", "-p", "tsconfig.node.json"] },
  { name: "knip", command: ["knip", "--no-progress"] },
  { name: "architecture", command: ["vitest", "run", "--project", "node", "test/held/architecture.test.ts", "test/held/commands.test.ts"] },
  {
    name: "catalogues",
    command: ["vitest", "run", "--project", "node", "test/held/catalogues.test.ts", "test/held/problem-codes.test.ts"],
  },
  { name: "content", command: ["node", "--import", "tsx", "scripts/content.ts"] },
  { name: "deploy", command: ["wrangler", "deploy", "--dry-run", "--outdir", folder] },
];

/** The tools of node_modules, without colours, metrics or a look for newer versions. */
const environment = {
  ...process.env,
  PATH: `${join(root, "node_modules/.bin")}${delimiter}${process.env["PATH"] ?? ""}`,
  NO_COLOR: "1",
  CI: "1",
  WRANGLER_SEND_METRICS: "false",
  WRANGLER_HIDE_BANNER: "true",
};

const runStep = (step: Step): Promise<Outcome> =>
  new Promise((done, failed) => {
    const [file = "", ...argv] = step.command;
    const began = performance.now();
    let said = "";
    const child = spawn(file, argv, { cwd: root, env: environment, stdio: ["ignore", "pipe", "pipe"] });
    for (const stream of [child.stdout, child.stderr]) stream.setEncoding("utf8").on("data", (text: string) => (said += text));
    child.once("error", failed);
    child.once("close", (code) => done({ step, code: code ?? 1, said, seconds: (performance.now() - began) / 1000 }));
  });

const report = ({ step, code, said, seconds }: Outcome) => {
  process.stdout.write(`${code === 0 ? "✓" : "✗"} ${step.name.padEnd(14)}${seconds.toFixed(1).padStart(6)} s\n`);
  if (code !== 0) process.stdout.write(`${said.trimEnd().replace(/^/gm, "    ")}\n    (${step.command.join(" ")})\n`);
};

run(async () => {
  const folder = await mkdtemp(join(tmpdir(), "xuefa-check-"));
  try {
    const steps = stepsIn(folder);
    const wanted = process.argv.slice(2);
    const unknown = wanted.find((name) => !steps.some((step) => step.name === name));
    if (unknown !== undefined)
      throw new Refusal(`没有检查步骤“${unknown}”。(No such step; there are: ${steps.map(({ name }) => name).join(", ")}.)`);
    // First, since types and bundles name what it makes (#content).
    const built = await runStep({ name: "build", command: ["node", "--import", "tsx", "scripts/build.ts", "--content"] });
    report(built);
    const waiting = steps.filter(({ name }) => wanted.length === 0 || wanted.includes(name));
    const outcomes: Outcome[] = [built];
    const lane = async () => {
      for (let step = waiting.shift(); step !== undefined; step = waiting.shift()) {
        const outcome = await runStep(step);
        report(outcome);
        outcomes.push(outcome);
      }
    };
    await Promise.all(Array.from({ length: beside }, lane));
    const failed = outcomes.filter(({ code }) => code !== 0).map(({ step }) => step.name);
    if (failed.length > 0) throw new Refusal(`没有通过 (failed): ${failed.join(", ")}`);
    process.stdout.write(`检查全部通过 (all ${outcomes.length} steps passed)\n`);
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
});
