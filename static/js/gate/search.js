// The panel that finds somebody without a code by name: from the names this phone keeps sealed, so without a network too.
// Who was picked and confirmed is kept as a typed code. Told in docs/gate.md, "Names".
import { find, now, read, scan, words } from "./scanner.js";
import { matches, verdict } from "./match.js";
import { held } from "./names.js";
import { parse } from "./tokens.js";

const MOST = 20; // shown at once
const panel = find("[data-panel=search]");
const form = find("form", panel);
const [list, told, sure] = ["found", "found-told", "sure"].map((name) => find(`[data-${name}]`, panel));
const word = (which) => find(`[data-word=${which}]`).textContent;
let rows = []; // of this event, while the panel is open
let shown = [];
let chosen = null;

const line = (text, kind = "span") => Object.assign(document.createElement(kind), { textContent: text });

/** What tells this one from the others: the name, the end of the phone, the booth; the short code where asked for. */
function described([code, name, tail, , booth], whole) {
  const more = [tail && `${word("tail")} ${tail}`, booth && words.booth[2].replace("#", booth), whole && code.replace(/(...)(?=.)/g, "$1 ")];
  return [line(name, "b"), ...more.filter(Boolean).map((text) => line(text))];
}

function look() {
  const found = matches(rows, form.sought.value);
  shown = found.slice(0, MOST);
  list.replaceChildren(
    ...shown.map((row, at) => {
      const button = Object.assign(line("", "button"), { type: "button", value: at });
      button.append(...described(row));
      const item = line("", "li");
      item.append(button);
      return item;
    })
  );
  const beyond = found.length > MOST && word("beyond").replace("#", found.length - MOST);
  told.textContent = beyond || (!found.length && form.sought.value.trim() ? word("nobody") : "");
}

function step(name) {
  for (const each of panel.querySelectorAll("[data-step]")) each.hidden = each.dataset.step !== name;
  find(name === "sure" ? "h2" : "input", panel).focus();
}

function pick(row) {
  chosen = row;
  sure.replaceChildren(...described(row, true));
  step("sure");
}

/** Back from the question whether it is she. */
export function unsure() {
  chosen = null;
  step("looking");
}

/** Open the panel. */
export async function begin() {
  rows = (await held(now.event)) ?? [];
  unsure();
  look();
  panel.showModal();
  form.sought.focus();
}

const count = (row) => scan(row[0], "typed", verdict(row, now.list));

/** Take a code that was typed: whom it stands for is known here, where names are; else the server settles it. */
export async function typed(text) {
  const row = (await held(now.event))?.find(([code]) => code === parse(text).code);
  return row ? count(row) : read(text, "typed");
}

form.addEventListener("input", look);
list.addEventListener("click", ({ target }) => {
  const at = target.closest("button")?.value;
  if (at) pick(shown[at]);
});
form.addEventListener("keydown", (event) => {
  if (event.key !== "Enter" || event.target !== form.sought) return;
  event.preventDefault(); // else the panel would close
  if (shown.length === 1) pick(shown[0]);
});
form.addEventListener("submit", ({ submitter }) => {
  if (submitter?.value === "found" && chosen) count(chosen);
});
panel.addEventListener("close", () => {
  [rows, shown, chosen] = [[], [], null];
  list.replaceChildren();
  sure.replaceChildren();
});
