/** The plugins, in the order of their needs: the only file that names them. */
import type { Plugin } from "#kernel";

export const plugins: readonly Plugin[] = [];
