import type { Demo } from "#kernel";

export const demo: Demo = {
  plugin: "reports",
  paths: {
    "/admin/reports/:report": "/admin/reports/annual",
    "/admin/figures/:figure": "/admin/figures/reports.exams-sat",
    "/api/v1/reports/:id": "/api/v1/reports/annual",
    "/api/v1/figures/:id": "/api/v1/figures/reports.exams-sat",
  },
};
