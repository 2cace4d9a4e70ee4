"""A word of its own in every box of the document form, the observation guide and the interview sheet is found again: in
the record that ``show`` gives, by ``search``, and in the graph. The boxes are those that the instruments define.

Boxes that take a name, a term of a list or a date hold one; these are resolved, and shown by the name they stand for.
"""

from __future__ import annotations

import json
import shutil
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
import yaml

import journeys
from journeys.instruments.codebook import shipped_codebook
from journeys.instruments.coded_passages import Passage
from journeys.instruments.coding_workbook import Coding, coding_instrument, filled_workbook
from journeys.instruments.definition import Instrument
from journeys.instruments.forms import write_form
from journeys.instruments.instrument_files import load_instrument
from journeys.study.atlas.pages import write_atlas

CODES = shipped_codebook()
NAMED: dict[str, dict[str, Any]] = {
    "document_extraction_template": {
        "case_study_and_site": "east.therapies",
        "document_number": "D99",
        "author_or_originating_group": "FO",
        "date": "January 2011",
    },
    "observation_guide": {
        "case_study": "east.therapies",
        "meeting_group_name": "Access Task Group",
        "date": "2011-12-13",
        "source": "obs-T99",
    },
    "interview_sheet": {"source": "int-T99", "interviewee": "FO", "case_study": "east.therapies", "date": "May 2011"},
}
"""What the header boxes hold that take no free words."""
REFS = {"document_extraction_template": "D99", "observation_guide": "obs-T99", "interview_sheet": "int-T99"}
COLUMNS = {
    "people_present": {"person": "JT", "represents": "epct"},
    "notes": {"scope": "General"},
    "reflection": {"prompt": "confusions", "about": "D21"},
    "passages": {"speaker": "FO", "mode": "Verbatim", "scope": "General", "about": "D21"},
}
"""What the columns of tables hold that take no free words."""
ROW = {"who": "FO", "did_what": "contested", "to_what": "D21", "at_meeting": "T1", "scope": "General"}
WORDS = ("aspect_or_purpose", "grounds_or_manner", "place", "quote", "note")
"""The columns of *Who did what* that take free words."""


class Markers:
    """Words that stand nowhere else, each with the box that it was written in."""

    def __init__(self) -> None:
        self.boxes: dict[str, str] = {}

    def new(self, box: str) -> str:
        word = f"zq{len(self.boxes):03}x"
        self.boxes[word] = box
        return word


def filled(instrument: Instrument, markers: Markers) -> dict[str, Any]:
    """The instrument as a YAML form, with a marker in every box that takes words."""
    name = instrument.instrument
    form: dict[str, Any] = {"form": name, "version": instrument.version}
    form["header"] = {
        field.id: NAMED[name].get(field.id) or markers.new(f"{name} {field.id}") for field in instrument.header.fields
    }
    for section in instrument.question_sections:
        answers: dict[str, Any] = {}
        for question in (*instrument.split_questions(section), *instrument.questions(section)):
            if question.answer_kind == "entity_ref":
                box: dict[str, Any] = {"answer": "FO", "status": "answered"}
                if question.name.endswith("commissioning_elements"):
                    box["answer"] = "Needs assessment"
                if section.needs_sources:
                    box["sources"] = "obs-T1"
                found: dict[str, Any] = box
            else:
                found = {}
                for scope in question.field.scopes:
                    box = {"answer": markers.new(f"{name} {question.name} {scope}"), "status": "answered"}
                    if section.has_pages:
                        box["page"] = markers.new(f"{name} {question.name} {scope} page")
                    if section.needs_sources:
                        box["sources"] = "obs-T1"
                    found[scope] = box
                if len(question.field.scopes) == 1:
                    found = found[question.field.scopes[0]]
            if question.field.asks:
                place = question.ask.id if question.ask else "as_a_whole"
                answers.setdefault(question.field.id, {})[place] = found
            else:
                answers[question.field.id] = found
        form[section.id] = answers
    for section in instrument.tables:
        known = COLUMNS[section.id]
        row = {
            column.id: known.get(column.id) or markers.new(f"{name} {section.id}.{column.id}")
            for column in section.columns
            if column.id in known or not (column.offers or column.vocabulary or column.choices or column.id == "codes")
        }
        form[section.id] = [row]
    form["who_did_what"] = [{**ROW, **{column: markers.new(f"{name} who_did_what.{column}") for column in WORDS}}]
    return form


@pytest.fixture(scope="module")
def marked(demo_study: Any, tmp_path_factory: pytest.TempPathFactory) -> Iterator[tuple[journeys.Study, Markers]]:
    folder = tmp_path_factory.mktemp("marked") / "study"
    shutil.copytree(Path(demo_study("embedded").folder), folder, ignore=shutil.ignore_patterns(".journeys"))
    markers = Markers()
    for name in NAMED:
        text = yaml.safe_dump(filled(load_instrument(name), markers), allow_unicode=True, sort_keys=False)
        (folder / "forms" / f"marked {name}.yaml").write_text(text, encoding="utf-8")
    codings = [Coding("int-OW", "ZZ", key, Passage(f"coded{key.replace('.', 'x')}q")) for key in CODES.codes]
    study = journeys.open(folder)
    write_form(
        coding_instrument(),
        folder / "forms" / "every code.xlsx",
        study.schema,
        filled=filled_workbook(codings, {"coder": "ZZ"}),
        codebook=CODES,
    )
    check = study.check()
    assert check.clean, [str(problem) for problem in check.problems][:5]
    study.load()
    with study.store():
        yield study, markers


def test_every_box_is_shown(marked: tuple[journeys.Study, Markers]) -> None:
    study, markers = marked
    assert len(markers.boxes) > 120
    shown = " ".join(json.dumps(study.show(ref).as_dict(), ensure_ascii=False, default=str) for ref in REFS.values())
    assert [box for word, box in markers.boxes.items() if word not in shown] == []
    printed = " ".join(str(study.output(study.show(ref)).content("text")) for ref in REFS.values())
    assert [box for word, box in markers.boxes.items() if word not in printed] == []


def test_every_code_is_counted_and_its_passage_shown_and_found(marked: tuple[journeys.Study, Markers]) -> None:
    """Each of the 130 codes, also the 22 without a label: from its column in the workbook to the count of it."""
    study, _ = marked
    counted = {row["code"]: row for row in study.ask("codes_by_site", coder="ZZ").as_dicts()}
    assert sorted(counted) == sorted(CODES.codes)
    assert {(row["passages"], row["sources"], tuple(row["coders"])) for row in counted.values()} == {(1, 1, ("ZZ",))}
    assert sum(row["label"] is None for row in counted.values()) == 22
    for key, code in CODES.codes.items():
        word = f"coded{key.replace('.', 'x')}q"
        (hit,) = study.search(word).hits
        assert (hit.text, [coding.code for coding in hit.codes]) == (word, [key])
        if code.label is None:
            record = study.show(key, kind="code")
            assert record.title == f"{key}  [label not recovered]"
            assert word in {entry.text for entry in record.walk()}


def test_every_box_is_found(marked: tuple[journeys.Study, Markers]) -> None:
    study, markers = marked
    assert [box for word, box in markers.boxes.items() if not study.search(word).total] == []


def test_every_box_is_on_a_page_and_in_the_index_of_its_search_box(
    marked: tuple[journeys.Study, Markers], tmp_path: Path
) -> None:
    study, markers = marked
    atlas = write_atlas(study, tmp_path / "pages").parent
    pages = "".join(file.read_text(encoding="utf-8") for file in (atlas / "sources").glob("*.html"))
    assert [box for word, box in markers.boxes.items() if word not in pages] == []
    index = "".join(file.read_text(encoding="utf-8") for file in (atlas / "search").glob("index*.js"))
    assert [box for word, box in markers.boxes.items() if word not in index] == []


def test_every_box_is_in_the_graph(marked: tuple[journeys.Study, Markers]) -> None:
    study, markers = marked
    nodes = study.cypher("MATCH (n) WHERE n.study = $study RETURN n {.*}", row_limit=None).rows
    claims = study.cypher("MATCH (a)-[r]->() WHERE a.study = $study RETURN r {.*}", row_limit=None).rows
    held = json.dumps([*nodes, *claims], ensure_ascii=False, default=str)
    assert [box for word, box in markers.boxes.items() if word not in held] == []
