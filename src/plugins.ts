/** The plugins, in the order of their needs: the only file that names them. */
import type { Plugin } from "#kernel";
import { people } from "./plugins/people/plugin.ts";
import { statutes } from "./plugins/statutes/plugin.ts";
import { bank } from "./plugins/bank/plugin.ts";
import { certificates } from "./plugins/certificates/plugin.ts";
import { courses } from "./plugins/courses/plugin.ts";
import { exams } from "./plugins/exams/plugin.ts";
import { outside } from "./plugins/outside/plugin.ts";
import { requirements } from "./plugins/requirements/plugin.ts";
import { records } from "./plugins/records/plugin.ts";
import { reports } from "./plugins/reports/plugin.ts";
import { home } from "./plugins/home/plugin.ts";

export const plugins: readonly Plugin[] = [
  people,
  statutes,
  bank,
  certificates,
  courses,
  exams,
  outside,
  requirements,
  records,
  reports,
  home,
];
