// Entering leads: Enter sends, Shift+Enter begins a line; the cursor is back where the next line begins.
const box = document.querySelector("[data-enter]");
box.addEventListener("keydown", (event) => {
  if (event.key !== "Enter" || event.shiftKey || event.isComposing) return;
  event.preventDefault();
  box.form.requestSubmit();
});
box.focus();
box.setSelectionRange(box.value.length, box.value.length);
