"""A Word document with comments, as a transcript is coded: its lines, its comments, and what they are anchored to."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

from journeys.instruments.files.office_package import MainPart, relationships
from journeys.instruments.files.safety import read_bytes
from journeys.instruments.files.zip_package import ZipPackage
from journeys.instruments.word.blocks import LARGEST, blocks_of
from journeys.instruments.word.comment_ranges import AnchoredText, Span
from journeys.instruments.word.comments import Comment, read_comments
from journeys.instruments.word.document_parts import WordFile, damaged, open_package, part_root, word_file
from journeys.instruments.word.markup_notes import MarkupNotes
from journeys.instruments.word.ooxml import w
from journeys.model.characters import CONTROL_CHARACTERS
from journeys.model.problems import Address, Report, UnreadableFile

_BESIDE = {"footnotes": "footnote", "endnotes": "endnote", "header": "page header", "footer": "page footer"}
_RESOLVED, _REOPENED = "_marked as resolved_", "_re-opened_"
"""What Google Docs writes as a comment of its own, in words, where a thread was resolved or opened again."""


@dataclass(frozen=True, slots=True)
class WordTranscript:
    """A document with comments; ``comments`` in their order, ``title`` as its properties say ("" if they do not).

    ``in_text_boxes`` are the ids of comments on words in text boxes, which are not read.
    """

    file: str
    title: str
    text: AnchoredText
    comments: Mapping[str, Comment]
    in_text_boxes: frozenset[str]


def read_transcript(path: Path, *, name: str, report: Report) -> WordTranscript | None:
    """A Word document with what its comments are anchored to; None for one without comments.

    Raises UnreadableFile for a document that cannot be read.
    """
    address = Address(name)
    package, main = open_package(read_bytes(path, name=name, limit=LARGEST), name=name, report=report)
    comments = read_comments(package, main, address)
    if not comments:
        return None
    file = word_file(package, main, address)
    # The comments are read here, and what else stands beside the text is no part of it.
    file = replace(file, asides={}, margins=())
    noticed = MarkupNotes(name)
    comments = {identity: _without_controls(each, noticed) for identity, each in comments.items()}
    try:
        text = AnchoredText(blocks_of(file, noticed, marked=True))
        noticed.finish(file, (), report)
        if any(text.span(identity) is None for identity in comments):
            for where, body in _beside(package, main, address, comments.keys()):
                text.add(blocks_of(replace(file, body=body), MarkupNotes(name), marked=True), where)
    except UnreadableFile:
        raise
    except (AttributeError, LookupError, RecursionError, TypeError, ValueError) as error:
        raise damaged(address) from error
    titles = [words for _, tag, _, words in package.elements("docProps/core.xml") if tag == "title"]
    title = CONTROL_CHARACTERS.sub("", "".join(titles)).strip()
    return WordTranscript(name, title, text, _google_threads(comments, text), _in_text_boxes(file))


def _without_controls(comment: Comment, noticed: MarkupNotes) -> Comment:
    """A comment without control characters in its words and in who wrote it; that there were some is noted."""
    clean = replace(
        comment,
        words=CONTROL_CHARACTERS.sub("", comment.words),
        author=CONTROL_CHARACTERS.sub("", comment.author),
        initials=CONTROL_CHARACTERS.sub("", comment.initials),
    )
    if clean != comment:
        noticed.met("control")
    return clean


def _beside(
    package: ZipPackage, main: MainPart, address: Address, comments: Collection[str]
) -> Iterator[tuple[str, Any]]:
    """The footnotes, page headers and the like in which a comment is anchored, each with how its place begins."""
    for kind, part in relationships(package, main.part).values():
        if kind not in _BESIDE or part not in package:
            continue
        root = part_root(package, part, address)
        notes = [each for each in root.iter(w(kind.removesuffix("s"))) if each.get(w("type")) in (None, "normal")]
        for number, note in enumerate(notes if kind.endswith("notes") else [root], 1):
            if any(each.get(w("id")) in comments for each in note.iter(w("commentReference"), w("commentRangeStart"))):
                yield f"{_BESIDE[kind]}{f' {number}' if note is not root else ''}, ", note


def _in_text_boxes(file: WordFile) -> frozenset[str]:
    return frozenset(
        each.get(w("id")) or ""
        for box in file.body.iter(w("txbxContent"))
        for each in box.iter(w("commentReference"), w("commentRangeStart"))
    )


def _google_threads(comments: Mapping[str, Comment], text: AnchoredText) -> dict[str, Comment]:
    """The comments without those that only say that a thread was resolved; the others there are resolved then."""
    resolved: dict[Span | None, bool] = {None: False}
    said = set()
    for each in comments.values():
        words = each.words.strip().casefold()
        if words in (_RESOLVED, _REOPENED):
            said.add(each.id)
            if span := text.span(each.id):
                resolved[span] = words == _RESOLVED
    return {
        identity: replace(each, resolved=True) if resolved.get(text.span(identity)) else each
        for identity, each in comments.items()
        if identity not in said
    }
