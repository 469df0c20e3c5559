/**
 * A client made at run time from the product's own OpenAPI file, as somebody elsewhere would make one. Each answer is
 * held against what the file says of it, and each must tell its cost and its reference.
 */
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { Ajv2020, type ValidateFunction } from "ajv/dist/2020.js";
import { OpenAPIClientAxios, type Document } from "openapi-client-axios";
import { v7 } from "uuid";
import { expect } from "vitest";
import { z } from "zod";

export const newId = (): string => v7();
const codes = new Map(
  readFileSync(join(import.meta.dirname, "../held/problem-codes.txt"), "utf8")
    .trimEnd()
    .split("\n")
    .map((line) => line.split(" ") as [string, ...string[]])
    .map(([code, ...types]) => [code, types]),
);

const problem = z.object({
  type: z.string(),
  title: z.string().min(1),
  status: z.int(),
  code: z.string(),
  reference: z.string(),
  problems: z.array(z.object({ field: z.string().optional(), code: z.string(), message: z.string().min(1) })).optional(),
});
/** An answer: `body` is JSON where it says so, else the text. */
export type Told = { readonly status: number; readonly headers: Headers; readonly body: unknown; readonly bytes: Uint8Array };
/** A refusal in short: `409 over`. */
export const refusal = ({ status, body }: Told): string => `${status} ${problem.parse(body).code}`;
export const ok = <S extends z.ZodType>(told: Told, schema: S, status = 200): z.output<S> => {
  expect([told.status, told.status === status ? "" : told.body]).toEqual([status, ""]);
  return schema.parse(told.body);
};
export type Asked = { readonly token?: string | undefined; readonly headers?: Record<string, string>; readonly body?: unknown };
export type Api = {
  readonly document: Document;
  readonly operations: ReadonlyMap<string, { method: string; path: string }>;
  /** Calls an operation by its id; what stands in `params` goes into path and query as the file says. */
  call(operation: string, params?: Record<string, string | number>, asked?: Asked): Promise<Told>;
};

const unescaped = (part: string) => part.replaceAll("~", "~0").replaceAll("/", "~1");
/** What every answer of the API holds to. */
const expectGoodManners = (told: Told, what: string) => {
  expect(told.headers.get("server-timing"), `${what}: Server-Timing`).toMatch(/^db;dur=\d/);
  const reference = told.headers.get("x-request-id");
  expect(reference, `${what}: reference`).toMatch(/^[2-9a-hj-km-np-z]{10}$/);
  // The demonstration tells everybody what it cost.
  expect([told.headers.get("x-d1-rows-read"), told.headers.get("x-d1-rows-written")].join(), `${what}: rows`).toMatch(/^\d+,\d+$/);
  if (told.status < 400) return;
  expect(told.headers.get("content-type"), what).toContain("application/problem+json");
  const refused = problem.parse(told.body);
  expect(refused.reference).toBe(reference);
  expect(refused.status).toBe(told.status);
  expect(codes.get(refused.code), `${what}: ${refused.code} is not in the catalogue`).toContain(refused.type.replace("/problems/", ""));
};

const read = async (answer: Response): Promise<Told> => {
  const bytes = new Uint8Array(await answer.arrayBuffer());
  const text = new TextDecoder().decode(bytes);
  const type = (answer.headers.get("content-type") ?? "").replace(/;.*/, "");
  const body: unknown = type.endsWith("json") && !type.endsWith("ndjson") ? JSON.parse(text) : text;
  return { status: answer.status, headers: answer.headers, bytes, body };
};
/** The client of a running server. */
export const apiOf = async (url: string): Promise<Api> => {
  const document = (await (await fetch(`${url}/api/v1/openapi.json`)).json()) as Document;
  const ajv = new Ajv2020({ strict: false, allErrors: true, validateFormats: false });
  ajv.addSchema(document, "api");
  const known = new Map<string, ValidateFunction>();
  const validator = (pointer: string): ValidateFunction => {
    const found = known.get(pointer) ?? ajv.compile({ $ref: `api#${pointer}` });
    known.set(pointer, found);
    return found;
  };
  const made = new OpenAPIClientAxios({
    definition: document,
    withServer: { url: `${url}/api/v1` },
    axiosConfigDefaults: { validateStatus: () => true, responseType: "arraybuffer", maxRedirects: 0, timeout: 60_000 },
  });
  const client = await made.init();
  const operations = new Map(made.getOperations().map(({ operationId = "", method, path }) => [operationId, { method, path }]));

  const expectDescribed = (id: string, told: Told) => {
    const operation = operations.get(id);
    const described = z
      .record(z.string(), z.object({ content: z.record(z.string(), z.unknown()).optional() }))
      .parse(made.getOperation(id)?.responses);
    const status =
      described[String(told.status)] !== undefined ? String(told.status) : told.status >= 400 && told.status < 500 ? "4XX" : "default";
    const type = (told.headers.get("content-type") ?? "").replace(/;.*/, "");
    const content = described[status]?.content;
    if (told.bytes.length === 0) return expect(content, `${id} ${status}: nothing`).toBeUndefined();
    expect(Object.keys(content ?? {}), `${id} ${status}`).toContain(type);
    if (!type.endsWith("json") || type.includes("ndjson")) return;
    const check = validator(
      ["", "paths", operation?.path ?? "", operation?.method ?? "", "responses", status, "content", type, "schema"]
        .map(unescaped)
        .join("/"),
    );
    expect(check(told.body) ? [] : check.errors, `${id} ${status} against the OpenAPI file`).toEqual([]);
  };
  return {
    document,
    operations,
    call: async (id, params = {}, { token, headers = {}, body } = {}) => {
      const method = client[id];
      if (method === undefined) throw new Error(`the OpenAPI file has no operation ${id}`);
      const answer = await method(params, body, {
        headers: { ...(token === undefined ? {} : { authorization: `Bearer ${token}` }), ...headers },
      });
      const told = await read(
        new Response([204, 304].includes(answer.status) ? null : new Uint8Array(answer.data as ArrayBuffer), {
          status: answer.status,
          headers: Object.entries(answer.headers).flatMap(([name, value]) =>
            [value].flat().map((one) => [name, String(one)] as [string, string]),
          ),
        }),
      );
      expectDescribed(id, told);
      expectGoodManners(told, id);
      return told;
    },
  };
};
/** A request that no generator would make, held to the same manners. */
export const raw = async (url: string, path: string, init: RequestInit = {}): Promise<Told> => {
  const told = await read(await fetch(`${url}${path}`, { redirect: "manual", ...init }));
  expectGoodManners(told, path);
  return told;
};
