"""An answer in each form that bears on rows of the summary tables: in the graph, on its page, and in the report."""

from __future__ import annotations

import json
from collections.abc import Iterator
from typing import Any

import pytest

import journeys
from journeys.analysis.reading.row_status import table_status
from journeys.instruments.answers import Answer, FilledForm, FilledRow
from journeys.instruments.files.cells import Cell
from journeys.instruments.instrument_files import load_instrument
from journeys.instruments.summary_tables import shipped_summary_tables
from journeys.model.problems import Address
from journeys.model.schema import load_schema
from journeys.store.embedded.launcher import lease
from journeys.views.reading import notes_of
from tests.cli.conftest import REGISTERS
from tests.written import write_form, write_registers

BEARS_ON = "supports T1-02 (high); contradicts T1-07\nL1-02"
MORE = [
    {"sheet": "sites", "id": "south", "pseudonym": "Southtown"},
    {"sheet": "case_studies", "id": "c2", "title": "Stroke care", "site": "south"},
    {"sheet": "sources", "id": "int-MV", "kind": "Interview", "case": "c2", "with_whom": "MV"},
]


def cell(words: str) -> Cell:
    return Cell(words, Address())


def first_answer(name: str, words: str, ask: str | None = None) -> tuple[Answer, ...]:
    """An answer to the first question of an instrument that takes free text, in its first scope."""
    for question in load_instrument(name).questions():
        if question.answer_kind in ("free_text", "notes") and (
            ask is None or (question.ask and question.ask.id == ask)
        ):
            inside = question.ask.id if question.ask else None
            scope = question.field.scopes[0]
            return (Answer(question.field.id, inside, scope, "answered", cell(words), bears_on=cell(BEARS_ON)),)
    raise AssertionError(name)


def form(name: str, header: dict[str, str], answers: tuple[Answer, ...], **also: Any) -> FilledForm:
    held = {each: cell(text) for each, text in {**header, "researchers": "XY"}.items()}
    return FilledForm(name, load_instrument(name).version, "", held, answers, **also)


DOCUMENT = {"case_study_and_site": "c1", "name_of_document": "Needs assessment", "document_number": "D07"}
MEETING = {"case_study": "c1", "meeting_group_name": "April meeting", "date": "2011-04-06"}
INTERVIEW = {"source": "int-MV", "interviewee": "MV", "case_study": "c2"}
CASE = {"case_study_and_site": "c2"}
PASSAGE = FilledRow({"passage": cell("Passage words."), "bears_on": cell(BEARS_ON)})
FORMS = {
    "extraction.docx": form(
        "document_extraction_template", DOCUMENT, first_answer("document_extraction_template", "Document words.")
    ),
    "observation.xlsx": form("observation_guide", MEETING, first_answer("observation_guide", "Meeting words.")),
    "interview.docx": form("interview_sheet", INTERVIEW, (), tables={"passages": (PASSAGE,)}),
    "narrative.docx": form("narrative_form", CASE, first_answer("narrative_form", "Narrative words.")),
    "theme.txt": form("theme_form", CASE, first_answer("theme_form", "Theme words.", "findings")),
    "theme2.yaml": form(
        "theme_form", {"case_study_and_site": "c1"},
        first_answer("theme_form", '"Quoted words." (int-MV)', "key_quotes"),
    ),
}  # fmt: skip
WORDS = {
    "Document words.": ("D07", "Northtown"),
    "Meeting words.": ("obs-R1", "Northtown"),
    "Passage words.": ("int-MV", "Southtown"),
    "Narrative words.": ("c2", "Southtown"),
    "Theme words.": ("c2", "Southtown"),
    "Quoted words.": ("int-MV", "Southtown"),
}
"""What is written, where it is shown, and at which site it counts."""


@pytest.fixture(scope="module")
def study(tmp_path_factory: pytest.TempPathFactory, embedded_engine: None) -> Iterator[journeys.Study]:
    folder = tmp_path_factory.mktemp("everywhere") / "everywhere"
    (folder / "forms").mkdir(parents=True)
    (folder / "study.yaml").write_text("id: everywhere\ntitle: Study\n", encoding="utf-8")
    write_registers(folder / "registers.xlsx", load_schema(), [*REGISTERS, *MORE])
    tables = shipped_summary_tables()
    known = {label: tables.offered(label) for label in ("Finding", "ResearchQuestion")}
    for name, filled in FORMS.items():
        path = folder / "forms" / name
        write_form(load_instrument(filled.instrument), path, load_schema(), filled=filled, known=known)
    opened = journeys.open(folder)
    assert [str(each) for each in opened.check().problems if each.severity == "error"] == []
    opened.load()
    held = lease(opened.folder.work)  # the engine runs on between the tests
    yield opened
    held.release()


@pytest.mark.parametrize(("words", "shown"), [(words, shown) for words, (shown, _) in WORDS.items()])
def test_an_answer_shows_what_it_bears_on(study: Any, words: str, shown: str) -> None:
    entry = next(each for each in study.show(shown).walk() if each.text == words and each.kind in ("answer", "passage"))
    assert [(each.key, each.direction, each.how_sure, each.coder) for each in entry.bears_on] == [
        ("L1-02", "instance", None, "XY"),
        ("T1-02", "supports", "high", "XY"),
        ("T1-07", "contradicts", None, "XY"),
    ]
    line = next(each for each in notes_of(entry) if each.startswith("bears on L1-02 "))
    assert "; T1-02 " in line
    assert line.endswith(" (contradicts, XY)")


def test_the_row_shows_what_bears_on_it_and_search_finds_it(study: Any) -> None:
    section = next(each for each in study.show("T1-02").sections if each.title == "What bears on it")
    assert {entry.text for entry in section.entries} == set(WORDS)
    for words in WORDS:
        assert words in json.dumps(study.search(words).as_dict())


def test_evidence_is_counted_by_site_and_the_teams_own_account_is_no_source(study: Any) -> None:
    with study.store() as store:
        rows = {row.item: row for row in table_status(store, study.id, shipped_summary_tables()).rows}
        sites = table_status(store, study.id, shipped_summary_tables()).sites
    for item, standing in (("T1-02", "for"), ("T1-07", "against"), ("L1-02", "for")):
        at = {sites[site]: held for site, held in rows[item].at_sites.items()}
        for name in ("Northtown", "Southtown"):
            wanted = {words for words, (_, site) in WORDS.items() if site == name}
            assert {each.words for each in at[name].evidence} == wanted, (item, name)
            assert at[name].standing == standing
        assert (at["Northtown"].sources, at["Southtown"].sources) == (2, 1)
    report = study.report("summary-tables")
    told = json.dumps(study.output(report).content("html"))
    assert "2 passages from 1 source and 2 answers in the researchers' forms" in told.replace("&#39;", "'")
