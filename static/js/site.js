// What every page of a signed-in person shares. Hooks are data attributes; without this file all still works.
import { say, watchToasts } from "./toast.js";

/** After a failed form the list of mistakes gets the focus, so that it is read first. */
function focusMistakes(root) {
  root.querySelector("[data-error-summary]")?.focus();
}

document.addEventListener("htmx:afterSettle", (event) => focusMistakes(event.detail.elt));
document.addEventListener("htmx:sendError", () => say("Geen verbinding. Wat je typte, staat er nog.", "error"));
document.addEventListener("htmx:responseError", () => say("Dat lukte niet. Probeer het straks nog eens.", "error"));
watchToasts();
focusMistakes(document);
