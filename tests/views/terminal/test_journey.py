"""A journey in terminals: wide, narrow, without Unicode, without colours; and nothing in a name is obeyed."""

from __future__ import annotations

import io
from collections.abc import Sequence
from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st
from rich.console import Console

from journeys.analysis.claims.claim import ClaimRecord, Entity, MeetingRef, Source
from journeys.analysis.trace.disagreements import disagreements
from journeys.analysis.trace.journey import Journey
from journeys.analysis.trace.lanes import Places
from journeys.analysis.trace.parts import Subject
from journeys.analysis.trace.steps import steps_of
from journeys.model.dates import UNKNOWN, DateSpan
from journeys.model.schema import load_schema
from journeys.views.terminal.journey import journey_view
from journeys.views.text import sanitized, shortened

SCHEMA = load_schema()
PAPER = Entity("s:document:D07", "Document", "Needs assessment")
FIFTH = DateSpan(None, date(2011, 3, 5), date(2011, 3, 5), "day")
BOARD = MeetingRef("s:meeting:m", "March board", FIFTH)
INTERVIEW = Source("s:data_source:i1", "Interview 1", "interview")


def person(name: str) -> Entity:
    return Entity(f"s:actor:{name}", "Actor", name)


def said(kind: str, start: Entity, number: int, **properties: object) -> ClaimRecord:
    held = {"id": f"c{number}", "file": "forms/d07.xlsx", "sheet": "Who did what", "cell": f"A{number}", **properties}
    return ClaimRecord(SCHEMA.claims[kind], start, PAPER, held, FIFTH, BOARD, INTERVIEW)


def journey_of(claims: Sequence[ClaimRecord], subject: Entity = PAPER) -> Journey:
    steps, unplaced = steps_of(claims, SCHEMA)
    about = Subject(subject, {"doc_number": "D07"}, [{"id": "c", "name": "North", "site": None}])
    return Journey(about, tuple(steps), tuple(unplaced), tuple(disagreements(claims, subject)), Places({}, {}))


def shown(journey: Journey, width: int = 80, encoding: str = "utf-8") -> str:
    raw = io.BytesIO()
    stream = io.TextIOWrapper(raw, encoding=encoding, newline="\n")
    Console(file=stream, width=width, legacy_windows=False, no_color=True).print(journey_view(journey))
    stream.flush()
    return raw.getvalue().decode(encoding)


def test_who_is_only_inferred_stands_apart_with_what_it_rests_on() -> None:
    used = said("USED", person("Speer"), 1)
    claims = [
        used,
        said("REFERRED_TO", person("Folkerts"), 2),
        said("REFERRED_TO", person("Speer"), 3, mode="derived", derived_from=["c1"]),
        said("REFERRED_TO", person("Folkerts"), 4, mode="derived", derived_from=["c1"]),  # a source says so too
    ]
    page = shown(journey_of(claims))
    assert "    Folkerts referred to it  [1 source]\n" in page
    assert (
        "    Speer referred to it  [inferred from 1 other claim]\n        from forms/d07.xlsx > Who did what > A1\n"
        in page
    )
    steps = journey_of(claims).as_dict()["steps"]
    assert [(step["sentence"], step["derived"], len(step["claims"])) for step in steps if step["type"] != "USED"] == [
        ("Folkerts referred to it", False, 2),
        ("Speer referred to it", True, 1),
    ]


VOTES = [said("SUPPORTED", person(f"Person {number}"), number) for number in range(1, 9)]


def test_a_step_says_who_and_where_it_is_written() -> None:
    page = shown(
        journey_of([said("INTRODUCED", person("Brockett"), 7, quote="Here it is", mode="verbatim", place="p. 4")])
    )

    assert page.splitlines() == [
        "D07  Needs assessment",
        "Document · North",
        "",
        "Summary",
        "  ‘Needs assessment’ (D07) belongs to the case study North. No source says",
        "    where it came from.",
        "  It was introduced by Brockett at March board on 5 March 2011.",
        "  It came up at one meeting: March board (5 March 2011).",
        "  No source says that anybody supported or contested it.",
        "  No source says where else it went.",
        "  No source says what came of it.",
        "  This summary rests on what sources say (n = 1 claim from 1 source).",
        "",
        "Timeline",
        "  5 March 2011 · March board",
        "    Brockett introduced it  [1 source]",
        '        Interview 1 (verbatim, p. 4): "Here it is"',
        "        forms/d07.xlsx > Who did what > A7",
        "",
        "1 claim from 1 source.",
    ]


def test_stances_are_said_in_words_with_everyone_counted() -> None:
    page = shown(journey_of([*VOTES, said("CONTESTED", person("Folkerts"), 20)]))

    joined = " ".join(page.split())
    assert "supported: Person 1, Person 2, Person 3, Person 4, Person 5, Person 6 … (8)" in joined
    assert "contested: Folkerts" in joined
    assert "… and 5 more claims" in joined
    assert page.endswith("9 claims from 1 source.\n")


def test_what_was_found_not_to_be_so_and_what_is_interpretation() -> None:
    denied = said("CONTESTED", person("Speer"), 1, negated=True)
    page = shown(journey_of([denied, said("USED", person("Friend"), 2, mode="interpretive")]))

    assert "reported not to have happened: Speer contested it" in page
    assert "Friend used it  [1 source, researcher's interpretation only]" in " ".join(page.split("\n    "))


def test_derived_claims_are_shown_and_not_counted() -> None:
    tabled = ClaimRecord(
        SCHEMA.claims["TABLED_AT"], PAPER, Entity(BOARD.id, "Meeting", BOARD.title),
        {"id": "d", "mode": "derived", "derived_from": ["c1", "c2"]}, FIFTH, BOARD,
    )  # fmt: skip
    page = shown(journey_of([*VOTES, tabled]))

    assert "it was tabled at March board  [inferred from 2 other claims]" in page
    assert page.endswith("8 claims from 1 source; plus 1 inferred.\n")


def test_an_uncertain_date_is_a_range_with_the_words_used() -> None:
    before = DateSpan("before the June meeting", None, date(2011, 5, 31), "before")
    later = ClaimRecord(SCHEMA.claims["USED"], person("Friend"), PAPER, {"id": "u"}, before)
    page = shown(journey_of([*VOTES, later]), width=200)

    assert "1 June 2011 (“before the June meeting”)" in page or "31 May 2011 (“before the June meeting”)" in page
    assert "may predate the entry above" in page


def test_undated_steps_and_differences_stand_apart() -> None:
    other = Source("s:data_source:o1", "Observation 1")
    wrote = [
        ClaimRecord(SCHEMA.claims["AUTHORED"], person(name), PAPER, {"id": name}, UNKNOWN, source=source)
        for name, source in (("Speer", INTERVIEW), ("Brockett", other))
    ]
    page = shown(journey_of(wrote), 120)

    headings = [line for line in page.splitlines() if line and not line.startswith(" ")]
    assert headings[2:6] == ["Summary", "Origins", "Undated", "Sources disagree"]
    assert "1. Sources disagree on who wrote it. Interview 1: Speer; Observation 1: Brockett." in page


@pytest.mark.parametrize(("width", "encoding"), [(20, "utf-8"), (34, "cp1252"), (80, "ascii"), (80, "cp1252")])
def test_narrow_and_without_unicode(width: int, encoding: str) -> None:
    greek = said("INTRODUCED", person("Ελένη “Ήλιος”"), 1, quote="Αυτό είναι… 🙂 " * 40)
    page = shown(journey_of([*VOTES, greek]), width, encoding)

    assert max(map(len, page.splitlines())) <= width
    assert "introduced" in page


def test_markup_and_control_characters_in_names_are_not_obeyed() -> None:
    name = "[red]Ann[/bold] \x1b[31m\u202eevil\x07 :smile: [link=http://x]"
    page = shown(journey_of([said("INTRODUCED", person(name), 1, quote="[/]\x1b]0;t\x07ok")]), 200)

    assert "[red]Ann[/bold] evil :smile: [link=http://x] introduced it" in page
    assert '"[/]ok"' in page


def test_colour_is_never_the_only_sign() -> None:
    journey = journey_of([*VOTES, said("CONTESTED", person("Folkerts"), 20)])
    stream = io.StringIO()
    Console(file=stream, width=80, force_terminal=True, color_system="truecolor").print(journey_view(journey))

    assert "\x1b[" in stream.getvalue()
    assert "\x1b[" not in shown(journey)
    assert "contested: Folkerts" in shown(journey)


def test_a_long_journey_stays_readable() -> None:
    many = [said("USED", person(f"P{number % 40}"), number, quote="word " * 200) for number in range(1000)]
    page = shown(journey_of(many))

    assert len(page.splitlines()) < 50
    assert page.endswith("1,000 claims from 1 source.\n")


def test_many_who_did_the_same_are_one_line() -> None:
    used = [said("USED", person(f"Person {number}"), number) for number in range(1, 9)]
    page = " ".join(shown(journey_of(used)).split())

    assert "Person 1, Person 2, Person 3, Person 4, Person 5, Person 6 … (8) used it [1 source]" in page
    assert shown(journey_of(used[:3])).count("used it  [1 source]") == 3


def test_those_who_spoke_of_it_at_one_meeting_are_one_step() -> None:
    spoke = [said("REFERRED_TO", person(f"Person {number}"), number) for number in range(1, 4)]
    journey = journey_of(spoke)

    assert [[who.name for who in step.starts] for step in journey.steps] == [["Person 1", "Person 2", "Person 3"]]
    assert "Person 1, Person 2 and Person 3 referred to it  [1 source]" in shown(journey)


def test_details_that_all_share_are_said_once() -> None:
    voted = [said("SUPPORTED", person(f"P{number}"), number, manner="voted yes") for number in (1, 2)]
    differing = [*voted, said("SUPPORTED", person("P3"), 3, manner="seconded")]

    assert shown(journey_of(voted)).count("manner: voted yes") == 1
    assert shown(journey_of(differing)).count("manner: ") == 3


def test_a_journey_of_nothing() -> None:
    assert "No claims yet." in shown(journey_of([]))


@given(st.text(max_size=300))
def test_any_text_is_made_harmless(text: str) -> None:
    clean = sanitized(text)

    assert not set(clean) & {"\x1b", "\n", "\r", "\t", "\x07", "\x9b", "\u202e", "\u2066"}
    clean.encode("utf-8")
    assert sanitized(clean) == clean
    assert len(shortened(clean, 20)) <= 20
