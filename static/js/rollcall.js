// Told in templates/public/rollcalls/sign.html.
const LONGEST = 12000;
const said = document.querySelector("[data-placing]");

function place(event) {
  const form = event.currentTarget;
  if (!navigator.geolocation) return;
  event.preventDefault();
  if (form.dataset.asking) return;
  form.dataset.asking = "yes";
  said.hidden = false;
  const send = () => form.dataset.asking === "yes" && (form.dataset.asking = "sent") && form.submit();
  const told = ({ coords }) => {
    form.elements.lat.value = coords.latitude;
    form.elements.lon.value = coords.longitude;
    send();
  };
  setTimeout(send, LONGEST);
  navigator.geolocation.getCurrentPosition(told, send, { enableHighAccuracy: true, timeout: 8000, maximumAge: 30000 });
}

for (const form of document.querySelectorAll("form[data-place]")) form.addEventListener("submit", place);
addEventListener("pageshow", () => {
  for (const form of document.querySelectorAll("form[data-place]")) delete form.dataset.asking;
  said.hidden = true;
});
