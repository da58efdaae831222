// The lists of this phone's events: whole at first, then what changed. Told in docs/gate.md, "Snapshot" and "Names".
import * as store from "./store.js";
import * as names from "./names.js";
import { now as scanner } from "./scanner.js";
import { asked, changed, refuse, state } from "./sync.js";
import { kept } from "./keys.js";

const { ask, write } = store;

/** Keep a snapshot, whole or the changes to the one that is there, and what is sealed of its names. */
const keep = (told, full, sealed) =>
  write(["lists", "facts"], async (lists, facts) => {
    if (sealed) facts.put(sealed, names.place(told.event));
    const old = full ? null : await ask(lists.get(told.event));
    if (!old) return lists.put(told, told.event);
    const both = (what) => new Map([...old[what], ...told[what]]);
    const revoked = { ...old.revoked, ...told.revoked };
    return lists.put({ ...told, people: both("people"), keys: both("keys"), revoked }, told.event);
  });

/** Fetch one list, or what changed in it; say whether it has names: their changes are nothing without those before. */
async function fetched(event, secret) {
  const ask = (since) => asked(`gate/snapshots/${event}${since}`, { secret });
  const { version } = (await store.list(event)) ?? {};
  let told = await ask(version ? `?since=${encodeURIComponent(version)}` : "");
  const held = told.names && !told.full && (await names.held(event));
  if (told.names && !told.full && !held) told = await ask("");
  const { names: rows, ...list } = told;
  const sealed = rows && (await names.sealed(told, list.full ? null : held));
  await keep(await kept(list), list.full, sealed);
  return Boolean(rows);
}

/** Fetch the lists of a device's events, or what changed in them. A phone that gets none any more has no names either. */
export async function refresh({ secret }) {
  const { events } = await asked("gate/events", { secret }).catch(async (error) => {
    if (error.status) await names.forget();
    throw error;
  });
  if (!Array.isArray(events)) throw new TypeError("no network");
  await store.setFact("events", events);
  const named = [];
  let refused = "";
  const chosen = [scanner.event].filter(Boolean); // a lesson that was called off is not named any more
  for (const event of new Set([...events, ...chosen])) {
    try {
      if (await fetched(event, secret)) named.push(event);
    } catch (error) {
      if (!error.status) throw error;
      refused = error.words || error.message; // its list is gone: what it has, it still sends
    }
  }
  state.refused = refused;
  await refuse("");
  await names.forget(named);
  await changed({ lists: true });
}

export const titles = () => write(["lists"], (lists) => ask(lists.getAll()));

/** Begin as this device, or as none. Raises Error("pending") while an older one has anything to send. */
export async function begin(device) {
  const lock = await crypto.subtle.generateKey({ name: "AES-GCM", length: 256 }, false, ["encrypt", "decrypt"]);
  return write(["facts", "lists", "seen", "items"], async (facts, lists, seen, items) => {
    if (await ask(items.count())) throw new Error("pending");
    for (const each of [facts, lists, seen]) each.clear();
    if (!device) return;
    facts.put({ ...device, last: 0 }, "device");
    facts.put(lock, "lock");
  });
}
