"""The search box of the pages and `journeys search` find the same in the same study."""

from __future__ import annotations

import random
from collections import Counter
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import expect

import journeys
from journeys.analysis.reading.search import SearchResult
from journeys.study.atlas.record_pages import FOLDERS
from journeys.views.pages.frame import cell_anchor

WRITTEN = ("answer", "passage", "claim")
SEARCHES = (
    "testimony",
    "clinic",
    '"clinic"',
    "clinic*",
    "wom* buses",
    "women's",
    '"two buses"',
    "two buses",
    "needs-assessment",
    "Café",
    "the data",
    "6.7",
    "2010",
    "MV",
    "XY",
    '"two bus',
    "two buse",
    "needs assessments",
    "studies",
    "clinics",
    "boxes",
    '"clinics"',
)


@pytest.fixture(scope="module")
def study(opened_demo: journeys.Study) -> journeys.Study:
    return opened_demo


def by_command(study: journeys.Study, result: SearchResult) -> tuple[Counter[str], int]:
    """The places in forms that were found, and how many things that have a page."""
    with_page = {study.schema.nodes[label].noun for label in (*FOLDERS, "Researcher") if label in study.schema.nodes}
    places = Counter(cell_anchor(hit.address) for hit in result.hits if hit.kind in WRITTEN)
    return places, sum(hit.kind in with_page for hit in result.hits if hit.kind not in WRITTEN)


def test_page_and_command_find_the_same(open_page: Any, atlas: Path, study: journeys.Study) -> None:
    """Words of the study, by chance, and what people ask for, each exactly and as the beginning of words."""
    stored = study.cypher("MATCH (n) WHERE n.search_words IS NOT NULL RETURN n.search_words", row_limit=None).rows
    words = sorted({word for (text,) in stored for word in str(text).split()})
    asked = [*SEARCHES, *random.Random(2013).sample(words, 80)]
    found = 0
    with open_page(atlas.parent / "people" / "index.html") as seen:
        seen.page.locator("#find-words").fill("testimony")
        expect(seen.page.locator("#find-hits")).to_have_attribute("aria-busy", "false")
        for each in asked:
            # pages of the atlas, which the command does not know, are found by their titles beside what is in the study
            hits = """(asked) => journeysSearch.search(asked).hits.filter((row) => row.weight !== 3)
              .map((row) => [row.anchor, row.heading, row.named])"""
            found_so = seen.page.evaluate(hits, each)
            # the pages of summary tables are not of things in the graph
            rows = [anchor for anchor, heading, named in found_so if not (named and heading.startswith("["))]
            on_page = Counter(anchor for anchor in rows if anchor), sum(not anchor for anchor in rows)
            assert on_page == by_command(study, study.search(each, most=9999)), each
            found += len(rows)
    assert found > 500
