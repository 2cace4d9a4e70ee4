"use strict";
(() => {
  const detail = document.getElementById("detail");
  const maps = [...document.querySelectorAll("svg.map")];
  const openAll = document.getElementById("open-all");
  openAll?.addEventListener("click", () => {
    const folded = [...document.querySelectorAll(".rows, .steps details")];
    const open = folded.some((each) => !each.open);
    folded.forEach((each) => (each.open = open));
    openAll.textContent = open ? openAll.dataset.close : openAll.dataset.open;
  });

  // One source's account at a time, where somebody asks for it; all of them stand in the page.
  document.querySelectorAll(".by-source").forEach((choice) => {
    choice.hidden = false;
    choice.querySelector("select").addEventListener("change", ({ target }) => {
      document.querySelectorAll("#accounts .account").forEach((each) => {
        each.hidden = target.value !== "" && each.dataset.source !== target.value;
      });
      document.querySelectorAll("#accounts > li").forEach((each) => {
        each.hidden = !each.querySelector(".account:not([hidden])");
      });
    });
  });

  if (!maps.length || !detail) return;

  const make = (tag, text) => {
    const made = document.createElement(tag);
    made.textContent = text;
    return made;
  };

  // To a claim of the step: steps are numbered anew when more is loaded, and an address is kept or sent.
  const way = (number, words) => {
    const there = make("a", words);
    there.href = "#" + document.querySelector(`#step-${number} .claim`).id;
    return there;
  };

  // What a mark stands for is in the table already: its row is shown beside the map.
  const show = (mark) => {
    const row = document.getElementById("step-" + mark.dataset.step);
    const also = (mark.dataset.also || "").split(" ").filter(Boolean);
    maps.forEach((map) => map.querySelectorAll("a[aria-current]").forEach((other) => other.removeAttribute("aria-current")));
    mark.setAttribute("aria-current", "true");
    const head = make("h3", mark.dataset.step + ". " + row.querySelector(".sentence").textContent);
    const [when, where] = [1, 2].map((cell) => [...row.cells[cell].childNodes].map((node) => node.textContent.trim()).filter(Boolean).join("; "));
    const facts = make("p", [when || "no date known", where].filter(Boolean).join(" · "));
    const claims = row.querySelector(".claims").cloneNode(true);
    claims.querySelectorAll("[id]").forEach((each) => each.removeAttribute("id"));
    const shown = [head, facts, claims, way(mark.dataset.step, "Go to this step in the table")];
    if (also.length) {
      const others = make("p", `${also.length} more ${also.length === 1 ? "step stands" : "steps stand"} in this mark: `);
      also.slice(0, 60).forEach((number) => others.append(way(number, number), " "));
      if (also.length > 60) others.append(`and ${also.length - 60} more, up to step ${also.at(-1)} of the table`);
      shown.push(others);
    }
    detail.replaceChildren(...shown);
    detail.scrollTop = 0;
    mark.scrollIntoView({ block: "nearest", inline: "nearest" });
  };

  // One stop for the Tab key, at the mark that was last gone to: from mark to mark lead the arrows, and out again Tab.
  maps.forEach((map) => {
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
  });

  // -- the figure for a paper: title, caption, the heads of the lanes, the map, and what its signs mean

  const NS = "http://www.w3.org/2000/svg";
  const saves = document.querySelector(".saves");
  const draw = (tag, attributes, text) => {
    const made = document.createElementNS(NS, tag);
    Object.entries(attributes).forEach(([name, value]) => made.setAttribute(name, value));
    if (text !== undefined) made.textContent = text;
    return made;
  };

  const inLines = (words, letters) => words.split(" ").reduce((lines, word) => {
    const last = lines.at(-1);
    if (last !== undefined && (last + " " + word).length <= letters) lines[lines.length - 1] = last + " " + word;
    else lines.push(word);
    return lines;
  }, []);

  const figure = () => {
    const map = document.querySelector(".map-frame svg.map");
    const heads = document.querySelector(".map-heads svg");
    const { x: head, width: plot, height } = map.viewBox.baseVal;
    const width = head + plot;
    const made = draw("svg", { xmlns: NS, "font-family": map.getAttribute("font-family"), "font-size": "12" });
    made.append(draw("title", {}, saves.dataset.title));
    const ground = draw("rect", { x: 0, y: 0, width, fill: "#ffffff" });
    made.append(ground);
    const lines = [saves.dataset.title, ...inLines(saves.dataset.caption, 165)];
    lines.forEach((line, at) => made.append(draw("text", {
      x: 10, y: 20 + 16 * at, fill: at ? "#595959" : "#1c1c1c", "font-size": at ? 12 : 14, "font-weight": at ? 400 : 600,
    }, line)));
    const drop = 20 + 16 * lines.length;
    const body = draw("g", { transform: `translate(0 ${drop})` });
    [heads, map].forEach((part) => [...part.cloneNode(true).children].forEach((child) => body.append(child)));
    // What the style of the page says of the numbers on signs: a picture by itself has no style.
    const ofNumbers = { "text-anchor": "middle", "font-size": 9, "font-weight": 600, fill: "#ffffff" };
    body.querySelectorAll(".no").forEach((each) => {
      each.removeAttribute("class");
      Object.entries(ofNumbers).forEach(([name, value]) => each.setAttribute(name, value));
    });
    body.querySelectorAll("a").forEach((link) => {
      const group = draw("g", {});
      group.append(...link.childNodes);
      link.replaceWith(group);
    });
    made.append(body);
    let x = 10;
    let y = drop + height + 14;
    document.querySelectorAll(".legend li").forEach((entry) => {
      const wide = 50 + entry.textContent.trim().length * 6.6;
      if (x > 10 && x + wide > width) [x, y] = [10, y + 20];
      const sign = draw("g", { transform: `translate(${x + 12} ${y})` });
      sign.append(...entry.querySelector("svg").cloneNode(true).childNodes);
      sign.append(draw("text", { x: 18, y: 4, fill: "#1c1c1c" }, entry.textContent.trim()));
      made.append(sign);
      x += wide;
    });
    const tall = y + 20;
    ground.setAttribute("height", tall);
    made.setAttribute("viewBox", `0 0 ${width} ${tall}`);
    made.setAttribute("width", width);
    made.setAttribute("height", tall);
    return { width, height: tall, made, words: '<?xml version="1.0" encoding="UTF-8"?>\n' + new XMLSerializer().serializeToString(made) + "\n" };
  };

  const hand = (content, type, ending) => {
    const link = document.createElement("a");
    link.href = URL.createObjectURL(content instanceof Blob ? content : new Blob([content], { type }));
    link.download = `${saves.dataset.name}.${ending}`;
    link.click();
    setTimeout(() => URL.revokeObjectURL(link.href), 60000);
  };

  const SHARP = 3;
  const asPng = () => {
    const { width, height, words } = figure();
    const picture = new Image();
    picture.addEventListener("load", () => {
      const canvas = document.createElement("canvas");
      canvas.width = width * SHARP;
      canvas.height = height * SHARP;
      const pen = canvas.getContext("2d");
      pen.drawImage(picture, 0, 0, canvas.width, canvas.height);
      canvas.toBlob((blob) => hand(blob, "image/png", "png"), "image/png");
    });
    picture.src = "data:image/svg+xml;charset=utf-8," + encodeURIComponent(words);
  };

  // The browser writes the PDF: a page of the figure's own size with nothing else on it, as lines and letters.
  const asPdf = () => {
    const { width, height, made } = figure();
    const sheet = document.createElement("div");
    sheet.id = "sheet";
    sheet.append(made);
    const size = new CSSStyleSheet();
    size.replaceSync(`@page { size: ${Math.ceil(width)}px ${Math.ceil(height) + 2}px; margin: 0; }`);
    document.adoptedStyleSheets = [...document.adoptedStyleSheets, size];
    document.body.append(sheet);
    document.documentElement.classList.add("print-figure");
    const title = document.title;
    document.title = saves.dataset.name;
    window.addEventListener("afterprint", () => {
      document.documentElement.classList.remove("print-figure");
      document.title = title;
      sheet.remove();
      document.adoptedStyleSheets = document.adoptedStyleSheets.filter((each) => each !== size);
    }, { once: true });
    window.print();
  };

  saves.hidden = false;
  saves.addEventListener("click", ({ target }) => {
    const kind = target.dataset?.save;
    if (kind === "svg") hand(figure().words, "image/svg+xml", "svg");
    else if (kind === "png") asPng();
    else if (kind === "pdf") asPdf();
  });
})();
