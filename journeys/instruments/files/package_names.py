"""The names that Office files give to things: sheets, ranges, tables, bookmarks, and where they are used.

A name of a range may hold no space, two sheets may not be called the same, and a formula has to find both again.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field

from lxml import etree

from journeys.instruments.files.decoded_text import Code, replaced_between, replaced_in
from journeys.model.real_names import NameFinder

_SHEET, _NAME, _BOOKMARK = 31, 255, 40
"""The most characters of a name of a sheet, of a range or table, of a bookmark."""
_NAMED = {"sheet": "name", "definedName": "name", "table": "displayName", "bookmarkStart": "name"}
_IN_FORMULA = re.compile(
    r'(?P<text>"(?:[^"]|"")*")|(?P<quoted>\'(?:[^\']|\'\')*\')|(?P<column>\[[^\[\]]*\])'
    r"|(?P<sheets>[^\W\d][\w.]*(?::[^\W\d][\w.]*)?)(?=!)|(?P<name>(?<![\w.])[^\W\d][\w.\\?]*)(?P<called>\()?"
)
_PLACE = re.compile(r"[A-Za-z]{1,3}[0-9]+|[RrCc]|[Rr][0-9]+(?:[Cc][0-9]+)?")
"""What Excel takes for a cell, so that nothing else may be called it."""
_HEADER = re.compile(
    r'&(?:(?P<sign>&)|(?P<section>[LCRlcr])|"[^"]*"|K(?:[0-9A-Fa-f]{6}|[0-9]{2}[+-][0-9]{3})|[0-9]+|(?P<field>[A-Za-z]))'
)
_WITHIN_WORDS = frozenset("biueshoxyBIUESHOXY")
_LITERAL = re.compile(r'"(?P<text>[^"]*)"|(?P<signs>(?:\\.)+)|(?<=\[\$)(?P<unit>[^\]\-]*)')
_SPACES = re.compile(r"\s+")


@dataclass(slots=True)
class PackageNames:
    """What the things in a package are called instead, by what they were called, in small letters."""

    sheets: dict[str, str] = field(default_factory=dict)
    others: dict[str, str] = field(default_factory=dict)

    def in_formula(self, formula: str, finder: NameFinder) -> str:
        """A formula with pseudonyms: its texts, and the sheets, ranges, tables and columns it names."""
        return _IN_FORMULA.sub(lambda found: self._token(found, finder), formula)

    def in_field(self, instruction: str) -> str:
        """The instruction of a field in Word, with the bookmarks it names."""
        return re.sub(r"\w+", lambda found: self.others.get(found[0].casefold(), found[0]), instruction)

    def sheet(self, name: str, finder: NameFinder) -> str:
        """What a sheet is called, of this workbook or another."""
        return self.sheets.get(name.casefold()) or replaced_in(name, finder)

    def other(self, name: str, finder: NameFinder) -> str:
        """What a range, table or bookmark is called."""
        return self.others.get(name.casefold()) or _identifier(name, finder, _NAME)

    def _token(self, found: re.Match[str], finder: NameFinder) -> str:
        written = found[0]
        if found["text"]:
            return '"' + replaced_in(written[1:-1].replace('""', '"'), finder).replace('"', '""') + '"'
        if found["quoted"]:
            return self._sheets(written[1:-1].replace("''", "'"), finder)
        if found["column"]:
            return replaced_in(written, finder)
        if found["sheets"]:
            made = self._sheets(written, finder)
            return written if made[1:-1] == written else made
        name = found["name"]
        # A function, or a cell: neither is called after a person.
        if name.casefold() not in self.others and (found["called"] or _PLACE.fullmatch(name)):
            return written
        return self.other(name, finder) + (found["called"] or "")

    def _sheets(self, written: str, finder: NameFinder) -> str:
        """One or two sheets, in quotation marks, perhaps with the file that they are in."""
        before, bracket, names = written.rpartition("]")
        made = ":".join(self.sheet(name, finder) for name in names.split(":"))
        return "'" + (replaced_in(before, finder) + bracket + made).replace("'", "''") + "'"


def package_names(parts: Iterable[bytes], finder: NameFinder) -> PackageNames:
    """Find what is named in the parts of a package, and what each is called with pseudonyms."""
    names = PackageNames()
    found = [each for part in parts for each in _named(part)]
    for kind, sheets in ((names.sheets, True), (names.others, False)):
        tags: dict[str, str] = {}
        for tag, name in found:
            if (tag == "sheet") is sheets:
                tags.setdefault(name, tag)
        # What stays as it is has its name first: nothing else may then be called so.
        new = {name: _new(name, tags[name], finder) for name in tags}
        taken = {name.casefold() for name, made in new.items() if made == name}
        for name, made in new.items():
            if made != name:
                longest = _SHEET if sheets else _BOOKMARK if tags[name] == "bookmarkStart" else _NAME
                kind[name.casefold()] = _free(made, longest, " " if sheets else "_", taken)
    return names


def replaced_in_header(text: str, finder: NameFinder) -> str:
    """The text of a header or footer of Excel, in which codes stand directly before words (``&CPatel``)."""
    return replaced_between(text, _header_codes, finder)


def said_by_header(text: str) -> str:
    """What a header or footer of Excel says, without its codes."""
    return _HEADER.sub(_said, text)


def replaced_in_format(code: str, finder: NameFinder) -> str:
    """A number format with pseudonyms in the words that it shows beside a number."""

    def replaced(found: re.Match[str]) -> str:
        written = found["text"] or found["unit"] or (found["signs"] or "")[1::2]
        made = replaced_in(written, finder)
        if made == written:
            return found[0]
        return made if found["unit"] else f'"{made}"'

    return _LITERAL.sub(replaced, code)


def without_spaces(value: str, finder: NameFinder) -> str:
    """A path or word with pseudonyms: where there was no space, there is none."""
    made = replaced_in(value, finder)
    if made == value:
        return value
    pieces = [(piece, replaced_in(piece, finder)) for piece in value.split("/")]
    return "/".join(new if _SPACES.search(old) else _SPACES.sub("_", new) for old, new in pieces)


def _header_codes(text: str) -> Iterator[Code]:
    for match in _HEADER.finditer(text):
        yield Code(*match.span(), _said(match), kept=not match["sign"])


def _said(code: re.Match[str]) -> str:
    if code["sign"] or code["section"]:
        return code["sign"] or "|"  # between the left, the middle and the right
    return "|" if code["field"] and code["field"] not in _WITHIN_WORDS else ""


def _named(part: bytes) -> Iterator[tuple[str, str]]:
    """The things that a part of a package names, with their kinds."""
    parser = etree.XMLParser(resolve_entities=False, no_network=True, huge_tree=True)
    try:
        root = etree.fromstring(part, parser)
    except etree.XMLSyntaxError:
        return
    for element in root.iter():
        tag = etree.QName(element).localname if isinstance(element.tag, str) else ""
        if tag in _NAMED and "openxmlformats" in str(element.tag) and (name := element.get(_own(element, _NAMED[tag]))):
            yield tag, name


def _own(element: etree._Element, attribute: str) -> str:
    """The name of an attribute as the element has it, in a name space or in none."""
    return next((each for each in map(str, element.attrib) if each.rpartition("}")[2] == attribute), attribute)


def _new(name: str, tag: str, finder: NameFinder) -> str:
    if tag != "sheet":
        return _identifier(name, finder, _BOOKMARK if tag == "bookmarkStart" else _NAME)
    made = replaced_in(name, finder)
    return name if made == name else made[:_SHEET].strip(" '")


def _identifier(name: str, finder: NameFinder, longest: int) -> str:
    made = replaced_in(name, finder)
    if made == name:
        return name
    made = re.sub(r"[^\w.]+", "_", made)[:longest]
    return f"_{made}"[:longest] if made[:1].isdigit() or _PLACE.fullmatch(made) else made


def _free(name: str, longest: int, between: str, taken: set[str]) -> str:
    """A name that nothing else has; it is added to ``taken``."""
    number, made = 1, name
    while made.casefold() in taken:
        number += 1
        ending = f"{between}({number})" if between == " " else f"{between}{number}"
        made = name[: longest - len(ending)] + ending
    taken.add(made.casefold())
    return made
