/** One root secret, a derived key for each purpose (HKDF, RFC 5869). */
import type { Bindings } from "./context.ts";

export type Purpose = "session" | "id-number" | "paper" | "certificate" | "code";
const encoder = new TextEncoder();

const derived = async (env: Bindings, purpose: Purpose, version: number, bits: number): Promise<Uint8Array<ArrayBuffer>> => {
  if (env.ROOT_SECRET.length < 32) throw new Error("ROOT_SECRET is missing or shorter than 32 characters");
  const root = await crypto.subtle.importKey("raw", encoder.encode(env.ROOT_SECRET), "HKDF", false, ["deriveBits"]);
  return new Uint8Array(
    await crypto.subtle.deriveBits(
      { name: "HKDF", hash: "SHA-256", salt: encoder.encode("xuefa"), info: encoder.encode(`${purpose}/${version}`) },
      root,
      bits,
    ),
  );
};
const hex = (bytes: Uint8Array) => [...bytes].map((b) => b.toString(16).padStart(2, "0")).join("");

const hmacKeys = new WeakMap<Bindings, Map<Purpose, Promise<CryptoKey>>>();
const hmacKey = (env: Bindings, purpose: Purpose): Promise<CryptoKey> => {
  const keys = hmacKeys.get(env) ?? new Map<Purpose, Promise<CryptoKey>>();
  hmacKeys.set(env, keys);
  const found =
    keys.get(purpose) ??
    derived(env, purpose, 1, 256).then((raw) => crypto.subtle.importKey("raw", raw, { name: "HMAC", hash: "SHA-256" }, false, ["sign"]));
  keys.set(purpose, found);
  return found;
};
/** HMAC-SHA-256 of a text under the key of a purpose. */
export const mac = async (env: Bindings, purpose: Purpose, text: string): Promise<Uint8Array> =>
  new Uint8Array(await crypto.subtle.sign("HMAC", await hmacKey(env, purpose), encoder.encode(text)));
export const macHex = async (env: Bindings, purpose: Purpose, text: string): Promise<string> => hex(await mac(env, purpose, text));
/** A derived secret as text, for a library that wants one. */
export const secretText = async (env: Bindings, purpose: Purpose): Promise<string> => hex(await derived(env, purpose, 1, 256));

/** Which key new ciphertexts are made with. */
export const idNumberKeyVersion = 1;
/** Encrypts under AES-256-GCM; base64 of nonce and ciphertext. */
export const encrypt = async (env: Bindings, text: string): Promise<string> => {
  const key = await crypto.subtle.importKey("raw", await derived(env, "id-number", idNumberKeyVersion, 256), "AES-GCM", false, ["encrypt"]);
  const nonce = crypto.getRandomValues(new Uint8Array(12));
  const sealed = new Uint8Array(await crypto.subtle.encrypt({ name: "AES-GCM", iv: nonce }, key, encoder.encode(text)));
  return btoa(String.fromCharCode(...nonce, ...sealed));
};
/** The text again. @throws {DOMException} a wrong key or an altered ciphertext */
export const decrypt = async (env: Bindings, sealed: string, version: number): Promise<string> => {
  const key = await crypto.subtle.importKey("raw", await derived(env, "id-number", version, 256), "AES-GCM", false, ["decrypt"]);
  const bytes = Uint8Array.from(atob(sealed), (c) => c.charCodeAt(0));
  return new TextDecoder().decode(await crypto.subtle.decrypt({ name: "AES-GCM", iv: bytes.slice(0, 12) }, key, bytes.slice(12)));
};
