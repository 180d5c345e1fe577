/* Makes pages quicker, never possible: every page works without this file. */
"use strict";

(function () {
  const $ = (selector, root) => (root || document).querySelector(selector);
  const $$ = (selector, root) => Array.from((root || document).querySelectorAll(selector));
  const words = () => ($("[data-words]") || { dataset: {} }).dataset;

  /* ---------- Keys ---------- */
  let going = false;

  function isTyping(target) {
    return target.closest("input, textarea, select, [contenteditable]") !== null;
  }

  function onKey(event) {
    if (event.ctrlKey || event.metaKey || event.altKey) return;
    if (event.key === "Escape") closeMenus();
    if (isTyping(event.target)) return;
    if (going) {
      going = false;
      const place = $(`[data-go="${CSS.escape(event.key)}"]`);
      if (place) { event.preventDefault(); place.click(); }
      return;
    }
    if (event.key === "g") { going = true; setTimeout(() => { going = false; }, 1500); return; }
    const spot = $(`[data-key="${CSS.escape(event.key)}"]`);
    if (event.key === "?" && $("[data-keys]")) { event.preventDefault(); $("[data-keys]").showModal(); return; }
    if (!spot) return;
    event.preventDefault();
    if (spot.tagName === "SUMMARY") openMenu(spot); else { spot.focus(); spot.select(); }
  }

  /* ---------- Menus ---------- */
  function closeMenus(except) {
    $$("details.menu[open]").forEach((menu) => {
      if (menu === except) return;
      if (menu.contains(document.activeElement)) $("summary", menu).focus();
      menu.open = false;
    });
  }

  function openMenu(summary) {
    summary.parentElement.open = true;
    const first = $("a, button", summary.parentElement);
    if (first) first.focus();
  }

  /* ---------- Notes ---------- */
  function armNote(note) {
    const close = $("[data-close]", note);
    if (close) { close.hidden = false; close.addEventListener("click", () => note.remove()); }
    if (note.dataset.note === "success" || note.dataset.note === "info") setTimeout(() => note.remove(), 12000);
  }

  /* ---------- Busy buttons and double clicks ---------- */
  function onSubmit(event) {
    const form = event.target;
    if (form.method !== "post" || event.defaultPrevented) return;
    if (form.dataset.sent) { event.preventDefault(); return; }
    form.dataset.sent = "1";
    const button = event.submitter;
    if (button) setTimeout(() => markBusy(button), 0);
    setTimeout(() => release(form), 15000);
    if ("upload" in form.dataset && hasFiles(form)) { event.preventDefault(); upload(form, button); }
  }

  function markBusy(button) {
    button.style.minWidth = `${button.offsetWidth}px`;
    button.setAttribute("aria-busy", "true");
    if (button.dataset.busy) button.textContent = button.dataset.busy;
  }

  function release(form) {
    delete form.dataset.sent;
    $$("[aria-busy=true]").filter((button) => button.form === form).forEach((button) => button.removeAttribute("aria-busy"));
  }

  /* ---------- Uploads with progress ---------- */
  const hasFiles = (form) => $$("input[type=file]", form).some((input) => input.files.length > 0);

  function upload(form, button) {
    const bar = document.createElement("progress");
    bar.max = 100;
    bar.className = "upload";
    bar.setAttribute("aria-label", words().uploading || "");
    (button ? button.parentElement : form).append(bar);
    const data = new FormData(form, button || undefined);
    const request = new XMLHttpRequest();
    request.open("POST", form.action || location.href);
    request.upload.onprogress = (event) => { if (event.lengthComputable) bar.value = (100 * event.loaded) / event.total; };
    request.onload = () => showPage(request.responseText, request.responseURL);
    request.onerror = () => { bar.remove(); release(form); say("red", words().failed || ""); };
    request.send(data);
  }

  /* The answer stands in place of the form, so that its notes are read once and not lost. */
  function showPage(text, address) {
    const page = new DOMParser().parseFromString(text, "text/html");
    document.title = page.title;
    document.body.replaceWith(document.importNode(page.body, true));
    if (address) history.pushState(null, "", address);
    if (window.htmx) window.htmx.process(document.body);
    window.scrollTo(0, 0);
    const main = $("main");
    if (main) main.focus();
    start();
  }

  /* ---------- Exports: the button turns until the file is there ---------- */
  async function download(link) {
    if (link.getAttribute("aria-busy") === "true") return;
    link.setAttribute("aria-busy", "true");
    try {
      const answer = await fetch(link.href, { credentials: "same-origin" });
      const name = /filename="?([^";]+)/.exec(answer.headers.get("Content-Disposition") || "");
      if (!answer.ok || !name) { location.assign(link.href); return; }
      const file = document.createElement("a");
      file.href = URL.createObjectURL(await answer.blob());
      file.download = name[1];
      file.click();
      setTimeout(() => URL.revokeObjectURL(file.href), 60000);
    } catch {
      say("red", words().broken || "");
    } finally {
      link.removeAttribute("aria-busy");
    }
  }

  function say(tone, text) {
    const box = $("[data-notes]");
    if (!box || !text) return;
    const note = document.createElement("div");
    note.className = `note note-${tone}`;
    note.textContent = text;
    box.append(note);
  }

  /* ---------- Rows of a formset ---------- */
  function addRow(name) {
    const total = $(`[name="${CSS.escape(name)}-TOTAL_FORMS"]`);
    const made = $(`template[data-row="${CSS.escape(name)}"]`).content.cloneNode(true);
    const number = total.value;
    made.querySelectorAll("*").forEach((element) => {
      Array.from(element.attributes).forEach((attribute) => {
        if (attribute.value.includes("__prefix__")) attribute.value = attribute.value.replaceAll("__prefix__", number);
      });
    });
    total.value = Number(number) + 1;
    const rows = $(`[data-rows="${CSS.escape(name)}"]`);
    rows.append(made);
    const row = rows.lastElementChild;
    showScripted(row);
    showWhen(row);
    renumber(rows);
    const first = $("select, input:not([type=hidden]), textarea", row);
    if (first) first.focus();
    return row;
  }

  function removeRow(button) {
    const row = button.closest("[data-item]");
    const rows = row.closest("[data-rows]");
    const tick = $("input[name$='-DELETE']", row);
    if (tick) {
      tick.checked = true;
      row.hidden = true;
      tick.dispatchEvent(new Event("input", { bubbles: true }));
    }
    renumber(rows);
    const next = rows.parentElement.querySelector("[data-add-row]") || $("[data-add-row]");
    if (next) next.focus();
  }

  function renumber(rows) {
    $$("[data-item]", rows).filter((row) => !row.hidden).forEach((row, index) => {
      const number = $("[data-number]", row);
      if (number) number.textContent = index + 1;
    });
  }

  /* What only script can do is hidden until there is script; rows that are added come hidden too. */
  function showScripted(root) {
    $$("[data-script]", root).forEach((part) => { part.hidden = false; });
  }

  /* A part that belongs to one choice: data-when="kind" data-is="problem opinion". */
  function showWhen(root) {
    $$("[data-when]", root).forEach((part) => {
      const home = part.closest("[data-item]") || part.closest("form") || document;
      const field = $(`[name="${CSS.escape(part.dataset.when)}"], [name$="-${CSS.escape(part.dataset.when)}"]`, home);
      if (!field) return;
      const value = field.type === "checkbox" ? (field.checked ? "on" : "") : field.value;
      part.hidden = !part.dataset.is.split(" ").includes(value);
    });
  }

  /* ---------- Autosave: what was typed is never lost ---------- */
  const SKIP = new Set(["csrfmiddlewaretoken", "row_version", "form_key", "next"]);

  /* Kept by person, so that nobody is offered the words of a colleague at the same desk. */
  const keyOf = (form) => `typed:${words().person}:${form.dataset.keyStore || location.pathname}`;

  function fieldsOf(form) {
    return Array.from(new FormData(form)).filter(([name, value]) => !SKIP.has(name) && typeof value === "string");
  }

  function autosave(form) {
    const key = keyOf(form);
    const tab = Math.random().toString(36).slice(2);
    const saved = $$("[data-saved]");
    let timer = 0;
    let sending = false;
    let again = false;
    let delay = 1000;
    let clean = JSON.stringify(fieldsOf(form));
    let kept = clean;
    form.dataset.guarded = "1";

    const show = (text, state) => saved.forEach((spot) => { spot.textContent = text; spot.dataset.state = state; });
    const read = () => { try { return JSON.parse(localStorage.getItem(key)); } catch { return null; } };

    function keep(sent) {
      const mine = { tab, at: Date.now(), sent: Boolean(sent), fields: fieldsOf(form) };
      kept = JSON.stringify(mine.fields);
      const there = read();
      if (there && there.tab !== tab && !same(there.fields, mine.fields)) mine.other = there.fields;
      else if (there && there.other) mine.other = there.other;
      try { localStorage.setItem(key, JSON.stringify(mine)); } catch { /* a full store hinders nobody */ }
    }

    function forget() {
      const there = read();
      if (there && there.tab !== tab) return;
      if (there && there.other) localStorage.setItem(key, JSON.stringify({ tab: "", at: there.at, fields: there.other }));
      else localStorage.removeItem(key);
    }

    async function send() {
      if (sending) { again = true; return; }
      const now = JSON.stringify(fieldsOf(form));
      if (now === clean) return;
      if (!form.dataset.autosave) { show(words().keptHere || "", "saved"); return; }
      sending = true;
      show(form.dataset.saving || words().saving || "", "saving");
      try {
        const answer = await fetch(form.dataset.autosave, {
          method: "POST", body: new FormData(form), credentials: "same-origin",
          headers: { Accept: "application/json", "X-CSRFToken": ($("[name=csrfmiddlewaretoken]", form) || {}).value || "" },
        });
        await take(answer, now);
      } catch {
        show(words().offline || "", "offline");
        retry();
      } finally {
        sending = false;
        if (again) { again = false; later(); }
      }
    }

    async function take(answer, sent) {
      const isJson = (answer.headers.get("Content-Type") || "").includes("json");
      const data = isJson ? await answer.json() : {};
      if (answer.ok && isJson && !answer.redirected) {
        const spot = $("[name=row_version]", form);
        if (spot && data.row_version !== undefined) spot.value = data.row_version;
        clean = sent;
        delay = 1000;
        if (JSON.stringify(fieldsOf(form)) === sent) forget(); else keep();
        show((words().whenSaved || "").replace("{time}", data.saved_at || clock()), "saved");
        document.dispatchEvent(new CustomEvent("saved", { detail: data }));
        return;
      }
      if (answer.status === 409) { show(data.message || words().stale || "", "stale"); return; }
      if (answer.status === 422) { show(data.message || words().notSaved || "", "refused"); return; }
      if (answer.redirected || answer.status === 403) { show(words().signedOut || "", "offline"); return; }
      show(words().offline || "", "offline");
      retry();
    }

    function retry() { delay = Math.min(delay * 2, 30000); later(); }
    function later() { clearTimeout(timer); timer = setTimeout(send, delay); }

    form.addEventListener("input", () => { keep(); delay = 1000; later(); });
    form.addEventListener("change", () => { keep(); later(); });
    window.addEventListener("online", () => { delay = 1000; send(); });
    window.addEventListener("pagehide", () => { const now = JSON.stringify(fieldsOf(form)); if (!form.dataset.sent && now !== clean && now !== kept) keep(); });
    form.addEventListener("submit", () => { clearTimeout(timer); keep(true); });

    const there = read();
    if (there && there.fields && !same(there.fields, fieldsOf(form))) offer(form, there, () => { keep(); later(); });
    else if (there && !there.other) localStorage.removeItem(key);
  }

  const same = (one, two) => JSON.stringify(filled(one)) === JSON.stringify(filled(two));
  const filled = (fields) => fields.filter(([name, value]) => value !== "" && !/-(TOTAL|INITIAL|MIN_NUM|MAX_NUM)_FORMS$/.test(name));

  /* Stored words that the server does not have: newest first, the other version beside it. */
  function offer(form, stored, then) {
    const box = document.createElement("div");
    box.className = "note note-amber standing";
    box.setAttribute("role", "status");
    const text = document.createElement("span");
    const when = new Date(stored.at);
    text.textContent = (words().kept || "").replace("{time}", clock(when));
    box.append(text);
    const add = (label, act) => {
      const button = document.createElement("button");
      button.type = "button";
      button.className = "btn";
      button.textContent = label;
      button.addEventListener("click", () => { act(); box.remove(); });
      box.append(button);
    };
    add(words().putBack || "OK", () => { fill(form, stored.fields); then(); });
    if (stored.other) add(words().putOther || "OK", () => { fill(form, stored.other); then(); });
    add(words().drop || "X", () => localStorage.removeItem(keyOf(form)));
    form.before(box);
  }

  function fill(form, fields) {
    const total = fields.filter(([name]) => name.endsWith("-TOTAL_FORMS"));
    total.forEach(([name, value]) => {
      const prefix = name.slice(0, -"-TOTAL_FORMS".length);
      const have = $(`[name="${CSS.escape(name)}"]`, form);
      while (have && Number(have.value) < Number(value) && $(`template[data-row="${CSS.escape(prefix)}"]`)) addRow(prefix);
    });
    const names = new Set(fields.map(([name]) => name));
    $$("input[type=checkbox], input[type=radio]", form).forEach((box) => { box.checked = false; });
    fields.forEach(([name, value]) => {
      if (/-(TOTAL|INITIAL|MIN_NUM|MAX_NUM)_FORMS$/.test(name) || SKIP.has(name)) return;
      $$(`[name="${CSS.escape(name)}"]`, form).forEach((field) => {
        if (field.type === "checkbox" || field.type === "radio") { if (field.value === value) field.checked = true; }
        else if (field.type !== "file") field.value = value;
      });
    });
    $$("[data-item]", form).forEach((row) => { const tick = $("input[name$='-DELETE']", row); row.hidden = Boolean(tick && tick.checked && names.has(tick.name)); });
    showWhen(form);
    $$("[data-rows]", form).forEach(renumber);
  }

  const clock = (when) => { const at = when || new Date(); return `${String(at.getHours()).padStart(2, "0")}:${String(at.getMinutes()).padStart(2, "0")}`; };

  /* A form that was sent and has led to another page of the house has reached the server. */
  function forgetSent() {
    if (!$("main.desk")) return;
    const here = new Set($$("form[data-autosave]").map(keyOf));
    Object.keys(localStorage).filter((key) => key.startsWith(`typed:${words().person}:`) && !here.has(key)).forEach((key) => {
      try { if (JSON.parse(localStorage.getItem(key)).sent) localStorage.removeItem(key); } catch { localStorage.removeItem(key); }
    });
  }

  /* ---------- Small conveniences ---------- */
  function onClick(event) {
    const inside = event.target.closest("details.menu");
    closeMenus(inside);
    const file = event.target.closest("a[data-export]");
    if (file) { event.preventDefault(); download(file); return; }
    const add = event.target.closest("[data-add-row]");
    if (add) { event.preventDefault(); addRow(add.dataset.addRow).dispatchEvent(new Event("change", { bubbles: true })); return; }
    const remove = event.target.closest("[data-remove-row]");
    if (remove) { event.preventDefault(); removeRow(remove); return; }
    const keys = event.target.closest("[data-keys]");
    if (keys && event.target === keys) keys.close();
  }

  /* ---------- Start ---------- */
  function start() {
    $$("[data-note]").forEach(armNote);
    forgetSent();
    $$("form[data-autosave]").forEach((form) => { if (!form.dataset.guarded) autosave(form); });
    showScripted(document);
    showWhen(document);
    const errors = $("[data-errors]");
    if (errors) errors.focus();
    $$("select[data-submit], input[data-submit]").forEach((field) => field.addEventListener("change", () => field.form.requestSubmit()));
  }

  document.addEventListener("keydown", onKey);
  document.addEventListener("click", onClick);
  document.addEventListener("submit", onSubmit);
  document.addEventListener("input", (event) => showWhen(event.target.closest("[data-item], form") || document));
  window.addEventListener("pageshow", (event) => { if (event.persisted) $$("form[data-sent]").forEach(release); });
  start();
})();
