"""The page headers and footers of an OpenDocument spreadsheet."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence

from journeys.instruments.files.sheet import Sheet
from journeys.instruments.files.sheet_reports import is_page_number, own_notices
from journeys.instruments.files.zip_package import ZipPackage, xml_parser
from journeys.model.phrases import in_short
from journeys.model.problems import Address, Problem, Report, Severity

_PLACE = re.compile(r"style:(header|footer)(?:-left|-first)?")
_PUT_IN = re.compile(r"text:(?:page-number|page-count|sheet-name|file-name|date|time|title)")


def page_margins(package: ZipPackage) -> list[tuple[str, str]]:
    """The words of each header and footer, with the word for either; page numbers and other fields are left out."""
    reader = _Reader()
    if "styles.xml" in package:
        package.feed(reader.parser, "styles.xml")
    return list(dict.fromkeys(reader.found))


def report_margins(
    margins: Iterable[tuple[str, str]], sheets: Sequence[Sheet], address: Address, report: Report
) -> None:
    """Report headers and footers that hold words of somebody's own."""
    for place, words in _somebodys(margins, own_notices(sheets)):
        message = f"The words of a page {place} are not read: '{in_short(words)}'."
        report(Problem("ignored_text", address, message, "Write what should be kept into a cell.", Severity.WARNING))


def _somebodys(margins: Iterable[tuple[str, str]], own: set[str]) -> Iterator[tuple[str, str]]:
    return ((place, words) for place, words in margins if not is_page_number(words) and words not in own)


class _Reader:
    def __init__(self) -> None:
        self.parser = xml_parser()
        self.parser.StartElementHandler, self.parser.EndElementHandler = self._start, self._end
        self.found: list[tuple[str, str]] = []
        self._inside: str | None = None
        self._depth = self._in_field = 0
        self._words: list[str] = []

    def _start(self, tag: str, attributes: dict[str, str]) -> None:
        if self._inside is None:
            place = _PLACE.fullmatch(tag)
            if place and attributes.get("style:display") != "false":
                self._inside, self._depth, self._words = place[1], 0, []
                self.parser.CharacterDataHandler = self._characters
            return
        self._depth += 1
        if self._in_field or _PUT_IN.fullmatch(tag):
            self._in_field += 1
        elif tag in ("text:p", "text:s", "text:tab", "text:line-break"):
            self._words.append(" ")

    def _characters(self, data: str) -> None:
        if not self._in_field:
            self._words.append(data)

    def _end(self, _: str) -> None:
        if self._inside is None:
            return
        if self._depth:
            self._depth -= 1
            self._in_field = max(self._in_field - 1, 0)
            return
        self.found.append((self._inside, " ".join("".join(self._words).split())))
        self._inside = self.parser.CharacterDataHandler = None
