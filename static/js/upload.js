// Files go up one by one, three at a time, each with its own state; a refused one is alone.
// Without this file the same form sends them all at once.

import { toSend } from "./token.js";

const AT_ONCE = 3;

const form = document.querySelector("[data-upload]");
const list = document.querySelector("[data-upload-list]");
const status = document.querySelector("[data-upload-status]");
const after = document.querySelector("[data-upload-after]");
const waiting = [];
let busy = 0;
let sent = 0;
let done = 0;
let refused = 0;

function line(file) {
  const item = document.createElement("li");
  const name = document.createElement("span");
  const state = document.createElement("span");
  const bar = document.createElement("progress");
  item.dataset.file = "";
  name.className = "what";
  name.textContent = file.name;
  state.className = "small";
  state.textContent = "Wacht";
  bar.max = 100;
  bar.value = 0;
  bar.setAttribute("aria-label", file.name);
  item.append(name, state, bar);
  list.append(item);
  return { item, state, bar };
}

function send(job) {
  const request = new XMLHttpRequest();
  const { data, headers } = toSend(form);
  data.set("bestand", job.file);
  request.open("POST", form.action);
  request.setRequestHeader("X-CSRFToken", headers["X-CSRFToken"]);
  request.setRequestHeader("X-Requested-With", "fetch");
  request.upload.addEventListener("progress", (event) => {
    const part = event.lengthComputable ? Math.round((100 * event.loaded) / event.total) : 0;
    job.shown.bar.value = part;
    job.shown.state.textContent = part < 100 ? `Verstuurt ${part}%` : "Controle";
  });
  request.addEventListener("load", () => finish(job, request));
  request.addEventListener("error", () => offerAgain(job));
  request.send(data);
}

function finish(job, request) {
  if (request.status !== 201 && request.status !== 422) return offerAgain(job);
  if (request.status === 422) refused += 1;
  const holder = document.createElement("template");
  holder.innerHTML = request.responseText.trim();
  const answered = holder.content.firstElementChild;
  job.shown.item.replaceWith(answered);
  window.htmx?.process(answered); // it asks for its own state from now on
  return settle();
}

function offerAgain(job) {
  const again = document.createElement("button");
  again.type = "button";
  again.className = "go";
  again.textContent = "Probeer opnieuw";
  job.shown.state.textContent = "Dat lukte niet.";
  job.shown.bar.replaceWith(again);
  again.addEventListener("click", () => {
    job.shown.item.remove();
    enqueue([job.file]);
  });
  settle();
}

function tell() {
  const not = refused ? `, ${refused} geweigerd` : "";
  status.textContent = `${done} van ${sent} verstuurd${not}.`;
  after.hidden = done < sent; // the rest of the page says what was before
  if (done < sent) status.dataset.state = "busy";
  else delete status.dataset.state;
}

function settle() {
  busy -= 1;
  done += 1;
  tell();
  work();
}

function work() {
  while (busy < AT_ONCE && waiting.length) {
    busy += 1;
    send(waiting.shift());
  }
}

function enqueue(files) {
  for (const file of files) {
    waiting.push({ file, shown: line(file) });
    sent += 1;
  }
  tell();
  work();
}

if (form && list) {
  const field = form.querySelector('input[type="file"]');
  form.addEventListener("submit", (event) => {
    event.preventDefault();
    const files = [...field.files];
    field.value = "";
    enqueue(files);
  });
}
