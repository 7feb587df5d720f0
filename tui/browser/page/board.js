"use strict";

// The terminal measures its letters once, when it begins: they have to be there by then.
const begin = window.onload;
const letters = ["", "bold ", "italic ", "italic bold "].map(
  (kind) => document.fonts.load(`${kind}16px "Roboto Mono"`)
);
window.onload = async (event) => {
  await Promise.allSettled(letters);
  begin(event);
  // Keys are for the board as soon as it shows, without a click.
  new MutationObserver((_, watching) => {
    if (document.body.classList.contains("-first-byte")) {
      watching.disconnect();
      document.querySelector(".xterm-helper-textarea").focus();
    }
  }).observe(document.body, { attributeFilter: ["class"] });
};

// What is copied comes from the board, not from the key itself, and browsers may refuse that, or,
// under an address that is not encrypted, have no clipboard at all. The older way asks nobody.
function copyTheOldWay(text) {
  const before = document.activeElement;
  const field = document.createElement("textarea");
  field.value = text;
  document.body.append(field);
  field.select();
  document.execCommand("copy");
  field.remove();
  before?.focus();
}
const clipboard = navigator.clipboard;
Object.defineProperty(navigator, "clipboard", {
  value: {
    writeText: async (text) => {
      try {
        await clipboard.writeText(text);
      } catch {
        copyTheOldWay(text);
      }
    },
    // No program behind the page may read what the user copied elsewhere.
    readText: async () => "",
  },
});
