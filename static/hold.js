/* Holding a meeting: every line is kept in this browser first, then sent until the server has it.
   The page works without this file. */
"use strict";

(() => {
  const root = document.querySelector("[data-hold]");
  if (!root) return;
  const $ = (selector, home) => (home || root).querySelector(selector);
  const $$ = (selector, home) => Array.from((home || root).querySelectorAll(selector));
  const words = root.dataset;
  const person = (document.querySelector("[data-words]") || { dataset: {} }).dataset.person;
  const base = `hold:${person}:${words.hold}:`;
  const POLL = 4000;
  const LONGEST_WAIT = 15000;

  /* ---------- What this browser keeps ---------- */
  const memory = new Map();
  let keeps = true;

  function put(key, value) {
    memory.set(key, value);
    try { localStorage.setItem(base + key, value); } catch { keeps = false; }
  }

  function drop(key) {
    memory.delete(key);
    try { localStorage.removeItem(base + key); } catch { keeps = false; }
  }

  function all(prefix) {
    const found = new Map(Array.from(memory).filter(([key]) => key.startsWith(prefix)));
    try {
      found.clear();
      for (let place = 0; place < localStorage.length; place += 1) {
        const key = localStorage.key(place);
        if (key.startsWith(base + prefix)) found.set(key.slice(base.length), localStorage.getItem(key));
      }
    } catch { keeps = false; }
    if (!keeps) memory.forEach((value, key) => { if (key.startsWith(prefix)) found.set(key, value); });
    return found;
  }

  function newKey() {
    const bytes = crypto.getRandomValues(new Uint8Array(16));
    bytes[6] = (bytes[6] & 15) | 64;
    bytes[8] = (bytes[8] & 63) | 128;
    const hex = Array.from(bytes, (byte) => byte.toString(16).padStart(2, "0")).join("");
    return [hex.slice(0, 8), hex.slice(8, 12), hex.slice(12, 16), hex.slice(16, 20), hex.slice(20)].join("-");
  }

  /* ---------- The queue ---------- */
  let token = ($("[name=csrfmiddlewaretoken]") || { value: "" }).value;
  let sending = false;
  let delay = 1000;
  let timer = 0;
  let state = "";
  let finishing = null;
  let stamp = "";

  const queue = () => Array.from(all("q:").values(), (text) => JSON.parse(text)).sort((one, two) => one.at - two.at || one.order - two.order);
  const waiting = () => queue().filter((entry) => !entry.refused);
  let order = 0;

  function enqueue(url, fields, more) {
    const id = newKey();
    order += 1;
    put(`q:${id}`, JSON.stringify({ id, at: Date.now(), order, url, fields, ...more }));
    showWaiting();
    pump();
  }

  function bodyOf(entry) {
    const body = new URLSearchParams(entry.fields);
    if (entry.timed) body.set("ago", Math.max(Math.round((Date.now() - entry.at) / 1000), 0));
    return body;
  }

  async function pump() {
    clearTimeout(timer);
    if (sending) return;
    const next = waiting()[0];
    if (!next) { tell(); finish(); return; }
    sending = true;
    tell();
    try {
      const answer = await fetch(next.url, {
        method: "POST", body: bodyOf(next), credentials: "same-origin", signal: AbortSignal.timeout(LONGEST_WAIT),
        headers: { Accept: "application/json", "X-CSRFToken": token },
      });
      await take(next, answer);
    } catch {
      sending = false;
      later("offline");
    }
  }

  async function take(entry, answer) {
    const isJson = (answer.headers.get("Content-Type") || "").includes("json");
    const data = isJson ? await answer.json() : {};
    sending = false;
    if (answer.ok && isJson && !answer.redirected) {
      drop(`q:${entry.id}`);
      delay = 1000;
      state = "";
      closeEditor(entry);
      show(data);
      pump();
      return;
    }
    if (answer.redirected || answer.status === 403) { later("signedOut"); return; }
    if (answer.status >= 500 || (answer.status === 409 && entry.isNew)) { later("offline"); return; }
    put(`q:${entry.id}`, JSON.stringify({ ...entry, refused: data.message || words.failed }));
    showWaiting();
    pump();
  }

  function later(why) {
    state = why;
    delay = Math.min(delay * 2, LONGEST_WAIT);
    clearTimeout(timer);
    timer = setTimeout(pump, delay);
    tell();
  }

  function tell() {
    const spot = $("[data-state-words]");
    const count = waiting().length;
    const refused = queue().length - count;
    const waits = (count === 1 ? words.waitOne : words.waitMany).replace("{n}", count);
    let text = words.saved;
    if (refused) text = words.refused;
    if (count) text = state ? waits : words.sending;
    if (count && state === "signedOut") text = words.signedOut;
    if (finishing && count) text = words.finish;
    if (!keeps) text = `${text} ${words.noStore}`;
    if (spot.textContent !== text) spot.textContent = text;
    spot.dataset.state = count || refused || !keeps ? (state || (refused ? "refused" : "saving")) : "saved";
  }

  /* ---------- Lines that wait, under their item ---------- */
  function showWaiting() {
    const entries = queue().filter((entry) => entry.text);
    $$("[data-waiting]").forEach((list) => {
      list.replaceChildren(...entries.filter((entry) => entry.item === list.dataset.waiting).map(waitingLine));
    });
    tell();
  }

  function waitingLine(entry) {
    const line = document.createElement("li");
    const text = document.createElement("p");
    text.textContent = entry.text;
    const why = document.createElement("small");
    why.textContent = entry.refused || words.waits;
    why.className = entry.refused ? "late" : "quiet";
    line.append(text, why);
    if (entry.refused) {
      const button = document.createElement("button");
      button.type = "button";
      button.className = "btn btn-plain";
      button.textContent = words.putBack;
      button.addEventListener("click", () => putBack(entry));
      line.append(button);
    }
    return line;
  }

  function putBack(entry) {
    const field = $(`form[data-item="${CSS.escape(entry.item)}"].hold-type [name=typed]`);
    if (!field) return;
    field.value = field.value ? `${field.value} ${entry.text}` : entry.text;
    keepDraft(field);
    drop(`q:${entry.id}`);
    showWaiting();
    field.focus();
  }

  /* ---------- What is typed and not sent yet ---------- */
  function keepDraft(field) {
    const key = `d:${field.form.dataset.item}`;
    if (field.value) put(key, field.value); else drop(key);
  }

  function giveBackDrafts() {
    all("d:").forEach((text, key) => {
      const field = $(`form[data-item="${CSS.escape(key.slice(2))}"].hold-type [name=typed]`);
      if (field && !field.value) { field.value = text; followLetter(field); }
    });
  }

  function followLetter(field) {
    const letter = /^\s*([dcaｄｃａ])[\s:：.、,，]/i.exec(field.value);
    const kind = letter && letter[1].normalize("NFKC").toLowerCase();
    const radio = kind && $(`[name=kind][value=${kind}]`, field.form);
    if (radio && !radio.checked) radio.checked = true;
    openWho(field.form);
  }

  function openWho(form, asked) {
    const chosen = $("[name=kind]:checked", form);
    const who = $(".hold-who", form);
    who.hidden = !chosen || chosen.value !== "a";
    if (asked) who.open = true;
  }

  /* ---------- Sending a form ---------- */
  const fieldsOf = (form, button) => Array.from(new FormData(form, button)).filter(([name, value]) => name !== "csrfmiddlewaretoken" && typeof value === "string");

  function sendLine(form) {
    const field = $("[name=typed]", form);
    if (!field.value.trim()) { field.focus(); return; }
    const fields = fieldsOf(form).map(([name, value]) => [name, name === "key" ? newKey() : value]);
    const kind = ($("[name=kind]:checked", form) || {}).value || "c";
    const text = /^\s*[dca][\s:：]/i.test(field.value) ? field.value : `${kind} ${field.value}`;
    field.value = "";
    keepDraft(field);
    $$("[name=owner], [name=due_on]", form).forEach((one) => { one.value = ""; });
    enqueue(form.action, fields, { item: form.dataset.item, text, isNew: true });
    field.focus();
  }

  function sendForm(form, button) {
    const typed = $("[name=typed]", form);
    const more = typed ? { item: form.dataset.item, text: typed.value } : {};
    const line = form.closest("[data-part^=line-]");
    if (line) more.part = line.dataset.part;
    if (form.matches(".hold-timer")) { more.timed = true; turn(form, button.value); }
    if (form.matches(".hold-outcome")) $$("button", form).forEach((one) => one.setAttribute("aria-pressed", String(one === button)));
    enqueue(form.action, fieldsOf(form, button), more);
  }

  function closeEditor(entry) {
    const editor = entry.part && $(`[data-part="${entry.part}"] details[open]`);
    if (editor) editor.open = false;
    showWaiting();
  }

  /* ---------- Timers ---------- */
  const started = new WeakMap();

  function arm(clock) {
    const since = performance.now();
    started.set(clock, { spent: Number(clock.dataset.spent), since });
  }

  function secondsOf(clock) {
    const known = started.get(clock);
    const running = "running" in clock.dataset ? (performance.now() - known.since) / 1000 : 0;
    return Math.floor(known.spent + running);
  }

  function turn(form, what) {
    $$("[data-timer]").forEach((clock) => {
      const own = clock.closest("form") === form;
      if (!own && what !== "start") return;
      const spent = secondsOf(clock);
      started.set(clock, { spent, since: performance.now() });
      const runs = own && what === "start";
      if (runs) clock.dataset.running = ""; else delete clock.dataset.running;
      showButtons(clock.closest("form"), runs);
    });
    tick();
  }

  function showButtons(form, runs) {
    const hadFocus = form.contains(document.activeElement);
    const stop = $("[value=stop]", form);
    const start = $("[value=start]", form);
    if (!stop || !start) return;
    stop.hidden = !runs;
    start.hidden = runs;
    if (hadFocus) (runs ? stop : start).focus();
  }

  const spelt = (seconds) => `${Math.floor(seconds / 60)}:${String(seconds % 60).padStart(2, "0")}`;

  function tick() {
    $$("[data-timer]").forEach((clock) => {
      const seconds = secondsOf(clock);
      $("b", clock).textContent = spelt(seconds);
      const over = seconds - 60 * Number(clock.dataset.planned);
      const spot = $("[data-over]", clock);
      spot.hidden = over < 1;
      if (over >= 1) $("span", spot).textContent = words.over.replace("{time}", spelt(over));
    });
  }

  /* ---------- What others typed meanwhile ---------- */
  const seen = new Map();

  function show(data) {
    if (data.line) append(data);
    if (!data.html) return;
    stamp = data.stamp;
    token = data.token;
    const box = document.createElement("template");
    box.innerHTML = data.html;
    const focus = document.activeElement && document.activeElement.id;
    $$("[data-lines]", box.content).forEach(merge);
    const timed = waiting().some((entry) => entry.timed);
    $$("[data-part]", box.content).forEach((part) => {
      if (part.closest("[data-lines]") || (timed && part.matches(".hold-head"))) return;
      const there = $(`[data-part="${part.dataset.part}"]`);
      if (there && isNew(part)) there.replaceWith(document.importNode(part, true));
    });
    if (focus && document.activeElement && document.activeElement.id !== focus) {
      const again = document.getElementById(focus);
      if (again && !again.hidden) again.focus();
    }
    $$("[data-timer]").forEach((clock) => { if (!started.has(clock)) arm(clock); });
    tick();
  }

  function append(data) {
    token = data.token;
    const list = $(`[data-lines="${data.place}"]`);
    const box = document.createElement("template");
    box.innerHTML = data.line;
    const line = $("[data-part]", box.content);
    if (!list || $(`[data-part="${line.dataset.part}"]`, list)) return;
    isNew(line);
    list.append(document.importNode(line, true));
  }

  function isNew(part) {
    const source = part.outerHTML;
    if (seen.get(part.dataset.part) === source) return false;
    seen.set(part.dataset.part, source);
    return true;
  }

  function merge(fresh) {
    const list = $(`[data-lines="${fresh.dataset.lines}"]`);
    if (!list) return;
    const there = new Map(Array.from(list.children, (line) => [line.dataset.part, line]));
    Array.from(fresh.children).forEach((line, place) => {
      const old = there.get(line.dataset.part);
      there.delete(line.dataset.part);
      if (!old) { isNew(line); list.insertBefore(document.importNode(line, true), list.children[place] || null); return; }
      if ($("details[open]", old)) return;
      if (isNew(line)) old.replaceWith(document.importNode(line, true));
    });
    there.forEach((line) => { if (!$("details[open]", line)) line.remove(); });
  }

  async function poll() {
    if (!document.hidden && !sending) {
      try {
        const answer = await fetch(`${words.now}?seen=${stamp}`, { credentials: "same-origin", headers: { Accept: "application/json" }, signal: AbortSignal.timeout(LONGEST_WAIT) });
        if (answer.status === 200 && !answer.redirected && !sending) show(await answer.json());
        if (answer.ok && !answer.redirected && state) { state = ""; delay = 1000; pump(); }
      } catch {
        if (waiting().length) { state = "offline"; tell(); }
      }
    }
    setTimeout(poll, POLL);
  }

  /* ---------- The end waits for what was typed ---------- */
  function finish() {
    if (!finishing) return;
    const { form, button } = finishing;
    finishing = null;
    if (queue().length === 0) form.requestSubmit(button);
  }

  function onFinish(event) {
    $$("form.hold-type").filter((form) => $("[name=typed]", form).value.trim()).forEach(sendLine);
    if (waiting().length === 0) return;
    event.preventDefault();
    finishing = { form: event.target, button: event.submitter };
    tell();
    pump();
  }

  root.addEventListener("submit", (event) => {
    const form = event.target;
    if (form.matches("[data-finish]")) { onFinish(event); return; }
    if (!form.matches("[data-sent-on]")) return;
    event.preventDefault();
    if (form.matches(".hold-type")) sendLine(form); else sendForm(form, event.submitter);
  });
  root.addEventListener("input", (event) => {
    if (event.target.matches(".hold-type [name=typed]")) { keepDraft(event.target); followLetter(event.target); }
  });
  root.addEventListener("change", (event) => {
    const box = event.target;
    if (box.matches(".hold-type [name=kind]")) openWho(box.form, true);
    if (box.matches("[data-part=people] [name=present]")) enqueue(words.people, [["attendee", box.value], ...(box.checked ? [["present", "on"]] : [])], {});
  });
  window.addEventListener("online", () => { delay = 1000; pump(); });
  window.addEventListener("storage", (event) => { if (!event.key || event.key.startsWith(base)) { showWaiting(); pump(); } });

  $$("[data-timer]").forEach(arm);
  $$("form.hold-type").forEach((form) => openWho(form));
  giveBackDrafts();
  showWaiting();
  setInterval(tick, 1000);
  pump();
  setTimeout(poll, POLL / 4);
})();
