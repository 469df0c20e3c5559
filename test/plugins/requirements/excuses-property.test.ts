/** Through any history of joining, leaving, moving, exemption, deferral, withdrawal, sitting and correction, each numerator is a part of its denominator, and counts are their rows. */
import { env } from "cloudflare:workers";
import * as fc from "fast-check";
import { sql } from "drizzle-orm";
import { expect, test } from "vitest";
import {
  commit,
  loadActor,
  makeContext,
  newId,
  positionId,
  record,
  recordId,
  requirementId,
  rowsOf,
  run,
  type AssignmentId,
  type Day,
  type RecordId,
} from "#kernel";
import { excuseId, type ExcuseId } from "../../../src/plugins/requirements/input-excuses.ts";
import { excuseKinds } from "../../../src/plugins/requirements/rules-excuses.ts";
import { askExcuse, enterExcuse, takeBackExcuse } from "../../../src/plugins/requirements/service/excuse-ask.ts";
import { decideExcuses, withdrawApproval } from "../../../src/plugins/requirements/service/excuse-decide.ts";
import { seeExcused } from "../../../src/plugins/requirements/service/excuse-list.ts";
import { settlePeople } from "../../../src/plugins/requirements/store-rules.ts";
import { excelled, passed, sat } from "../../../src/plugins/exams/terms.ts";
import { completed } from "../../../src/plugins/courses/terms.ts";
import { context, person, unit } from "../people/world.ts";

const people = 3;
const moves = ["join", "join", "leave", "do", "do", "void", "ask", "decide", "enter", "enter", "withdraw", "take-back"] as const;
const step = fc.record({ do: fc.constantFrom(...moves), person: fc.nat(people - 1), unit: fc.nat(1), n: fc.nat(5), flag: fc.boolean() });

test("whatever happens, who is counted, done, sat and excellent is who is there by hand, and each part is in its whole", async () => {
  const bureau = await unit("清河区教育局", "office", null);
  const places = [await unit("甲校", "public-school", bureau), await unit("乙校", "public-school", bureau)];
  const officer = await person(bureau, { grant: "administrator" });
  const heads = await Promise.all(places.map((place) => person(place, { post: "principal" })));
  const now = Date.now();
  const as = async (id: typeof officer.id) => {
    const ctx = context(now);
    return makeContext({ env, registry: ctx.registry, now, actor: await loadActor(ctx.db, id, "test", "password", ctx.today) });
  };
  const [asOfficer, ...asHeads] = [await as(officer.id), ...(await Promise.all(heads.map(({ id }) => as(id))))];
  await fc.assert(
    fc.asyncProperty(fc.array(step, { minLength: 1, maxLength: 24 }), async (steps) => {
      const ctx = context(now);
      const id = newId(requirementId);
      await env.DB.prepare("update requirements_requirement set state = 'ended'").run();
      await env.DB.prepare(
        "insert into requirements_requirement (id, name, study_kind, study_object, study_title, exam, exam_title, posts, roster, each_unit, year, from_day, due_day, state, created_by, created_at) values (?1, '规则', 'course', ?1, '课', ?1, '考', '[\"teaching\"]', 0, ?3, 2026, '2026-01-01', '2099-06-30', 'active', ?2, 0)",
      )
        .bind(id, officer.id, steps.length % 2)
        .run();
      const who = await Promise.all(Array.from({ length: people }, () => person(null)));
      const facts: RecordId[] = [];
      const given: ExcuseId[] = [];
      const attempt = async (act: () => Promise<unknown>) => {
        try {
          await act();
        } catch (error) {
          // What the rules refuse (one stands already, it is decided already) is no history.
          if (!(error instanceof Error) || !("status" in error)) throw error;
        }
      };
      for (const { do: move, person: p, unit: u, n, flag } of steps) {
        const [person_, place] = [who[p], places[u]];
        if (person_ === undefined || place === undefined) continue;
        const settle = (...statements: Parameters<typeof commit>[1]["statements"]) =>
          commit(ctx, { statements: [...statements, settlePeople(ctx, [person_.id])], audit: null });
        const [owed] = await rowsOf<{ id: AssignmentId }>(
          ctx,
          sql`select id from kernel_assignment where requirement = ${id} and person = ${person_.id} and unit = ${place} and ended_at is null limit 1`,
        );
        const asked = {
          id: newId(excuseId),
          assignment: owed?.id ?? ("" as AssignmentId),
          what: flag ? ("exempt" as const) : ("deferred" as const),
          of: n % 2 === 0 ? ("all" as const) : ("exam" as const),
          kind: excuseKinds[n] ?? "other",
          from: "2026-02-01" as Day,
          ...(flag ? {} : { due: "2099-12-31" as Day }),
          note: "",
        };
        const last = given[n % Math.max(given.length, 1)];
        switch (move) {
          case "join":
            await settle(
              run(
                sql`insert into kernel_position (id, person, unit, nature, post, from_day) select ${newId(positionId)}, ${person_.id}, ${place}, 'personnel', 'teaching', '2020-01-01' where not exists (select 1 from kernel_position where person = ${person_.id} and unit = ${place} and until_day is null)`,
              ),
            );
            break;
          case "leave":
            await settle(
              run(
                sql`update kernel_position set until_day = '2026-10-01' where person = ${person_.id} and unit = ${place} and until_day is null`,
              ),
            );
            break;
          case "do": {
            const verbs = [[completed], [sat], [sat, passed], [sat, passed, excelled], [passed], [excelled]][n] ?? [];
            for (const verb of verbs) {
              const fact = newId(recordId);
              facts.push(fact);
              await commit(ctx, {
                statements: [
                  record({
                    id: fact,
                    verb,
                    object: { kind: verb === completed ? "course" : "exam", id },
                    person: person_.id,
                    once: [fact],
                  }),
                ],
                audit: null,
              });
            }
            break;
          }
          case "void": {
            const fact = facts.pop();
            if (fact === undefined) break;
            const [row] = await rowsOf<{ verb: string; kind: string; person: typeof officer.id }>(
              ctx,
              sql`select verb, object_kind as kind, person from kernel_record where id = ${fact}`,
            );
            const verb = [completed, sat, passed, excelled].find((each) => each.id === row?.verb);
            if (row === undefined || verb === undefined) break;
            await commit(ctx, {
              statements: [
                record({ verb, object: { kind: row.kind, id }, person: row.person, once: [fact, "void"], corrects: fact, void: true }),
              ],
              audit: null,
            });
            break;
          }
          case "ask":
            if (owed !== undefined) await attempt(async () => askExcuse(asHeads[u] ?? asOfficer, asked).then(() => given.push(asked.id)));
            break;
          case "enter":
            if (owed !== undefined) await attempt(async () => enterExcuse(asOfficer, asked).then(() => given.push(asked.id)));
            break;
          case "decide":
            if (last !== undefined)
              await attempt(() => decideExcuses(asOfficer, { ids: [last], decision: flag ? "approve" : "refuse", reason: "理由" }));
            break;
          case "withdraw":
            if (last !== undefined) await attempt(() => withdrawApproval(asOfficer, { id: last, reason: "理由" }));
            break;
          case "take-back":
            if (last !== undefined) await attempt(() => takeBackExcuse(asHeads[u] ?? asOfficer, { id: last, reason: "理由" }));
            break;
        }
      }
      // By hand: who owes it, less those of whom an approval that leaves stands; what they did, from records that stand.
      const standing = (verb: string, kind: string) =>
        sql`exists (select 1 from kernel_record r where r.person = a.person and r.verb = ${verb} and r.object_kind = ${kind} and r.object_id = ${id} and r.void = 0 and not exists (select 1 from kernel_record c where c.corrects = r.id))`;
      for (const slot of ["study", "exam"] as const) {
        const did = (verb: string) => standing(verb, slot === "exam" ? "exam" : "course");
        const approved = (more: string) =>
          sql`exists (select 1 from requirements_excuse e where e.requirement = a.requirement and e.person = a.person and e.state = 'approved' and (e.of_what = 'all' or ${slot} = 'exam') ${sql.raw(more)})`;
        const [hand] = await rowsOf(
          ctx,
          sql`select count(distinct iif(not gone, person, null)) as whole, count(distinct iif(not gone and done, person, null)) as part, count(distinct iif(not gone and wasSat, person, null)) as sat, count(distinct iif(not gone and done and great, person, null)) as excelled,
              count(distinct iif(exempt, person, null)) as exempt, count(distinct iif(deferred, person, null)) as deferred
            from (select a.person, ${approved("and e.leaves = 1")} as gone, ${approved("and e.what = 'exempt'")} as exempt, ${approved("and e.what = 'deferred'")} as deferred,
              ${slot === "exam" ? sql`${did("sat")} and ${did("passed")}` : did("completed")} as done, ${slot === "exam" ? did("sat") : sql`0`} as wasSat, ${slot === "exam" ? did("excelled") : sql`0`} as great
              from kernel_assignment a where a.requirement = ${id} and a.slot = ${slot} and a.ended_at is null)`,
        );
        const [kept] = await rowsOf<Record<"whole" | "part" | "sat" | "excelled" | "exempt" | "deferred", number>>(
          ctx,
          sql`select coalesce(sum(whole), 0) as whole, coalesce(sum(part), 0) as part, coalesce(sum(sat), 0) as sat, coalesce(sum(excelled), 0) as excelled, coalesce(sum(exempt), 0) as exempt, coalesce(sum(deferred), 0) as deferred from kernel_due where requirement = ${id} and unit = '' and slot = ${slot}`,
        );
        expect(kept).toEqual(hand);
        if (kept === undefined) continue;
        expect(kept.part).toBeLessThanOrEqual(kept.whole);
        expect(kept.sat).toBeLessThanOrEqual(kept.whole);
        expect(kept.excelled).toBeLessThanOrEqual(kept.part);
        if (slot === "exam") expect(kept.part).toBeLessThanOrEqual(kept.sat);
        for (const what of ["exempt", "deferred"] as const) {
          const list = await seeExcused(asOfficer, { id, slot, what });
          expect([list.n, list.rows.length]).toEqual([kept[what], kept[what]]);
        }
      }
      // Each approval that stands has its record, and no other has.
      const [ledger] = await rowsOf<{ n: number; approved: number }>(
        ctx,
        sql`select (select coalesce(sum(count), 0) from kernel_tally where verb = 'excused' and object_id = ${id}) as n, (select count(*) from requirements_excuse where requirement = ${id} and state = 'approved') as approved`,
      );
      expect(ledger?.n).toBe(ledger?.approved);
    }),
    { numRuns: 40 },
  );
}, 300_000);
