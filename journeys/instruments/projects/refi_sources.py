"""The sources of a REFI-QDA project: texts, PDFs, pictures and recordings, with what was selected in them."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from dataclasses import replace
from pathlib import PurePosixPath
from typing import Any

from journeys.instruments.projects.positions import PositionedText, Span, clock
from journeys.instruments.projects.project import (
    CONTROLS_LEFT_OUT,
    OWN_PROGRAM,
    Attribute,
    Coding,
    ProjectSource,
    Selection,
)
from journeys.instruments.projects.refi_elements import Elements, guid, local
from journeys.instruments.projects.refi_package import RefiPackage
from journeys.model.characters import CONTROL_CHARACTERS

KINDS = {
    "TextSource": "text",
    "PDFSource": "PDF",
    "PictureSource": "picture",
    "AudioSource": "recording",
    "VideoSource": "film",
}
_MEDIA = {"PictureSelection", "PDFSelection", "AudioSelection", "VideoSelection"}
_NOT_READ = {
    "richTextPath": "layout and pictures of a text are not read; its words are",
    "path": "pictures, films and recordings stay where they are; what was selected in them is taken with its place",
}
_CUT_SHORT = re.compile(r"(?:\.\.\.|\u2026)\s*$")
_NO_WORDS = "has no words of its own: kept by its place alone"


class RefiSources:
    """Reads the sources. ``notes`` gives the texts of the notes that an element refers to, ``attribute`` the value in a
    VariableValue."""

    def __init__(
        self,
        package: RefiPackage,
        elements: Elements,
        program: str,
        notes: Callable[[Any], tuple[str, ...]],
        attribute: Callable[[Any], Attribute | None],
    ) -> None:
        self._package, self._elements, self._program = package, elements, program
        self._notes, self._attribute = notes, attribute
        self.guessed: list[tuple[str, str]] = []
        """Texts of which the positions may be counted otherwise: the source, and how they were counted."""
        self.absent: list[tuple[str, str]] = []
        """Sources whose text is not in the file: the source, and where it is said to be."""

    def read(self, parent: Any) -> Iterator[ProjectSource]:
        """Every source below the element ``Sources``."""
        for element in self._elements.children(parent, *KINDS):
            yield self._source(element)

    def _source(self, element: Any) -> ProjectSource:
        elements = self._elements
        elements.take(element)
        kind = KINDS[local(element)]
        name = (element.get("name") or "").strip() or PurePosixPath(_bare(element.get("path") or "")).name
        source = ProjectSource(guid(element.get("guid")), name or f"{kind} without a name", kind)
        source.description = elements.words(element, "Description")
        source.notes += self._notes(element)
        source.codings += self._codings(element)
        for child in elements.children(element, "VariableValue"):
            value = self._attribute(child)
            if value is not None:
                source.attributes.append(value)
        for attribute, why in _NOT_READ.items():
            if element.get(attribute):
                elements.tally.lose(f"{local(element)}, {attribute}", "not taken", why, name, source.id)
        self._texts(element, source, outermost=True)
        for child in elements.children(element, *_MEDIA):
            source.selections.append(self._in_media(child, source))
        source.selections.sort(key=lambda each: each.starts)
        return source

    def _texts(self, element: Any, source: ProjectSource, *, outermost: bool) -> None:
        """The text of a source, a representation or a transcript, with what is selected in it."""
        elements = self._elements
        selected = list(elements.children(element, "PlainTextSelection", "TranscriptSelection"))
        for inner in elements.children(element, "Representation", "TextDescription", "Transcript"):
            elements.take(inner)
            if not outermost or inner.find("{*}PlainTextSelection") is not None or local(inner) == "Transcript":
                source.notes += self._notes(inner)
            source.codings += self._codings(inner)
            self._texts(inner, source, outermost=False)
        if local(element) in ("TextSource", "Representation", "TextDescription", "Transcript"):
            text = self._text(element, source, needed=bool(selected) or local(element) == "TextSource")
            points = self._points(element)
            in_text = self._in_text(element, text, source)
            for each in selected:
                if local(each) == "PlainTextSelection":
                    source.selections.append(in_text(each))
                else:
                    source.selections.append(self._in_transcript(each, text, points))

    def _text(self, element: Any, source: ProjectSource, *, needed: bool) -> str | None:
        content = self._elements.child(element, "PlainTextContent")
        path = element.get("plainTextPath") or ""
        if content is not None and (content.text or not path):
            return content.text or ""
        if path.casefold().startswith("internal:") or (path and "://" not in path):
            text = self._package.text(_bare(path))
            if text is not None:
                return text
        if needed:
            self.absent.append((source.name, path or element.get("richTextPath") or ""))
        return None

    def _in_text(self, element: Any, text: str | None, source: ProjectSource) -> Callable[[Any], Selection]:
        """A function that reads selections of one text."""
        elements = self._elements
        spans = {
            each: Span(_number(each, "startPosition"), _number(each, "endPosition"), each.get("name") or "")
            for each in elements.children(element, "PlainTextSelection")
        }
        positioned = PositionedText(text) if text is not None else None
        counted = positioned.counting(list(spans.values()), self._program) if positioned and spans else None
        if counted is not None and counted.guessed:
            self.guessed.append((source.name, counted.counting.words))
        folded = _folded(positioned.text) if positioned else ""
        own = self._program.startswith(OWN_PROGRAM)

        def read(each: Any) -> Selection:
            span = spans[each]
            words, nth, start, end = "", 0, span.start, span.end
            if positioned is not None and counted is not None:
                start, end = positioned.cut(counted.counting, span)
                words = positioned.text[start:end].strip()
                if words and folded.count(sought := _folded(words)) > 1:
                    nth = folded.count(sought, 0, start) + 1
            cell = f"characters {start}-{end}"
            if own and span.name.strip():
                made = self._selection(each, words, span.name.strip(), cell, start)
                return replace(made, own_place=True)
            place = f"{cell}, time {nth}" if nth else cell
            return self._selection(each, words, place, cell, start)

        return read

    def _in_transcript(self, element: Any, text: str | None, points: dict[str, tuple[int, int]]) -> Selection:
        first, last = (points.get(guid(element.get(name))) for name in ("fromSyncPoint", "toSyncPoint"))
        words, place = "", ""
        if first and last:
            place = f"{clock(first[0])}-{clock(last[0])}"
            if text is not None and first[1] >= 0:
                words = PositionedText(text).text[first[1] : last[1]].strip()
        return self._selection(element, words, place, place or self._elements.place(element), first[0] if first else 0)

    def _points(self, element: Any) -> dict[str, tuple[int, int]]:
        found = {}
        for each in self._elements.children(element, "SyncPoint"):
            self._elements.take(each)
            found[guid(each.get("guid"))] = (_number(each, "timeStamp"), _number(each, "position", -1))
        return found

    def _in_media(self, element: Any, source: ProjectSource) -> Selection:
        if local(element) in ("AudioSelection", "VideoSelection"):
            start = _number(element, "begin")
            place = f"{clock(start)}-{clock(_number(element, 'end'))}"
        else:
            corners = [_number(element, name) for name in ("firstX", "firstY", "secondX", "secondY")]
            start = _number(element, "page") * 1_000_000 + corners[1]
            area = f"area {corners[0]},{corners[1]} to {corners[2]},{corners[3]}"
            place = f"p. {_number(element, 'page') + 1}, {area}" if element.get("page") else area
        words = ""
        for inner in self._elements.children(element, "Representation"):
            self._elements.take(inner)
            text = self._text(inner, source, needed=False)
            words = " ".join((text or "").split())
        return self._selection(element, words, place, place, start)

    def _selection(self, element: Any, words: str, place: str, cell: str, start: int) -> Selection:
        elements = self._elements
        described = elements.words(element, "Description")
        notes = [*([described] if described else []), *self._notes(element)]
        name = (element.get("name") or "").strip()
        codings = tuple(self._codings(element))
        user = guid(element.get("creatingUser") or element.get("modifyingUser"))
        if not words and any(map(str.isalpha, name)) and not _CUT_SHORT.search(name):
            words = name
            elements.lose(element, "its words are not in the file: its name stands for them", changed=True)
        elif not words:
            elements.lose(element, _NO_WORDS, changed=True)
        elif codings:
            elements.take(element)
        else:
            elements.take(element, f"{local(element)} without a code")
        if CONTROL_CHARACTERS.search(words):
            elements.lose(element, CONTROLS_LEFT_OUT, changed=True)
            words = CONTROL_CHARACTERS.sub("", words).strip()
        return Selection(guid(element.get("guid")), words, place, cell, codings, tuple(notes), user, start)

    def _codings(self, element: Any) -> Iterator[Coding]:
        elements = self._elements
        for ref in elements.children(element, "CodeRef"):  # not by the standard, but some programs write so
            elements.lose(ref, "a code without a coding around it: taken as one", changed=True)
            user = guid(element.get("creatingUser"))
            yield Coding(guid(ref.get("targetGUID")), user, element.get("creationDateTime") or "")
        for each in elements.children(element, "Coding"):
            codes = list(elements.children(each, "CodeRef"))
            if not codes:
                elements.lose(each, "it names no code")
            for code in codes:
                user = guid(each.get("creatingUser") or element.get("creatingUser"))
                if user:
                    elements.take(each)
                else:
                    elements.lose(each, "it does not say who coded: kept without a coder", changed=True)
                when = each.get("creationDateTime") or element.get("creationDateTime") or ""
                if self._program.startswith(OWN_PROGRAM):
                    when = when.removesuffix("T00:00:00")  # the day is all that is known
                notes = self._notes(each)
                yield Coding(guid(code.get("targetGUID")), user, when, notes, guid(each.get("guid")))


def _number(element: Any, name: str, missing: int = 0) -> int:
    try:
        return int(float(element.get(name) or missing))
    except (ValueError, OverflowError):
        return missing


def _bare(path: str) -> str:
    return re.sub(r"^[a-z]+:/*", "", path.replace("\\", "/"), flags=re.I)


def _folded(text: str) -> str:
    """A text in small letters, as long as it was."""
    return "".join(low if len(low := each.casefold()) == 1 else each for each in text)
