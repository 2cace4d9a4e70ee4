"use strict";
// Beside the network: the neighbours of one, a shortest path between two, and the size of the marks.
(() => {
  const view = window.networkView;
  const box = document.getElementById("ways");
  if (!view || !box) return;
  const { nodes, drawing, make, counted, detail } = view;
  const byId = (id) => document.getElementById(id);
  const everybody = byId("everybody");
  const said = byId("way-said");
  const LEAST = 8;
  const MOST = 34;

  const beside = () => {
    const found = nodes.map(() => new Map());
    for (const tie of view.ties()) {
      const { from, to } = drawing.edges[tie];
      found[from].set(to, [...(found[from].get(to) ?? []), tie]);
      found[to].set(from, [...(found[to].get(from) ?? []), tie]);
    }
    return found;
  };

  const showOnly = (chosen, words) => {
    view.showOnly(chosen);
    everybody.hidden = !chosen;
    said.textContent = words;
  };
  everybody.addEventListener("click", () => showOnly(null, ""));
  byId("reset").addEventListener("click", () => {
    everybody.hidden = true;
    said.textContent = "";
  });

  // Whoever is shown beside the picture gets a button for their surroundings.
  new MutationObserver(() => {
    const head = detail.querySelector("h3");
    const [at] = view.network()?.getSelectedNodes() ?? [];
    if (!head || at === undefined || head.textContent !== nodes[at].name || detail.querySelector(".around")) return;
    const button = make("button", "Show only them and whom they are tied to", "around");
    button.type = "button";
    button.addEventListener("click", () => {
      const near = [...beside()[at].keys()];
      showOnly(new Set([at, ...near]), `${nodes[at].name} and ${counted(near.length, "other")}.`);
    });
    head.after(button);
  }).observe(detail, { childList: true });

  const called = (input) => {
    const wanted = view.folded(input.value.trim());
    const exact = view.names.indexOf(wanted);
    return !wanted ? -1 : exact >= 0 ? exact : view.names.findIndex((name) => name.includes(wanted));
  };

  byId("way").addEventListener("submit", (event) => {
    event.preventDefault();
    const ends = [called(byId("way-from")), called(byId("way-to"))];
    const missing = ends.findIndex((end) => end < 0);
    if (missing >= 0) {
      said.textContent = `Nobody here is called “${[byId("way-from"), byId("way-to")][missing].value}”.`;
      return;
    }
    const near = beside();
    const came = new Map([[ends[0], null]]);
    for (const at of came.keys()) {
      if (at === ends[1]) break;
      for (const next of near[at].keys()) if (!came.has(next)) came.set(next, at);
    }
    if (!came.has(ends[1])) {
      said.textContent = `No path leads from ${nodes[ends[0]].name} to ${nodes[ends[1]].name} by the ties that are shown.`;
      return;
    }
    const way = [ends[1]];
    while (way[0] !== ends[0]) way.unshift(came.get(way[0]));
    const list = make("ol", undefined, "ties");
    const chosen = [];
    way.slice(1).forEach((to, step) => {
      const ties = near[way[step]].get(to);
      chosen.push(...ties);
      for (const tie of ties) {
        const choose = make("button", view.sentence(tie));
        choose.type = "button";
        choose.addEventListener("click", () => view.showEdge(tie));
        const item = make("li");
        item.append(choose);
        list.append(item);
      }
    });
    view.leaveChoice();
    view.network().setSelection({ nodes: way, edges: chosen }, { highlightEdges: false });
    const words = way.length === 1 ? "That is one and the same." : `${counted(way.length - 1, "step")}: ${way.map((at) => nodes[at].name).join(" – ")}.`.replace(/\.\.$/, "."); // a name may end with initials
    detail.replaceChildren(make("h3", "A shortest path, whatever the direction of the ties"), make("p", words, "facts"), list);
    said.textContent = words;
  });

  const sizes = byId("sizes");
  const resize = () => {
    const near = beside();
    const value = { ties: (at) => [...near[at].values()].flat().length, others: (at) => near[at].size }[sizes.value];
    const values = nodes.map((_, at) => (value ? value(at) : 0));
    const most = Math.max(1, ...values);
    // The area says the number.
    view.resize(values.map((number) => (value ? Math.max(LEAST, MOST * Math.sqrt(number / most)) : drawing.options.nodes.size)));
  };
  sizes.addEventListener("change", resize);
  view.changed = () => sizes.value && resize();

  byId("names").append(
    ...[...new Set(nodes.map((node) => node.name))].sort((one, other) => one.localeCompare(other)).map((name) => {
      const option = make("option");
      option.value = name;
      return option;
    }),
  );
  box.hidden = false;
})();
