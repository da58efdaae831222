// The shell and its files, one version at a time, each checked by its hash: a page of a hotel's Wi-Fi never gets in.
// VERSION, FILES ({address: integrity}) and SHELL stand before this, from portal/gate/app.py.
const CACHE = `songgang gate ${VERSION}`;

async function fetched(address, integrity) {
  const answer = await fetch(address, { cache: "no-cache", integrity });
  if (!answer.ok || answer.redirected) throw new TypeError(`${address}: ${answer.status}`);
  return answer;
}

async function install() {
  const shell = await fetched(SHELL);
  if (!(await shell.clone().text()).includes(`data-version="${VERSION.split(" ")[0]}"`)) throw new TypeError("another page");
  const cache = await caches.open(CACHE);
  const files = Object.entries(FILES).map(async ([address, hash]) => cache.put(address, await fetched(address, hash)));
  await Promise.all(files);
  await cache.put(SHELL, shell);
}

async function activate() {
  const old = (await caches.keys()).filter((name) => name.startsWith("songgang gate ") && name !== CACHE);
  await Promise.all(old.slice(0, -1).map((name) => caches.delete(name))); // a page of the one before may be open yet
  await clients.claim();
}

async function answer(request) {
  const cache = await caches.open(CACHE);
  if (request.mode === "navigate") return (await cache.match(SHELL, { ignoreVary: true })) ?? fetch(request);
  const found = (from) => from.match(request.url, { ignoreVary: true });
  return (await found(cache)) ?? (await found(caches)) ?? fetch(request); // its address says of which version, not language
}

addEventListener("install", (event) => event.waitUntil(install()));
addEventListener("activate", (event) => event.waitUntil(activate()));
addEventListener("fetch", (event) => {
  const { url, mode, method } = event.request;
  const { pathname } = new URL(url);
  if (method === "GET" && (mode === "navigate" ? pathname === SHELL : pathname.startsWith(SHELL))) event.respondWith(answer(event.request));
});
addEventListener("message", async ({ data }) => {
  const open = await clients.matchAll({ includeUncontrolled: true });
  if (data === "take over" && open.length < 2) skipWaiting();
});
