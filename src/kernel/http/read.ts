/** Reads forms and query strings into what a schema expects: numbers, yes/no, lists. Coercion is here, not in schemas. */
import { z } from "zod";
import { Invalid } from "../errors.ts";
import { kernelText } from "../text/words.ts";
import type { Language } from "../text/text.ts";
import { misfit } from "./fit.ts";

type Raw = Record<string, (string | File)[]>;

const inner = (schema: z.ZodType): z.ZodType => {
  if (schema instanceof z.ZodOptional || schema instanceof z.ZodNullable || schema instanceof z.ZodDefault)
    return inner(schema.unwrap() as z.ZodType);
  return schema;
};
const one = (schema: z.ZodType, value: string | File): unknown => {
  if (value instanceof File) return value;
  const kind = inner(schema);
  const text = value.trim();
  if (text === "" && kind !== schema) return undefined;
  if (kind instanceof z.ZodNumber) return text === "" ? undefined : Number(text);
  if (kind instanceof z.ZodBoolean)
    return ["1", "on", "true"].includes(text) ? true : ["", "0", "off", "false"].includes(text) ? false : text;
  return kind instanceof z.ZodString ? text : value;
};
const coerce = (schema: z.ZodType, raw: Raw): Record<string, unknown> => {
  const out: Record<string, unknown> = {};
  const shape: Record<string, z.ZodType> = schema instanceof z.ZodObject ? schema.shape : {};
  for (const [name, values] of Object.entries(raw)) {
    const field = shape[name];
    if (field === undefined) {
      out[name] = values.length > 1 ? values : values[0];
      continue;
    }
    const kind = inner(field);
    if (kind instanceof z.ZodArray) out[name] = values.filter((v) => v !== "").map((v) => one(kind.element as z.ZodType, v));
    else if (values[0] !== undefined) out[name] = one(field, values[0]);
  }
  for (const [name, field] of Object.entries(shape)) {
    const kind = inner(field);
    if (out[name] === undefined && kind instanceof z.ZodBoolean && kind === field) out[name] = false;
    if (out[name] === undefined && kind instanceof z.ZodArray && kind === field) out[name] = [];
  }
  return out;
};

/** @throws {Invalid} naming each field that does not fit */
export const parsed = <S extends z.ZodType>(schema: S, value: unknown, language: Language): z.output<S> => {
  const result = schema.safeParse(value);
  if (result.success) return result.data;
  throw new Invalid(
    kernelText.invalid,
    {},
    result.error.issues.map((issue) => misfit(issue, value, language)),
  );
};
/** Path parameters and query string. */
export const readQuery = <S extends z.ZodType>(schema: S, url: URL, params: Record<string, string>, language: Language): z.output<S> => {
  const raw: Raw = {};
  for (const name of new Set(url.searchParams.keys())) raw[name] = url.searchParams.getAll(name);
  for (const [name, value] of Object.entries(params)) raw[name] = [value];
  return parsed(schema, coerce(schema, raw), language);
};
/** Path parameters and a form's fields. */
export const readForm = <S extends z.ZodType>(
  schema: S,
  body: FormData,
  params: Record<string, string>,
  language: Language,
): z.output<S> => {
  const raw: Raw = {};
  for (const name of new Set(body.keys())) raw[name] = body.getAll(name);
  for (const [name, value] of Object.entries(params)) raw[name] = [value];
  return parsed(schema, coerce(schema, raw), language);
};
/** A form's body. @throws {Invalid} it is none */
export const readParts = async (request: Request): Promise<FormData> => {
  try {
    return await request.formData();
  } catch (error) {
    if (error instanceof TypeError) throw new Invalid(kernelText.notForm);
    throw error;
  }
};
/** A JSON body. @throws {Invalid} it is none */
export const readJson = async (request: Request): Promise<unknown> => {
  try {
    return await request.json();
  } catch (error) {
    if (error instanceof SyntaxError) throw new Invalid(kernelText.notJson);
    throw error;
  }
};
