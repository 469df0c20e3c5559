/** Every page, walked as somebody who may see it: valid HTML, nothing that axe finds on a phone or a desk, nothing in the console. */
import { HtmlValidate } from "html-validate/node";
import { describe, expect, test } from "vitest";
import { access, accessibilityOf, as, open, shoot, sideways, type Size } from "./browser.ts";
import { ask, pages, type Walk } from "./tree.ts";

const validator = new HtmlValidate({ extends: ["html-validate:standard"], rules: { "void-style": "off", "no-inline-style": "off" } });
const broken = async (html: string): Promise<string[]> => {
  const report = await validator.validateString(html);
  return report.results.flatMap(({ messages }) =>
    messages.map(({ line, column, ruleId, message }) => `${line}:${column} ${ruleId}: ${message}`),
  );
};
/** Pages that answer otherwise to who comes by the address alone. */
const others: Readonly<Record<string, number>> = {
  // Its ticket is in a cookie, and has lapsed.
  "/sign-in/wait": 409,
  // Nobody was given this code; a link that is open wants one made for the test (test/plugins/people/links.test.ts).
  "/sign-in/:code": 404,
  // Leads on to what is due.
  "/me/next": 303,
  // Its form gives the last day; test/e2e/head.test.ts walks it.
  "/unit/people/positions/:position/close": 422,
};
/** What the browser says of an answer that is right: nobody pledged, so the room begins nothing. */
const rightly: Readonly<Record<string, RegExp>> = { "/exams/:exam/room": /409 \(Conflict\) \(\S+\/attempts\)$/ };
const name = ({ route }: Walk) => (route === "/" ? "front" : route.slice(1).replace(/[/:.]+/g, "-"));

type Seat = Awaited<ReturnType<typeof open>>;
const seats = new Map<string, Seat>();
/** One page of the browser for each who and size, used again. */
const seat = async (who: string | null, size: Size): Promise<Seat> => {
  const key = `${who} ${size}`;
  const made = seats.get(key) ?? (await (who === null ? open({ size }) : as(who, { size })));
  seats.set(key, made);
  return made;
};

describe.each(pages)("$route", (walk) => {
  test("is walked", async () => {
    const address = walk.address;
    expect(address, "its demo.ts tells no parameters, and no link leads to it").not.toBeNull();
    if (address === null) return;
    for (const [index, who] of walk.by.entries()) {
      const answer = await ask(who, address);
      const html = await answer.text();
      const wanted = others[walk.route] ?? 200;
      if (answer.status !== wanted && index < walk.by.length - 1) continue;
      expect(answer.status, `${address} as ${who ?? "nobody"}`).toBe(wanted);
      if (!(answer.headers.get("content-type") ?? "").startsWith("text/html")) return;
      expect(await broken(html), "HTML").toEqual([]);
      for (const size of ["phone", "desk"] satisfies Size[]) {
        const { page, complaints } = await seat(who, size);
        complaints.length = 0;
        await page.goto(address);
        if (process.env["SHOTS"] !== undefined) await shoot(page, `${name(walk)}-${size}`);
        expect(await accessibilityOf(page), `axe on a ${size}`).toEqual([]);
        expect(await sideways(page), `scrolls sideways on a ${size}`).toBe(0);
        // The browser itself complains of an answer that is no success.
        if (wanted === 200)
          expect(
            complaints.filter((line) => !rightly[walk.route]?.test(line)),
            "console",
          ).toEqual([]);
      }
      return;
    }
  });
});

test("there are pages, and the server is the demonstration's", () => {
  expect(pages.length).toBeGreaterThan(10);
  expect(access().accounts.length).toBeGreaterThan(7);
});
