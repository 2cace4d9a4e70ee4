"""The comments of a Word file: who wrote them, when, to what they reply, and whether they are resolved."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from typing import Any

from journeys.instruments.files.office_package import MainPart, relationships
from journeys.instruments.files.zip_package import ZipPackage
from journeys.instruments.word.document_parts import part_root
from journeys.instruments.word.ooxml import w
from journeys.model.problems import Address

_W14 = "{http://schemas.microsoft.com/office/word/2010/wordml}"
_W15 = "{http://schemas.microsoft.com/office/word/2012/wordml}"
_LINE_ENDS = {w("br"): "\n", w("cr"): "\n", w("tab"): "\t", w("noBreakHyphen"): "-"}
_DATE = re.compile(r"\d{4}-\d{2}-\d{2}")


@dataclass(frozen=True, slots=True)
class Comment:
    """A comment as it was written; ``author`` and ``initials`` are "" where they are not said.

    ``date`` is the day (2011-05-04), None where it is not said; ``reply_to`` the id of the comment it replies to.
    """

    id: str
    words: str
    author: str = ""
    initials: str = ""
    date: str | None = None
    resolved: bool = False
    reply_to: str | None = None


def read_comments(package: ZipPackage, main: MainPart, address: Address) -> dict[str, Comment]:
    """The comments of a file by id, in their order. Raises UnreadableFile for a damaged part.

    Replies and what is resolved stand in a part of their own, which files of some programs do not have.
    """
    parts: dict[str, list[Any]] = {"comments": [], "commentsExtended": []}
    for kind, part in relationships(package, main.part).values():
        if kind in parts and part in package:
            parts[kind].append(part_root(package, part, address))
    found: dict[str, Comment] = {}
    paragraphs: dict[str, str] = {}
    for element in (each for root in parts["comments"] for each in root.iter(w("comment"))):
        comment = _comment(element)
        found.setdefault(comment.id, comment)
        for paragraph in element.iter(w("p")):  # the last of them, says the standard; not all programs keep to it
            paragraphs[(paragraph.get(f"{_W14}paraId") or "").upper()] = comment.id
    threads = (each for root in parts["commentsExtended"] for each in root.iter(f"{_W15}commentEx"))
    return _threaded(found, paragraphs, threads)


def _comment(element: Any) -> Comment:
    date = _DATE.match(element.get(w("date")) or "")
    return Comment(
        element.get(w("id")) or "",
        "\n".join(_words(paragraph) for paragraph in element.iter(w("p"))).strip(),
        " ".join((element.get(w("author")) or "").split()),
        " ".join((element.get(w("initials")) or "").split()),
        date[0] if date else None,
    )


def _words(paragraph: Any) -> str:
    return "".join(
        (each.text or "") if each.tag == w("t") else _LINE_ENDS[each.tag]
        for each in paragraph.iter(w("t"), *_LINE_ENDS)
        if each.getparent().tag == w("r")
    )


def _threaded(
    comments: Mapping[str, Comment], paragraphs: Mapping[str, str], threads: Iterable[Any]
) -> dict[str, Comment]:
    """The comments with what is said of their threads: a reply is as resolved as what it replies to."""
    found = dict(comments)
    for each in threads:
        identity = paragraphs.get((each.get(f"{_W15}paraId") or "").upper())
        if identity is None:
            continue
        parent = paragraphs.get((each.get(f"{_W15}paraIdParent") or "").upper())
        done = (each.get(f"{_W15}done") or "").lower() in ("1", "true", "on")
        known = found[identity]
        found[identity] = replace(
            known,
            resolved=known.resolved or done,
            reply_to=parent if parent != identity else None,
        )
    resolved: dict[str, bool] = {}
    return {identity: replace(each, resolved=_is_resolved(each, found, resolved)) for identity, each in found.items()}


def _is_resolved(comment: Comment, comments: Mapping[str, Comment], known: dict[str, bool]) -> bool:
    """Whether a comment, or one that it replies to, is resolved; ``known`` keeps what was found on the way."""
    met: dict[str, None] = {}
    while comment.id not in met and comment.id not in known:
        met[comment.id] = None
        if comment.resolved or comment.reply_to is None:
            break
        comment = comments[comment.reply_to]
    resolved = known.get(comment.id, comment.resolved)
    known.update(dict.fromkeys(met, resolved))
    return resolved
