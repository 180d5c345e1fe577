/* Drag a bar of a draft by whole days: it writes the dates of its row, which can be typed as well. */
(() => {
  "use strict";
  const DAY = 86400000;
  const moved = (text, days) => new Date(Date.parse(`${text}T00:00:00Z`) + days * DAY).toISOString().slice(0, 10);
  const fields = (row) => ["starts_on", "due_on"]
    .map((name) => document.querySelector(`[name="rows-${row}-${name}"]`))
    .filter((field) => field && /^\d{4}-\d\d-\d\d$/.test(field.value));
  const arm = (bar, width) => {
    const hatch = bar.nextElementSibling && bar.nextElementSibling.matches(".g-hatch") ? bar.nextElementSibling : null;
    let start = null;
    let base = 0;
    let now = 0;
    const show = (days) => [bar, hatch].forEach((part) => part && part.setAttribute("transform", `translate(${days * width} 0)`));
    bar.addEventListener("pointerdown", (event) => { start = event.clientX; now = base; bar.setPointerCapture(event.pointerId); event.preventDefault(); });
    bar.addEventListener("pointermove", (event) => {
      if (start === null) return;
      now = base + Math.round((event.clientX - start) / width);
      show(now);
    });
    bar.addEventListener("pointerup", () => {
      if (start === null) return;
      start = null;
      fields(bar.dataset.bar).forEach((field) => {
        field.value = moved(field.value, now - base);
        field.dispatchEvent(new Event("input", { bubbles: true }));
      });
      base = now;
    });
    bar.addEventListener("pointercancel", () => { start = null; show(base); });
  };
  document.querySelectorAll("svg[data-gantt]").forEach((chart) => {
    chart.querySelectorAll("[data-bar]").forEach((bar) => arm(bar, Number(chart.dataset.day)));
  });
})();
