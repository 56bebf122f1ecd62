// Rows of a table: add, drop, and put in place what the server or this device kept.

/** Makes "Voeg toe" and "Schrap" work without a request of their own. */
export function watchRows(form) {
  const add = form.querySelector("[data-add]");
  add.hidden = false;
  add.addEventListener("click", () => {
    const row = addRow(form, newId());
    row.querySelector("input:not([type=hidden]), select, textarea").focus();
  });
  form.addEventListener("click", (event) => {
    const drop = event.target.closest("[data-drop]");
    if (!drop) return;
    event.preventDefault();
    dropRow(form, drop.closest("[data-row]"));
  });
}

function newId() {
  const bytes = crypto.getRandomValues(new Uint8Array(6));
  return [...bytes].map((byte) => byte.toString(16).padStart(2, "0")).join("");
}

/** A copy of the blank row under another id, at the end. */
function addRow(form, id) {
  const blank = form.querySelector("template[data-blank]");
  const piece = document.createElement("template");
  piece.innerHTML = blank.innerHTML.replaceAll("nieuw.", `${id}.`).replaceAll("-nieuw-", `-${id}-`).replaceAll('"nieuw"', `"${id}"`);
  const row = piece.content.firstElementChild;
  form.querySelector("[data-rows]").append(row);
  return row;
}

function dropRow(form, row) {
  const near = row.nextElementSibling?.hidden === false ? row.nextElementSibling : row.previousElementSibling;
  row.remove();
  (near?.querySelector("summary, input:not([type=hidden]), select, textarea") ?? form.querySelector("[data-add]")).focus();
  form.dispatchEvent(new Event("input", { bubbles: true }));
}

/** Rows as the fields of a form: [["row", id], ["id.column", text], …] → [{id, cells}]. */
export function rowsOf(fields) {
  const rows = fields.filter(([name]) => name === "row").map(([, id]) => ({ id, cells: {} }));
  for (const [name, value] of fields) {
    const row = rows.find(({ id }) => name.startsWith(`${id}.`));
    if (row) row.cells[name.slice(row.id.length + 1)] = value;
  }
  return rows;
}

/** Makes the form show these rows; what `touched(name)` names stays as it is. */
export function showRows(form, rows, touched = () => false) {
  const ids = new Set(rows.map(({ id }) => id));
  for (const row of form.querySelectorAll("[data-rows] > [data-row]")) {
    const names = [...row.querySelectorAll("[name]")].map((field) => field.name);
    if (!row.hidden && !ids.has(row.dataset.row) && !names.some(touched)) row.remove();
  }
  for (const { id, cells } of rows) {
    const row = form.querySelector(`[data-row="${CSS.escape(id)}"]`) ?? addRow(form, id);
    for (const [key, value] of Object.entries(cells)) {
      const field = row.querySelector(`[name="${CSS.escape(`${id}.${key}`)}"]`);
      if (field && !touched(field.name)) field.value = value;
    }
  }
}
