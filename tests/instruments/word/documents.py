"""Word files part by part, as other programs write them: a form of ours with its XML changed."""

from __future__ import annotations

import io
import re
import zipfile
from collections.abc import Callable, Mapping
from pathlib import Path

from journeys.instruments.answers import FilledForm, FilledRow
from journeys.instruments.files.cells import Cell
from journeys.instruments.forms import read_form
from journeys.instruments.instrument_files import load_instrument
from journeys.model.problems import Address, Problem
from journeys.model.schema import load_schema
from tests.written import write_form

SCHEMA = load_schema()
W = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"
NAMESPACES = (
    f'xmlns:w="{W}" xmlns:m="http://schemas.openxmlformats.org/officeDocument/2006/math" '
    'xmlns:mc="http://schemas.openxmlformats.org/markup-compatibility/2006" '
    'xmlns:w14="http://schemas.microsoft.com/office/word/2010/wordml" '
    'xmlns:r="http://schemas.openxmlformats.org/officeDocument/2006/relationships" '
    'xmlns:v="urn:schemas-microsoft-com:vml" xmlns:pic="http://schemas.openxmlformats.org/drawingml/2006/picture" '
    'xmlns:wps="http://schemas.microsoft.com/office/word/2010/wordprocessingShape" xmlns:alien="urn:alien"'
)
MAIN = "word/document.xml"


def repacked(path: Path, change: Callable[[dict[str, bytes]], None]) -> None:
    """Change the parts of an Office file in place."""
    with zipfile.ZipFile(path) as archive:
        parts = {name: archive.read(name) for name in archive.namelist()}
    change(parts)
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, data in parts.items():
            archive.writestr(name, data)
    path.write_bytes(buffer.getvalue())


def text_run(words: str, properties: str = "") -> str:
    """A run of text."""
    return f'<w:r><w:rPr>{properties}</w:rPr><w:t xml:space="preserve">{words}</w:t></w:r>'


def minimal(body: str, *, rels: str = "", parts: Mapping[str, str] | None = None, styles: str = "") -> bytes:
    """A Word document with this body; ``parts`` are further parts of word/ with their relationship types."""
    buffer = io.BytesIO()
    type_ = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
    related = "".join(
        f'<Relationship Id="x{n}" Type="{type_}/{kind}" Target="{kind}.xml"/>' for n, kind in enumerate(parts or {})
    )
    with zipfile.ZipFile(buffer, "w") as archive:
        archive.writestr(
            "[Content_Types].xml",
            '<Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types"><Default Extension="xml" '
            'ContentType="application/xml"/><Override PartName="/word/document.xml" ContentType="application/vnd.'
            'openxmlformats-officedocument.wordprocessingml.document.main+xml"/></Types>',
        )
        archive.writestr(
            "_rels/.rels",
            '<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships">'
            f'<Relationship Id="a" Type="{type_}/officeDocument" Target="word/document.xml"/></Relationships>',
        )
        archive.writestr(
            "word/_rels/document.xml.rels",
            '<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships">'
            f'{related}<Relationship Id="s" Type="{type_}/styles" Target="styles.xml"/>{rels}</Relationships>',
        )
        archive.writestr("word/styles.xml", f"<w:styles {NAMESPACES}>{styles}</w:styles>")
        archive.writestr(MAIN, f"<w:document {NAMESPACES}><w:body>{body}</w:body></w:document>")
        for kind, xml in (parts or {}).items():
            archive.writestr(f"word/{kind}.xml", xml)
    return buffer.getvalue()


QUOTE = "the numbers are wrong"


def with_quote(path: Path, markup: str, *, more: Callable[[dict[str, bytes]], None] | None = None) -> Path:
    """A filled interview sheet whose quote, one run, is replaced by ``markup``."""
    write_form(load_instrument("interview_sheet"), path, SCHEMA, filled=FILLED)

    def change(parts: dict[str, bytes]) -> None:
        run = re.compile(rf"<w:r(?: [^>]*)?>(?:(?!</w:r>).)*{QUOTE}.*?</w:r>", re.DOTALL)
        text, number = run.subn(lambda _: f"<w:smartTag {NAMESPACES}>{markup}</w:smartTag>", parts[MAIN].decode())
        assert number == 1
        parts[MAIN] = text.encode()
        if more is not None:
            more(parts)

    repacked(path, change)
    return path


def _given(**values: str) -> dict[str, Cell]:
    return {name: Cell(words, Address()) for name, words in values.items()}


FILLED = FilledForm(
    "interview_sheet", 1, "", _given(source="int-SS", interviewee="Sam S.", case_study="C1"), (),
    (FilledRow(_given(who="SS", did_what="contested", to_what="D01", quote=QUOTE)),),
)  # fmt: skip


def read(path: Path) -> tuple[FilledForm, list[Problem]]:
    """A form, and what was said of it."""
    problems: list[Problem] = []
    form = read_form(path, SCHEMA, name=f"forms/{path.name}", report=problems.append)
    assert form is not None
    return form, problems
