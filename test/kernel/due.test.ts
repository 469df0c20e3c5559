/** Whether an assignment is done, sat or excelled, and how many people are, follow the ledger through every history. */
import { env } from "cloudflare:workers";
import * as fc from "fast-check";
import { sql } from "drizzle-orm";
import { expect, test } from "vitest";
import {
  assignmentId,
  catalogue,
  commit,
  dueCount,
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
  type Counted,
  type RecordId,
} from "#kernel";

const words = catalogue("test", { verb: ["做", "did"] });
const verbs = ["sat", "passed", "excelled", "studied"].map((id) => verb(id, { iri: `https://example.org/${id}`, words: words.verb }));
const registry = registryOf([{ id: "test", verbs }]);
const now = Date.UTC(2026, 10, 24, 4);
const people = 4;
const units = 2;
const lessons = ["c/a", "c/b"];

const moves = ["assign", "study", "do", "do", "do", "void", "end", "reopen", "excuse", "delete"] as const;
const step = fc.record({ do: fc.constantFrom(...moves), person: fc.nat(people - 1), unit: fc.nat(units - 1), n: fc.nat(3) });
type Row = Record<Counted, number> & { unit: string };
const counted = ["whole", "part", "sat", "excelled", "exempt", "deferred"] as const;

test("after any history of assigning, sitting, studying, correcting, excusing, ending and deleting, counts equal what is there, and each part its whole", async () => {
  await fc.assert(
    fc.asyncProperty(fc.array(step, { minLength: 1, maxLength: 30 }), async (steps) => {
      const ctx = makeContext({ env, registry, now });
      const requirement = newId(requirementId);
      const who = Array.from({ length: people }, () => newId(personId));
      const where = Array.from({ length: units }, () => newId(unitId));
      const write = (...statements: Parameters<typeof commit>[1]["statements"]) => commit(ctx, { statements, audit: null });
      await write(
        ...where.map((id) =>
          run(sql`insert into kernel_unit (id, kind, name, status, created_at) values (${id}, 'office', '科', 'open', ${now})`),
        ),
        ...where.map((id) => run(sql`insert into kernel_unit_closure (ancestor, descendant, depth) values (${id}, ${id}, 0)`)),
        ...who.map((id) =>
          run(sql`insert into kernel_person (id, login, name, created_at) values (${id}, ${id.slice(-12)}, '甲', ${now})`),
        ),
      );
      const standing = new Map<string, RecordId>();
      // Somebody of two units, to begin with.
      const first = [0, 1].map((unit) => ({ do: "assign" as const, person: 0, unit, n: 0 }));
      for (const [n, move] of [...first, ...steps].entries()) {
        const p = who[move.person];
        const u = where[move.unit];
        if (p === undefined || u === undefined) continue;
        const theirs = sql`requirement = ${requirement} and person = ${p} and unit = ${u}`;
        const object =
          move.do === "study" ? { kind: "lesson", id: `${requirement}/${lessons[move.n % 2] ?? ""}` } : { kind: "exam", id: requirement };
        switch (move.do) {
          case "assign":
            for (const kind of ["exam", "lessons"])
              await write(
                run(
                  sql`insert into kernel_assignment (id, requirement, kind, object, verb, person, unit, from_day, since_day, due_day, done_at) values (${newId(assignmentId)}, ${requirement}, ${kind}, ${kind === "exam" ? requirement : JSON.stringify(lessons.map((l) => `${requirement}/${l}`))}, ${kind === "exam" ? "passed" : "studied"}, ${p}, ${u}, '2026-01-01', '2026-01-01', '2026-12-31', ${n % 2 === 0 ? now : null}) on conflict do nothing`,
                ),
              );
            break;
          case "study":
          case "do": {
            const does = verbs[move.do === "study" ? 3 : move.n % 3];
            const key = `${p} ${does?.id ?? ""} ${object.id}`;
            if (does === undefined || standing.has(key)) break;
            const id = newId(recordId);
            standing.set(key, id);
            await write(record({ id, verb: does, object, person: p, unit: u, once: [String(n), p, requirement] }));
            break;
          }
          case "void": {
            const [key, corrects] = [...standing].find(([k]) => k.startsWith(p)) ?? [];
            const does = verbs.find(({ id }) => id === key?.split(" ")[1]);
            if (key === undefined || corrects === undefined || does === undefined) break;
            standing.delete(key);
            const id = key.split(" ")[2] ?? "";
            const voided = { kind: does.id === "studied" ? "lesson" : "exam", id };
            await write(
              record({ verb: does, object: voided, person: p, unit: u, once: [String(n), p, requirement], corrects, void: true }),
            );
            break;
          }
          case "end":
            await write(run(sql`update kernel_assignment set ended_at = ${now} where ${theirs}`));
            break;
          case "reopen":
            await write(run(sql`update kernel_assignment set ended_at = null where ${theirs}`));
            break;
          case "excuse":
            await write(
              run(
                sql`update kernel_assignment set excuse = ${["exempt", "deferred", null, "exempt"][move.n] ?? null}, leaves = ${move.n % 2} where requirement = ${requirement} and person = ${p} and slot = 'exam'`,
              ),
            );
            break;
          case "delete":
            await write(run(sql`delete from kernel_assignment where ${theirs}`));
        }
      }
      const has = (does: string) =>
        sql`exists (select 1 from kernel_record r where r.person = a.person and r.verb = ${does} and r.object_id = a.object and r.void = 0 and not exists (select 1 from kernel_record c where c.corrects = r.id))`;
      const studied = sql`2 = (select count(distinct r.object_id) from kernel_record r where r.person = a.person and r.verb = 'studied' and r.object_id in (select value from json_each(a.object)) and r.void = 0 and not exists (select 1 from kernel_record c where c.corrects = r.id))`;
      for (const slot of ["exam", "study"] as const) {
        const asked = sql`from kernel_assignment a where a.requirement = ${requirement} and a.ended_at is null and a.slot = ${slot}`;
        const exam = slot === "exam" ? 1 : 0;
        const done = sql`a.leaves = 0 and iif(${exam}, ${has("passed")} and ${has("sat")}, ${studied})`;
        const of: Record<Counted, ReturnType<typeof sql>> = {
          whole: sql`a.leaves = 0`,
          part: done,
          sat: sql`${exam} and a.leaves = 0 and ${has("sat")}`,
          excelled: sql`${exam} and ${done} and ${has("excelled")}`,
          exempt: sql`a.excuse = 'exempt'`,
          deferred: sql`a.excuse = 'deferred'`,
        };
        const each = sql.join(
          counted.map((c) => sql`count(distinct iif(${of[c]}, a.person, null)) as ${sql.raw(c)}`),
          sql`, `,
        );
        const truth = await rowsOf<Row>(ctx, sql`select a.unit, ${each} ${asked} group by a.unit union all select '', ${each} ${asked}`);
        const kept = await rowsOf<Row>(
          ctx,
          sql`select unit, whole, part, sat, excelled, exempt, deferred from kernel_due where requirement = ${requirement} and slot = ${slot}`,
        );
        for (const unit of ["", ...where]) {
          const none = { unit, whole: 0, part: 0, sat: 0, excelled: 0, exempt: 0, deferred: 0 };
          const row = truth.find((r) => r.unit === unit) ?? none;
          expect(kept.find((r) => r.unit === unit) ?? none).toEqual(row);
          expect(row.part <= row.whole && row.sat <= row.whole && row.excelled <= row.part && (exam === 0 || row.part <= row.sat)).toBe(
            true,
          );
        }
        // Of a part of the body people count once too, though they may owe it at two units.
        const reach = { all: false, areas: where.map((unit) => ({ unit, kinds: null })) };
        const [part] = await rowsOf<Row>(
          ctx,
          sql`select ${sql.join(
            counted.map((c) => sql`${dueCount(c, sql`${requirement}`, slot, { reach })} as ${sql.raw(c)}`),
            sql`, `,
          )}`,
        );
        const all = truth.find((r) => r.unit === "");
        const { unit: _unit, ...whole } = all ?? { unit: "", whole: 0, part: 0, sat: 0, excelled: 0, exempt: 0, deferred: 0 };
        expect(part).toEqual(whole);
      }
    }),
    { numRuns: 100 },
  );
}, 180_000);
