// The lists of this phone's events: whole at first, then what changed. Told in docs/gate.md, "Snapshot".
import * as store from "./store.js";
import { asked, changed, state } from "./sync.js";
import { kept } from "./keys.js";

const { ask, write } = store;

/** Keep a snapshot: whole, or the changes to the one that is there. */
const keep = (told, full) =>
  write(["lists"], async (lists) => {
    const old = full ? null : await ask(lists.get(told.event));
    if (!old) return lists.put(told, told.event);
    const both = (what) => new Map([...old[what], ...told[what]]);
    const revoked = { ...old.revoked, ...told.revoked };
    return lists.put({ ...told, people: both("people"), keys: both("keys"), revoked }, told.event);
  });

/** Fetch the lists of a device's events, or what changed in them. */
export async function refresh({ secret }) {
  const { events } = await asked("gate/events", { secret });
  if (!Array.isArray(events)) throw new TypeError("no network");
  await store.setFact("events", events);
  for (const event of events) {
    const old = await store.list(event);
    const since = old?.version ? `?since=${encodeURIComponent(old.version)}` : "";
    try {
      const snapshot = await asked(`gate/snapshots/${event}${since}`, { secret });
      await keep(await kept(snapshot), snapshot.full);
    } catch (error) {
      if (!error.status) throw error;
      state.refused = error.words || error.message; // its list is gone, or its time is up: what it has, it still sends
    }
  }
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
