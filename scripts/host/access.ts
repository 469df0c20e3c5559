/** access.json in the state folder (mode 600): where to open it, and who can sign in. */
import { z } from "zod";
import { readIfThere, writePrivate } from "./files.ts";
import type { Seeded } from "./people.ts";
import type { State } from "./state.ts";

const access = z.looseObject({
  url: z.string(),
  first_run: z.string().optional(),
  token: z.string().optional(),
  accounts: z.array(z.unknown()),
});

const write = (state: State, value: z.infer<typeof access>) => writePrivate(state.access, `${JSON.stringify(value, null, 2)}\n`);

async function read(state: State): Promise<z.infer<typeof access> | null> {
  const text = await readIfThere(state.access);
  return text === null ? null : access.parse(JSON.parse(text));
}

export const writeDemonstration = (state: State, url: string, { token, accounts }: Seeded) =>
  write(state, { url, token, accounts: accounts.map(({ role, username, password }) => ({ role, username, password })) });

/** The link of the first run. */
export const firstRunLink = (url: string, code: string) => `${url}/first-run/${code}`;

export const writeFirstRun = (state: State, url: string, code: string) =>
  write(state, { url, first_run: firstRunLink(url, code), accounts: [] });

/** The first run is done: the administrator's token joins the file. */
export async function addToken(state: State, url: string, token: string): Promise<void> {
  await write(state, { ...((await read(state)) ?? { accounts: [] }), url, token });
}

/** The address may have another port than last time. */
export async function refreshAddress(state: State, url: string): Promise<void> {
  const now = await read(state);
  if (now !== null && now.url !== url) await write(state, { ...now, url });
}
