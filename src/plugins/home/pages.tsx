import { anyone, cardsOf, form, query, readBody, routes, say } from "#kernel";
import { frontInput, settingsInput } from "./input.ts";
import { enterAt, lackingFirst, saveSettings, startOf } from "./service.ts";
import { adminDay, changeSettings, ownDay, ownUnit } from "./terms.ts";
import { text } from "./text.ts";
import { Help } from "./views-help.tsx";
import { Admin, Front, Me, Mine, Settings, Unit } from "./views.tsx";

export const pages = routes()
  .get("/", anyone, query(frontInput), async (page, { enter }) => {
    const { actor } = page.ctx;
    const start = actor && startOf(actor);
    if (enter === true && actor !== null) return page.redirect(enterAt(page.ctx, actor));
    return page.render(<Front ctx={page.ctx} body={await readBody(page.ctx)} start={start} />, {
      title: say(page.ctx.language, text.front),
    });
  })
  .get("/help", anyone, async (page) => page.render(<Help ctx={page.ctx} />, { title: say(page.ctx.language, text.help) }))
  .get("/me", ownDay, async (page) => {
    const { person } = page.ctx.allow(ownDay);
    return page.render(<Me ctx={page.ctx} cards={await cardsOf(page.ctx, "me", { person, unit: null })} />, {
      title: say(page.ctx.language, text.today),
    });
  })
  .get("/mine", ownDay, async (page) => page.render(<Mine ctx={page.ctx} />, { title: say(page.ctx.language, text.mine) }))
  .get("/unit", ownUnit, async (page) => {
    const { person } = page.ctx.allow(ownUnit);
    return page.render(<Unit ctx={page.ctx} cards={await cardsOf(page.ctx, "unit", { person, unit: null })} />, {
      title: say(page.ctx.language, text.unit),
      wide: true,
      islands: ["acts"],
    });
  })
  .get("/admin", adminDay, async (page) => {
    const { person } = page.ctx.allow(adminDay);
    const lacking = await lackingFirst(page.ctx);
    const cards = lacking === null ? await cardsOf(page.ctx, "admin", { person, unit: null }) : [];
    return page.render(<Admin ctx={page.ctx} cards={cards} lacking={lacking} />, {
      title: say(page.ctx.language, text.overview),
      wide: true,
    });
  })
  .get("/admin/settings", changeSettings, async (page) =>
    page.render(<Settings ctx={page.ctx} body={await readBody(page.ctx)} />, { title: say(page.ctx.language, text.settings) }),
  )
  .post("/admin/settings", changeSettings, form(settingsInput), async (page, input) => {
    await saveSettings(page.ctx, input);
    return page.redirect("/admin/settings");
  });
