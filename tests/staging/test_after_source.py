"""No source reports what had not happened when it was made: said, with the claim's cell."""

from __future__ import annotations

from pathlib import Path

import pytest

from journeys.interpret.property_values import span_properties
from journeys.model.dates import read_date
from journeys.model.identity import claim_id
from journeys.model.problems import Address, Problem, Severity
from journeys.model.records import Authority, Claim, Node, Value
from journeys.model.schema import load_schema
from journeys.staging.database import Staging

SCHEMA = load_schema()
SOURCE, MEETING, ACTOR, DOCUMENT = "s:data_source:i", "s:meeting:m", "s:actor:a", "s:document:d"
CELL = Address("forms/a.xlsx", "Who did what", "A4")


def problems_of(
    folder: Path, *, source: str | None, claim: str | None, meeting: str = "", tie: bool = False
) -> list[Problem]:
    """What is said of a claim of this date by a source of that date, or of an observation of a meeting."""
    problems: list[Problem] = []

    def dated(words: str | None) -> dict[str, Value]:
        return span_properties(read_date(words)) if words else {}

    with Staging(folder / "s.sqlite", SCHEMA, "s") as staging:
        for label, key, said in (
            ("DataSource", SOURCE, {"description": "Interview with Sam"}),
            ("DataSource", SOURCE, dated(source)),
            ("Meeting", MEETING, {"title": "Board", **dated(meeting)}),
            ("Actor", ACTOR, {"pseudonym": "Sam"}),
            ("Document", DOCUMENT, {"title": "Paper"}),
        ):
            authority = Authority.REGISTER if len(said) == 1 else Authority.FORM
            staging.add_node(Node(label, key, said, Address("registers.xlsx"), authority))
        said = {"source": SOURCE, **dated(claim), **({"at_meeting": MEETING} if meeting else {})}
        identity = claim_id(SCHEMA, "CONTESTED", ACTOR, DOCUMENT, said)
        staging.add_claim(
            Claim(
                identity,
                "CONTESTED",
                "Actor",
                ACTOR,
                "Document",
                DOCUMENT,
                said,
                CELL,
                dated_at=CELL.at("E4") if claim else None,
            )
        )
        if tie:
            identity = claim_id(SCHEMA, "OF_MEETING", SOURCE, MEETING, {})
            staging.add_claim(
                Claim(identity, "OF_MEETING", "DataSource", SOURCE, "Meeting", MEETING, {}, CELL.at("C5"))
            )
        staging.finish(problems.append)
    return problems


@pytest.mark.parametrize(
    ("source", "claim", "meeting", "said"),
    [
        ("October 2011", "December 2011", "", True),
        ("1 July 2011", "2 July 2011", "", True),
        ("1 July 2011", "after 5 July 2011", "", True),
        ("February 2011", None, "8 May 2011", True),
        ("October 2011", "October 2011", "", False),
        ("October 2011", "2011", "", False),
        ("2011", "December 2011", "", False),
        ("about October 2011", "November 2011", "", False),
        ("October 2011", "before 2020", "", False),
        ("June 2011", None, "8 May 2011", False),
        (None, "December 2011", "", False),
        ("n.d.", "December 2011", "", False),
        ("October 2011", None, "", False),
    ],
)
def test_a_claim_after_its_source_is_a_warning(
    tmp_path: Path, source: str | None, claim: str | None, meeting: str, said: bool
) -> None:
    problems = problems_of(tmp_path, source=source, claim=claim, meeting=meeting)
    found = [problem for problem in problems if problem.kind == "after_source"]
    assert len(found) == said
    for problem in found:
        where = CELL if meeting else CELL.at("E4")
        assert (problem.address, problem.severity) == (where, Severity.WARNING)
        assert "Interview with Sam" in problem.message


def test_an_observation_made_before_its_meeting_is_a_warning(tmp_path: Path) -> None:
    problems = problems_of(tmp_path, source="February 2011", claim="January 2011", meeting="8 May 2011", tie=True)
    assert [(problem.kind, problem.address.cell) for problem in problems] == [("after_source", "C5")]
    assert not problems_of(tmp_path, source="9 May 2011", claim="January 2011", meeting="8 May 2011", tie=True)


def test_a_document_as_source_was_made_when_it_is_dated(tmp_path: Path) -> None:
    problems: list[Problem] = []
    with Staging(tmp_path / "s.sqlite", SCHEMA, "s") as staging:
        staging.add_node(Node("DataSource", SOURCE, {"kind": "document", "description": "Paper"}, CELL, Authority.FORM))
        dated = {"title": "Paper", **span_properties(read_date("March 2011"))}
        staging.add_node(Node("Document", DOCUMENT, dated, Address("registers.xlsx"), Authority.REGISTER))
        staging.add_node(Node("Actor", ACTOR, {"pseudonym": "Sam"}, CELL, Authority.REGISTER))
        tie = claim_id(SCHEMA, "OF_DOCUMENT", SOURCE, DOCUMENT, {})
        staging.add_claim(Claim(tie, "OF_DOCUMENT", "DataSource", SOURCE, "Document", DOCUMENT, {}, CELL))
        for words, cell in (("June 2011", "A5"), ("March 2011", "A6")):
            said = {"source": SOURCE, **span_properties(read_date(words))}
            identity = claim_id(SCHEMA, "CONTESTED", ACTOR, DOCUMENT, said)
            staging.add_claim(Claim(identity, "CONTESTED", "Actor", ACTOR, "Document", DOCUMENT, said, CELL.at(cell)))
        staging.finish(problems.append)
    assert [(problem.kind, problem.address) for problem in problems] == [("after_source", CELL.at("A5"))]
    assert "31 March 2011" in problems[0].message


def test_the_work_grows_with_the_claims_and_not_with_their_square(tmp_path: Path) -> None:
    """A thousand forms whose sources have dates took minutes."""
    steps = []
    for number in (1_000, 4_000):
        counted = [0]

        def count(counted: list[int] = counted) -> int:
            counted[0] += 1
            return 0

        with Staging(tmp_path / "s.sqlite", SCHEMA, "s") as staging:
            when = span_properties(read_date("2011"))
            staging.add_node(Node("DataSource", SOURCE, {"description": "Interview", **when}, CELL))
            staging.add_node(Node("Actor", ACTOR, {"pseudonym": "Sam"}, CELL))
            for each in range(number):
                paper = f"{DOCUMENT}{each}"
                staging.add_node(Node("Document", paper, {"title": f"Paper {each}"}, CELL))
                said: dict[str, Value] = {"source": SOURCE, **when}
                identity = claim_id(SCHEMA, "CONTESTED", ACTOR, paper, said)
                at = CELL.at(f"A{each}")
                ends = ("Actor", ACTOR, "Document", paper)
                staging.add_claim(Claim(identity, "CONTESTED", *ends, said, at, dated_at=CELL.at(f"E{each}")))
            staging.database.set_progress_handler(count, 1_000)
            staging.finish(lambda problem: None)
        steps.append(counted[0])
    assert steps[1] < 6 * steps[0]
