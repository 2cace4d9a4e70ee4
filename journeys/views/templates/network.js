"use strict";
(() => {
  const held = document.getElementById("network-data");
  if (!held) return;
  const data = JSON.parse(held.textContent);
  const { nodes, edges, claims, relations, order, drawing } = data;
  const AT_ONCE = 100;
  const FOUND_AT_ONCE = 12;
  const MANY_ALONE = 40;
  const detail = document.getElementById("detail");
  const byId = (id) => document.getElementById(id);

  const { make, leading, counted } = window.networkClaims;

  // -- what is shown

  const boxes = [...document.querySelectorAll("fieldset[data-filter] input")];
  const ticked = {};
  const atFirst = boxes.map((box) => box.checked);
  const alive = new Map(); // by edge that is shown: its occasions that stand, with the claims that count
  const period = window.networkPeriod;
  let only = null; // the nodes that a person has chosen to see, where they have
  const faint = edges.map(() => false); // possibly in the chosen period, and not certainly
  const thick = drawing.edges.map(({ width }) => width); // by the sources that count
  let visible = [];
  let joined = [];

  const readBoxes = () => {
    for (const box of boxes) {
      const name = box.closest("fieldset").dataset.filter;
      (ticked[name] ??= new Set())[box.checked ? "add" : "delete"](box.value);
    }
  };
  const hasAll = () => claims.every(counts);
  const agreed = (claim) => ticked.agreement.has(claim.disputed ? "disputed" : "undisputed");
  const counts = (claim) => ticked.confidence.has(claim.confidence) && ticked.mode.has(claim.mode) && agreed(claim);
  const mayBeShown = (node, at) => (!only || only.has(at)) && ticked.kind.has(node.kind) && (!node.organisation || ticked.organisation.has(node.organisation));

  const filter = () => {
    const whole = hasAll() && !period.chosen;
    let possible = 0;
    const there = nodes.map(mayBeShown);
    joined = nodes.map(() => 0); // the number of ties shown
    alive.clear();
    faint.fill(false);
    edges.forEach((edge, at) => {
      const { from, to } = drawing.edges[at];
      const relation = relations[edge.relation];
      if (!there[from] || !there[to] || !ticked.relation.has(relation.name) || !ticked.polarity.has(relation.polarity)) return;
      const left = whole
        ? edge.occasions
        : edge.occasions
            .map(({ about, legs, dated }) => ({
              about,
              dated,
              legs: legs.map((leg, which) => leg.filter((claim) => counts(claims[claim]) && (!period.chosen || which >= dated || period.possibly(claims[claim])))),
            }))
            .filter(({ legs }) => legs.every((leg) => leg.length));
      if (!left.length) return;
      alive.set(at, left);
      faint[at] = period.chosen && !left.some(({ legs, dated }) => legs.slice(0, dated).every((leg) => leg.some((claim) => period.certainly(claims[claim]))));
      thick[at] = whole ? drawing.edges[at].width : data.widths[sumUp(at).sources];
      possible += faint[at];
      joined[from] += 1;
      joined[to] += 1;
    });
    visible = nodes.map((node, at) => there[at] && (joined[at] || node.kind === "person" || node.kind === "group"));
    const drawn = new Set([...alive.keys()].map((at) => relations[edges[at].relation].name));
    for (const each of document.querySelectorAll("[data-relation]")) each.hidden = !drawn.has(each.dataset.relation);
    const shown = visible.filter(Boolean).length;
    const alone = nodes.filter((node, at) => visible[at] && !joined[at]).map((node) => node.name);
    const names = alone.length > 20 ? `${alone.slice(0, 20).join(", ")} …` : alone.join(", ");
    const away = [counted(nodes.length - shown, "name"), counted(edges.length - alive.size, "tie")].filter((words) => !words.startsWith("0 "));
    byId("shown").textContent =
      `Shown: ${shown.toLocaleString("en")} of ${counted(nodes.length, "name")}, ` +
      `${alive.size.toLocaleString("en")} of ${counted(edges.length, "tie")}.` +
      (period.chosen ? ` Certainly in this period: ${counted(alive.size - possible, "tie")}; possibly: ${possible.toLocaleString("en")} more, drawn pale.` : "") +
      (away.length ? ` Hidden by the ${period.chosen ? "period and the " : ""}filters: ${away.join(", ")}.` : "") +
      (shown ? "" : " Nothing to show. Tick more boxes, or select Reset.") +
      (alone.length ? ` Without a visible tie: ${names} (${alone.length}).` : "") +
      (alone.length > MANY_ALONE ? " They are in rows below the others: drag the diagram up." : "");
  };

  const sumUp = (at) => {
    const occasions = alive.get(at);
    const said = [...new Set(occasions.flatMap(({ legs }) => legs.flat()))];
    return {
      times: new Set(occasions.map(({ about }) => about)).size,
      sources: new Set(said.map((claim) => claims[claim].voice).filter((voice) => voice !== null)).size,
      claims: said.length,
      onlyInterpreted: said.every((claim) => claims[claim].mode === "interpretive"),
    };
  };

  // -- the picture

  const isHidden = (at) => !alive.has(at);
  const drawnFaint = edges.map(() => false);
  const drawnThick = [...thick];
  const isOtherwise = (at) => drawnFaint[at] !== faint[at] || drawnThick[at] !== thick[at];
  const drawnSo = (at) => {
    drawnFaint[at] = faint[at];
    drawnThick[at] = thick[at];
  };
  let network;
  let visNodes;
  let visEdges;

  // Colours are written as on paper: each is shown as its token has it now, in light, dark or forced colours.
  let now = {};
  const readTokens = () => {
    const style = getComputedStyle(document.documentElement);
    now = Object.fromEntries(Object.entries(data.tokens).map(([written, name]) => [written, style.getPropertyValue(`--${name}`).trim()]));
  };
  let onPaper = false; // which is light
  const shownAs = (written) => (onPaper ? written : now[written] || written);
  const font = () => ({ ...drawing.options.nodes.font, color: shownAs(drawing.options.nodes.font.color), strokeColor: shownAs(drawing.options.nodes.font.strokeColor) });
  // Of thousands of lines seen from far, dashes and arrows are smaller than a dot of the screen, and most of the work.
  const MANY_LINES = 2000;
  const NEAR = 0.3;
  let isFar = edges.length > MANY_LINES;
  const edgeInDetail = ({ dashes, arrows }) => (isFar ? { dashes: false, arrows: "" } : { dashes, arrows });
  const nodeInColour = ({ id, hidden, color }) => ({ id, hidden, color: { ...color, border: shownAs(color.border) } });
  // A sign beside the line, so that it is not in its colour alone.
  const doubt = (id) => (edges[id].disputed ? { label: "?", font: { ...font(), size: 24, align: "top" } } : {});
  const edgeInColour = ({ id, hidden, color }) => ({ id, hidden, ...doubt(id), width: thick[id], color: { color: shownAs(color), opacity: faint[id] ? 0.35 : 1 } });
  const paint = () => {
    readTokens();
    network.setOptions({ nodes: { font: font() } });
    visNodes.update(drawing.nodes.map(nodeInColour));
    visEdges.update(drawing.edges.map(edgeInColour));
  };
  addEventListener("colours", () => network && paint());
  for (const asked of ["(prefers-color-scheme: dark)", "(forced-colors: active)"]) matchMedia(asked).addEventListener("change", () => network && paint());

  const draw = () => {
    readTokens();
    drawing.nodes.forEach((node, at) => (node.hidden = !visible[at]));
    drawing.edges.forEach((edge, at) => (edge.hidden = isHidden(at)));
    visNodes = new vis.DataSet(drawing.nodes.map((node) => ({ ...node, ...nodeInColour(node) })));
    visEdges = new vis.DataSet(drawing.edges.map((edge) => ({ ...edge, ...edgeInColour(edge), ...edgeInDetail(edge) })));
    const options = { ...drawing.options, nodes: { ...drawing.options.nodes, font: font() } };
    network = new vis.Network(byId("picture"), { nodes: visNodes, edges: visEdges }, options);
    network.on("click", ({ nodes: [node], edges: [edge] }) => {
      if (node !== undefined) showNode(node);
      else if (edge !== undefined) showEdge(edge);
    });
    fitToShown();
    // Once more when it is known how much room the names take; of many, no name is drawn from so far.
    if (edges.length > MANY_LINES) network.on("afterDrawing", lookCloser);
    else network.once("afterDrawing", fitToShown);
    window.network = network;
    window.networkNames(network, byId("picture"), {
      names: nodes.map((node) => node.name),
      labels: drawing.nodes.map((node) => node.label),
      isShown: (at) => visible[at],
      weight: (at) => joined[at],
      colours: () => ({ ink: shownAs(drawing.options.nodes.font.color), ground: shownAs(drawing.options.nodes.font.strokeColor) }),
      say: (words) => (byId("names-drawn").textContent = words),
    });
  };

  let looking;
  const lookCloser = () => {
    if (network.getScale() < NEAR === isFar) return;
    clearTimeout(looking);
    looking = setTimeout(() => {
      if (network.getScale() < NEAR === isFar) return;
      isFar = !isFar;
      visEdges.update(drawing.edges.map((edge) => ({ ...edgeInColour(edge), ...edgeInDetail(edge) })));
    }, 100);
  };

  const fitToShown = () => {
    const shown = nodes.map((_, at) => at).filter((at) => visible[at]);
    if (!shown.length) return;
    // Many without a tie stand in rows below: to be scrolled to, and not to make all the others small.
    const tied = shown.filter((at) => joined[at]);
    if (tied.length && shown.length - tied.length > MANY_ALONE) shown.splice(0, shown.length, ...tied);
    network.fit({ nodes: shown, maxZoomLevel: 1.3, animation: false });
    // Room for the names at the rim.
    network.moveTo({ scale: network.getScale() * 0.9 });
  };

  // A table of thousands of lines takes long to bring up to date: what is drawn is told directly, where that can be done.
  const redrawMany = () => {
    const { body } = network;
    drawing.nodes.forEach((node, at) => {
      node.hidden = body.nodes[at].options.hidden = !visible[at];
    });
    drawing.edges.forEach((edge, at) => {
      const { options } = body.edges[at];
      edge.hidden = options.hidden = isHidden(at);
      if (!edge.hidden && isOtherwise(at)) {
        drawnSo(at);
        options.color.opacity = edgeInColour(edge).color.opacity;
        options.width = thick[at];
      }
    });
    body.nodeIndices = drawing.nodes.filter((node) => !node.hidden).map(({ id }) => id);
    body.edgeIndices = drawing.edges.filter((edge) => !edge.hidden).map(({ id }) => id);
    body.emitter.emit("_requestRedraw");
  };

  const redraw = () => {
    if (edges.length > MANY_LINES && network.body?.edgeIndices) return redrawMany();
    const changedNodes = drawing.nodes.filter((node, at) => node.hidden === visible[at]);
    changedNodes.forEach((node) => (node.hidden = !node.hidden));
    const changedEdges = [];
    drawing.edges.forEach((edge, at) => {
      const hidden = isHidden(at);
      const otherwise = !hidden && isOtherwise(at);
      if (hidden === edge.hidden && !otherwise) return;
      edge.hidden = hidden;
      changedEdges.push({ id: edge.id, hidden, ...(otherwise ? edgeInColour(edge) : {}) });
      if (otherwise) drawnSo(at);
    });
    if (changedNodes.length) visNodes.update(changedNodes.map(({ id, hidden }) => ({ id, hidden })));
    if (changedEdges.length) visEdges.update(changedEdges);
  };

  // As wide and high as the place on an A4 page, so that letters are printed as large as they are drawn.
  addEventListener("beforeprint", () => {
    if (!network || onPaper) return;
    onPaper = { position: network.getViewPosition(), scale: network.getScale() };
    network.setSize("1030px", "440px");
    paint();
    fitToShown();
    network.redraw();
  });
  addEventListener("afterprint", () => {
    if (!network || !onPaper) return;
    const before = onPaper;
    onPaper = false;
    network.setSize("100%", "100%");
    paint();
    network.moveTo(before);
    network.redraw();
  });

  const zoom = (factor) => network.moveTo({ scale: network.getScale() * factor });
  byId("zoom-in").addEventListener("click", () => zoom(1.4));
  byId("zoom-out").addEventListener("click", () => zoom(1 / 1.4));
  byId("fit").addEventListener("click", () => fitToShown());

  // -- what is behind a tie

  const claimCard = (at) => window.networkClaims.card(claims[at]);

  const behind = (at) =>
    alive.get(at).flatMap(({ about, legs }) => [
      ...(about ? [make("p", about, "about")] : []),
      ...[...new Set(legs.flat())].map(claimCard),
    ]);

  const sentence = (at) => {
    const { from, to } = drawing.edges[at];
    return `${nodes[from].name} ${relations[edges[at].relation].phrase} ${nodes[to].name}`;
  };

  // What was chosen, shown anew whenever something else is ticked.
  const nothing = [...detail.childNodes];
  let again = () => {};
  const chosen = (show, at, isThere) => {
    again = () => {
      if (isThere(at)) return show(at);
      again = () => {};
      network.unselectAll();
      detail.replaceChildren(...nothing);
    };
  };

  const showEdge = (at) => {
    chosen(showEdge, at, (tie) => alive.has(tie));
    const sum = sumUp(at);
    const facts = [counted(sum.times, "time"), counted(sum.sources, "source"), edges[at].when].filter(Boolean).join(" · ");
    network.selectEdges([at]);
    detail.replaceChildren(
      make("h3", sentence(at)),
      make("p", facts + (sum.onlyInterpreted ? " · researcher's interpretation only" : "") + (edges[at].disputed ? " · disputed" : ""), "facts"),
      make("p", relations[edges[at].relation].definition, "quiet"),
      ...behind(at),
    );
    detail.scrollTop = 0;
  };

  const showNode = (at) => {
    chosen(showNode, at, (node) => visible[node]);
    network.selectNodes([at], false);
    const list = make("ul", undefined, "ties");
    for (const tie of order) {
      const { from, to } = drawing.edges[tie];
      if (!alive.has(tie) || (from !== at && to !== at)) continue;
      const choose = make("button", sentence(tie));
      choose.type = "button";
      choose.addEventListener("click", () => {
        showEdge(tie);
        detail.focus();
      });
      const item = make("li");
      item.append(choose);
      list.append(item);
    }
    const many = list.childElementCount;
    detail.replaceChildren(
      make("h3", nodes[at].name),
      make("p", nodes[at].facts, "facts"),
      ...(nodes[at].href ? [leading(`All about ${nodes[at].name}`, nodes[at].href)] : []),
      make("p", many ? `${counted(many, "visible tie")}:` : "No visible ties.", "quiet"),
      list,
    );
    detail.scrollTop = 0;
  };

  // -- the table

  const rows = byId("rows");
  const more = byId("more");
  let waiting = [];

  const row = (at) => {
    const sum = sumUp(at);
    const { from, to } = drawing.edges[at];
    const made = make("tr");
    const cells = [
      ["From", nodes[from].name],
      ["Relation", relations[edges[at].relation].phrase],
      ["To", nodes[to].name],
      ["Times", sum.times],
      ["Sources", sum.sources],
      ["When", edges[at].when],
    ];
    for (const [head, text] of cells) {
      const cell = make("td");
      cell.dataset.head = head;
      cell.append(make("bdi", text));
      made.append(cell);
    }
    const last = make("td");
    last.dataset.head = "Claims";
    const fold = make("details");
    const words = counted(sum.claims, "claim") + (sum.onlyInterpreted ? ", researcher's interpretation only" : "") + (edges[at].disputed ? ", disputed" : "");
    fold.append(make("summary", words));
    fold.addEventListener("toggle", () => {
      if (fold.open && fold.childElementCount === 1) fold.append(...behind(at));
    });
    last.append(fold);
    made.append(last);
    made.dataset.tie = at;
    return made;
  };

  const showRows = () => {
    rows.append(...waiting.splice(0, AT_ONCE).map(row));
    more.hidden = !waiting.length;
    more.textContent = `Show more (${waiting.length.toLocaleString("en")} left)`;
  };

  const fillTable = () => {
    waiting = order.filter((at) => alive.has(at));
    rows.replaceChildren();
    byId("no-rows").hidden = waiting.length > 0;
    showRows();
  };

  more.addEventListener("click", () => {
    const first = rows.childElementCount;
    showRows();
    rows.children[first]?.querySelector("summary").focus();
  });

  // -- search

  const folded = (text) => text.normalize("NFD").replace(/\p{M}/gu, "").toLowerCase();
  const names = nodes.map((node) => folded(node.name));
  const box = byId("name");
  const found = byId("found");

  const matching = () => {
    const wanted = folded(box.value.trim());
    return wanted ? names.map((_, at) => at).filter((at) => names[at].includes(wanted)) : [];
  };

  const goTo = (at) => {
    if (!visible[at]) {
      boxes.forEach((each) => {
        const name = each.closest("fieldset").dataset.filter;
        if (name === "kind" && each.value === nodes[at].kind) each.checked = true;
        if (name === "organisation" && each.value === nodes[at].organisation) each.checked = true;
      });
      apply();
    }
    showNode(at);
    if (visible[at]) network.focus(at, { scale: 1.2, animation: false });
  };

  box.addEventListener("input", () => {
    const all = matching();
    byId("how-many").textContent = box.value.trim() ? (all.length ? `${all.length} found` : "no matches") : "";
    found.replaceChildren(
      ...all.slice(0, FOUND_AT_ONCE).map((at) => {
        const choose = make("button", nodes[at].name);
        choose.type = "button";
        choose.addEventListener("click", () => goTo(at));
        const item = make("li");
        item.append(choose);
        return item;
      }),
    );
  });

  byId("search").addEventListener("submit", (event) => {
    event.preventDefault();
    const [first] = matching();
    if (first !== undefined) goTo(first);
  });

  // -- filters

  const apply = () => {
    readBoxes();
    filter();
    redraw();
    fillTable();
    again();
    window.networkView.changed();
  };
  boxes.forEach((each) => each.addEventListener("change", apply));
  byId("all").addEventListener("click", () => {
    boxes.forEach((each) => (each.checked = true));
    apply();
    fitToShown();
  });
  byId("reset").addEventListener("click", () => {
    only = null;
    boxes.forEach((each, at) => (each.checked = atFirst[at]));
    apply();
    fitToShown();
  });

  // A slider that is drawn gives many values: the table follows when it rests.
  let resting;
  period.listen(() => {
    filter();
    redraw();
    clearTimeout(resting);
    resting = setTimeout(() => {
      fillTable();
      again();
      window.networkView.changed();
    }, 150);
  });

  readBoxes();
  filter();
  draw();
  fillTable();

  // What network_ways.js needs: neighbours of one, ways between two, the size of the marks.
  window.networkView = {
    nodes,
    drawing,
    names,
    folded,
    make,
    counted,
    detail,
    sentence,
    showEdge,
    network: () => network,
    resize: (sizes) => visNodes.update(sizes.map((size, id) => ({ id, size, hidden: drawing.nodes[id].hidden }))),
    ties: () => [...alive.keys()],
    isShown: (at) => visible[at],
    showOnly: (chosen) => {
      only = chosen;
      apply();
      fitToShown();
    },
    chosenNodes: () => only,
    leaveChoice: () => (again = () => {}),
    changed: () => {}, // called when other ties are shown
  };
})();
