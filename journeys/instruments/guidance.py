"""The guidance printed in a form: the instrument's own words, and how this program reads the answers."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from journeys.instruments.claim_columns import SHEET
from journeys.instruments.codebook import shipped_codes
from journeys.instruments.columns import BEARS_ON_HELP, CODES_HELP
from journeys.instruments.definition import FieldDefinition, FormatName, GuidanceItem, Instrument
from journeys.model.code_keys import NOT_RECOVERED
from journeys.model.lens import GENERAL, SPECIFIC, Lens, lower_first
from journeys.model.schema import Schema, load_schema

GUIDANCE = "How to fill in"
"""The title of this part at the end of every form: a sheet or a section."""
POINTER = f'For how to fill it in, see the end, under "{GUIDANCE}".'
_INDENT = "    "
_OF_FORMAT: dict[FormatName, str] = {
    "xlsx": "In Excel, you can move rows and columns and rename headings; the program finds them by hidden names.",
    "docx": (
        "In Word, write in the boxes and rows. Leave the headings as they are: the program reads the form by them. "
        "A small \u25be marks a list to choose from. Press Tab in the last cell of a table to add a row."
    ),
    "txt": (
        "Write after the colons, and below the lines in round brackets. A line that starts with spaces continues "
        "the line above it; an empty line ends a row. Lines that start with # are not read."
    ),
}
_STATUS = {"txt": "written below the box, like (Status: nothing found)"}


def guidance(instrument: Instrument, schema: Schema, format_: FormatName) -> Iterator[tuple[str, tuple[str, ...]]]:
    """Headings, each with the lines below it, as a form in this format says them."""
    yield f"{instrument.title}: how to fill it in", tuple(_lines(instrument, schema.lens, format_))
    for part in instrument.guidance:
        yield part.title, tuple(map(_worded, part.items))


def belongs_to_rows(kinds: Iterable[str]) -> str:
    """The verbs of *Who did what* that answer a question, as the drop-down has them; "" for none."""
    phrases = ", ".join(load_schema().claims[kind].phrase for kind in kinds)
    return f"{SHEET}: {phrases}." if phrases else ""


def suggested_codes(field: FieldDefinition) -> str:
    """The codes that an instrument suggests for a question, with their labels; "" for none."""
    codes = shipped_codes().codes
    known = (codes[key].shown if key in codes else key for key in field.suggested_codes)
    return f"Suggested codes: {'; '.join(known)}." if field.suggested_codes else ""


def _worded(item: GuidanceItem) -> str:
    number = f"{item.number}. " if item.number is not None else ""
    rows = belongs_to_rows(item.rows)
    words = f"{number}{item.text or NOT_RECOVERED}" + (f" ({rows.rstrip('.')})" if rows else "")
    return f"{_INDENT}{words}" if item.under else words


def _lines(instrument: Instrument, lens: Lens, format_: FormatName) -> Iterator[str]:
    yield f"One form for {instrument.one_for}. Fields marked * are required."
    yield "Write names as in the registers (name, id or alias). Separate several with ;"
    if instrument.question_sections:
        yield (
            f"An answer has one of four statuses, {_STATUS.get(format_, 'chosen under Status')}: answered; nothing "
            "found (looked for and not there, or the answer is no: a finding); not known yet (asked, still to be "
            "found out); not asked (or leave it empty)."
        )
        general, specific = (lower_first(lens.headings[scope]) for scope in (GENERAL, SPECIFIC))
        yield (
            f"Where the form asks both {general} and {specific}, the two answers are kept apart."
            + (" Leave grey boxes empty." if format_ == "xlsx" else "")
        )
    if not instrument.has_claim_rows:
        if format_ in _OF_FORMAT:
            yield _OF_FORMAT[format_]
        return
    below = {
        "txt": " Write them below the answer, like (Codes: 6.7; 8.10).",
        "docx": " In a box: a line 'Codes: 6.7; 8.10' below it.",
    }
    yield f"Codes: {CODES_HELP}{below.get(format_, '')} Leave them empty if you do not code here."
    where = {
        "txt": " Write them below the answer, like (Bears on: supports T1-07).",
        "docx": " In a box: choose one from the list, or write several over it.",
    }
    yield f"Bears on: {BEARS_ON_HELP}{where.get(format_, '')} Leave them empty if the answer bears on none."
    yield (
        f"{SHEET}: one row for each thing that somebody did, according to one source. If sources differ, write a "
        "row for each. These rows become the relationships in the graph; the answers are stored in full with them."
    )
    if format_ in _OF_FORMAT:
        yield _OF_FORMAT[format_]
