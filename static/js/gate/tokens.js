// What was read, and what it means by this phone's list: docs/gate.md. Nothing is kept here. Browsers and node.
const LETTERS = "ABCDEFGHIJKLMNOPQRSTUVWXYZ234567";
const DAMM = "0317598642709215486342068713591750983426612304597836742095815869720134894536201794386172052581436790";
export const HMAC = { name: "HMAC", hash: "SHA-256" };
const utf8 = new TextEncoder();
const { subtle } = crypto;

export const bytes = (base64) => Uint8Array.from(atob(base64.replace(/-/g, "+").replace(/_/g, "/")), (c) => c.charCodeAt());
export const base64url = (raw) =>
  btoa(String.fromCharCode(...raw)).replace(/\+/g, "-").replace(/\//g, "_").replace(/=/g, "");

/** The sixteen bytes of 26 letters; null when the two bits to spare are not zero, for there is one spelling only. */
export function base32(text) {
  const raw = new Uint8Array(16);
  let bits = 0;
  let count = 0;
  let at = 0;
  for (const letter of text) {
    bits = ((bits << 5) | LETTERS.indexOf(letter)) & 0xfff;
    if ((count += 5) >= 8) raw[at++] = bits >> (count -= 8);
  }
  return bits & 3 ? null : raw;
}

/** 0 when the last digit of a short code is its check digit (Damm 2004, as in scheduling/tickets.py). */
export const damm = (code) => [...code].reduce((interim, digit) => DAMM[+interim * 10 + +digit], "0");

/** {code}, {mistyped}, {kind, number, serial, token, raw}, or {} for what is nothing of ours. */
export function parse(text) {
  const plain = text.normalize("NFKC");
  const code = plain.replace(/[\s\-‐-―·.]/g, "");
  if (/^[0-9]+$/.test(code)) return code.length === 9 && damm(code) === "0" ? { code } : { mistyped: true };
  const upper = plain.trim().toUpperCase();
  const token = (/\/T\/([A-Z2-7]{26})(?![A-Z0-9])/.exec(upper) ?? /^([A-Z2-7]{26})$/.exec(upper))?.[1];
  const raw = token && base32(token);
  if (!raw) return {};
  const at = new DataView(raw.buffer);
  const [kind, number, serial] = [raw[0], at.getUint32(0) & 0xffffff, at.getUint32(4)];
  return serial < 2 ** 31 ? { kind, number, serial, token, raw } : {};
}

export const here = ({ kind, number }, event) =>
  event.split("/").slice(0, 2).join("/") === `${kind === 2 ? "class" : "fair"}/${number}` && kind > 0 && kind < 4;

async function genuine({ kind, raw }, keys) {
  for (const [name, key] of keys) {
    if (name.split(" ")[0] !== `${kind}`) continue;
    const tag = new Uint8Array(await subtle.sign("HMAC", key, raw.slice(0, 8)));
    if (raw.slice(8).every((byte, at) => byte === tag[at])) return true;
  }
  return false;
}

/** {n, s, b} of the holder, or null when the list does not have this ticket. */
export async function person(token, people) {
  const digest = new Uint8Array(await subtle.digest("SHA-256", utf8.encode(`songgang lookup ${token}`)));
  const sealed = people.get(base64url(digest.slice(0, 12)));
  if (!sealed) return null;
  const secret = await subtle.importKey("raw", utf8.encode(token), "HKDF", false, ["deriveKey"]);
  const from = { name: "HKDF", hash: "SHA-256", salt: new Uint8Array(), info: utf8.encode("songgang snapshot") };
  const key = await subtle.deriveKey(from, secret, { name: "AES-GCM", length: 256 }, false, ["decrypt"]);
  const raw = bytes(sealed);
  const open = await subtle.decrypt({ name: "AES-GCM", iv: raw.slice(0, 12) }, key, raw.slice(12));
  return JSON.parse(new TextDecoder().decode(open));
}

/** The verdict {kind, who?, name?, booth?} of one reading by one list; whether it came before, the store knows. */
export async function judge(text, list) {
  const ticket = parse(text);
  if (ticket.mistyped) return { kind: "mistyped" };
  if (ticket.code) return { kind: "kept" };
  if (!ticket.raw) return { kind: "unknown" };
  if (!here(ticket, list.event)) return { kind: "wrong_event" };
  if (!(await genuine(ticket, list.keys))) return { kind: "unknown" };
  const who = `${ticket.kind} ${ticket.serial}`;
  const found = await person(ticket.token, list.people).catch(() => null);
  const told = { who, name: found?.n ?? "", booth: found?.b ?? "" };
  const why = list.revoked[who] ?? (["waitlisted", "cancelled", "reissued"].includes(found?.s) ? found.s : "");
  return { ...told, kind: why || (found ? "counted" : "late") };
}

const MINUTE = 60_000;

/** A verdict as it is at `at`, the server's time as well as this phone knows it (NaN: not at all): nobody is let in to what
 * is called off, before the gate opens, three hours ahead, or by a phone that is `refused`. A clock behind what the list
 * itself says is wrong, and keeps nobody out. */
export function open(told, { off, now, starts_at: begins }, at, refused) {
  const early = at > Date.parse(now) - MINUTE && at < Date.parse(begins) - 180 * MINUTE;
  const instead = (off && "off") || (refused && "refused") || (early && "early");
  return { ...told, early, kind: (["counted", "late", "kept"].includes(told.kind) && instead) || told.kind };
}

/** The verdict when this ticket's scans that stand are `before`, and which stand after it. An undo is an item too. */
export function settle(told, before, { id, annuls, at, gate }) {
  if (told.kind === "annulled") return { told, after: before.filter((each) => each.id !== annuls) };
  if (!["counted", "late"].includes(told.kind)) return { told, after: before };
  const [first] = before;
  const after = [...before, { id, at, gate }].slice(0, 50);
  return { told: first ? { ...told, kind: "duplicate_of", time: first.at, gate: first.gate } : told, after };
}
