import type { Demo } from "#kernel";

/** The law comes with the content; the demonstration adds nothing to it. */
export const demo: Demo = {
  plugin: "statutes",
  paths: {
    "/statutes/:statute": "/statutes/xingzhengchufafa",
    "/api/v1/statutes/:id": "/api/v1/statutes/xingzhengchufafa",
    "/statutes/:statute/:version/:article": "/statutes/xingzhengchufafa/2021-01-22/36",
  },
};
