"""XML with pseudonyms in place of real names: texts, whatever is formatted in them, attributes and comments."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from typing import Any

from lxml import etree

from journeys.instruments.files.decoded_text import replaced_in, said_by
from journeys.instruments.files.package_names import (
    PackageNames,
    replaced_in_format,
    replaced_in_header,
    said_by_header,
    without_spaces,
)
from journeys.model.real_names import BREAK, NameFinder

_GROUPS = {"wordprocessingml": ("p",), "drawingml": ("p",), "spreadsheetml": ("si", "is", "text"),
           "opendocument:xmlns:text": ("p", "h")}  # fmt: skip
"""What is searched as one text, whatever is formatted in it: by a part of the name space."""
_PIECES = frozenset({"t", "delText", "instrText"})
_SPACES = {"tab": " ", "s": " ", "br": "\n", "cr": "\n", "line-break": "\n"}
"""What stands for these elements: a word may be divided at the end of a line."""
_HEADERS = frozenset({"oddHeader", "oddFooter", "evenHeader", "evenFooter", "firstHeader", "firstFooter"})
_FORMULAS = frozenset({"f", "formula", "formula1", "formula2", "definedName", "calculatedColumnFormula",
                       "totalsRowFormula"})  # fmt: skip
_IDENTIFIERS = frozenset({("definedName", "name"), ("table", "name"), ("table", "displayName"),
                          ("bookmarkStart", "name"), ("hyperlink", "anchor"), ("sheetPr", "codeName"),
                          ("workbookPr", "codeName"), ("worksheetSource", "name")})  # fmt: skip
"""Attributes that hold a name without a space: of ranges, tables, bookmarks, modules."""
_PATHS = frozenset({"Target", "PartName", "href", "full-path", "plainTextPath", "richTextPath", "path", "currentPath"})
_TECHNICAL = frozenset({"Type", "ContentType", "hashValue", "saltValue", "algorithmName", "uri", "Requires",
                        "Ignorable", "r", "ref", "sqref", "spans"})  # fmt: skip
"""Attributes that people cannot write in."""
_WORD = re.compile(r"[^\W\d_]{2}|[^\x00-\x7f]")
_NUMBER_OR_PLACE = re.compile(r"[{#]?(?=[A-Za-z-]*\d)[0-9A-Fa-f-]+}?|\$?[A-Z]{1,3}\$?\d+(?::\$?[A-Z]{1,3}\$?\d+)?")
_CODE_OF_EXCEL = re.compile(r"_x([0-9A-Fa-f]{4})_")
_TERM = re.compile("[a-z][A-Za-z0-9]*")
_WORDS_OF_FORMATS = frozenset({
    "arc", "bevel", "can", "cloud", "dash", "dot", "even", "frame", "heart", "heavy", "lime", "navy", "odd", "pie",
    "pink", "ray", "round", "sun", "tan", "teal", "thick", "wave",
})  # fmt: skip
"""Words that files use for shapes, lines and colours, and that people are called too."""
_MADE_BY = {"docProps/core.xml": ("creator", "lastModifiedBy"), "docProps/app.xml": ("Company", "Manager"),
            "meta.xml": ("creator", "initial-creator", "printed-by")}  # fmt: skip
"""Who wrote and saved a file, by part: these are accounts, which no list of names may hold."""
_ATTRIBUTES = frozenset({
    "author", "name", "title", "descr", "alt", "tooltip", "display", "displayName",
    "displayText", "fullName", "prompt", "promptTitle", "error", "errorTitle", "caption", "userId",
    "value", "string-value", "condition", "formula", "content", "lastClr", "creatingUserName", "creatingUser",
})  # fmt: skip
_NAMED_BY_VALUE = frozenset({"alias", "tag", "docVar", "statusText", "helpText", "default"})


@dataclass(slots=True)
class Pseudonymised:
    """What became of a file: its new content, and the parts of it that were not looked at."""

    content: bytes
    unread: list[str] = field(default_factory=list)
    left: list[str] = field(default_factory=list)
    """The parts in which a name still stands."""


def pseudonymised_xml(
    content: bytes, name: str, finder: NameFinder, whole: NameFinder, names: PackageNames | None = None
) -> Pseudonymised:
    """Put pseudonyms in place of the names in a file or part of XML; ``names`` is what a package names by itself."""
    if not content.strip():
        return Pseudonymised(content)
    parser = etree.XMLParser(resolve_entities=False, no_network=True, huge_tree=True, remove_pis=False)
    try:
        root = etree.fromstring(content, parser)
    except etree.XMLSyntaxError:
        return Pseudonymised(content, [name], [name] if name_in_bytes(content, whole) else [])
    names = names or PackageNames()
    cleared = _clear_makers(root, name)
    changed = _before(root, names)
    changed |= _in_groups(root, finder)
    if _OneByOne(finder, names).all(root) or changed or cleared:
        content = etree.tostring(root.getroottree(), xml_declaration=True, encoding="UTF-8", standalone=True)
    held = ("\n|\n".join(_values(root)), "".join(_all_text(root)))
    left = any(whole.find(said) for each in held for said in said_by(each))
    declares = root.getroottree().docinfo.internalDTD is not None
    return Pseudonymised(content, [], [name] if left or (declares and name_in_bytes(content, whole)) else [])


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
            yield _SPACES[_local(child)]
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


def _before(root: Any, names: PackageNames) -> bool:
    """Write anew what would not be found later: bookmarks that fields name, letters that Excel writes as codes."""
    changed = False
    for element in root.iter():
        text = element.text
        if text and _local(element) == "instrText":
            element.text = names.in_field(text)
        elif text and "_x" in text and "spreadsheetml" in str(element.tag):
            element.text = _CODE_OF_EXCEL.sub(_letter, text)
        changed |= element.text != text
    return changed


def _letter(code: re.Match[str]) -> str:
    letter = chr(int(code[1], 16))
    return letter if letter.isalnum() or letter in " '.,-" else code[0]


class _OneByOne:
    """Replaces the names in all text that stands by itself, and in attributes."""

    def __init__(self, finder: NameFinder, names: PackageNames) -> None:
        self._finder, self._names = finder, names
        self._certain = finder.without_words()
        self._known: dict[tuple[str, str, str], str] = {}
        """What became of a value, which thousands of cells may have."""

    def all(self, root: Any) -> bool:
        """Replace the names; returns whether there were any."""
        changed = False
        for element in _every(root):
            for which in ("text", "tail"):
                text = getattr(element, which)
                if text and text.strip() and (made := self._text(element, which, text)) != text:
                    setattr(element, which, made)
                    changed = True
            if not isinstance(element.tag, str):
                continue
            tag = _local(element)
            for attribute, value in element.attrib.items():
                key = (tag, etree.QName(attribute).localname, value)
                if key not in self._known:
                    self._known[key] = self._value(*key)
                if self._known[key] != value:
                    element.set(attribute, self._known[key])
                    changed = True
        return changed

    def _text(self, element: Any, which: str, text: str) -> str:
        tag = _local(element)
        if which == "text" and tag in _HEADERS:
            return replaced_in_header(text, self._finder)
        if which == "text" and tag in _FORMULAS and "opendocument" not in str(element.tag):
            return self._names.in_formula(text, self._finder)
        return replaced_in(text, self._finder)

    def _value(self, tag: str, attribute: str, value: str) -> str:
        """What an attribute says with pseudonyms; what means something to a program alone stays."""
        if attribute in _TECHNICAL or not _WORD.search(value) or _NUMBER_OR_PLACE.fullmatch(value):
            return value
        if (tag, attribute) == ("sheet", "name") or (tag, attribute) == ("worksheetSource", "sheet"):
            return self._names.sheet(value, self._finder)
        if (tag, attribute) in _IDENTIFIERS:
            return self._names.other(value, self._finder)
        if (tag, attribute) == ("hyperlink", "location"):
            return self._names.in_formula(value, self._finder)
        if attribute == "formatCode":
            return replaced_in_format(value, self._finder)
        if attribute in _PATHS:
            return without_spaces(value, self._finder)
        if attribute in _ATTRIBUTES or (attribute == "val" and tag in _NAMED_BY_VALUE):
            return replaced_in(value, self._finder)
        # Whatever else there may be: but "lightGray" is a colour, whoever is called Gray.
        if value in _WORDS_OF_FORMATS or (_TERM.fullmatch(value) and not value.islower()):
            return value
        return without_spaces(value, self._certain)


def _every(root: Any) -> Iterator[Any]:
    """All elements and comments, also those before and after the outermost element."""
    yield from root.itersiblings(preceding=True)
    yield from root.iter()
    yield from root.itersiblings()


def _values(root: Any) -> Iterator[str]:
    for element in root.iter():
        if isinstance(element.tag, str):
            yield from map(str, element.attrib.values())


def _all_text(root: Any) -> Iterator[str]:
    for element in _every(root):
        tag = _local(element)
        if _is_group(element) or tag in ("c", "row"):
            yield "\n"
        elif tag in _SPACES:
            yield _SPACES[tag]
        text = said_by_header(element.text) if tag in _HEADERS and element.text else element.text
        yield from (each for each in (text, element.tail) if each)


def name_in_bytes(content: bytes, whole: NameFinder) -> bool:
    """Whether a whole name stands in bytes that are no text."""
    codecs_tried = ("utf-8", "cp1252", "utf-16-le", "utf-16-be")
    return any(whole.find(content.decode(codec, errors="ignore")) for codec in codecs_tried)


def _local(element: Any) -> str:
    return etree.QName(element).localname if isinstance(element.tag, str) else ""
