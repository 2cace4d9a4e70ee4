"""What a form tells who fills it in: the instrument's own words, and how this program reads them."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from journeys.instruments.claim_columns import SHEET
from journeys.instruments.definition import NOT_RECOVERED, FormatName, GuidanceItem, Instrument
from journeys.model.schema import load_schema

GUIDANCE = "How to fill in"
"""What it stands under, at the end of every form: a sheet, or a section."""
POINTER = f'How to fill it in: at the end, under "{GUIDANCE}".'
_INDENT = "    "
_OF_FORMAT: dict[FormatName, str] = {
    "xlsx": "In Excel, rows and columns may be moved, and headings renamed: the program finds them by hidden names.",
    "docx": (
        "In Word, write into the boxes and rows. The headings tell the program what is what: leave them as they are. "
        "A small \u25be is a list to choose from. The Tab key in the last cell of a table makes another row."
    ),
    "txt": (
        "Write after the colons, and below the lines in round brackets. A line that begins with spaces goes on with "
        "the line above it; an empty line ends a row. Lines that begin with # are not read."
    ),
}
_STATUS = {"txt": "written below the box, like (Status: nothing found)"}


def guidance(instrument: Instrument, format_: FormatName) -> Iterator[tuple[str, tuple[str, ...]]]:
    """Headings, each with the lines below it, as a form in this format says them."""
    yield f"{instrument.title}: how to fill it in", tuple(_lines(instrument, format_))
    for part in instrument.guidance:
        yield part.title, tuple(map(_worded, part.items))


def belongs_to_rows(kinds: Iterable[str]) -> str:
    """The verbs of *Who did what* that answer a question, as the drop-down has them; "" for none."""
    phrases = ", ".join(load_schema().claims[kind].phrase for kind in kinds)
    return f"{SHEET}: {phrases}." if phrases else ""


def _worded(item: GuidanceItem) -> str:
    number = f"{item.number}. " if item.number is not None else ""
    rows = belongs_to_rows(item.rows)
    words = f"{number}{item.text or NOT_RECOVERED}" + (f" ({rows.rstrip('.')})" if rows else "")
    return f"{_INDENT}{words}" if item.under else words


def _lines(instrument: Instrument, format_: FormatName) -> Iterator[str]:
    yield f"One form for {instrument.one_for}. Fields with a * are needed."
    yield "Write names as they stand in the registers (name, id or alias); several in one place are separated by ;"
    if instrument.question_sections:
        yield (
            f"Four things an empty answer can mean, {_STATUS.get(format_, 'chosen under Status')}: answered; nothing "
            "found (looked for, and not there, or the answer is no: a finding); not known yet (asked, still to be "
            "found out); not asked (or leave it empty)."
        )
        yield (
            "Where the form asks generally and in relation to ethnicity, the two answers are kept apart."
            + (" Grey boxes are not asked for." if format_ == "xlsx" else "")
        )
    yield (
        f"{SHEET}: one row for one thing that somebody did, as one source tells it. Sources that tell it differently "
        "get a row each. These rows become the lines of the graph; the answers are kept whole beside them."
    )
    if format_ in _OF_FORMAT:
        yield _OF_FORMAT[format_]
