// A link with data-dialog shows its page inside the dialog of that id; without this file it opens the page.

async function openDialog(link) {
  const dialog = document.getElementById(link.dataset.dialog);
  const answer = await fetch(link.href).catch(() => null);
  if (!answer?.ok) return location.assign(link.href);
  const page = new DOMParser().parseFromString(await answer.text(), "text/html");
  const content = page.querySelector("[data-dialog-content]") ?? page.querySelector("main");
  dialog.querySelector("[data-dialog-body]").replaceChildren(...content.childNodes);
  dialog.showModal();
}

function isPlain(event) {
  return event.button === 0 && !event.ctrlKey && !event.metaKey && !event.shiftKey;
}

/** Makes the openers and the close buttons of the page work. */
export function watchDialogs() {
  document.addEventListener("click", (event) => {
    const opener = event.target.closest("a[data-dialog]");
    if (opener && isPlain(event)) {
      event.preventDefault();
      openDialog(opener);
    }
    event.target.closest("[data-dialog-close]")?.closest("dialog").close();
  });
}
