"""What is no form of its own: one that somebody pasted into another, said in one sentence; pictures of a form."""

from __future__ import annotations

import re
from collections.abc import Sequence

from journeys.instruments.coding_workbook import coding_instrument
from journeys.instruments.definition import Instrument
from journeys.instruments.instrument_set import InstrumentSet
from journeys.instruments.word.blocks import Paragraph, WordBlock
from journeys.model.problems import Address, Problem, Report, Severity

_IDENTITY = re.compile(r"(\w+) version \d+")
_JUST_ABOVE = 3
"""Paragraphs above the line that says which form it is, among which its title may stand."""


def pasted_in(
    words: Sequence[tuple[str, str]], instrument: Instrument, known: InstrumentSet, file: str, report: Report
) -> int | None:
    """The number of paragraphs or lines before a second form in a file, which is reported; None where there is none.

    ``words`` are these with their places; the first line that says which form it is belongs to the form itself.
    """
    every = {each.instrument: each for each in (*known, coding_instrument())}
    found = [
        (number, every[match[1]])
        for number, (each, _) in enumerate(words)
        if (match := _IDENTITY.fullmatch(each.strip())) and match[1] in every
    ]
    own = next((number for number, each in found if each.instrument == instrument.instrument), None)
    others = [(number, each) for number, each in found if own is not None and number > own]
    if not others:
        return None
    number, other = others[0]
    above = range(max(number - _JUST_ABOVE, 0), number)
    start = next((n for n in above if words[n][0].strip().casefold() == other.title.casefold()), number)
    again = "a second " if other.instrument == instrument.instrument else "another form: "
    message = f"Here begins {again}{other.title}; from here on, nothing was read."
    remedy = "Move it into a file of its own, or copy what belongs together into one form."
    report(Problem("pasted_form", Address(file, None, words[start][1]), message, remedy))
    return start


def only_pictures(blocks: Sequence[WordBlock], noticed: Sequence[Problem]) -> bool:
    """Whether a document has pictures and no words, as a scanned form has."""
    words = any(block.words.strip() if isinstance(block, Paragraph) else any(map(any, block.rows)) for block in blocks)
    return not words and any(problem.kind == "picture" for problem in noticed)


def scanned(name: str) -> Problem:
    """The warning about a document that holds only pictures."""
    message = "The document holds only pictures, such as a scanned form; nothing in it was read."
    remedy = "Type what it says into a blank form (`journeys forms`), and move the scan out of forms/."
    return Problem("only_pictures", Address(name), message, remedy, Severity.WARNING)
