/** Draws `#watch` anew every so many seconds, while it is looked at and nobody is typing in it. */
const every = () => Number(document.querySelector<HTMLElement>("#watch [data-refresh], #watch[data-refresh]")?.dataset["refresh"] ?? 0);
let timer: ReturnType<typeof setTimeout> | undefined;

const again = async () => {
  const here = document.getElementById("watch");
  const stopped = document.querySelector<HTMLInputElement>("#watch-stop")?.checked === true;
  const typing = here?.contains(document.activeElement) === true && document.activeElement?.closest("form") != null;
  if (here && !stopped && !typing && document.visibilityState === "visible") {
    try {
      const answer = await fetch(location.href, { headers: { accept: "text/html" } });
      const fresh = answer.ok ? new DOMParser().parseFromString(await answer.text(), "text/html") : null;
      const made = fresh?.getElementById("watch");
      const goesOn = made?.matches("[data-refresh], :has([data-refresh])") === true;
      if (made && goesOn) here.replaceWith(document.adoptNode(made));
      // What stands around it may have changed as well, once there is nothing to wait for.
      else if (made) location.reload();
    } catch {
      // No network: the next time.
    }
  }
  start();
};
const start = () => {
  clearTimeout(timer);
  const seconds = every();
  if (seconds > 0) timer = setTimeout(() => void again(), seconds * 1000);
};
start();
