// What this phone keeps: docs/gate.md, "On the phone". An item is on the disk before anyone is told of it, and leaves
// only with a receipt. What people read or typed lies here sealed, under a key that does not leave this browser.
import { settle } from "./tokens.js";

const AES = "AES-GCM";
const utf8 = new TextEncoder();
export const ask = (request) =>
  new Promise((done, failed) => {
    request.onsuccess = () => done(request.result);
    request.onerror = () => failed(request.error);
  });
const ended = (act) =>
  new Promise((done, failed) => {
    act.oncomplete = () => done();
    act.onabort = act.onerror = () => failed(act.error ?? new Error("aborted"));
  });

let opening;
function open() {
  opening ??= new Promise((done, failed) => {
    const request = indexedDB.open("songgang gate", 1);
    request.onupgradeneeded = () => {
      const { result } = request;
      for (const name of ["facts", "lists", "seen"]) result.createObjectStore(name);
      result.createObjectStore("items", { keyPath: "seq" });
    };
    request.onsuccess = () => {
      request.result.onclose = () => (opening = null);
      done(request.result);
    };
    request.onerror = () => ((opening = null), failed(request.error));
  });
  return opening;
}

const act = async (names, mode) => (await open()).transaction(names, mode, { durability: "strict" });
const get = async (name, key) => ask((await act([name])).objectStore(name).get(key));
export async function write(names, what) {
  const doing = await act(names, "readwrite");
  const end = ended(doing);
  end.catch(() => {});
  let given;
  try {
    given = await what(...names.map((name) => doing.objectStore(name)));
  } catch (error) {
    try {
      doing.abort();
    } catch {
      // it is over already
    }
    throw error;
  }
  await end; // on the disk: only now may anyone be told
  return given;
}

export const fact = (name) => get("facts", name);
export const setFact = (name, value) => write(["facts"], (facts) => ask(facts.put(value, name)));
export const list = (event) => get("lists", event);
export const pending = async () => ask((await act(["items"])).objectStore("items").count());
export const tallies = async (event, what) => (await get("seen", `${event} in tally ${what}`)) ?? 0;
/** What was counted at an event and may be undone, {id, what}, the newest last. */
export const counted = async (event) => (await get("seen", taps(event))) ?? [];
const taps = (event) => `${event} counted`;

const lock = async () => (await fact("lock")) ?? Promise.reject(new Error("not joined"));
async function seal(fields) {
  const iv = crypto.getRandomValues(new Uint8Array(12));
  return { iv, sealed: await crypto.subtle.encrypt({ name: AES, iv }, await lock(), utf8.encode(JSON.stringify(fields))) };
}

/**
 * Put an item into the queue and into the index of who was seen, in one transaction; give the verdict it then has.
 * `told`: {kind, who, …} of tokens.judge, for a scan. A scan that was undone is as if it had not been.
 */
export async function keep(fields, told = { kind: fields.kind }) {
  const { id } = await fact("device");
  const body = await seal(fields);
  const place = (who) => `${fields.event} ${/^tally/.test(who) ? "in" : (fields.direction ?? "in")} ${who}`;
  return write(["facts", "seen", "items"], async (facts, seen, items) => {
    const device = await ask(facts.get("device"));
    if (device?.id !== id) throw new Error("another device now");
    const seq = device.last + 1;
    const tally = async (what, n, given = told) => {
      const total = ((await ask(seen.get(place(`tally ${what}`)))) ?? 0) + n;
      seen.put(total, place(`tally ${what}`));
      return { ...given, seq, total };
    };
    facts.put({ ...device, last: seq }, "device");
    items.put({ seq, id: fields.id, ...body });
    const last = (await ask(seen.get(taps(fields.event)))) ?? [];
    if (fields.kind === "count") {
      seen.put([...last, { id: fields.id, what: fields.what }].slice(-50), taps(fields.event));
      return tally(fields.what, fields.n);
    }
    if (told.what) {
      const left = last.filter(({ id }) => id !== fields.annuls); // tapped twice, it is undone once
      seen.put(left, taps(fields.event));
      return tally(told.what, (left.length - last.length) * told.n);
    }
    const before = (told.who && (await ask(seen.get(place(told.who))))) || [];
    const settled = settle(told, before, fields);
    if (told.who) seen.put(settled.after, place(told.who));
    const more = fields.direction === "out" ? 0 : !!settled.after.length - !!before.length; // who leaves was counted
    return tally("people", more, settled.told);
  });
}

/** The oldest items, opened, at most so many. */
export async function oldest(most) {
  const key = await lock();
  const rows = await ask((await act(["items"])).objectStore("items").getAll(null, most));
  const open = async ({ seq, id, iv, sealed }) => {
    const raw = await crypto.subtle.decrypt({ name: AES, iv }, key, sealed).catch(() => null); // the disk is bad: told
    return { seq, ...(raw ? JSON.parse(new TextDecoder().decode(raw)) : { id, kind: "unreadable" }) };
  };
  return Promise.all(rows.map(open));
}

/** Let go of what the server says it has, each by its number and its id. */
export const receipts = (results) =>
  write(["items"], async (items) => {
    for (const { seq, id, stored } of results) {
      if (!["recorded", "already_recorded", "quarantined"].includes(stored)) continue;
      if ((await ask(items.get(seq)))?.id === id) items.delete(seq);
    }
  });
