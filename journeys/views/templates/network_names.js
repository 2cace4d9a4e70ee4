"use strict";
// Names that can be read however far away a network is: where its own would be too small, as many as have room, of
// those with the most ties first; and the name of a mark that is pointed at.
window.networkNames = (network, picture, { names, isShown, weight, colours, say }) => {
  const LETTERS = 16; // of the network's own names, as drawn at scale 1
  const SMALLEST = 10; // the network draws no smaller ones
  const SIZE = 12;
  const LINE = 15;
  const MOST = 80;
  const LONGEST = 24;
  const short = names.map((name) => ([...name].length > LONGEST ? `${[...name].slice(0, LONGEST - 1).join("")}…` : name));
  const widths = [];
  let said;

  const tell = (shown, all) => {
    const words = shown < all ? `Names drawn: ${shown.toLocaleString("en")} of ${all.toLocaleString("en")}, those with the most ties first. Point at a mark to read its name, or zoom in.` : "";
    if (words !== said) say((said = words));
  };

  network.on("afterDrawing", (context) => {
    const scale = network.getScale();
    const all = names.map((_, at) => at).filter(isShown);
    if (LETTERS * scale >= SMALLEST) return tell(all.length, all.length);
    const { clientWidth: wide, clientHeight: high } = picture;
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
    const drawn = [];
    for (const at of inSight) {
      if (drawn.length === MOST) break;
      const width = (widths[at] ??= context.measureText(short[at]).width);
      const x = (positions[at].x - left) * scale;
      const y = (positions[at].y - top) * scale + 12 * scale + SIZE;
      const box = [x - width / 2 - 2, y - LINE / 2, x + width / 2 + 2, y + LINE / 2];
      if (box[0] < 0 || box[2] > wide || box[3] > high) continue;
      if (placed.some((other) => box[0] < other[2] && box[2] > other[0] && box[1] < other[3] && box[3] > other[1])) continue;
      placed.push(box);
      drawn.push([short[at], positions[at].x, y / scale + top]);
    }
    context.font = `${SIZE / scale}px sans-serif`;
    context.textAlign = "center";
    context.textBaseline = "middle";
    context.lineJoin = "round";
    context.lineWidth = 3 / scale;
    context.strokeStyle = ground;
    context.fillStyle = ink;
    for (const [name, x, y] of drawn) {
      context.strokeText(name, x, y);
      context.fillText(name, x, y);
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
