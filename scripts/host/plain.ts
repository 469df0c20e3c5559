/** How a command-line program of this house ends badly: one clear sentence and exit code 1. */

/** What a person can mend: its message is shown alone, without a stack. Anything else thrown is a bug and shows its stack. */
export class Refusal extends Error {
  override name = "Refusal";
}

/** The errno of a failed system call, such as "ENOENT"; null for any other error. */
export const codeOf = (error: unknown): string | null =>
  error instanceof Error && "code" in error && typeof error.code === "string" ? error.code : null;

/** Runs a program's main function; a failure is written to stderr and ends the process with 1. */
export function run(main: () => Promise<void>): void {
  // A reader that went away (`npm start | head`) does not take the server with it.
  for (const stream of [process.stdout, process.stderr]) stream.on("error", () => {});
  main().catch((error: unknown) => {
    if (error instanceof Refusal) process.stderr.write(`${error.message}\n`);
    else process.stderr.write(`${error instanceof Error ? (error.stack ?? error.message) : String(error)}\n`);
    // Exits at once: a half-started runtime must not keep the process alive.
    process.exit(1);
  });
}
