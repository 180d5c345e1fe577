/* The budget sheet: sums while one types, and cells pasted from a spreadsheet. Works without it, too. */
(() => {
  "use strict";
  const form = document.querySelector("[data-sheet]");
  if (!form) return;
  const bare = (text) => text.replace(/[,，\s¥￥$€]/g, "").replace(/[−–－]/g, "-");
  const cents = (text) => { const value = Math.round(Number(bare(text)) * 100); return Number.isFinite(value) ? value : 0; };
  const shown = (value) => (value % 100 ? (value / 100).toFixed(2) : String(value / 100));
  const grouped = (value) => (value / 100).toLocaleString("en-US", { minimumFractionDigits: value % 100 ? 2 : 0 });
  const rows = () => Array.from(form.querySelectorAll("tbody [data-item]")).filter((row) => !row.hidden);
  const cells = (row) => [row.querySelector("[data-year]"), ...row.querySelectorAll("[data-month]")];

  const addUp = () => {
    const sums = Array.from(form.querySelectorAll("[data-sum]"));
    const totals = sums.map(() => 0);
    rows().forEach((row) => cells(row).forEach((cell, place) => { totals[place] += cents(cell.value); }));
    sums.forEach((sum, place) => { sum.textContent = totals[place] ? grouped(totals[place]) : "–"; });
  };
  const follow = (row) => {
    const [year, ...months] = cells(row);
    year.value = months.some((cell) => cell.value.trim()) ? shown(months.reduce((sum, cell) => sum + cents(cell.value), 0)) : year.value;
  };
  form.addEventListener("input", (event) => {
    if (event.target.matches("[data-month]")) follow(event.target.closest("[data-item]"));
    addUp();
  });

  const rowAfter = (row) => {
    const all = rows();
    const next = all[all.indexOf(row) + 1];
    if (next) return next;
    form.querySelector("[data-add-row]").click();
    return rows().pop();
  };
  form.addEventListener("paste", (event) => {
    const start = event.target.closest("[data-month], [data-year]");
    const text = event.clipboardData.getData("text").replace(/\r?\n$/, "");
    if (!start || !/[\t\n]/.test(text)) return;
    event.preventDefault();
    let row = start.closest("[data-item]");
    const first = cells(row).indexOf(start);
    text.split(/\r?\n/).slice(0, 100).forEach((line, number) => {
      if (number) row = rowAfter(row);
      const own = cells(row);
      line.split("\t").forEach((value, place) => { if (own[first + place]) own[first + place].value = bare(value); });
      if (line.split("\t").length + first > 1) follow(row);
    });
    start.focus();
    start.dispatchEvent(new Event("input", { bubbles: true }));
  });
  form.addEventListener("click", () => setTimeout(addUp));
  addUp();
})();
