"""What a form tells who fills it in: the instrument's own words, and how this program reads them."""

from __future__ import annotations

from collections.abc import Iterator

from journeys.instruments.claim_columns import SHEET
from journeys.instruments.definition import Instrument


def guidance(instrument: Instrument) -> Iterator[tuple[str, tuple[str, ...]]]:
    """Headings, each with the lines below it."""
    yield f"{instrument.title}: how to fill it in", tuple(_lines(instrument))
    for part in instrument.guidance:
        yield part.title, part.items


def _lines(instrument: Instrument) -> Iterator[str]:
    yield f"One form for {instrument.one_for}. Fields with a * are needed."
    yield "Write names as they stand in the registers (name, id or alias); several in one cell are separated by ;"
    if instrument.question_sections:
        yield (
            "Four things an empty answer can mean, chosen under Status: answered; nothing found (looked for, and not "
            "there, or the answer is no: a finding); not known yet (asked, still to be found out); not asked (or leave "
            "it empty)."
        )
        yield (
            "Where the form asks generally and in relation to ethnicity, the two answers are kept apart. Grey boxes "
            "are not asked for."
        )
    yield (
        f"{SHEET}: one row for one thing that somebody did, as one source tells it. Sources that tell it differently "
        "get a row each. These rows become the lines of the graph; the answers are kept whole beside them."
    )
    if "xlsx" in instrument.formats:
        yield "In Excel, rows and columns may be moved, and headings renamed: the program finds them by hidden names."
