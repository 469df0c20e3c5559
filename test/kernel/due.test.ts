/** Whether an assignment is done, and how many are, follow the ledger through every history. */
import { env } from "cloudflare:workers";
import * as fc from "fast-check";
import { sql } from "drizzle-orm";
import { expect, test } from "vitest";
import {
  assignmentId,
  catalogue,
  commit,
  makeContext,
  newId,
  personId,
  record,
  recordId,
  registryOf,
  requirementId,
  rowsOf,
  run,
  unitId,
  verb,
  type RecordId,
} from "#kernel";

const words = catalogue("test", { passed: ["通过", "passed"] });
const passed = verb("passed", { iri: "https://example.org/passed", words: words.passed });
const registry = registryOf([{ id: "test", verbs: [passed] }]);
const now = Date.UTC(2026, 10, 24, 4);
const people = 4;
const units = 2;

type Step = { do: "assign" | "pass" | "void" | "end" | "delete"; person: number; unit: number };
const step = fc.record({
  do: fc.constantFrom("assign" as const, "pass" as const, "void" as const, "end" as const, "delete" as const),
  person: fc.nat(people - 1),
  unit: fc.nat(units - 1),
});

test("after any history of assigning, passing, correcting, ending and deleting, counts equal what is there", async () => {
  await fc.assert(
    fc.asyncProperty(fc.array(step, { minLength: 1, maxLength: 25 }), async (steps: Step[]) => {
      const ctx = makeContext({ env, registry, now });
      const requirement = newId(requirementId);
      const who = Array.from({ length: people }, () => newId(personId));
      const where = Array.from({ length: units }, () => newId(unitId));
      await commit(ctx, {
        statements: [
          ...where.map((id) =>
            run(sql`insert into kernel_unit (id, kind, name, status, created_at) values (${id}, 'office', '科', 'open', ${now})`),
          ),
          ...who.map((id) =>
            run(sql`insert into kernel_person (id, login, name, created_at) values (${id}, ${id.slice(-12)}, '甲', ${now})`),
          ),
        ],
        audit: null,
      });
      const standing = new Map<number, RecordId>();
      for (const [n, { do: what, person, unit }] of steps.entries()) {
        const p = who[person];
        const u = where[unit];
        if (p === undefined || u === undefined) continue;
        if (what === "assign") {
          const there = await rowsOf(
            ctx,
            sql`select 1 from kernel_assignment where requirement = ${requirement} and person = ${p} and unit = ${u}`,
          );
          if (there.length === 0)
            await commit(ctx, {
              statements: [
                run(
                  sql`insert into kernel_assignment (id, requirement, kind, object, verb, person, unit, from_day, due_day, done_at) values (${newId(assignmentId)}, ${requirement}, 'exam', ${requirement}, 'passed', ${p}, ${u}, '2026-01-01', '2026-12-31', ${n % 2 === 0 ? now : null})`,
                ),
              ],
              audit: null,
            });
        }
        if (what === "pass") {
          const id = newId(recordId);
          if (!standing.has(person)) standing.set(person, id);
          else continue;
          await commit(ctx, {
            statements: [
              record({
                id,
                verb: passed,
                object: { kind: "exam", id: requirement },
                person: p,
                unit: u,
                once: [String(n), p, requirement],
              }),
            ],
            audit: null,
          });
        }
        const corrects = standing.get(person);
        if (what === "void" && corrects !== undefined) {
          standing.delete(person);
          await commit(ctx, {
            statements: [
              record({
                verb: passed,
                object: { kind: "exam", id: requirement },
                person: p,
                unit: u,
                once: [String(n), p, requirement],
                corrects,
                void: true,
              }),
            ],
            audit: null,
          });
        }
        if (what === "end")
          await commit(ctx, {
            statements: [
              run(sql`update kernel_assignment set ended_at = ${now} where requirement = ${requirement} and person = ${p} and unit = ${u}`),
            ],
            audit: null,
          });
        if (what === "delete")
          await commit(ctx, {
            statements: [run(sql`delete from kernel_assignment where requirement = ${requirement} and person = ${p} and unit = ${u}`)],
            audit: null,
          });
      }
      const truth = await rowsOf<{ unit: string; whole: number; part: number }>(
        ctx,
        sql`select a.unit, count(*) as whole, sum(exists (select 1 from kernel_record r where r.person = a.person and r.verb = 'passed' and r.object_id = a.object and r.void = 0 and not exists (select 1 from kernel_record c where c.corrects = r.id))) as part
          from kernel_assignment a where a.requirement = ${requirement} and a.ended_at is null group by a.unit order by a.unit`,
      );
      const kept = await rowsOf<{ unit: string; whole: number; part: number }>(
        ctx,
        sql`select unit, whole, part from kernel_due where requirement = ${requirement} and whole > 0 order by unit`,
      );
      expect(kept.filter((row) => row.unit !== "")).toEqual(truth);
      const all = kept.find((row) => row.unit === "");
      expect([all?.whole ?? 0, all?.part ?? 0]).toEqual([truth.reduce((n, r) => n + r.whole, 0), truth.reduce((n, r) => n + r.part, 0)]);
    }),
    { numRuns: 25 },
  );
}, 120_000);
