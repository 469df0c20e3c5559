import type { D1Migration } from "cloudflare:test";
import type { Bindings } from "#kernel";

declare global {
  namespace Cloudflare {
    interface GlobalProps {
      mainModule: typeof import("../../src/worker.ts");
    }
    interface Env extends Bindings {
      MIGRATIONS: D1Migration[];
      /** wrangler.toml as JSON. */
      WRANGLER: string;
    }
  }
}
