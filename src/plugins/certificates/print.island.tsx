/** Buttons that open the browser's print dialog; without script a word says where it is found. */
for (const button of document.querySelectorAll<HTMLButtonElement>("button[data-print]")) {
  button.hidden = false;
  button.addEventListener("click", () => print());
}
export {};
