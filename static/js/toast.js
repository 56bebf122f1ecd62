// The one toast of the site: `say("Bewaard.")` adds a line that a screen reader reads aloud.

/** Adds a line to the toast; kind is "success" or "error". */
export function say(text, kind = "success") {
  const line = document.createElement("li");
  const words = document.createElement("span");
  const close = document.createElement("button");
  line.className = kind;
  words.textContent = text;
  close.type = "button";
  close.textContent = "Sluit";
  close.dataset.close = "";
  line.append(words, close);
  document.querySelector("[data-toast]")?.append(line);
}

/** Makes the close buttons work; they are hidden without scripts. */
export function watchToasts() {
  const toast = document.querySelector("[data-toast]");
  toast?.querySelectorAll("[data-close]").forEach((button) => button.removeAttribute("hidden"));
  toast?.addEventListener("click", (event) => event.target.closest("[data-close]")?.closest("li").remove());
}
