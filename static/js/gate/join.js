// The door of the scanner: trying this phone out, joining, keeping the pages for a day without network. docs/gate.md.
import { badge, called, choose, files, find, last, now, root, say, show, totals, words } from "./scanner.js";
import { begin, refresh } from "./lists.js";
import * as store from "./store.js";
import * as sync from "./sync.js";
import { kept } from "./keys.js";
import { judge } from "./tokens.js";

// Made elsewhere, with the keys of the tests (tests/gate_vectors.json): who gets this right gets all of it right.
const KNOWN = {
  event: "fair/7",
  keys: { "1 0": "yee0ySrw+f2Xoe67gxyIDoG4+/jHgtm2rUEK8h+vu4g=" },
  revoked: {},
  people: [["X-bWJKDzXC55Or-P", "KsgSmVeAE3lVdmgoIBnZqHBRm4BUmhaJouycf9wJXlbFoVuJ6g28wgAFeg"]],
};
const TICKET = "AEAAABYAAAAACTDNHL5FL3U7MQ";

/** Whether this machine does what scanning without a network needs; "" or the word for what is wrong. */
async function wrong() {
  if (/MicroMessenger/i.test(navigator.userAgent) && !navigator.serviceWorker) return "wechat";
  if (!globalThis.crypto?.subtle || !navigator.serviceWorker) return "insecure";
  try {
    const told = await judge(TICKET, await kept(KNOWN));
    if (told.kind !== "counted" || told.name !== "王*芳") return "unfit";
    const mark = `${Math.random()}`;
    await store.setFact("tried", mark);
    return (await store.fact("tried")) === mark ? "" : "unfit";
  } catch {
    return "unfit";
  }
}

/** Show a page before the gate: `name` of a template in door.html, with its words for what is wrong. */
async function door(name) {
  const page = document.createElement("template");
  page.innerHTML = await (await fetch(`${files}door.html`)).text();
  find("[data-show=door]").replaceChildren(page.content.querySelector(`#${name}`).content);
  show("door", true);
  for (const each of ["box", "foot", "start", "view"]) show(each, false);
}

/** Open the door: come back when this phone may scan; never, when it cannot. */
export async function ready() {
  const fault = await wrong();
  if (fault) return new Promise(() => door(fault));
  serve();
  sync.listen(heard);
  heard({}); // what it knows of itself from before
  const token = location.hash.slice(1);
  history.replaceState(null, "", location.pathname); // it is good for one phone once, and no business of the next reader
  if (token && (await store.pending())) return new Promise(() => door("full"));
  if (token) await joining(token);
  const device = await store.fact("device");
  if (!device) return new Promise(() => door("stranger"));
  await settle();
  if (!now.event) say({ kind: "empty" }, true);
  return show("box", true);
}

const LATER = 3 * 3600_000; // so long after its end a scan still belongs to an event
const over = ({ ends_at: end }) => Date.parse(end) + LATER < Date.now() + (now.offset ?? 0);

/** Scan at what was chosen, until it is over; then at the first that is not, or at any. */
async function settle() {
  if (now.event && !over(now.list)) return;
  const events = (await store.fact("events")) ?? [];
  const lists = (await Promise.all(events.map(store.list))).filter(Boolean);
  const { event = now.event } = lists.find((list) => !list.off && !over(list)) ?? (now.event ? {} : (lists[0] ?? {}));
  if (!event || event === now.event) return;
  await choose(event);
  await store.setFact("event", event);
  say({ kind: "waiting" }, true);
  show("start", !find("video").srcObject);
}

async function joining(token) {
  await door("joining");
  const form = find("[data-show=door] form");
  const tell = (which) => {
    for (const each of form.querySelectorAll("[data-fault]")) each.hidden = each.dataset.fault !== which;
  };
  await new Promise((done) => {
    form.onsubmit = async (event) => {
      event.preventDefault();
      try {
        const label = form.label.value.trim();
        const said = await sync.asked("devices", { body: { token, label } });
        const { id, secret, scope, expires_at } = said;
        await begin({ id, secret, scope, expires_at, label });
        await store.setFact("offset", (now.offset = Math.round(Date.parse(said.now) - Date.now()) || 0));
        await store.setFact("gate", (now.gate = label));
        now.event = ""; // of what it was before, nothing is left
        done();
      } catch (error) {
        tell(error.status ? "used" : "away");
      }
    };
  });
  show("door", false);
  await refresh(await store.fact("device")).catch(() => {}); // it comes with the next sign of life
}

/** What the server said of what was sent: the last verdict may be another now. */
function heard({ results = [], lists }) {
  const { net } = sync.state;
  const refused = sync.state.refused || now.refused;
  badge();
  show("away", net === false);
  show("refused", refused);
  find("[data-refused]").textContent = refused;
  if (lists) refill();
  const { verdict: said, who: name = last?.name } = results.find(({ id }) => id === last?.id) ?? {};
  const known = [said?.kind, "late", "off", ...(said?.kind === "counted" ? ["duplicate_of"] : [])]; // which of two came first
  if (last?.way && words[said?.kind] && !known.includes(last.kind)) say({ ...last, ...said, name });
  totals();
}

async function refill() {
  const list = now.event && (await store.list(now.event));
  if (list && list.event === now.event) {
    now.list = list; // unless another was chosen meanwhile
    find("[data-title]").textContent = called(list); // it may have been moved
  }
  await settle();
}

/** Keep the pages for a day without network. A newer one takes over when no other page is open and this one idle. */
async function serve() {
  navigator.storage?.persist?.();
  const worker = navigator.serviceWorker;
  const serving = await worker.register(`${root}/gate/app/worker.js`, { scope: `${root}/gate/app/`, updateViaCache: "none" });
  const idle = () => !find("video").srcObject && !find("dialog[open]");
  if (!serving.waiting || !idle()) return;
  worker.addEventListener("controllerchange", () => idle() && location.reload()); // else at its next opening
  serving.waiting.postMessage("take over");
}
