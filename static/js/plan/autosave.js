// Saves one answer while she types. The status line tells the truth; the copy on this device goes
// only after the server said that it has the text. The server's side: actionplans/views/answers.py.
import { toSend } from "../token.js";
import { Draft, fieldsOf, isSame } from "./draft.js";
import { rowsOf, showRows } from "./table.js";

const QUIET = 1500;
const LONGEST = 10_000;
const RETRY = 5_000;
const SMALL_ENOUGH = 50_000; // browsers finish a request of a closed page only below 64 kB

const newClient = () => [...crypto.getRandomValues(new Uint8Array(12))].map((byte) => byte.toString(36)).join("");

export class Autosave {
  constructor(form) {
    this.form = form;
    this.draft = new Draft(form);
    this.status = form.querySelector("[data-status]");
    this.base = form.elements.namedItem("base");
    this.client = form.elements.namedItem("client");
    this.own = newClient();
    // What the server has: the fields, their revision, and what the status line says of them.
    this.saved = fieldsOf(form);
    this.revision = this.base.value;
    this.told = [this.status.textContent, this.status.dataset.state ?? ""];
    this.kept = true;
    this.changedAt = 0;
    this.sending = false;
    this.blocked = false;
  }

  start() {
    this.client.value = this.own;
    this.form.addEventListener("input", () => this.changed());
    this.form.addEventListener("submit", (event) => {
      event.preventDefault();
      this.save();
    });
    document.addEventListener("visibilitychange", () => this.save());
    window.addEventListener("pagehide", () => this.save());
    window.addEventListener("online", () => this.save());
    window.addEventListener("focus", () => this.save());
    this.findBack();
  }

  get isDirty() {
    return !isSame(this.saved, fieldsOf(this.form));
  }

  /**
   * The text that a closed tab left here goes back in its field and to the server. That one save
   * bears the name of the closed tab, whose own confirmation may have been missed; from then on
   * this tab has its own: the other one may still be open, and is no longer the same writer.
   */
  findBack() {
    const kept = this.draft.load();
    if (!kept) return;
    if (isSame(kept.fields, this.saved)) return this.draft.drop();
    this.base.value = kept.base;
    if (kept.client) this.client.value = kept.client;
    this.fill(kept.fields);
    this.say("Teruggevonden op dit toestel. We bewaren het meteen.", "busy");
    this.form.closest("details:not([open])")?.setAttribute("open", "");
    this.save();
  }

  fill(fields) {
    if (this.form.hasAttribute("data-table")) return showRows(this.form, rowsOf(fields));
    const value = Object.fromEntries(fields).text ?? "";
    const field = this.form.elements.namedItem("text");
    field.value = value;
    field.dispatchEvent?.(new Event("input", { bubbles: false }));
  }

  changed() {
    if (this.blocked) return;
    if (!this.isDirty && !this.sending) return this.settle();
    this.kept = this.draft.keep(this.base.value, this.client.value);
    if (!this.changedAt) {
      this.changedAt = Date.now();
      this.say(this.kept ? "Bezig…" : "Bezig… Laat deze bladzijde nog even open.", "busy");
    }
    this.later(Math.min(QUIET, Math.max(0, this.changedAt + LONGEST - Date.now())));
  }

  /**
   * The field holds again what the server has: nothing to send, nothing to find back. What another
   * tab keeps in that place stays: nobody confirmed it yet.
   */
  settle() {
    clearTimeout(this.timer);
    this.changedAt = 0;
    this.base.value = this.revision;
    const kept = this.draft.load();
    if (!kept || kept.client === this.own || isSame(kept.fields, this.saved)) this.draft.drop();
    this.say(...this.told);
  }

  later(delay) {
    clearTimeout(this.timer);
    this.timer = setTimeout(() => this.save(), delay);
  }

  async save() {
    clearTimeout(this.timer);
    if (this.sending || this.blocked || !this.isDirty) return;
    this.sending = true;
    this.changedAt = 0;
    const sent = fieldsOf(this.form);
    this.say("Bezig…", "busy");
    let answer = null;
    try {
      answer = await this.send();
      await this.hear(answer, sent);
    } catch {
      this.again = false;
      this.saved = null; // it may have arrived all the same: only a confirmation tells
      this.say(`${answer ? "Er liep bij ons iets mis." : "Niet verbonden."} ${this.whereItIs}`, "wrong");
      this.later(RETRY);
    }
    this.sending = false;
    if (!this.isDirty) this.settle();
    else if (this.again) this.later(QUIET);
  }

  send() {
    const { data, headers } = toSend(this.form);
    const body = new URLSearchParams(data);
    this.client.value = this.own;
    headers["HX-Request"] = "true";
    headers["X-Writer"] = this.form.dataset.autosave;
    return fetch(this.form.action, { method: "POST", body, headers, keepalive: String(body).length < SMALL_ENOUGH });
  }

  async hear(answer, sent) {
    this.again = answer.ok;
    if (answer.ok) return this.confirm(await answer.json(), sent);
    if (answer.status === 409) return this.clash(await answer.text(), sent);
    if (answer.status === 422) return this.say((await answer.json()).status, "wrong");
    if (answer.status === 401) return this.askSignIn();
    if (answer.status < 500) return this.say(`Dit kon niet bewaard worden. ${this.whereItIs}`, "wrong");
    throw new Error(String(answer.status));
  }

  /** Where the text is while the server does not have it. */
  get whereItIs() {
    return this.kept ? "Je tekst staat op dit toestel." : "Laat deze bladzijde open: je tekst staat nergens anders.";
  }

  confirm(told, sent) {
    this.base.value = this.revision = told.revision;
    this.told = [told.status, ""];
    if (told.rows) this.merge(told.rows, sent);
    else this.saved = sent;
    if (this.isDirty) this.kept = this.draft.keep(this.base.value, this.client.value);
  }

  /** Rows of somebody else came in; what she typed since the save stays. */
  merge(rows, sent) {
    const before = new Map(sent);
    const now = new Map(fieldsOf(this.form));
    const touched = (name) => now.get(name) !== before.get(name);
    const shown = rows.map(({ id, ...cells }) => ({ id, cells }));
    showRows(this.form, shown, touched);
    this.saved = [...now.keys()].some(touched) ? null : fieldsOf(this.form);
  }

  /** Two people, or two windows, in one answer: both texts come below it, and nothing is sent until she chose. */
  clash(html, sent) {
    // What she typed meanwhile must be in the text that she chooses from.
    if (!isSame(sent, fieldsOf(this.form))) return this.later(QUIET);
    this.blocked = true;
    this.freeze();
    const box = this.form.parentElement.querySelector("[data-conflict]");
    box.innerHTML = html;
    this.say(`${box.querySelector("h3").textContent}. Kies hieronder wat er blijft staan.`, "wrong");
  }

  freeze() {
    for (const field of this.form.elements) {
      if (field.matches("select, button, [type=radio]")) (field.closest("fieldset") ?? field).inert = true;
      else field.readOnly = true;
    }
  }

  askSignIn() {
    this.say(`Meld je opnieuw aan. ${this.whereItIs} `, "wrong");
    const link = document.createElement("a");
    link.href = `${location.pathname}`;
    link.target = "_blank";
    link.rel = "noopener";
    link.textContent = "Meld je aan in een nieuw tabblad";
    this.status.append(link);
  }

  say(text, state) {
    if (this.status.textContent === text && (this.status.dataset.state ?? "") === state) return;
    this.status.textContent = text;
    if (state) this.status.dataset.state = state;
    else delete this.status.dataset.state;
  }
}
