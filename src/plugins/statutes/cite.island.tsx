/** Opens the article of a citation in place. The link itself leads to the article's page, and does so without this. */
const words = {
  open: ["打开这一条的页面", "Open this article's page"],
  close: ["关闭", "Close"],
  wait: ["正在取条文…", "Loading the article…"],
} as const;
const language = document.documentElement.lang.startsWith("zh") ? 0 : 1;
/** Articles fetched on this page, by address. */
const fetched = new Map<string, Promise<Element | null>>();

const articleAt = (address: string): Promise<Element | null> => {
  const found =
    fetched.get(address) ??
    fetch(address, { headers: { accept: "text/html" } }).then(async (answer) =>
      answer.ok ? new DOMParser().parseFromString(await answer.text(), "text/html").querySelector("#article") : null,
    );
  fetched.set(address, found);
  found.catch(() => fetched.delete(address));
  return found;
};

const sheet = document.createElement("div");
sheet.className = "popover sheet statute";
sheet.popover = "auto";
sheet.setAttribute("role", "dialog");
sheet.tabIndex = -1;

const narrow = 640;
/** At the foot of a narrow window; else below the link where there is more room than above it. */
const place = (link: HTMLAnchorElement): void => {
  const { style } = sheet;
  if (innerWidth <= narrow) {
    Object.assign(style, { left: "8px", top: "auto", bottom: "8px", maxHeight: "62vh" });
    return;
  }
  const at = link.getBoundingClientRect();
  const below = innerHeight - at.bottom - 24;
  const above = at.top - 24;
  style.left = `${Math.max(8, Math.min(at.left, innerWidth - sheet.offsetWidth - 8))}px`;
  if (below >= above) Object.assign(style, { top: `${at.bottom + 8}px`, bottom: "auto", maxHeight: `${below}px` });
  else Object.assign(style, { top: "auto", bottom: `${innerHeight - at.top + 8}px`, maxHeight: `${above}px` });
};

const show = async (link: HTMLAnchorElement): Promise<void> => {
  const address = new URL(link.href);
  const bar = document.createElement("p");
  bar.className = "popover-bar small";
  const open = document.createElement("a");
  open.href = link.href;
  open.textContent = words.open[language];
  const close = document.createElement("button");
  close.type = "button";
  close.className = "plain";
  close.textContent = words.close[language];
  close.addEventListener("click", () => sheet.hidePopover());
  bar.append(open, close);
  const wait = document.createElement("p");
  wait.textContent = words.wait[language];
  sheet.setAttribute("aria-label", link.textContent);
  sheet.replaceChildren(wait, bar);
  sheet.showPopover();
  place(link);
  sheet.focus();
  const article = await articleAt(address.pathname).catch(() => null);
  // Without the article (offline, signed out elsewhere) the link does what it says.
  if (article === null) return location.assign(link.href);
  const copy = document.importNode(article, true);
  copy.removeAttribute("id");
  copy.className = "";
  const heading = copy.querySelector("h1");
  if (heading) {
    const label = document.createElement("p");
    label.className = "article-label";
    label.textContent = heading.textContent;
    heading.replaceWith(label);
  }
  const cited = address.hash === "" ? null : copy.querySelector(`[id="${CSS.escape(address.hash.slice(1))}"]`);
  cited?.classList.add("cited");
  for (const inside of copy.querySelectorAll("[id]")) inside.removeAttribute("id");
  wait.replaceWith(copy);
  place(link);
  return undefined;
};

document.body.append(sheet);
document.addEventListener("click", (event) => {
  if (event.defaultPrevented || event.button !== 0 || event.metaKey || event.ctrlKey || event.shiftKey || event.altKey) return;
  const link = event.target instanceof Element ? event.target.closest<HTMLAnchorElement>("a.cite") : null;
  if (!link || sheet.contains(link) || typeof sheet.showPopover !== "function") return;
  event.preventDefault();
  void show(link);
});
