// Starts what a plan page needs: saving while she types, rows of tables, texts that were not saved.
import { Autosave } from "./autosave.js";
import { keepChoice, listDrafts } from "./draft.js";
import { watchPresence } from "./presence.js";
import { watchRows } from "./table.js";

document.querySelectorAll("[data-without-script]").forEach((piece) => {
  piece.querySelectorAll("input, select, textarea").forEach((field) => (field.disabled = true));
  piece.hidden = true;
});
for (const form of document.querySelectorAll("form[data-autosave]")) {
  if (form.hasAttribute("data-table")) watchRows(form);
  new Autosave(form).start();
}
document.addEventListener("submit", ({ target }) => target.matches("form[data-resolve]") && keepChoice(target));
document.querySelectorAll("[data-drafts]").forEach(listDrafts);
document.querySelectorAll("[data-presence]").forEach(watchPresence);
document.querySelectorAll("[data-counter]").forEach(countSigns);
for (const list of document.querySelectorAll("select[data-submit]")) {
  list.closest("form").querySelector("button[type=submit]").hidden = true;
  list.addEventListener("change", () => list.form.requestSubmit());
}

/** How many signs are left, below a text with a limit. */
function countSigns(line) {
  const field = line.closest(".field").querySelector("textarea");
  const show = () => (line.textContent = `Nog ${Math.max(0, line.dataset.counter - field.value.length)} van de ${line.dataset.counter} tekens.`);
  field.addEventListener("input", show);
  show();
}
