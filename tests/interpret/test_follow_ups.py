"""What people write about follow-ups in decisions/: read at every load, kept with what it is about, flaws said."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

from journeys.instruments.excel.follow_ups import DUE, FOLLOW_UPS, ID, OWNER, STATE, WHAT, WORD
from tests.interpret.test_data_collection import SAME, Study

GAPS = "Nobody from the practices was asked.\n\nWho keeps the minutes?"


@pytest.fixture
def study(tmp_path: Path) -> Study:
    made = Study(tmp_path / "study")
    made.summary(SAME, commentary__gaps=GAPS)
    (made.path / "study.yaml").write_text(
        "id: s\ntitle: Small\nresearchers: [{initials: AB}, {initials: CD}]\n", encoding="utf-8"
    )
    return made


def gaps(study: Study) -> dict[str, dict[str, Any]]:
    _, nodes, _ = study.read()
    return {str(node.properties["text"]): node.properties for node in nodes if node.label == "Finding"}


def decide(study: Study, *rows: dict[str, str], name: str = "follow-ups.xlsx") -> None:
    """Write the workbook; a row about a gap by the beginning of its words."""
    ids = {text: held["id"] for text, held in gaps(study).items()}
    (study.path / "decisions").mkdir(exist_ok=True)
    written = []
    for row in rows:
        text = next((text for text in ids if text.startswith(row[WHAT])), None)
        written.append({WHAT: text or row[WHAT], ID: ids[text] if text else "s:finding:gone", **row})
    FOLLOW_UPS.write(study.path / "decisions" / name, written)


def said(study: Study) -> list[tuple[str, str | None, str]]:
    problems, _, _ = study.read()
    return [
        (problem.severity.value, problem.address.cell, f"{problem.message} {problem.remedy}") for problem in problems
    ]


def test_what_is_decided_is_kept_with_the_follow_up_at_every_reading(study: Study) -> None:
    decide(
        study,
        {WHAT: "Nobody", OWNER: "AB", DUE: "5 March 2027", STATE: "In Progress"},
        {WHAT: "Who keeps", OWNER: "cd", STATE: "done", WORD: "The clerk does.\nAsked on Monday."},
    )
    assert said(study) == []
    for _ in range(2):
        found = gaps(study)
        one, other = (next(found[text] for text in found if text.startswith(start)) for start in ("Nob", "Who"))
        assert [one[f"follow_up_{name}"] for name in ("state", "owner", "due_text")] == [
            "in_progress",
            "AB",
            "5 March 2027",
        ]
        assert str(one["follow_up_due_to"]) == "2027-03-05"
        assert (one["status"], other["status"], other["follow_up_state"]) == ("open", "closed", "closed")
        assert other["follow_up_word"] == "The clerk does.\nAsked on Monday."


@pytest.mark.parametrize(
    ("row", "weight", "cell", "words"),
    [
        ({STATE: "closed"}, "error", "G2", "closed without a word on what came of it. Write it under Closing word"),
        ({STATE: "clsoed"}, "error", "G2", "'clsoed' is not a state of a follow-up. Did you mean 'closed'?"),
        ({DUE: "soon"}, "error", "F2", '"soon" is not a date.'),
        ({OWNER: "ZZ"}, "warning", "E2", "'ZZ' is not among the researchers in study.yaml. Correct the initials"),
        ({WORD: "Asked."}, "warning", "H2", "The row has a closing word, and its state is not closed."),
        (
            {WHAT: "Old words", OWNER: "AB"},
            "warning",
            "E2",
            "'Old words' is in no form any more, so the row has no eff",
        ),
        ({ID: " ", OWNER: "AB"}, "error", None, "The row does not say which follow-up it is about: the last column"),
    ],
)
def test_what_cannot_be_used_is_said_at_its_cell(
    study: Study, row: dict[str, str], weight: str, cell: str | None, words: str
) -> None:
    decide(study, {WHAT: "Nobody", **row})
    ((severity, at, message),) = said(study)
    assert (severity, at if cell else None) == (weight, cell)
    assert words in message


def test_two_workbooks_that_differ_are_said_with_both_cells(study: Study) -> None:
    decide(study, {WHAT: "Nobody", OWNER: "AB"})
    decide(study, {WHAT: "Nobody", OWNER: "CD"}, name="copy of follow-ups.xlsx")
    ((_, _, message),) = said(study)
    assert "decisions/copy of follow-ups.xlsx > Follow-ups > E2 are about one follow-up and differ" in message


def test_a_document_to_source_can_have_an_owner(study: Study) -> None:
    (study.path / "decisions").mkdir()
    _, nodes, _ = study.read()
    (digest,) = [node for node in nodes if node.properties.get("doc_number") == "D02"]
    FOLLOW_UPS.write(study.path / "decisions" / "f.xlsx", [{ID: digest.id, OWNER: "AB"}])
    assert said(study) == []
    _, nodes, _ = study.read()
    (digest,) = [node for node in nodes if node.properties.get("doc_number") == "D02"]
    assert digest.properties["follow_up_owner"] == "AB"
