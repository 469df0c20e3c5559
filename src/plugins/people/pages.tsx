import { routes } from "#kernel";
import { importPages } from "./pages-import.tsx";
import { linkAndFirstRunPages } from "./pages-links.tsx";
import { rosterPages } from "./pages-roster.tsx";
import { signInPages } from "./pages-sign-in.tsx";

// Fixed paths (/admin/people/links) before those with parameters (/admin/people/:person).
export const pages = rosterPages(importPages(linkAndFirstRunPages(signInPages(routes()))));
