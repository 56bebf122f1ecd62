// Files go up one by one, three at a time, each with its own state; a refused one is alone, and
// one that could not be sent says why and waits here with its file. Without this file the same
// form sends them all at once.

import { toSend } from "./token.js";

const AT_ONCE = 3;
const TAKEN = 201;
const REFUSED = 422;

// What is the matter, by the status of the answer. 0: none came.
const SENTENCES = {
  0: "Geen verbinding met de site. Kijk je internet na.",
  400: "De site begreep de vraag niet. Vernieuw de bladzijde en kies het bestand opnieuw.",
  401: "Je bent intussen afgemeld. Meld je opnieuw aan in een ander tabblad; het bestand blijft hier klaarstaan.",
  403: "Je mag hier nu geen bestanden toevoegen: je bent misschien aangemeld als iemand anders, of je aanmelding veranderde. Kijk dat na in een ander tabblad; het bestand blijft hier klaarstaan.",
  404: "Deze dag vinden we niet meer terug, of ze is niet meer van jou.",
  413: "Dit bestand is groter dan de site aankan. Maak het kleiner.",
  429: "Dat waren er veel na elkaar. Wacht een paar minuten.",
  500: "Er liep bij ons iets mis; het bestand is niet bewaard. Probeer het over een paar minuten opnieuw.",
  503: "De site is even niet bereikbaar. Probeer het over een paar minuten opnieuw.",
  507: "De schijf van de site is vol. Bewaar het bestand bij jou en probeer het later opnieuw.",
};
// Not about this file: the next one would fare no better, so the others wait for her.
const ABOUT_ALL = [0, 401, 403, 404, 429, 503, 507];

const form = document.querySelector("[data-upload]");
const list = document.querySelector("[data-upload-list]");
const status = document.querySelector("[data-upload-status]");
const after = document.querySelector("[data-upload-after]");
const waiting = [];
const stranded = new Set();
let busy = 0;
let sent = 0;
let taken = 0;
let refused = 0;
let isHeld = false;

function line(file) {
  const item = document.createElement("li");
  const name = document.createElement("span");
  const state = document.createElement("span");
  const bar = document.createElement("progress");
  item.dataset.file = "";
  name.className = "what";
  name.textContent = file.name;
  state.className = "small";
  bar.max = 100;
  bar.setAttribute("aria-label", file.name);
  item.append(name, state, bar);
  list.append(item);
  return { file, item, state, bar, again: null };
}

function send(job) {
  const request = new XMLHttpRequest();
  const { data, headers } = toSend(form);
  data.set("bestand", job.file);
  request.open("POST", form.action);
  request.setRequestHeader("X-CSRFToken", headers["X-CSRFToken"]);
  request.setRequestHeader("X-Requested-With", "fetch");
  request.setRequestHeader("HX-Request", "true"); // signed out is then 401 and not a page
  request.upload.addEventListener("progress", (event) => {
    const part = event.lengthComputable ? Math.round((100 * event.loaded) / event.total) : 0;
    job.bar.value = part;
    job.state.textContent = part < 100 ? `Verstuurt ${part}%` : "Controle";
  });
  for (const end of ["load", "error", "abort", "timeout"]) {
    request.addEventListener(end, () => hear(job, request));
  }
  request.send(data);
}

function hear(job, request) {
  busy -= 1;
  const answered = parsed(request);
  if ([TAKEN, REFUSED].includes(request.status) && answered) {
    if (request.status === REFUSED) refused += 1;
    taken += 1;
    job.item.replaceWith(answered);
    window.htmx?.process(answered); // it asks for its own state from now on
  } else {
    strand(job, request.status, answered);
  }
  tell();
  work();
}

/** The line for the list that came back, if it is one. */
function parsed(request) {
  const holder = document.createElement("template");
  holder.innerHTML = request.responseText.trim();
  return holder.content.querySelector("li[data-file]");
}

function strand(job, code, answered) {
  const kind = code in SENTENCES ? code : code >= 500 ? (code < 505 && code > 501 ? 503 : 500) : 400;
  const own = answered?.querySelector("[data-reason]")?.textContent.trim();
  stranded.add(job);
  isHeld ||= ABOUT_ALL.includes(kind);
  job.state.className = "small wrong-line";
  job.state.textContent = own || SENTENCES[kind];
  if (kind === 401) job.state.append(" ", signIn());
  job.again = document.createElement("button");
  job.again.type = "button";
  job.again.className = "go";
  job.again.textContent = "Probeer opnieuw";
  job.again.setAttribute("aria-label", `Probeer ${job.file.name} opnieuw`);
  job.again.addEventListener("click", () => resume([job]));
  job.bar.replaceWith(job.again);
}

function signIn() {
  const link = document.createElement("a");
  link.href = form.dataset.signIn;
  link.target = "_blank";
  link.textContent = "Meld je aan";
  return link;
}

/** Send these again, and go on with what waited for them. */
function resume(jobs) {
  isHeld = false;
  for (const job of jobs) {
    stranded.delete(job);
    job.again.replaceWith(job.bar);
  }
  enqueue(waiting.splice(0), jobs); // what was not tried yet first: one bad file holds up nobody
}

function tell() {
  const left = sent - taken - stranded.size;
  const not = refused ? `, ${refused} geweigerd` : "";
  const failed = stranded.size ? `, ${stranded.size} nog niet gelukt` : "";
  status.textContent = `${taken} van ${sent} verstuurd${not}${failed}.`;
  if (isHeld && left > busy) status.append(` ${left - busy} wachten. `);
  if (stranded.size && !busy && stranded.size + left > 1) status.append(" ", allAgain());
  after.hidden = busy > 0 || taken < sent; // the rest of the page says what was before
  if (busy) status.dataset.state = "busy";
  else if (stranded.size) status.dataset.state = "wrong";
  else delete status.dataset.state;
}

function allAgain() {
  const button = document.createElement("button");
  button.type = "button";
  button.className = "go";
  button.textContent = "Probeer alles opnieuw";
  button.addEventListener("click", () => resume([...stranded]));
  return button;
}

function work() {
  while (!isHeld && busy < AT_ONCE && waiting.length) {
    busy += 1;
    send(waiting.shift());
  }
}

function enqueue(...lots) {
  for (const job of lots.flat()) {
    job.state.className = "small";
    job.state.textContent = "Wacht";
    job.bar.value = 0;
    waiting.push(job);
  }
  work();
  tell();
}

if (form && list) {
  const field = form.querySelector('input[type="file"]');
  form.addEventListener("submit", (event) => {
    event.preventDefault();
    const jobs = [...field.files].map(line);
    field.value = "";
    sent += jobs.length;
    isHeld = false;
    enqueue(jobs);
  });
  // What was chosen lives in this page only.
  window.addEventListener("beforeunload", (event) => {
    if (busy || waiting.length || stranded.size) event.preventDefault();
  });
}
