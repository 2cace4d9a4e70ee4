"""The zip file of a workbook, checked completely and within limits before any library opens it."""

from __future__ import annotations

import io
import re
import struct
import zipfile
import zlib
from collections.abc import Iterator, Mapping, Sequence
from functools import lru_cache
from xml.parsers import expat

from journeys.instruments.files.safety import unreadable
from journeys.instruments.files.xml_memory import count_markup
from journeys.model.problems import Address, UnreadableFile

MAX_ENTRIES = 5_000
MAX_UNPACKED = 1_000_000_000
MAX_RATIO = 200
"""Text that a workbook is made of shrinks 5 to 50 times; a zip bomb a thousand times."""
MAX_LISTED = 100_000_000
"""Most bytes of memory that the elements of a part may take when they are listed, by estimate."""
MAX_DEPTH = 1_000
_DEPTH_MATTERS_FROM = 2_000_000
_ELEMENT, _ATTRIBUTE = 600, 100
"""Bytes of memory that an element takes in such a list, and each of its attributes."""
_RATIO_MATTERS_FROM = 100_000_000
_CHUNK = 1 << 20
_KEPT = 8 << 20
"""Unpacked bytes of the first parts that stay in memory, because most parts of a form are read several times."""
_SMALL, _FEW = 32_000, 2_000
"""Bytes and tags of a part up to which its elements are kept for the next workbook."""
_DECLARATIONS = (b"<!DOCTYPE", b"<!ENTITY")
_NO_ELEMENTS = re.compile(rb"<!|<\?(?!xml )")
"""What begins a comment, quoted markup or a processing instruction, in which what looks like an element is none."""
_UTF16_MARKS = (b"\xff\xfe", b"\xfe\xff")

Elements = Sequence[tuple[str, str, Mapping[str, str], str]]
"""Each with its parent's name, its name, its attributes and its text."""

try:
    from lzma import LZMAError
except ImportError:  # a Python that was built without it, whose zipfile cannot read such parts either

    class LZMAError(Exception):  # type: ignore[no-redef]
        """Never raised."""


DAMAGED = (
    zipfile.BadZipFile,
    zlib.error,
    LZMAError,
    struct.error,
    EOFError,
    OSError,
    ValueError,
    OverflowError,
    NotImplementedError,
    RuntimeError,
)
"""What damaged parts of a zip file lead to, whatever they are packed with."""


class ZipPackage:
    """A zip file in memory. Making one reads every part once and raises UnreadableFile for one that is unsafe.

    After that, what the directory says of a part's size and checksum is true. Part names ignore case, as Office does.
    """

    def __init__(self, data: bytes, *, name: str) -> None:
        self.file = name
        self._shallow: set[str] = set()
        self._counted: dict[str, tuple[int, int]] = {}
        self._unpacked: dict[str, bytes] = {}
        try:
            self._zip = zipfile.ZipFile(io.BytesIO(data))
            entries = self._zip.infolist()
        except DAMAGED as error:
            raise self.damaged() from error
        self._entries = {entry.filename.lower(): entry for entry in entries}
        if len(self._entries) != len(entries) or sum(entry.compress_size for entry in entries) > len(data):
            raise self.damaged()
        self._refuse_beyond(sum(entry.file_size for entry in entries), len(data), len(entries))
        unpacked = 0
        for entry in entries:
            tail, kept = b"", b""
            is_xml = entry.filename.lower().endswith((".xml", ".rels"))
            for chunk in self.stream(entry.filename):
                unpacked, kept = unpacked + len(chunk), chunk
                self._refuse_beyond(unpacked, len(data), len(entries))
                if is_xml:
                    window = (tail + chunk).replace(b"\0", b"")  # a declaration in UTF-16 would not be found as ASCII
                    if any(word in window for word in _DECLARATIONS):
                        raise self.unsafe()
                    tail = chunk[-32:]
            if is_xml and entry.file_size == len(kept) < _CHUNK and unpacked < _KEPT:
                self._unpacked[entry.filename.lower()] = kept

    def __contains__(self, part: str) -> bool:
        return part.lower() in self._entries

    @property
    def names(self) -> list[str]:
        """The names of all parts."""
        return [entry.filename for entry in self._entries.values()]

    def size(self, part: str) -> int:
        """How many bytes a part has when unpacked."""
        return self._entries[part.lower()].file_size

    def stream(self, part: str) -> Iterator[bytes]:
        """The unpacked bytes of a part, in chunks. Raises UnreadableFile for a damaged part."""
        kept = self._unpacked.get(part.lower())
        if kept is not None:
            if kept:
                yield kept
            return
        try:
            with self._zip.open(self._entries[part.lower()]) as stream:
                while chunk := stream.read(_CHUNK):
                    yield chunk
        except (*DAMAGED, KeyError) as error:
            raise self.damaged() from error

    def elements(self, part: str) -> Elements:
        """The elements of a small XML part, in the order they end: parent's name, name, attributes, text.

        Names come without their namespace prefixes. An absent part has no elements. Raises UnreadableFile, also for a
        part that is not small.
        """
        if part not in self:
            return ()
        self._refuse_large(part)
        kept = self._unpacked.get(part.lower())
        if kept is None or len(kept) > _SMALL or kept.count(b"<") > _FEW:
            lister = _Lister()
            self.feed(lister.parser, part)
            return lister.found
        try:
            return _listed(kept)
        except (expat.ExpatError, ValueError) as error:
            raise self.damaged() from error

    def counted(self, part: str) -> tuple[int, int]:
        """About how many elements an XML part has, and how many attributes: what it takes in memory, before it does."""
        if part not in self._counted:
            self._counted[part] = count_markup(self.stream(part))
        return self._counted[part]

    def _refuse_large(self, part: str) -> None:
        """Raise UnreadableFile for a part that would fill the memory, though it may be small on disk."""
        size = self.size(part)
        if size < MAX_LISTED // 100:
            return
        elements, attributes = self.counted(part) if size < MAX_LISTED // 2 else (size, 0)
        if size + elements * _ELEMENT + attributes * _ATTRIBUTE > MAX_LISTED:
            message = f"the part {part} of the file is far larger than those that spreadsheet and word programs write."
            remedy = "Copy what you need, without its formatting, into a new file."
            raise unreadable("too_large", Address(self.file), message, remedy)

    def root_attributes(self, part: str) -> dict[str, str]:
        """The attributes of a part's outermost element, without reading on. Raises UnreadableFile."""
        found: list[dict[str, str]] = []
        parser = xml_parser()
        parser.StartElementHandler = lambda _, attributes: found.append(attributes) if not found else None
        try:
            parser.Parse(next(self.stream(part), b""), False)
        except (expat.ExpatError, ValueError) as error:
            raise self.damaged() from error
        return found[0] if found else {}

    def feed(self, parser: expat.XMLParserType, part: str, *, without: re.Pattern[bytes] | None = None) -> None:
        """Send a part through ``parser``. Raises UnreadableFile when the part is not well-formed XML in UTF-8.

        ``without`` are whole elements that the parser need not see: they are left out where it is certain that they are
        elements, in a part that is in memory and has no comments or quoted markup.
        """
        self._refuse_deep(part)
        kept = self._unpacked.get(part.lower(), b"")
        try:
            for position, chunk in enumerate(self.stream(part)):
                if position == 0:
                    _refuse_utf16(chunk)
                certain = without is not None and chunk is kept and _NO_ELEMENTS.search(chunk) is None
                parser.Parse(without.sub(b"", chunk) if without is not None and certain else chunk, False)
            parser.Parse(b"", True)
        except (expat.ExpatError, ValueError) as error:
            raise self.damaged() from error

    def _refuse_deep(self, part: str) -> None:
        """Refuse elements inside elements without end: the parser keeps all that are open in memory."""
        if self.size(part) < _DEPTH_MATTERS_FROM or part in self._shallow:
            return
        depth = 0

        def start(_tag: str, _attributes: dict[str, str]) -> None:
            nonlocal depth
            depth += 1
            if depth > MAX_DEPTH:
                raise self.unsafe()

        def end(_tag: str) -> None:
            nonlocal depth
            depth -= 1

        parser = xml_parser()
        parser.StartElementHandler, parser.EndElementHandler = start, end
        self._shallow.add(part)
        self.feed(parser, part)

    def unsafe(self) -> UnreadableFile:
        """Return the error for a file that may be an attack."""
        return unreadable(
            "unsafe_file",
            Address(self.file),
            "the file is built in a way that could harm this computer; no program writes such files.",
            "Do not open it. Ask for it again from the person it came from.",
        )

    def damaged(self) -> UnreadableFile:
        """The error for a workbook that is broken or incomplete."""
        return unreadable(
            "damaged_file",
            Address(self.file),
            "the workbook is damaged, or was only partly written or copied.",
            "Open it in Excel and save it again; or copy it again once it has been fully synchronised.",
        )

    def _refuse_beyond(self, unpacked: int, packed: int, entries: int) -> None:
        bomb = unpacked > _RATIO_MATTERS_FROM and unpacked > packed * MAX_RATIO
        if bomb or unpacked > MAX_UNPACKED or entries > MAX_ENTRIES:
            raise self.unsafe()


def xml_parser() -> expat.XMLParserType:
    """An expat parser that ends with ValueError at a document type declaration, so that no entity is ever expanded.

    It also ends at an encoding other than UTF-8: the library that reads the values would see an empty sheet.
    """
    parser = expat.ParserCreate()
    parser.buffer_text = True

    def refuse_document_type(*_: object) -> None:
        raise ValueError("a document type declaration")

    def refuse_encoding(_version: str, encoding: str | None, _standalone: int) -> None:
        if encoding is not None and encoding.lower() not in ("utf-8", "us-ascii"):
            raise ValueError("an encoding other than UTF-8")

    parser.StartDoctypeDeclHandler = refuse_document_type
    parser.XmlDeclHandler = refuse_encoding
    return parser


class _Lister:
    """Lists the elements that its parser meets."""

    def __init__(self) -> None:
        self.found: list[tuple[str, str, Mapping[str, str], str]] = []
        self._opened: list[tuple[str, dict[str, str], list[str]]] = []
        self.parser = xml_parser()
        self.parser.StartElementHandler = self._start
        self.parser.CharacterDataHandler = self._characters
        self.parser.EndElementHandler = self._end

    def _start(self, tag: str, attributes: dict[str, str]) -> None:
        self._opened.append((_local(tag), {_local(key): value for key, value in attributes.items()}, []))

    def _characters(self, data: str) -> None:
        self._opened[-1][2].append(data)

    def _end(self, _: str) -> None:
        tag, attributes, written = self._opened.pop()
        self.found.append((self._opened[-1][0] if self._opened else "", tag, attributes, "".join(written)))


@lru_cache(maxsize=32)
def _listed(content: bytes) -> Elements:
    """The elements of a part that was read lately, too: styles, ties and notes are the same in a team's workbooks.

    Raises expat.ExpatError and ValueError.
    """
    _refuse_utf16(content)
    lister = _Lister()
    lister.parser.Parse(content, True)
    return lister.found


def _refuse_utf16(content: bytes) -> None:
    if content.startswith(_UTF16_MARKS):
        raise ValueError("an encoding other than UTF-8")


def _local(tag: str) -> str:
    return tag.rpartition(":")[2]
