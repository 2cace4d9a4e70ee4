"""The observation guide and the interview sheet as data: complete, and in the wording of the print."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import openpyxl
import pytest
import yaml

from journeys.instruments.definition import GuidanceItem, Instrument
from journeys.instruments.forms import write_form
from journeys.instruments.guidance import guidance
from journeys.instruments.instrument_files import load_instrument
from journeys.model.resources import resource_folder
from journeys.model.schema import load_schema
from journeys.model.yaml_with_lines import BrokenSchema

SCHEMA = load_schema()
GUIDE = load_instrument("observation_guide")
ITEMS = {item.id: item for part in GUIDE.guidance for item in part.items if item.id}
FORMATS = ("docx", "xlsx", "yaml", "txt")


def below(item: str) -> list[GuidanceItem]:
    return [each for each in ITEMS.values() if each.under == item]


def test_all_three_forms_are_there() -> None:
    assert [item.number for item in ITEMS.values() if item.number] == [1, 2, 3, 4, 5]
    assert [item.id for item in below("i4")] == [f"l{number:02}" for number in range(1, 20)]
    assert len(below("i3")) == 4
    header, people, content, notes, reflection = GUIDE.sections
    assert [field.id for field in header.fields if not field.ours] == [
        "case_study", "meeting_group_name", "date", "location",
    ]  # fmt: skip
    assert [column.id for column in people.columns] == ["person", "role_remit", "represents", "participation"]
    assert len(content.fields) == 10
    assert all(field.scope_split and field.answer_kind == "notes" for field in content.fields)
    assert notes.main == "note"
    assert [choice.id for choice in reflection.columns[0].choices] == [
        "common_themes", "persisting_gaps", "confusions", "follow_up", "issues_taken_outside", "observer_effect",
    ]  # fmt: skip


@pytest.fixture(scope="session")
def seed(shared_data: Path) -> dict[str, Any]:
    """The guide as it was read from the print."""
    path = shared_data.parent / "instruments" / "observation_guide.yaml"
    if not path.is_file():
        pytest.skip("the print is not part of the repository")
    content: dict[str, Any] = yaml.safe_load(path.read_text(encoding="utf-8"))
    return content


def test_the_wording_is_that_of_the_print(seed: dict[str, Any]) -> None:
    guide, sheet, reflection = seed["form_1"], seed["form_2"], seed["form_3"]
    for entry in (*guide["instructions"], *guide["look_for"]):
        assert (ITEMS[entry["id"]].text, ITEMS[entry["id"]].reading) == (entry["text"], entry["reading"])
    conventions = [entry["text"] for entry in guide["note_conventions"]]
    assert [item.text for item in below("i3")] == conventions
    assert GUIDE.title == seed["title"]
    assert (GUIDE.guidance[0].title, GUIDE.header.title) == (guide["title"], sheet["title"])
    fields = {field.id: field for section in GUIDE.sections for field in section.fields}
    for entry in (*sheet["header_fields"], *sheet["content_boxes"]):
        if entry["id"] != "people_present":
            assert (fields[entry["id"]].question, fields[entry["id"]].reading) == (entry["label"], entry["reading"])
    titles = {section.id: section.title for section in GUIDE.sections}
    assert titles["content"] == sheet["content_heading"]["text"]
    assert titles["reflection"] == reflection["heading"]
    assert titles["people_present"] == sheet["header_fields"][-1]["label"]
    (prompts,) = (column.choices for section in GUIDE.tables for column in section.columns if column.printed)
    assert {choice.id: choice.text for choice in prompts} == {
        each["id"]: each["text"] for each in reflection["prompts"]
    }


def test_what_the_graph_says_of_the_guide_is_in_the_guide() -> None:
    """graph.yaml names the fields its kinds come from; each of them is there."""
    known = {*ITEMS, *(field.id for field in GUIDE.fields()), *(section.id for section in GUIDE.sections)}
    known |= {choice.id for section in GUIDE.tables for column in section.columns for choice in column.choices}
    known |= {"form_2", "form_3", "note_conventions"}
    named = [kind.field for kind in SCHEMA.claims.values()]
    named += [definition.field for node in SCHEMA.nodes.values() for definition in node.properties.values()]
    guide = "observation_guide."
    of_the_guide = [field.removeprefix(guide) for field in named if field and field.startswith(guide)]
    assert len(of_the_guide) > 20
    assert set(of_the_guide) <= known


def shown(path: Path) -> str:
    """All words of a form, in their order."""
    if path.suffix == ".xlsx":
        book = openpyxl.load_workbook(path)
        words = " ".join(str(cell.value) for sheet in book for row in sheet.iter_rows() for cell in row if cell.value)
    elif path.suffix == ".docx":
        import docx

        document = docx.Document(str(path))
        words = " ".join(element.text or "" for element in document.element.body.iter() if element.tag.endswith("}t"))
    else:
        words = path.read_text(encoding="utf-8").replace("#", " ").replace("''", "'")
    return " ".join(words.split())


@pytest.mark.parametrize("format_", FORMATS)
@pytest.mark.parametrize("name", ["observation_guide", "interview_sheet"])
def test_a_blank_form_shows_every_wording(tmp_path: Path, name: str, format_: str) -> None:
    instrument = load_instrument(name)
    path = tmp_path / f"blank.{format_}"
    write_form(instrument, path, SCHEMA)
    words = shown(path)
    for wording in wordings(instrument, format_):
        assert wording in words, wording
    if name == "observation_guide":
        assert "at strategic level: [label not recovered]" in words


def wordings(instrument: Instrument, format_: str) -> list[str]:
    named = [field.wording for field in instrument.fields()]
    named += [line for _, lines in guidance(instrument, SCHEMA, format_) for line in lines]  # type: ignore[arg-type]
    named += [choice.text for section in instrument.tables for column in section.columns for choice in column.choices]
    named += [section.title or "" for section in instrument.sections[1:] if format_ in ("docx", "txt")]
    if format_ in ("yaml", "txt"):
        named = [wording.replace("#", " ") for wording in named]
    return [" ".join(wording.split()) for wording in named]


def test_a_verb_the_graph_does_not_have_is_refused_with_its_line(tmp_path: Path) -> None:
    text = (resource_folder("schema") / "instruments" / "observation_guide.yaml").read_text(encoding="utf-8")
    broken = text.replace("rows: [TOOK_AWAY]", "rows: [CARRIED_OFF]", 1)
    (tmp_path / "observation_guide.yaml").write_text(broken, encoding="utf-8")
    with pytest.raises(BrokenSchema, match="'CARRIED_OFF' is not a claim kind") as refused:
        load_instrument("observation_guide", tmp_path)
    line = text[: text.index("rows: [TOOK_AWAY]")].count("\n") + 1
    assert f"line {line}" in str(refused.value)
