import type { Demo } from "#kernel";

export const demo: Demo = { plugin: "reports", paths: { "/admin/reports/:report": "/admin/reports/annual", "/admin/figures/:figure": "/admin/figures/reports.exams-sat" } };
