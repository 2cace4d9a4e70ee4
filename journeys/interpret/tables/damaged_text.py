"""Report letters that a program made something else of ("Itâ€™s", "Q&amp;A", "1.23E+11"), with their places."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from functools import partial
from html import unescape
from typing import Any

from journeys.instruments.files.cells import Row
from journeys.instruments.files.jsonfile import JsonItem
from journeys.interpret.tables.paths import Step
from journeys.model.problems import Address, Problem, Report, Severity

_CANDIDATES = re.compile(r"[\u00c2-\u00f4][\u0080-\u00bf\u0152-\u0192\u02c6\u02dc\u2013-\u203a\u20ac\u2122]{1,3}")
"""What a letter of two to four bytes in UTF-8 looks like when it is read as Windows-1252."""
_ENTITY = re.compile(
    r"&(?:amp|lt|gt|quot|apos|nbsp|#[0-9]{1,7}|#x[0-9a-fA-F]{1,6}|[lr][sd]quo|[mn]dash|hellip|[a-z]+acute);"
)
_SHORTENED_NUMBER = re.compile(r"-?[0-9](?:\.[0-9]+)?E\+[0-9]{2,3}")
_ERROR_VALUE = re.compile(r"#(?:N/A|REF!|DIV/0!|VALUE!|NAME\?|NUM!|NULL!|SPILL!|CALC!|#+)")
_TEXT_MARK = re.compile(r"'[0-9=+@-][^']*")
_LOST = "\ufffd"

_EXPORTED = ("=", "#", "'")


def check_row(row: Row, report: Report) -> None:
    """Report each cell of a row whose letters are damaged."""
    for column, value in enumerate(row.values):
        if isinstance(value, str):
            if not value.isascii():
                _check(value, partial(row.address, column), report)
            if value[:1] in _EXPORTED or "&" in value or "E+" in value:
                _check_export(value, partial(row.address, column), report)


def check_item(item: JsonItem, report: Report) -> None:
    """Report each text in a JSON item whose letters are damaged."""
    for text, steps in _texts(item.value, ()):
        if not text.isascii():
            _check(text, partial(item.address, *steps), report)
        if "&" in text or text[:1] == "#":
            _check_export(text, partial(item.address, *steps), report)


def intended(text: str) -> str | None:
    """A text with its damaged letters put right; None when none are damaged in a way that can be undone."""
    fixed = _CANDIDATES.sub(lambda match: _decoded(match[0]), text)
    return fixed if fixed != text else None


def _decoded(letters: str) -> str:
    for length in range(len(letters), 1, -1):
        try:
            return letters[:length].encode("cp1252").decode("utf-8") + letters[length:]
        except UnicodeError:
            continue
    return letters


def _check(text: str, where: Callable[[], Address], report: Report) -> None:
    if _LOST in text:
        address = where()
        message = f"Letters were lost here (\N{REPLACEMENT CHARACTER}): {_shortened(text)}."
        report(Problem("damaged_letters", address, message, "Take the text from the original.", Severity.WARNING))
    elif (fixed := intended(text)) is not None:
        address = where()
        message = f"{_shortened(text)} looks like {_shortened(fixed)}, saved in the wrong encoding."
        remedy = "Open the original file as UTF-8, save it as UTF-8, and put it in place of this one."
        report(Problem("damaged_letters", address, message, remedy, Severity.WARNING))


def _check_export(text: str, where: Callable[[], Address], report: Report) -> None:
    """Report what a program wrote for itself and not for a reader: signs of a web page, formulas, shortened numbers."""
    kind = message = remedy = ""
    if _ENTITY.search(text):
        kind, message = "damaged_letters", f"{_shortened(text)} means {_shortened(unescape(text))} in a web page."
        remedy = "Export the table as plain text, or put the signs right."
    elif text.startswith("=") and len(text) > 1:
        kind, message = "formula", f"The cell holds a formula, {_shortened(text)}; it was read as it stands."
        remedy = "Write the value itself."
    elif _ERROR_VALUE.fullmatch(text.strip()):
        kind, message = "error_value", f"{text.strip()!r} is an error of a spreadsheet; it was read as it stands."
        remedy = "Write the value itself, or add it to `ignore` in the map."
    elif _TEXT_MARK.fullmatch(text.strip()):
        kind, message = "text_mark", f"{_shortened(text)} begins with the apostrophe by which spreadsheets mark text."
        remedy = "Delete the apostrophe, or take it away in the map with `trim`."
    elif _SHORTENED_NUMBER.fullmatch(text.strip()):
        kind, message = (
            "damaged_number",
            f"{text.strip()!r} is a number that a spreadsheet shortened; its digits are lost.",
        )
        remedy = "Take the number from the original, and format its column as text."
    if kind:
        report(Problem(kind, where(), message, remedy, Severity.WARNING))


def _texts(value: Any, steps: tuple[Step, ...]) -> Iterator[tuple[str, tuple[Step, ...]]]:
    if isinstance(value, str):
        yield value, steps
    elif isinstance(value, dict):
        for key, inner in value.items():
            yield from _texts(inner, (*steps, key))
    elif isinstance(value, list):
        for number, inner in enumerate(value):
            yield from _texts(inner, (*steps, number))


def _shortened(text: str) -> str:
    return repr(text if len(text) <= 40 else f"{text[:39]}…")
