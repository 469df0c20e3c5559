/**
 * Measures reading and brings the reader back to the place. A beat goes out for each 30 seconds during which the page was
 * visible and the reader had touched it within three minutes; it carries a number that rises. The server weighs it.
 */
const beatEvery = 30;
const awake = 180_000;
const article = document.querySelector<HTMLElement>("article[data-beat]");

/** The blocks of the text in order; a section's heading counts as its block 0. */
const places = (text: HTMLElement): { name: string; element: Element }[] => {
  let section = "";
  let block = 0;
  return [...text.children].map((element) => {
    if (element.tagName === "H2" && element.id !== "") {
      section = element.id;
      block = 0;
    } else block++;
    return { name: `${section}.${block}`, element };
  });
};

const follow = (text: HTMLElement, address: string): void => {
  let n = Number(text.dataset["n"] ?? "0");
  let seconds = 0;
  let touched = Date.now();
  let sent = text.dataset["place"] ?? "";
  const all = places(text);

  /** The first block whose end is below the top of the window; before anything was scrolled, none. */
  const here = (): string =>
    scrollY < 40 ? "" : (all.find(({ element }) => element.getBoundingClientRect().bottom > 80)?.name ?? all.at(-1)?.name ?? "");
  const body = (number: number): URLSearchParams => new URLSearchParams({ n: String(number), anchor: here() });
  const tell = (): void => {
    const place = here();
    if (place === sent || place === "") return;
    sent = place;
    navigator.sendBeacon(address, body(0));
  };
  const beat = async (): Promise<void> => {
    sent = here();
    try {
      const answer = await fetch(address, { method: "POST", body: body(n + 1), keepalive: true });
      if (!answer.ok) return;
      const told: unknown = await answer.json();
      // Another tab or device may have been first: its number is the one to go on from.
      if (typeof told === "object" && told !== null && "n" in told && typeof told.n === "number") n = Math.max(n, told.n);
    } catch {
      // Offline: this stretch is not counted.
    }
  };

  for (const sign of ["pointerdown", "pointermove", "keydown", "scroll", "touchstart", "wheel"])
    addEventListener(sign, () => (touched = Date.now()), { passive: true });
  setInterval(() => {
    if (document.visibilityState !== "visible" || Date.now() - touched > awake) return;
    seconds++;
    if (seconds < beatEvery) return;
    seconds = 0;
    void beat();
  }, 1000);
  document.addEventListener("visibilitychange", () => document.visibilityState === "hidden" && tell());
  addEventListener("pagehide", tell);

  const [section = ""] = sent.split(".");
  if (location.hash === "" || location.hash === `#${section}`) {
    const found = all.find(({ name }) => name === sent);
    // Wait until the browser has gone to the section itself.
    if (found) requestAnimationFrame(() => requestAnimationFrame(() => found.element.scrollIntoView({ block: "start" })));
  }
};

if (article?.dataset["beat"] !== undefined && article.dataset["open"] !== undefined) follow(article, article.dataset["beat"]);
