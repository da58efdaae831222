// Told in templates/school/attendance/fence.html.
const here = document.querySelector("[data-here]");
const said = document.querySelector("[data-said]");

if (here && navigator.geolocation) {
  here.hidden = false;
  here.querySelector("button").addEventListener("click", () => {
    const told = ({ coords }) => {
      document.querySelector("[name=lat]").value = coords.latitude.toFixed(6);
      document.querySelector("[name=lon]").value = coords.longitude.toFixed(6);
      said.textContent = said.dataset.done;
    };
    const failed = () => (said.textContent = said.dataset.failed);
    navigator.geolocation.getCurrentPosition(told, failed, { enableHighAccuracy: true, timeout: 10000 });
  });
}
