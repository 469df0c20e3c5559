/**
 * Whom a row of a people's file means (DOMAIN.md, "Identity"), and what it would change: by 登录号, 工号, 身份证, name with
 * unit and phone, name with unit where unique. Anything else is a question. Nobody is ever merged, an empty cell erases
 * nothing, and the same file again changes nothing.
 */
import { addDays, roleOfPost, type PersonId, type PositionId } from "#kernel";
import type { PeopleValues } from "./rules-values.ts";
import {
  type Roll,
  candidate,
  differs,
  refused,
  runs,
  type Decision,
  type Facts,
  type Known,
  type Place,
  type Plan,
  type Row,
  type Rules,
} from "./rules-roll.ts";

/** What a row would change of a person. */
const apply = (row: Row, one: Known, rules: Rules): Decision => {
  const v = row.values;
  const before: Plan["before"] = {};
  const facts: Facts = {};
  const want = <K extends "name" | "employeeNo" | "phone" | "email" | "category">(key: K, value: Facts[K] | null) => {
    if (value === null || value === undefined || one[key] === value) return;
    facts[key] = value;
    before[key] = one[key];
  };
  want("name", v.name);
  want("employeeNo", v.employeeNo);
  want("phone", v.phone);
  want("email", v.email);
  want("category", v.category);
  if (row.idMatch !== null && row.idMatch !== one.idMatch) {
    facts.idNumber = true;
    before.idNumber = one.idMatch;
  }
  const hasFacts = Object.keys(facts).length > 0;
  if (hasFacts && rules.own && !one.whole) return refused("factsOfOfficers", "name", v.name);

  const here = one.places.filter((p) => p.unit === row.unit);
  const running = here.filter((p) => runs(p, rules.today));
  const ended = here.filter((p) => !runs(p, rules.today)).toSorted((a, b) => ((a.until ?? "") < (b.until ?? "") ? 1 : -1))[0];
  const found =
    running.find((p) => v.nature === null || p.nature === v.nature) ??
    running[0] ??
    (ended !== undefined && v.until !== null && ended.until === v.until ? ended : undefined);
  let place: Plan["place"] = null;
  let closes: Plan["closes"] = null;
  let position: PositionId | null = found?.id ?? null;
  if (found !== undefined) {
    const to: Place = {
      unit: row.unit,
      nature: v.nature ?? found.nature,
      post: v.post ?? found.post,
      from: v.from ?? found.from,
      until: v.until ?? found.until,
    };
    if (to.until !== null && to.until < to.from) return refused("dateOrder", "until", v.until ?? "");
    if (to.nature !== found.nature || to.post !== found.post || to.from !== found.from || to.until !== found.until) {
      if (rules.own && (roleOfPost(to.post) !== null || roleOfPost(found.post) !== null)) return refused("postOfOfficers", "post", v.name);
      place = {
        act: "put",
        to,
        before: { unit: found.unit, nature: found.nature, post: found.post, from: found.from, until: found.until },
      };
    }
  } else {
    const from = v.from ?? rules.today;
    if (ended !== undefined && ended.until !== null && (v.from === null || v.from <= ended.until))
      return refused("leftBefore", "from", v.from ?? "", { name: v.name, unit: row.unitName, until: ended.until });
    const home = one.places.find((p) => p.nature === "personnel" && runs(p, rules.today));
    if (home !== undefined && v.nature === null)
      return refused("natureNeeded", "nature", "", { name: v.name, unit: rules.unitName(home.unit) });
    const nature = v.nature ?? "personnel";
    if (home !== undefined && nature === "personnel") {
      const until = addDays(from, -1);
      if (rules.own || until < home.from || one.row !== null)
        return refused("natureNeeded", "nature", "", { name: v.name, unit: rules.unitName(home.unit) });
      closes = {
        position: home.id,
        until,
        before: home.until,
        was: { unit: home.unit, nature: home.nature, post: home.post, from: home.from },
      };
    }
    const to: Place = { unit: row.unit, nature, post: v.post ?? "other", from, until: v.until };
    if (to.until !== null && to.until < to.from) return refused("dateOrder", "until", v.until ?? "");
    if (rules.own && roleOfPost(to.post) !== null) return refused("postOfOfficers", "post", v.name);
    position = rules.newPosition();
    place = { act: "new", to, before: null };
  }
  const mark: Plan["mark"] =
    rules.own || v.roster === null || v.roster === one.roster
      ? null
      : v.roster
        ? { act: "new", day: v.from !== null && v.from <= rules.today ? v.from : rules.today }
        : { act: "end", day: rules.today };
  const same = !hasFacts && place === null && mark === null;
  return {
    plan: {
      outcome: same ? "unchanged" : "changed",
      person: one.id,
      facts: hasFacts ? facts : null,
      before: hasFacts ? before : null,
      position,
      place,
      closes,
      mark,
    },
    problem: null,
  };
};

/** A new person with this row's facts. */
const make = (row: Row, rules: Rules, id: PersonId): Decision => {
  const v = row.values;
  if (rules.own && v.post !== null && roleOfPost(v.post) !== null) return refused("postOfOfficers", "post", v.name);
  const to: Place = {
    unit: row.unit,
    nature: v.nature ?? "personnel",
    post: v.post ?? "other",
    from: v.from ?? (v.until !== null && v.until < rules.today ? v.until : rules.today),
    until: v.until,
  };
  const facts: Facts = {
    name: v.name,
    ...(v.employeeNo === null ? {} : { employeeNo: v.employeeNo }),
    ...(v.phone === null ? {} : { phone: v.phone }),
    ...(v.email === null ? {} : { email: v.email }),
    ...(v.category === null ? {} : { category: v.category }),
    ...(row.idMatch === null ? {} : { idNumber: true as const }),
  };
  return {
    plan: {
      outcome: "new",
      person: id,
      facts,
      before: null,
      position: rules.newPosition(),
      place: { act: "new", to, before: null },
      closes: null,
      mark: v.roster === true && !rules.own ? { act: "new", day: to.from <= rules.today ? to.from : rules.today } : null,
    },
    problem: null,
  };
};

type Found = { one: Known } | { ask: readonly Known[] } | { none: true } | { problem: Decision };

/** Whom a row means. */
const find = (row: Row, roll: Roll, rules: Rules): Found => {
  const v = row.values;
  if (v.login !== null) {
    const one = roll.byLogin(v.login);
    return one ? { one } : { problem: refused("loginUnknown", "login", v.login) };
  }
  if (v.employeeNo !== null) {
    const one = roll.byNo(v.employeeNo);
    if (one) return one.name === v.name ? { one } : { ask: [one] };
    if (rules.foreignNos.has(v.employeeNo)) return { problem: refused("employeeNoTaken", "employeeNo", v.employeeNo) };
  }
  if (row.idMatch !== null) {
    const one = roll.byId(row.idMatch);
    if (one) return one.name === v.name && !differs(one.employeeNo, v.employeeNo) ? { one } : { ask: [one] };
  }
  const alike = roll.byName(v.name).filter((one) => !differs(one.employeeNo, v.employeeNo) && !differs(one.idMatch, row.idMatch));
  const here = alike.filter((one) =>
    one.places.some((p) => p.unit === row.unit && (runs(p, rules.today) || (v.until !== null && p.until === v.until))),
  );
  const samePhone = v.phone === null ? [] : here.filter((one) => one.phone === v.phone);
  if (samePhone.length === 1 && samePhone[0]) return { one: samePhone[0] };
  // Where nothing would change, it does not matter which of several alike is meant, as long as each row has its own.
  const still = here.find((one) => one.row === null && apply(row, one, rules).plan?.outcome === "unchanged");
  if (still) return { one: still };
  const [only] = here;
  if (here.length === 1 && only?.row === null && !differs(only.phone, v.phone)) return { one: only };
  if (here.length > 0) return { ask: here };
  const left = alike.filter((one) => one.places.some((p) => p.unit === row.unit));
  const [gone] = left;
  if (left.length === 1 && gone && !differs(gone.phone, v.phone) && gone.row === null) return { one: gone };
  if (left.length > 0) return { ask: left };
  const elsewhere = v.phone === null ? [] : alike.filter((one) => one.phone === v.phone);
  return elsewhere.length > 0 ? { ask: elsewhere } : { none: true };
};

/** Decides a row; the roll learns what it means, so that later rows see it. */
export const decide = (row: Row, roll: Roll, rules: Rules): Decision => {
  const v = row.values;
  const answer = rules.answer(row.n);
  const found = ((): Found => {
    const first = find(row, roll, rules);
    // An answer settles a doubt, and only that: a row that needs none any more keeps its meaning.
    if (answer === undefined || !("ask" in first)) return first;
    if (answer === "new") return { none: true };
    const one = answer.startsWith("row:") ? roll.byRow(Number(answer.slice(4))) : roll.byPerson(answer);
    return one ? { one } : first;
  })();
  if ("problem" in found) return found.problem;
  if ("ask" in found)
    return refused(
      "who",
      "name",
      v.name,
      { unit: row.unitName },
      found.ask.map((one) => candidate(rules, one)),
    );
  if ("none" in found) {
    if (v.employeeNo !== null && (roll.isTaken(v.employeeNo) || rules.foreignNos.has(v.employeeNo)))
      return refused("employeeNoTaken", "employeeNo", v.employeeNo);
    if (row.idMatch !== null && roll.byId(row.idMatch) !== undefined) return refused("idNumberTaken", "idNumber", "");
    const made = make(row, rules, rules.newPerson());
    if (!made.plan?.place || made.plan.position === null) return made;
    const one: Known = {
      id: made.plan.person,
      name: v.name,
      login: null,
      employeeNo: v.employeeNo,
      phone: v.phone,
      email: v.email,
      category: v.category,
      idMatch: row.idMatch,
      roster: made.plan.mark !== null,
      whole: true,
      places: [{ id: made.plan.position, ...made.plan.place.to }],
      row: row.n,
    };
    roll.add(one);
    roll.meant(row.n, one);
    return made;
  }
  const { one } = found;
  if (v.employeeNo !== null && v.employeeNo !== one.employeeNo && (roll.isTaken(v.employeeNo) || rules.foreignNos.has(v.employeeNo)))
    return refused("employeeNoTaken", "employeeNo", v.employeeNo);
  const holder = row.idMatch === null ? undefined : roll.byId(row.idMatch);
  if (holder !== undefined && holder !== one) return refused("idNumberTaken", "idNumber", "");
  const decision = apply(row, one, rules);
  if (decision.plan === null) return decision;
  // A second row of the same person: the same again is nothing, another place is another position, but two facts cannot both hold.
  if (
    one.row !== null &&
    (decision.plan.facts !== null || decision.plan.place?.act === "put" || decision.plan.closes !== null || decision.plan.mark !== null)
  ) {
    const field = Object.keys(decision.plan.before ?? {})[0] ?? (decision.plan.mark === null ? "from" : "roster");
    return refused("twice", field, String(v[field as keyof PeopleValues] ?? ""), { row: String(one.row) });
  }
  learn(one, decision.plan, roll, row.n, row.idMatch);
  return decision;
};

const learn = (one: Known, plan: Plan, roll: Roll, n: number, idMatch: string | null): void => {
  const { idNumber, ...facts } = plan.facts ?? {};
  Object.assign(one, facts);
  if (idNumber && idMatch !== null) {
    one.idMatch = idMatch;
    roll.identified(one, idMatch);
  }
  if (facts.name !== undefined) roll.renamed(one, facts.name);
  if (facts.employeeNo !== undefined) roll.numbered(one, facts.employeeNo);
  if (plan.closes) for (const p of one.places) if (p.id === plan.closes.position) p.until = plan.closes.until;
  if (plan.place?.act === "put") for (const p of one.places) if (p.id === plan.position) Object.assign(p, plan.place.to);
  if (plan.place?.act === "new" && plan.position !== null) one.places.push({ id: plan.position, ...plan.place.to });
  if (plan.mark) one.roster = plan.mark.act === "new";
  roll.meant(n, one);
};
