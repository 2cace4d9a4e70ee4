"""A filled-in Word form: its paragraphs and tables in their order, with tracked insertions and content controls."""

from __future__ import annotations

import io
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from docx import Document
from docx.oxml.ns import qn

from journeys.instruments.answers import FilledForm, Given
from journeys.instruments.definition import Instrument
from journeys.instruments.files.safety import read_bytes, unreadable
from journeys.instruments.files.zip_package import ZipPackage
from journeys.instruments.guidance import guidance
from journeys.instruments.prose import identity
from journeys.instruments.prose_in import ProseReader
from journeys.instruments.whereabouts import comparable
from journeys.instruments.word_out import HINT_STYLE, IDENTITY_STYLE
from journeys.model.problems import Address, Report
from journeys.model.schema import Schema

_LARGEST = 200_000_000
_BREAKS = {qn("w:br"): "\n", qn("w:cr"): "\n", qn("w:tab"): "\t", qn("w:noBreakHyphen"): "-"}
_ELSEWHERE = {qn("w:txbxContent"), qn("w:tbl")}
"""What may lie inside a paragraph or cell and is not part of its words."""


@dataclass(frozen=True, slots=True)
class Paragraph:
    """A paragraph: its words, its style's name, and where it stands."""

    words: str
    style: str
    place: str


@dataclass(frozen=True, slots=True)
class WordTable:
    """A table: its rows of cells, and where it stands."""

    rows: tuple[tuple[str, ...], ...]
    place: str


WordBlock = Paragraph | WordTable


def word_blocks(path: Path, *, name: str) -> list[WordBlock]:
    """The paragraphs and tables of a document, from top to bottom. Raises UnreadableFile."""
    data = read_bytes(path, name=name, limit=_LARGEST)
    ZipPackage(data, name=name)
    try:
        document = Document(io.BytesIO(data))
        styles = {style.style_id: style.name or "" for style in document.styles}
        return list(_blocks(document.element.body, styles))
    except Exception as error:  # python-docx raises whatever a damaged part leads it to
        address = Address(name)
        message, remedy = "This is no Word document that can be read.", "Open it in Word and save it again as .docx."
        raise unreadable("damaged", address, message, remedy) from error


def read_word(
    blocks: list[WordBlock], instrument: Instrument, version: int, file: str, schema: Schema, report: Report
) -> FilledForm:
    """What was filled in; whatever has no place in the form is reported."""
    reader = ProseReader(instrument, file, schema, report)
    ours = {comparable(instrument.title), comparable(identity(instrument))}
    for title, lines in guidance(instrument):
        ours |= {comparable(title), *map(comparable, lines)}
    section: str | None = None
    for block in blocks:
        address = Address(file, section, block.place)
        if isinstance(block, WordTable):
            _table(reader, block, address)
            continue
        words = block.words.strip()
        if not words or block.style in (HINT_STYLE, IDENTITY_STYLE) or comparable(words) in ours:
            continue
        is_heading = block.style.lower().startswith(("heading", "title"))
        if (is_heading or not reader.headings) and reader.knows(words):
            reader.enter(words)
            section = words if not reader.in_question else section
        elif reader.in_question and not is_heading:
            reader.answer(None, words.split("\n"), address)
        else:
            reader.line(Given(words, address))
    return reader.finish(version)


def _table(reader: ProseReader, table: WordTable, address: Address) -> None:
    if reader.in_header:
        for number, row in enumerate(table.rows, 1):
            value = "\n".join(filter(None, row[1:])).strip()
            place = _at(address, number)
            if not reader.field(row[0], Given(value, place)) and (value or row[0].strip()):
                reader.ignored(place, f"{row[0][:60]!r} is no label of the form")
        return
    heading, *rows = table.rows or ((),)
    if reader.in_question:
        scopes = [reader.scope_of(label) for label in heading]
        if not any(scopes):  # the labels are gone: the boxes still stand in their order
            rows, scopes = list(table.rows), [None for _ in heading]
        for number, row in enumerate(rows, 2):
            for scope, cell in zip(scopes, row, strict=False):
                if cell.strip():
                    reader.answer(scope, cell.split("\n"), _at(address, number))
        return
    known = {comparable(each) for each in reader.headings}
    if not known or not any(comparable(each) in known for each in heading):
        if any(cell.strip() for row in table.rows for cell in row):
            reader.ignored(address, "This table has none of the headings of the form")
        return
    for number, row in enumerate(rows, 2):
        place = _at(address, number)
        reader.row(((label, Given(cell.strip(), place)) for label, cell in zip(heading, row, strict=False)), place)


def _at(address: Address, row: int) -> Address:
    return address.at(f"{address.cell}, row {row}")


def _blocks(body: Any, styles: dict[str, str]) -> Iterator[WordBlock]:
    tables = paragraphs = 0
    for element in _flattened(body):
        if element.tag == qn("w:p"):
            paragraphs += 1
            style = element.find(f"{qn('w:pPr')}/{qn('w:pStyle')}")
            name = styles.get(style.get(qn("w:val")), "") if style is not None else ""
            yield Paragraph(_words(element), name, f"paragraph {paragraphs}")
        elif element.tag == qn("w:tbl"):
            tables += 1
            rows = (row for row in _flattened(element) if row.tag == qn("w:tr"))
            yield WordTable(tuple(tuple(_cells(row)) for row in rows), f"table {tables}")


def _flattened(parent: Any) -> Iterator[Any]:
    """The children, with what stands inside content controls and tracked insertions in its place."""
    for child in parent:
        if child.tag in (qn("w:sdt"), qn("w:sdtContent"), qn("w:ins"), qn("w:moveTo"), qn("w:customXml")):
            yield from _flattened(child)
        else:
            yield child


def _cells(row: Any) -> Iterator[str]:
    for cell in _flattened(row):
        if cell.tag == qn("w:tc"):
            yield "\n".join(_words(each) for each in _flattened(cell) if each.tag == qn("w:p"))


def _words(element: Any) -> str:
    """The words of a paragraph, without what was deleted and is only tracked."""
    found: list[str] = []
    for child in element:
        if child.tag == qn("w:t"):
            found.append(child.text or "")
        elif child.tag in _BREAKS:
            found.append(_BREAKS[child.tag])
        elif child.tag not in _ELSEWHERE and child.tag not in (qn("w:del"), qn("w:moveFrom"), qn("w:pPr")):
            found.append(_words(child))
    return "".join(found)
