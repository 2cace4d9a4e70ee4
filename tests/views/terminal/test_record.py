"""A record in a terminal: long sections are cut where they should be, and say by how much."""

from __future__ import annotations

import io

import pytest
from rich.console import Console

from journeys.analysis.claims.claim import Entity
from journeys.analysis.reading.record import Entry, Record, Section
from journeys.views.terminal.record import SHOWN, record_view

SOURCES, EACH = 30, 25


def shown(record: Record, **how: bool) -> str:
    console = Console(file=io.StringIO(), width=100)
    console.print(record_view(record, **how))
    return console.file.getvalue()  # type: ignore[attr-defined, no-any-return]


@pytest.fixture
def record() -> Record:
    """A code of which each of many sources has many passages, at two sites; the second has one too many."""

    def source(number: int, passages: int) -> Entry:
        below = tuple(Entry("passage", text=f"passage {number}-{each}", mode="verbatim") for each in range(passages))
        return Entry("heading", f"Interview {number}", entries=below)

    sections = (
        Section("Northtown", tuple(source(number, EACH) for number in range(SOURCES))),
        Section("Easthaven", tuple(source(number, 1) for number in range(100, 101 + SHOWN))),
    )
    return Record(Entity("s:code:1.10", "Code", "1.10"), "code", "1.10", (), sections)


def test_a_section_of_many_headings_is_cut_after_so_many_passages_in_all(record: Record) -> None:
    lines = [line.strip() for line in shown(record).splitlines()]
    kept = [line for line in lines if line.startswith("“passage")]
    assert len(kept) == 2 * SHOWN
    assert kept[SHOWN - 1] == f"“passage {SHOWN // EACH - 1}-{EACH - 1}”"
    assert kept[SHOWN] == "“passage 100-0”"
    assert [line for line in lines if "more" in line] == [
        f"… and {SOURCES * EACH - SHOWN} more entries: add -o FILE to see all.",
        "… and 1 more entry: add -o FILE to see all.",
    ]
    # no heading stands there with nothing below it
    assert f"Interview {SHOWN // EACH}" not in lines


def test_a_file_has_all(record: Record) -> None:
    told = shown(record, all_of_it=True)
    assert told.count("“passage") == SOURCES * EACH + SHOWN + 1
    assert "more" not in told
