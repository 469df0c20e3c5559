/** What a page offers where script runs: going back to a form as it was typed, printing, copying. What needs it shows only then. */
for (const offered of document.querySelectorAll<HTMLElement>("[data-print], [data-copy]")) offered.hidden = false;
document.addEventListener("click", (event) => {
  if (event.defaultPrevented || event.button !== 0 || !(event.target instanceof Element)) return;
  const pressed = event.target.closest<HTMLElement>("[data-back], [data-print], [data-copy]");
  if (!pressed) return;
  const { back, copy, copied } = pressed.dataset;
  if (back !== undefined) {
    if (history.length < 2) return;
    event.preventDefault();
    history.back();
  } else if (copy === undefined) print();
  else
    navigator.clipboard.writeText(copy).then(
      () => {
        pressed.textContent = copied ?? "";
      },
      () => {
        // Where the browser refuses: the words stand selected, to be copied by hand.
        const words = document.querySelector(".copy");
        if (words) getSelection()?.selectAllChildren(words);
      },
    );
});
export {};
