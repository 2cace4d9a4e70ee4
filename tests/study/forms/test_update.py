"""A pre-filled form, edited by hand, read, and pre-filled again: every word that a person wrote is still there."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from journeys.instruments.answers import Answer, FilledForm, FilledRow
from journeys.instruments.files.cells import Cell
from journeys.instruments.forms import read_form, write_form
from journeys.instruments.instrument_files import load_instrument
from journeys.instruments.prefilled_lines import lines_of
from journeys.model.problems import Address, Problem
from journeys.model.schema import load_schema
from journeys.study.forms.prefill_case import Offered
from journeys.study.forms.update import filled_with

SCHEMA = load_schema()
FORM = load_instrument("narrative_form")
DAY = date(2026, 11, 29)
BOXES = [("n4", None, "not_stated"), ("n5", "contributions", "not_stated"), ("n8_1", None, "ethnicity_specific")]
STEP = {"about": "D01", "when": "March 2011", "happened": "It was written", "who": "SS", "did_what": "wrote"}


def offered(*numbers: int) -> Offered:
    """The data with these lines in each box, and these rows of the journey table."""
    lines = {
        box: [f"Line {number} of {box[0]} \u2013 \u201cquoted\u201d (int-SS, p. {number})" for number in numbers]
        for box in BOXES
    }
    return Offered(lines, {"journey_steps": [{**STEP, "place": f"p. {number}"} for number in numbers]})


def blank() -> FilledForm:
    return FilledForm(FORM.instrument, 1, "", {"case_study_and_site": Cell("C1", Address())})


def written_and_read(path: Path, form: FilledForm) -> FilledForm:
    problems: list[Problem] = []
    path.unlink(missing_ok=True)
    write_form(FORM, path, SCHEMA, filled=form)
    read = read_form(path, SCHEMA, name=path.name, report=problems.append)
    assert read is not None
    assert [problem for problem in problems if problem.kind != "unclear_answer"] == []
    return read


def texts(form: FilledForm) -> dict[object, str]:
    return {(a.field, a.ask, a.scope): a.given.text for a in form.answers if a.given}


def words_of(text: str) -> str:
    return " ".join(" ".join(line.words for line in lines_of(text)).split())


@pytest.mark.thorough
@pytest.mark.parametrize("format_", ["xlsx", "docx", "yaml", "txt"])
def test_an_unchanged_form_gets_only_what_is_new(tmp_path: Path, format_: str) -> None:
    path = tmp_path / f"f.{format_}"
    first = written_and_read(path, filled_with(blank(), offered(1, 2), FORM))
    assert texts(written_and_read(path, filled_with(first, offered(1, 2), FORM, DAY))) == texts(first)
    second = written_and_read(path, filled_with(first, offered(2, 3), FORM, DAY))
    for box in BOXES:
        assert [line.state for line in lines_of(texts(second)[box])] == ["no longer there", "", "new"]
    rows = [row.values["happened"].text for row in second.tables["journey_steps"]]
    assert ["no longer there on 2026-11-29" in rows[0], rows[1].count(","), "new on 2026-11-29" in rows[2]] == [
        True,
        0,
        True,
    ]


OWN = st.text(
    st.characters(codec="ascii", min_codepoint=48, max_codepoint=122, categories=["L", "N"]), min_size=2, max_size=12
)
EDIT = st.tuples(st.sampled_from(["insert", "append", "delete", "damage", "join", "replace"]), OWN, st.integers(0, 9))


def edited(text: str, edits: list[tuple[str, str, int]]) -> str:
    """What a person makes of a box: lines put in, added to, deleted, joined, written over; a mark spoilt."""
    lines = text.split("\n")
    for what, own, number in edits:
        at = number % len(lines) if lines else 0
        if what == "insert" or not lines:
            lines.insert(at, f"Own {own}.")
        elif what == "append":
            lines[at] += f" and {own}"
        elif what == "delete":
            del lines[at]
        elif what == "damage":
            lines[at] = lines[at].replace("data ", "dta ", 1)
        elif what == "join" and at + 1 < len(lines):
            lines[at : at + 2] = [f"{lines[at]} {lines[at + 1]}"]
        else:
            lines[at] = lines[at].replace("Line", own)
    return "\n".join(line for line in lines if line.strip())


@pytest.mark.thorough
@pytest.mark.parametrize(("format_", "examples"), [("xlsx", 3), ("docx", 3), ("yaml", 8), ("txt", 8)])
def test_pre_fill_edit_read_and_pre_fill_again_loses_no_word(tmp_path: Path, format_: str, examples: int) -> None:
    path = tmp_path / f"f.{format_}"
    first = written_and_read(path, filled_with(blank(), offered(1, 2, 3), FORM))

    @settings(max_examples=examples, deadline=None, suppress_health_check=[HealthCheck.too_slow])
    @given(edits=st.lists(EDIT, max_size=6), row_edit=OWN)
    def check(edits: list[tuple[str, str, int]], row_edit: str) -> None:
        answers = [
            Answer(a.field, a.ask, a.scope, a.status, Cell(words, Address()))
            for a in first.answers
            if a.given and (words := edited(a.given.text, edits))
        ]
        changed, *others = first.tables["journey_steps"]
        mine = FilledRow({**changed.values, "quote": Cell(f"They said {row_edit}", Address())})
        rows = (mine, *others, FilledRow({"happened": Cell(f"Own step {row_edit}", Address())}))
        by_hand = FilledForm(
            FORM.instrument, 1, "", first.header, tuple(answers), (), {**first.tables, "journey_steps": rows}
        )
        before = written_and_read(path, by_hand)
        after = written_and_read(path, filled_with(before, offered(2, 3, 4), FORM, DAY))
        for box, text in texts(before).items():
            assert words_of(text) in words_of(texts(after)[box])
        kept = [{name: cell.text for name, cell in row.values.items()} for row in after.tables["journey_steps"]]
        assert any(row.get("quote") == f"They said {row_edit}" for row in kept)
        assert any(row["happened"] == f"Own step {row_edit}" for row in kept)
        assert len(kept) == len(rows) + 1

    check()


SUMMARY = load_instrument("data_collection_summary")
SOURCES = [
    {"source": f"int-{name}", "designation_role": f"Role \u2013 \u201c{name}\u201d", "date": "July 2011", "coded": "no"}
    for name in ("A", "B", "C")
]


def read_summary(path: Path, form: FilledForm) -> FilledForm:
    problems: list[Problem] = []
    path.unlink(missing_ok=True)
    write_form(SUMMARY, path, SCHEMA, filled=form)
    read = read_form(path, SCHEMA, name=path.name, report=problems.append)
    assert read is not None
    assert [problem for problem in problems if problem.kind != "unclear_answer"] == []
    return read


def rows_in(form: FilledForm) -> list[dict[str, str]]:
    return [{name: cell.text for name, cell in row.values.items()} for row in form.tables["interviews"]]


@pytest.mark.parametrize("format_", ["xlsx", "docx", "yaml", "txt"])
def test_a_row_that_somebody_changed_is_not_offered_again_beside_theirs(tmp_path: Path, format_: str) -> None:
    path = tmp_path / f"f.{format_}"
    blank = FilledForm(SUMMARY.instrument, 1, "", {"case_study_and_site": Cell("C1", Address())})
    first = read_summary(path, filled_with(blank, Offered(rows={"interviews": SOURCES[:2]}), SUMMARY))
    mine = FilledRow({**first.tables["interviews"][0].values, "coded": Cell("yes", Address())})
    by_hand = FilledForm(
        SUMMARY.instrument, 1, "", first.header, (), (), {"interviews": (mine, first.tables["interviews"][1])}
    )
    now = [{**SOURCES[0], "coded": "partly"}, {**SOURCES[1], "coded": "yes"}, SOURCES[2]]
    second = read_summary(
        path, filled_with(read_summary(path, by_hand), Offered(rows={"interviews": now}), SUMMARY, DAY)
    )
    found = rows_in(second)
    assert [(row["source"], row["coded"]) for row in found] == [
        ("int-A", "yes"), ("int-B", "no"), ("int-B", "yes"), ("int-C", "no"),
    ]  # fmt: skip
    assert ["no longer there on" in row["designation_role"] for row in found] == [False, True, False, False]
    assert ["new on" in row["designation_role"] for row in found] == [False, False, True, True]


@pytest.mark.thorough
@pytest.mark.parametrize(("format_", "examples"), [("xlsx", 1), ("docx", 2), ("yaml", 6), ("txt", 6)])
def test_a_summary_loses_no_word_when_it_is_pre_filled_again(tmp_path: Path, format_: str, examples: int) -> None:
    path = tmp_path / f"f.{format_}"
    blank = FilledForm(SUMMARY.instrument, 1, "", {"case_study_and_site": Cell("C1", Address())})
    first = read_summary(path, filled_with(blank, Offered(rows={"interviews": SOURCES}), SUMMARY))
    column = st.sampled_from(["source", "designation_role", "date", "transcript", "coded"])

    @settings(max_examples=examples, deadline=None, suppress_health_check=[HealthCheck.too_slow])
    @given(edits=st.lists(st.tuples(st.integers(0, 2), column, OWN), max_size=5), comment=OWN, own=OWN)
    def check(edits: list[tuple[int, str, str]], comment: str, own: str) -> None:
        rows = [dict(row.values) for row in first.tables["interviews"]]
        for place, name, words in edits:
            before = rows[place].get(name)
            rows[place][name] = Cell(f"{before.text if before else ''} own {words}".strip(), Address())
        rows.append({"designation_role": Cell(f"Own row {own}", Address())})
        said = Answer("commentary", "quality", "not_stated", "answered", Cell(f"Own words {comment}", Address()))
        by_hand = FilledForm(
            SUMMARY.instrument, 1, "", first.header, (said,), (), {"interviews": tuple(map(FilledRow, rows))}
        )
        there = read_summary(path, by_hand)
        again = Offered(rows={"interviews": [{**SOURCES[0], "date": "May 2011"}, *SOURCES[2:]]})
        second = read_summary(path, filled_with(there, again, SUMMARY, DAY))
        assert texts(second)["commentary", "quality", "not_stated"] == f"Own words {comment}"
        kept = [{name: words_of(each) for name, each in row.items()} for row in rows_in(second)]
        for row in rows_in(there):
            assert {name: words_of(each) for name, each in row.items()} in kept

    check()
