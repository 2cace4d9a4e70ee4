"""Financial, academic and municipal years, terms, decades and centuries."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta

from journeys.model.date_shapes import (
    IN_YEAR,
    OF,
    TWO_YEARS,
    YEAR,
    Match,
    Pattern,
    Shapes,
    first_of_two,
    shapes,
    year_of,
)
from journeys.model.date_span import DateSpan, DateUnreadable, days_span, hull, month_end, months_span

FINANCIAL = r"(?:fy|(?:financial|fiscal|tax|budget|accounting)\s+year)"
_ACADEMIC = r"(?:ay|(?:academic|school|university)\s+(?:year|session))"
_MUNICIPAL = r"(?:(?:municipal|civic|council|mayoral)\s+year)"
_NAMED_YEAR = rf"(?:(?P<financial>{FINANCIAL})|(?P<academic>{_ACADEMIC})|(?P<municipal>{_MUNICIPAL}))"
_SHORT_TWO = r"(?P<year>[0-9]{2})[/-](?P<second>[0-9]{2})"

# First month and number of months. Terms overlap: Easter, between the spring and the summer term, moves.
_TERMS = {
    "autumn": (9, 4), "fall": (9, 4), "christmas": (9, 4), "michaelmas": (10, 3), "winter": (1, 4), "spring": (1, 4),
    "lent": (1, 3), "hilary": (1, 3), "easter": (4, 3), "summer": (4, 4), "trinity": (4, 3),
}  # fmt: skip


def _first_month(found: Match) -> int:
    return 4 if found["financial"] else 9 if found["academic"] else 5


def _named_year(found: Match, _: int | None) -> DateSpan:
    """A financial year from April, an academic one from September, a municipal one from May."""
    return months_span(first_of_two(found), _first_month(found), 12, "year")


def _short_named_year(found: Match, _: int | None) -> DateSpan:
    """ "FY10/11": two years in a row; the century is taken to be the present one."""
    first, second = int(found["year"]), int(found["second"])
    if second != (first + 1) % 100:
        raise DateUnreadable(
            "The years have only two digits, and do not follow each other.", 'Write "financial year 2010/11".'
        )
    return months_span((2000 if first < 70 else 1900) + first, _first_month(found), 12, "year")


def _half_a_year(found: Match, _: int | None) -> DateSpan:
    named = found[0].strip()
    kind = "financial" if found["financial"] else "academic" if found["academic"] else "municipal"
    raise DateUnreadable(
        f'"{named}" may be the {kind} year that begins or the one that ends in that year.',
        f'Write both years: "{kind} year 2010/11".',
    )


def _plain_two_years(found: Match, _: int | None) -> DateSpan:
    return months_span(first_of_two(found), 4, 12, "year")


def _two_digit_year(found: Match, _: int | None) -> DateSpan:
    raise DateUnreadable("The year has only two digits.", 'Write the year with four digits, such as "2011".')


def _decade(found: Match, _: int | None) -> DateSpan:
    """Read a decade. "The 1800s" may also mean the century, so a round hundred (except 2000) gives a hundred years."""
    year = int(found["decade"] + "0")
    return months_span(year, 1, 1200 if year % 100 == 0 and year != 2000 else 120, "between")


_CENTURIES = {
    "twelfth": 12, "thirteenth": 13, "fourteenth": 14, "fifteenth": 15, "sixteenth": 16, "seventeenth": 17,
    "eighteenth": 18, "nineteenth": 19, "twentieth": 20, "twenty first": 21,
}  # fmt: skip


def _century(found: Match, _: int | None) -> DateSpan:
    number = _CENTURIES.get(" ".join(found["century"].lower().replace("-", " ").split())) or int(found["century"][:2])
    if not 11 <= number <= 29:
        raise DateUnreadable("The century is outside the 11th to the 29th.", "Check the number.")
    return months_span(100 * number - 99, 1, 1200, "between")


def _term(found: Match, year_hint: int | None) -> DateSpan:
    month, count = _TERMS[found["term"].lower()]
    if "second" in found.re.groupindex:
        year = first_of_two(found)
        return months_span(year if month >= 9 else year + 1, month, count, "between")
    return months_span(year_of(found, year_hint), month, count, "between")


_LENGTHS = {"month": 1, "quarter": 3, "three months": 3, "six months": 6, "half year": 6, "half-year": 6}
_LENGTH = (
    rf"(?:the\s+)?(?:(?:{FINANCIAL}|{_ACADEMIC}|{_MUNICIPAL}|calendar\s+year|yr)"
    r"|(?P<length>year|(?:twelve|12|six|6|three|3)\s+months|half[\s-]year|quarter|month))"
)
_ON = r"[:.]?\s+(?:on\s+)?(?:the\s+)?"
ENDING = Pattern(
    rf"(?:{_LENGTH}\s+(?:end(?:ing|ed)?|(?:up\s+)?to)|y\.?/?e\.?(?P<none>)){_ON}(?:end\s+of\s+)?(?P<rest>.+)"
)
BEGINNING = Pattern(rf"{_LENGTH}\s+(?:beginning|commencing|starting|from){_ON}(?:start\s+of\s+)?(?P<rest>.+)")


def _months_in(length: str | None) -> int:
    words = " ".join((length or "").lower().replace("12 ", "twelve ").replace("6 ", "six ").split())
    return _LENGTHS.get(words.replace("3 ", "three "), 12)


def read_ending(found: Match, last: DateSpan) -> DateSpan | None:
    """ "Year ending (31) March 2011": the months up to the end of that month, or to that day."""
    end, count = last.date_to, _months_in(found["length"])
    if last.precision not in ("day", "month") or end is None:
        return None
    first = end.year * 12 + end.month - 1 - count
    if end == month_end(end.year, end.month):
        span = months_span((first + 1) // 12, (first + 1) % 12 + 1, count, _precision(count))
    else:
        start = date(first // 12, first % 12 + 1, min(end.day, month_end(first // 12, first % 12 + 1).day))
        span = days_span(start + timedelta(1), end)
    return replace(span, approximate=last.approximate, remarks=last.remarks)


def read_beginning(found: Match, first: DateSpan) -> DateSpan | None:
    """ "Year beginning (1) April 2010": the months from the start of that month, or from that day."""
    start, count = first.date_from, _months_in(found["length"])
    if first.precision not in ("day", "month") or start is None:
        return None
    if start.day == 1:
        span = months_span(start.year, start.month, count, _precision(count))
    else:
        last = start.year * 12 + start.month - 1 + count
        end = date(last // 12, last % 12 + 1, min(start.day, month_end(last // 12, last % 12 + 1).day))
        span = days_span(start, end - timedelta(1))
    return replace(span, approximate=first.approximate, remarks=first.remarks)


def _precision(count: int) -> str:
    return {1: "month", 3: "quarter", 12: "year"}.get(count, "between")


def _years_apart(found: Match, _: int | None) -> DateSpan:
    """ "2010 to 11", "2010 - 11": from year to year."""
    year, short = int(found["year"]), found["second"]
    second = int(found["year"][:2] + short)
    if second <= year:
        second += 100
    if second - year > 50:
        raise DateUnreadable(
            f"{year} and {short} are not two years of one period.", f'Write both years: "{year} to {year + 1}".'
        )
    return hull(months_span(year, 1, 12, "year"), months_span(second, 1, 12, "year"))


_NTH_CENTURY = rf"[0-9]{{2}}(?:th|st|nd)|{'|'.join(_CENTURIES).replace(' ', '[ -]')}"
_TERM = rf"(?P<term>{'|'.join(_TERMS)})\s+(?:term|semester)"

YEARS: Shapes = shapes(
    (rf"{_NAMED_YEAR}{OF}{TWO_YEARS}", _named_year),
    (rf"{TWO_YEARS}\s+{_NAMED_YEAR}", _named_year),
    (rf"{_NAMED_YEAR}{OF}{_SHORT_TWO}", _short_named_year),
    (rf"{_NAMED_YEAR}{OF}[0-9]{{4}}", _half_a_year),
    (rf"[0-9]{{4}}\s+{_NAMED_YEAR}", _half_a_year),
    (rf"{_NAMED_YEAR}{OF}'?[0-9]{{2}}", _two_digit_year),
    (r"(?P<year>[0-9]{4})/(?P<second>[0-9]{2})", _plain_two_years),
    (
        r"(?:from\s+)?(?P<year>[0-9]{4})(?:\s+-\s*|-\s+|\s+(?:to|until|till|through)\s+)'?(?P<second>[0-9]{2})",
        _years_apart,
    ),
    (r"(?P<decade>[0-9]{3})0'?s", _decade),
    (
        rf"(?P<century>[0-9]{{2}}(?:th|st|nd)|{'|'.join(_CENTURIES).replace(' ', '[ -]')})\s*(?:century|cent\.?|c\.?)",
        _century,
    ),
    (rf"{_TERM}{OF}{TWO_YEARS}", _term),
    (rf"{_TERM}{IN_YEAR}", _term),
    (rf"{YEAR}{OF}{_TERM}", _term),
)
