// Told in templates/desk/livestreams/prompter.html.
const find = (which) => document.querySelector(which);
const cues = [...document.querySelectorAll(".cue")];
const main = find("main");
const form = find("#air");
const drive = find("#drive");
const line = find("[data-line]");
const LEAST = 25; // pixels: smaller is not read at arm's length
const STORE = `prompter ${location.pathname}`;
const ahead = Date.parse(main.dataset.now) - Date.now();
const now = () => Date.now() + ahead;
let at = 0;
let began = now();

// Reading
function show(place) {
  if (cues[place].dataset.slot !== cues[at].dataset.slot) began = now();
  at = place;
  cues.forEach((cue, n) => cue.classList.toggle("is-on", n === at));
  find("[data-at]").textContent = at + 1;
  const next = cues[at + 1];
  find("[data-next]").textContent = next?.dataset.name ?? "";
  find("[data-step='-1']").disabled = at === 0;
  find("[data-step='1']").disabled = !next;
  localStorage.setItem(STORE, cues[at].dataset.cue);
  fit();
  tick();
}

function fit() {
  const cue = cues[at];
  if (!cue) return;
  for (const size of [1, 0.9, 0.8, 0.72, 0.64, 0.58]) {
    const before = cue.style.getPropertyValue("--fit");
    cue.style.setProperty("--fit", size);
    if (parseFloat(getComputedStyle(cue).fontSize) < LEAST) {
      cue.style.setProperty("--fit", before);
      break;
    }
    if (cue.scrollHeight <= cue.clientHeight) break;
  }
  cue.scrollTop = 0;
}
addEventListener("resize", fit);

function step(by) {
  const place = Math.min(Math.max(at + by, 0), cues.length - 1);
  if (place === at) return;
  show(place);
  push();
}

function read(by) {
  const cue = cues[at];
  const before = cue.scrollTop;
  cue.scrollTop += by * cue.clientHeight * 0.8;
  if (Math.abs(cue.scrollTop - before) < 4) step(by);
}

const KEYS = {
  ArrowRight: () => step(1),
  ArrowLeft: () => step(-1),
  ArrowDown: () => read(1),
  PageDown: () => read(1),
  ArrowUp: () => read(-1),
  PageUp: () => read(-1),
  " ": (event) => read(event.shiftKey ? -1 : 1),
  Home: () => step(-cues.length),
  End: () => step(cues.length),
};
addEventListener("keydown", (event) => {
  const pressed = event.target.closest?.("button, input, a") && [" ", "Enter"].includes(event.key);
  if (pressed || event.altKey || event.ctrlKey || event.metaKey || !KEYS[event.key]) return;
  event.preventDefault();
  KEYS[event.key](event);
});
for (const button of document.querySelectorAll("[data-step]")) {
  button.addEventListener("click", () => step(Number(button.dataset.step)));
}
main.addEventListener("click", (event) => {
  if (event.target.closest("a") || getSelection().toString()) return;
  step(event.clientX > innerWidth * 0.35 ? 1 : -1);
});

// Time
const minutes = (seconds) => `${Math.floor(seconds / 60)}:${String(Math.floor(seconds % 60)).padStart(2, "0")}`;

function left(which, until) {
  const seconds = Math.trunc((until - now()) / 1000);
  const { left: words, over } = main.dataset;
  find(`[data-${which}-time]`).textContent = `${seconds < 0 ? over : words} ${minutes(Math.abs(seconds))}`;
  find(`[data-time=${which}]`).classList.toggle("is-over", seconds < 0);
}

function tick() {
  if (!cues.length) return;
  left("slot", began + cues[at].dataset.minutes * 60000);
  const starts = Date.parse(main.dataset.starts);
  if (now() >= starts) return left("show", Date.parse(main.dataset.ends));
  find("[data-show-time]").textContent = `${main.dataset.before} ${minutes((starts - now()) / 1000)}`;
}
setInterval(tick, 500);

// Switches
const wages = find("#hide-wages");
wages.checked = localStorage.getItem("hide wages") === "yes";
const hide = () => {
  document.body.classList.toggle("no-wage", wages.checked);
  localStorage.setItem("hide wages", wages.checked ? "yes" : "no");
  fit();
};
wages.addEventListener("change", hide);
hide();
drive.addEventListener("change", () => (drive.checked ? push() : tell("off")));
tell(drive.checked ? "" : "off");
if (document.fullscreenEnabled) {
  const full = find(".prompter-full");
  full.hidden = false;
  full.addEventListener("click", () =>
    document.fullscreenElement ? document.exitFullscreen() : document.documentElement.requestFullscreen(),
  );
}

// Telling what is on air: the last step only, again and again until it is heard
let wanted = "";
let failures = 0;
let pushing, timer;

function push() {
  if (!drive.checked || !cues.length) return;
  wanted = cues[at].dataset.cue;
  failures = 0;
  tell("");
  send();
}

async function send() {
  clearTimeout(timer);
  if (pushing || !wanted) return;
  const cue = wanted;
  pushing = true;
  try {
    const body = new URLSearchParams({ cue, csrf_token: form.csrf_token?.value ?? "" });
    const signal = AbortSignal.timeout?.(10000);
    const answer = await fetch(form.action, { method: "POST", body, signal, headers: { Accept: "application/json" } });
    if (answer.status >= 500) throw new Error(answer.status);
    if (wanted === cue) wanted = "";
    failures = 0;
    if (answer.ok) tell(wanted ? "" : "synced");
    else if (answer.status === 400 || answer.status === 403) tell("stale");
    else line.textContent = (await answer.json()).words;
  } catch {
    failures++;
    tell("waiting");
  }
  pushing = false;
  if (wanted) timer = setTimeout(send, failures && Math.min(500 * 2 ** failures, 20000));
}

function tell(key) {
  line.textContent = line.dataset[key] ?? "";
  line.dataset.state = key;
}
addEventListener("online", send);

// Beginning: where the show is, else where this reader was
const on = cues.findIndex((cue) => cue.dataset.cue === main.dataset.on);
const kept = cues.findIndex((cue) => cue.dataset.cue === localStorage.getItem(STORE));
document.body.classList.add("one");
if (cues.length) {
  find(".prompter-keys").hidden = false;
  show(on >= 0 ? on : Math.max(kept, 0));
  if (on >= 0) began = Date.parse(main.dataset.since);
}
navigator.wakeLock?.request("screen").catch(() => {});
