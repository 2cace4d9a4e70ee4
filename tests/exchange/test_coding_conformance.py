"""docs/conformance.md is true of coding projects: each cell is what is found in a project after its way in or out."""

from __future__ import annotations

import sqlite3
from contextlib import closing
from pathlib import Path
from typing import Any

import pytest

from journeys.exchange.coding_formats import CODING_FEATURES, CODING_FORMATS
from journeys.exchange.formats import How
from journeys.exchange.from_codings import coding_project
from journeys.exchange.refi import write_project
from journeys.instruments.projects.dna import read_dna
from journeys.instruments.projects.project import CodingProject
from journeys.instruments.projects.refi import read_refi
from tests.instruments.projects.dna_files import write_dna
from tests.instruments.projects.refi_files import MAXQDA, XENIA, code, coded, mark


def features(project: CodingProject) -> dict[str, Any]:
    """What a project holds of each feature; None for nothing."""
    sources = project.sources
    passages = [(each.words, bool(each.place)) for source in sources for each in source.selections]
    codings = [(project.users[each.user].name, bool(each.when)) for each in project.codings() if each.user]
    notes = [note for each in project.codings() for note in each.notes]
    return {
        "codes": [(each.name, each.definition) for each in project.codes.values() if each.codable],
        "colours and sets": [(each.colour, each.sets) for each in project.codes.values() if each.colour or each.sets],
        "codes in codes": [each.above for each in project.codes.values() if each.above],
        "sources": [source.name for source in sources],
        "passages": passages,
        "coders": codings,
        "notes": [notes, [source.notes for source in sources], [each.notes for each in project.codes.values()]],
        "cases": [
            [case.name for case in project.cases],
            [each.name for each in project.cases for each in each.attributes],
        ],
        "claims": [(each.people, each.agrees) for each in project.statements],
    }


def held(found: Any) -> bool:
    """Whether anything at all was found."""
    return any(map(held, found)) if isinstance(found, list | tuple) else bool(found)


def _refi_in(tmp_path: Path) -> tuple[dict[str, Any], dict[str, Any]]:
    note = f'<NoteRef targetGUID="{mark(2, 1)}"/>'
    tree = code(1, "Access", code(2, "Language", definition="What is spoken"))
    more = f'<Sets><Set guid="{mark(3, 1)}" name="Mine"><MemberCode targetGUID="{mark(1, 2)}"/></Set></Sets>'
    links = f'<Links><Link guid="{mark(5, 1)}"/></Links>'
    notes = "".join(
        f'<Note guid="{mark(2, n)}" name="Memo"><PlainTextContent>Mind this.</PlainTextContent></Note>' for n in (1, 2)
    )
    cases = (
        f'<Variables><Variable guid="{mark(4, 2)}" name="Age" typeOfVariable="Text"/></Variables><Cases><Case '
        f'guid="{mark(4, 1)}" name="Ann"><VariableValue><VariableRef targetGUID="{mark(4, 2)}"/>'
        "<TextValue>40</TextValue></VariableValue></Case></Cases>"
    )
    project = coded(MAXQDA, codes=tree, notes=notes, before=cases, more=links + more)
    project.selections = [("sent us what they had", [(2, XENIA)])]
    xml = project.xml().replace("</Coding>", f"{note}</Coding>")
    project.xml = lambda: xml  # type: ignore[method-assign]
    found = read_refi(project.write(tmp_path / "p.qdpx"), name="p.qdpx")
    expected = {
        "codes": [("Access", ""), ("Language", "What is spoken")],
        "colours and sets": [("#c0392b", ()), ("#c0392b", ("Mine",))],
        "codes in codes": "Codes in each other",
        "sources": ["Interview int-SS"],
        "passages": [("sent us what they had", True)],
        "coders": [("Xenia Yates", True)],
        "notes": "every note, that of the project too",
        "cases": "a case with its values",
    }
    assert "Link" in {loss.element for loss in found.tally.losses}
    return features(found), expected


def _refi_out(tmp_path: Path) -> tuple[dict[str, Any], dict[str, Any]]:
    codes = [
        {"code": "6.7", "shown_as": "6.7 Community", "heading": "People", "definition": "Said so", "sheet": "6"}
        | {"sheet_title": "Evidence", "colour": "#c0392b", "sets": ["Mine"]}
    ]
    passage = {
        "source": "s:source:int-SS",
        "source_title": "Interview",
        "passage": "x",
        "text": "words",
        "place": "p. 4",
    }
    coding = {"field": "", "code": "6.7", "coder": "XY", "coded_at": "2011-08-02", "remark": "why"}
    noted = {**passage, "passage": "n", "text": "A note", "field": "imported_project.notes", "code": None}
    write_project(
        coding_project("Study", codes, [passage | coding, {**coding, **noted, "coder": None}]), tmp_path / "o.qdpx"
    )
    found = read_refi(tmp_path / "o.qdpx", name="o.qdpx")
    expected = {
        "codes": [("6.7 Community", "Said so")],
        "colours and sets": [("#c0392b", ("Mine",))],
        "codes in codes": "a sheet and a heading",
        "sources": "the whole text of a source",
        "passages": [("words", True)],
        "coders": [("XY", True)],
        "notes": "every note",
    }
    return features(found), expected


def _dna_in(tmp_path: Path) -> tuple[dict[str, Any], dict[str, Any]]:
    path = write_dna(tmp_path / "d.dna")
    with closing(sqlite3.connect(path)) as database:
        database.execute("INSERT INTO ENTITIES (ID, VariableId, Value) VALUES (90, 3, 'Clinics')")
        database.execute("UPDATE ENTITIES SET ChildOf = 90, Red = 9 WHERE Value = 'Two clinics are needed'")
        database.execute("INSERT INTO DATALONGTEXT (StatementId, VariableId, Value) VALUES (1, 5, 'Hear, hear')")
        database.commit()
    found = read_dna(path, name="d.dna")
    expected = {
        "codes": "concepts with definitions",
        "codes in codes": "Codes in each other",
        "sources": ["Clinics debated"],
        "passages": [(each.words, True) for each in found.sources[0].selections],
        "coders": "who and when",
        "notes": "notes of every kind",
        "claims": [(("Sam S.",), False), (("Mina V.",), True), ((), True)],
    }
    assert "attribute" in {loss.element for loss in found.tally.losses}
    return features(found), expected


WAYS = {"REFI-QDA (in)": _refi_in, "REFI-QDA (out)": _refi_out, "Discourse Network Analyzer 3 (in)": _dna_in}


@pytest.mark.parametrize("title", CODING_FORMATS)
def test_each_cell_of_coding_projects_is_what_is_found(title: str, tmp_path: Path) -> None:
    """Lost is what a project does not hold afterwards, kept what is as it was, and all else is changed."""
    found, expected = WAYS[title](tmp_path)
    seen = {
        feature: How.LOST
        if not held(found.get(feature))
        else How.KEPT
        if found[feature] == expected.get(feature)
        else How.CHANGED
        for feature in CODING_FEATURES
    }
    assert seen == {feature: cell.how for feature, cell in CODING_FORMATS[title].items()}, found
    assert all(cell.words for cell in CODING_FORMATS[title].values() if cell.how is How.CHANGED)
