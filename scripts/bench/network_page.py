"""Measure how soon the page of a large network responds, compared with the same network written by plain pyvis.

    python scripts/bench/network_page.py [--nodes 5000] [--edges 15000] [--patience 60]

An invented network is written as our page and by pyvis' own ``write_html`` with its physics as it comes; both are
opened in a headless Chromium. Printed for each: the seconds from the beginning of the load until the picture stands
and a click on a node is answered, and their ratio; of ours also the milliseconds of a step of the time slider, from
the event until the picture is drawn. Beside each time stands that of the processor: other work on the machine is not
in it.
"""

from __future__ import annotations

import argparse
import contextlib
import os
import random
import tempfile
import time
from datetime import date, timedelta
from pathlib import Path
from statistics import median

import networkx as nx
from playwright.sync_api import CDPSession, Page, sync_playwright
from playwright.sync_api import TimeoutError as TooLong
from pyvis.network import Network

from journeys.analysis.actors.site import SiteNetwork, network_of
from journeys.model.schema import load_schema
from journeys.views.pages.frame import PageFrame
from journeys.views.pages.network import network_page

STEP = """([from, to]) => new Promise((done) => {
  const [first, last] = ["period-from", "period-to"].map((id) => document.getElementById(id));
  [first.value, last.value] = [from, to];
  const began = performance.now();
  last.dispatchEvent(new Event("input", { bubbles: true }));
  network.once("afterDrawing", () => setTimeout(() => done(performance.now() - began), 0));
})"""
"""A step of the slider, until it is drawn."""

STANDS = "() => window.network?.physics?.ready"
"""Positions are there: at once where they come with the page, else when vis-network has found them."""

ANSWERS = """() => new Promise((done) => {
  const [id] = network.body.nodeIndices;
  network.getNodeAt(network.canvasToDOM(network.getPosition(id)));
  network.once("afterDrawing", () => requestAnimationFrame(() => done(performance.now() / 1000)));
  network.selectNodes([id]);
  network.redraw();
})"""


def invented(nodes: int, edges: int) -> nx.MultiDiGraph[str]:
    """A study's graph with ``nodes`` people in organisations, of whom ``edges`` claims say that two are related."""
    chance = random.Random(7)
    graph: nx.MultiDiGraph[str] = nx.MultiDiGraph(study="bench")
    kinds = ("pct", "la", "provider", "vcf", "research")
    for number in range(40):
        graph.add_node(
            f"bench:organisation:{number}", label="Organisation", name=f"Organisation {number}", kind=kinds[number % 5]
        )
    graph.add_node("bench:data_source:1", label="DataSource", name="Invented interview", kind="interview")
    for number in range(nodes):
        person = f"bench:actor:{number:05d}"
        graph.add_node(person, label="Actor", name=f"Person {number}", kind="person")
        graph.add_edge(person, f"bench:organisation:{number % 40}", key=f"m{number}", type="MEMBER_OF", asserted=True)
    pairs: set[tuple[int, int, str]] = set()
    while len(pairs) < edges:
        one = chance.randrange(nodes)
        other = (one // 25 * 25 + chance.randrange(25)) % nodes if chance.random() < 0.8 else chance.randrange(nodes)
        if one != other:
            pairs.add((min(one, other), max(one, other), chance.choice(("RELATES_TO", "CHALLENGED"))))
    for number, (one, other, kind) in enumerate(sorted(pairs)):
        day = date(2011, 1, 1) + timedelta(days=number % 300)
        graph.add_edge(
            f"bench:actor:{one:05d}",
            f"bench:actor:{other:05d}",
            key=f"claim:{number:06d}",
            id=f"claim:{number:06d}",
            type=kind,
            asserted=True,
            source="bench:data_source:1",
            mode="paraphrase",
            quote="An invented sentence of about the length of a line in an interview sheet.",
            date_from=day,
            date_to=day,
            file="forms/invented.xlsx",
            sheet="Who did what",
            cell=f"A{number + 2}",
        )
    return graph


def plain(found: SiteNetwork) -> str:
    """The same nodes and edges, as pyvis shows them by itself, its scripts in the page too."""
    made = Network(directed=True, cdn_resources="in_line")
    graph = found.network.graph
    for node, held in graph.nodes(data=True):
        made.add_node(node, label=held["name"])
    for start, end, held in graph.edges(data=True):
        made.add_edge(start, end, title=held["relation"])
    return str(made.generate_html())


def seconds(page: Page, path: Path, patience: float) -> float | None:
    """Until the picture stands and answers; None if it takes longer than ``patience``."""
    page.set_default_timeout(patience * 1000)
    with contextlib.suppress(TooLong):
        page.goto(path.as_uri(), wait_until="commit")
        page.wait_for_function(STANDS)
        return float(page.evaluate(ANSWERS))
    return None


def busy(session: CDPSession) -> float:
    """The seconds of processor time that the page has used."""
    told = session.send("Performance.getMetrics")["metrics"]
    return float(next(each["value"] for each in told if each["name"] == "TaskDuration"))


def steps(page: Page, session: CDPSession) -> list[tuple[float, float]]:
    """Milliseconds and milliseconds of the processor for each of some steps of the slider."""
    found = []
    for at in range(7):
        page.wait_for_timeout(500)  # the table has followed the step before
        began = busy(session)
        took = float(page.evaluate(STEP, [at, at + 3]))
        found.append((took, (busy(session) - began) * 1000))
    return found


def main() -> None:
    """Write both pages, open both, print the times."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0] if __doc__ else None)
    parser.add_argument("--nodes", type=int, default=5000)
    parser.add_argument("--edges", type=int, default=15000)
    parser.add_argument("--patience", type=float, default=60.0)
    parser.add_argument("--browser", default=os.environ.get("CHROMIUM", "/usr/bin/chromium"))
    wanted = parser.parse_args()
    schema = load_schema()
    found = network_of(invented(wanted.nodes, wanted.edges), schema)
    began = time.perf_counter()
    ours = network_page(found, schema, PageFrame("Bench"))
    print(f"written in {time.perf_counter() - began:.1f} s, {len(ours) / 1e6:.1f} MB")
    with tempfile.TemporaryDirectory() as folder, sync_playwright() as running:
        pages = {"ours": Path(folder) / "ours.html", "pyvis": Path(folder) / "pyvis.html"}
        pages["ours"].write_text(ours, encoding="utf-8")
        pages["pyvis"].write_text(plain(found), encoding="utf-8")
        took: dict[str, float | None] = {}
        for name, path in pages.items():
            browser = running.chromium.launch(executable_path=wanted.browser, args=["--no-sandbox", "--disable-gpu"])
            # pyvis asks a server for a style sheet even so; nothing is to be waited for.
            context = browser.new_context(offline=True)
            page = context.new_page()
            session = context.new_cdp_session(page)
            session.send("Performance.enable", {"timeDomain": "threadTicks"})
            took[name] = value = seconds(page, path, wanted.patience)
            said = f"no answer in {wanted.patience:.0f} s"
            if value is not None:
                said = f"{value:.2f} s (processor {busy(session):.2f} s)"
            print(f"{name:6} {said}", flush=True)
            if name == "ours" and value is not None:
                walls, processors = zip(*steps(page, session), strict=True)
                print(f"slider {median(walls):.0f} ms a step (processor {median(processors):.0f} ms)", flush=True)
            browser.close()
    if took["ours"] is not None:
        atleast = took["pyvis"] if took["pyvis"] is not None else wanted.patience
        print(f"ratio  {'' if took['pyvis'] is not None else 'more than '}{atleast / took['ours']:.1f}")


if __name__ == "__main__":
    main()
