"""What a Word document holds, from top to bottom: paragraphs and tables, with what people and programs do to them.

Tracked insertions and content controls are read as if they had always been there, tracked deletions as if they were
gone; a table inside a cell becomes lines of its words. What stands in text boxes and footnotes is counted, not read.
"""

from __future__ import annotations

import io
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from docx import Document
from docx.oxml.ns import qn

from journeys.instruments.files.safety import read_bytes, unreadable
from journeys.instruments.files.zip_package import ZipPackage
from journeys.model.problems import Address, Problem, Report, Severity, UnreadableFile

_LARGEST = 200_000_000
_OLE, _ENCRYPTED = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1", "EncryptedPackage".encode("utf-16-le")
_NO_DOCUMENT = "This is no Word document, whatever its name says."
_SAVE_AS_DOCX = "Open it in Word and save it as a Word document (.docx)."
_BREAKS = {qn("w:br"): "\n", qn("w:cr"): "\n", qn("w:tab"): "\t", qn("w:noBreakHyphen"): "-"}
_SYMBOLS = {"F0E0": "\u2192", "F0DF": "\u2190", "F0E8": "\u2192", "F0F3": "\u2194", "F04A": "\u263a", "F04C": "\u2639"}
"""What Word makes of `-->` and `:)` while one types."""
_TRANSPARENT = {qn(f"w:{name}") for name in ("sdt", "sdtContent", "ins", "moveTo", "customXml", "smartTag")}
_GONE = {qn("w:del"), qn("w:moveFrom"), qn("w:pPr"), qn("w:rPr"), qn("w:sdtPr"), qn("w:txbxContent"), qn("w:tbl")}


@dataclass(frozen=True, slots=True)
class Paragraph:
    """A paragraph: its words, its style's name, and where it stands."""

    words: str
    style: str
    place: str


@dataclass(frozen=True, slots=True)
class WordTable:
    """A table: its rows of cells, where it stands, and the numbers (from 1) of rows in which cells are merged."""

    rows: tuple[tuple[str, ...], ...]
    place: str
    merged: frozenset[int] = frozenset()


WordBlock = Paragraph | WordTable


def word_blocks(path: Path, *, name: str, report: Report) -> list[WordBlock]:
    """The paragraphs and tables of a document. Raises UnreadableFile for one that cannot be read at all."""
    data = read_bytes(path, name=name, limit=_LARGEST)
    address = Address(name)
    _refuse_other_formats(data, address)
    try:
        package = ZipPackage(data, name=name)
    except UnreadableFile as error:
        raise _damaged(address) if error.problem.kind == "damaged_file" else error from error
    if "word/document.xml" not in package:
        is_workbook = "xl/workbook.xml" in package
        remedy = "It is an Excel workbook: give its name the ending .xlsx." if is_workbook else _SAVE_AS_DOCX
        raise unreadable("wrong_format", address, _NO_DOCUMENT, remedy)
    try:
        document = Document(io.BytesIO(data))
        styles = {style.style_id: style.name or "" for style in document.styles}
        body = document.element.body
        blocks = list(_blocks(body, styles))
    except Exception as error:  # python-docx raises whatever a damaged part leads it to
        raise _damaged(address) from error
    for tag, what in (("txbxContent", "text box"), ("footnoteReference", "footnote"), ("endnoteReference", "endnote")):
        if number := sum(1 for each in body.iter(qn(f"w:{tag}")) if not _is_fallback(each)):
            message = (
                f"What stands in {number} {what}{'' if number == 1 else 'es' if what[-1] == 'x' else 's'} was not read."
            )
            report(Problem("ignored_text", address, message, "Move the words into the text.", Severity.WARNING))
    return blocks


def _refuse_other_formats(data: bytes, address: Address) -> None:
    if data.startswith(_OLE) and _ENCRYPTED in data:
        message = "The document is protected by a password."
        remedy = "Open it in Word, take the password off (File > Info > Protect Document), and save it."
        raise unreadable("encrypted_file", address, message, remedy)
    if data.startswith(_OLE):
        raise unreadable("old_format", address, "The file is in the old Word format (.doc).", _SAVE_AS_DOCX)
    if not data.startswith(b"PK"):
        raise unreadable("wrong_format", address, _NO_DOCUMENT, _SAVE_AS_DOCX)


def _damaged(address: Address) -> UnreadableFile:
    message = "The document is damaged, or was only partly written or copied."
    remedy = "Open it in Word and save it again as .docx; or copy it again once it has been fully synchronised."
    return unreadable("damaged_file", address, message, remedy)


def _is_fallback(element: Any) -> bool:
    """Whether an element is the older copy that Word keeps of a text box."""
    return any(parent.tag.endswith("}Fallback") for parent in element.iterancestors())


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
            yield _table(element, f"table {tables}")


def _table(element: Any, place: str) -> WordTable:
    rows, merged = [], set()
    for number, row in enumerate((each for each in _flattened(element) if each.tag == qn("w:tr")), 1):
        cells, is_merged = _row(row)
        rows.append(cells)
        if is_merged:
            merged.add(number)
    return WordTable(tuple(rows), place, frozenset(merged))


def _row(row: Any) -> tuple[tuple[str, ...], bool]:
    """The cells of a row, one for each column of the table, and whether any of them is merged with another."""
    cells = [""] * _number(row, "w:trPr/w:gridBefore")
    is_merged = bool(cells)
    for cell in (each for each in _flattened(row) if each.tag == qn("w:tc")):
        span = _number(cell, "w:tcPr/w:gridSpan") or 1
        cells += [_cell(cell), *[""] * (span - 1)]
        is_merged |= span > 1 or cell.find(f"{qn('w:tcPr')}/{qn('w:vMerge')}") is not None
    return tuple(cells), is_merged


def _number(element: Any, path: str) -> int:
    found = element.find("/".join(map(qn, path.split("/"))))
    value = found.get(qn("w:val")) if found is not None else None
    return int(value) if value and value.isdigit() and len(value) < 4 else 0


def _cell(cell: Any) -> str:
    lines = []
    for each in _flattened(cell):
        if each.tag == qn("w:p"):
            lines.append(_words(each))
        elif each.tag == qn("w:tbl"):
            lines += [" | ".join(row) for row in _table(each, "").rows]
    return "\n".join(lines)


def _flattened(parent: Any) -> Iterator[Any]:
    """The children, with what stands inside content controls and tracked insertions in its place."""
    for child in parent:
        if child.tag in _TRANSPARENT:
            yield from () if _is_placeholder(child) else _flattened(child)
        else:
            yield child


def _words(element: Any) -> str:
    """The words of a paragraph, without what was deleted and is only tracked."""
    found: list[str] = []
    for child in element:
        if child.tag == qn("w:t"):
            found.append(child.text or "")
        elif child.tag in _BREAKS:
            found.append(_BREAKS[child.tag])
        elif child.tag == qn("w:sym"):
            found.append(_SYMBOLS.get((child.get(qn("w:char")) or "").upper(), "\ufffd"))
        elif child.tag not in _GONE and not _is_placeholder(child):
            found.append(_words(child))
    return "".join(found)


def _is_placeholder(element: Any) -> bool:
    """Whether an element is a content control in which nothing was chosen or written yet."""
    return element.tag == qn("w:sdt") and element.find(f"{qn('w:sdtPr')}/{qn('w:showingPlcHdr')}") is not None
