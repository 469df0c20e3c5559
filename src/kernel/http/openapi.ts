/** The OpenAPI 3.1 description, made from the very schemas that validate. */
import { z } from "zod";
import type { Endpoint } from "./endpoints.ts";
import type { Plugin } from "../plugin.ts";

const problemTypes = [
  "invalid",
  "not-found",
  "forbidden",
  "unauthenticated",
  "conflict",
  "busy",
  "too-large",
  "unreadable",
  "failed",
] as const;
/** RFC 9457, with a code from the catalogue and a reference that the audit finds. */
export const problemSchema = z.object({
  type: z.enum(problemTypes.map((type) => `/problems/${type}` as const)),
  title: z.string(),
  status: z.int(),
  code: z.string(),
  detail: z.string().optional(),
  reference: z.string(),
  problems: z
    .array(
      z.object({
        field: z.string().optional(),
        row: z.int().optional(),
        column: z.string().optional(),
        value: z.string().optional(),
        code: z.string(),
        message: z.string(),
      }),
    )
    .optional(),
});

type Json = Record<string, unknown>;
const schemaOf = (schema: z.ZodType, io: "input" | "output"): Json => {
  const { $schema: _, ...rest } = z.toJSONSchema(schema, {
    io,
    target: "draft-2020-12",
    unrepresentable: "any",
    override: ({ jsonSchema }) => {
      // A string is held to lower case where it is a UUID alone, and its format is that of no other.
      if (jsonSchema.format === "lowercase") jsonSchema.format = "uuid";
    },
  });
  return rest;
};
const parametersOf = (endpoint: Endpoint): Json[] => {
  const inPath = [...endpoint.path.matchAll(/:(\w+)/g)].map((m) => m[1] ?? "");
  const shape: Record<string, z.ZodType> = endpoint.shape.query instanceof z.ZodObject ? endpoint.shape.query.shape : {};
  const names = new Set([...inPath, ...Object.keys(shape)]);
  return [...names].map((name) => {
    const schema = shape[name];
    const path = inPath.includes(name);
    return {
      name,
      in: path ? "path" : "query",
      required: path || (schema !== undefined && !schema.safeParse(undefined).success),
      schema: schema ? schemaOf(schema, "input") : { type: "string" },
    };
  });
};

/** A body of a media type that is no JSON: words, or bytes. Parameters (charset) are no part of a type's name here. */
const mediaOf = (type: string): [string, Json] => [
  type.replace(/;.*/, ""),
  { schema: { type: "string", ...(/^text\/|ndjson/.test(type) ? {} : { format: "binary" }) } },
];
const problems: Json = {
  description: "problem",
  content: { "application/problem+json": { schema: { $ref: "#/components/schemas/Problem" } } },
};
const jobAccepted: Json = {
  description: "accepted: the job tells how far it is",
  headers: { Location: { required: true, schema: { type: "string" } } },
  content: { "application/json": { schema: { type: "object", properties: { job: { type: "string" } }, required: ["job"] } } },
};

/** The whole description. */
export const openApi = (plugins: readonly Plugin[], version: string): Json => {
  const paths: Record<string, Record<string, Json>> = {};
  for (const plugin of plugins)
    for (const endpoint of plugin.api?.list ?? []) {
      const path = endpoint.path.replace(/:(\w+)/g, "{$1}");
      const { body, file, parts, answer, streams, later, summary, status = 200 } = endpoint.shape;
      const content: Json = {};
      if (answer) content["application/json"] = { schema: schemaOf(answer, "output") };
      Object.assign(content, Object.fromEntries((streams ?? []).map(mediaOf)));
      const operation: Json = {
        operationId: `${endpoint.method.toLowerCase()}${endpoint.path.replace(/[/:]+(\w)/g, (_, c: string) => c.toUpperCase()).replace(/\W/g, "")}`,
        tags: [plugin.id],
        summary,
        parameters: parametersOf(endpoint),
        responses: {
          [status]: { description: "ok", ...(Object.keys(content).length > 0 ? { content } : {}) },
          ...(later ? { 202: jobAccepted } : {}),
          "4XX": problems,
          default: problems,
        },
        ...(endpoint.permission.open ? { security: [] } : {}),
      };
      if (body) operation["requestBody"] = { required: true, content: { "application/json": { schema: schemaOf(body, "input") } } };
      if (file)
        operation["requestBody"] = {
          required: true,
          content: {
            ...Object.fromEntries(file.map(mediaOf)),
            ...(parts ? { "multipart/form-data": { schema: schemaOf(parts, "input") } } : {}),
          },
        };
      (paths[path] ??= {})[endpoint.method.toLowerCase()] = operation;
    }
  return {
    openapi: "3.1.0",
    info: { title: "Xuefa", version, license: { name: "AGPL-3.0-or-later", identifier: "AGPL-3.0-or-later" } },
    servers: [{ url: "/api/v1" }],
    security: [{ bearer: [] }, { cookie: [] }],
    paths,
    components: {
      schemas: { Problem: schemaOf(problemSchema, "output") },
      securitySchemes: {
        bearer: { type: "http", scheme: "bearer" },
        cookie: { type: "apiKey", in: "cookie", name: "xuefa.session_token" },
      },
    },
  };
};
