"""The pages of the summary tables: one for each table, and one for each row on which something bears."""

from __future__ import annotations

from typing import Any

import pytest

from journeys.analysis.reading.whole import WholeStudy
from journeys.instruments.summary_tables import shipped_summary_tables
from journeys.study.atlas.record_pages import RecordPages
from journeys.views.pages.frame import PageFrame, Targets
from journeys.views.pages.record import record_page


@pytest.fixture(scope="module")
def pages(demo_study: Any) -> RecordPages:
    import journeys

    study = journeys.open(demo_study("embedded").folder)
    with study.store() as store:
        whole = WholeStudy.read(store, study.id, study.schema, study.instruments)
        return RecordPages.of(whole, shipped_summary_tables().titles)


def test_rows_without_evidence_share_the_page_of_their_table(pages: RecordPages) -> None:
    rows = shipped_summary_tables().rows.values()
    places = {row.id: pages.things[f"demo:{'research_question' if row.kind == 'question' else 'finding'}:{row.id}"]
              for row in rows}  # fmt: skip
    alone = {row for row, place in places.items() if not place.startswith("tables/")}
    assert alone == {"T3-11", "T3-14", "T3-18", "T2.2-09", "L1-03", "RQ1b"}
    assert {place for row, place in places.items() if row not in alone} == {
        f"tables/{table}.html" for table in ("1", "2.1", "2.2", "3", "4")
    }


def test_the_page_of_a_table_has_all_its_rows_and_search_finds_them(pages: RecordPages) -> None:
    (page,) = [each for each in pages.pages if each.href == "tables/1.html"]
    rows = [row for row in shipped_summary_tables().rows.values() if row.table == "1"]
    told = [entry.text for section in page.record.sections for entry in section.entries]
    assert sorted(told) == sorted(f"{row.id} {row.text}" for row in rows)
    text = record_page(page.record, PageFrame("Study", targets=Targets(pages.things, pages.cells, "../")))
    assert "closed on 14 November 2011 by XY: No case study of ours touches urgent care." in text
    found = [f"{each.also} {each.title} {each.text}" for each in pages.searchable()]
    assert [row.id for row in rows if not any(row.id in words and row.text in words for words in found)] == []
