/* The agenda of a plan: rows are put in order by arrows or by dragging, the clock runs with them. */
(() => {
  "use strict";
  const list = document.querySelector("[data-rows='items'][data-agenda]");
  if (!list) return;
  const form = list.closest("form");
  const sum = document.querySelector("[data-agenda-sum]");
  const said = document.querySelector("[data-agenda-said]");
  const rows = () => Array.from(list.querySelectorAll("[data-item]")).filter((row) => !row.hidden);
  const field = (row, name) => row.querySelector(`[name$='-${name}']`);
  const minutesOf = (row) => (field(row, "title").value.trim() ? Number(field(row, "minutes").value) || 0 : 0);
  const moment = (name) => { const value = form.elements[name] && form.elements[name].value; return value ? new Date(value) : null; };
  const clock = (time) => `${String(time.getHours()).padStart(2, "0")}:${String(time.getMinutes()).padStart(2, "0")}`;
  const spell = (text, count) => text.replace("{n}", count);

  function count() {
    const start = moment("starts_at");
    const end = moment("planned_end");
    let minutes = 0;
    rows().forEach((row) => {
      const shown = row.querySelector("[data-clock]");
      shown.textContent = start && field(row, "title").value.trim() ? clock(new Date(start.getTime() + minutes * 60000)) : "";
      minutes += minutesOf(row);
    });
    const over = start && end ? minutes - Math.round((end - start) / 60000) : 0;
    sum.textContent = spell(over > 0 ? sum.dataset.over : sum.dataset.fits, over > 0 ? over : minutes);
    sum.classList.toggle("late", over > 0);
  }

  function arranged() {
    rows().forEach((row, index) => {
      row.querySelector("[data-number]").textContent = index + 1;
      field(row, "place").value = index;
    });
    form.elements.is_arranged.value = "on";
    form.elements.is_arranged.dispatchEvent(new Event("input", { bubbles: true }));
    count();
  }

  function step(button) {
    const row = button.closest("[data-item]");
    const all = rows();
    const here = all.indexOf(row);
    const up = button.value.endsWith("-up");
    const other = all[here + (up ? -1 : 1)];
    if (!other) return;
    list.insertBefore(row, up ? other : other.nextElementSibling);
    arranged();
    button.focus();
    said.textContent = spell(said.dataset.moved, rows().indexOf(row) + 1);
  }

  list.addEventListener("click", (event) => {
    const button = event.target.closest("button[name='move']");
    if (button) { event.preventDefault(); step(button); }
  });

  let held = null;
  list.addEventListener("pointerdown", (event) => {
    const grip = event.target.closest("[data-grip]");
    if (!grip) return;
    held = grip.closest("[data-item]");
    held.classList.add("is-held");
    list.setPointerCapture(event.pointerId);
    event.preventDefault();
  });
  list.addEventListener("pointermove", (event) => {
    if (!held) return;
    const before = rows().find((row) => row !== held && event.clientY < row.getBoundingClientRect().top + row.offsetHeight / 2);
    if (before !== held.nextElementSibling) list.insertBefore(held, before || null);
  });
  const drop = () => {
    if (!held) return;
    held.classList.remove("is-held");
    held = null;
    arranged();
  };
  list.addEventListener("pointerup", drop);
  list.addEventListener("pointercancel", drop);

  form.addEventListener("input", count);
  form.addEventListener("change", count);
  form.addEventListener("click", () => setTimeout(count));
  count();
})();
