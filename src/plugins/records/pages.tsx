import { cardsOf, form, isAllowed, may, newId, query, recordId, routes, say, type Context } from "#kernel";
import {
  auditInput,
  auditLineInput,
  correctInput,
  exportInput,
  listInput,
  mineExportInput,
  mineInput,
  oneInput,
  wholeInput,
} from "./input.ts";
import { listAuditLines, seeAuditLine } from "./service/audit.ts";
import { lastCheck } from "./service/check.ts";
import { correctRecord } from "./service/correct.ts";
import { fileAnswer } from "./service/file.ts";
import { exportMine, exportRecords } from "./service/export.ts";
import { listRecords, listWhole, myRecords } from "./service/list.ts";
import { seeMine, seeRecord } from "./service/one.ts";
import { correctRecords, ownRecords, seeAudit, seeRecords, unmaskRecords } from "./terms.ts";
import { text } from "./text.ts";
import { AuditList, AuditOne } from "./views-audit.tsx";
import { OneRecord } from "./views-one.tsx";
import { Ledger, Mine } from "./views.tsx";

const unmasks = (ctx: Context) => ctx.actor !== null && isAllowed(ctx.actor, unmaskRecords);

export const pages = routes()
  .get("/records", ownRecords, query(mineInput), async (page, { after }) => {
    const { ctx } = page;
    const mine = await myRecords(ctx, after);
    const cards = after === undefined ? await cardsOf(ctx, "record", { person: mine.person, unit: null }) : [];
    return page.render(<Mine ctx={ctx} mine={mine} cards={cards} />, { title: say(ctx.language, text.mine) });
  })
  .get("/records/export", ownRecords, query(mineExportInput), async (page, { format = "csv" }) =>
    fileAnswer(page.ctx, format, await exportMine(page.ctx, format), text.mine.zh),
  )
  .get("/records/:record", ownRecords, query(oneInput), async (page, { record }) =>
    page.render(<OneRecord ctx={page.ctx} one={await seeMine(page.ctx, record)} base="/records" fresh={null} />, {
      title: say(page.ctx.language, text.one),
    }),
  )
  .get("/admin/records", seeRecords, query(listInput), async (page, input) => {
    const { ctx } = page;
    return page.render(
      <Ledger
        ctx={ctx}
        listed={await listRecords(ctx, input)}
        input={input}
        unmasks={unmasks(ctx)}
        reason={null}
        checked={await lastCheck(ctx)}
      />,
      { title: say(ctx.language, text.ledger), wide: true },
    );
  })
  .get("/admin/records/export", seeRecords, query(exportInput), async (page, { format = "csv", ...filter }) =>
    fileAnswer(page.ctx, format, await exportRecords(page.ctx, filter, format, "masked"), text.ledger.zh),
  )
  .post("/admin/records", unmaskRecords, form(wholeInput), async (page, input) => {
    const { ctx } = page;
    const { format, reason, after, ...filter } = input;
    if (format !== "page") return fileAnswer(ctx, format, await exportRecords(ctx, filter, format, "whole", reason), text.ledger.zh);
    return page.render(
      <Ledger ctx={ctx} listed={await listWhole(ctx, input)} input={{ ...filter, after }} unmasks reason={reason} checked={null} />,
      { title: say(ctx.language, text.ledger), wide: true },
    );
  })
  .get("/admin/records/:record", seeRecords, query(oneInput), async (page, { record }) => {
    const { ctx } = page;
    const one = await seeRecord(ctx, record);
    return page.render(
      <OneRecord
        ctx={ctx}
        one={one}
        base="/admin/records"
        fresh={one.units !== null && may(ctx, correctRecords) ? newId(recordId) : null}
      />,
      { title: say(ctx.language, text.one) },
    );
  })
  .post("/admin/records/:record/correct", correctRecords, form(correctInput), async (page, input) =>
    page.redirect(`/admin/records/${(await correctRecord(page.ctx, input)).id}`),
  )
  .get("/admin/audit", seeAudit, query(auditInput), async (page, input) =>
    page.render(<AuditList ctx={page.ctx} page={await listAuditLines(page.ctx, input)} input={input} />, {
      title: say(page.ctx.language, text.audit),
      wide: true,
    }),
  )
  .get("/admin/audit/:line", seeAudit, query(auditLineInput), async (page, { line }) =>
    page.render(<AuditOne ctx={page.ctx} line={await seeAuditLine(page.ctx, line)} />, { title: say(page.ctx.language, text.auditOne) }),
  );
