// What every page of a signed-in person shares. Hooks are data attributes; without this file all still works.
import { say, watchToasts } from "./toast.js";

/** After a failed form the list of mistakes gets the focus, so that it is read first. */
function focusMistakes(root) {
  root.querySelector("[data-error-summary]")?.focus();
}

/** A link with data-dialog shows its page inside the dialog of that id. */
async function openDialog(link) {
  const dialog = document.getElementById(link.dataset.dialog);
  const answer = await fetch(link.href, { headers: { "X-Requested-With": "fetch" } });
  if (!answer.ok) return location.assign(link.href);
  const page = new DOMParser().parseFromString(await answer.text(), "text/html");
  const content = page.querySelector("[data-dialog-content]") ?? page.querySelector("main");
  dialog.querySelector("[data-dialog-body]").replaceChildren(...content.childNodes);
  dialog.showModal();
}

document.addEventListener("click", (event) => {
  const opener = event.target.closest("a[data-dialog]");
  if (opener) {
    event.preventDefault();
    openDialog(opener);
  }
  event.target.closest("[data-dialog-close]")?.closest("dialog").close();
});
document.addEventListener("htmx:afterSettle", (event) => focusMistakes(event.detail.elt));
document.addEventListener("htmx:sendError", () => say("Geen verbinding. Wat je typte, staat er nog.", "error"));
document.addEventListener("htmx:responseError", () => say("Dat lukte niet. Probeer het straks nog eens.", "error"));
watchToasts();
focusMistakes(document);
