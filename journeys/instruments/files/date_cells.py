"""Dates in a workbook's cells: a spreadsheet stores whole days, whatever part of them its number format shows."""

from __future__ import annotations

import re
from collections.abc import Collection
from dataclasses import dataclass
from datetime import date, datetime
from typing import Literal

from journeys.instruments.files.zip_package import ZipPackage
from journeys.model.calendar import MONTHS
from journeys.model.problems import Address, Problem, Severity

Shown = Literal["month", "year", "no year", "short year", "day", "clock", "minutes"]
"""What a number format shows of a date, where it does not show all of it."""

_NOT_DATE_WORDS = re.compile(r'"[^"]*"|\[[^\]]*\]|\\.|_.|\*.')
_BUILT_IN: dict[str, Shown] = {
    "14": "day", "15": "day", "16": "no year", "17": "month",
    "18": "minutes", "20": "minutes", **dict.fromkeys(("19", "21", "45", "47"), "clock"),
}  # fmt: skip
"""Formats that every workbook has without declaring them: d-mmm, mmm-yy, h:mm."""


def partial_date_styles(package: ZipPackage) -> dict[str, Shown]:
    """The cell styles that do not show all of a date: style number to what they show."""
    formats = dict(_BUILT_IN)
    styles: dict[str, Shown] = {}
    position = 0
    for parent, tag, attributes, _ in package.elements("xl/styles.xml"):
        if tag == "numFmt":
            shown = _shown(attributes.get("formatCode", ""))
            if shown:
                formats[attributes.get("numFmtId", "")] = shown
        elif tag == "xf" and parent == "cellXfs":
            shown = formats.get(attributes.get("numFmtId", ""))
            if shown:
                styles[str(position)] = shown
            position += 1
    return styles


def _shown(code: str) -> Shown | None:
    """What a format code shows; None for a whole date, and for what is no date."""
    first = _NOT_DATE_WORDS.sub("", code.lower()).partition(";")[0]
    letters = set(re.findall("[a-z]", first))
    if not letters <= set("dmyehsapb"):
        return None
    if letters & set("yeb"):
        if letters & set("dhs"):
            whole: Shown | None = None if letters & set("hs") else "day"
            return "short year" if re.search(r"(?<!y)yy?(?!y)", first) else whole
        return "month" if "m" in letters else "year"
    if "d" in letters or letters == {"m"}:
        return "no year"
    return "clock" if "s" in letters else "minutes" if "h" in letters else None


def years_of_work(package: ZipPackage) -> frozenset[int]:
    """The years from that in which a workbook was made to that in which it was saved; none if it does not say."""
    said = {
        tag: int(written[:4])
        for _, tag, _, written in package.elements("docProps/core.xml")
        if tag in ("created", "modified") and written[:4].isdecimal()
    }
    last = said.get("modified", said.get("created", 0))
    return frozenset(range(max(said.get("created", last), last - 10), last + 1)) if last else frozenset()


@dataclass(frozen=True, slots=True)
class ShownDate:
    """A date as its cell shows it, and what a reader must be told of it."""

    value: str | date
    problem: Problem | None


def as_shown(day: date, shown: Shown, address: Address, worked_in: Collection[int] = ()) -> ShownDate:
    """Read a date as it is shown: "Mar-11" as the text "2011-03", since nobody wrote its day.

    Nobody wrote the year of "5-Mar" either: it is the year in which it was typed, and a warning says so. Some programs
    show that day as "05/03/26": a warning says so too if the workbook was worked on (``worked_in``) in that year.
    """
    month = f"{MONTHS[day.month - 1]} {day.year}"
    whole = f"{day.day} {month}"
    if shown == "day":
        return ShownDate(day.date() if isinstance(day, datetime) else day, None)
    if shown in ("clock", "minutes"):
        if isinstance(day, datetime):
            timespec = "minutes" if shown == "minutes" else "seconds"
            return ShownDate(day.time().isoformat(timespec=timespec), None)
        message = f"The cell shows a time of day and holds {whole}, which was read."
        remedy = f'If the day is meant, format the cell as text and write "{whole}"; else write the time as text.'
        return ShownDate(day, Problem("date_shown_in_part", address, message, remedy, Severity.WARNING))
    if shown == "short year":
        if day.year not in worked_in:
            return ShownDate(day, None)
        message = f"The cell holds {whole}, a day of a year in which this workbook was worked on."
        remedy = (
            f'A spreadsheet adds that year to "{day.day} {MONTHS[day.month - 1]}", and makes days of "10-11": check '
            f'it. To be sure, format the cell as text and write "{whole}".'
        )
        return ShownDate(day, Problem("year_of_work", address, message, remedy, Severity.WARNING))
    if shown == "no year":
        message = f"The cell shows a date without its year. The spreadsheet holds {whole}, and that was read."
        remedy = f'If that is not the year, format the cell as text and write the date in full, such as "{whole}".'
        return ShownDate(day, Problem("date_without_year", address, message, remedy, Severity.WARNING))
    if shown == "year":
        text, words, first = f"{day.year:04}", f"{day.year}", (day.month, day.day) == (1, 1)
    else:
        # "2010-11" could be two years.
        text = month if day.month > day.year % 100 else f"{day.year:04}-{day.month:02}"
        words, first = month, day.day == 1
    if first:
        return ShownDate(text, None)
    message = f"The cell shows {words} and holds {whole}; it was read as shown."
    remedy = f'To give the day, format the cell as text and write "{whole}".'
    return ShownDate(text, Problem("date_shown_in_part", address, message, remedy, Severity.WARNING))
