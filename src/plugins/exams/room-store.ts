/** The room's own SQLite: attempts, papers, answers, incidents, and the batches that go to D1. Every call is synchronous. */
import type { Instant, PersonId, UnitId } from "#kernel";
import type { Item, Pooled } from "./rules-paper.ts";
import type { Line } from "./schema.ts";

/** Numbered steps, applied once each and in order; never edited once released. */
const steps: readonly string[] = [
  `create table sitting (id text primary key, room text not null, revision integer not null, plan text not null);
   create table question (id text not null, version text not null, body text not null, primary key (id, version)) without rowid;
   create table attempt (id text primary key, exam text not null, sitting text not null, person text not null, unit text, n integer not null, state text not null, started_at integer not null, deadline_at integer not null,
     session integer not null, percent integer not null, large integer not null, break_left integer not null, break_since integer, pledged integer not null, items text not null,
     submitted_at integer, ended text, score integer, passed integer, excellent integer, certificate text, batch integer, kept integer not null default 0);
   create index attempt_person on attempt (person, n);
   create index attempt_state on attempt (state, deadline_at);
   create index attempt_batch on attempt (batch);
   create index attempt_kept on attempt (kept);
   create table paper (attempt text primary key, items text not null) without rowid;
   create table answer (attempt text not null, item text not null, session integer not null, seq integer not null, value text not null, answered integer not null, at integer not null, received_at integer not null, primary key (attempt, item)) without rowid;
   create table session (attempt text not null, session integer not null, at integer not null, address text, primary key (attempt, session)) without rowid;
   create table incident (id text primary key, attempt text not null, at integer not null, kind text not null, by text, minutes integer, note text);
   create index incident_attempt on incident (attempt, at);
   create table batch (n integer primary key, made_at integer not null, flushed_at integer);`,
];

export type Ended = "self" | "deadline" | "officer";
export type RoomAttempt = {
  id: string;
  exam: string;
  sitting: string;
  person: PersonId;
  unit: UnitId | null;
  n: number;
  state: "running" | "graded";
  startedAt: Instant;
  deadlineAt: Instant;
  session: number;
  percent: number;
  large: boolean;
  breakLeft: number;
  breakSince: Instant | null;
  /** The version of the pledge that was given; 0: none was asked for. */
  pledged: number;
  items: string[];
  submittedAt: Instant | null;
  ended: Ended | null;
  score: number | null;
  passed: boolean;
  excellent: boolean;
  certificate: string | null;
  batch: number | null;
  recorded: boolean;
};
/** What a room knows of its sitting; frozen but for `lines`, which lose what was withdrawn. */
export type Plan = {
  exam: string;
  title: string;
  pass: number;
  excellent: number | null;
  tries: number;
  minutes: number;
  opensAt: Instant;
  closesAt: Instant;
  shuffle: boolean;
  perPage: number;
  blueprint: Line[];
  lines: Pooled[][];
};
export type Incident = {
  id: string;
  attempt: string;
  at: Instant;
  kind: "takeover" | "extended" | "ended" | "break" | "back";
  by: string | null;
  minutes: number | null;
  note: string | null;
};
export type Saved = { item: string; value: unknown; at: Instant };

type Row = Record<string, SqlStorageValue>;
/** What `attemptColumns` selects. */
type AttemptRow = Omit<RoomAttempt, "large" | "passed" | "excellent" | "recorded" | "items"> & {
  large: number;
  passed: number | null;
  excellent: number | null;
  recorded: number;
  items: string;
};
const attemptColumns = `a.id, a.exam, a.sitting, a.person, a.unit, a.n, a.state, a.started_at as startedAt, a.deadline_at as deadlineAt, a.session, a.percent, a.large, a.break_left as breakLeft, a.break_since as breakSince, a.pledged, a.items, a.submitted_at as submittedAt, a.ended, a.score, a.passed, a.excellent, a.certificate, a.batch, exists (select 1 from batch b where b.n = a.batch and b.flushed_at is not null) as recorded`;
const attemptOf = (row: AttemptRow): RoomAttempt => ({
  ...row,
  large: row.large === 1,
  passed: row.passed === 1,
  excellent: row.excellent === 1,
  recorded: row.recorded === 1,
  items: JSON.parse(row.items) as string[],
});

export const roomStore = ({ sql }: Pick<DurableObjectStorage, "sql">) => {
  const rows = <R extends Row>(query: string, ...values: SqlStorageValue[]): R[] => sql.exec<R>(query, ...values).toArray();
  const attempts = (which: string, ...values: SqlStorageValue[]): RoomAttempt[] =>
    rows<AttemptRow>(`select ${attemptColumns} from attempt a where ${which}`, ...values).map(attemptOf);
  const number = (query: string, ...values: SqlStorageValue[]): number | null =>
    rows<{ value: number | null }>(query, ...values)[0]?.value ?? null;

  sql.exec("create table if not exists step (n integer primary key)");
  const done = number("select max(n) as value from step") ?? 0;
  for (const [at, step] of steps.entries())
    if (at + 1 > done) {
      sql.exec(step);
      sql.exec("insert into step (n) values (?)", at + 1);
    }

  /** The plan holds the whole pool: read once, and again after it changed. */
  let known: { id: string; room: string; revision: number; plan: Plan } | undefined;

  return {
    /* The sitting and its questions */
    sitting: (): typeof known => {
      if (known === undefined) {
        const row = rows<{ id: string; room: string; revision: number; plan: string }>(
          "select id, room, revision, plan from sitting limit 1",
        )[0];
        known = row && { ...row, plan: JSON.parse(row.plan) as Plan };
      }
      return known;
    },
    putSitting: (sitting: string, room: string, revision: number, plan: Plan): void => {
      known = undefined;
      sql.exec(
        "insert into sitting (id, room, revision, plan) values (?, ?, ?, ?) on conflict (id) do update set revision = excluded.revision, plan = excluded.plan",
        sitting,
        room,
        revision,
        JSON.stringify(plan),
      );
    },
    question: (id: string, version: string): string | undefined =>
      rows<{ body: string }>("select body from question where id = ? and version = ?", id, version)[0]?.body,
    putQuestion: (id: string, version: string, body: string): void =>
      void sql.exec("insert into question (id, version, body) values (?, ?, ?) on conflict do nothing", id, version, body),

    /* Attempts */
    find: (id: string): RoomAttempt | undefined => attempts("a.id = ?", id)[0],
    runningOf: (person: string): RoomAttempt | undefined => attempts("a.person = ? and a.state = 'running' limit 1", person)[0],
    usedBy: (person: string, sitting: string): number =>
      number("select count(*) as value from attempt where person = ? and sitting = ?", person, sitting) ?? 0,
    insert: (
      a: Pick<
        RoomAttempt,
        "id" | "exam" | "sitting" | "person" | "unit" | "n" | "startedAt" | "deadlineAt" | "percent" | "large" | "breakLeft" | "pledged"
      >,
      paper: readonly Item[],
    ): void => {
      sql.exec(
        "insert into attempt (id, exam, sitting, person, unit, n, state, started_at, deadline_at, session, percent, large, break_left, pledged, items) values (?, ?, ?, ?, ?, ?, 'running', ?, ?, 0, ?, ?, ?, ?, ?)",
        a.id,
        a.exam,
        a.sitting,
        a.person,
        a.unit,
        a.n,
        a.startedAt,
        a.deadlineAt,
        a.percent,
        a.large ? 1 : 0,
        a.breakLeft,
        a.pledged,
        JSON.stringify(paper.map((item) => item.item)),
      );
      sql.exec("insert into paper (attempt, items) values (?, ?)", a.id, JSON.stringify(paper));
    },
    paper: (attempt: string): Item[] =>
      JSON.parse(rows<{ items: string }>("select items from paper where attempt = ?", attempt)[0]?.items ?? "[]") as Item[],
    openSession: (attempt: string, at: Instant, address: string | null): number => {
      const session = (number("select session as value from attempt where id = ?", attempt) ?? 0) + 1;
      sql.exec("update attempt set session = ? where id = ?", session, attempt);
      sql.exec("insert into session (attempt, session, at, address) values (?, ?, ?, ?)", attempt, session, at, address);
      return session;
    },
    setDeadline: (attempt: string, at: Instant): void => void sql.exec("update attempt set deadline_at = ? where id = ?", at, attempt),
    setBreak: (attempt: string, since: Instant | null, left: number, deadline: Instant): void =>
      void sql.exec("update attempt set break_since = ?, break_left = ?, deadline_at = ? where id = ?", since, left, deadline, attempt),

    /* Answers: for each item the highest (session, seq) wins */
    save: (
      { attempt, session, seq }: { attempt: string; session: number; seq: number },
      answers: readonly (Saved & { answered: boolean })[],
      receivedAt: Instant,
    ): void =>
      void sql.exec(
        `insert into answer (attempt, item, session, seq, value, answered, at, received_at)
         select ?, value ->> 'item', ?, ?, value -> 'value', value ->> 'answered', value ->> 'at', ? from json_each(?) where true
         on conflict (attempt, item) do update set session = excluded.session, seq = excluded.seq, value = excluded.value, answered = excluded.answered, at = excluded.at, received_at = excluded.received_at
         where (excluded.session, excluded.seq) > (answer.session, answer.seq)`,
        attempt,
        session,
        seq,
        receivedAt,
        JSON.stringify(answers),
      ),
    answers: (attempt: string): Saved[] =>
      rows<{ item: string; value: string; at: number }>("select item, value, at from answer where attempt = ? order by item", attempt).map(
        (row) => ({ ...row, value: JSON.parse(row.value) as unknown }),
      ),
    lastReceived: (attempt: string): Instant | null => number("select max(received_at) as value from answer where attempt = ?", attempt),
    answeredCount: (attempt: string): number =>
      number("select count(*) as value from answer where attempt = ? and answered = 1", attempt) ?? 0,

    /* Grading and batches */
    grade: (attempt: string, at: Instant, ended: Ended, score: number, verdict: { passed: boolean; excellent: boolean }): void =>
      void sql.exec(
        "update attempt set state = 'graded', submitted_at = ?, ended = ?, score = ?, passed = ?, excellent = ?, break_since = null, kept = 0 where id = ? and state = 'running'",
        at,
        ended,
        score,
        verdict.passed ? 1 : 0,
        verdict.excellent ? 1 : 0,
        attempt,
      ),
    /** Running attempts whose time is up, a pause counted in. */
    overdue: (now: Instant): string[] =>
      rows<{ id: string }>(
        "select id from attempt where state = 'running' and deadline_at + iif(break_since is null, 0, break_left) <= ? order by deadline_at limit 200",
        now,
      ).map((row) => row.id),
    nextDeadline: (): Instant | null =>
      number("select min(deadline_at + iif(break_since is null, 0, break_left)) as value from attempt where state = 'running'"),
    /** The oldest batch that D1 may not have; where there is none, a new one of at most `most` graded attempts. */
    nextBatch: (now: Instant, most: number): number | null => {
      const open = number("select min(n) as value from batch where flushed_at is null");
      if (open !== null) return open;
      if (number("select count(*) as value from attempt where state = 'graded' and batch is null") === 0) return null;
      const n = (number("select max(n) as value from batch") ?? 0) + 1;
      sql.exec("insert into batch (n, made_at) values (?, ?)", n, now);
      sql.exec(
        "update attempt set batch = ? where id in (select id from attempt where state = 'graded' and batch is null order by submitted_at, id limit ?)",
        n,
        most,
      );
      return n;
    },
    batch: (n: number): RoomAttempt[] => attempts("a.batch = ? order by a.submitted_at, a.id", n),
    flushed: (n: number, at: Instant, certificates: ReadonlyMap<string, string>): void => {
      for (const [attempt, number] of certificates) sql.exec("update attempt set certificate = ? where id = ?", number, attempt);
      sql.exec("update batch set flushed_at = ? where n = ?", at, n);
    },
    waitsForFlush: (): boolean =>
      rows<{ there: number }>(
        "select 1 as there from batch where flushed_at is null union all select 1 from attempt where state = 'graded' and batch is null limit 1",
      ).length > 0,
    /** All batches are sent again; D1 knows those that it has. */
    flushAgain: (): void => void sql.exec("update batch set flushed_at = null"),

    /* Papers in R2 */
    unkept: (limit: number): string[] =>
      rows<{ id: string }>("select id from attempt where kept = 0 order by started_at limit ?", limit).map((row) => row.id),
    /** Kept, unless it was graded while it was written. */
    kept: (attempt: string, state: string): void => void sql.exec("update attempt set kept = 1 where id = ? and state = ?", attempt, state),

    /* Incidents */
    incident: (i: Incident): boolean =>
      sql.exec(
        "insert into incident (id, attempt, at, kind, by, minutes, note) values (?, ?, ?, ?, ?, ?, ?) on conflict (id) do nothing",
        i.id,
        i.attempt,
        i.at,
        i.kind,
        i.by,
        i.minutes,
        i.note,
      ).rowsWritten > 0,
    incidents: (attempt: string): Incident[] =>
      rows<Incident>("select id, attempt, at, kind, by, minutes, note from incident where attempt = ? order by at, id limit 200", attempt),

    /* The proctor's numbers */
    running: (): RoomAttempt[] => attempts("a.state = 'running' order by a.id"),

    /** Forgets what was flushed and is older than rooms keep. */
    forget: (before: Instant): void => {
      const old =
        "select a.id from attempt a join batch b on b.n = a.batch where a.state = 'graded' and a.kept = 1 and b.flushed_at is not null and a.submitted_at < ?";
      for (const table of ["answer", "paper", "session", "incident"]) sql.exec(`delete from ${table} where attempt in (${old})`, before);
      sql.exec(`delete from attempt where id in (${old})`, before);
    },
    oldest: (): Instant | null => number("select min(submitted_at) as value from attempt where state = 'graded' and kept = 1"),
  };
};
export type RoomStore = ReturnType<typeof roomStore>;
