/* The stopwatch of the search: how long ago the first key was pressed goes with each question. */
"use strict";

(function () {
  let start = null;
  const box = document.getElementById("find");

  box.addEventListener("keydown", () => { if (start === null) start = performance.now(); });
  box.addEventListener("pointerdown", () => { if (start === null) start = performance.now(); });
  document.addEventListener("htmx:configRequest", (event) => {
    if (start !== null && event.detail.elt.matches(".find")) {
      event.detail.headers["X-Find-Elapsed"] = String(Math.round(performance.now() - start));
    }
  });
})();
