/* The search: its stopwatch, and the keys from the box to the hits and their previews. */
"use strict";

(function () {
  let start = null;
  const box = document.getElementById("find");
  const look = document.getElementById("look");
  const heads = () => Array.from(document.querySelectorAll("#hits .hit h3 a"));
  const isOpen = () => look.childElementCount > 0;

  /* How long ago the first key was pressed goes with each question. */
  box.addEventListener("keydown", () => { if (start === null) start = performance.now(); });
  box.addEventListener("pointerdown", () => { if (start === null) start = performance.now(); });
  document.addEventListener("htmx:configRequest", (event) => {
    if (start !== null && event.detail.elt.matches(".find")) {
      event.detail.headers["X-Find-Elapsed"] = String(Math.round(performance.now() - start));
    }
  });

  const preview = (head) => head.closest(".hit").querySelector(".look-at").click();

  function close() {
    if (look.contains(document.activeElement)) (at || box).focus();
    look.replaceChildren();
  }

  let at = null; /* the hit one stands on, or looked at last */

  function go(step) {
    const all = heads();
    const here = all.indexOf(document.activeElement);
    if (document.activeElement !== box && here < 0) return false;
    if (step < 0 && here <= 0) { box.focus(); return true; }
    const next = all[here + step];
    if (!next) return false;
    next.focus();
    at = next;
    if (isOpen()) preview(next);
    return true;
  }

  document.addEventListener("keydown", (event) => {
    if (event.altKey || event.ctrlKey || event.metaKey || event.isComposing) return;
    const onHead = heads().includes(document.activeElement);
    if (event.key === "ArrowDown" || event.key === "ArrowUp") { if (go(event.key === "ArrowDown" ? 1 : -1)) event.preventDefault(); }
    else if (event.key === "p" && onHead) { event.preventDefault(); at = document.activeElement; preview(at); }
    else if (event.key === "Escape" && isOpen()) { event.preventDefault(); close(); }
  });
  document.addEventListener("click", (event) => {
    if (event.target.closest(".look-close")) close();
    const link = event.target.closest(".look-at");
    if (link) at = link.closest(".hit").querySelector("h3 a");
  });
  /* Other hits: the paper looked at may not be among them. */
  document.addEventListener("htmx:afterSwap", (event) => { if (event.detail.target.id === "hits") look.replaceChildren(); });
})();
