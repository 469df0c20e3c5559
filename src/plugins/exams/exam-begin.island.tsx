/** Lets an attempt be begun: the room is drawn by script, so that where this does not run nothing must begin. */
for (const button of document.querySelectorAll<HTMLButtonElement>("button[data-begin]")) button.disabled = false;
export {};
