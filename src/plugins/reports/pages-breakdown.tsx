import { query, say, type routes } from "#kernel";
import { titlesOfThings } from "#plugins/records";
import { breakdownInput } from "./input.ts";
import { seeBreakdown } from "./service-breakdown.ts";
import { seeReports } from "./terms.ts";
import { figureText } from "./text-figures.ts";
import { BreakdownPage } from "./views-breakdown.tsx";

export const breakdownPages = (r: ReturnType<typeof routes>) =>
  r.get("/admin/reports/breakdown", seeReports, query(breakdownInput), async (page, input) => {
    const { ctx } = page;
    const broken = await seeBreakdown(ctx, input);
    const lessons = broken.by === "lesson" ? broken.lines.map(({ group }) => ({ kind: "lesson", id: group })) : [];
    return page.render(<BreakdownPage ctx={ctx} broken={broken} titles={await titlesOfThings(ctx, lessons)} />, {
      title: say(ctx.language, figureText.breakdown),
      wide: true,
    });
  });
