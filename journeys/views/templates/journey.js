"use strict";
(() => {
  const detail = document.getElementById("detail");
  const map = document.querySelector("svg.map");
  if (!map || !detail) return;

  const make = (tag, text) => {
    const made = document.createElement(tag);
    made.textContent = text;
    return made;
  };

  // What a mark stands for is in the table already: its row is shown beside the map.
  const show = (mark) => {
    const row = document.getElementById("step-" + mark.dataset.step);
    map.querySelectorAll("a[aria-current]").forEach((other) => other.removeAttribute("aria-current"));
    mark.setAttribute("aria-current", "true");
    const head = make("h3", mark.dataset.step + ". " + row.querySelector(".sentence").textContent);
    const when = row.cells[1].innerText.trim().replace(/\s*\n\s*/g, "; ");
    const where = row.cells[2].innerText.trim();
    const facts = make("p", [when || "no date known", where].filter(Boolean).join(" · "));
    const claims = row.querySelector(".claims").cloneNode(true);
    const there = make("a", "To its row in the table");
    there.href = "#step-" + mark.dataset.step;
    detail.replaceChildren(head, facts, claims, there);
  };

  map.addEventListener("click", (event) => {
    const mark = event.target.closest("a[data-step]");
    if (!mark) return;
    event.preventDefault();
    show(mark);
    detail.scrollIntoView({ block: "nearest" });
  });

  map.addEventListener("keydown", (event) => {
    const step = { ArrowRight: 1, ArrowDown: 1, ArrowLeft: -1, ArrowUp: -1 }[event.key];
    const mark = event.target.closest("a[data-step]");
    if (!mark || (!step && event.key !== " ")) return;
    event.preventDefault();
    if (event.key === " ") return show(mark);
    const marks = [...map.querySelectorAll("a[data-step]")];
    const next = marks[marks.indexOf(mark) + step];
    if (next) next.focus();
  });

  document.getElementById("save-map").addEventListener("click", (event) => {
    const copy = map.cloneNode(true);
    copy.removeAttribute("class");
    copy.querySelectorAll("a").forEach((link) => {
      const group = document.createElementNS("http://www.w3.org/2000/svg", "g");
      group.append(...link.childNodes);
      link.replaceWith(group);
    });
    const words = '<?xml version="1.0" encoding="UTF-8"?>\n' + new XMLSerializer().serializeToString(copy) + "\n";
    const link = document.createElement("a");
    link.href = URL.createObjectURL(new Blob([words], { type: "image/svg+xml" }));
    link.download = event.currentTarget.dataset.name;
    link.click();
    setTimeout(() => URL.revokeObjectURL(link.href), 60000);
  });
})();
