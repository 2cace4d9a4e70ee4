"""The content of a file with pseudonyms in place of real names: text, and packages of XML (Office, OpenDocument, REFI).

What cannot be read here (pictures, sound, old formats) is given back as it was, and named.
"""

from __future__ import annotations

import codecs
import io
import zipfile
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from pathlib import PurePosixPath
from typing import Any

from lxml import etree

from journeys.instruments.files.decoded_text import replaced_in, said_by
from journeys.instruments.files.yaml_names import replaced_in_yaml, texts_in_yaml
from journeys.instruments.files.zip_package import ZipPackage
from journeys.model.real_names import BREAK, NameFinder

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
_OLD_ENCODINGS = ("mac-roman", "cp850", "cp1250", "cp1251", "koi8-r", "gb18030", "big5", "shift-jis", "euc-kr")
"""What text may be in that is neither UTF-8 nor, as it is taken for then, Windows-1252."""

_GROUPS = {"wordprocessingml": ("p",), "drawingml": ("p",), "spreadsheetml": ("si", "is", "text"),
           "opendocument:xmlns:text": ("p", "h")}  # fmt: skip
"""What is searched as one text, whatever is formatted in it: by a part of the name space."""
_PIECES = frozenset({"t", "delText", "instrText"})
_SPACES = frozenset({"tab", "br", "cr", "s", "line-break"})
_MADE_BY = {"docProps/core.xml": ("creator", "lastModifiedBy"), "docProps/app.xml": ("Company", "Manager"),
            "meta.xml": ("creator", "initial-creator", "printed-by")}  # fmt: skip
"""Who wrote and saved a file, by part: these are accounts, which no list of names may hold."""
_ATTRIBUTES = frozenset({
    "author", "name", "title", "descr", "alt", "Target", "PartName", "tooltip", "display", "displayName",
    "displayText", "fullName", "prompt", "promptTitle", "error", "errorTitle", "caption", "userId", "href",
    "value", "string-value", "condition", "formula", "content", "lastClr", "creatingUserName", "creatingUser",
    "plainTextPath", "richTextPath", "path", "currentPath",
})  # fmt: skip
_NAMED_BY_VALUE = frozenset({"alias", "tag", "docVar", "statusText", "helpText", "default"})


@dataclass(slots=True)
class Pseudonymised:
    """What became of a file: its new content, and the parts of it that were not looked at."""

    content: bytes
    unread: list[str] = field(default_factory=list)
    left: list[str] = field(default_factory=list)
    """The parts in which a name still stands."""


def pseudonymised(content: bytes, name: str, finder: NameFinder, whole: NameFinder) -> Pseudonymised:
    """Put pseudonyms in place of the names in a file, which ``name`` names; ``whole`` finds whole names alone.

    Raises UnreadableFile for a package that is damaged or unsafe, ValueError for text in no known encoding.
    """
    suffix = f".{name.rpartition('.')[2].lower()}"
    if suffix in PACKAGES and content.startswith(b"PK"):
        return _package(content, name, finder, whole)
    if suffix in XML:
        return _xml(content, name, finder, whole)
    if suffix in TEXTS:
        return _text(content, name, suffix, finder, whole)
    made = Pseudonymised(content, [name])
    if _in_bytes(content, whole):
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
        for entry in old.infolist():
            part = entry.filename
            if entry.is_dir() or part.lower().startswith("docprops/thumbnail") or part.startswith("Thumbnails/"):
                continue  # a picture of the first page
            inner = pseudonymised(old.read(entry), part, finder, whole)
            unread += [f"{name} > {each}" for each in inner.unread if not _is_dull(each)]
            left += [f"{name} > {each}" for each in inner.left]
            # The first part of an OpenDocument file stands as it is.
            how = zipfile.ZIP_STORED if part == "mimetype" else zipfile.ZIP_DEFLATED
            new.writestr(zipfile.ZipInfo(finder.replaced(part), (1980, 1, 1, 0, 0, 0)), inner.content, how)
    return Pseudonymised(made.getvalue(), unread, left)


def _is_dull(part: str) -> bool:
    """Whether a part of a package holds nothing that people write."""
    path = PurePosixPath(part)
    return part == "mimetype" or path.suffix.lower() in (".odttf", ".ttf") or "printerSettings" in part


def is_picture(name: str) -> bool:
    """Whether a file or part is a picture."""
    return PurePosixPath(name).suffix.lower() in _PICTURES


def _xml(content: bytes, name: str, finder: NameFinder, whole: NameFinder) -> Pseudonymised:
    if not content.strip():
        return Pseudonymised(content)
    parser = etree.XMLParser(resolve_entities=False, no_network=True, huge_tree=True, remove_pis=False)
    try:
        root = etree.fromstring(content, parser)
    except etree.XMLSyntaxError:
        return Pseudonymised(content, [name], [name] if _in_bytes(content, whole) else [])
    cleared = _clear_makers(root, name)
    changed = _in_groups(root, finder)
    if _one_by_one(root, finder) or changed or cleared:
        content = etree.tostring(root, xml_declaration=True, encoding="UTF-8", standalone=True)
    held = (*_values(root), "".join(_all_text(root)))
    return Pseudonymised(content, [], [name] if any(map(whole.find, held)) else [])


def _clear_makers(root: Any, name: str) -> bool:
    """Take out who made and saved a file, and that it has a picture of its first page."""
    makers = [tag for part, tags in _MADE_BY.items() if name in (part, f"/{part}") for tag in tags]
    found = [element for element in root.iter() if _local(element) in makers and element.text]
    for element in found:
        element.text = None
    pictures = [each for each in root if name.endswith(".rels") and each.get("Type", "").endswith("/thumbnail")]
    for element in pictures:
        root.remove(element)
    return bool(found or pictures)


Slot = tuple[Any, str]
"""An element, and which of its texts: "text" or "tail"."""


def _in_groups(root: Any, finder: NameFinder) -> bool:
    """Names in paragraphs and cells, whatever parts of them are formatted, inserted or deleted by themselves."""
    groups = [group for group in root.iter() if _is_group(group)]
    # On a page a word may be divided between two paragraphs; cells of a workbook stand in any order.
    across = any("wordprocessingml" in str(group.tag) for group in groups)
    changed = False
    for left_out in ((), ("del", "moveFrom"), ("ins", "moveTo")):
        streams = [list(_slots(group, group, left_out)) for group in groups]
        if across:
            streams = [[each for stream in streams for each in (*stream, BREAK)]]
        for stream in streams:
            changed |= _replace(stream, finder)
    return changed


def _is_group(element: Any) -> bool:
    space, _, tag = str(element.tag).rpartition("}")
    return any(kind in space and tag in tags for kind, tags in _GROUPS.items())


def _slots(element: Any, group: Any, left_out: Sequence[str]) -> Iterator[Slot | str]:
    """The places of text in a paragraph or cell, in their order, but of paragraphs within it; spaces between words."""
    tag = _local(element)
    if tag in (*left_out, "annotation") or (element is not group and _is_group(element)):
        return
    office = "opendocument" not in str(group.tag)
    if not office or tag in _PIECES:
        yield element, "text"
    for child in element:
        if _local(child) in _SPACES:
            yield " "
        yield from _slots(child, group, left_out)
        if not office:
            yield child, "tail"


def _replace(stream: Sequence[Slot | str], finder: NameFinder) -> bool:
    """Replace the names in a text that lies in pieces: the pseudonym takes the place of the first piece of a name."""
    pieces = [each if isinstance(each, str) else (getattr(each[0], each[1]) or "") for each in stream]
    found = finder.find("".join(pieces))
    if not found:
        return False
    at, ends = 0, []
    for piece in pieces:
        ends.append((at, at + len(piece)))
        at += len(piece)
    for name in reversed(found):
        told = False
        for number, (start, end) in enumerate(ends):
            if isinstance(stream[number], str) or end <= name.start or start >= name.end:
                continue
            piece = pieces[number]
            instead = "" if told else name.pseudonym
            pieces[number] = piece[: max(0, name.start - start)] + instead + piece[max(0, name.end - start) :]
            told = True
    for each, piece in zip(stream, pieces, strict=True):
        if not isinstance(each, str) and (getattr(each[0], each[1]) or "") != piece:
            setattr(each[0], each[1], piece)
            if _local(each[0]) in _PIECES and piece != piece.strip():
                each[0].set("{http://www.w3.org/XML/1998/namespace}space", "preserve")
    return True


def _one_by_one(root: Any, finder: NameFinder) -> bool:
    """Names in all other text, and in the attributes that hold what people wrote."""
    changed = False
    for element in root.iter():
        for which in ("text", "tail"):
            text = getattr(element, which)
            if text and text.strip() and (made := finder.replaced(text)) != text:
                setattr(element, which, made)
                changed = True
        if not isinstance(element.tag, str):
            continue
        for attribute, value in element.attrib.items():
            plain = etree.QName(attribute).localname
            written = plain in _ATTRIBUTES or (plain == "val" and _local(element) in _NAMED_BY_VALUE)
            if written and (made := finder.replaced(value)) != value:
                element.set(attribute, made)
                changed = True
    return changed


def _values(root: Any) -> Iterator[str]:
    for element in root.iter():
        if isinstance(element.tag, str):
            yield from map(str, element.attrib.values())


def _all_text(root: Any) -> Iterator[str]:
    for element in root.iter():
        if _is_group(element) or _local(element) in ("c", "row"):
            yield "\n"
        yield from (each for each in (element.text, element.tail) if each)


def _in_bytes(content: bytes, whole: NameFinder) -> bool:
    """Whether a whole name stands in bytes that are no text."""
    codecs_tried = ("utf-8", "cp1252", "utf-16-le", "utf-16-be")
    return any(whole.find(content.decode(codec, errors="ignore")) for codec in codecs_tried)


def _local(element: Any) -> str:
    return etree.QName(element).localname if isinstance(element.tag, str) else ""
