import { anyone, form, readBody, routes, say } from "#kernel";
import { settingsInput } from "./input.ts";
import { cardsOf, saveSettings } from "./service.ts";
import { adminDay, changeSettings, ownDay, ownUnit } from "./terms.ts";
import { text } from "./text.ts";
import { Admin, Front, Me, Settings, Unit } from "./views.tsx";

export const pages = routes()
  .get("/", anyone, async (page) => page.render(<Front ctx={page.ctx} body={await readBody(page.ctx)} />, { title: say(page.ctx.language, text.today) }))
  .get("/me", ownDay, async (page) => {
    const { person } = page.ctx.allow(ownDay);
    return page.render(<Me ctx={page.ctx} cards={await cardsOf(page.ctx, "me", { person, unit: null })} />, { title: say(page.ctx.language, text.today) });
  })
  .get("/unit", ownUnit, async (page) => {
    const { person } = page.ctx.allow(ownUnit);
    return page.render(<Unit ctx={page.ctx} cards={await cardsOf(page.ctx, "unit", { person, unit: null })} />, { title: say(page.ctx.language, text.unit), wide: true });
  })
  .get("/admin", adminDay, async (page) => {
    const { person } = page.ctx.allow(adminDay);
    return page.render(<Admin ctx={page.ctx} cards={await cardsOf(page.ctx, "admin", { person, unit: null })} />, { title: say(page.ctx.language, text.overview), wide: true });
  })
  .get("/admin/settings", changeSettings, async (page) => page.render(<Settings ctx={page.ctx} body={await readBody(page.ctx)} />, { title: say(page.ctx.language, text.settings) }))
  .post("/admin/settings", changeSettings, form(settingsInput), async (page, input) => {
    await saveSettings(page.ctx, input);
    return page.redirect("/admin/settings");
  });
