// Plans: what happens by itself. Every page works without it.

// The page of a run looks again every second while it is open; when something came of it, it goes there.
const EVERY = 1000;

async function look() {
  const live = document.querySelector("[data-live]");
  if (!live) return;
  try {
    const answer = await fetch(location.href, { headers: { Accept: "text/html" } });
    if (answer.redirected) return location.replace(answer.url);
    const page = new DOMParser().parseFromString(await answer.text(), "text/html");
    const fresh = page.getElementById("live");
    if (!answer.ok || !fresh) throw new Error(answer.status);
    if (!fresh.hasAttribute("data-live")) return location.reload();
    live.replaceWith(fresh);
  } catch {
    // no line for a moment: the page stays as it is, and looks again
  }
  setTimeout(look, EVERY);
}

setTimeout(look, EVERY);

// A form called "try" is tried as soon as something in it changes; what that breaks and costs is shown at once.
const form = document.querySelector("form#try");
let waiting;
form?.addEventListener("change", () => {
  clearTimeout(waiting);
  waiting = setTimeout(tried, 250);
});

async function tried() {
  const answer = await fetch(location.href, { method: "POST", body: new URLSearchParams(new FormData(form)) });
  if (new URL(answer.url).pathname !== location.pathname) return location.replace(answer.url);
  const page = new DOMParser().parseFromString(await answer.text(), "text/html");
  for (const id of ["verdict", "score"]) document.getElementById(id).replaceWith(page.getElementById(id));
}
