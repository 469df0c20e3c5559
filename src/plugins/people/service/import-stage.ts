/** Staging the rows of a file while it is read, with progress. */
import type { JobId, Statement } from "#kernel";
import { progress } from "../store-import.ts";

/** Rows staged before the progress moves. */
const atOnce = 1000;
/** Rows staged in one batch: few, so that their texts stay small enough to be collected at once. */
const staging = 120;
/** The job that checks, and how it writes what is only staged yet. */
export type Upkeep = { job: JobId; write: (statements: readonly Statement[]) => Promise<unknown> };
/** Stages rows as they come, some at a time; of how many, it learns once that is known. */
export const stager = <R>({ job, write }: Upkeep, stage: (rows: readonly R[]) => readonly Statement[]) => {
  let open: R[] = [];
  let [done, told, total] = [0, 0, 0];
  const flush = async () => {
    done += open.length;
    const rows = open;
    open = [];
    const moves = total > 0 && (done - told >= atOnce || done === total);
    if (moves) told = done;
    await write([...stage(rows), ...(moves ? [progress(job, Math.floor((total + done) / 2), total)] : [])]);
  };
  return {
    add: async (row: R) => {
      open.push(row);
      if (open.length >= staging) await flush();
    },
    /** Reading was the first half of the work. */
    expect: (rows: number) => {
      total = rows;
    },
    flush,
  };
};
