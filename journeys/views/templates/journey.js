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
    const there = make("a", "Go to this step in the table");
    there.href = "#step-" + mark.dataset.step;
    detail.replaceChildren(head, facts, claims, there);
    detail.scrollTop = 0;
    mark.scrollIntoView({ block: "nearest", inline: "nearest" });
  };

  // One stop for the Tab key, at the mark that was last gone to: from mark to mark lead the arrows, and out again Tab.
  const marks = [...map.querySelectorAll("a[data-step]")];
  const stopAt = (mark) => marks.forEach((each) => each.setAttribute("tabindex", each === mark ? "0" : "-1"));
  stopAt(marks[0]);
  // On the frame: a picture that listens for the focus itself would be a stop of its own.
  map.parentElement.addEventListener("focusin", ({ target }) => marks.includes(target) && stopAt(target));

  map.addEventListener("click", (event) => {
    const mark = event.target.closest("a[data-step]");
    if (!mark) return;
    event.preventDefault();
    show(mark);
  });

  map.addEventListener("keydown", (event) => {
    const mark = event.target.closest("a[data-step]");
    const at = marks.indexOf(mark);
    const to = { ArrowRight: at + 1, ArrowDown: at + 1, ArrowLeft: at - 1, ArrowUp: at - 1, Home: 0, End: marks.length - 1 }[event.key];
    if (!mark || (to === undefined && event.key !== " ")) return;
    event.preventDefault();
    if (event.key === " ") show(mark);
    else marks[to]?.focus();
  });

  const openAll = document.getElementById("open-all");
  openAll.addEventListener("click", () => {
    const folded = [...document.querySelectorAll(".steps details")];
    const open = folded.some((each) => !each.open);
    folded.forEach((each) => (each.open = open));
    openAll.textContent = open ? openAll.dataset.close : openAll.dataset.open;
  });

  document.getElementById("save-map").addEventListener("click", (event) => {
    const copy = map.cloneNode(true);
    copy.removeAttribute("class");
    // What the signs mean stands below the part of the picture that the page shows.
    const { width } = map.viewBox.baseVal;
    copy.setAttribute("viewBox", `0 0 ${width} ${map.dataset.whole}`);
    copy.setAttribute("height", map.dataset.whole);
    copy.removeAttribute("data-whole");
    copy.querySelectorAll("[aria-hidden]").forEach((signs) => signs.removeAttribute("aria-hidden"));
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
