// The scanner: camera, verdict, counts. Told in docs/gate.md, "On the phone". What is seldom used is in join.js.
import * as store from "./store.js";
import { judge, open } from "./tokens.js";

export const find = (which, within = document) => within.querySelector(which);
export const all = (which) => [...document.querySelectorAll(which)];
export const show = (name, yes) => (find(`[data-show=${name}]`).hidden = !yes);
export const words = JSON.parse(find("#words").textContent);
export const { root, files } = document.body.dataset;
export const now = { event: "", list: null, gate: "", rapid: true, loud: true, direction: "in", offset: null, refused: "" };
const video = find("video");
const box = find("#verdict");
const boot = URL.createObjectURL(new Blob()).slice(-36); // a UUID, wherever there is a page
let sync; // comes after the scanner stands: no verdict waits for it
export let last = null; // what the screen says: {id, kind, …}

// In Shanghai, which has no summer time.
const here = (at) => new Date(Date.parse(at) + 288e5).toISOString().replace("T", " ");
const clock = (at) => here(at).slice(11, 16);
const begins = ({ starts_at: at }) => here(at).slice(5, 16);
export const called = (list) => `${list.title} ${begins(list)}`;

/** Keep one thing that was done here; give what it is. Only then is anybody told. */
export async function keep(kind, more, told) {
  const { event, gate, direction, offset } = now;
  const id = crypto.randomUUID?.() ?? URL.createObjectURL(new Blob()).slice(-36);
  const fields = { id, kind, event, gate, direction, ...more, at: new Date().toISOString() };
  const done = await store.keep({ ...fields, mono: Math.round(performance.now()), boot, offset }, told);
  badge();
  sync?.send();
  return { ...fields, ...done };
}

export async function badge() {
  const pending = await store.pending();
  find("[data-pending]").textContent = pending;
  document.body.classList.toggle("due", pending > 0);
}

/** Keep a scan, with what this phone makes of it; show what comes of it. */
export async function scan(text, way, judged) {
  try {
    const { early, ...told } = open(await judged, now.list, Date.now() + (now.offset ?? NaN), now.refused);
    say(await keep("scan", { read: text.slice(0, 200), way, early: early || undefined }, told));
  } catch {
    say({ kind: "broken" });
  }
  return last;
}

/** Read a ticket, from the camera or typed; give its verdict, once it is kept. */
export const read = (text, way) => scan(text, way, judge(text, now.list));

/** Show a verdict: colour, sign, words; sound and shaking. */
export function say(told, quiet) {
  last = told;
  const [look, sign, title, out, detail] = words[told.kind] ?? words.unknown;
  box.className = look;
  box.dataset.kind = told.kind;
  find("path", box).setAttribute("d", sign);
  const when = told.time && `${clock(told.time)} ${told.gate ?? ""}`;
  const lines = { words: now.direction === "out" && out ? out : title, name: told.name ?? "", detail: when || detail.replace("#", () => begins(now.list)) };
  if (told.booth) lines.name += ` ${words.booth[2].replace("#", told.booth)}`;
  for (const [name, line] of Object.entries(lines)) find(`[data-${name}]`, box).textContent = line;
  find("[data-do=undo]").hidden = !["counted", "late", "kept", "walk_in"].includes(told.kind);
  show("next", !now.rapid && !quiet && video.srcObject);
  if (quiet) return;
  more("sound", look);
  navigator.vibrate?.({ accepted: 90, duplicate: [90, 70, 90] }[look] ?? [300, 80, 300]);
}

export async function totals() {
  for (const place of all("[data-total]")) place.textContent = await store.tallies(now.event, place.dataset.total);
  const { length } = await store.counted(now.event);
  for (const undo of all("[data-do=uncount]")) undo.disabled = !length;
}

/** Scan for this event from now on. */
export async function choose(event) {
  const list = event && (await store.list(event));
  if (!list) return false;
  Object.assign(now, { event, list, direction: "in" });
  find("[data-title]").textContent = called(list);
  show("turn", event.startsWith("class"));
  for (const name of ["box", "foot"]) show(name, true);
  if (!last) say({ kind: "waiting" }, true);
  await totals();
  return true;
}

// Looking: one picture at a time, decoded beside the page. A code counts again only after it was gone for 4 s.
const SIDE = 560;
const seen = new Map();
let canvas, worker, held, small;

function look() {
  const side = Math.min(video.videoWidth, video.videoHeight);
  if (!side || document.hidden || held) return setTimeout(look, 200);
  canvas ??= document.createElement("canvas").getContext("2d", { willReadFrequently: true });
  const to = (small = !small) ? SIDE : side; // small and quick, and as large as it came, by turns: decisions/0019
  canvas.canvas.width = canvas.canvas.height = to;
  canvas.drawImage(video, (video.videoWidth - side) / 2, (video.videoHeight - side) / 2, side, side, 0, 0, to, to);
  worker.postMessage(canvas.getImageData(0, 0, to, to));
}

async function found({ data: text }) {
  const at = performance.now();
  const fresh = text && !(at - seen.get(text) < 4000);
  if (text) seen.set(text, at);
  if (fresh) {
    await read(text, "camera");
    held = !now.rapid;
  }
  setTimeout(look, 60);
}

async function awake() {
  if (video.srcObject && !document.hidden) await navigator.wakeLock?.request("screen").catch(() => {});
}

async function start() {
  more("voice");
  try {
    const wish = { facingMode: "environment", width: { ideal: 1280 }, height: { ideal: 960 } };
    video.srcObject = await navigator.mediaDevices.getUserMedia({ video: wish });
    await video.play();
  } catch {
    return say({ kind: "denied" });
  }
  show("start", false);
  show("view", true);
  awake();
  more("looking");
  if (worker) return; // it looks already
  worker = new Worker(`${files}js/gate-worker.js`);
  worker.onmessage = found;
  look();
}

const next = () => ((held = false), say({ kind: "waiting" }, true));
const acts = { start, next, send: () => sync?.soon() };
const more = async (what, told) => (await import("./panels.js"))[what](told);
document.addEventListener("click", ({ target }) => {
  const button = target.closest("button");
  const { do: what, turn } = button?.dataset ?? {};
  if (what) (acts[what] ?? ((it) => more(what, it)))(button);
  if (!turn) return;
  now.direction = turn;
  for (const each of all("[data-turn]")) each.ariaPressed = each.dataset.turn === turn;
  say({ kind: "waiting" }, true);
});
document.addEventListener("visibilitychange", awake);

(async () => {
  try {
    for (const name of ["gate", "rapid", "loud", "offset", "refused"]) now[name] = (await store.fact(name)) ?? now[name];
    await badge();
    show("start", await choose(await store.fact("event")));
  } catch {
    // nothing can be kept here: the door says so
  }
  await (await import("./join.js")).ready(); // tries this phone out, opens the door, keeps the pages
  sync = await import("./sync.js");
  sync.start();
})();
