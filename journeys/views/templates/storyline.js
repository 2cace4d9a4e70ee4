"use strict";
(() => {
  const drawing = document.querySelector("svg.storyline");
  const people = document.getElementById("people");
  if (!drawing || !people) return;
  people.hidden = false;

  const boxes = [...people.querySelectorAll("input")];
  const bringOut = () => {
    const chosen = new Set(boxes.filter((box) => box.checked).map((box) => box.value));
    drawing.classList.toggle("some", chosen.size > 0);
    document.querySelectorAll("[data-person]").forEach((part) => part.classList.toggle("chosen", chosen.has(part.dataset.person)));
  };
  people.addEventListener("change", bringOut);
  document.getElementById("nobody").addEventListener("click", () => {
    boxes.forEach((box) => (box.checked = false));
    bringOut();
  });
  drawing.addEventListener("click", (event) => {
    const line = event.target.closest("g[data-person]");
    if (!line) return;
    const box = boxes[Number(line.dataset.person)];
    box.checked = !box.checked;
    bringOut();
  });

  // One stop for the Tab key; arrows lead from meeting to meeting.
  const meetings = [...drawing.querySelectorAll("a[data-meeting]")];
  const stopAt = (meeting) => meetings.forEach((each) => each.setAttribute("tabindex", each === meeting ? "0" : "-1"));
  stopAt(meetings[0]);
  drawing.parentElement.addEventListener("focusin", ({ target }) => meetings.includes(target) && stopAt(target));
  drawing.addEventListener("keydown", (event) => {
    const at = meetings.indexOf(event.target.closest("a[data-meeting]"));
    const to = { ArrowRight: at + 1, ArrowLeft: at - 1, Home: 0, End: meetings.length - 1 }[event.key];
    if (at < 0 || to === undefined) return;
    event.preventDefault();
    meetings[to]?.focus();
  });
  drawing.addEventListener("click", (event) => {
    const meeting = event.target.closest("a[data-meeting]");
    if (!meeting) return;
    meetings.forEach((each) => each.removeAttribute("aria-current"));
    meeting.setAttribute("aria-current", "true");
  });

  document.getElementById("save-drawing").addEventListener("click", (event) => {
    const words = new XMLSerializer().serializeToString(drawing);
    const link = document.createElement("a");
    link.href = URL.createObjectURL(new Blob([words], { type: "image/svg+xml" }));
    link.download = event.target.dataset.name;
    link.click();
    setTimeout(() => URL.revokeObjectURL(link.href), 1000);
  });
})();
