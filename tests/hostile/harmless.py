"""Whether a file or a printed text can do anything but be read: ``faults(path)`` and ``said_faults(text)``.

Each reads with another program than the one that wrote: Python's HTML, XML, csv, JSON and zip readers, openpyxl.
"""

from __future__ import annotations

import base64
import csv
import hashlib
import io
import json
import re
import zipfile
from collections.abc import Callable, Iterator
from html.parser import HTMLParser
from pathlib import Path, PurePosixPath
from typing import NoReturn
from xml.etree import ElementTree as ET

import icalendar
import openpyxl
import yaml

_NOT_TO_PRINT = re.compile(
    r"[\x00-\x08\x0b-\x1f\x7f-\x9f\u061c\u200e\u200f\u2028-\u202e\u2066-\u2069\ufeff\ud800-\udfff]"
)
_CONTROLS = re.compile(r"[\x00-\x08\x0b-\x0c\x0e-\x1f\x7f-\x9f]")
_BEGINS_A_FORMULA = re.compile(r"[=+\-@\t\r\n\uff1d\uff0b\uff0d\uff20]")
_LEADS = ("href", "src", "action", "formaction", "data", "srcset", "poster", "background", "xlink:href", "ping")
_NEVER = {"iframe", "object", "embed", "base", "form", "link", "frame", "applet", "video", "audio", "source", "portal"}
_SHOWS = re.compile(r"data:image/(?:png|svg\+xml)[;,]")
_OF_OURS = ("https://", "http://www.w3.org/")


def faults(path: Path) -> list[str]:
    """What is wrong with a file, by its ending; in a package, with each of its parts."""
    if "neo4j-admin" in path.parent.name and path.suffix == ".csv":  # for a program that takes every sign as it is
        csv.reader(io.StringIO(path.read_text(encoding="utf-8"), newline=""), strict=True)
        return []
    if "forms-" in path.parent.name and path.suffix == ".txt":  # plain text cannot write a sign in another way
        path.read_text(encoding="utf-8")
        return []
    return [f"{path.name}: {each}" for each in of_bytes(path.name, path.read_bytes())]


def of_bytes(name: str, content: bytes) -> Iterator[str]:
    """What is wrong with the content of a file of this name."""
    ending = PurePosixPath(name).suffix.lower()
    check = _CHECKS.get(ending)
    if check is None:
        yield f"nobody looks at {ending or 'files without an ending'}"
    else:
        yield from check(content)


def said_faults(text: str) -> list[str]:
    """What a terminal should not get."""
    return [f"prints {found[0]!r} in {text[max(0, found.start() - 60) : found.end() + 20]!r}" for found in
            [*_NOT_TO_PRINT.finditer(text)][:3]]  # fmt: skip


def name_faults(folder: Path) -> list[str]:
    """Names of files that another system cannot hold, or that lead elsewhere."""
    reserved = re.compile(r"(?:con|prn|aux|nul|com\d|lpt\d)(?:\.|$)", re.IGNORECASE)
    return [
        repr(path.name)
        for path in folder.rglob("*")
        if not re.fullmatch(r"[\w][\w.\- ]*[\w]|\w", path.name) or reserved.match(path.name) or path.is_symlink()
    ]


class _Page(HTMLParser):
    """Reads a page as a browser does, and notes what could run or lead away."""

    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self.wrong: list[str] = []
        self.allowed: set[str] = set()
        self._script: list[str] | None = None
        self._is_data = False

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        held = {name: value or "" for name, value in attrs}
        if tag == "meta" and held.get("http-equiv", "").lower() == "content-security-policy":
            self.allowed = set(re.findall(r"'(sha256-[^']+)'", held["content"]))
            if "default-src 'none'" not in held["content"] or "unsafe" in held["content"]:
                self.wrong.append(f"its policy is {held['content'][:80]!r}")
        elif tag == "meta" and "http-equiv" in held:
            self.wrong.append(f"has a meta element {held}")
        if tag in _NEVER and (tag != "form" or {"action", "method", "target"} & held.keys()):
            self.wrong.append(f"has an element {tag} {held}")
        for name, value in held.items():
            lead = re.sub(r"[\s\x00-\x1f]", "", value).lower()
            if name.startswith("on") or name == "srcdoc":
                self.wrong.append(f"has an attribute {name} on {tag}")
            elif name == "style":
                self.wrong.append(f"has a style attribute on {tag}")
            elif name in _LEADS and re.match(r"[a-z][a-z0-9+.\-]*:|//", lead) and not _SHOWS.match(lead):
                self.wrong.append(f"{tag} leads to {value[:60]!r}")
        if tag == "script" and "src" not in held:
            self._script, self._is_data = [], held.get("type") == "application/json"

    def handle_data(self, data: str) -> None:
        if self._script is not None:
            self._script.append(data)

    def handle_endtag(self, tag: str) -> None:
        if tag != "script" or self._script is None:
            return
        text, self._script = "".join(self._script), None
        if self._is_data:
            json.loads(text, parse_constant=_no_number)
        elif f"sha256-{base64.b64encode(hashlib.sha256(text.encode()).digest()).decode()}" not in self.allowed:
            self.wrong.append(f"has a script that is not ours: {text[:60]!r}")


def _drawing(content: bytes) -> Iterator[str]:
    yield from _markup(content)
    for element in ET.fromstring(content).iter():
        tag = str(element.tag).rpartition("}")[2].lower()
        if tag in ("script", "foreignobject", "iframe", "image", "animate", "set", "handler"):
            yield f"has an element {tag}"


def _page(content: bytes) -> Iterator[str]:
    text = content.decode("utf-8")
    page = _Page()
    page.feed(text)
    page.close()
    yield from page.wrong
    if not page.allowed and "<script" in text:
        yield "has no policy"
    words = re.sub(r"<script.*?</script>", "", text, flags=re.DOTALL)  # JSON and our own scripts, which were looked at
    for found in [*re.finditer(r"[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f\u202a-\u202e\u2066-\u2069]", words)][:2]:
        yield f"holds {found[0]!r} in {words[max(0, found.start() - 60) : found.end() + 20]!r}"


def _markup(content: bytes) -> Iterator[str]:
    if (b"<!DOCTYPE" in content[:2_000] and b"//W3C//DTD SVG" not in content[:2_000]) or b"<!ENTITY" in content:
        yield "declares a document type or an entity"
    for element in ET.fromstring(content).iter():
        tag = str(element.tag).rpartition("}")[2].lower()
        for name, value in element.attrib.items():
            short = name.rpartition("}")[2].lower()
            lead = re.sub(r"\s", "", value).lower()
            if short.startswith("on") and tag != "attvalue":
                yield f"has an attribute {short}"
            elif short == "href" and not lead.startswith("#"):
                yield f"{tag} leads to {value[:60]!r}"


def _json(content: bytes) -> Iterator[str]:
    text = content.decode("utf-8")
    json.loads(text, parse_constant=_no_number)
    for found in [*_NOT_TO_PRINT.finditer(text)][:2]:
        yield f"holds {found[0]!r} as it is, which a terminal obeys"


def _search_index(content: bytes) -> Iterator[str]:
    """A script of ours whose data are JSON."""
    text = content.decode("utf-8")
    if found := re.search(r"^journeysSearch\.(?:begin|part)\((.*)\);$", text, re.MULTILINE):
        json.loads(f"[{found[1]}]", parse_constant=_no_number)
        if len(text.splitlines()) != 3 or re.search("[\u2028\u2029]", text):
            yield "has more lines than it should"


def _no_number(written: str) -> NoReturn:
    raise ValueError(f"{written} is not JSON")


def _csv(content: bytes) -> Iterator[str]:
    csv.field_size_limit(10_000_000)
    rows = [*csv.reader(io.StringIO(content.decode("utf-8"), newline=""), strict=True)]
    if len({*map(len, rows)}) > 1:
        yield f"has rows of {sorted({*map(len, rows)})} cells"
    for cell in (cell for row in rows for cell in row):
        if _BEGINS_A_FORMULA.match(cell) and not _number(cell):
            yield f"has a cell {cell[:40]!r}"
        if found := _CONTROLS.search(cell):
            yield f"holds {found[0]!r} in {cell[:60]!r}"


def _number(text: str) -> bool:
    return re.fullmatch(r"[+-]?\d+(\.\d+)?(e[+-]?\d+)?", text) is not None


def _workbook(content: bytes) -> Iterator[str]:
    yield from _package(content)
    book = openpyxl.load_workbook(io.BytesIO(content))
    for sheet in book.worksheets:
        for cell in (cell for row in sheet.iter_rows() for cell in row if cell.value is not None):
            if cell.data_type == "f":
                yield f"{sheet.title}!{cell.coordinate} is a formula: {str(cell.value)[:40]!r}"
            if cell.hyperlink is not None:
                yield f"{sheet.title}!{cell.coordinate} is a link"
            if isinstance(cell.value, str) and cell.value[:1] in ("=", "+", "-", "@") and not cell.quotePrefix:
                yield f"{sheet.title}!{cell.coordinate} becomes a formula when it is edited: {cell.value[:40]!r}"
        header = sheet.oddHeader.center.text or ""
        if re.search(r"(?<!&)(?:&&)*&[^&]", header) or len(header) > 250:
            yield f"{sheet.title} has a head of {len(header)} characters: {header[:60]!r}"
    for name, defined in book.defined_names.items():
        if not re.fullmatch(r"'?[^!]+'?!\$?[A-Z]+\$?\d+(:\$?[A-Z]+\$?\d+)?", defined.attr_text):
            yield f"the name {name} means {defined.attr_text[:60]!r}"


def _document(content: bytes) -> Iterator[str]:
    yield from _package(content)
    with zipfile.ZipFile(io.BytesIO(content)) as package:
        for name in package.namelist():
            if not name.endswith((".xml", ".rels")):
                continue
            text = package.read(name).decode("utf-8")
            for field in re.findall(r'<w:(?:fldSimple[^>]*w:instr="([^"]*)"|instrText[^>]*>([^<]*))', text):
                if "".join(field).split()[:1] not in (["PAGE"], ["NUMPAGES"], ["TOC"], ["SEQ"]):
                    yield f"{name} has the field {''.join(field)[:60]!r}"


def _package(content: bytes) -> Iterator[str]:
    """Every part of an Office file is whole XML, and leads nowhere outside."""
    with zipfile.ZipFile(io.BytesIO(content)) as package:
        for name in package.namelist():
            if name.endswith((".xml", ".rels")):
                part = package.read(name)
                ET.fromstring(part)
                if b'TargetMode="External"' in part:
                    yield f"{name} leads out: {re.findall(rb'Target=.([^ ]*)', part)[:3]}"
            elif not name.endswith((".vml", ".png", ".jpeg", ".jpg", "/")):
                yield f"has a part {name!r}"


def _archive(content: bytes) -> Iterator[str]:
    with zipfile.ZipFile(io.BytesIO(content)) as package:
        for each in package.infolist():
            name = each.filename
            if name.startswith(("/", "\\")) or ".." in PurePosixPath(name).parts or "\\" in name or ":" in name:
                yield f"has a part {name!r}"
            # What an archive keeps of the study stands in it as it was.
            program_reads = name.startswith("Sources/") or name.endswith((".parquet", "checksums-sha256.txt"))
            if not name.endswith("/") and not name.startswith("study/") and not program_reads:
                yield from (f"{name}: {fault}" for fault in of_bytes(name, package.read(name)))


def _citation(content: bytes) -> Iterator[str]:
    yaml.safe_load(content)
    if found := _CONTROLS.search(content.decode("utf-8")):
        yield f"holds {found[0]!r}"


def _text(content: bytes) -> Iterator[str]:
    yield from said_faults(content.decode("utf-8").replace("\r\n", "\n"))


def _calendar(content: bytes) -> Iterator[str]:
    read = icalendar.Calendar.from_ical(content)
    if len(read.walk("VEVENT")) != content.count(b"BEGIN:VEVENT"):
        yield "has an entry in an entry"
    yield from _text(content)


def _picture(content: bytes) -> Iterator[str]:
    if not content.startswith(b"\x89PNG"):
        yield "is no picture"


def _pdf(content: bytes) -> Iterator[str]:
    if not content.startswith(b"%PDF-") or b"%%EOF" not in content[-32:]:
        yield "is no PDF"
    for word in (b"/URI", b"/JavaScript", b"/JS", b"/Launch", b"/OpenAction"):
        if word in content:
            yield f"holds {word!r}"


_CHECKS: dict[str, Callable[[bytes], Iterator[str]]] = {
    **dict.fromkeys((".xml", ".gexf", ".graphml", ".qde", ".qdc"), _markup),
    **dict.fromkeys((".json", ".jsonld"), _json),
    **dict.fromkeys((".qdpx", ".zip"), _archive),
    **dict.fromkeys((".txt", ".md", ".net", ".sh", ".args", ".cypher", ".yaml"), _text),
    ".html": _page, ".svg": _drawing, ".js": _search_index, ".csv": _csv, ".xlsx": _workbook, ".docx": _document,
    ".ics": _calendar, ".cff": _citation, ".png": _picture, ".pdf": _pdf,
}  # fmt: skip
