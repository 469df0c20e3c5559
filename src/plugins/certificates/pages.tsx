import { anyone, form, isAllowed, query, routes, say, type Context, type Page, type Html } from "#kernel";
import { listInput, numberInput, revokeInput, stampInput, verifyInput, verifyPage } from "./input.ts";
import { listCertificates, myCertificates, printCertificates, seeCertificate, verify, verifyAddress } from "./service.ts";
import { revokeCertificate } from "./service-revoke.ts";
import { maySetStamp, putStamp, readStamp } from "./service-stamp.ts";
import type { Certificate } from "./store.ts";
import { manageCertificates, ownCertificates, seeCertificates } from "./terms.ts";
import { text } from "./text.ts";
import { Admin, listAddress, Mine, One } from "./views.tsx";
import { Drawing, Prints } from "./views-drawing.tsx";
import { Verify } from "./views-verify.tsx";

const withAddresses = (ctx: Context, rows: readonly Certificate[]) =>
  Promise.all(rows.map(async (certificate) => ({ certificate, verify: await verifyAddress(ctx, certificate) })));
const manages = (ctx: Context) => ctx.actor !== null && isAllowed(ctx.actor, manageCertificates);
const verified = async (page: Page, asked: { number?: string | undefined; name?: string | undefined; code?: string | undefined }) => {
  const { ctx } = page;
  const tooOften = asked.number !== undefined && !(await ctx.env.LIMITER.limit({ key: `verify/${ctx.request.address ?? ""}` })).success;
  const found =
    asked.number === undefined || tooOften ? null : await verify(ctx, { number: asked.number, name: asked.name, code: asked.code });
  return page.render(
    <Verify ctx={ctx} number={asked.number ?? ""} name={asked.name ?? ""} code={asked.code ?? ""} verified={found} tooOften={tooOften} />,
    { title: say(ctx.language, text.verifyTitle), status: tooOften ? 429 : 200 },
  );
};

export const pages = routes()
  .get("/verify", anyone, query(verifyPage), (page, input) => verified(page, input))
  .post("/verify", anyone, form(verifyInput), (page, input) => verified(page, input))
  .get("/verify/:number", anyone, query(verifyPage), (page, input) => verified(page, input))
  .get("/certificates", ownCertificates, async (page) =>
    page.render(<Mine ctx={page.ctx} rows={await myCertificates(page.ctx)} />, { title: say(page.ctx.language, text.mine) }),
  )
  .get("/certificates/:number", ownCertificates, query(numberInput), async (page, { number }) => {
    const { ctx } = page;
    const certificate = await seeCertificate(ctx, number);
    return page.render(
      <One
        ctx={ctx}
        certificate={certificate}
        verify={await verifyAddress(ctx, certificate)}
        stamp={await readStamp(ctx)}
        manages={manages(ctx)}
        listed={ctx.actor !== null && ctx.actor.person !== certificate.person}
      />,
      { title: certificate.title, wide: true, islands: ["certificate-picture"] },
    );
  })
  .get("/certificates/:number/print", ownCertificates, query(numberInput), async (page, { number }) => {
    const certificate = await seeCertificate(page.ctx, number);
    return page.render(
      <Prints
        ctx={page.ctx}
        pages={await withAddresses(page.ctx, [certificate])}
        stamp={await readStamp(page.ctx)}
        back={`/certificates/${certificate.number}`}
      />,
      { title: certificate.number, bare: true, islands: ["print"] },
    );
  })
  .get("/certificates/:number/picture.svg", ownCertificates, query(numberInput), async (page, { number }) => {
    const certificate = await seeCertificate(page.ctx, number);
    const drawn: Html = (
      <Drawing
        certificate={certificate}
        zone={page.ctx.zone}
        verify={await verifyAddress(page.ctx, certificate)}
        stamp={await readStamp(page.ctx)}
      />
    );
    return new Response(drawn.toString(), { headers: { "content-type": "image/svg+xml; charset=utf-8" } });
  })
  .get("/admin/certificates", seeCertificates, query(listInput), async (page, input) => {
    const { rows, next } = await listCertificates(page.ctx, input);
    const stamp = maySetStamp(page.ctx) ? { image: await readStamp(page.ctx) } : null;
    return page.render(<Admin ctx={page.ctx} rows={rows} input={input} next={next} manages={manages(page.ctx)} stamp={stamp} />, {
      title: say(page.ctx.language, text.admin),
      wide: true,
    });
  })
  .get("/admin/certificates/print", manageCertificates, query(listInput), async (page, input) => {
    const job = await printCertificates(page.ctx, input);
    return page.render(
      <Prints
        ctx={page.ctx}
        pages={await withAddresses(page.ctx, job.rows)}
        stamp={await readStamp(page.ctx)}
        back={listAddress(input)}
        next={job.next}
      />,
      { title: say(page.ctx.language, text.printMany), bare: true, islands: ["print"] },
    );
  })
  .post("/admin/certificates/:number/revoke", manageCertificates, form(revokeInput), async (page, input) => {
    await revokeCertificate(page.ctx, input);
    return page.redirect(`/certificates/${input.number}`);
  })
  .post("/admin/certificates/stamp", manageCertificates, form(stampInput), async (page, { file, remove }) => {
    await putStamp(page.ctx, remove === true || file === undefined ? null : file);
    return page.redirect("/admin/certificates");
  });
