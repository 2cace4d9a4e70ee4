"use strict";
(() => {
  // A cell can hold several entries: beside the one that a link leads to, the others are marked too.
  const mark = () => {
    document.querySelectorAll(".arrived").forEach((each) => each.classList.remove("arrived"));
    const cell = decodeURIComponent(location.hash.slice(1));
    if (!cell) return;
    for (const each of document.querySelectorAll("[data-cell]")) each.classList.toggle("arrived", each.dataset.cell === cell);
    const first = document.getElementById(cell);
    if (first?.tabIndex === -1) first.focus({ preventScroll: true });
  };
  addEventListener("hashchange", mark);
  mark();
})();
