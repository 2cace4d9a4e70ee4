"use strict";
(() => {
  const box = document.getElementById("filter");
  if (!box) return;
  box.closest("p").hidden = false;
  const rows = [...document.querySelectorAll("[data-filter]")];
  const folded = (text) => text.normalize("NFD").replace(/\p{M}/gu, "").toLowerCase();
  const texts = rows.map((row) => folded(row.textContent));
  box.addEventListener("input", () => {
    const words = folded(box.value).split(/\s+/).filter(Boolean);
    let shown = 0;
    rows.forEach((row, at) => {
      row.hidden = !words.every((word) => texts[at].includes(word));
      shown += row.hidden ? 0 : 1;
    });
    document.querySelectorAll("table").forEach((table) => {
      const empty = ![...table.querySelectorAll("[data-filter]")].some((row) => !row.hidden);
      table.hidden = empty;
      const heading = table.previousElementSibling;
      if (heading?.tagName === "H2") heading.hidden = empty;
    });
    document.getElementById("filtered").textContent = words.length ? `${shown} of ${rows.length}` : "";
  });
})();
