/** Freezing a report's figures, in steps. */
import type { Job } from "#kernel";
import { freezeStep } from "./service/report-freeze.ts";

export const freeze: Job = { kind: "reports.freeze", step: freezeStep };
