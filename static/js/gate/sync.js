// How what is kept here comes to the server: docs/gate.md, "Uploading". Any answer that is not ours is no network.
import { now as scanner } from "./scanner.js";
import * as store from "./store.js";

const MOST = 200;
const QUIET = 60_000; // between two signs of life
const SLOWEST = 30_000; // between two tries where there is no network
export const state = { pending: 0, net: null, refused: "" };
const told = new Set();
const other = typeof BroadcastChannel === "function" ? new BroadcastChannel("songgang gate") : null;
const { root } = document.body.dataset;
let failures = 0;
let refreshed = -Infinity;
let sending, pressed, timer;

/** Be told of every change: `what({results})`, with what the server said, or without. */
export const listen = (what) => told.add(what);

export async function changed(news = {}, here = true) {
  state.pending = await store.pending();
  scanner.refused = (await store.fact("refused")) ?? "";
  navigator.setAppBadge?.(state.pending).catch(() => {});
  told.forEach((what) => what(news));
  if (here) other?.postMessage("");
}

/** Keep in which words this phone is shut out, or past its time; "" once it gets lists again. Other tabs know it too. */
export async function refuse(words) {
  if (words !== scanner.refused) await store.setFact("refused", (scanner.refused = words));
}

/** Ask the server. Raises TypeError and the like where there is no network, an Error of that name for a plain no. */
export async function asked(path, { body, secret } = {}) {
  const stop = new AbortController();
  const late = setTimeout(() => stop.abort(), 20_000);
  const headers = { Accept: "application/json", ...(secret && { Authorization: `Bearer ${secret}` }) };
  if (body) headers["Content-Type"] = "application/json";
  const more = { cache: "no-store", credentials: "omit", redirect: "error", signal: stop.signal, headers };
  try {
    const answer = await fetch(`${root}/api/v1/${path}`, { ...more, method: body ? "POST" : "GET", body: body && JSON.stringify(body) });
    const said = await answer.json();
    if (answer.ok) return said;
    throw Object.assign(new Error(said.error), said.error && answer.status < 500 && { words: said.words, status: answer.status });
  } finally {
    clearTimeout(late);
  }
}

/** One batch of items of a device, under this phone's secret. Raises where the answer is no answer. */
export async function upload(id, last, items, pending, secret) {
  const before = Date.now();
  const device = { id, last_seq: last, pending, now: new Date(before).toISOString() };
  const { now, results } = await asked("scan-batches", { secret, body: { device, items } });
  if (!Array.isArray(results)) throw new TypeError("no network");
  const [after, server] = [Date.now(), Date.parse(now) || before];
  const fresh = Math.round(server - (before + after) / 2); // true within half the way; what fits is left as it was,
  if (!(Math.abs(fresh - scanner.offset) <= (after - before) / 2) || scanner.offset === null) {
    scanner.offset = fresh; // or scans one after another would change places
    await store.setFact("offset", fresh);
  }
  return results;
}

async function round() {
  const device = await store.fact("device");
  if (!device) return;
  const { id, secret } = device;
  for (let items, first = true; (items = await store.oldest(MOST)).length || first; first = false) {
    if (!items.length && Date.now() - refreshed < QUIET / 2) break;
    const left = await store.pending();
    const { last } = await store.fact("device");
    const results = await upload(id, last, items, left - items.length, secret);
    await store.receipts(results);
    if (items.length && !results.some(({ stored }) => stored)) throw new TypeError("nothing was stored");
    state.net = true;
    failures = 0;
    await changed({ results });
  }
  if (Date.now() - refreshed < QUIET / 2) return;
  refreshed = Date.now();
  await (await import("./lists.js")).refresh(device);
}

/** Send what there is, now; one tab at a time where the browser can tell. */
export async function send() {
  clearTimeout(timer);
  if (sending) return (sending = "again");
  sending = "once";
  try {
    const alone = (lock) => lock && round();
    await (navigator.locks ? navigator.locks.request("songgang gate", { ifAvailable: true }, alone) : round());
  } catch (error) {
    failures++;
    const { status, words = error.message } = error;
    state.net = Boolean(status);
    if (status) state.refused = words;
    if ([401, 403].includes(status)) await refuse(words).catch(() => {});
  }
  await changed({}).catch(() => {});
  const again = pressed || (sending === "again" && !failures);
  sending = pressed = "";
  const wait = again ? 0 : failures ? Math.min(1000 * 2 ** failures, SLOWEST) : state.pending ? 2000 : QUIET;
  timer = setTimeout(send, wait * (0.5 + Math.random()));
}

/** Send at once, whatever failed before: somebody pressed the button, or the network is said to be back. */
export function soon() {
  failures = 0;
  pressed = sending;
  return send();
}

/** Begin: at once, when the network or the page comes back, after another tab's news, and ever so often. */
export function start() {
  addEventListener("online", soon);
  addEventListener("pageshow", soon);
  addEventListener("offline", () => ((state.net = false), changed({}, false)));
  document.addEventListener("visibilitychange", () => document.hidden || soon());
  if (other) other.onmessage = () => changed({}, false);
  return send();
}
