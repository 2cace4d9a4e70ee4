"""Write a coding project as REFI-QDA 1.5: a project with its sources (.qdpx), or its codebook alone (.qdc)."""

from __future__ import annotations

import re
import zipfile
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from uuid import UUID, uuid5

from journeys.exchange.xml_text import XmlText
from journeys.instruments.projects.project import (
    OWN_PROGRAM,
    Coding,
    CodingProject,
    ProjectCode,
    ProjectSource,
    Selection,
)
from journeys.model.characters import CONTROL_CHARACTERS

PROJECT_NAMESPACE, CODEBOOK_NAMESPACE = "urn:QDA-XML:project:1.0", "urn:QDA-XML:codebook:1.0"
"""The files of version 1.5 are of the schemas of version 1.0."""
_OURS = UUID("6f6b2d0e-6a50-5d2e-9f6e-0c2a6a1d7d55")
_GUID = re.compile(r"[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}", re.I)
_COLOUR = re.compile(r"#(?:[0-9a-f]{6}|[0-9a-f]{3})", re.I)
_MOMENT = re.compile(r"\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(?:\.\d+)?(?:Z|[+-]\d\d:\d\d)?")
_DAY = re.compile(r"\d{4}-\d\d-\d\d")
_XML = '<?xml version="1.0" encoding="utf-8"?>\n'
_FIXED_DATE = (1980, 1, 1, 0, 0, 0)
"""In the archive, so that the same project gives the same file."""


def guid(kind: str, identity: str) -> str:
    """The GUID of a thing of a project: its id where that is one, else made of it, always the same."""
    return identity if _GUID.fullmatch(identity) else str(uuid5(_OURS, f"{kind}:{identity}"))


def write_project(project: CodingProject, path: Path) -> tuple[str, ...]:
    """Write a project as .qdpx; returns sentences on what was changed or has no place.

    The text of a source is the words of its selections, each below its place; the positions count Unicode characters.
    """
    writer = _Writer(project)
    texts = {source.id: _Text.of(source) for source in project.sources}
    xml = "".join(writer.project(texts))
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as archive:
        _add(archive, "project.qde", xml)
        for source in project.sources:
            _add(archive, f"Sources/{guid('source', source.id)}.txt", texts[source.id].text)
    return writer.said()


def write_codebook(project: CodingProject, path: Path) -> tuple[str, ...]:
    """Write the codes of a project as .qdc; returns sentences on what was changed."""
    writer = _Writer(project)
    head = f'{_XML}<CodeBook xmlns="{CODEBOOK_NAMESPACE}" origin="{OWN_PROGRAM}">'
    sets = "".join(writer.sets("guid"))
    with path.open("w", encoding="utf-8", newline="\n") as file:
        file.write(f"{head}{''.join(writer.codes())}{sets}</CodeBook>\n")
    return writer.said()


def _add(archive: zipfile.ZipFile, name: str, text: str) -> None:
    entry = zipfile.ZipInfo(name, _FIXED_DATE)
    entry.compress_type = zipfile.ZIP_DEFLATED
    archive.writestr(entry, text.encode("utf-8", errors="replace"))


@dataclass(slots=True)
class _Text:
    """The text of a source, and where each selection stands in it."""

    text: str
    spans: list[tuple[int, int]]

    @classmethod
    def of(cls, source: ProjectSource) -> _Text:
        pieces: list[str] = []
        spans: list[tuple[int, int]] = []
        at = 0
        for selection in source.selections:
            before = f"[{selection.place}]\n" if selection.place else ""
            words = plain_words(selection.words)
            spans.append((at + len(before), at + len(before) + len(words)))
            pieces.append(f"{before}{words}\n\n")
            at += len(pieces[-1])
        return cls("".join(pieces), spans)


def plain_words(words: str) -> str:
    """Words as they stand in the text of a source: one kind of line end, no control characters."""
    lines = words.replace("\r\n", "\n").replace("\r", "\n")
    return XmlText.clean(CONTROL_CHARACTERS.sub("", lines)).strip()


@dataclass(slots=True)
class _Tree:
    """A code with the codes in it."""

    code: ProjectCode
    inside: list[_Tree] = field(default_factory=list)


class _Writer:
    def __init__(self, project: CodingProject) -> None:
        self._project, self._text = project, XmlText()
        self._notes: list[tuple[str, str]] = []
        self._undated = 0
        self._coded: Counter[str] = Counter()

    def said(self) -> tuple[str, ...]:
        dates = f"{self._undated:,} of the dates of codings are no days and were left out." if self._undated else ""
        return (*self._text.said(), *([dates] if dates else []))

    def project(self, texts: Mapping[str, _Text]) -> Iterator[str]:
        project, text = self._project, self._text
        yield f'{_XML}<Project xmlns="{PROJECT_NAMESPACE}" name="{text(project.name)}" origin="{OWN_PROGRAM}">'
        if project.users:
            yield "<Users>"
            for user in project.users.values():
                yield f'<User guid="{guid("user", user.id)}" name="{text(user.name)}"/>'
            yield "</Users>"
        if project.codes:
            yield f"<CodeBook>{''.join(self.codes())}</CodeBook>"
        if project.sources:
            yield "<Sources>"
            for source in project.sources:
                yield from self._source(source, texts[source.id])
            yield "</Sources>"
        if self._notes:
            yield "<Notes>"
            for identity, words in self._notes:
                yield f'<Note guid="{identity}"><PlainTextContent>{text(words)}</PlainTextContent></Note>'
            yield "</Notes>"
        yield from self.sets()
        yield "</Project>\n"

    def codes(self) -> Iterator[str]:
        yield "<Codes>"
        for each in _trees(self._project.codes.values()):
            yield from self._code(each)
        yield "</Codes>"

    def _code(self, tree: _Tree) -> Iterator[str]:
        code, text = tree.code, self._text
        colour = f' color="{code.colour}"' if _COLOUR.fullmatch(code.colour) else ""
        codable = "true" if code.codable else "false"
        yield f'<Code guid="{guid("code", code.id)}" name="{text(code.name)}" isCodable="{codable}"{colour}>'
        if code.definition:
            yield f"<Description>{text(code.definition)}</Description>"
        if code.notes and self._project.sources:
            yield from self._refs(code.notes)
        for each in tree.inside:
            yield from self._code(each)
        yield "</Code>"

    def _source(self, source: ProjectSource, held: _Text) -> Iterator[str]:
        text, own = self._text, guid("source", source.id)
        yield f'<TextSource guid="{own}" name="{text(source.name)}" plainTextPath="internal://{own}.txt">'
        if source.description:
            yield f"<Description>{text(source.description)}</Description>"
        for selection, (start, end) in zip(source.selections, held.spans, strict=True):
            yield from self._selection(source, selection, start, end)
        yield from (self._coding(coding, own) for coding in source.codings)
        yield from self._refs(source.notes)
        yield "</TextSource>"

    def _selection(self, source: ProjectSource, selection: Selection, start: int, end: int) -> Iterator[str]:
        own = guid("selection", f"{source.id}:{selection.id}")
        yield (
            f'<PlainTextSelection guid="{own}" name="{self._text(selection.place)}" startPosition="{start}" '
            f'endPosition="{end}">'
        )
        yield from (self._coding(coding, own) for coding in selection.codings)
        yield from self._refs(selection.notes)
        yield "</PlainTextSelection>"

    def _coding(self, coding: Coding, holder: str) -> str:
        what = f"{holder}:{coding.code}:{coding.user}:{coding.when}"
        self._coded[what] += 1
        own = guid("coding", f"{what}:{self._coded[what]}")
        by = f' creatingUser="{guid("user", coding.user)}"' if coding.user in self._project.users else ""
        when = f"{coding.when}T00:00:00" if _DAY.fullmatch(coding.when) else coding.when
        if when and not _MOMENT.fullmatch(when):
            self._undated += 1
            when = ""
        at = f' creationDateTime="{when}"' if when else ""
        ref = f'<CodeRef targetGUID="{guid("code", coding.code)}"/>'
        return f'<Coding guid="{own}"{by}{at}>{ref}{"".join(self._refs(coding.notes))}</Coding>'

    def _refs(self, notes: Sequence[str]) -> Iterator[str]:
        for words in notes:
            own = guid("note", f"{len(self._notes)}:{words}")
            self._notes.append((own, words))
            yield f'<NoteRef targetGUID="{own}"/>'

    def sets(self, named: str = "targetGUID") -> Iterator[str]:
        """The sets of codes; the schema of codebooks calls the attribute of a member otherwise."""
        members: dict[str, list[str]] = {}
        for code in self._project.codes.values():
            for name in code.sets:
                members.setdefault(name, []).append(code.id)
        if members:
            yield "<Sets>"
            for name, codes in members.items():
                yield f'<Set guid="{guid("set", name)}" name="{self._text(name)}">'
                yield from (f'<MemberCode {named}="{guid("code", each)}"/>' for each in codes)
                yield "</Set>"
            yield "</Sets>"


def _trees(codes: Iterable[ProjectCode]) -> list[_Tree]:
    """The codes in each other; a heading that is no code of its own is made one."""
    trees: list[_Tree] = []
    found: dict[tuple[str, ...], _Tree] = {}
    every = list(codes)

    def add(code: ProjectCode) -> _Tree:
        tree = _Tree(code)
        (parent(code.above).inside if code.above else trees).append(tree)
        found.setdefault((*code.above, code.name), tree)
        return tree

    def parent(path: tuple[str, ...]) -> _Tree:
        if path in found:
            return found[path]
        own = next((each for each in every if (*each.above, each.name) == path and id(each) not in made), None)
        if own is not None:
            made.add(id(own))
        return add(own or ProjectCode(f"heading:{' > '.join(path)}", path[-1], path[:-1], codable=False))

    made: set[int] = set()
    for code in every:
        if id(code) not in made:
            made.add(id(code))
            add(code)
    return trees
