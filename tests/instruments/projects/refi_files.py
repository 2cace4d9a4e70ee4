"""REFI-QDA projects as NVivo, ATLAS.ti, MAXQDA and QualCoder write them: invented, and none by our own export."""

from __future__ import annotations

import zipfile
from dataclasses import dataclass, field
from pathlib import Path
from xml.sax.saxutils import escape, quoteattr

XENIA, YARA = "3FD0BA4E-31B2-4C63-8C2B-9A5B0A6F0D11", "4fd0ba4e-31b2-4c63-8c2b-9a5b0a6f0d12"
TALK = (
    "INT: Where did the numbers come from?",
    "SS: The clinics \U0001f600 sent us what they had. Nobody else had anything.",
    "INT: And then?",
    "SS: Mina asked for the women's own words. We used both in the paper.",
)
_HEAD = '<?xml version="1.0" encoding="utf-8"?>\n'
_NAMESPACES = (
    'xmlns:xsd="http://www.w3.org/2001/XMLSchema" xmlns:xsi="http://www.w3.org/2001/XMLSchema-instance" '
    'xmlns="urn:QDA-XML:project:1.0"'
)


def mark(kind: int, number: int) -> str:
    """A GUID."""
    return f"{kind:08x}-0000-4000-8000-{number:012x}"


@dataclass
class Dialect:
    """How a program writes: its name, and how it counts characters and ends lines."""

    origin: str
    line_end: str = "\n"
    counted_end: str = "\n"
    utf16: bool = False
    names: bool = True
    braces: bool = False
    project: str = "project.qde"
    folder: str = "sources"
    bom: bool = False


NVIVO = Dialect("NVivo 14.23.0", "\r\n", "\r\n", utf16=True, names=False, bom=True, folder="Sources")
ATLAS = Dialect("ATLAS.ti 23 (Windows)", "\r\n", "\n", utf16=True, names=True, project="project.qde", folder="sources")
MAXQDA = Dialect("MAXQDA 2022", "\n", "\n", utf16=True, names=True, folder="sources", braces=True)
QUALCODER = Dialect("Qualcoder-3.5", "\n", "\n", names=False, folder="Sources", project="project.qde")
DIALECTS = (NVIVO, ATLAS, MAXQDA, QUALCODER)


@dataclass
class Project:
    """A project to be written. Selections are words of the text, with the codes that they have, by number and user."""

    dialect: Dialect
    lines: tuple[str, ...] = TALK
    codes: str = ""
    selections: list[tuple[str, list[tuple[int, str]]]] = field(default_factory=list)
    name: str = "Interview int-SS"
    title: str = "North interviews"
    notes: str = ""
    more_sources: str = ""
    more: str = ""
    before: str = ""
    source: int = 1

    def guid(self, text: str) -> str:
        return f"{{{text}}}" if self.dialect.braces else text

    def position(self, place: int) -> int:
        before = "\n".join(self.lines)[:place].replace("\n", self.dialect.counted_end)
        return len(before.encode("utf-16-le")) // 2 if self.dialect.utf16 else len(before)

    def selection(self, number: int, words: str, codes: list[tuple[int, str]]) -> str:
        text = "\n".join(self.lines)
        start = text.index(words)
        first, last = self.position(start), self.position(start + len(words))
        name = quoteattr(f"{words[:20]}..." if len(words) > 20 else words) if self.dialect.names else '""'
        codings = "".join(
            f'<Coding guid="{self.guid(mark(9, number * 100 + code))}"'
            + (f' creatingUser="{self.guid(user)}"' if user else "")
            + f' creationDateTime="2011-08-02T10:00:00Z"><CodeRef targetGUID="{self.guid(mark(1, code))}"/></Coding>'
            for code, user in codes
        )
        return (
            f'<PlainTextSelection endPosition="{last}" guid="{self.guid(mark(8, number))}" name={name} '
            f'startPosition="{first}">{codings}</PlainTextSelection>'
        )

    def xml(self) -> str:
        selections = "".join(self.selection(n, words, codes) for n, (words, codes) in enumerate(self.selections, 1))
        codes = self.codes or "".join(code(number, f"Code {number}") for number in (1, 2, 3))
        own = mark(7, self.source)
        return (
            f"{_HEAD}<Project name={quoteattr(self.title)} origin={quoteattr(self.dialect.origin)} "
            f'creationDateTime="2011-08-01T09:12:44Z" {_NAMESPACES}>'
            f'<Users><User guid="{self.guid(XENIA)}" name="Xenia Yates" id="XY"/>'
            f'<User guid="{self.guid(YARA.upper())}" name="Zander, Yara"/></Users>'
            f"<CodeBook><Codes>{codes}</Codes></CodeBook>{self.before}<Sources>"
            f'<TextSource guid="{self.guid(own)}" name={quoteattr(self.name)} plainTextPath="internal://{own}.txt">'
            f"{selections}</TextSource>{self.more_sources}</Sources>"
            f"{f'<Notes>{self.notes}</Notes>' if self.notes else ''}{self.more}</Project>"
        )

    def write(self, path: Path, **parts: bytes) -> Path:
        path.parent.mkdir(parents=True, exist_ok=True)
        text = self.dialect.line_end.join(self.lines)
        with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as archive:
            archive.writestr(self.dialect.project, ("\ufeff" if self.dialect.bom else "") + self.xml())
            archive.writestr(
                f"{self.dialect.folder}/{mark(7, self.source)}.txt", ("\ufeff" if self.dialect.bom else "") + text
            )
            for name, data in parts.items():
                archive.writestr(name, data)
        return path


def code(number: int, name: str, inside: str = "", codable: str = "true", definition: str = "") -> str:
    """A code with the codes inside it."""
    described = f"<Description>{escape(definition)}</Description>" if definition else ""
    return (
        f'<Code guid="{mark(1, number)}" name={quoteattr(name)} isCodable="{codable}" color="#c0392b">{described}'
        f"{inside}</Code>"
    )


def coded(dialect: Dialect, **more: object) -> Project:
    """A project with three codings by two people, and a selection without a code."""
    project = Project(dialect)
    project.selections = [
        ("sent us what they had", [(1, XENIA), (2, YARA)]),
        ("Nobody else had anything.", []),
        ("the women's own words", [(3, XENIA)]),
    ]
    for name, value in more.items():
        setattr(project, name, value)
    return project
