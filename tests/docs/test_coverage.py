"""Every place of every form arrives: in the graph, back in the form, on a page or in a report. Measured with marks."""

from __future__ import annotations

from pathlib import Path
from types import ModuleType
from typing import Any

import pytest

from tests.engines import ONLY_WITH_ALL

pytestmark = pytest.mark.timeout(900)
CHECKOUT = Path(__file__).resolve().parents[2]
DOCS = CHECKOUT / "docs"
_OWN = 2
"""The fewest formats that a form comes back in."""


pytestmark = ONLY_WITH_ALL


@pytest.fixture(scope="module")
def table() -> ModuleType:
    with pytest.MonkeyPatch.context() as patch:
        patch.syspath_prepend(str(CHECKOUT / "scripts"))
        import coverage_table

    return coverage_table


@pytest.fixture(scope="module")
def covered(table: ModuleType, embedded_engine: None) -> list[Any]:
    return list(table.measured())


def test_every_place_arrives_in_the_graph_comes_back_and_is_shown(covered: list[Any]) -> None:
    lost = [
        f"{each.place.instrument}: {each.place.part}: {each.place.words}: "
        f"graph {each.graph}, comes back from {each.formats}, shown on {each.shown} {each.reports}"
        for each in covered
        if not (each.graph and len(each.formats) >= _OWN and (each.shown or each.reports or each.said))
    ]
    assert lost == []


def test_the_source_has_a_place_for_each_of_its_codes_and_rows(covered: list[Any]) -> None:
    def number(instrument: str) -> int:
        return sum(each.place.instrument == instrument for each in covered)

    assert number("coding_workbook") == 130
    assert number("summary_tables") == 96 + 16 + 74 + 24
    assert {each.place.instrument for each in covered} >= {
        "document_extraction_template", "observation_guide", "narrative_form", "theme_form", "data_collection_summary",
    }  # fmt: skip


def test_codes_and_rows_are_tied_to_the_passages_written_under_them(table: ModuleType, covered: list[Any]) -> None:
    untied = [
        each.place.words
        for each in covered
        if (kind := table.TIES.get(each.place.instrument))
        and not any(held.startswith(f"{kind} ") for held in each.graph)
    ]
    assert untied == []


def arrivals(page: str) -> list[str]:
    """The lines of a page without the last column of its table: pages and reports may come to show more."""
    return [line.rsplit("|", 2)[0] for line in page.splitlines()]


def test_the_page_is_current(table: ModuleType, covered: list[Any]) -> None:
    written = dict(table.pages_of(covered))
    kept = {name: (DOCS / name).read_text(encoding="utf-8") if (DOCS / name).is_file() else "" for name in written}
    stale = [name for name, text in written.items() if arrivals(kept[name]) != arrivals(text)]
    assert stale == [], "Run `python3 scripts/generate.py --coverage`."
    assert {f"coverage/{each.name}" for each in (DOCS / "coverage").iterdir()} == {*written} - {"coverage.md"}
