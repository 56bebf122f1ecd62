// The viewer of an album: each photo's own page, shown in a dialog, with the keyboard.
// Links are real: without this file, or with a held key, every photo opens as a page.

const KEYS = {
  ArrowRight: 'a[rel="next"]',
  ArrowLeft: 'a[rel="prev"]',
  Home: "a[data-first]",
  End: "a[data-last]",
};

let dialog = null;
let opener = null;
let asked = 0;

function build() {
  const made = document.createElement("dialog");
  made.className = "viewer";
  const bar = document.createElement("div");
  bar.className = "bar";
  const where = document.createElement("p");
  where.className = "small";
  where.setAttribute("role", "status");
  const close = document.createElement("button");
  close.type = "button";
  close.className = "go";
  close.textContent = "Sluit";
  bar.append(where, close);
  const body = document.createElement("div");
  made.append(bar, body);
  document.body.append(made);
  close.addEventListener("click", () => made.close());
  made.addEventListener("close", giveFocusBack);
  made.addEventListener("click", followInside);
  watchSwipes(made);
  return { made, where, body, close };
}

async function fetchPhoto(address) {
  const answer = await fetch(address);
  if (!answer.ok) return null;
  const page = new DOMParser().parseFromString(await answer.text(), "text/html");
  return page.querySelector("[data-photo-page]");
}

async function show(address) {
  const number = ++asked;
  const photo = await fetchPhoto(address).catch(() => null);
  if (!photo) return location.assign(address);
  if (number !== asked) return undefined; // a later key was quicker
  dialog.body.replaceChildren(photo);
  dialog.made.dataset.address = new URL(address, location.href).pathname;
  dialog.where.textContent = photo.querySelector("[data-counter]").textContent;
  const next = photo.querySelector(KEYS.ArrowRight);
  if (next) fetchPhoto(next.href).catch(() => null); // into the browser's cache
  return undefined;
}

async function open(link) {
  dialog ??= build();
  opener = link;
  dialog.made.setAttribute("aria-label", link.closest("[data-viewer]").dataset.viewer);
  await show(link.href);
  if (!dialog.made.open && dialog.body.firstChild) {
    dialog.made.showModal();
    dialog.close.focus();
  }
}

/** To the thumbnail of the photo that was shown last, or where the viewer was opened. */
function giveFocusBack() {
  const last = document.querySelector(`a[data-photo][href="${dialog.made.dataset.address}"]`);
  (last ?? opener)?.focus();
}

function plain(event) {
  return !(event.ctrlKey || event.metaKey || event.shiftKey || event.altKey);
}

function followInside(event) {
  const link = event.target.closest('a[rel="next"], a[rel="prev"], a[data-first], a[data-last]');
  if (!link || !plain(event)) return;
  event.preventDefault();
  const which = Object.values(KEYS).find((selector) => link.matches(selector));
  show(link.href).then(() => (dialog.body.querySelector(which) ?? dialog.close).focus());
}

/** A swipe is one finger, mostly sideways, on a picture that is not enlarged. */
function watchSwipes(element) {
  let start = null;
  element.addEventListener("touchstart", (event) => {
    start = event.touches.length === 1 && !(visualViewport?.scale > 1) ? event.touches[0] : null;
  }, { passive: true });
  element.addEventListener("touchend", (event) => {
    if (!start) return;
    const { clientX, clientY } = event.changedTouches[0];
    const [across, down] = [clientX - start.clientX, clientY - start.clientY];
    start = null;
    if (Math.abs(across) > 60 && Math.abs(across) > 2 * Math.abs(down)) {
      turn(across < 0 ? "ArrowRight" : "ArrowLeft");
    }
  });
}

/** In the open viewer, or on a photo's own page, where the browser follows the link. */
function turn(key) {
  const link = (dialog?.made.open ? dialog.body : document).querySelector(KEYS[key]);
  if (!link) return false;
  if (dialog?.made.open) show(link.href);
  else location.assign(link.href);
  return true;
}

document.addEventListener("click", (event) => {
  const link = event.target.closest("[data-viewer] a[data-photo]");
  if (!link || !plain(event)) return;
  event.preventDefault();
  open(link);
});
document.addEventListener("keydown", (event) => {
  const onPhoto = dialog?.made.open || document.querySelector("main [data-photo-page]");
  const writing = event.target.closest("input, textarea, select");
  if (!onPhoto || writing || !(event.key in KEYS) || !plain(event)) return;
  if (turn(event.key)) event.preventDefault();
});
