"""Which pages of an atlas are made again: those whose data, links or files are no longer what they were."""

from __future__ import annotations

from dataclasses import dataclass, replace
from pathlib import Path
from types import MappingProxyType
from typing import IO

import networkx as nx
import pytest

from journeys.analysis.claims.claim import ClaimRecord, Entity
from journeys.model.dates import UNKNOWN
from journeys.model.problems import Address
from journeys.model.schema import load_schema
from journeys.study.atlas.digests import Digests, way_of_making
from journeys.study.atlas.folder import AtlasFolder
from journeys.views.pages.frame import PageFrame, Targets
from journeys.views.render import render

MINA, PAPER = Entity("s:actor:mina", "Actor", "Mina"), Entity("s:document:d1", "Document", "Paper")
CELL = Address("forms/a.xlsx", "Rows", "B2")
SAID = {"id": "c1", "quote": "Good.", "file": "forms/a.xlsx", "sheet": "Rows", "cell": "B2"}
CLAIM = ClaimRecord(load_schema().claims["SUPPORTED"], MINA, PAPER, SAID, UNKNOWN)
TARGETS = Targets({"s:actor:mina": "people/mina.html"}, {CELL: "sources/a.html#b2"})


def digest(shown: object, targets: Targets = TARGETS) -> str:
    return Digests(targets).of(shown)


@pytest.mark.parametrize(
    "other",
    [
        replace(CLAIM, properties={**SAID, "quote": "Good!"}),
        replace(CLAIM, start=Entity("s:actor:mina", "Actor", "Mina M.")),
        replace(CLAIM, kind=load_schema().claims["CONTESTED"]),
        replace(CLAIM, via=PAPER),
        replace(CLAIM, said_by="Mina"),
    ],
)
def test_whatever_a_claim_says_counts(other: ClaimRecord) -> None:
    assert digest([CLAIM]) == digest([replace(CLAIM, properties=dict(SAID))])
    assert digest([CLAIM]) != digest([other])
    both = Digests(TARGETS)
    assert both.of([CLAIM]) != both.of([other])  # also where the first is remembered


@pytest.mark.parametrize("shown", [CLAIM, {"row": SAID}, MINA, [{"id": "s:actor:mina"}], [CELL]])
def test_where_names_and_cells_lead_counts(shown: object) -> None:
    elsewhere = Targets({"s:actor:mina": "people/mina-2.html"}, {CELL: "sources/a.html#other"})
    assert len({digest(shown), digest(shown, elsewhere), digest(shown, Targets())}) == 3
    assert digest(shown, Targets({**TARGETS.things, "s:actor:kit": "people/kit.html"}, TARGETS.cells)) == digest(shown)


def test_equal_things_have_equal_digests_however_they_were_made() -> None:
    def graph(*edges: tuple[str, str]) -> nx.MultiDiGraph[str]:
        made: nx.MultiDiGraph[str] = nx.MultiDiGraph()
        made.add_edges_from(edges)
        _ = made.adj  # what a graph remembers is not what it holds
        return made

    words = "".join(["a", "b"])
    assert digest([{"x", "y", "z"}, words, words]) == digest([{"z", "y", "x"}, "ab", "ab"])
    assert digest(MappingProxyType({"a": 1})) == digest({"a": 1})
    assert digest(graph(("a", "b"))) == digest(nx.MultiDiGraph([("a", "b")])) != digest(graph(("b", "a")))
    assert digest({"a": 1, "b": 2}) != digest({"b": 2, "a": 1})


@dataclass
class Made:
    """Counts how often a page is made."""

    times: int = 0

    def of_a_file(self, file: IO[str], *, frame: PageFrame) -> str:
        return self.page(file.readline(), frame=frame)

    def page(self, words: str, *, frame: PageFrame) -> str:
        self.times += 1
        return render("listing.html.j2", title=words, scripts=["1;"], number="", groups={}, **frame.context())


def test_a_page_is_made_again_only_for_a_reason(tmp_path: Path) -> None:
    counted, pages = Made(), tmp_path / "out"

    def make(words: str = "One", *, way: str = "way", title: str = "Study", folder: Path = pages) -> int:
        before = counted.times
        out = AtlasFolder(folder, TARGETS, way, tmp_path / ".journeys")
        out.page("people/a.html", counted.page, words, frame=PageFrame(title, shared=out.shared))
        out.finish(["people"])
        assert words in (folder / "people" / "a.html").read_text("utf-8")
        assert len(list(folder.glob("shared/*.js"))) == 2
        return counted.times - before

    assert make() == 1
    assert make() == 0
    assert make("Two") == 1
    assert make("Two", title="Another study") == 1
    assert make("Two", title="Another study", way="another way") == 1
    assert make("Two", title="Another study", way="another way", folder=tmp_path / "other") == 1
    assert make() == 1
    (pages / "people" / "a.html").write_text("One, as somebody wrote it", "utf-8")
    assert make() == 1
    next(pages.glob("shared/*.js")).write_text("somebody's script", "utf-8")
    assert make() == 1
    next(pages.glob("shared/*.js")).unlink()
    assert make() == 1
    assert make() == 0
    next((tmp_path / ".journeys" / "pages").iterdir()).write_text("{", "utf-8")
    (tmp_path / ".journeys" / "pages" / "x").write_text("", "utf-8")
    assert make() in (0, 1)


def test_a_page_of_which_nobody_can_tell_what_it_is_made_from_is_made_each_time(tmp_path: Path) -> None:
    counted = Made()
    for _ in range(2):
        out = AtlasFolder(tmp_path / "out", TARGETS, "way", tmp_path / ".journeys")
        with Path(__file__).open(encoding="utf-8") as file:
            out.page("a.html", counted.of_a_file, file, frame=PageFrame("Study", shared=out.shared))
        out.finish([])
    assert counted.times == 2


def test_files_that_change_how_the_study_reads_count(tmp_path: Path) -> None:
    (tmp_path / "instruments").mkdir()
    codebook, instruments = tmp_path / "codebook.yaml", tmp_path / "instruments"
    ways = [way_of_making("{}", codebook, instruments), way_of_making("{x}", codebook, instruments)]
    codebook.write_text("a", "utf-8")
    ways.append(way_of_making("{}", codebook, instruments))
    (instruments / "own.yaml").write_text("a", "utf-8")
    ways.append(way_of_making("{}", codebook, instruments))
    assert len(set(ways)) == 4
    assert ways[-1] == way_of_making("{}", codebook, instruments)
