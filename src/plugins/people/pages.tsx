import { routes } from "#kernel";
import { importPages } from "./pages-import.tsx";
import { linkAndFirstRunPages } from "./pages-links.tsx";
import { ownPages } from "./pages-own.tsx";
import { rosterPages } from "./pages-roster.tsx";
import { signInPages } from "./pages-sign-in.tsx";

// Fixed paths (/admin/people/links) before those with parameters (/admin/people/:person).
export const pages = ownPages(rosterPages(importPages(linkAndFirstRunPages(signInPages(routes())))));
