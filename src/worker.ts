/** The entry: composes once; exports the handlers and the Durable Object classes; nothing else. */
import { compose } from "#kernel";
import { shell } from "#ui";
import { durable } from "./kernel/durable.ts";
import { plugins } from "./plugins.ts";

export const app = compose(plugins, shell);
export const ExamRoom = durable(app, "ExamRoom");
export const Hasher = durable(app, "Hasher");
export default { fetch: app.fetch, scheduled: app.scheduled, queue: app.queue };
