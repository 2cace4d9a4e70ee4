"""The cells of an OpenDocument spreadsheet: what is in one, and the value that it shows."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, datetime
from decimal import Decimal

from journeys.instruments.files.cells import Value, text
from journeys.instruments.files.date_cells import as_shown
from journeys.instruments.files.number_formats import loses_digits
from journeys.instruments.files.opendocument_styles import Styles
from journeys.instruments.files.safety import MAX_TEXT, control_characters
from journeys.model.characters import CONTROL_CHARACTERS
from journeys.model.phrases import in_short
from journeys.model.problems import Address, Problem, Report, Severity

_ERROR = re.compile(
    r"#(DIV/0!|N/A|REF!|NAME\?|VALUE!|NUM!|NULL!)|(Err|Fehler|Erreur):\d+|#(WERT|NV|BEZUG|NOM|VALEUR)\S*"
)
_POINTS_AND_COMMAS = str.maketrans(".,", ",.")


@dataclass(slots=True)
class OdsCell:
    """A cell that is being read: its attributes, and the words in it, those struck out apart."""

    attributes: Mapping[str, str]
    style: str | None
    covered: bool
    paragraphs: list[str] = field(default_factory=list)
    gone: list[str] = field(default_factory=list)
    hidden: list[str] = field(default_factory=list)
    unseen: list[str] = field(default_factory=list)
    comments: list[tuple[str, str]] = field(default_factory=list)

    @property
    def shown(self) -> str:
        """The words that are neither struck out nor hidden."""
        return "\n".join(self.paragraphs).strip()


@dataclass(slots=True)
class Aside:
    """What lies beside the words of a cell: a comment with its author, or what is drawn and the words in it."""

    kind: str = ""
    author: list[str] = field(default_factory=list)
    paragraphs: list[str] = field(default_factory=list)

    @property
    def words(self) -> str:
        """The words of all paragraphs."""
        return "\n".join(self.paragraphs).strip()


class CellReader:
    """Reads the values of cells; what has to be said of them goes to ``report``, and so does what is refused."""

    def __init__(self, styles: Styles, worked_in: frozenset[int]) -> None:
        self._styles, self._worked_in = styles, worked_in

    def read(self, cell: OdsCell, address: Address, report: Report) -> Value:
        """What a cell shows, once what has to be said of it is said."""
        kind, shown = cell.attributes.get("office:value-type", ""), cell.shown
        formula = cell.attributes.get("table:formula")
        if formula is not None:
            said = f" (={in_short(formula.partition(':=')[2] or formula.lstrip('='))})"
            if not kind and not shown:
                message = f"the cell holds a formula{said} with no stored value."
                report(Problem("formula_without_value", address, message, "Write the value itself."))
                return None
        if cell.attributes.get("calcext:value-type") == "error" or (formula is not None and _ERROR.fullmatch(shown)):
            message = f"the cell shows an error ({shown or '#VALUE!'})."
            report(Problem("excel_error", address, message, "Write the value itself, or empty the cell."))
            return None
        if (cell.gone or cell.hidden) and not shown:
            return None
        if kind == "boolean":
            value: Value = cell.attributes.get("office:boolean-value") == "true"
        elif kind == "date":
            value = self._date(cell, shown, address, report)
        elif kind in ("float", "percentage", "currency"):
            value = self._number(cell, shown, address, report)
        elif kind == "time":
            value = _text(shown or _time(cell.attributes.get("office:time-value", "")), address, report)
        else:
            value = _text(shown if cell.paragraphs else cell.attributes.get("office:string-value", ""), address, report)
        if formula is not None:
            message = f"the cell holds a formula{said}; its stored value '{in_short(text(value))}' was read."
            _warn(report, "formula", address, message, "Write the value itself to be sure of it.")
        return value

    def _number(self, cell: OdsCell, shown: str, address: Address, report: Report) -> Value:
        """A number as its cell shows it."""
        try:
            number = float(cell.attributes.get("office:value", ""))
        except ValueError:
            return _text(shown, address, report)
        if abs(number) == float("inf") or number != number:
            return _text(shown, address, report)
        value: int | float = int(number) if number.is_integer() and abs(number) < 2**53 else number
        if shown in (text(value), text(value).replace(".", ",")):
            return value
        if not cell.paragraphs:  # a program that writes no words
            percent = f"{(Decimal(repr(number)) * 100).normalize():f}%"
            return percent if cell.attributes["office:value-type"] == "percentage" else value
        if not shown:
            message = f"The cell's format hides what it holds ({text(value)}); it was not read."
            remedy = "Choose another number format to show it, or empty the cell."
            _warn(report, "hidden_text", address, message, remedy)
            return None
        plain = re.sub(r"(?<=\d)\s(?=\d)", "", shown)
        if loses_digits(value, plain) and loses_digits(value, plain.translate(_POINTS_AND_COMMAS)):
            message = f"The cell shows '{shown}' and holds {text(value)}; '{shown}' was read."
            _warn(report, "rounded", address, message, "Show more decimals if they matter.")
        return _text(shown, address, report)

    def _date(self, cell: OdsCell, shown: str, address: Address, report: Report) -> Value:
        written = cell.attributes.get("office:date-value", "")
        try:
            day: date = datetime.fromisoformat(written[:19]) if "T" in written else date.fromisoformat(written)
        except ValueError:
            return _text(shown, address, report)
        look, clock = self._styles.date_look(cell.style)
        if isinstance(day, datetime) and (day.time() == datetime.min.time() or not clock):
            day = day.date()
        if look == "words":
            return _text(shown, address, report) or day
        if look is None:
            return day
        found = as_shown(day, look, address, self._worked_in)
        if found.problem is not None:
            report(found.problem)
        return found.value


def _text(words: str, address: Address, report: Report) -> str | None:
    if len(words) > MAX_TEXT:
        message = f"the cell holds {len(words):,} characters; more than {MAX_TEXT:,} are not read."
        report(Problem("too_long", address, message, "Keep the long text in a file of its own."))
        return None
    if CONTROL_CHARACTERS.search(words):
        report(control_characters(address))
    return CONTROL_CHARACTERS.sub("", words).strip() or None


def _time(written: str) -> str:
    """14:30:00 for PT14H30M00S."""
    found = re.fullmatch(r"PT(\d+)H(\d+)M(\d+)(?:[.,]\d+)?S", written)
    return f"{int(found[1])}:{found[2]}:{found[3]}" if found else written


def _warn(report: Report, kind: str, address: Address, message: str, remedy: str) -> None:
    report(Problem(kind, address, message, remedy, Severity.WARNING))
