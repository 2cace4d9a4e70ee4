"""The summary of a journey in words: hand-reasoned for small journeys, and for the document D07 of the demo."""

from __future__ import annotations

import json
from collections.abc import Callable
from typing import Any

import pytest

import journeys
from journeys.analysis.claims.claim import Entity
from journeys.analysis.trace.journey import Journey
from journeys.views.journey_summary import summary_in_words, with_summary
from tests.journeys_by_hand import by_hand, many, said, thing


def told(journey: Journey) -> dict[str, str]:
    """The text on each topic."""
    return {paragraph.topic: paragraph.text for paragraph in summary_in_words(journey)}


def test_nothing_recorded() -> None:
    assert told(by_hand()) == {
        "origin": "‘The review’ (D1; report) belongs to no case study.",
        "basis": "No claims are recorded about it yet.",
    }


def test_no_dates_at_all() -> None:
    words = told(
        by_hand(
            said("Ann N.", "AUTHORED"),
            said("Ann N.", "INTRODUCED", at="March board"),
            said("it", "SENT_TO", "Council"),
            said("it", "INFLUENCED", "Two clinics"),
            cases=[{"name": "Diabetes", "site": "Northtown"}],
        )
    )
    assert words["origin"] == (
        "‘The review’ (D1; report) belongs to the case study Diabetes (Northtown). It was written by Ann N."
    )
    assert words["introduction"] == "It was introduced by Ann N. at March board."
    assert words["meetings"] == "It came up at one meeting: March board."
    assert words["reception"] == "No source says that anybody supported or contested it."
    assert words["onward"] == "It was sent to Council."
    assert words["outcome"] == "It influenced ‘Two clinics’."
    assert "disagreements" not in words  # one source cannot disagree
    assert words["basis"] == "This summary rests on what sources say (n = 4 claims from 1 source)."


def test_only_contested_and_what_no_source_says() -> None:
    words = told(by_hand(said("Mina V.", "CONTESTED", at="April group", when="6 April 2011", aspect="the costs")))
    assert words["origin"].endswith("No source says where it came from.")
    assert words["introduction"] == "No source says who introduced it."
    assert words["meetings"] == "It came up at one meeting: April group (6 April 2011)."
    assert words["reception"] == (
        "At April group, it was contested by Mina V. (on the costs). No source says that anybody supported it."
    )
    assert words["onward"] == "No source says where else it went."
    assert words["outcome"] == "No source says what came of it."


def test_uses_without_results_are_not_called_results() -> None:
    words = told(by_hand(said("Sam S.", "USED", use_type="instrumental", purpose="to place the clinics")))
    assert words["outcome"] == (
        "It was used by Sam S. (instrumental use; to place the clinics). No source says what it led to."
    )


def test_what_is_denied_is_reported_and_counts_for_nothing() -> None:
    words = told(
        by_hand(
            said("Ann N.", "INTRODUCED", negated=True),
            said("Rui D.", "MADE_AWARE_OF", negated=True),
            said("Lee B.", "SUPPORTED", negated=True, at="April group"),
            said("Lee B.", "SUPPORTED", negated=True, at="April group", source="Minutes"),
            said("it", "SENT_TO", "Council", negated=True),
            said("it", "INFLUENCED", "Trust Board", negated=True),
            said("it", "PLAYED_ROLE", "Trust Board", negated=True),
        )
    )
    assert words["introduction"] == (
        "No source says who introduced it. One source reports that it was not introduced by Ann N. "
        "One source reports that Rui D. was not made aware of it."
    )
    assert words["meetings"] == "No source says that it came up at a meeting."
    assert words["reception"] == (
        "Two sources report that it was not supported by Lee B. at April group. "
        "No source says that anybody supported or contested it."
    )
    assert words["onward"] == ("No source says where else it went. One source reports that it was not sent to Council.")
    assert "One source reports that the Trust Board was not influenced by it." in words["outcome"]
    assert "One source reports that this did not happen: it played a role in the Trust Board." in words["outcome"]
    assert words["outcome"].endswith("Beyond this, no source says what came of it.")


def test_what_the_team_has_withdrawn_is_not_told() -> None:
    words = told(by_hand(said("Ann N.", "AUTHORED"), said("Lee B.", "CONTESTED", status="withdrawn")))
    assert "Lee B." not in " ".join(words.values())
    assert words["basis"].endswith("1 claim withdrawn by the team is not counted.")


@pytest.mark.parametrize("at", ["", "Public meeting"])
def test_four_hundred_supporters_are_counted_and_all_named_behind(at: str) -> None:
    journey = by_hand(*many(400, "SUPPORTED", at=at), said("Lee B.", "CONTESTED", at=at))
    (reception,) = [each for each in summary_in_words(journey) if each.topic == "reception"]
    assert "Person 1" in reception.text
    assert " and 394 others" in reception.text
    assert len(reception.text) < 300
    (many_names,) = [part for part in reception.parts if part.names]
    assert len(many_names.names) == len(many_names.claims) == 400


def test_a_paragraph_of_hundreds_of_statements_is_cut_and_says_so() -> None:
    disputed = [said(f"Person {each}", "AUTHORED", source=f"Interview {each}") for each in range(400)]
    meetings = [said(f"Person {each}", "SUPPORTED", at=f"Board {each}", when="2011-03-05") for each in range(60)]
    for paragraph in summary_in_words(by_hand(*disputed, *meetings)):
        assert len(paragraph.text) < 3_000, paragraph.topic
        if paragraph.topic in ("origin", "reception"):
            *_, last = (part for part in paragraph.parts if part.names)
            left_out = {
                "origin": f"{len(last.names)} further statements on this are left out here.",
                "reception": f"It was supported at {len(last.names)} other meetings.",
            }
            assert left_out[paragraph.topic] in paragraph.text
            assert len(last.claims) == len(last.names) > 50
        if paragraph.topic == "reception":
            assert paragraph.text.endswith("No source says that anybody contested it.")


def test_a_long_journey_is_summed_up_in_a_minute() -> None:
    """The first, the most telling and the last are told; the rest is counted, with all of it behind."""
    claims = [
        said(who, kind, at=f"Board {each}", when=f"{each % 28 + 1} May {1990 + each}", source=f"Interview {each % 9}")
        for each in range(70)
        for kind, people in (("INTRODUCED", 4), ("REFERRED_TO", 5), ("SUPPORTED", 3))
        for who in (f"Person {number}" for number in range(people))
    ]
    contested = said("Lee B.", "CONTESTED", at="Board 33", when="6 May 2023", aspect="the costs")
    journey = by_hand(*claims, contested)
    summary = summary_in_words(journey)
    words = {each.topic: each.text for each in summary}
    assert len(" ".join(words.values()).split()) <= 200
    assert "It was first introduced by Person 0 and 3 others at Board 0 on 1 May 1990." in words["introduction"]
    assert "Board 69 on 14 May 2059" in words["introduction"]
    assert words["introduction"].endswith("It was introduced at 66 other meetings.")
    assert "At Board 33, it was contested by Lee B. (on the costs)." in words["reception"]
    assert "It was supported at 69 other meetings." in words["reception"]
    behind = {claim.id for each in summary for part in each.parts for claim in part.claims}
    assert behind == {claim.id for claim in journey.claims if not claim.derived}
    (counted,) = [
        part for each in summary for part in each.parts if part.said.endswith("introduced at 66 other meetings")
    ]
    assert (len(counted.names), len(counted.claims)) == (66, 4 * 66)


@pytest.mark.parametrize(
    ("aspect", "expected"),
    [
        ("they are old", "on the point that they are old"),
        ("numbers can't show it", "on the point that numbers can't show it"),
        ("that numbers show bias", "on the point that numbers show bias"),
        ("the costs", "on the costs"),
        ("where the gauges are", "on where the gauges are"),
        ("people who were asked", "on people who were asked"),
    ],
)
def test_what_a_stance_was_taken_on_is_said_as_its_words_ask_for(aspect: str, expected: str) -> None:
    words = told(by_hand(said("Tom B.", "CONTESTED", aspect=aspect)))
    assert f"contested by Tom B. ({expected})" in words["reception"]


def test_a_verb_that_several_clauses_share_is_said_once() -> None:
    known = [said("Mina V.", "MADE_AWARE_OF", at="Board"), said(thing("Trust Board"), "MADE_AWARE_OF", when="2014")]
    words = told(by_hand(said("Ann N.", "INTRODUCED"), *known))
    assert "It became known to the Trust Board in 2014 and to Mina V. at Board." in words["introduction"]


def test_seven_are_named_and_eight_are_not() -> None:
    assert "others" not in told(by_hand(*many(7, "SUPPORTED")))["reception"]
    assert "and 2 others" in told(by_hand(*many(8, "SUPPORTED")))["reception"]


def test_meetings_in_their_order_and_a_long_list_cut_short() -> None:
    dates = [f"{day} March 2011" for day in range(1, 10)]
    claims = [said("Ann N.", "REFERRED_TO", at=f"Board {n}", when=date) for n, date in enumerate(dates, 1)]
    words = told(by_hand(*reversed(claims)))
    assert words["meetings"].startswith("It came up at nine meetings: Board 1 (1 March 2011), Board 2 (2 March 2011), ")
    assert words["meetings"].endswith("Board 6 (6 March 2011) and three others.")


@pytest.mark.parametrize(
    ("when", "expected"),
    [
        ("6 April 2011", "on 6 April 2011"),
        ("April 2011", "in April 2011"),
        ("autumn 2010", "in autumn 2010"),
        ("before June 2011", "before 1 June 2011"),
        ("after June 2011", "on or after 1 July 2011"),
        ("2010/2011", "between 2010 and 2011"),
        ("c. March 2011", "in about March 2011"),
        ("financial year 2010/11", "in the financial year 2010/11"),
    ],
)
def test_uncertain_dates_in_words(when: str, expected: str) -> None:
    assert told(by_hand(said("it", "SENT_TO", "Council", when=when)))["onward"] == f"It was sent to Council {expected}."


def test_two_of_one_name_are_told_apart() -> None:
    one, other = thing("Lee B.", key="lee-1"), thing("Lee B.", key="lee-2")
    words = told(by_hand(said(one, "SUPPORTED"), said(other, "CONTESTED")))
    assert "Lee B. (lee-1)" in words["reception"]
    assert "Lee B. (lee-2)" in words["reception"]


def test_what_is_disputed_stands_with_who_says_so() -> None:
    words = told(
        by_hand(
            said("Ann N.", "AUTHORED", source="Interview 1"),
            said("Dr G. P.", "AUTHORED", source="Interview 2"),
            said("Lee B.", "CONTESTED", at="April group", source="Interview 1", aspect="the costs"),
            said("Lee B.", "SUPPORTED", at="April group", source="Minutes", aspect="the costs"),
        )
    )
    assert words["origin"].endswith(
        "According to ‘Interview 1’, it was written by Ann N.; according to ‘Interview 2’, it was written by Dr G. P."
    )
    assert words["reception"].startswith(
        "According to ‘Interview 1’, it was contested by Lee B. (on the costs) at April group; "
        "according to ‘Minutes’, it was supported by Lee B. (on the costs) at April group."
    )
    assert words["disagreements"] == (
        "Sources disagree on two points: who wrote it; and where Lee B. stood at April group."
    )


def test_a_date_nobody_gave_is_ascribed_to_nobody() -> None:
    words = told(
        by_hand(
            said("Ann N.", "INTRODUCED", source="A", when="6 April 2011"),
            said("Ann N.", "INTRODUCED", source="B", when="March 2011"),
            said("Ann N.", "INTRODUCED", source="C"),
        )
    )
    assert words["introduction"] == (
        "It was introduced by Ann N. According to ‘B’, it was introduced by Ann N. in March 2011; "
        "according to ‘A’, it was introduced by Ann N. on 6 April 2011."
    )
    summary = summary_in_words(by_hand(
        said("Ann N.", "INTRODUCED", source="A", when="6 April 2011", at="April group"),
        said("Ann N.", "INTRODUCED", source="B", when="March 2011", at="April group"),
        said("Ann N.", "INTRODUCED", source="B"),
    ))  # fmt: skip
    (march,) = [part for each in summary for part in each.parts if "in March 2011" in part.words]
    assert len(march.claims) == 2  # what B says without a date stands with what B says with one


def test_the_first_introduction_is_named_only_where_it_is_certain() -> None:
    later = said("Bob T.", "INTRODUCED", at="June group", when="8 June 2011")
    certain = told(by_hand(said("Ann N.", "INTRODUCED", at="April group", when="6 April 2011"), later))
    assert certain["introduction"] == (
        "It was first introduced by Ann N. at April group on 6 April 2011. "
        "It was later introduced by Bob T. at June group on 8 June 2011."
    )
    vague = told(by_hand(said("Ann N.", "INTRODUCED", when="2011"), later))
    assert vague["introduction"].startswith("Which introduction came first is not certain. It was introduced by ")


def test_an_interpretation_is_called_one() -> None:
    words = told(by_hand(said("Lee B.", "CONTESTED", mode="interpretive")))
    assert "It was contested by Lee B. (a researcher’s interpretation)." in words["reception"]


def test_inferred_claims_are_nobodys_word() -> None:
    words = told(
        by_hand(said("it", "TABLED_AT", Entity("study:meeting:m", "Meeting", "May"), mode="derived", source=None))
    )
    assert words["meetings"] == "No source says that it came up at a meeting."
    assert words["basis"].endswith("(n = 0 claims from 0 sources; 1 more is inferred).")


def test_hostile_names_stay_words_and_are_cut() -> None:
    words = told(by_hand(said("x" * 10_000, "SUPPORTED"), said("\u202egnirts", "CONTESTED")))
    assert len(words["reception"]) < 500
    assert "\u202e" not in words["reception"]


def test_every_claim_but_descriptions_stands_behind_a_clause_and_json_has_them(demo_study: Callable[..., Any]) -> None:
    study = journeys.open(demo_study("embedded").folder)
    with study.store():
        journey = study.trace("D07")
    held = json.loads(json.dumps(with_summary(journey)))
    first, *_ = held["summary"]
    assert first["text"].startswith(
        "‘Diabetes health needs assessment’ (D07; report; dated before 1 April 2011) belongs to the case study "
        "Northtown diabetes redesign (Northtown). It was commissioned by the Commissioning Board (to explain the rise "
        "in admissions) in autumn 2010, had contributions from Dr G. P., was prompted by ‘National service framework’"
    )
    words = {paragraph["topic"]: paragraph["text"] for paragraph in held["summary"]}
    assert (
        "contested by Mina V. (on the reasons given for late presentation) and supported by Sam S. (on the clinics)"
        in (words["reception"])
    )
    assert words["outcome"].endswith(
        "Northtown diabetes redesign resulted in ‘Two community clinics’ in November 2011."
    )
    behind = {claim for each in held["summary"] for clause in each["clauses"] for claim in clause["claims"]}
    steps = (*held["steps"], *held["unplaced"])
    claims = [claim for step in steps for claim in step["claims"] if claim["mode"] != "derived"]
    stated = {claim["id"]: claim["type"] for claim in claims}
    assert behind <= stated.keys()
    assert {stated[claim] for claim in stated.keys() - behind} <= {
        "INTENDED_FOR", "CONCERNS", "EXPRESSES", "CONSISTENT_WITH", "CONTRADICTS", "APPRAISED",
    }  # fmt: skip


def test_what_was_decided_before_it_was_introduced_is_said_to_have_been() -> None:
    """A report that is asked for to justify a decision did not lead to it."""
    decided = said("it", "INFLUENCED", "Two clinics", when="30 March 2011")
    words = told(by_hand(decided, said("Olive W.", "INTRODUCED", at="Group", when="10 May 2011")))
    assert "on 30 March 2011, before this document was introduced" in words["outcome"]
    for when in ("30 March 2011", "March 2011", None):
        same_day = said("Olive W.", "INTRODUCED", at="Group", when=when) if when else said("Olive W.", "INTRODUCED")
        assert "before this document" not in told(by_hand(decided, same_day))["outcome"]
