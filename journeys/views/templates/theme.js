"use strict";
(() => {
  // What somebody chose, if the browser lets a page remember it; else pages follow the system.
  try {
    const chosen = localStorage.getItem("evidence-journeys-colours");
    if (chosen === "light" || chosen === "dark") document.documentElement.dataset.theme = chosen;
  } catch {}
})();
