// A list as it comes, made into what is kept. Browsers and node.
import { HMAC, bytes } from "./tokens.js";

/** A snapshot as it is kept: keys that nobody gets out again, people and revocations in maps. */
export async function kept(snapshot) {
  const keys = new Map();
  for (const [name, key] of Object.entries(snapshot.keys))
    keys.set(name, await crypto.subtle.importKey("raw", bytes(key), HMAC, false, ["sign"]));
  return { ...snapshot, keys, people: new Map(snapshot.people) };
}
