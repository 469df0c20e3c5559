import { routes } from "#kernel";
import { signInPages } from "./pages-sign-in.tsx";

export const pages = signInPages(routes());
