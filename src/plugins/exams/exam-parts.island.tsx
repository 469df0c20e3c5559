/** Parts of the room: a question with its options, the answer card, and notices. Each draws what the desk holds. */
import type { Desk } from "./exam-desk.island.ts";
import type { AnswerValue, StartAnswer } from "./input-room.ts";

export type Item = StartAnswer["items"][number];
export type Say = (name: string, facts?: Record<string, string | number>) => string;
const letters = "ABCDEFGHIJKLMNOPQRSTUVWXYZ";
/** Words with their placeholders filled. */
export const fill = (words: string | undefined, facts: Record<string, string | number> = {}): string =>
  (words ?? "").replace(/\{(\w+)\}/g, (whole, name: string) => String(facts[name] ?? whole));
/** Minutes at which the clock speaks. */
export const spoken = [10, 5, 1];
/** 41:08, 1:02:03 */
export const minutesAndSeconds = (ms: number) => {
  const seconds = Math.ceil(ms / 1000);
  const hours = Math.floor(seconds / 3600);
  const rest = `${String(Math.floor((seconds % 3600) / 60)).padStart(2, "0")}:${String(seconds % 60).padStart(2, "0")}`;
  return hours > 0 ? `${hours}:${rest}` : rest;
};
const hints = { single: "singleHint", multiple: "multipleHint", truefalse: "truefalseHint" } as const;
const typeWords = { single: "single", multiple: "multiple", truefalse: "truefalse" } as const;

/** Whether something was answered at all. */
export const isAnswered = (value: AnswerValue | undefined): boolean => {
  if (value === undefined) return false;
  return value.type === "multiple" ? value.choices.length > 0 : value.type === "single" ? value.choice !== null : value.answer !== null;
};

/** Chooses the option at a place: of several it is put in or taken out. */
export const choose = (desk: Desk, item: Item, at: number): void => {
  if (item.type === "truefalse") {
    if (at < 2) desk.answer(item.item, { type: "truefalse", answer: at === 0 });
    return;
  }
  const key = item.options?.[at]?.key;
  if (key === undefined) return;
  const value = desk.answers.get(item.item);
  if (item.type === "single") desk.answer(item.item, { type: "single", choice: key });
  else {
    const chosen = value?.type === "multiple" ? value.choices : [];
    desk.answer(item.item, { type: "multiple", choices: chosen.includes(key) ? chosen.filter((k) => k !== key) : [...chosen, key] });
  }
};

type Floor = { desk: Desk; items: readonly Item[]; shown: readonly Item[]; turn: (by: number) => void };
/** Keys: an option of the question that has the focus, or that is alone on its page; a flag; the next page. */
export const pressed = (event: KeyboardEvent, { desk, items, shown, turn }: Floor): void => {
  const target = event.target instanceof HTMLElement ? event.target : null;
  const isInput = target instanceof HTMLInputElement;
  const typing = isInput && !["radio", "checkbox"].includes(target.type);
  if (typing || event.ctrlKey || event.metaKey || event.altKey || target?.closest("dialog") != null) return;
  const within = target?.closest("fieldset[data-n]");
  const item = within instanceof HTMLElement ? items[Number(within.dataset["n"]) - 1] : shown.length === 1 ? shown[0] : undefined;
  const key = event.key.toUpperCase();
  const at = /^[1-9]$/.test(key) ? Number(key) - 1 : /^[A-F]$/.test(key) ? letters.indexOf(key) : -1;
  if (item && at >= 0) choose(desk, item, at);
  else if (item && key === "M") desk.toggleFlag(item.item);
  else if (!isInput && (event.key === "ArrowRight" || event.key === "ArrowLeft")) turn(event.key === "ArrowRight" ? 1 : -1);
  else return;
  event.preventDefault();
};

/** Every question of the paper: answered, flagged, looked at; a press goes there. */
export const AnswerCard = ({
  items,
  shown,
  desk,
  t,
  goTo,
}: {
  items: readonly Item[];
  shown: readonly Item[];
  desk: Desk;
  t: Say;
  goTo: (n: number) => void;
}) => (
  <ol class="map">
    {items.map((i) => {
      const isDone = isAnswered(desk.answers.get(i.item));
      const isFlagged = desk.flags.has(i.item);
      const here = shown.some((s) => s.item === i.item);
      return (
        <li>
          <button
            type="button"
            class={`${isDone ? "answered" : ""} ${isFlagged ? "flagged" : ""} ${here ? "now" : ""}`}
            aria-label={t("cell", { n: i.n, state: t(isDone ? "cellAnswered" : "cellOpen"), flag: isFlagged ? t("cellFlag") : "" })}
            {...(here ? { "aria-current": "true" } : {})}
            onClick={() => goTo(i.n)}
          >
            {i.n}
          </button>
        </li>
      );
    })}
  </ol>
);
/** Whether everything has arrived: 已保存 14:03:27, or how many answers have not. */
export const SaveState = ({ desk, t, clockTime }: { desk: Desk; t: Say; clockTime: (at: number) => string }) => {
  if (desk.network === "offline" || desk.network === "signed-out")
    return <span class="save late">{t("unsent", { count: desk.unsent.size })}</span>;
  if (desk.unsent.size > 0) return <span class="save">{t("saving")}</span>;
  return <span class="save done">{desk.savedAt === null ? "" : t("saved", { time: clockTime(desk.savedAt) })}</span>;
};
export const SignIn = ({ t, href }: { t: Say; href: string }) => (
  <div class="notice late" role="alert">
    <p>{t("signInAgain")}</p>
    <p>
      <a class="btn" href={href} target="_blank">
        {t("signIn")}
      </a>
    </p>
  </div>
);
const Numbers = ({ words, items, goTo }: { words: string; items: readonly Item[]; goTo: (n: number) => void }) => (
  <div>
    <p>{words}</p>
    <div class="line">
      {items.slice(0, 60).map((i) => (
        <button type="button" class="btn number" onClick={() => goTo(i.n)}>
          {i.n}
        </button>
      ))}
    </div>
  </div>
);

/** What is open, flagged and unsent, before one hands in. */
export const Summary = ({
  items,
  open,
  flagged,
  unsent,
  t,
  goTo,
}: {
  items: readonly Item[];
  open: readonly Item[];
  flagged: readonly Item[];
  unsent: number;
  t: Say;
  goTo: (n: number) => void;
}) => (
  <>
    <h2>{t("confirmTitle")}</h2>
    {open.length === 0 && flagged.length === 0 && <p>{t("confirmAll", { total: items.length })}</p>}
    {open.length > 0 && <Numbers words={t("confirmOpen", { count: open.length })} items={open} goTo={goTo} />}
    {flagged.length > 0 && <Numbers words={t("confirmFlags", { count: flagged.length })} items={flagged} goTo={goTo} />}
    {unsent > 0 && <p class="error">{t("confirmUnsent", { count: unsent })}</p>}
    <p class="small soft">{t("confirmLast")}</p>
  </>
);

export const Question = ({ item, total, desk, t }: { item: Item; total: number; desk: Desk; t: Say }) => {
  const value: AnswerValue | undefined = desk.answers.get(item.item);
  const struck = desk.struck.get(item.item) ?? new Set<string>();
  const flagged = desk.flags.has(item.item);
  const options =
    item.type === "truefalse"
      ? [
          { key: "true", text: t("right") },
          { key: "false", text: t("wrong") },
        ]
      : (item.options ?? []);
  const isOn = (key: string) => {
    switch (value?.type) {
      case "single":
        return value.choice === key;
      case "multiple":
        return value.choices.includes(key);
      case "truefalse":
        return value.answer !== null && String(value.answer) === key;
      case undefined:
        return false;
    }
  };
  const nothing = (): AnswerValue =>
    item.type === "single"
      ? { type: "single", choice: null }
      : item.type === "multiple"
        ? { type: "multiple", choices: [] }
        : { type: "truefalse", answer: null };
  return (
    <fieldset class="item" id={`q-${item.n}`} data-n={item.n} key={item.item}>
      <legend>
        <span class="small soft">
          {t("head", { type: t(typeWords[item.type]), n: item.n, total, points: item.points, hint: t(hints[item.type]) })}
        </span>
        <span class="stem">{item.stem}</span>
      </legend>
      {options.map((option, at) => {
        const letter = item.type === "truefalse" ? "" : (letters[at] ?? "");
        const name = letter === "" ? option.text : letter;
        const off = struck.has(option.key);
        return (
          <div class={`opt${isOn(option.key) ? " on" : ""}${off ? " off" : ""}`} key={option.key}>
            <label>
              <input
                type={item.type === "multiple" ? "checkbox" : "radio"}
                name={item.item}
                value={option.key}
                checked={isOn(option.key)}
                onChange={() => choose(desk, item, at)}
              />
              {letter !== "" && <span class="k">{letter}</span>}
              <span class="words">{option.text}</span>
            </label>
            {item.type !== "truefalse" && (
              <button
                type="button"
                class="strike"
                aria-label={t(off ? "unstrike" : "strike", { key: name })}
                aria-pressed={off ? "true" : "false"}
                onClick={() => desk.toggleStruck(item.item, option.key)}
              >
                {t(off ? "unstrikeShort" : "strikeShort")}
              </button>
            )}
          </div>
        );
      })}
      <div class="line">
        <button type="button" class="btn flag" aria-pressed={flagged ? "true" : "false"} onClick={() => desk.toggleFlag(item.item)}>
          {`⚑ ${t(flagged ? "flagged" : "flag")}`}
        </button>
        {isAnswered(value) && (
          <button type="button" class="plain" onClick={() => desk.answer(item.item, nothing())}>
            {t("clear")}
          </button>
        )}
      </div>
    </fieldset>
  );
};

// Last, so that all that it uses is there.
