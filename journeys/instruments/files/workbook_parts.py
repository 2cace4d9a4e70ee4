"""A workbook's own XML: its sheets, its defined names and its custom properties."""

from __future__ import annotations

import re
from array import array
from collections.abc import Sequence
from dataclasses import dataclass

from journeys.instruments.files.cells import split_reference
from journeys.instruments.files.office_package import relationships
from journeys.instruments.files.safety import unreadable
from journeys.instruments.files.zip_package import ZipPackage, xml_parser
from journeys.model.problems import Address

CUSTOM_PROPERTIES = "docProps/custom.xml"
MAX_STRINGS = 60_000_000
"""Most bytes of memory that shared strings may take, by estimate."""
_STRING = 60
"""Bytes that a string takes besides its letters."""
_TARGET = re.compile(r"(?:'((?:[^']|'')+)'|([^'!]+))!([^!:]+)(?::([^!:]+))?")


@dataclass(frozen=True, slots=True)
class SheetPart:
    """A worksheet's name, the part that holds it, and whether it is hidden."""

    name: str
    part: str
    hidden: bool


@dataclass(frozen=True, slots=True)
class Area:
    """A rectangle of cells in a sheet. Rows count from 1, columns from 0; the ends are inside."""

    sheet: str
    top: int
    left: int
    bottom: int
    right: int


def sheet_parts(package: ZipPackage, workbook: str) -> list[SheetPart]:
    """The sheets in the workbook's order. Raises UnreadableFile when one is missing or two have one name."""
    related = relationships(package, workbook)
    parts = []
    for _, tag, attributes, _ in package.elements(workbook):
        if tag == "sheet":
            _, part = related.get(attributes.get("id", ""), ("", ""))
            if part not in package:
                raise package.damaged()
            hidden = attributes.get("state", "visible") != "visible"
            parts.append(SheetPart(attributes.get("name", ""), part, hidden))
    if not parts or len({part.name.casefold() for part in parts}) < len(parts):
        raise package.damaged()
    return parts


def check_shared_strings(package: ZipPackage, workbook: str) -> array[int]:
    """The lengths, in bytes, of the shared strings. Raises UnreadableFile for a table of strings that claims to be
    longer than it can be, or holds more than is read.

    The library that reads the values sets aside memory for as many strings as the table claims, and ends the whole
    program when it cannot have it.
    """
    targets = [target for kind, target in relationships(package, workbook).values() if kind == "sharedStrings"]
    lengths: array[int] = array("L")
    for part in dict.fromkeys([*targets, "xl/sharedStrings.xml"]):
        if part in package:
            claimed = package.root_attributes(part).get("uniqueCount", "0")
            if not claimed.isdecimal() or len(claimed) > 9 or int(claimed) > package.size(part):
                raise package.unsafe()
            elements, _ = package.counted(part)
            if elements // 2 * _STRING + package.size(part) > MAX_STRINGS:
                message = f"the workbook holds too many texts ({elements // 2:,}), or too long ones, to be read."
                remedy = "Save its sheets as CSV, which has no such limit, or split it."
                raise unreadable("too_large", Address(package.file), message, remedy)
            lengths = lengths or _lengths(package, part)
    return lengths


def _lengths(package: ZipPackage, part: str) -> array[int]:
    parser = xml_parser()
    found: array[int] = array("L")
    begun = 0

    def start(tag: str, _: dict[str, str]) -> None:
        nonlocal begun
        if tag.rpartition(":")[2] == "si":
            begun = parser.CurrentByteIndex

    def end(tag: str) -> None:
        if tag.rpartition(":")[2] == "si":
            found.append(parser.CurrentByteIndex - begun)

    parser.StartElementHandler, parser.EndElementHandler = start, end
    package.feed(parser, part)
    return found


def length_of_strings(package: ZipPackage, sheet: str, lengths: Sequence[int]) -> int:
    """The length, in bytes, of what the cells of a sheet hold by naming shared strings. Raises UnreadableFile."""
    parser = xml_parser()
    total = 0
    written: list[str] = []
    is_shared = False

    def start(tag: str, attributes: dict[str, str]) -> None:
        nonlocal is_shared
        if tag.rpartition(":")[2] == "c":
            is_shared = attributes.get("t") == "s"
            written.clear()

    def characters(words: str) -> None:
        if is_shared:
            written.append(words)

    def end(tag: str) -> None:
        nonlocal total
        if is_shared and tag.rpartition(":")[2] == "v":
            number = "".join(written).strip()
            total += lengths[int(number)] if number.isdecimal() and int(number) < len(lengths) else 0
            written.clear()

    parser.StartElementHandler, parser.EndElementHandler = start, end
    parser.CharacterDataHandler = characters
    package.feed(parser, sheet)
    return total


def defined_names(package: ZipPackage, workbook: str) -> dict[str, Area]:
    """The defined names that point at a cell or an area; not those whose cells were deleted (#REF!).

    A name for the whole workbook goes before one of the same spelling for a single sheet.
    """
    names: dict[str, Area] = {}
    elements = [element for element in package.elements(workbook) if element[1] == "definedName"]
    for _, _, attributes, written in sorted(elements, key=lambda element: "localSheetId" in element[2]):
        name = attributes.get("name", "")
        area = parse_area(written)
        if area is not None and name and "#REF!" not in written:
            names.setdefault(name, area)
    return names


def parse_area(written: str) -> Area | None:
    """The area of "'Who did what'!$A$5:$C$6"; None when it is anything else."""
    match = _TARGET.fullmatch(written.strip())
    if match is None:
        return None
    first, last = split_reference(match[3]), split_reference(match[4] or match[3])
    if first is None or last is None:
        return None
    sheet = match[1].replace("''", "'") if match[1] else match[2]
    (top, bottom), (left, right) = sorted((first[0], last[0])), sorted((first[1], last[1]))
    return Area(sheet, top, left, bottom, right)


def custom_properties(package: ZipPackage) -> dict[str, str]:
    """The custom document properties, their values as text."""
    properties: dict[str, str] = {}
    values: list[str] = []
    for parent, tag, attributes, written in package.elements(CUSTOM_PROPERTIES):
        if parent == "property":
            values.append(written)
        elif tag == "property" and "name" in attributes:
            properties[attributes["name"]] = "".join(values)
            values = []
    return properties
