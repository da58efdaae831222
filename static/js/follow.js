// Told in templates/public/livestreams/show.html.
const part = document.querySelector("[data-follow]");
const stale = document.querySelector("[data-stale]");
const EVERY = 5000;
const SLOWEST = 60000;
const PATIENCE = 30000;
let wait = EVERY;
let seen = Date.now();
let etag = "";
let asking, timer;

async function look() {
  clearTimeout(timer);
  if (asking || document.hidden) return;
  asking = true;
  try {
    const headers = { Accept: "application/json", ...(etag && { "If-None-Match": etag }) };
    const answer = await fetch(part.dataset.follow, { headers, cache: "no-store", signal: AbortSignal.timeout?.(10000) });
    if (answer.status !== 304) {
      if (!answer.ok) throw new Error(answer.status);
      show(await answer.json());
      etag = answer.headers.get("ETag") ?? "";
    }
    seen = Date.now();
    wait = EVERY;
  } catch {
    wait = Math.min(wait * 2, SLOWEST);
  }
  asking = false;
  age();
  timer = setTimeout(look, wait * (0.8 + Math.random() * 0.4)); // not every phone in the same moment
}

function show({ html, say }) {
  const said = document.querySelector("[data-say]");
  const here = part.contains(document.activeElement) ? document.activeElement : null;
  const [name, held] = ["href", "value"].map((each) => [each, here?.getAttribute(each)]).find((each) => each[1]) ?? [];
  part.innerHTML = html;
  if (said && said.textContent !== say) said.textContent = say;
  if (held) part.querySelector(`[${name}="${CSS.escape(held)}"]`)?.focus();
  part.dispatchEvent(new Event("followed", { bubbles: true }));
}

function age() {
  stale.hidden = Date.now() - seen < PATIENCE;
  stale.querySelector("[data-seen]").textContent = new Date(seen).toTimeString().slice(0, 5);
}

function now() {
  wait = EVERY;
  look();
}
addEventListener("online", now);
document.addEventListener("visibilitychange", now);
addEventListener("pageshow", (event) => event.persisted && now());
setInterval(age, 5000);
timer = setTimeout(look, EVERY);
