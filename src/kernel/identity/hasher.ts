/**
 * Passwords: scrypt (RFC 7914), N = 16384, r = 16, p = 1, about 64 ms each. Admitted two at a time through one Durable
 * Object, so that five hundred people signing in at once neither starve a running exam nor each other.
 */
import { scrypt } from "node:crypto";
import type { Bindings } from "../context.ts";
import { Busy } from "../errors.ts";
import { kernelText } from "../text/words.ts";

const cost = { N: 16384, r: 16, p: 1, maxmem: 64 * 1024 * 1024 } as const;
const length = 64;
const hex = (bytes: Uint8Array) => [...bytes].map((b) => b.toString(16).padStart(2, "0")).join("");
const derive = (password: string, salt: string): Promise<Uint8Array> =>
  new Promise((resolve, reject) =>
    scrypt(password.normalize("NFKC"), salt, length, cost, (error, key) => (error ? reject(error) : resolve(key))),
  );

/** `salt:key` of a password, computed here and now; for the demonstration's bulk and the hasher itself. */
export const hashHere = async (password: string): Promise<string> => {
  const salt = hex(crypto.getRandomValues(new Uint8Array(16)));
  return `${salt}:${hex(await derive(password, salt))}`;
};
/** Compares in constant time. */
export const verifyHere = async (hash: string, password: string): Promise<boolean> => {
  const [salt = "", wanted = ""] = hash.split(":");
  const made = hex(await derive(password, salt));
  let different = made.length ^ wanted.length;
  for (let i = 0; i < made.length; i++) different |= made.charCodeAt(i) ^ wanted.charCodeAt(i);
  return different === 0;
};
/** A hash that no password has, so that an unknown user costs the same time as a wrong password. */
export const nobodysHash = `${"0".repeat(32)}:${"0".repeat(length * 2)}`;

/** At most this many wait; beyond it one is told to come back. */
const longest = 1000;
const atOnce = 2;
/** workerd computes scrypt within the turn: for so long after one nobody else is admitted, so that the saves of a running exam get theirs. ms */
const pause = 10;
/** The queue's core: two at a time, in order of arrival, each admitted by a timer and never within the turn of its arrival. */
export const makeHasher = () => {
  let running = 0;
  let timer: ReturnType<typeof setTimeout> | null = null;
  const waiting: (() => void)[] = [];
  const admit = () => {
    timer = null;
    if (running >= atOnce) return;
    const next = waiting.shift();
    if (next === undefined) return;
    running++;
    next();
    timer = setTimeout(admit, pause);
  };
  const admitted = async <T>(work: () => Promise<T>): Promise<T> => {
    if (waiting.length >= longest) throw new Busy(kernelText.busy);
    await new Promise<void>((resolve) => {
      waiting.push(resolve);
      timer ??= setTimeout(admit, pause);
    });
    try {
      return await work();
    } finally {
      running--;
      // The pause begins anew: the time that has passed was spent computing.
      if (timer !== null) clearTimeout(timer);
      timer = setTimeout(admit, pause);
    }
  };
  return {
    hash: ({ password }: { password: string }) => admitted(() => hashHere(password)),
    verify: ({ hash, password }: { hash: string; password: string }) => admitted(() => verifyHere(hash, password)),
    /** How many are before one who comes now. */
    ahead: () => Promise.resolve(running + waiting.length),
  };
};

const ask = async (env: Bindings, command: string, input: unknown): Promise<string> => {
  const answer = await env.HASHER.get(env.HASHER.idFromName("hasher")).fetch(`https://room/${command}`, {
    method: "POST",
    body: JSON.stringify(input),
  });
  if (answer.status === 503) throw new Busy(kernelText.busy);
  if (!answer.ok) throw new Error(`hasher answered ${answer.status}`);
  return answer.text();
};
/** The hasher as better-auth wants it. */
export const hasherOf = (env: Bindings) => ({
  hash: async (password: string): Promise<string> => JSON.parse(await ask(env, "hash", { password })) as string,
  verify: async ({ hash, password }: { hash: string; password: string }): Promise<boolean> =>
    (await ask(env, "verify", { hash, password })) === "true",
});
/** How many sign-ins wait at this moment. */
export const signInsAhead = async (env: Bindings): Promise<number> => Number(await ask(env, "ahead", {}));
