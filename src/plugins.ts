/** The plugins, in the order of their needs: the only file that names them. */
import type { Plugin } from "#kernel";
import { people } from "./plugins/people/plugin.ts";
import { statutes } from "./plugins/statutes/plugin.ts";
import { certificates } from "./plugins/certificates/plugin.ts";
import { home } from "./plugins/home/plugin.ts";

export const plugins: readonly Plugin[] = [people, statutes, certificates, home];
