"use strict";
// Two networks side by side: the same scale, the same ties shown, one place for what is selected.
(() => {
  const { sites, beside, tokens } = JSON.parse(document.getElementById("compare-data").textContent);
  const { make, leading, counted, card } = window.networkClaims;
  const byId = (id) => document.getElementById(id);
  const SIDES = ["left", "right"];
  const [LEAST, MOST] = [8, 34];
  const boxes = [...document.querySelectorAll("#ties-shown input")];
  const detail = byId("detail");
  const nothing = [...detail.childNodes];
  const views = {};
  for (const each of document.querySelectorAll(".needs-script")) each.hidden = false;

  // Colours are written as on paper: each is shown as its token has it now.
  let now = {};
  const readTokens = () => {
    const style = getComputedStyle(document.documentElement);
    now = Object.fromEntries(Object.entries(tokens).map(([written, name]) => [written, style.getPropertyValue(`--${name}`).trim()]));
  };
  const shownAs = (written) => now[written] || written;
  const chosen = () => SIDES.map((side) => Number(byId(side).value));
  const ticked = () => new Set(boxes.filter((box) => box.checked).map((box) => box.value));

  const inBoth = () => {
    const [one, other] = chosen();
    const rows = [...document.querySelectorAll("#shared-table tbody tr")];
    let some = false;
    for (const row of rows) {
      const at = row.dataset.sites.split(" ").map(Number);
      row.hidden = one === other || !at.includes(one) || !at.includes(other);
      some ||= !row.hidden;
    }
    if (byId("none-shared")) byId("none-shared").hidden = some;
    return new Set(rows.filter((row) => !row.hidden).map((row) => row.cells[0].textContent));
  };

  const showTie = (site, at) => {
    const { from, to } = site.drawing.edges[at];
    const tie = site.edges[at];
    const says = (end) => site.nodes[end].name;
    const cards = tie.occasions.flatMap(({ about, legs }) => [
      ...(about ? [make("p", about, "about")] : []),
      ...[...new Set(legs.flat())].map((claim) => card(site.claims[claim])),
    ]);
    detail.replaceChildren(make("h3", `${says(from)} ${site.relations[tie.relation].phrase} ${says(to)}`), make("p", tie.when, "facts"), ...cards);
    detail.scrollTop = 0;
  };
  const showNode = (site, at, shown) => {
    const list = make("ul", undefined, "ties");
    for (const tie of site.order) {
      const { from, to } = site.drawing.edges[tie];
      if (!shown.has(tie) || (from !== at && to !== at)) continue;
      const choose = make("button", `${site.nodes[from].name} ${site.relations[site.edges[tie].relation].phrase} ${site.nodes[to].name}`);
      choose.type = "button";
      choose.addEventListener("click", () => {
        showTie(site, tie);
        detail.focus();
      });
      const item = make("li");
      item.append(choose);
      list.append(item);
    }
    const head = make("h3");
    head.append(leading(site.nodes[at].name, site.nodes[at].href));
    detail.replaceChildren(head, make("p", site.nodes[at].facts, "facts"), list);
    detail.scrollTop = 0;
  };

  const period = window.networkPeriod;
  // Whether a tie lies in the period that is chosen: certainly, possibly, or not.
  const during = (site, at) => {
    if (!period.chosen) return "certainly";
    const lies = (how) =>
      site.edges[at].occasions.some(({ legs, dated }) => legs.every((leg, which) => which >= dated || leg.some((claim) => period[how](site.claims[claim]))));
    return lies("certainly") ? "certainly" : lies("possibly") ? "possibly" : "";
  };

  const view = (side, both) => {
    const which = Number(byId(side).value);
    const site = sites[which];
    const wanted = ticked();
    const shown = new Set(site.edges.map((_, at) => at).filter((at) => wanted.has(site.relations[site.edges[at].relation].name) && during(site, at)));
    const possible = new Set([...shown].filter((at) => during(site, at) === "possibly"));
    const ties = site.nodes.map(() => 0);
    for (const at of shown) {
      ties[site.drawing.edges[at].from] += 1;
      ties[site.drawing.edges[at].to] += 1;
    }
    const visible = site.nodes.map((node, at) => ties[at] > 0 || node.kind === "person" || node.kind === "group");
    views[side]?.network.destroy();
    byId(`${side}-picture`).replaceChildren();
    byId(`${side}-head`).textContent = byId(side).selectedOptions[0].textContent;
    const count = visible.filter(Boolean).length;
    byId(`${side}-shown`).textContent = `${counted(count, "name")}, ${counted(shown.size, "tie")} shown.` + (period.chosen ? ` Certainly in this period: ${shown.size - possible.size}; possibly: ${possible.size} more, drawn pale.` : "");
    const { font } = site.drawing.options.nodes;
    const options = { ...site.drawing.options, nodes: { ...site.drawing.options.nodes, font: { ...font, color: shownAs(font.color), strokeColor: shownAs(font.strokeColor) } } };
    const nodes = new vis.DataSet(
      site.drawing.nodes.map((node, at) => ({
        ...node,
        hidden: !visible[at],
        color: { ...node.color, border: shownAs(node.color.border) },
        ...(both.has(site.nodes[at].name) ? { borderWidth: 4, font: { background: shownAs("#ffffff") } } : {}),
      })),
    );
    const edges = new vis.DataSet(site.drawing.edges.filter(({ id }) => shown.has(id)).map((edge) => ({ ...edge, color: { color: shownAs(edge.color), opacity: possible.has(edge.id) ? 0.35 : 1 }, ...(site.edges[edge.id].disputed ? { label: "?", font: { color: shownAs(font.color), strokeColor: shownAs(font.strokeColor), size: 24, align: "top" } } : {}) })));
    const network = new vis.Network(byId(`${side}-picture`), { nodes, edges }, options);
    network.on("click", ({ nodes: [node], edges: [edge] }) => {
      if (node !== undefined) showNode(site, node, shown);
      else if (edge !== undefined) showTie(site, edge);
    });
    window.networkNames(network, byId(`${side}-picture`), {
      names: site.nodes.map((node) => node.name),
      labels: site.drawing.nodes.map((node) => node.label),
      isShown: (at) => visible[at],
      weight: (at) => ties[at],
      colours: () => ({ ink: shownAs(font.color), ground: shownAs(font.strokeColor) }),
      say: (words) => (byId(`${side}-names`).textContent = words),
    });
    views[side] = { network, nodes, ties, visible };
  };

  // The same scale: what the larger of the two needs.
  const fit = () => {
    const both = SIDES.map((side) => views[side]);
    for (const { network, visible } of both) {
      const shown = visible.map((_, at) => at).filter((at) => visible[at]);
      if (shown.length) network.fit({ nodes: shown, maxZoomLevel: 1.3, animation: false });
    }
    const scale = 0.9 * Math.min(...both.map(({ network }) => network.getScale()));
    for (const { network } of both) network.moveTo({ scale });
  };
  const zoom = (factor) => {
    const scale = views.left.network.getScale() * factor;
    for (const side of SIDES) views[side].network.moveTo({ scale });
  };
  const resize = () => {
    const most = Math.max(1, ...SIDES.flatMap((side) => views[side].ties));
    for (const side of SIDES) {
      const { nodes, ties } = views[side];
      nodes.update(ties.map((number, id) => ({ id, size: byId("sizes").value ? Math.max(LEAST, MOST * Math.sqrt(number / most)) : 12 })));
    }
  };

  const figures = () => {
    const [one, other] = chosen();
    for (const each of document.querySelectorAll(".figures-table [data-site]")) each.hidden = ![one, other].includes(Number(each.dataset.site));
    for (const each of document.querySelectorAll(".figures-table [data-difference]")) each.hidden = false;
    for (const row of document.querySelectorAll(".figures-table tbody tr")) {
      const value = (at) => row.querySelector(`[data-site="${at}"]`).dataset.value;
      const [first, second] = [value(one), value(other)];
      const found = first === undefined || second === undefined ? undefined : Number((Number(second) - Number(first)).toFixed(3));
      row.querySelector("[data-difference]").textContent = found === undefined ? "" : (found > 0 ? "+" : "") + found;
    }
    for (const each of document.querySelectorAll("[data-numbers]")) {
      const numbers = each.dataset.numbers.split(" ");
      each.textContent = `${numbers[one]} and ${numbers[other]}`;
    }
  };

  // The networks of many sites lie beside the page, each in a file that is read when its site is chosen.
  window.comparedSite = (at, site) => (sites[at] = site);
  const reading = {};
  const read = (at) =>
    (reading[at] ??= new Promise((done, failed) => {
      const made = document.createElement("script");
      made.src = beside[at];
      made.onload = done;
      made.onerror = failed;
      document.head.append(made);
    }));
  const draw = async () => {
    const missing = chosen().filter((at) => !sites[at]);
    if (missing.length) {
      byId("not-beside").hidden = true;
      try {
        await Promise.all(missing.map(read));
      } catch {
        for (const at of missing) delete reading[at];
        byId("not-beside").textContent = "The networks are not beside this page. Open the page inside the folder of its atlas.";
        byId("not-beside").hidden = false;
        return;
      }
      if (chosen().some((at) => !sites[at])) return; // Others have been chosen since, and are being read.
    }
    readTokens();
    const both = inBoth();
    for (const side of SIDES) {
      view(side, both);
      // Once more when it is known how much room the names take.
      views[side].network.once("afterDrawing", fit);
    }
    resize();
    fit();
    figures();
    detail.replaceChildren(...nothing);
    window.compared = views;
  };
  byId("choose-sites").addEventListener("submit", (event) => event.preventDefault());
  for (const each of [byId("left"), byId("right"), ...boxes]) each.addEventListener("change", draw);
  byId("sizes").addEventListener("change", resize);
  byId("zoom-in").addEventListener("click", () => zoom(1.4));
  byId("zoom-out").addEventListener("click", () => zoom(1 / 1.4));
  byId("fit").addEventListener("click", fit);
  period.listen(draw);
  addEventListener("colours", draw);
  for (const asked of ["(prefers-color-scheme: dark)", "(forced-colors: active)"]) matchMedia(asked).addEventListener("change", draw);
  draw();
})();
