// A file that the house alone opens, whoever carries it: docs/gate.md, "Files". Browsers and node.
import { base64url, bytes } from "./tokens.js";

const { subtle } = crypto;
const CURVE = { name: "ECDH", namedCurve: "P-256" };
const AES = "AES-GCM";
const utf8 = new TextEncoder();

/** Packed by gzip, where this browser can: it is a tenth then. */
async function packed(text) {
  if (!globalThis.CompressionStream) return utf8.encode(text);
  const small = new Blob([text]).stream().pipeThrough(new CompressionStream("gzip"));
  return new Uint8Array(await new Response(small).arrayBuffer());
}

function spelt(raw) {
  let text = "";
  for (let at = 0; at < raw.length; at += 12288) text += base64url(raw.subarray(at, at + 12288)); // whole groups of three
  return text;
}

/** Seal batches to the house, whose point is `house`: {key, sealed: [one each]}. */
export async function sealed(batches, house) {
  const ours = await subtle.generateKey(CURVE, false, ["deriveBits"]);
  const theirs = await subtle.importKey("raw", bytes(house), CURVE, false, []);
  const shared = await subtle.deriveBits({ name: "ECDH", public: theirs }, ours.privateKey, 256);
  const point = new Uint8Array(await subtle.exportKey("raw", ours.publicKey));
  const salt = new Uint8Array([...point, ...bytes(house)]);
  const from = { name: "HKDF", hash: "SHA-256", salt, info: utf8.encode("songgang gate file") };
  const secret = await subtle.importKey("raw", shared, "HKDF", false, ["deriveKey"]);
  const key = await subtle.deriveKey(from, secret, { name: AES, length: 256 }, false, ["encrypt"]);
  const pieces = batches.map(async (batch) => {
    const iv = crypto.getRandomValues(new Uint8Array(12));
    const hidden = new Uint8Array(await subtle.encrypt({ name: AES, iv }, key, await packed(JSON.stringify(batch))));
    return spelt(new Uint8Array([...iv, ...hidden]));
  });
  return { key: spelt(point), sealed: await Promise.all(pieces) };
}
