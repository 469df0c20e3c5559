/** The API: endpoints below /api/v1, each with the zod schemas that validate it and describe it in the OpenAPI file. */
import type { z } from "zod";
import type { Permission } from "../identity/permission.ts";
import type { Page } from "./routes.ts";

/** `render`: the answer as a page, where an endpoint has such a format. */
export type Call = Pick<Page, "ctx" | "http" | "render">;
export type EndpointShape = {
  readonly summary: string;
  /** Path parameters and query string together. */
  readonly query?: z.ZodType;
  /** JSON body. */
  readonly body?: z.ZodType;
  /** A file as the body (its media types); the handler reads it from `http.req`. */
  readonly file?: readonly string[];
  /** The parts, where the file may come in a form with others. */
  readonly parts?: z.ZodType;
  /** The answer's shape; left out: not JSON, or nothing. */
  readonly answer?: z.ZodType;
  /** Other media types that it may answer. */
  readonly streams?: readonly string[];
  /** May take longer: 202 with the address of a job, whose result is what the answer would have held. */
  readonly later?: true;
  /** Who asks may be known from a minute ago (`actorOfRequest`), so that asking again and again costs D1 nothing. */
  readonly recent?: true;
  readonly status?: 200 | 201 | 202 | 204;
};
type Output<S> = S extends z.ZodType ? z.output<S> : undefined;
type Given<S extends EndpointShape> = { query: Output<S["query"]>; body: Output<S["body"]> };
type Answered<S extends EndpointShape> = (S["answer"] extends z.ZodType ? z.input<S["answer"]> : undefined) | Response;
export type Method = "GET" | "POST" | "PUT" | "DELETE";
export type Endpoint = {
  readonly method: Method;
  readonly path: string;
  readonly permission: Permission;
  readonly shape: EndpointShape;
  readonly handle: (call: Call, given: { query: never; body: never }) => Promise<unknown>;
};

export class Endpoints {
  readonly list: Endpoint[] = [];
  /** Paths are written `/people/:person`. */
  on<const S extends EndpointShape>(
    method: Method,
    path: string,
    permission: Permission,
    shape: S,
    handle: (call: Call, given: Given<S>) => Promise<Answered<S>>,
  ): this {
    this.list.push({ method, path, permission, shape, handle });
    return this;
  }
}
export const endpoints = (): Endpoints => new Endpoints();
