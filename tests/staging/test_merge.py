"""Several descriptions of one node become one, whatever the order in which files are read; nothing said is lost."""

from __future__ import annotations

import random
import tempfile
from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from journeys.interpret.property_values import span_properties
from journeys.model.dates import read_date
from journeys.model.identity import claim_id
from journeys.model.problems import Address, Problem
from journeys.model.records import Authority, Claim, Node, Value
from journeys.model.schema import load_schema
from journeys.staging.database import Staging

SCHEMA = load_schema()
D1 = "s:document:D1"


def described(file: str, authority: Authority, when: str = "", **said: Value) -> Node:
    dated = span_properties(read_date(when)) if when else {}
    return Node("Document", D1, {**said, **dated}, Address(file, "Documents", "C4"), authority)


def told(*nodes: Node) -> tuple[dict[str, Value], list[Problem]]:
    """What is staged of the one node, and what is said of it."""
    problems: list[Problem] = []
    with tempfile.TemporaryDirectory() as folder, Staging(Path(folder) / "s.sqlite", SCHEMA, "s") as staging:
        for node in nodes:
            staging.add_node(node)
        staging.finish(problems.append)
        (found,) = staging.nodes("Document")
        return found.properties, problems


@pytest.mark.parametrize("label", ["Document", "Meeting", "DataSource", "Step"])
def test_a_forms_date_completes_an_entry_without_one(label: str, tmp_path: Path) -> None:
    shown = SCHEMA.nodes[label].display
    key = f"s:{SCHEMA.nodes[label].slug}:x"
    when = span_properties(read_date("spring 2011"))
    with Staging(tmp_path / "s.sqlite", SCHEMA, "s") as staging:
        staging.add_node(Node(label, key, {shown: "X"}, Address("registers.xlsx"), Authority.REGISTER))
        staging.add_node(Node(label, key, {shown: "X", **when}, Address("forms/a.xlsx"), Authority.FORM))
        problems: list[Problem] = []
        staging.finish(problems.append)
        (node,) = staging.nodes(label)
    assert node.properties["date_text"] == "spring 2011"
    assert (node.properties["date_from"], node.properties["date_to"]) == (date(2011, 3, 1), date(2011, 5, 31))
    assert node.properties["date_precision"] == "quarter"
    assert not problems


def test_a_known_date_completes_an_unknown_one_and_it_is_said() -> None:
    register = described("registers.xlsx", Authority.REGISTER, "n.d.", title="T")
    form = described("forms/a.xlsx", Authority.FORM, "March 2011", title="T")
    properties, (problem,) = told(register, form)
    assert (properties["date_text"], properties["date_from"]) == ("March 2011", date(2011, 3, 1))
    assert "'March 2011' here and 'n.d.' in registers.xlsx" in problem.message
    assert "'March 2011' is kept" in problem.remedy
    later = described("forms/b.xlsx", Authority.FORM, "April 2011", title="T")
    _, problems = told(register, form, later)
    assert "'April 2011' here and 'March 2011' in forms/a.xlsx" in problems[-1].message


def test_one_date_is_one_conflict_and_the_same_days_in_other_words_are_none() -> None:
    register = described("registers.xlsx", Authority.REGISTER, "March 2011", title="T")
    _, problems = told(register, described("forms/a.xlsx", Authority.FORM, "2011-03", title="T"))
    assert not problems
    properties, problems = told(register, described("forms/a.xlsx", Authority.FORM, "June 2009", title="T"))
    assert len(problems) == 1
    assert properties["date_from"] == date(2011, 3, 1)


def test_what_is_empty_overwrites_nothing_and_hides_nothing() -> None:
    register = described("registers.xlsx", Authority.REGISTER, title="T", summary="", aliases=[])
    form = described("forms/a.xlsx", Authority.FORM, title="T", summary="What it says", aliases=["JSNA"])
    properties, problems = told(register, form)
    assert (properties["summary"], properties["aliases"]) == ("What it says", ["JSNA"])
    assert not problems


@given(
    st.lists(st.sets(st.sampled_from(["content.a general", "content.b general", "journey.c"])), min_size=1, max_size=4)
)
def test_a_question_counts_as_not_asked_only_if_no_form_asks_it(left_empty: list[set[str]]) -> None:
    """One form that asks everything, and so leaves no question out, is enough."""
    key = "s:data_source:x"
    with tempfile.TemporaryDirectory() as folder, Staging(Path(folder) / "s.sqlite", SCHEMA, "s") as staging:
        for number, questions in enumerate(left_empty):
            said: dict[str, Value] = {"kind": "document", "not_asked": sorted(questions)}
            staging.add_node(Node("DataSource", key, said, Address(f"forms/{number}.xlsx"), Authority.FORM))
        staging.finish(lambda _: None)
        (node,) = staging.nodes("DataSource")
    held = node.properties.get("not_asked") or []
    assert held == sorted(set.intersection(*left_empty))


def test_three_files_each_add_what_the_others_leave_out() -> None:
    properties, problems = told(
        described("registers.xlsx", Authority.REGISTER, title="T"),
        described("forms/a.xlsx", Authority.FORM, "March 2011", title="T", url="http://example.org"),
        described("tables/t.csv", Authority.TABLE, title="T", summary="S"),
    )
    assert (properties["date_text"], properties["url"], properties["summary"]) == (
        "March 2011", "http://example.org", "S",
    )  # fmt: skip
    assert not problems


FILES = [
    ("registers.xlsx", Authority.REGISTER), ("forms/a.xlsx", Authority.FORM), ("forms/b.docx", Authority.FORM),
    ("tables/t.csv", Authority.TABLE), ("tables/u.csv", Authority.TABLE),
]  # fmt: skip
WHENS = ["", "n.d.", "March 2011", "2011-03", "before June 2011", "about 2011", "5 March 2011"]


@st.composite
def files(draw: st.DrawFn) -> list[Node]:
    chosen = draw(st.lists(st.sampled_from(FILES), min_size=1, max_size=5, unique=True))
    found = []
    for file, authority in chosen:
        said: dict[str, Value] = {"title": draw(st.sampled_from(["T", "U"]))}
        for name in ("summary", "url", "main_aim"):
            value = draw(st.sampled_from([None, "", "one", "two"]))
            if value is not None:
                said[name] = value
        if aliases := draw(st.sampled_from([None, [], ["A"], ["B", "A"]])):
            said["aliases"] = aliases
        found.append(described(file, authority, draw(st.sampled_from(WHENS)), **said))
    return found


@given(files(), st.randoms(use_true_random=False))
def test_the_merged_node_does_not_depend_on_the_order_of_files(nodes: list[Node], order: random.Random) -> None:
    shuffled = list(nodes)
    order.shuffle(shuffled)
    properties, problems = told(*nodes)
    again, problems_again = told(*shuffled)
    assert again == properties
    assert problems_again == problems
    # Whatever any file says of a property stands in the node, or a warning names the place where it was said.
    for node in nodes:
        for name in ("title", "summary", "url", "main_aim", "date_from", "date_to"):
            value = node.properties.get(name)
            if value in (None, ""):
                continue
            kept = properties.get(name) == value
            said = any(problem.address.file == node.address.file or str(node.address) in problem.message
                       for problem in problems)  # fmt: skip
            assert kept or said, name


def claim(file: str, **said: Value) -> Claim:
    start = "s:actor:SS"
    identity = claim_id(SCHEMA, "CONTESTED", start, D1, said)
    return Claim(identity, "CONTESTED", "Actor", start, "Document", D1, said, Address(file, "Who did what", "A4"))


def test_a_claim_that_two_files_say_loses_nothing_of_either(tmp_path: Path) -> None:
    first = claim("forms/a.xlsx", source="i1", mode="verbatim", note="from the tape", recorded_by="AB")
    second = claim("forms/b.xlsx", source="i1", mode="paraphrase", confidence="high", note="in the hall",
                   recorded_by="CD")  # fmt: skip
    for order in ((first, second), (second, first)):
        problems: list[Problem] = []
        with Staging(tmp_path / "s.sqlite", SCHEMA, "s") as staging:
            for each in order:
                staging.add_claim(each)
            totals = staging.finish(problems.append)
            ((held,),) = ([each.properties for each in staging.claims(group)] for group in staging.groups())
        assert totals.repetitions == 1
        assert (held["mode"], held["confidence"]) == ("verbatim", "high")
        assert (held["note"], held["recorded_by"]) == ("from the tape; in the hall", "AB; CD")
        (problem,) = problems
        assert (problem.kind, problem.address.file) == ("conflicting_claim", "forms/b.xlsx")
        assert "forms/a.xlsx > Who did what > A4" in problem.message


def test_a_conflict_of_two_rows_is_said_at_the_cell_of_the_judgement_in_its_words(tmp_path: Path) -> None:
    problems: list[Problem] = []
    with Staging(tmp_path / "s.sqlite", SCHEMA, "s") as staging:
        for row, mode in ((4, "researcher_comment"), (5, "verbatim")):
            said = claim("forms/a.xlsx", source="i1", mode=mode)
            at = Address("forms/a.xlsx", "Who did what", f"A{row}")
            staging.add_claim(replace(said, address=at, places={"mode": at.at(f"M{row}")}))
        staging.finish(problems.append)
    (problem,) = problems
    assert (problem.kind, problem.address.cell) == ("conflicting_claim", "M5")
    assert "forms/a.xlsx > Who did what > M4 says the same" in problem.message
    assert "the mode is 'verbatim' here and \"researcher's comment\" there." in problem.message


def test_a_time_of_day_completes_a_date_and_two_times_are_said() -> None:
    register = described("registers.xlsx", Authority.REGISTER, "5 March 2011", title="T")
    form = described("forms/a.xlsx", Authority.FORM, "5 March 2011, 2.30pm", title="T")
    properties, problems = told(register, form)
    assert (properties["date_time"], problems) == ("14:30", [])
    assert told(form, register)[0]["date_time"] == "14:30"
    later = described("forms/b.xlsx", Authority.FORM, "5 March 2011, 4pm", title="T")
    properties, (problem,) = told(register, form, later)
    assert properties["date_time"] == "14:30"
    assert "'5 March 2011, 4pm' here and '5 March 2011, 2.30pm' in forms/a.xlsx" in problem.message
