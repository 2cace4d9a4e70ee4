"""The definition of an instrument: complete, borne out by the graph, and refused with its line when it is not."""

from __future__ import annotations

from pathlib import Path

import pytest

from journeys.instruments.instrument_files import instruments, load_instrument
from journeys.instruments.subjects import SUBJECTS
from journeys.interpret.form_interpreters import _READERS
from journeys.model.problems import JourneysError
from journeys.model.resources import resource_folder
from journeys.model.yaml_with_lines import BrokenSchema

NAME = "document_extraction_template"
TEXT = (resource_folder("schema") / "instruments" / f"{NAME}.yaml").read_text(encoding="utf-8")


def changed(folder: Path, before: str, after: str) -> tuple[Path, int]:
    """A folder with the template in which ``before`` was changed to ``after`` once, and the line it is on."""
    assert before in TEXT
    (folder / f"{NAME}.yaml").write_text(TEXT.replace(before, after, 1), encoding="utf-8")
    return folder, TEXT[: TEXT.index(before)].count("\n") + 1


@pytest.mark.parametrize("name", instruments())
def test_every_shipped_instrument_can_be_used(name: str) -> None:
    instrument = load_instrument(name)
    assert instrument.instrument == name
    for question in instrument.questions():
        assert question.wording


def test_the_sub_questions_that_are_ours_are_said_to_be() -> None:
    ours = {f"{field.id}.{ask.id}" for field in load_instrument(NAME).fields() for ask in field.asks if ask.ours}
    assert ours == {"commissioning_aspects.commissioning_elements", "commissioning_aspects.how_referred_to"}


def test_only_verbatim_terms_are_kept_as_verbatim() -> None:
    """A researcher's reading of an understanding must never look like the document's own words."""
    verbatim = [q.name for q in load_instrument(NAME).questions() if any(y.extract == "verbatim" for y in q.yields)]
    assert verbatim == ["ethnicity_description.ethnicity_terms"]


@pytest.mark.parametrize(
    ("before", "after", "said"),
    [
        ("{property: main_aim}", "{property: main_goal}", "no property 'main_goal'"),
        ("{claim: AUTHORED, answer: from}", "{claim: WROTE, answer: from}", "WROTE is not a claim kind"),
        ("{claim: AUTHORED, answer: from}", "{claim: AUTHORED, answer: to}", "cannot be the other end of AUTHORED"),
        ("answer: to, new: Actor}", "answer: to, new: Meeting}", "does not take a new Meeting"),
        ("{extract: interpretive}", "{extract: guessed}", "is not a mode"),
        (
            "{property: summary}",
            "{property: summary, extract: verbatim}",
            "write exactly one of property, claim, extract, finding, action",
        ),
        ("rows: [CONCERNS]", "rows: [OF_TYPE]", "'OF_TYPE' is not a claim kind that can be used in a form"),
        ("id: name_of_document", "id: date", "'date' appears twice"),
        ("rows: [EXPRESSES]", "yields: [{extract: verbatim}]", "a field with asks cannot yield anything itself"),
        ("about: Document", "about: Paper", "about Paper cannot be interpreted"),
        ("answer_kind: identifier", "answer_kind: number", "answer_kind"),
        ("scope_split: true", "scope_spilt: true", "scope_spilt"),
    ],
)
def test_a_broken_definition_is_refused_with_its_line(tmp_path: Path, before: str, after: str, said: str) -> None:
    folder, line = changed(tmp_path, before, after)
    with pytest.raises(BrokenSchema, match=said) as refused:
        load_instrument(NAME, folder)
    told = int(str(refused.value).split("line ")[1].split(":")[0])
    # A name that is there twice is told where it comes the second time; everything else on its own line.
    assert told == line or "twice" in said


@pytest.mark.parametrize(
    ("name", "before", "after", "said"),
    [
        (NAME, "about: Document", "about: Driver", "a form about Driver cannot be interpreted"),
        (NAME, "id: document_number", "id: number_of_document", "needs a field 'document_number'"),
        ("observation_guide", "id: people_present", "id: people_invited", "a table 'people_invited' of"),
        ("observation_guide", "  - id: reflection", "  - id: afterthoughts", "a table 'afterthoughts'"),
        ("interview_sheet", "id: passages", "id: snippets", "a table 'snippets'"),
    ],
)
def test_an_instrument_that_nobody_interprets_is_refused_at_start(
    tmp_path: Path, name: str, before: str, after: str, said: str
) -> None:
    """Before any form is read or written: what would be answered in it would be lost."""
    text = (resource_folder("schema") / "instruments" / f"{name}.yaml").read_text(encoding="utf-8")
    assert before in text
    (tmp_path / f"{name}.yaml").write_text(text.replace(before, after, 1), encoding="utf-8")
    with pytest.raises(BrokenSchema, match=said) as refused:
        load_instrument(name, tmp_path)
    line = text[: text.index(before)].count("\n") + 1
    header = text[: text.index("- id: header")].count("\n") + 1
    assert f"{name}.yaml, line {header if 'needs a field' in said else line}: " in str(refused.value)


def test_questions_in_an_interview_sheet_are_refused(tmp_path: Path) -> None:
    text = (resource_folder("schema") / "instruments" / "interview_sheet.yaml").read_text(encoding="utf-8")
    more = """
  - id: opinions
    sheet: Opinions
    title: Opinions
    fields:
      - {id: opinion, question: What did they think?, reading: clear, answer_kind: free_text}
"""
    (tmp_path / "interview_sheet.yaml").write_text(text.rstrip() + "\n" + more, encoding="utf-8")
    with pytest.raises(BrokenSchema, match="no questions after its header"):
        load_instrument("interview_sheet", tmp_path)


def test_every_subject_of_an_instrument_has_an_interpreter() -> None:
    assert set(_READERS) == set(SUBJECTS)
    assert {load_instrument(name).about for name in instruments()} <= set(SUBJECTS)


def test_an_unknown_instrument_is_told_what_there_is() -> None:
    with pytest.raises(JourneysError, match=NAME):
        load_instrument("document_form")
