"""Identify an Office file whatever its name: main part, relationships of its parts, and why it cannot be read."""

from __future__ import annotations

import io
import posixpath
import re
import zipfile
from collections.abc import Mapping
from dataclasses import dataclass

from journeys.instruments.files.safety import unreadable
from journeys.instruments.files.zip_package import ZipPackage
from journeys.model.problems import Address, Problem, Severity, UnreadableFile

WORD, EXCEL = "Word document (.docx)", "Excel workbook (.xlsx)"

MAX_REWRITTEN = 40_000_000
"""Most bytes of a part of a workbook that is given its usual names and namespaces, which needs it in memory."""
_OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
_STRICT = re.compile(rb'(xmlns(?::[\w.-]+)?=["\'])http://purl\.oclc\.org/ooxml/([\w/]+)(["\'])')
_TRANSITIONAL = {
    b"wordprocessingml/main": b"http://schemas.openxmlformats.org/wordprocessingml/2006/main",
    b"spreadsheetml/main": b"http://schemas.openxmlformats.org/spreadsheetml/2006/main",
    b"drawingml/main": b"http://schemas.openxmlformats.org/drawingml/2006/main",
    b"drawingml/picture": b"http://schemas.openxmlformats.org/drawingml/2006/picture",
    b"drawingml/chart": b"http://schemas.openxmlformats.org/drawingml/2006/chart",
    b"drawingml/diagram": b"http://schemas.openxmlformats.org/drawingml/2006/diagram",
    b"drawingml/wordprocessingDrawing": b"http://schemas.openxmlformats.org/drawingml/2006/wordprocessingDrawing",
    b"drawingml/spreadsheetDrawing": b"http://schemas.openxmlformats.org/drawingml/2006/spreadsheetDrawing",
    b"officeDocument/relationships": b"http://schemas.openxmlformats.org/officeDocument/2006/relationships",
    b"officeDocument/math": b"http://schemas.openxmlformats.org/officeDocument/2006/math",
}
_STRICT_TYPES = b"http://purl.oclc.org/ooxml/officeDocument/relationships"
_USUAL_TYPES = b"http://schemas.openxmlformats.org/officeDocument/2006/relationships"
_TARGET = re.compile(rb'(Target=["\'])(?![a-z]+:)([^"\']+)')
_KINDS = (
    ("ms-word.document.macroEnabled.main", WORD, "a Word document with macros (.docm)"),
    ("ms-word.template.macroEnabledTemplate.main", WORD, "a Word template with macros (.dotm)"),
    ("wordprocessingml.template.main", WORD, "a Word template (.dotx)"),
    ("wordprocessingml.document.main", WORD, ""),
    ("ms-excel.sheet.macroEnabled.main", EXCEL, "an Excel workbook with macros (.xlsm)"),
    ("ms-excel.template.macroEnabled.main", EXCEL, "an Excel template with macros (.xltm)"),
    ("ms-excel.addin.macroEnabled.main", EXCEL, "an Excel add-in (.xlam)"),
    ("ms-excel.sheet.binary.macroEnabled.main", "", "a binary Excel workbook (.xlsb)"),
    ("spreadsheetml.template.main", EXCEL, "an Excel template (.xltx)"),
    ("spreadsheetml.sheet.main", EXCEL, ""),
    ("presentationml.", "", "a PowerPoint presentation"),
    ("ms-powerpoint.", "", "a PowerPoint presentation"),
)
"""How content types end, which of the two kinds is read so, and what it is called if that is not its usual form."""
_OPEN_DOCUMENT = {
    "text": "an OpenDocument text (.odt)",
    "text-template": "an OpenDocument template (.ott)",
    "spreadsheet": "an OpenDocument spreadsheet (.ods)",
    "spreadsheet-template": "an OpenDocument template (.ots)",
    "presentation": "an OpenDocument presentation (.odp)",
}
_BY_FIRST_BYTES: tuple[tuple[bytes, str], ...] = (
    (b"%PDF", "a PDF file"),
    (b"{\\rtf", "an RTF document (.rtf)"),
    (b"bplist00", "a placeholder of iCloud: the file itself is not on this computer yet"),
    (b"\x89PNG", "a picture"),
    (b"\xff\xd8\xff", "a picture"),
    (b"GIF8", "a picture"),
)
_GOOGLE = re.compile(rb'^\s*\{.{0,300}(?:"doc_id"|docs\.google\.com)', re.DOTALL)
_WEB_PAGE = re.compile(rb"^\s*(?:<!doctype html|<html)", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class MainPart:
    """The part that is the document itself, and what kind of file that makes it ("" for the usual one)."""

    part: str
    kind: str
    called: str


def relationships(package: ZipPackage, part: str) -> dict[str, tuple[str, str]]:
    """What a part ("" for the package) refers to: relationship id to the last word of its type, and the part meant.

    What lies outside the file (a web address) is left out.
    """
    folder, base = posixpath.split(part)
    found = {}
    for _, tag, attributes, _ in package.elements(posixpath.join(folder, "_rels", f"{base}.rels")):
        if tag == "Relationship" and attributes.get("TargetMode") != "External":
            target = posixpath.normpath(posixpath.join("/", folder, attributes.get("Target", ""))).lstrip("/")
            found[attributes.get("Id", "")] = (posixpath.basename(attributes.get("Type", "")), target)
    return found


def main_part(package: ZipPackage) -> MainPart | None:
    """The part that is the document itself, under whatever name; None where there is none."""
    types = _content_types(package)
    named = [target for kind, target in relationships(package, "").values() if kind == "officeDocument"]
    for part in (*named, "word/document.xml", "xl/workbook.xml"):
        if part in package:
            type_ = types.get(part.lower(), "")
            for ending, kind, called in _KINDS:
                if ending in type_:
                    return MainPart(part, kind, called)
            by_folder = WORD if part.startswith("word/") else EXCEL if part.startswith("xl/") else ""
            return MainPart(part, by_folder if part.endswith(".xml") else "", "")
    return None


def transitional(data: bytes) -> bytes:
    """A part of a Strict file with the namespaces that everybody knows; any other part as it is."""
    return _STRICT.sub(lambda m: m[1] + _TRANSITIONAL.get(m[2], b"http://purl.oclc.org/ooxml/" + m[2]) + m[3], data)


def is_strict(package: ZipPackage, part: str) -> bool:
    """Whether a part is written as the ISO standard's strict kind."""
    return _STRICT.search(next(package.stream(part), b"")[:20_000]) is not None


def usual_package(package: ZipPackage, workbook: str) -> bytes:
    """A workbook whose parts have the usual names and namespaces, for a library that knows no others."""
    home, base = posixpath.split(workbook)
    rels = posixpath.join(home, "_rels", f"{base}.rels")

    def usual(part: str) -> str:
        if part.lower() in (workbook.lower(), rels.lower()):
            return "xl/workbook.xml" if part.lower() == workbook.lower() else "xl/_rels/workbook.xml.rels"
        return f"xl/{part.removeprefix(f'{home}/')}" if home not in ("", "xl") and part.startswith(f"{home}/") else part

    def target(match: re.Match[bytes]) -> bytes:
        meant = posixpath.normpath(posixpath.join("/", home, match[2].decode())).lstrip("/")
        return match[1] + b"/" + usual(meant).encode()

    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w", zipfile.ZIP_DEFLATED) as archive:
        for name in package.names:
            if package.size(name) > MAX_REWRITTEN and name.lower().endswith((".xml", ".rels")):
                message = "the workbook is too large to be read in the way in which it was saved."
                remedy = "Open it in Excel and save it as an Excel Workbook (.xlsx), or save its sheets as CSV."
                raise unreadable("too_large", Address(package.file), message, remedy)
            data = b"".join(package.stream(name)) if name.lower().endswith((".xml", ".rels")) else b""
            if name.lower().endswith(".rels"):
                data = data.replace(_STRICT_TYPES, _USUAL_TYPES)
            if name.lower() == rels.lower():
                data = _TARGET.sub(target, data)
            if name.lower() in ("_rels/.rels", "[content_types].xml"):
                data = data.replace(workbook.encode(), b"xl/workbook.xml")
            archive.writestr(usual(name), transitional(data))
    return buffer.getvalue()


def opened(data: bytes, *, name: str, wanted: str) -> tuple[ZipPackage, MainPart]:
    """The package of a Word document or Excel workbook. Raises UnreadableFile, which says what the file is instead."""
    address = Address(name)
    if not data.startswith(b"PK"):
        raise _refused(_called(data), address, wanted, data)
    package = ZipPackage(data, name=name)
    main = main_part(package)
    if main is not None and main.kind == wanted:
        return package, main
    if main is not None and main.kind in (WORD, EXCEL):
        ending = ".xlsx" if main.kind == EXCEL else ".docx"
        message = f"The file is {'an' if main.kind == EXCEL else 'a'} {main.kind}, despite its name."
        raise unreadable("wrong_format", address, message, f"Give its name the ending {ending}.")
    raise _refused(main.called if main else _in_zip(package), address, wanted, data)


def say_kind(main: MainPart, address: Address) -> Problem | None:
    """The warning that a file is read which is not what its ending says: a template, a document with macros."""
    if not main.called or main.called.endswith(f"({_ending(address.file)})"):
        return None
    macros = " Its macros were neither run nor read." if "macros" in main.called else ""
    remedy = f"Save it as {'an' if main.kind == EXCEL else 'a'} {main.kind} to be sure of it."
    message = f"The file is {main.called}, despite its name; it was read.{macros}"
    return Problem("other_kind", address, message, remedy, Severity.WARNING)


def _ending(file: str | None) -> str:
    return posixpath.splitext(file or "")[1].lower()


def _called(data: bytes) -> str:
    """Return what kind of file a non-zip file is; "" if it is not known."""
    if data.startswith(_OLE):
        # The names in an old Office file's directory are in UTF-16.
        for stream, called in (
            ("EncryptedPackage", "protected by a password"),
            ("WordDocument", "in the old Word format (.doc)"),
            ("Workbook", "in the old Excel format (.xls)"),
            ("Book", "in the old Excel format (.xls)"),
            ("PowerPoint Document", "in the old PowerPoint format (.ppt)"),
        ):
            if stream.encode("utf-16-le") in data:
                return called
        return "in an old Office format"
    if _GOOGLE.match(data):
        return "a shortcut to Google Drive (.gdoc, .gsheet): it holds a web address and none of the words"
    if _WEB_PAGE.match(data):
        return "a web page"
    return next((called for begin, called in _BY_FIRST_BYTES if data.startswith(begin)), "")


def _in_zip(package: ZipPackage) -> str:
    if "mimetype" in package:
        kind = b"".join(package.stream("mimetype")).decode("ascii", "replace").strip().rpartition("opendocument.")[2]
        if kind in _OPEN_DOCUMENT:
            return _OPEN_DOCUMENT[kind]
    for part, called in (
        ("content.xml", "an OpenDocument file"),
        ("Index/Document.iwa", "an Apple Pages or Numbers document"),
        ("xl/workbook.bin", "a binary Excel workbook (.xlsb)"),
    ):
        if part in package:
            return called
    return "a zip file"


def _refused(called: str, address: Address, wanted: str, data: bytes) -> UnreadableFile:
    article = "an" if wanted == EXCEL else "a"
    program = "Excel" if wanted == EXCEL else "Word"
    if called == "protected by a password":
        what = "Workbook" if wanted == EXCEL else "Document"
        message = f"The {what.lower()} is protected by a password."
        remedy = f"Open it in {program}, remove the password (File > Info > Protect {what}), and save it."
        return unreadable("encrypted_file", address, message, remedy)
    kind = "old_format" if data.startswith(_OLE) else "wrong_format"
    remedy = f"Open it in the program it was made with and save it as {article} {wanted}."
    if "iCloud" in called:
        remedy = "Open the folder in the Finder and download the file, then check again."
    if "Google" in called:
        ending = ".xlsx" if wanted == EXCEL else ".docx"
        remedy = f"Open it in the browser and choose File > Download > Microsoft {program} ({ending})."
    message = f"The file is {called}." if called else f"The file is not {article} {wanted}, despite its name."
    return unreadable(kind, address, message, remedy)


def _content_types(package: ZipPackage) -> Mapping[str, str]:
    """The content type of each part that has one of its own."""
    return {
        attributes.get("PartName", "").lstrip("/").lower(): attributes.get("ContentType", "")
        for _, tag, attributes, _ in package.elements("[Content_Types].xml")
        if tag == "Override"
    }
