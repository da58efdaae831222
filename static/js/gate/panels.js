// The scanner's panels and signs beside the verdict: sound, torch, the typed code, counts, walk-ins, settings.
import { all, called, choose, files, find, keep, last, now, say, show, totals } from "./scanner.js";
import { begin, titles } from "./lists.js";
import { any } from "./names.js";
import * as store from "./store.js";

const place = find("[data-show=panels]");
place.innerHTML = await (await fetch(`${files}panels.html`)).text();
const panel = (name) => find(`[data-panel=${name}]`);
const tell = (text) => (find("[data-told]", panel("more")).textContent = text);
const word = (which) => find(`[data-word=${which}]`).textContent;
let speaker;

/** Get ready to be heard: a browser lets nothing sound that was not touched before, and one without sound scans too. */
export function voice() {
  const Speaker = window.AudioContext ?? window.webkitAudioContext;
  if (Speaker) speaker ??= new Speaker();
}

/** Sound a verdict: up for good, level for twice, down for no. */
export function sound(look) {
  if (!now.loud || !speaker) return;
  speaker.resume(); // a call may have silenced it
  const tones = { accepted: [880, 1320], duplicate: [520, 520], kept: [660] }[look.split(" ")[0]] ?? [220, 180, 150];
  for (const [at, tone] of tones.entries()) {
    const one = speaker.createOscillator();
    one.type = "square";
    one.frequency.value = tone;
    one.connect(speaker.destination);
    one.start(speaker.currentTime + at * 0.12);
    one.stop(speaker.currentTime + at * 0.12 + 0.1);
  }
}

const video = find("video");
const eye = () => video.srcObject?.getVideoTracks()[0];

/** The camera is on: its torch, if it has one; and what to say when another app takes it away. */
export function looking() {
  show("torch", eye().getCapabilities?.().torch);
  eye().onended = () => {
    video.srcObject = null;
    show("view", false);
    show("start", true);
    say({ kind: "denied" });
  };
}
document.addEventListener("visibilitychange", () => document.hidden || !eye() || video.play().catch(() => {}));

export function torch(button) {
  const on = button.ariaPressed !== "true";
  const lit = eye().applyConstraints({ advanced: [{ torch: on }] });
  return lit.then(() => (button.ariaPressed = on)).catch(() => show("torch", false));
}

export async function open({ dataset }) {
  if (!now.event) return;
  totals();
  for (const each of all("[data-turned]")) each.textContent = find(`[data-turn=${now.direction}]`).textContent;
  panel(dataset.panelOf).showModal();
  if (dataset.panelOf === "typed") show("search", await any(now.event));
}

/** Look for somebody who has no code with her, where the event allows it. */
export async function search() {
  const { begin: look } = await import("./search.js");
  panel("typed").close();
  await look();
}

export const unsure = async () => (await import("./search.js")).unsure();

const broken = () => say({ kind: "broken" });

/** One more of what the button counts. */
export async function count({ dataset: { count: what } }) {
  await keep("count", { what, n: 1, direction: "in" }).catch(broken);
  await totals();
}

/** Undo the last that was counted at this event. */
export async function uncount() {
  const { id: annuls, what } = (await store.counted(now.event)).at(-1) ?? {};
  if (annuls) await keep("undo", { annuls, direction: "in" }, { kind: "annulled", what, n: 1 }).catch(broken);
  await totals();
}

for (const each of all("dialog"))
  each.addEventListener("close", async () => {
    const form = find("form", each);
    const { returnValue: how } = each;
    each.returnValue = "";
    const { read: text, name, phone, trade } = Object.fromEntries(new FormData(form));
    if (each !== panel("more")) form.reset();
    if (how === "typed" && text.trim()) await (await import("./search.js")).typed(text);
    if (how !== "walkin") return;
    const kept = await keep("walk_in", { name, phone, trade }).catch(() => ({ kind: "broken" }));
    say({ ...kept, name });
  });

/** The panel of what is seldom used: event, entrance, sound, files, leaving. */
export async function more() {
  const form = find("form", panel("more"));
  const lists = (await titles()).map((list) => new Option(called(list), list.event, false, list.event === now.event));
  form.event.replaceChildren(...lists);
  for (const name of ["rapid", "loud"]) form[name].checked = now[name];
  form.gate.value = now.gate;
  tell("");
  panel("more").showModal();
}

find("form", panel("more")).addEventListener("change", async ({ target, currentTarget: form }) => {
  const { name, type, checked, value, files: given } = target;
  if (name === "file") return tell(await carry(given[0]));
  if (name === "event" && (await store.pending())) {
    form.event.value = now.event;
    return tell(word("full"));
  }
  const told = type === "checkbox" ? checked : value.trim().slice(0, 40);
  if (name !== "event") now[name] = told;
  await store.setFact(name, told);
  if (name !== "event") return undefined;
  await choose(told);
  return say({ kind: "waiting" }, true);
});

export const again = () => location.reload();

/** Undo the scan the screen speaks of. */
export async function undo() {
  const { id: annuls, who, direction } = last;
  say(await keep("undo", { annuls, direction }, { kind: "annulled", who }).catch(() => ({ kind: "broken" })));
}

/** Forget this phone's part in the gate; refused while anything waits. */
export async function leave() {
  try {
    await begin(null);
    location.reload();
  } catch {
    tell(word("full"));
  }
}

/** Put what waits into a file, for another phone or the desk to hand in. */
export async function save() {
  const done = await (await import("./files.js")).save(find("[data-house]").dataset.house);
  tell(done && word(done));
}

/** Hand in another phone's file; give words for how it went. */
async function carry(file) {
  try {
    const { stored, all: of } = await (await import("./files.js")).carry(file);
    return `${word("carried")} ${stored}/${of}`;
  } catch (error) {
    return error.words || word(error instanceof SyntaxError ? "unreadable" : "away");
  }
}
