/** Whether a state folder is a demonstration, and the password and token that its seeding uses. */
import { randomBytes, randomInt } from "node:crypto";
import { rm } from "node:fs/promises";
import { z } from "zod";
import { readIfThere, writePrivate } from "./files.ts";
import type { State } from "./state.ts";

const demonstration = z.object({
  password: z.string(),
  token: z.string(),
  /** False until the seeding ended: a folder in which it was cut off holds nothing that anybody made. */
  seeded: z.boolean(),
});
export type Demonstration = z.infer<typeof demonstration>;

// Without 0, o, 1, l, i: people read it off a screen.
const letters = "abcdefghjkmnpqrstuvwxyz23456789";
const readable = (length: number) => Array.from({ length }, () => letters[randomInt(letters.length)]).join("");

export async function readDemonstration(state: State): Promise<Demonstration | null> {
  const text = await readIfThere(state.demo);
  return text === null ? null : demonstration.parse(JSON.parse(text));
}

const write = (state: State, value: Demonstration) => writePrivate(state.demo, `${JSON.stringify(value, null, 2)}\n`);

export async function makeDemonstration(state: State): Promise<Demonstration> {
  const made = { password: `${readable(4)}-${readable(4)}-${readable(4)}`, token: randomBytes(24).toString("base64url"), seeded: false };
  await write(state, made);
  return made;
}

export const markSeeded = (state: State, value: Demonstration) => write(state, { ...value, seeded: true });

/** Empties a folder whose seeding was cut off. */
export const discardHalfSeeded = (state: State) => rm(state.data, { recursive: true, force: true });
