/** How tests come to pages with parameters: by the demonstration's own word, else as a person does, by a link. */

export type Route = { readonly path: string; readonly mayWalk: readonly (string | null)[] };

/** Addresses that a page links to, without the site: a certificate's own is written out whole. */
const linksOf = (html: string): string[] =>
  [...html.matchAll(/<a\b[^>]*\bhref="(?:https?:\/\/[^"/]+)?(\/[^"#]*)/g)].map(([, href = ""]) => href.replaceAll("&amp;", "&"));
const fits = (route: string, address: string): boolean => {
  const [path = ""] = address.split("?");
  const parts = route.split("/");
  const given = path.split("/");
  return (
    parts.length === given.length && parts.every((part, index) => (part.startsWith(":") ? given[index] !== "" : part === given[index]))
  );
};
/** A route without parameters is preferred to one that its address also fits: /admin/people/new is no person. */
const routeOf = (routes: readonly Route[], address: string): Route | undefined =>
  routes.filter(({ path }) => fits(path, address)).toSorted((a, b) => a.path.split(":").length - b.path.split(":").length)[0];

/** Pages that are long and lead nowhere. */
const heavy = /\/(print|export)\b|\.\w+(\?|$)/;
/** How many of the roles that may walk a page look for links on it. */
const lookers = 3;

/**
 * An address for each route that has one: told (`told`), its own where it has no parameters, or found by links from there.
 * @param ask the page as somebody (null: nobody), or null where there is none
 */
export const discover = async (
  routes: readonly Route[],
  told: ReadonlyMap<string, string>,
  ask: (who: string | null, address: string) => Promise<string | null>,
): Promise<ReadonlyMap<string, string>> => {
  const found = new Map<string, string>();
  for (const { path } of routes) {
    const address = told.get(path) ?? (path.includes(":") ? undefined : path);
    if (address !== undefined) found.set(path, address);
  }
  // An address that is only guessed gives way to a link: the page may want a query.
  const guessed = new Set(
    [...found].filter(([path, address]) => told.get(path) === undefined && heavy.test(address)).map(([path]) => path),
  );
  const isOpen = ({ path }: Route) => !found.has(path) || guessed.has(path);
  const looked = new Set<string>();
  for (let grew = true; grew;) {
    grew = false;
    for (const [path, address] of [...found].filter(([, each]) => !heavy.test(each)))
      for (const who of routes.find((route) => route.path === path)?.mayWalk.slice(0, lookers) ?? []) {
        if (looked.has(`${who} ${address}`) || !routes.some((route) => isOpen(route) && route.mayWalk.includes(who))) continue;
        looked.add(`${who} ${address}`);
        const html = await ask(who, address);
        if (html === null && address === path && !told.has(path)) guessed.add(path);
        for (const link of html === null ? [] : linksOf(html)) {
          const route = routeOf(routes, link);
          if (route === undefined || !isOpen(route) || !route.mayWalk.includes(who)) continue;
          found.set(route.path, link);
          guessed.delete(route.path);
          grew = true;
        }
      }
  }
  return found;
};
