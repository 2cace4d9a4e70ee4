"use strict";
// Names that can be read however far away a network is: where its own would be too small, as many as have room, of
// those with the most ties first; and the name of a mark that is pointed at.
window.networkNames = (network, picture, { names, labels, isShown, weight, colours, say }) => {
  const LETTERS = 16; // of the network's own names, as drawn at scale 1
  const SMALLEST = 10; // the network draws no smaller ones
  const SIZE = 12;
  const LINE = 15;
  const MOST = 80;
  const LONGEST = 24;
  const short = names.map((name) => ([...name].length > LONGEST ? `${[...name].slice(0, LONGEST - 1).join("")}…` : name));
  const FEW = 60; // so many have their organisation below the name, if there is room for that
  const widths = new Map();
  let said;

  const tell = (shown, all) => {
    const words = shown < all ? `Names drawn: ${shown.toLocaleString("en")} of ${all.toLocaleString("en")}, those with the most ties first. Point at a mark to read its name, or zoom in.` : "";
    if (words !== said) say((said = words));
  };

  network.on("afterDrawing", (context) => {
    const scale = network.getScale();
    const all = names.map((_, at) => at).filter(isShown);
    if (LETTERS * scale >= SMALLEST) return tell(all.length, all.length);
    const { clientWidth: wide, clientHeight: high } = context.canvas;
    const { x: left, y: top } = network.DOMtoCanvas({ x: 0, y: 0 });
    const positions = network.getPositions(all);
    const inSight = all.filter((at) => {
      const { x, y } = positions[at];
      return x > left && y > top && x < left + wide / scale && y < top + high / scale;
    });
    inSight.sort((one, other) => weight(other) - weight(one) || one - other);
    const { ink, ground } = colours();
    const placed = [];
    context.save();
    context.font = `${SIZE}px sans-serif`;
    const widthOf = (line) => widths.get(line) ?? (widths.set(line, context.measureText(line).width), widths.get(line));
    const isFree = (box) =>
      box[0] >= 0 && box[1] >= 0 && box[2] <= wide && box[3] <= high &&
      !placed.some((other) => box[0] < other[2] && box[2] > other[0] && box[1] < other[3] && box[3] > other[1]);
    // Below the mark, else above it; with the organisation, else the name alone.
    const place = (at) => {
      const x = (positions[at].x - left) * scale;
      const y = (positions[at].y - top) * scale;
      const away = Math.max(4, 14 * scale);
      for (const lines of all.length <= FEW ? [labels[at].split("\n"), [short[at]]] : [[short[at]]]) {
        const half = Math.max(...lines.map(widthOf)) / 2 + 2;
        const tall = lines.length * LINE;
        for (const from of [y + away, y - away - tall]) {
          const box = [x - half, from, x + half, from + tall];
          if (isFree(box)) return { box, lines };
        }
      }
    };
    const drawn = [];
    for (const at of inSight) {
      if (drawn.length === MOST) break;
      const found = place(at);
      if (!found) continue;
      placed.push(found.box);
      drawn.push([found.lines, positions[at].x, found.box[1] / scale + top]);
    }
    context.font = `${SIZE / scale}px sans-serif`;
    context.textAlign = "center";
    context.textBaseline = "middle";
    context.lineJoin = "round";
    context.lineWidth = 3 / scale;
    context.strokeStyle = ground;
    context.fillStyle = ink;
    for (const [lines, x, y] of drawn) {
      lines.forEach((line, which) => {
        const middle = y + ((which + 0.5) * LINE) / scale;
        context.strokeText(line, x, middle);
        context.fillText(line, x, middle);
      });
    }
    context.restore();
    tell(drawn.length, all.length);
  });

  const bubble = document.createElement("div");
  bubble.className = "bubble";
  bubble.hidden = true;
  picture.append(bubble);
  let waiting = false;
  picture.addEventListener("mousemove", ({ clientX, clientY }) => {
    if (waiting) return;
    waiting = true;
    requestAnimationFrame(() => {
      waiting = false;
      const box = picture.getBoundingClientRect();
      const [x, y] = [clientX - box.x, clientY - box.y];
      const at = network.getNodeAt({ x, y });
      bubble.hidden = at === undefined;
      if (at === undefined) return;
      bubble.textContent = names[at];
      bubble.style.left = `${Math.max(0, Math.min(x + 14, box.width - bubble.offsetWidth - 4))}px`;
      bubble.style.top = `${Math.max(0, Math.min(y + 14, box.height - bubble.offsetHeight - 4))}px`;
    });
  });
  picture.addEventListener("mouseleave", () => (bubble.hidden = true));
};
