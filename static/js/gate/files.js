// Files: what waits here, for another phone or the desk to hand in; and handing in another phone's. docs/gate.md, "Files".
import * as store from "./store.js";
import * as sync from "./sync.js";
import { sealed } from "./seal.js";

const MOST = 200;

/** So many of `all` at a time, each as a batch of `device` that knows how many are behind it. */
const batches = (device, all) =>
  Array.from({ length: Math.ceil(all.length / MOST) }, (_, n) => {
    const items = all.slice(n * MOST, (n + 1) * MOST);
    return { device: { ...device, pending: Math.max(0, all.length - (n + 1) * MOST) }, items };
  });

/** Put what waits into a file that the house, whose point is `house`, alone can open; give the word for how it went, "" when nobody wants it. */
export async function save(house) {
  const { id, last } = await store.fact("device");
  const items = await store.oldest(1e6);
  if (!items.length) return "nothing";
  const text = JSON.stringify(await sealed(batches({ id, last_seq: last, now: new Date().toISOString() }, items), house));
  // text, for a phone shares no other kind straight to WeChat
  const file = new File([text], `songgang-${id.slice(-6)}-${items.length}.txt`, { type: "text/plain" });
  if (navigator.userAgentData?.mobile !== false && navigator.canShare?.({ files: [file] })) {
    try {
      await navigator.share({ files: [file] });
      return "saved";
    } catch ({ name }) {
      if (name === "AbortError") return ""; // thought better of it
    }
  }
  const link = Object.assign(document.createElement("a"), { href: URL.createObjectURL(file), download: file.name });
  link.click();
  setTimeout(() => URL.revokeObjectURL(link.href), 60_000);
  return "saved";
}

/** Hand in what another phone saved: {stored, all}. Raises SyntaxError for no file of ours, else as sync.asked. */
export async function carry(file) {
  const told = JSON.parse(await file.text()) ?? {};
  const { secret } = await store.fact("device");
  const send = (body) => sync.asked(told.sealed ? "gate/files" : "scan-batches", { secret, body });
  const { key, device, items } = told;
  if (!Array.isArray(told.sealed ?? items)) throw new SyntaxError("no file of ours");
  const count = { stored: 0, all: 0 };
  for (const body of told.sealed ? told.sealed.map((piece) => ({ key, sealed: [piece] })) : batches(device, items)) {
    const { results } = await send(body);
    if (!Array.isArray(results)) throw new TypeError("no network");
    count.all += results.length;
    count.stored += results.filter(({ stored }) => stored).length;
  }
  return count;
}
