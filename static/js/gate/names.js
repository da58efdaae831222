// The names of events whose list has any: sealed here as items are, and gone with the permission. docs/gate.md, "Names".
import * as store from "./store.js";
import { merged } from "./match.js";

const AES = "AES-GCM";
export const place = (event) => `names ${event}`; // among the facts
const lock = async () => (await store.fact("lock")) ?? Promise.reject(new Error("not joined"));

export const any = async (event) => Boolean(await store.fact(place(event)));

/** The rows of an event (match.js); null where there are none, or where they cannot be opened. */
export async function held(event) {
  const kept = await store.fact(place(event));
  if (!kept) return null;
  const { iv, sealed } = kept;
  const raw = await crypto.subtle.decrypt({ name: AES, iv }, await lock(), sealed).catch(() => null);
  return raw && JSON.parse(new TextDecoder().decode(raw));
}

/** What is to be kept of an event's rows, which were `old`, once a list has come; undefined where they stay as they are. */
export async function sealed({ names, revoked }, old) {
  const rows = merged(old ?? [], names, revoked);
  const text = JSON.stringify(rows);
  if (text === JSON.stringify(old)) return undefined;
  const iv = crypto.getRandomValues(new Uint8Array(12));
  return { iv, sealed: await crypto.subtle.encrypt({ name: AES, iv }, await lock(), new TextEncoder().encode(text)) };
}

/** Drop the names of all events but those in `but`. */
export const forget = (but = []) =>
  store.write(["facts"], async (facts) => {
    const stay = but.map(place);
    for (const key of await store.ask(facts.getAllKeys())) {
      if (key.startsWith("names ") && !stay.includes(key)) facts.delete(key);
    }
  });
