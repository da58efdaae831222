// The camera at the gate. Without it the form for the short code does the same.
const find = (which) => document.querySelector(which);
const form = find("#scan");
const box = find("#box");
const video = find("video");
const show = (name, yes) => (find(`[data-show=${name}]`).hidden = !yes);

// Sending: a scan is sent again, with the same id, until it is answered.
const STORE = "gate " + form.action;
let waiting = JSON.parse(localStorage.getItem(STORE) ?? "[]");
let sending = false;

function keep() {
  localStorage.setItem(STORE, JSON.stringify(waiting));
  find("[data-waiting]").textContent = waiting.length;
  show("waiting", waiting.length);
}

// randomUUID is there on https only
const newId = () => crypto.randomUUID?.() ?? crypto.getRandomValues(new Uint32Array(6)).join("-");

function scan(read, way) {
  const id = newId();
  const at = new Date().toISOString();
  waiting.push({ id, read, way, gate: form.gate.value, direction: form.direction.value, scanned_at: at });
  keep();
  send();
}

async function post(url, fields) {
  const body = new URLSearchParams({ ...fields, csrf_token: form.csrf_token?.value ?? "" });
  const answer = await fetch(url, { method: "POST", body, headers: { Accept: "application/json" } });
  return [answer.status, await answer.json()]; // a page to sign in is no JSON: it throws
}

async function send() {
  if (sending || !waiting.length) return;
  sending = true;
  try {
    const [status, said] = await post(form.action, waiting[0]);
    show("stale", status === 400 || status === 403);
    if (status !== 200 && status !== 409) throw status;
    waiting.shift();
    tell(said);
  } catch {
    setTimeout(send, 3000);
    return keep();
  } finally {
    sending = false;
  }
  keep();
  send();
}

function tell(said) {
  if (!said.html) return;
  box.innerHTML = said.html;
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
    tell((await post(undo.action, { id: undo.id.value }))[1]);
  } catch {
    undo.submit();
  }
});
form.gate.value ||= localStorage.getItem("gate") ?? "";
form.gate.addEventListener("change", () => localStorage.setItem("gate", form.gate.value));

// Looking: one picture at a time; a code counts again only after it was gone for a while.
const SIDE = 560;
const AGAIN = 4000;
const canvas = document.createElement("canvas").getContext("2d", { willReadFrequently: true });
canvas.canvas.width = canvas.canvas.height = SIDE;
const seen = new Map();
let worker;

function look() {
  const side = Math.min(video.videoWidth, video.videoHeight);
  if (!side || document.hidden) return setTimeout(look, 200);
  canvas.drawImage(video, (video.videoWidth - side) / 2, (video.videoHeight - side) / 2, side, side, 0, 0, SIDE, SIDE);
  const image = canvas.getImageData(0, 0, SIDE, SIDE);
  worker.postMessage({ width: SIDE, height: SIDE, data: image.data }, [image.data.buffer]);
}

function found(text) {
  const now = performance.now();
  if (text) {
    if (!(now - seen.get(text) < AGAIN)) scan(text, "camera");
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
keep();
send();
