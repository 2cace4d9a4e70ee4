"""Between reading and loading: descriptions merged, repetitions counted, dates taken from meetings, derived claims."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from pathlib import Path

import pytest
from pydantic import ValidationError

from journeys.model.identity import claim_id
from journeys.model.problems import Address, Problem
from journeys.model.records import Authority, Claim, Node, Value
from journeys.model.schema import load_schema
from journeys.staging.database import Staging

SCHEMA = load_schema()
HERE = Address("forms/a.xlsx", "Who did what", "A4")
THERE = Address("forms/b.xlsx", "Who did what", "A9")


@pytest.fixture
def staging(tmp_path: Path) -> Iterator[Staging]:
    with Staging(tmp_path / "staging.sqlite", SCHEMA, "s") as made:
        yield made


def node(label: str, key: str, address: Address = HERE, authority: Authority = Authority.FORM, **said: Value) -> Node:
    return Node(label, f"s:{SCHEMA.nodes[label].slug}:{key}", said, address, authority)


def claim(claim_type: str, start: str, end: str, address: Address = HERE, **said: Value) -> Claim:
    from_label, to_label = (
        next(label for label, k in SCHEMA.nodes.items() if k.slug == x.split(":")[1]) for x in (start, end)
    )
    return Claim(
        claim_id(SCHEMA, claim_type, start, end, said), claim_type, from_label, start, to_label, end, said, address
    )


SS, D1, JUNE = "s:actor:SS", "s:document:D1", "s:meeting:june"


def people_and_papers(staging: Staging) -> None:
    staging.add_node(node("Actor", "SS", pseudonym="Sam"))
    staging.add_node(node("Document", "D1", title="Needs assessment"))
    staging.add_node(
        node("Meeting", "june", title="June", date_text="8 June 2011", date_from=date(2011, 6, 8),
             date_to=date(2011, 6, 8), date_precision="day")
    )  # fmt: skip


def all_claims(staging: Staging) -> dict[str, list[dict[str, Value]]]:
    return {group.type: [claim.properties for claim in staging.claims(group)] for group in staging.groups()}


def test_the_register_describes_a_node_before_a_form_and_a_difference_is_said(staging: Staging) -> None:
    problems: list[Problem] = []
    staging.add_node(node("Document", "D1", title="The form's title", url="http://example.org"))
    staging.add_node(node("Document", "D1", Address("registers.xlsx", "documents", "A2"), Authority.REGISTER,
                          title="The register's title", aliases=["JSNA"]))  # fmt: skip
    staging.finish(problems.append)
    (document,) = staging.nodes("Document")
    assert document.properties["title"] == document.properties["name"] == "The register's title"
    assert document.properties["url"] == "http://example.org"
    assert document.properties["files"] == ["forms/a.xlsx", "registers.xlsx"]
    assert document.properties["file"] == "registers.xlsx"
    (problem,) = problems
    assert problem.kind == "conflicting_description"
    assert "'The form's title'" in str(problem).replace('"', "'")
    assert "registers.xlsx > documents > A2" in str(problem)


def test_a_date_is_taken_whole_or_not_at_all(staging: Staging) -> None:
    staging.add_node(node("Document", "D1", THERE, Authority.REGISTER, title="T", date_text="before June 2011",
                          date_to=date(2011, 5, 31), date_precision="before"))  # fmt: skip
    staging.add_node(node("Document", "D1", title="T", date_text="2009", date_from=date(2009, 1, 1),
                          date_to=date(2009, 12, 31), date_precision="year"))  # fmt: skip
    staging.finish(lambda _: None)
    (document,) = staging.nodes("Document")
    assert "date_from" not in document.properties
    assert document.properties["date_to"] == date(2011, 5, 31)


def test_two_sources_are_two_claims_and_a_repetition_is_one(staging: Staging) -> None:
    people_and_papers(staging)
    staging.add_claim(claim("CONTESTED", SS, D1, HERE, source="s:data_source:i1", grounds="old data"))
    staging.add_claim(claim("CONTESTED", SS, D1, THERE, source="s:data_source:i1", grounds="old data"))
    staging.add_claim(claim("CONTESTED", SS, D1, HERE, source="s:data_source:o1", grounds="old data"))
    totals = staging.finish(lambda _: None)
    assert (totals.claims, totals.repetitions) == (2, 1)
    assert [(each.place, each.first) for each in totals.repeated] == [(THERE, HERE)]
    both = all_claims(staging)["CONTESTED"]
    assert {tuple(said["files"]) for said in both} == {("forms/a.xlsx", "forms/b.xlsx"), ("forms/a.xlsx",)}  # type: ignore[arg-type]


def test_structure_that_a_register_and_a_form_both_state_repeats_nothing(staging: Staging) -> None:
    people_and_papers(staging)
    staging.add_node(node("CaseStudy", "s:case_study:c"))
    for address in (HERE, THERE, Address("registers.xlsx", "Documents", "A2")):
        staging.add_claim(claim("IN_CASE", D1, "s:case_study:c", address))
    totals = staging.finish(lambda _: None)
    assert (totals.claims, totals.repetitions, totals.repeated) == (1, 0, ())


def test_a_claim_without_a_date_of_its_own_has_its_meetings(staging: Staging) -> None:
    people_and_papers(staging)
    staging.add_claim(claim("INTRODUCED", SS, D1, source="a", at_meeting=JUNE))
    staging.add_claim(claim("INTRODUCED", SS, D1, source="b", at_meeting=JUNE, date_text="2010",
                            date_from=date(2010, 1, 1), date_to=date(2010, 12, 31), date_precision="year"))  # fmt: skip
    staging.finish(lambda _: None)
    by_source = {said["source"]: said for said in all_claims(staging)["INTRODUCED"]}
    assert (by_source["a"]["date_from"], by_source["a"]["date_basis"]) == (date(2011, 6, 8), "meeting")
    assert "date_text" not in by_source["a"]
    assert (by_source["b"]["date_from"], by_source["b"]["date_basis"]) == (date(2010, 1, 1), "stated")


LEADING_TO_MEETINGS = {
    name: kind for name, kind in SCHEMA.claims.items() if kind.asserted and "Meeting" in kind.to_labels
}


def test_what_leads_to_a_meeting_happened_on_its_day_unless_it_says_another(staging: Staging) -> None:
    people_and_papers(staging)
    starts = {"Actor": SS, "Document": D1, "Action": "s:action:plan"}
    staging.add_node(node("Action", "plan", title="Plan"))
    own = {"date_text": "2010", "date_from": date(2010, 1, 1), "date_to": date(2010, 12, 31), "date_precision": "year"}
    for kind in LEADING_TO_MEETINGS.values():
        start = next(starts[label] for label in kind.from_labels if label in starts)
        staging.add_claim(claim(kind.name, start, JUNE, source="a"))
        staging.add_claim(claim(kind.name, start, JUNE, source="b", **own))
        staging.add_claim(claim(kind.name, start, JUNE, source="c", negated=True))
    staging.finish(lambda _: None)
    held = {(said["source"], type_): said for type_, group in all_claims(staging).items() for said in group}
    day = date(2011, 6, 8)
    for name, kind in LEADING_TO_MEETINGS.items():
        for said in (held["a", name], held["c", f"NOT_{name}"]):
            dates = (said.get("date_from"), said.get("date_to"), said.get("date_basis"))
            assert dates == ((day, day, "meeting") if kind.at_meetings else (None, None, None)), name
        assert (held["b", name]["date_from"], held["b", name]["date_basis"]) == (date(2010, 1, 1), "stated")
    # What is sent to a meeting was sent on another day.
    assert {name for name, kind in LEADING_TO_MEETINGS.items() if not kind.at_meetings} == {"SENT_TO"}


def test_a_document_contested_at_a_meeting_came_to_it_once_however_many_say_so(staging: Staging) -> None:
    people_and_papers(staging)
    first = claim("CONTESTED", SS, D1, source="a", at_meeting=JUNE)
    second = claim("INTRODUCED", SS, D1, THERE, source="b", at_meeting=JUNE)
    denied = claim("SUPPORTED", SS, D1, source="c", at_meeting=JUNE, negated=True)
    for each in (first, second, denied):
        staging.add_claim(each)
    totals = staging.finish(lambda _: None)
    assert totals.derived == 1
    (tabled,) = all_claims(staging)["TABLED_AT"]
    assert tabled["mode"] == "derived"
    assert tabled["derived_from"] == sorted([first.id, second.id])
    assert tabled["files"] == ["forms/a.xlsx", "forms/b.xlsx"]
    assert "source" not in tabled


def test_a_row_inserted_above_changes_the_address_and_not_the_claim(tmp_path: Path) -> None:
    hashes = []
    for cell in ("A4", "A5"):
        with Staging(tmp_path / f"{cell}.sqlite", SCHEMA, "s") as staging:
            people_and_papers(staging)
            staging.add_claim(claim("CONTESTED", SS, D1, HERE.at(cell), source="a"))
            staging.finish(lambda _: None)
            (group,) = staging.groups()
            (staged,) = staging.claims(group)
            hashes.append((staged.id, str(staged.properties["content_hash"]).split("-")))
    (first_id, (first_said, first_where)), (second_id, (second_said, second_where)) = hashes
    assert first_id == second_id
    assert first_said == second_said
    assert first_where != second_where


def test_a_property_the_kind_does_not_have_never_gets_in(staging: Staging) -> None:
    with pytest.raises(ValidationError):
        staging.add_claim(claim("CONTESTED", SS, D1, colour="red"))
    with pytest.raises(ValidationError):
        staging.add_claim(claim("CONTESTED", SS, D1, mode="shouted"))


def test_a_node_without_what_it_must_have_is_reported_at_its_cell(staging: Staging) -> None:
    problems: list[Problem] = []
    staging.add_node(node("Document", "D9"))
    staging.finish(problems.append)
    (problem,) = problems
    assert str(problem) == "forms/a.xlsx > Who did what > A4: The Document 'D9' has no title. Write its title."
