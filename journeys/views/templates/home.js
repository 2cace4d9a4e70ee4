"use strict";
(() => {
  const choose = document.getElementById("choose");
  if (!choose) return;
  choose.hidden = false;
  choose.addEventListener("submit", (event) => event.preventDefault());
  const box = document.getElementById("filter");
  const place = document.getElementById("place");
  const sort = document.getElementById("sort");
  const sorted = document.getElementById("sorted");
  const groups = [...document.querySelectorAll(".group")];
  const folded = (text) => text.normalize("NFD").replace(/\p{M}/gu, "").toLowerCase();
  const rows = groups.flatMap((group) =>
    [...group.querySelectorAll(".journey")].map((row) => ({
      row,
      home: row.parentElement,
      said: folded([row.dataset.name, row.dataset.case, row.dataset.site].join(" ")),
      where: row.querySelector(".journey-case"),
    })),
  );
  const opened = groups.map((group) => group.open);

  const order = (key) => {
    const down = key.startsWith("-");
    const name = down ? key.slice(1) : key;
    const compare = new Intl.Collator("en", { numeric: true }).compare;
    const value = ({ row }) => row.dataset[name];
    // What has no date stands last; of two that are the same, the one that stood first.
    return (one, other) => {
      if (!value(one) || !value(other)) return (value(one) ? 0 : 1) - (value(other) ? 0 : 1);
      return down ? Number(value(other)) - Number(value(one)) : compare(value(one), value(other));
    };
  };

  const arrange = () => {
    const flat = sort.value !== "";
    const placed = flat ? [...rows].sort(order(sort.value)) : rows;
    for (const { row, home, where } of placed) {
      (flat ? sorted : home).append(row);
      where.hidden = !flat;
    }
    sorted.hidden = !flat;
  };

  const filter = () => {
    const words = folded(box.value).split(/\s+/).filter(Boolean);
    const [what, ...rest] = (place?.value ?? "").split(":");
    const wanted = rest.join(":");
    let shown = 0;
    for (const { row, said } of rows) {
      row.hidden = !words.every((word) => said.includes(word)) || (what !== "" && row.dataset[what] !== wanted);
      shown += row.hidden ? 0 : 1;
    }
    const narrowed = words.length > 0 || what !== "";
    groups.forEach((group, at) => {
      group.hidden = sort.value !== "" || !group.querySelector(".journey:not([hidden])");
      group.open = narrowed || opened[at];
    });
    document.getElementById("filtered").textContent = narrowed ? `${shown} of ${rows.length}` : "";
  };

  sort.addEventListener("change", () => {
    arrange();
    filter();
  });
  box.addEventListener("input", filter);
  place?.addEventListener("change", filter);
})();
