"""Objects on a worksheet besides its cells: comments, pictures, text boxes, charts, check boxes."""

from __future__ import annotations

import re
from collections.abc import Container, Iterator
from dataclasses import dataclass

from journeys.instruments.files.cells import column_letters
from journeys.instruments.files.office_package import relationships
from journeys.instruments.files.zip_package import ZipPackage
from journeys.model.problems import Address, Problem, Report, Severity, UnreadableFile

_KINDS = {"pic": "picture", "graphicFrame": "chart or diagram", "sp": "text box"}
_LISTED = 20
_SMALL = 1_000_000
_MAY_BE_A_CONTROL = re.compile(rb"ObjectType\s*=\s*(?![\"']Note[\"'])|&#")
"""What a drawing with controls holds; the drawings behind the comments of a blank form, which are long, do not."""


@dataclass(frozen=True, slots=True)
class Comment:
    """A comment or note: where it is, who wrote it ("" where that is not said), and its words."""

    address: Address
    author: str
    words: str


def sheet_comments(package: ZipPackage, part: str, origin: Address) -> list[Comment]:
    """The notes and threaded comments of a worksheet. Raises UnreadableFile."""
    found: list[Comment] = []
    people = _people(package)
    for kind, target in relationships(package, part).values():
        if target not in package:
            continue
        if kind == "threadedComment":
            author, reference, words = "", "", ""
            for _, tag, attributes, written in package.elements(target):
                if tag == "text":
                    words = written
                elif tag == "threadedComment":
                    reference = attributes.get("ref", reference)
                    author = people.get(attributes.get("personId", ""), "")
                    found.append(Comment(origin.at(reference), author, words.strip()))
        elif kind == "comments":
            found += _notes(package, target, origin)
    return found


def report_comments(comments: list[Comment], ours: Container[str], report: Report) -> None:
    """Report the comments that people wrote; ``ours`` are the words of those that the program itself writes."""
    theirs = [comment for comment in comments if comment.words and comment.words not in ours]
    for comment in theirs[:_LISTED]:
        words = " ".join(comment.words.split())
        by = f"{comment.author}: " if comment.author and not words.startswith(comment.author) else ""
        message = f"A comment is not read: '{by}{words if len(words) < 160 else words[:159] + chr(0x2026)}'."
        remedy = "Write what should be kept into a cell."
        report(Problem("comment", comment.address, message, remedy, Severity.WARNING))
    if len(theirs) > _LISTED:
        message = f"{len(theirs) - _LISTED} more comments are not read."
        report(Problem("comment", theirs[0].address, message, "Look through the comments.", Severity.WARNING))


def report_objects(package: ZipPackage, part: str, origin: Address, report: Report) -> None:
    """Report what lies over the cells: pictures, charts, text boxes with their words, form controls."""
    for kind, target in relationships(package, part).values():
        if target not in package:
            continue
        if kind == "drawing":
            for what, words, place in _drawn(package, target):
                said = f": '{words}'" if words else ""
                message = f"A {what} that lies over the cells is not read{said}."
                remedy = "Write what should be kept into a cell."
                report(Problem("picture", origin.at(place), message, remedy, Severity.WARNING))
        elif kind == "vmlDrawing":
            for what, place in _controls(package, target):
                message = f"A {what} that lies over the cells is not read."
                remedy = "Write its state into a cell."
                report(Problem("picture", origin.at(place), message, remedy, Severity.WARNING))
        elif kind in ("oleObject", "package"):
            message = "A file that was put into the sheet is not read."
            report(Problem("picture", origin, message, "Write what should be kept into a cell.", Severity.WARNING))


def _people(package: ZipPackage) -> dict[str, str]:
    found = package.elements("xl/persons/person.xml")
    return {
        attributes.get("id", ""): attributes.get("displayName", "")
        for _, tag, attributes, _ in found
        if tag == "person"
    }


def _notes(package: ZipPackage, part: str, origin: Address) -> Iterator[Comment]:
    authors: list[str] = []
    words: list[str] = []
    for parent, tag, attributes, written in package.elements(part):
        if tag == "author":
            authors.append(written)
        elif tag == "t" and parent != "rPh":
            words.append(written)
        elif tag == "comment":
            number = attributes.get("authorId", "")
            author = authors[int(number)] if number.isdecimal() and int(number) < len(authors) else ""
            if not author.startswith("tc="):  # the copy of a threaded comment for older programs
                yield Comment(origin.at(attributes.get("ref", "")), author, "".join(words).strip())
            words = []


def _drawn(package: ZipPackage, part: str) -> Iterator[tuple[str, str, str]]:
    """What is drawn: its kind, its words, and the cell its upper left corner lies in."""
    words: list[str] = []
    met: list[str] = []
    column = row = 0
    for parent, tag, _, written in package.elements(part):
        if parent == "from" and written.strip().isdecimal():
            column, row = (int(written), row) if tag == "col" else (column, int(written) if tag == "row" else row)
        elif tag == "t":
            words.append(written)
        elif tag in _KINDS:
            met.append(tag)
        elif tag in ("twoCellAnchor", "oneCellAnchor", "absoluteAnchor"):
            said = " ".join(" ".join(words).split())
            for kind in met:
                if kind != "sp" or said:
                    yield _KINDS[kind], said if kind == "sp" else "", f"{column_letters(column)}{row + 1}"
            words, met = [], []


def _controls(package: ZipPackage, part: str) -> Iterator[tuple[str, str]]:
    """The check boxes and lists of a sheet, each with the cell it lies in. Old drawings are not always well-formed."""
    try:
        if package.size(part) < _SMALL and not _MAY_BE_A_CONTROL.search(b"".join(package.stream(part))):
            return
        elements = package.elements(part)
    except UnreadableFile:
        return
    ticked, anchor = False, ""
    for _, tag, attributes, written in elements:
        if tag == "Checked":
            ticked = written.strip() == "1"
        elif tag == "Anchor":
            anchor = written
        elif tag == "ClientData":
            kind = attributes.get("ObjectType", "")
            numbers = [int(number) for number in re.findall(r"\d+", anchor)]
            place = f"{column_letters(numbers[0])}{numbers[2] + 1}" if len(numbers) > 2 else ""
            if kind in ("Checkbox", "Radio"):
                yield (
                    f"{'ticked' if ticked else 'blank'} {'check box' if kind == 'Checkbox' else 'option button'}",
                    place,
                )
            elif kind in ("Drop", "List", "Spin", "Scroll", "Edit"):
                yield "form control", place
            ticked, anchor = False, ""
