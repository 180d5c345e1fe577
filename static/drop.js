/* Files dropped on the page go up one at a time, each with its progress; their rows come below. */
"use strict";

(function () {
  const form = document.querySelector("[data-drop]");
  if (!form) return;
  const find = (name) => document.querySelector(`[data-drop-${name}]`);
  const list = find("list"), rows = find("rows"), empty = find("empty"), count = find("count");
  const input = form.querySelector("input[type=file]");
  const waiting = [];
  let busy = false;

  function add(files) {
    for (const file of files) {
      const line = document.createElement("li");
      const bar = document.createElement("progress");
      bar.max = 100;
      bar.className = "upload";
      bar.setAttribute("aria-label", file.name);
      line.append(`${file.name} `, bar);
      list.append(line);
      waiting.push({ file, line, bar });
    }
    next();
  }

  function next() {
    if (busy || waiting.length === 0) return;
    busy = true;
    send(waiting.shift());
  }

  function send({ file, line, bar }) {
    const data = new FormData();
    for (const field of form.querySelectorAll("input[type=hidden]")) data.append(field.name, field.value);
    data.set("form_key", crypto.randomUUID ? crypto.randomUUID() : data.get("form_key"));
    data.append("files", file);
    const request = new XMLHttpRequest();
    request.open("POST", form.action);
    request.setRequestHeader("Accept", "application/json");
    request.upload.onprogress = (event) => { if (event.lengthComputable) bar.value = (100 * event.loaded) / event.total; };
    request.onload = () => { take(request, line, bar); busy = false; next(); };
    request.onerror = () => { fail(line, bar, form.dataset.failed); busy = false; next(); };
    request.send(data);
  }

  function take(request, line, bar) {
    let answer = {};
    try { answer = JSON.parse(request.responseText); } catch { answer = {}; }
    if (!answer.row) return fail(line, bar, answer.refused || answer.message || form.dataset.failed);
    line.remove();
    const page = new DOMParser().parseFromString(answer.row, "text/html");
    const row = document.importNode(page.body.firstElementChild, true);
    if (document.getElementById(row.id)) return null;
    rows.append(row);
    rows.hidden = false;
    if (empty) empty.hidden = true;
    if (count) count.textContent = String(Number(count.textContent) + 1);
    return null;
  }

  function fail(line, bar, words) {
    bar.remove();
    const said = document.createElement("span");
    said.className = "field-error";
    said.textContent = words;
    line.append(said);
  }

  input.addEventListener("change", () => { add(input.files); input.value = ""; });
  form.addEventListener("submit", (event) => event.preventDefault());
  find("button").hidden = true;
  for (const name of ["dragover", "dragleave", "drop"]) {
    document.addEventListener(name, (event) => {
      if (!event.dataTransfer || !Array.from(event.dataTransfer.types).includes("Files")) return;
      event.preventDefault();
      form.classList.toggle("drop-over", name === "dragover");
      if (name === "drop") add(event.dataTransfer.files);
    });
  }
})();
