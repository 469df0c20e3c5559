/** The root secret: every key of the product is derived from it, so data written with one cannot be read with another. */
import { createHash, randomBytes } from "node:crypto";
import { readFile } from "node:fs/promises";
import { readIfThere, writePrivate } from "./files.ts";
import { codeOf, Refusal } from "./plain.ts";
import type { State } from "./state.ts";

/** 32 bytes in base64 have 44 characters; less than this is no secret. */
const shortest = 32;

async function readSecretFile(path: string): Promise<string> {
  const text = await readFile(path, "utf8").catch((error: unknown) => {
    throw new Refusal(`读不到根密钥文件“${path}”(${codeOf(error) ?? String(error)})。(The root secret file cannot be read.)`);
  });
  return text.trim();
}

/** Refuses a secret that is too short, or another one than the data was written with; remembers the first. */
async function checked(state: State, secret: string): Promise<string> {
  if (secret.length < shortest)
    throw new Refusal(`根密钥太短,至少 ${shortest} 个字符,可用 openssl rand -base64 32 生成。(The root secret is too short.)`);
  const digest = createHash("sha256").update(`xuefa root secret\n${secret}`).digest("hex");
  const known = (await readIfThere(state.secretCheck))?.trim();
  if (known === undefined) await writePrivate(state.secretCheck, `${digest}\n`);
  else if (known !== digest)
    throw new Refusal(
      "这个根密钥不是写入这些数据时所用的那一个,数据将无法解读,所以没有启动。(The root secret is not the one that this data was written with.)",
    );
  return secret;
}

/** Where `serve` looks for the secret, in this order: --secret-file, XUEFA_ROOT_SECRET_FILE, XUEFA_ROOT_SECRET, the state folder. */
export async function secretGiven(state: State, file: string | undefined, environment: NodeJS.ProcessEnv): Promise<string> {
  const path = file ?? environment["XUEFA_ROOT_SECRET_FILE"];
  if (path !== undefined) return checked(state, await readSecretFile(path));
  const value = environment["XUEFA_ROOT_SECRET"] ?? (await readIfThere(state.secret));
  if (value === null)
    throw new Refusal(
      `没有根密钥:请用 openssl rand -base64 32 生成一个文件,以 --secret-file 或 XUEFA_ROOT_SECRET_FILE 给出。(There is no root secret; give one by --secret-file or XUEFA_ROOT_SECRET_FILE.)`,
    );
  return checked(state, value.trim());
}

/** The secret of the state folder; `start` makes one where no data was written yet. */
export async function secretOfTrial(state: State): Promise<string> {
  const there = await readIfThere(state.secret);
  if (there !== null) return checked(state, there.trim());
  if ((await readIfThere(state.secretCheck)) !== null)
    throw new Refusal(
      `数据目录里的数据需要原来的根密钥,请把它放到“${state.secret}”。(The data needs its root secret; put it into this file.)`,
    );
  const made = randomBytes(32).toString("base64url");
  await writePrivate(state.secret, `${made}\n`);
  return checked(state, made);
}
