/** The words after `npm run NAME --`. */
import { parseArgs, type ParseArgsConfig } from "node:util";
import { Refusal } from "./plain.ts";

/** Reads the options, refusing what is not among them in one sentence that shows the usage. */
export function optionsOf<const O extends NonNullable<ParseArgsConfig["options"]>>(argv: readonly string[], options: O, usage: string) {
  try {
    return parseArgs({ args: [...argv], options, strict: true, allowPositionals: false }).values;
  } catch (error) {
    throw new Refusal(`${error instanceof Error ? error.message.split("\n")[0] : String(error)} 用法 / Usage: ${usage}`);
  }
}

/** A port number; 0 asks for any free one. */
export function portOf(text: string): number {
  const port = Number(text);
  if (!/^\d{1,5}$/.test(text) || port > 65_535)
    throw new Refusal(`端口应为 0–65535 的整数,而不是“${text}”。(--port takes a number from 0 to 65535.)`);
  return port;
}

/** A public address without a path, as `https://xuefa.example.gov.cn`. */
export function originOf(text: string): string {
  const url = URL.parse(text);
  if (
    url === null ||
    !/^https?:$/.test(url.protocol) ||
    url.pathname !== "/" ||
    url.search !== "" ||
    url.hash !== "" ||
    url.username !== ""
  )
    throw new Refusal(
      `--origin 应为公开网址,如 https://xuefa.example.gov.cn,而不是“${text}”。(--origin takes a public address without a path.)`,
    );
  return url.origin;
}
