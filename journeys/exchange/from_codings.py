"""What a study has coded, as a coding project: its codebook, and the passages of its sources."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import replace
from typing import Any

from journeys.instruments.projects.project import Coding, CodingProject, ProjectCode, ProjectSource, Selection, User
from journeys.model.code_keys import key_order
from journeys.model.identity import short_id

_BETWEEN = " > "
_CHARACTERS = re.compile(r"^characters \d+-\d+(?:, )?")
_NUMBER = re.compile(r"\d+")
_NOTES, _SELECTIONS = "imported_project.notes", "imported_project.selections"

Row = Mapping[str, Any]


def coding_project(title: str, codes: Iterable[Row], passages: Iterable[Row]) -> CodingProject:
    """A project of the rows of ``lookup/codes_in_use`` and ``lookup/coded_passages``.

    A sheet of the codebook, and a heading on it, is a code that cannot be given to passages, around its codes.
    """
    project = CodingProject(title, "")
    for row in sorted(codes, key=lambda row: key_order(row["code"])):
        above = (f"{row['sheet']}) {row['sheet_title'] or '[title not recovered]'}",)
        if row["heading"]:
            above = (*above, *row["heading"].split(_BETWEEN))
        sets = tuple(row["sets"] or ())
        code = ProjectCode(row["code"], row["shown_as"], above, row["definition"] or "", row["colour"] or "", sets=sets)
        project.codes[code.id] = code
    sources: dict[str, ProjectSource] = {}
    held: dict[str, dict[str, Selection]] = {}
    for row in passages:
        source = sources.get(row["source"])
        if source is None:
            source = sources[row["source"]] = ProjectSource(row["source"], _name(row), "text")
        if row["field"] == _NOTES and row["code"] is None:
            source.notes.append(row["text"])
            continue
        selections = held.setdefault(source.id, {})
        place = " ".join((row["place"] or "").split())
        if row["field"] == _SELECTIONS:
            place = _CHARACTERS.sub("", place)  # they are those of the text in another file
        selection = selections.setdefault(row["passage"], Selection(row["passage"], row["text"], place, ""))
        if row["code"] is not None:
            by = row["coder"] or ""
            if by:
                project.users.setdefault(by, User(by, by))
            coding = Coding(row["code"], by, row["coded_at"] or "", tuple(filter(None, [row["remark"]])))
            selections[row["passage"]] = replace(selection, codings=(*selection.codings, coding))
    for source in sources.values():
        source.selections = sorted(held.get(source.id, {}).values(), key=lambda each: (_order(each.place), each.id))
        project.sources.append(source)
    return project


def _name(row: Row) -> str:
    """What a source is called: its id, by which it is found again, and its title."""
    own, title = short_id(row["source"]), " ".join(str(row["source_title"]).split())
    return own if title in (own, row["source"]) or own in title.split() else f"{own} {title}"


def _order(place: str) -> tuple[list[int], str]:
    return [int(each) for each in _NUMBER.findall(place)[:6]], place


def without_codings(project: CodingProject) -> Iterator[str]:
    """A sentence on a project without passages."""
    if not project.sources:
        yield "No passage is coded, or none may be shown; the file holds the codebook alone."
