"use strict";
// A matrix by mouse and keyboard: one cell has the focus, arrow keys move it, Enter opens what is behind it.
(() => {
  const PAGE = 10;
  const numbers = (cell) => (cell.dataset.meetings ?? "").split(" ").filter(Boolean);
  const make = (tag, text, name) => {
    const made = document.createElement(tag);
    if (text !== undefined) made.textContent = text;
    if (name) made.className = name;
    return made;
  };

  for (const table of document.querySelectorAll("table.matrix[id]")) {
    const detail = document.getElementById(`${table.id}-detail`);
    const frame = table.parentElement;
    const heads = table.rows[0].cells;
    const legend = new Map([...document.querySelectorAll(`#${table.id}-key [data-state]`)].map((each) => [each.dataset.state, each.textContent]));
    let [row, column] = [1, 1];
    let marked = [];
    let chosen;

    const at = () => table.rows[row].cells[column];
    const mark = () => {
      for (const each of marked) each.classList.remove("in-line");
      marked = [table.rows[row].cells[0], heads[column]].filter((each) => each.tagName === "TH");
      for (const each of marked) each.classList.add("in-line");
    };
    const hold = (cell) => {
      table.querySelector('[tabindex="0"]')?.removeAttribute("tabindex");
      cell.tabIndex = 0;
    };
    const move = (down, right) => {
      row = Math.max(0, Math.min(table.rows.length - 1, down));
      column = Math.max(0, Math.min(heads.length - 1, right));
      // The corner has nothing to say.
      if (row === 0 && column === 0) [row, column] = right < 1 && down < 1 ? [1, 0] : [row || 1, column];
      hold(at());
      mark();
      at().focus();
    };

    const name = (head) => {
      const made = make(head.dataset.href ? "a" : "bdi", head.title);
      if (head.dataset.href) made.href = head.dataset.href;
      return made;
    };
    // A copy of what the list below says about a cell: ids stay there.
    const behind = (place) => {
      const held = document.getElementById(place);
      if (!held) return [];
      const copy = held.cloneNode(true);
      copy.removeAttribute("id");
      return [copy];
    };
    const facts = (person, thing, cell) => {
      const own = behind(`${table.id}-${person.dataset.number}-${thing.dataset.number}`);
      if (own.length) return own;
      const words = cell.firstElementChild ? legend.get(cell.className) : "nothing recorded, which is not silence";
      const meetings = cell.firstElementChild ? numbers(thing).flatMap((each) => behind(`meetings-${person.dataset.number}-${each}`)) : [];
      return [make("h4", `${thing.title}: ${words}`), ...meetings];
    };
    const list = (head) => {
      const cells = head === table.rows[row].cells[0] ? [...table.rows[row].cells] : [...table.rows].map((line) => line.cells[column]);
      const said = new Map();
      for (const cell of cells.slice(1)) {
        const words = cell.firstElementChild ? legend.get(cell.className) : "nothing recorded";
        said.set(words, (said.get(words) ?? 0) + 1);
      }
      const made = make("ul");
      for (const [words, times] of said) made.append(make("li", `${words}: ${times}`));
      return made;
    };

    const open = (stay) => {
      chosen?.removeAttribute("aria-current");
      chosen = at();
      const [person, thing] = [table.rows[row].cells[0], heads[column]];
      const head = make("h3");
      if (chosen.tagName === "TH") {
        head.append(name(chosen));
        detail.replaceChildren(head, list(chosen));
      } else {
        chosen.setAttribute("aria-current", "true");
        head.append(name(person), " · ", name(thing));
        detail.replaceChildren(head, ...facts(person, thing, chosen));
      }
      detail.scrollTop = 0;
      if (!stay) detail.focus();
    };

    table.setAttribute("role", "grid");
    table.setAttribute("aria-rowcount", table.rows.length);
    table.setAttribute("aria-colcount", heads.length);
    frame.removeAttribute("tabindex");
    hold(at());
    table.addEventListener("keydown", (event) => {
      const to = {
        ArrowUp: [row - 1, column],
        ArrowDown: [row + 1, column],
        ArrowLeft: [row, column - 1],
        ArrowRight: [row, column + 1],
        PageUp: [Math.max(1, row - PAGE), column],
        PageDown: [row + PAGE, column],
        Home: event.ctrlKey ? [1, 1] : [row, 1],
        End: event.ctrlKey ? [Infinity, Infinity] : [row, Infinity],
      }[event.key];
      if (event.altKey || event.metaKey) return;
      if (to) move(...to);
      else if (event.key === "Enter" || event.key === " ") open(false);
      else return;
      event.preventDefault();
    });
    table.addEventListener("click", ({ target }) => {
      const cell = target.closest("th, td");
      if (!cell || cell === heads[0]) return;
      [row, column] = [cell.parentElement.rowIndex, cell.cellIndex];
      hold(cell);
      mark();
      cell.focus({ preventScroll: true });
      open(true);
    });
    // The columns come in the order of time; the other order is written on their heads.
    document.getElementById(`${table.id}-order`)?.addEventListener("change", ({ target }) => {
      const from = [...heads].slice(1).map((head, place) => ({ place: place + 1, key: Number(target.value === "alike" ? head.dataset.alike : head.dataset.time) }));
      from.sort((one, other) => one.key - other.key);
      for (const line of table.rows) {
        const cells = [...line.cells];
        line.append(...from.map(({ place }) => cells[place]));
      }
      column = Math.max(0, [...at().parentElement.cells].findIndex((cell) => cell.tabIndex === 0));
      mark();
    });
    [...heads].forEach((head, place) => (head.dataset.time = place));
    detail.addEventListener("keydown", (event) => {
      if (event.key === "Escape") at().focus();
    });
  }
  for (const each of document.querySelectorAll(".needs-script")) each.hidden = false;
})();
