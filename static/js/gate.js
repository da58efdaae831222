// Told in templates/gate/scan.html.
const find = (which) => document.querySelector(which);
const form = find("#scan");
const box = find("#box");
const video = find("video");
const show = (name, yes) => (find(`[data-show=${name}]`).hidden = !yes);

// Sending
const STORE = `gate ${form.action} `;
const tried = {};
let newest = "";
let failures = 0;
let sending, timer;

function waiting() {
  const all = Object.entries(localStorage).filter(([key]) => key.startsWith(STORE));
  show("waiting", (find("[data-waiting]").textContent = all.length));
  return all.sort(([a], [b]) => (tried[a] ?? 0) - (tried[b] ?? 0) || (a > b ? 1 : -1));
}

function scan(read, way) {
  const id = crypto.randomUUID?.() ?? crypto.getRandomValues(new Uint32Array(6)).join("-");
  const at = new Date().toISOString();
  const fields = { id, read, way, gate: form.gate.value, direction: form.direction.value, scanned_at: at };
  localStorage.setItem((newest = STORE + at + id), JSON.stringify(fields));
  failures = 0;
  send();
}

async function post(url, fields) {
  const body = new URLSearchParams({ ...fields, csrf_token: form.csrf_token?.value ?? "" });
  const signal = AbortSignal.timeout?.(20000);
  const answer = await fetch(url, { method: "POST", body, signal, headers: { Accept: "application/json" } });
  show("stale", answer.status === 400 || answer.status === 403);
  return answer.json();
}

async function send() {
  clearTimeout(timer);
  const [next] = waiting();
  if (sending || !next) return;
  const [key, fields] = next;
  sending = true;
  tried[key] = performance.now();
  failures++;
  try {
    const said = await post(form.action, JSON.parse(fields));
    if (said.html || said.error === "ScanDiffers") {
      localStorage.removeItem(key);
      failures = 0;
    }
    if (key >= newest) tell(said, (newest = key));
  } catch {
    // it waits
  }
  sending = false;
  timer = setTimeout(send, failures && Math.min(500 * 2 ** failures, 30000));
}

function tell(said) {
  box.innerHTML = said.html ?? '<p class="notice notice-danger">';
  if (!said.html) return box.firstChild.append(said.words ?? "");
  navigator.vibrate?.(said.verdict === "counted" ? 90 : [90, 70, 90]);
  for (const [name, number] of Object.entries(said.counts)) find(`[data-count=${name}]`).textContent = number;
}

form.addEventListener("submit", (event) => {
  event.preventDefault();
  if (form.read.value.trim()) scan(form.read.value, "typed");
  form.read.value = "";
});
box.addEventListener("submit", async (event) => {
  event.preventDefault();
  const undo = event.target;
  try {
    tell(await post(undo.action, { id: undo.id.value }));
  } catch {
    undo.submit();
  }
});
form.gate.value ||= localStorage.getItem("gate") ?? "";
form.gate.addEventListener("change", () => localStorage.setItem("gate", form.gate.value));

// Looking
const SIDE = 560;
const canvas = document.createElement("canvas").getContext("2d", { willReadFrequently: true });
const seen = new Map();
let worker, small;

function look() {
  const side = Math.min(video.videoWidth, video.videoHeight);
  if (!side || document.hidden) return setTimeout(look, 200);
  const to = (small = !small) ? SIDE : side;
  canvas.canvas.width = canvas.canvas.height = to;
  canvas.drawImage(video, (video.videoWidth - side) / 2, (video.videoHeight - side) / 2, side, side, 0, 0, to, to);
  worker.postMessage(canvas.getImageData(0, 0, to, to));
}

function found(text) {
  const now = performance.now();
  if (text) {
    if (!(now - seen.get(text) < 4000)) scan(text, "camera");
    seen.set(text, now);
  }
  setTimeout(look, 90);
}

async function start() {
  show("denied", false);
  try {
    const wish = { facingMode: "environment", width: { ideal: 1280 }, height: { ideal: 960 } };
    video.srcObject = await navigator.mediaDevices.getUserMedia({ video: wish });
  } catch {
    return show("denied", true);
  }
  await video.play();
  show("start", false);
  show("view", true);
  navigator.wakeLock?.request("screen").catch(() => {});
  const [track] = video.srcObject.getVideoTracks();
  if (track.getCapabilities?.().torch) {
    let on = false;
    show("torch", true);
    find("[data-show=torch]").onclick = () => track.applyConstraints({ advanced: [{ torch: (on = !on) }] });
  }
  worker = new Worker(find("main").dataset.worker);
  worker.onmessage = ({ data }) => found(data);
  look();
}

if (navigator.mediaDevices) {
  show("start", true);
  find("[data-show=start] button").onclick = start;
} else {
  show("insecure", true);
}
addEventListener("pageshow", send);
addEventListener("online", send);
addEventListener("storage", () => {
  waiting();
  clearTimeout(timer);
  timer = setTimeout(send, 5000);
});
