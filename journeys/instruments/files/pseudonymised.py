"""The content of a file with pseudonyms in place of real names: text, and packages of XML (Office, OpenDocument, REFI).

What cannot be read here (pictures, sound, old formats) is given back as it was, and named.
"""

from __future__ import annotations

import codecs
import io
import re
import zipfile
from pathlib import PurePosixPath

from journeys.instruments.files.decoded_text import replaced_in, said_by
from journeys.instruments.files.package_names import PackageNames, package_names, without_spaces
from journeys.instruments.files.pseudonymised_xml import Pseudonymised, name_in_bytes, pseudonymised_xml
from journeys.instruments.files.yaml_names import replaced_in_yaml, texts_in_yaml
from journeys.instruments.files.zip_package import ZipPackage
from journeys.model.real_names import NameFinder

TEXTS = (
    ".txt",
    ".md",
    ".csv",
    ".tsv",
    ".json",
    ".jsonl",
    ".ndjson",
    ".yaml",
    ".yml",
    ".cypher",
    ".srt",
    ".vtt",
    ".html",
    ".ics",
)
YAML = (".yaml", ".yml")
PACKAGES = (
    ".xlsx", ".xlsm", ".docx", ".docm", ".dotx", ".xltx", ".pptx", ".ods", ".odt", ".ott", ".ots", ".odp", ".qdpx",
    ".zip",
)  # fmt: skip
XML = (".xml", ".rels", ".qde", ".qdc", ".vml")
_PICTURES = (".png", ".jpg", ".jpeg", ".gif", ".bmp", ".tif", ".tiff", ".emf", ".wmf", ".svm", ".webp")
_MARKS = ((codecs.BOM_UTF8, "utf-8-sig"), (codecs.BOM_UTF16_LE, "utf-16"), (codecs.BOM_UTF16_BE, "utf-16"))
_NAMING = re.compile(r"xl/workbook\.xml|xl/tables/[^/]+\.xml|word/[^/]+\.xml")
"""The parts of Office files that give names to sheets, ranges, tables and bookmarks."""
_OLD_ENCODINGS = ("mac-roman", "cp850", "cp1250", "cp1251", "koi8-r", "gb18030", "big5", "shift-jis", "euc-kr")
"""What text may be in that is neither UTF-8 nor, as it is taken for then, Windows-1252."""


def pseudonymised(
    content: bytes, name: str, finder: NameFinder, whole: NameFinder, names: PackageNames | None = None
) -> Pseudonymised:
    """Put pseudonyms in place of the names in a file, which ``name`` names; ``whole`` finds whole names alone.

    ``names`` are those that the package gives to things, where the file is a part of one.

    Raises UnreadableFile for a package that is damaged or unsafe, ValueError for text in no known encoding.
    """
    suffix = f".{name.rpartition('.')[2].lower()}"
    if suffix in PACKAGES and content.startswith(b"PK"):
        return _package(content, name, finder, whole)
    if suffix in XML:
        return pseudonymised_xml(content, name, finder, whole, names)
    if suffix in TEXTS:
        return _text(content, name, suffix, finder, whole)
    made = Pseudonymised(content, [name])
    if name_in_bytes(content, whole):
        made.left.append(name)
    return made


def _text(content: bytes, name: str, suffix: str, finder: NameFinder, whole: NameFinder) -> Pseudonymised:
    encoding = next((codec for mark, codec in _MARKS if content.startswith(mark)), "utf-8")
    try:
        text = content.decode(encoding)
    except UnicodeDecodeError:
        encoding = "cp1252"
        text = content.decode(encoding)
    if "\0" in text:
        raise ValueError("UTF-16 without its mark")
    made = (replaced_in_yaml(text, finder) if suffix in YAML else None) or replaced_in(text, finder)
    says = (*said_by(made), *(texts_in_yaml(made) if suffix in YAML else ()))
    left = any(map(whole.find, says)) or (encoding == "cp1252" and _names_in_another(content, text, whole))
    return Pseudonymised(made.encode(encoding), [], [name] if left else [])


def _names_in_another(content: bytes, text: str, whole: NameFinder) -> bool:
    """Whether text that was taken for Windows-1252 holds more names when it is read in another old encoding."""
    found = len(whole.find(text))
    return any(len(whole.find(content.decode(codec, errors="ignore"))) > found for codec in _OLD_ENCODINGS)


def _package(content: bytes, name: str, finder: NameFinder, whole: NameFinder) -> Pseudonymised:
    ZipPackage(content, name=name)  # within limits, and safe
    made, unread, left = io.BytesIO(), [], []
    with zipfile.ZipFile(io.BytesIO(content)) as old, zipfile.ZipFile(made, "w", zipfile.ZIP_DEFLATED) as new:
        names = package_names((old.read(each) for each in old.namelist() if _NAMING.match(each)), finder)
        taken: set[str] = set()
        for entry in old.infolist():
            part = entry.filename
            if entry.is_dir() or part.lower().startswith("docprops/thumbnail") or part.startswith("Thumbnails/"):
                continue  # a picture of the first page
            inner = pseudonymised(old.read(entry), part, finder, whole, names)
            unread += [f"{name} > {each}" for each in inner.unread if not _is_dull(each)]
            left += [f"{name} > {each}" for each in inner.left]
            # The first part of an OpenDocument file stands as it is.
            how = zipfile.ZIP_STORED if part == "mimetype" else zipfile.ZIP_DEFLATED
            called = without_spaces(part, finder)
            if called in taken:  # of two parts of one name, programs see one
                left.append(f"{name} > {part}")
            taken.add(called)
            new.writestr(zipfile.ZipInfo(called, (1980, 1, 1, 0, 0, 0)), inner.content, how)
    return Pseudonymised(made.getvalue(), unread, left)


def _is_dull(part: str) -> bool:
    """Whether a part of a package holds nothing that people write."""
    path = PurePosixPath(part)
    return part == "mimetype" or path.suffix.lower() in (".odttf", ".ttf") or "printerSettings" in part


def is_picture(name: str) -> bool:
    """Whether a file or part is a picture."""
    return PurePosixPath(name).suffix.lower() in _PICTURES
