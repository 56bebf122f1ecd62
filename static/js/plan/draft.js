// The copy on this device: kept from the first letter until the server has confirmed the text.
const PREFIX = "plan-ontwerp:";

/** Fields of a form as pairs, without what belongs to the save itself. */
export function fieldsOf(form) {
  const own = ["csrfmiddlewaretoken", "base", "client"];
  return [...new FormData(form)].filter(([name]) => !own.includes(name));
}

export function isSame(some, others) {
  return JSON.stringify(some) === JSON.stringify(others);
}

export class Draft {
  constructor(form) {
    this.form = form;
    const person = form.dataset.autosave ?? form.dataset.resolve;
    this.key = `${PREFIX}${person}:${new URL(form.action).pathname}`;
  }

  keep(base, client) {
    const title = this.form.dataset.title;
    const kept = { base, client, title, fields: fieldsOf(this.form) };
    try {
      localStorage.setItem(this.key, JSON.stringify(kept));
      return true;
    } catch {
      return false; // private mode or a full device
    }
  }

  /** What was kept, or null. */
  load() {
    try {
      return JSON.parse(localStorage.getItem(this.key));
    } catch {
      return null;
    }
  }

  drop() {
    try {
      localStorage.removeItem(this.key);
    } catch {
      // Nothing was kept then.
    }
  }
}

/** The choice after a clash takes the place of the text that was typed, until it is saved. */
export function keepChoice(form) {
  new Draft(form).keep(form.elements.namedItem("base").value, "");
}

/** Names the questions whose text on this device is not on this page, with a link to each. */
export function listDrafts(box) {
  const start = `${PREFIX}${box.dataset.drafts}:${location.pathname}`;
  const here = new Set([...document.querySelectorAll("form[data-autosave]")].map((form) => new Draft(form).key));
  for (const key of Object.keys(localStorage)) {
    if (!key.startsWith(start) || here.has(key)) continue;
    const [, section, question] = key.match(/([^/]+)\/([^/]+)\/$/) ?? [];
    if (question) box.querySelector("ul").append(lineFor(`${location.pathname}${section}/#${question}`, key));
  }
  box.hidden = !box.querySelector("li");
}

/** Signing out wipes her texts from this device, and says so before. */
export function wipeAtSignOut(warning) {
  const mine = () => Object.keys(localStorage).filter((key) => key.startsWith(`${PREFIX}${warning.dataset.unsaved}:`));
  warning.hidden = !mine().length;
  warning.closest("form").addEventListener("submit", (event) => {
    if (warning.hidden && mine().length) event.preventDefault(); // another tab kept a text just now
    else mine().forEach((key) => localStorage.removeItem(key));
    warning.hidden = !mine().length;
  });
}

function lineFor(href, key) {
  const line = document.createElement("li");
  const link = document.createElement("a");
  link.href = href;
  link.textContent = JSON.parse(localStorage.getItem(key)).title;
  line.append(link);
  return line;
}
