/** The exam room in the browser: one paper, its clock, its answer card. Draws; the desk decides. */
import { render, useEffect, useRef, useState } from "hono/jsx/dom";
import { Desk, type Where } from "./exam-desk.island.ts";
import {
  AnswerCard,
  fill,
  isAnswered,
  minutesAndSeconds,
  pressed,
  Question,
  spoken,
  SaveState,
  SignIn,
  Summary,
} from "./exam-parts.island.tsx";
import { Word } from "./exam-words.island.tsx";

type Props = Where & { words: Record<string, string>; zone: string; result: string; back: string; signIn: string };

/** Longer than any answer takes: what a dead network swallowed is given up by then, and sent again. */
const patience = 15_000;
const keysOff = "xuefa.exam-room.keys-off";

function Room(props: Props) {
  const { words, zone } = props;
  const t = (name: string, facts?: Record<string, string | number>) => fill(words[name], facts);
  const [, repaint] = useState(0);
  const [keys, setKeys] = useState(localStorage.getItem(keysOff) === null);
  const [said, say] = useState("");
  const deskRef = useRef<Desk | null>(null);
  deskRef.current ??= new Desk(
    {
      fetch: (path, init) => fetch(path, { ...init, cache: "no-store", signal: AbortSignal.timeout(patience) }),
      storage: localStorage,
      ticks: () => performance.now(),
      later: (work, ms) => setTimeout(work, ms),
    },
    { exam: props.exam, attempt: props.attempt, sitting: props.sitting },
    () => repaint((n) => n + 1),
  );
  const desk = deskRef.current;
  const card = useRef<HTMLDialogElement>(null);
  const confirm = useRef<HTMLDialogElement>(null);
  const lastMinute = useRef<number | null>(null);
  const wasOffline = useRef(false);
  const clockTime = (at: number) => new Date(at).toLocaleTimeString("zh-CN", { timeZone: zone, hourCycle: "h23" });

  useEffect(() => {
    void desk.open();
    const second = setInterval(() => {
      desk.tick();
      repaint((n) => n + 1);
    }, 1000);
    const wake = () => desk.wakeUp();
    const seen = () => document.visibilityState === "visible" && desk.wakeUp();
    const leave = (event: BeforeUnloadEvent) => {
      if (desk.unsent.size > 0 && desk.phase.is === "running") event.preventDefault();
    };
    addEventListener("online", wake);
    document.addEventListener("visibilitychange", seen);
    addEventListener("beforeunload", leave);
    return () => {
      clearInterval(second);
      removeEventListener("online", wake);
      document.removeEventListener("visibilitychange", seen);
      removeEventListener("beforeunload", leave);
    };
  }, []);

  const { paper, phase } = desk;
  const items = paper?.items ?? [];
  const perPage = paper === undefined || paper.perPage === 0 ? Math.max(1, items.length) : paper.perPage;
  const pages = Math.max(1, Math.ceil(items.length / perPage));
  const page = Math.floor((desk.place - 1) / perPage);
  const shown = items.slice(page * perPage, (page + 1) * perPage);
  const go = (to: number) => {
    desk.goTo(Math.max(0, Math.min(pages - 1, to)) * perPage + 1);
    scrollTo({ top: 0 });
  };
  const goTo = (n: number) => {
    card.current?.close();
    confirm.current?.close();
    desk.goTo(n);
    setTimeout(() => {
      const there = document.getElementById(`q-${n}`);
      there?.scrollIntoView({ block: "start" });
      there?.querySelector<HTMLElement>("input")?.focus({ preventScroll: true });
    });
  };

  useEffect(() => {
    if (phase.is === "done") {
      desk.forget();
      location.replace(`${props.result}?attempt=${desk.attempt}`);
    }
    if (phase.is === "taken" || phase.is === "closing") {
      card.current?.close();
      confirm.current?.close();
    }
  }, [phase.is]);
  useEffect(() => {
    if (paper?.large === true) document.documentElement.classList.add("care", "larger");
  }, [paper?.large]);
  useEffect(() => {
    if (desk.extendedTo !== null) say(t("extended", { time: clockTime(desk.extendedTo) }));
  }, [desk.extendedTo]);
  useEffect(() => {
    const bad = desk.network === "offline" || desk.network === "signed-out";
    if (bad) say(t(desk.network === "offline" ? "offline" : "signInAgain", { count: desk.unsent.size }));
    else if (wasOffline.current) say(t("back"));
    wasOffline.current = bad;
  }, [desk.network === "offline", desk.network === "signed-out"]);
  // The clock is silent but at ten, five and one minutes.
  const minutesLeft = Math.ceil(desk.left() / 60_000);
  useEffect(() => {
    if (phase.is !== "running" || desk.pausedAt !== null) return;
    const before = lastMinute.current;
    lastMinute.current = minutesLeft;
    if (before !== null && before > minutesLeft && spoken.includes(minutesLeft))
      say(minutesLeft === 1 ? t("minuteLeft") : t("minutesLeft", { minutes: minutesLeft }));
  }, [minutesLeft, phase.is]);

  useEffect(() => {
    if (!keys || phase.is !== "running") return;
    const press = (event: KeyboardEvent) => pressed(event, { desk, items, shown, turn: (by) => go(page + by) });
    addEventListener("keydown", press);
    return () => removeEventListener("keydown", press);
  }, [keys, page, phase.is, items.length]);

  if (paper === undefined || phase.is !== "running") return <Word desk={desk} t={t} back={props.back} signIn={props.signIn} />;

  const answered = items.filter((i) => isAnswered(desk.answers.get(i.item))).length;
  const open = items.filter((i) => !isAnswered(desk.answers.get(i.item)));
  const flagged = items.filter((i) => desk.flags.has(i.item));
  const left = desk.left();
  const map = <AnswerCard items={items} shown={shown} desk={desk} t={t} goTo={goTo} />;
  const counts = <p class="small soft">{t("counts", { answered, open: open.length, flags: flagged.length })}</p>;
  const handIn = (
    <button
      type="button"
      class="btn"
      onClick={() => {
        card.current?.close();
        confirm.current?.showModal();
      }}
    >
      {t("submit")}
    </button>
  );
  return (
    <>
      <header class="top room-top">
        <span class="room-title">
          <b>{paper.title}</b>
        </span>
        {desk.breakLeft > 0 && (
          <button type="button" class="btn" onClick={() => void desk.pause(true)}>
            {t("pause", { minutes: Math.ceil(desk.breakLeft / 60_000) })}
          </button>
        )}
        <span class={`clock${left < 300_000 ? " late" : ""}`} role="timer" aria-label={t("timer")}>
          {minutesAndSeconds(left)}
        </span>
      </header>
      <p class="visually-hidden" aria-live="polite">
        {said}
      </p>
      {desk.network === "offline" && (
        <div class="notice due">
          <p>{t("offline", { count: desk.unsent.size })}</p>
        </div>
      )}
      {desk.network === "signed-out" && <SignIn t={t} href={props.signIn} />}
      <div class="room-body">
        <main class="paper" id="main">
          <h1 class="visually-hidden">{paper.title}</h1>
          {shown.map((item) => (
            <Question item={item} total={items.length} desk={desk} t={t} />
          ))}
        </main>
        <aside class="side" aria-label={t("card")}>
          <h2>{t("card")}</h2>
          {map}
          {counts}
          {handIn}
          <p class="small soft">{t("submitHint")}</p>
          <label class="check small">
            <input
              type="checkbox"
              checked={keys}
              onChange={() => {
                if (keys) localStorage.setItem(keysOff, "1");
                else localStorage.removeItem(keysOff);
                setKeys(!keys);
              }}
            />
            <span>
              {t("keysOn")}
              <br />
              <span class="soft">{t("keysHelp")}</span>
            </span>
          </label>
        </aside>
      </div>
      <footer class="foot">
        <button type="button" class="btn" disabled={page === 0} onClick={() => go(page - 1)}>
          {t(perPage === 1 ? "previous" : "previousPage")}
        </button>
        <span class="state small">
          <SaveState desk={desk} t={t} clockTime={clockTime} />
          <button type="button" class="plain card-open" onClick={() => card.current?.showModal()}>
            {t("cardShort", { answered, total: items.length })}
          </button>
        </span>
        {page < pages - 1 ? (
          <button type="button" class="btn go" onClick={() => go(page + 1)}>
            {t(perPage === 1 ? "next" : "nextPage")}
          </button>
        ) : (
          <button type="button" class="btn go" onClick={() => confirm.current?.showModal()}>
            {t("submit")}
          </button>
        )}
      </footer>
      <dialog ref={card} class="sheet card-dialog" aria-label={t("card")}>
        <div class="spread">
          <h2>{t("card")}</h2>
          <button type="button" class="plain" onClick={() => card.current?.close()}>
            {t("close")}
          </button>
        </div>
        {map}
        {counts}
        {handIn}
      </dialog>
      <dialog ref={confirm} class="sheet card-dialog" aria-label={t("confirmTitle")}>
        <Summary items={items} open={open} flagged={flagged} unsent={desk.unsent.size} t={t} goTo={goTo} />
        <div class="line">
          <button type="button" class="btn" onClick={() => confirm.current?.close()}>
            {t("confirmBack")}
          </button>
          <button type="button" class="btn go" disabled={desk.unsent.size > 0} onClick={() => void desk.submit()}>
            {t("confirmGo")}
          </button>
        </div>
      </dialog>
    </>
  );
}

// Last, so that all that it uses is there.
const root = document.getElementById("exam-room");
if (root) render(<Room {...(JSON.parse(root.dataset["room"] ?? "{}") as Props)} />, root);
