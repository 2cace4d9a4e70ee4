"""Packages for tests of what they unfold to: Word files, workbooks and OpenDocument sheets of given markup."""

from __future__ import annotations

import random
import zipfile
from collections.abc import Iterable, Iterator
from pathlib import Path

_W = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"
_MAIN = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
_R = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
_ODS = (
    'xmlns:office="urn:oasis:names:tc:opendocument:xmlns:office:1.0" '
    'xmlns:table="urn:oasis:names:tc:opendocument:xmlns:table:1.0" '
    'xmlns:text="urn:oasis:names:tc:opendocument:xmlns:text:1.0"'
)
_PORTION = 1 << 20
_BALLAST = 5_000_000

Parts = dict[str, str | bytes | Iterable[str | bytes]]


def packed(path: Path, parts: Parts) -> Path:
    """A zip file of parts, each as one text or in portions."""
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as package:
        for name, content in parts.items():
            with package.open(name, "w", force_zip64=True) as out:
                for each in [content] if isinstance(content, str | bytes) else content:
                    out.write(each.encode() if isinstance(each, str) else each)
        # Ballast that does not shrink, so that the package is not refused for its ratio alone.
        package.writestr("ballast.bin", random.Random(1).randbytes(_BALLAST))
    return path


def repeated(words: str, times: int) -> Iterator[str]:
    """``words`` so many times, in portions."""
    many = max(1, _PORTION // len(words))
    while times > 0:
        yield words * min(many, times)
        times -= many


def docx(body: Iterable[str], **more: str | Iterable[str]) -> Parts:
    """The parts of a Word file with this in its body; ``more`` are parts beside it, by kind."""
    types = f"{_R}/"
    related = "".join(
        f'<Relationship Id="r{n}" Type="{types}{kind}" Target="{kind}.xml"/>' for n, kind in enumerate(more)
    )
    relations = 'xmlns="http://schemas.openxmlformats.org/package/2006/relationships"'
    parts: Parts = {
        "[Content_Types].xml": '<Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types">'
        '<Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/>'
        '<Override PartName="/word/document.xml" ContentType='
        '"application/vnd.openxmlformats-officedocument.wordprocessingml.document.main+xml"/></Types>',
        "_rels/.rels": f'<Relationships {relations}><Relationship Id="d" Type="{types}officeDocument" '
        'Target="word/document.xml"/></Relationships>',
        "word/_rels/document.xml.rels": f"<Relationships {relations}>{related}</Relationships>",
        "word/document.xml": around(f'<w:document xmlns:w="{_W}"><w:body>', body, "</w:body></w:document>"),
    }
    for kind, content in more.items():
        inside = [content] if isinstance(content, str) else content
        parts[f"word/{kind}.xml"] = around(f'<w:{kind} xmlns:w="{_W}">', inside, f"</w:{kind}>")
    return parts


def xlsx(
    rows: Iterable[str], *, after: Iterable[str] = (), before: Iterable[str] = (), **parts: str | Iterable[str]
) -> Parts:
    """The parts of a workbook with one sheet of these rows; ``after`` and ``before`` stand beside them in the sheet.

    ``parts``: sharedStrings, styles, and what stands in the workbook beside its sheets (names).
    """
    names = parts.pop("names", "")
    sheets = int(str(parts.pop("sheets", "1")))
    related = "".join(
        f'<Relationship Id="s{n}" Type="{_R}/{kind}" Target="{kind}.xml"/>' for n, kind in enumerate(parts)
    )
    related += "".join(
        f'<Relationship Id="w{n}" Type="{_R}/worksheet" Target="worksheets/sheet{n}.xml"/>' for n in range(sheets)
    )
    listed = "".join(f'<sheet name="S{n}" sheetId="{n + 1}" r:id="w{n}"/>' for n in range(sheets))
    relations = 'xmlns="http://schemas.openxmlformats.org/package/2006/relationships"'
    inside = [names] if isinstance(names, str) else names
    made: Parts = {
        "[Content_Types].xml": '<Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types">'
        '<Default Extension="xml" ContentType="application/xml"/>'
        '<Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/>'
        '<Override PartName="/xl/workbook.xml" ContentType='
        '"application/vnd.openxmlformats-officedocument.spreadsheetml.sheet.main+xml"/></Types>',
        "_rels/.rels": f'<Relationships {relations}><Relationship Id="d" Type="{_R}/officeDocument" '
        'Target="xl/workbook.xml"/></Relationships>',
        "xl/_rels/workbook.xml.rels": f"<Relationships {relations}>{related}</Relationships>",
        "xl/workbook.xml": around(
            f'<workbook xmlns="{_MAIN}" xmlns:r="{_R}"><sheets>{listed}</sheets><definedNames>',
            inside,
            "</definedNames></workbook>",
        ),
    }
    kept = [rows] if isinstance(rows, str) else list(rows) if sheets > 1 else rows
    for n in range(sheets):
        made[f"xl/worksheets/sheet{n}.xml"] = around(
            f'<worksheet xmlns="{_MAIN}">',
            (each for portion in (before, ["<sheetData>"], kept, ["</sheetData>"], after) for each in portion),
            "</worksheet>",
        )
    roots = {"sharedStrings": "sst", "styles": "styleSheet"}
    for kind, content in parts.items():
        inside = [content] if isinstance(content, str) else content
        made[f"xl/{kind}.xml"] = around(f'<{roots[kind]} xmlns="{_MAIN}">', inside, f"</{roots[kind]}>")
    return made


def ods(tables: Iterable[str]) -> Parts:
    """The parts of an OpenDocument spreadsheet with these tables."""
    return {
        "mimetype": "application/vnd.oasis.opendocument.spreadsheet",
        "content.xml": around(
            f"<office:document-content {_ODS}><office:body><office:spreadsheet>",
            tables,
            "</office:spreadsheet></office:body></office:document-content>",
        ),
    }


def around(first: str, inside: Iterable[str | bytes], last: str) -> Iterator[str | bytes]:
    yield first
    yield from inside
    yield last
