"""The parts of a Word file: its body, its styles, and text beside it (comments, footnotes)."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from typing import Any

from lxml import etree

from journeys.instruments.files.office_package import (
    WORD,
    MainPart,
    opened,
    relationships,
    say_kind,
    transitional,
)
from journeys.instruments.files.safety import unreadable
from journeys.instruments.files.xml_memory import tree_memory
from journeys.instruments.files.zip_package import ZipPackage
from journeys.instruments.word.ooxml import w
from journeys.instruments.word.styles import Style, read_styles
from journeys.model.problems import Address, Report, UnreadableFile

MAX_MEMORY = 75_000_000
"""Most bytes of memory that the elements of a document may take, by estimate."""
MAX_XML = 30_000_000
"""Most bytes, unpacked, of the text and of each part beside it."""


@dataclass(frozen=True, slots=True)
class Aside:
    """A comment, footnote or endnote: its words, and who wrote it ("" where that is not said)."""

    words: str
    author: str = ""


@dataclass(frozen=True, slots=True)
class WordFile:
    """What was taken out of a Word file. ``asides`` are its comments and notes by kind and id."""

    body: Any
    styles: Mapping[str, Style]
    asides: Mapping[tuple[str, str], Aside] = field(default_factory=dict)
    margins: tuple[tuple[str, str], ...] = ()
    """The words of each header and footer, each with the name of its place."""
    notice: str = ""
    """The subject among the document's properties: what our own forms print at the head of each page."""


def open_word(data: bytes, *, name: str, report: Report) -> WordFile:
    """Take a Word file apart. Raises UnreadableFile, which says what the file is instead."""
    package, main = open_package(data, name=name, report=report)
    return word_file(package, main, Address(name))


def open_package(data: bytes, *, name: str, report: Report) -> tuple[ZipPackage, MainPart]:
    """The package that a Word file is, and its main part. Raises UnreadableFile, as ``open_word`` does."""
    address = Address(name)
    try:
        package, main = opened(data, name=name, wanted=WORD)
    except UnreadableFile as error:
        raise damaged(address) if error.problem.kind == "damaged_file" else error from error
    if problem := say_kind(main, address):
        report(problem)
    return package, main


def word_file(package: ZipPackage, main: MainPart, address: Address) -> WordFile:
    """What is taken out of a package. Raises UnreadableFile for a damaged one."""
    _refuse_large(package, [main.part, *_parts_beside(package, main).values()], address)
    body = part_root(package, main.part, address).find(w("body"))
    if body is None:
        raise damaged(address)
    return WordFile(body, *_beside(package, main, address))


def _parts_beside(package: ZipPackage, main: MainPart) -> dict[str, str]:
    """The parts beside the text that are read, each with its kind."""
    kinds = ("styles", "comments", "footnotes", "endnotes", "header", "footer")
    related = relationships(package, main.part).values()
    return {part: kind for kind, part in related if kind in kinds and part in package}


def _refuse_large(package: ZipPackage, parts: Iterable[str], address: Address) -> None:
    """Refuse a document that would fill the memory, though it may be small on disk. Raises UnreadableFile."""
    memory = 0
    for part in parts:
        if part not in package:
            continue
        is_long = package.size(part) > MAX_XML
        elements, attributes = (0, 0) if is_long else package.counted(part)
        memory += tree_memory(elements, attributes)
        if is_long or memory > MAX_MEMORY:
            message = f"The document has more than {MAX_XML // 1_000_000} MB of text."
            remedy = "Split it into several documents."
            if not is_long:
                message = (
                    "The document has too many paragraphs, cells and stretches of formatted text "
                    f"(about {elements:,}, with {attributes:,} settings)."
                )
                remedy = f"{remedy[:-1]}; or copy it without its formatting (Paste > Text only) into a new one."
            raise unreadable("too_large", address, message, remedy)


def damaged(address: Address) -> UnreadableFile:
    """The error for a document that is broken or incomplete."""
    message = "The document is damaged, or was only partly written or copied."
    remedy = "Open it in Word and save it again as .docx; or copy it again once it has been fully synchronised."
    return unreadable("damaged_file", address, message, remedy)


def part_root(package: ZipPackage, part: str, address: Address) -> Any:
    """The root element of a part, with the usual namespaces. Raises UnreadableFile for a damaged part."""
    _refuse_large(package, [part], address)
    parser = etree.XMLParser(resolve_entities=False, no_network=True, remove_comments=True, remove_pis=True)
    try:
        return etree.fromstring(transitional(b"".join(package.stream(part))), parser)
    except (etree.XMLSyntaxError, ValueError) as error:
        raise damaged(address) from error


def _beside(
    package: ZipPackage, main: MainPart, address: Address
) -> tuple[dict[str, Style], dict[tuple[str, str], Aside], tuple[tuple[str, str], ...], str]:
    styles: dict[str, Style] = {}
    asides: dict[tuple[str, str], Aside] = {}
    margins: list[tuple[str, str]] = []
    for part, kind in _parts_beside(package, main).items():
        root = part_root(package, part, address)
        if kind == "styles":
            styles = read_styles(root)
        elif kind in ("header", "footer"):
            margins.append((kind, _plain(root)))
        else:
            asides |= _asides(root, kind.removesuffix("s"))
    subjects = [text for _, tag, _, text in package.elements("docProps/core.xml") if tag == "subject"]
    return styles, asides, tuple(margins), "".join(subjects).strip()


def _asides(root: Any, kind: str) -> dict[tuple[str, str], Aside]:
    return {
        (kind, each.get(w("id")) or ""): Aside(_plain(each), each.get(w("author")) or "")
        for each in root.iter(w(kind))
        if each.get(w("type")) not in ("separator", "continuationSeparator", "continuationNotice")
    }


def _plain(element: Any) -> str:
    """The words of an element, its paragraphs parted by a space."""
    paragraphs = ("".join(text.text or "" for text in each.iter(w("t"))) for each in element.iter(w("p")))
    return " ".join(" ".join(paragraphs).split())
