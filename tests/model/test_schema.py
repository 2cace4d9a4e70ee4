"""The schema as data: read whole, refused with file and line, widened by a study and never redefined."""

from __future__ import annotations

import re
import shutil
from pathlib import Path

import pytest

from journeys.instruments.codebook import shipped_codebook
from journeys.model.problems import JourneysError
from journeys.model.records import PropertyModels
from journeys.model.resources import resource_folder
from journeys.model.schema import load_schema
from journeys.model.yaml_with_lines import BrokenSchema


@pytest.fixture
def copy(tmp_path: Path) -> Path:
    """A copy of the shipped schema that a test may break."""
    folder = tmp_path / "schema"
    shutil.copytree(resource_folder("schema"), folder)
    return folder


def change(folder: Path, old: str, new: str, file: str = "graph.yaml") -> int:
    """Replace the first ``old``; returns the line (from 1) it stood on."""
    text = (folder / file).read_text(encoding="utf-8")
    assert old in text
    (folder / file).write_text(text.replace(old, new, 1), encoding="utf-8")
    return text[: text.index(old)].count("\n") + 1


def test_the_shipped_schema_has_every_kind_of_the_domain() -> None:
    schema = load_schema()
    assert len(schema.nodes) == 21
    assert len(schema.claims) == 66
    assert {kind.polarity for kind in schema.claims.values()} == {-1, 0, 1}
    assert schema.claims["INTRODUCED"].allows("Actor", "Document")
    assert not schema.claims["INTRODUCED"].allows("Document", "Actor")


def test_a_phrase_and_a_type_name_the_same_claim_kind() -> None:
    schema = load_schema()
    for words in ("SENT_TO", "was sent to", "Was  Sent to", "sent to"):
        kind = schema.claim_kind(words)
        assert kind is not None
        assert kind.name == "SENT_TO"
    assert schema.claim_kind("waved at") is None


@pytest.mark.parametrize(
    ("old", "new", "says"),
    [
        ("polarity: -1", "polarity: 7", "polarity"),
        ("display: title", "display: headline", "headline"),
        ("vocabulary: doc_type", "vocabulary: doc_tipe", "no vocabulary 'doc_tipe'"),
        ("to: [Meeting]", "to: [Meating]", "'Meating', which is not a node kind"),
        ("type: text, required: true", "type: texts, required: true", "type"),
        ("stage: impetus", "stage: impetuous", "not a stage"),
        ("    phrase: commissioned\n", "    phrase: wrote\n", "same phrase as AUTHORED"),
        ("    plural: Actions\n", "    plural: Actions\n    colour: red\n", "colour"),
        ("      summary: {type: text", "      sheet: {type: text", "sheet already"),
        ("  Action:\n", "  Document:\n", "given twice"),
    ],
)
def test_a_broken_schema_is_refused_with_file_and_line(copy: Path, old: str, new: str, says: str) -> None:
    line = change(copy, old, new)
    with pytest.raises(BrokenSchema) as refused:
        load_schema(copy)
    message = str(refused.value)
    assert message.startswith("graph.yaml, line ")
    assert says in message
    named = int(message.removeprefix("graph.yaml, line ").split(":")[0])
    assert abs(named - line) <= 1 or says in ("headline", "'Meating', which is not a node kind", "not a stage")


def test_text_that_is_no_yaml_is_refused_with_its_line(copy: Path) -> None:
    (copy / "vocabularies.yaml").write_text("version: 1\nvocabularies:\n  mode: [unclosed\n", encoding="utf-8")
    with pytest.raises(BrokenSchema, match=r"^vocabularies\.yaml, line \d+: "):
        load_schema(copy)


def test_a_claim_kind_is_added_by_one_entry(copy: Path) -> None:
    entry = (
        "claims:\n  LEAKED:\n    from: [Actor]\n    to: [Document]\n    phrase: leaked\n    passive: was leaked by\n"
        "    event: true\n"
    )
    change(copy, "claims:\n", entry)
    schema = load_schema(copy)
    kind = schema.claim_kind("leaked")
    assert kind is not None
    assert kind.name == "LEAKED"
    assert (
        PropertyModels(schema)["LEAKED"].model_validate({"quote": "it got out"}).model_dump()["quote"] == "it got out"
    )


@pytest.mark.parametrize(
    ("find", "instead", "said"),
    [
        ("    event: false\n", "", "PRESENTED_IN does not say whether it is an event. Write `event: true`"),
        ("event: [Actor, Arena]", "event: [Actor, Meeting]", "APPRAISED does not start at 'Meeting'."),
        ("phrase: is of type\n", "phrase: is of type\n    event: true\n", "No source states OF_TYPE"),
    ],
)
def test_every_kind_that_sources_state_is_an_event_or_not(copy: Path, find: str, instead: str, said: str) -> None:
    change(copy, find, instead)
    with pytest.raises(JourneysError, match=re.escape(said)):
        load_schema(copy)


def test_what_a_document_judges_is_no_event_and_what_a_person_judges_is() -> None:
    appraised = load_schema().claims["APPRAISED"]
    assert appraised.is_event("Actor")
    assert not appraised.is_event("Document")


def test_a_study_adds_terms_and_properties() -> None:
    wider = load_schema().widened(
        {"doc_type": {"ordinance": "Ordinance"}}, {"Document": {"shelfmark": {"type": "text"}}}
    )
    assert wider.terms("doc_type").term("ordinance") == "ordinance"
    assert "shelfmark" in wider.properties_of_node("Document")
    assert "shelfmark" not in load_schema().properties_of_node("Document")


@pytest.mark.parametrize(
    ("terms", "properties", "says"),
    [
        ({"doc_tipe": {"x": "X"}}, {}, "no vocabulary 'doc_tipe'"),
        ({"doc_type": {"report": "My report"}}, {}, "can only add terms"),
        ({}, {"Document": {"title": {"type": "text"}}}, "can only add properties"),
        ({}, {"CONTESTED": {"mode": {"type": "text"}}}, "can only add properties"),
        ({}, {"Dokument": {"x": {"type": "text"}}}, "no node kind or claim kind 'Dokument'"),
        ({}, {"Document": {"shelf": {"type": "text", "vocabulary": "shelves"}}}, "no vocabulary 'shelves'"),
        ({}, {"Document": {"Shelf": {"type": "text"}}}, "small letters"),
    ],
)
def test_a_study_never_redefines(terms: dict, properties: dict, says: str) -> None:  # type: ignore[type-arg]
    with pytest.raises(JourneysError, match=says):
        load_schema().widened(terms, properties)


def test_generated_files_are_current() -> None:
    generate = pytest.importorskip("scripts.generate", reason="needs the checkout")
    for path, text in generate.generated().items():
        assert path.read_text(encoding="utf-8") == text, f"run python scripts/generate.py: {path.name} is out of date"


def test_answers_of_forms_about_a_case_study_have_places_in_the_graph() -> None:
    schema = load_schema()
    places = {
        "Evidence": ["analysis_extent"],
        "CaseStudy": [
            "distinct_or_element", "how_core", "what_involved", "objectives_achieved", "performance_managed",
            "refocused",
        ],
        "CycleElement": ["group"],
        "Finding": ["table", "row", "item", "scope", "confidence"],
        "Step": ["before_data_collection"],
    }  # fmt: skip
    for label, names in places.items():
        assert set(names) <= set(schema.nodes[label].properties), label
    assert schema.claims["IN_CASE"].allows("Action", "CaseStudy")
    assert schema.claims["SENT_TO"].allows("Evidence", "Organisation")


def test_evidence_types_are_labelled_in_the_words_of_the_codebook() -> None:
    terms = load_schema().terms("evidence_type").terms
    codes = shipped_codebook().codes
    for key in ("6.3", "6.4", "6.7", "6.8", "6.9", "6.12", "6.14"):
        label = re.sub(r"\beg\b", "e.g.", codes[key].label or "")
        assert label.casefold() == terms[key].label.casefold(), key
    assert load_schema().terms("evidence_type").term("Own research") == "6.12"  # what earlier forms offered


def test_each_element_of_the_commissioning_cycle_has_its_group() -> None:
    schema = load_schema()
    groups = schema.terms("cycle_group").terms
    assert {term.group for term in schema.terms("cycle_element").terms.values()} == set(groups)
