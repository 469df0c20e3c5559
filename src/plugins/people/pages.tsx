import { routes } from "#kernel";
import { linkAndFirstRunPages } from "./pages-links.tsx";
import { signInPages } from "./pages-sign-in.tsx";

export const pages = linkAndFirstRunPages(signInPages(routes()));
