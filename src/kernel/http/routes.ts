/** Pages: a list of routes, each with the permission that it needs and what it reads. Composed into Hono by `compose`. */
import type { Context as HonoContext } from "hono";
import type { z } from "zod";
import type { Context } from "../context.ts";
import type { Permission } from "../identity/permission.ts";
import type { Registry } from "../plugin.ts";

/** Markup, as hono/jsx makes it. */
export type Html = { toString(): string } & (object | string);
/** `recent`: see the endpoint's shape. */
export type Variables = { ctx: Context; recent?: true };
export type Env = { Bindings: Context["env"]; Variables: Variables };
/** What a page's handler is given. */
export type Page = {
  readonly ctx: Context;
  readonly http: HonoContext<Env>;
  /** Answers with the page in the shell. `wide`: no reading measure; `bare`: no shell at all (certificate print, room). */
  render(body: unknown, props: PageProps): Promise<Response>;
  /** 303 to a path of this site. */
  redirect(path: string): Response;
};
export type PageProps = {
  title: string;
  wide?: boolean;
  bare?: boolean;
  status?: 200 | 401 | 403 | 404 | 409 | 413 | 415 | 422 | 429 | 500 | 503;
  /** Names of islands to load. */ islands?: readonly string[];
  refresh?: number;
};

/** Where a handler's input comes from: path and query string, or path and body. */
export type Reader<S extends z.ZodType> = { readonly from: "query" | "form"; readonly schema: S };
export const query = <S extends z.ZodType>(schema: S): Reader<S> => ({ from: "query", schema });
export const form = <S extends z.ZodType>(schema: S): Reader<S> => ({ from: "form", schema });

type Answer = Response | Promise<Response>;
export type Route = {
  readonly method: "GET" | "POST";
  readonly path: string;
  readonly permission: Permission;
  readonly reader: Reader<z.ZodType> | null;
  readonly handle: (page: Page, input: never) => Answer;
};

export class Routes {
  readonly list: Route[] = [];
  get(path: string, permission: Permission, handle: (page: Page) => Answer): this;
  get<S extends z.ZodType>(
    path: string,
    permission: Permission,
    reader: Reader<S>,
    handle: (page: Page, input: z.output<S>) => Answer,
  ): this;
  get<S extends z.ZodType>(
    path: string,
    permission: Permission,
    second: Reader<S> | ((page: Page) => Answer),
    third?: (page: Page, input: z.output<S>) => Answer,
  ): this {
    return this.#add("GET", path, permission, second, third);
  }
  post(path: string, permission: Permission, handle: (page: Page) => Answer): this;
  post<S extends z.ZodType>(
    path: string,
    permission: Permission,
    reader: Reader<S>,
    handle: (page: Page, input: z.output<S>) => Answer,
  ): this;
  post<S extends z.ZodType>(
    path: string,
    permission: Permission,
    second: Reader<S> | ((page: Page) => Answer),
    third?: (page: Page, input: z.output<S>) => Answer,
  ): this {
    return this.#add("POST", path, permission, second, third);
  }
  #add<S extends z.ZodType>(
    method: "GET" | "POST",
    path: string,
    permission: Permission,
    second: Reader<S> | ((page: Page) => Answer),
    third?: (page: Page, input: z.output<S>) => Answer,
  ): this {
    if (typeof second === "function") this.list.push({ method, path, permission, reader: null, handle: second });
    else if (third) this.list.push({ method, path, permission, reader: second, handle: third });
    return this;
  }
}
export const routes = (): Routes => new Routes();

/** Whether a path is a page that a link opens, and not only where a form goes. */
export const opensByItself = ({ plugins }: Pick<Registry, "plugins">, path: string): boolean => {
  const parts = path.split("/");
  const fits = (route: string) => {
    const wanted = route.split("/");
    return wanted.length === parts.length && wanted.every((part, n) => part.startsWith(":") || part === parts[n]);
  };
  return plugins.some((plugin) => plugin.pages?.list.some((route) => route.method === "GET" && fits(route.path)) === true);
};
