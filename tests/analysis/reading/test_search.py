"""Searching the demonstration study: the hits are those whose texts have the words, on every engine the same."""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

import journeys
from journeys.analysis.reading.candidates import Candidates, as_query
from journeys.model.problems import UsageProblem
from journeys.store.resolve import UnknownReference


@pytest.fixture(scope="module")
def study(demo_study: Any) -> Iterator[journeys.Study]:
    opened = journeys.open(Path(demo_study("embedded").folder))
    with opened.store():
        yield opened


def by_hand(study: journeys.Study, label: str, *names: str) -> dict[str, str]:
    """The texts of nodes by id, as a plain query gives them."""
    texts = " + ' | ' + ".join(f"coalesce(n.{name}, '')" for name in names)
    return dict(study.cypher(f"MATCH (n:{label} {{study: $study}}) RETURN n.id, {texts}", row_limit=None).rows)


@pytest.mark.parametrize("word", ["testimony", "the", "buses", "data", "2010"])
def test_every_passage_with_the_word_is_found_and_no_other(study: journeys.Study, word: str) -> None:
    texts = by_hand(study, "Extract", "text", "speaker", "locator")
    parts = dict(study.cypher("MATCH (n:Extract {study: $study}) RETURN n.id, n.passage", row_limit=None).rows)
    goes_on = "" if word.isdigit() else r"[^\W_]*"
    for asked, end in ((word, goes_on), (f'"{word}"', "")):
        pattern = re.compile(rf"(?<![^\W_]){word}{end}(?![^\W_])", re.I)
        having = {id_ for id_, text in texts.items() if pattern.search(text)}
        assert having
        found = [
            hit for kind in ("answer", "passage") for hit in study.search(asked, choice={"kind": kind}, most=999).hits
        ]
        # a part of a note that is found whole is not listed again
        assert {hit.id for hit in found} == {id_ for id_ in having if parts[id_] not in having}


def test_whole_words_come_before_longer_ones(study: journeys.Study) -> None:
    hits = [hit for hit in study.search("clinic", most=999).hits if hit.kind in ("answer", "passage", "claim")]
    whole = [bool(re.search(r"(?<![^\W_])clinic(?![^\W_])", hit.text, re.I)) for hit in hits]
    assert whole == sorted(whole, reverse=True)
    assert len(set(whole)) == 2


def test_quotations_and_details_of_claims_are_found_with_their_cell(study: journeys.Study) -> None:
    result = study.search('"two buses"', choice={"kind": "claim"})
    assert {(hit.title, hit.field, str(hit.address)) for hit in result.hits} == {
        ("Mina V. supported Diabetes health needs assessment", "quote", "forms/INVENTED D07.xlsx > Who did what > A11"),
        (
            "Mina V. holds Late presentation comes from how far the clinics are",
            "problem_definition",
            "forms/INVENTED obs-R1.docx > Who did what > table 15, row 8",
        ),
    }
    assert [hit.snippet for hit in result.hits if hit.field == "quote"] == ["At least people will not need two buses."]
    assert ("two buses", True) in result.hits[0].segments


def test_a_phrase_must_stand_together_and_words_need_not(study: journeys.Study) -> None:
    assert study.search("buses two").total == study.search("two buses").total > 0
    assert study.search('"buses two"').total == 0
    alone = {word: study.search(f'"{word}"').total for word in ("buses", "two")}
    assert study.search('"buses two"').alone == alone


def test_a_name_comes_before_passages_that_have_it(study: journeys.Study) -> None:
    assert [hit.kind for hit in study.search("Mina").hits][:1] == ["person or group"]
    assert study.search("d07 -").hits[0].title == "Diabetes health needs assessment"
    document = [hit for hit in study.search('"diabetes health needs assessment"').hits if hit.kind == "document"]
    assert [hit.sources for hit in document] == [()]


@pytest.mark.parametrize(
    ("asked", "as_if"),
    [
        ("a\\", "a"),
        ("+buses", "buses"),
        ("-buses", "buses"),
        ("buses:", "buses"),
        ("(buses", "buses"),
        ("^buses [", "buses"),
        ("/buses/ AND", "buses and"),
        ("buses~2", '"buses 2"'),
        ("buses*", "buses"),
        ('buses "', "buses"),
    ],
)
def test_no_sign_means_anything_to_the_index(study: journeys.Study, asked: str, as_if: str) -> None:
    assert [hit.id for hit in study.search(asked).hits] == [hit.id for hit in study.search(as_if).hits]


def test_there_must_be_a_word(study: journeys.Study) -> None:
    for asked in ('"', "*:*", "", "?!"):
        with pytest.raises(UsageProblem, match="There is no word to search for"):
            study.search(asked)


def test_narrowed_by_site_case_mode_scope_and_kind(study: journeys.Study) -> None:
    every = study.search("the", most=999)
    sites = {name: study.search("the", choice={"site": name}, most=999) for name in ("Northtown", "Easthaven")}
    assert all(0 < found.total < every.total for found in sites.values())
    ids = [{hit.id for hit in found.hits} for found in sites.values()]
    assert not ids[0] & ids[1]
    files = {str(hit.address.file) for hit in sites["Northtown"].hits}
    assert "forms/INVENTED D07.xlsx" in files
    assert "forms/INVENTED D21.xlsx" not in files
    for mode in ("verbatim", "interpretive"):
        assert {hit.mode for hit in study.search("the", choice={"mode": mode}, most=999).hits} == {mode}
    assert {hit.scope for hit in study.search("the", choice={"scope": "General"}, most=999).hits} <= {"general", "both"}
    assert {hit.kind for hit in study.search("the", choice={"kind": "answers"}, most=999).hits} == {"answer"}
    with pytest.raises(UnknownReference):
        study.search("the", choice={"site": "Nowhere"})
    with pytest.raises(UsageProblem, match="is not a kind of hit"):
        study.search("the", choice={"kind": "nonsense"})


@pytest.mark.parametrize(
    "asked",
    ["testimony", '"testimony"', "the", "clinic", "clinic*", '"two buses"', "women's", "2011", "the two", "of a* the"],
)
def test_an_index_finds_what_reading_finds(study: journeys.Study, monkeypatch: pytest.MonkeyPatch, asked: str) -> None:
    ways = []
    for looked_up in (lambda each: each._terms, lambda each: each._terms[-1:], lambda _: []):
        monkeypatch.setattr(Candidates, "_looked_up", looked_up)
        ways.append([hit.as_dict() for hit in study.search(asked, most=999).hits])
    assert ways[0]
    assert ways[0] == ways[1] == ways[2]


def test_a_word_that_few_passages_have_is_looked_up_in_the_index(
    study: journeys.Study, monkeypatch: pytest.MonkeyPatch
) -> None:
    asked: list[str] = []
    looked_up = Candidates._looked_up

    def noted(self: Candidates) -> Any:
        terms = looked_up(self)
        asked.append(as_query(terms))
        return terms

    monkeypatch.setattr(Candidates, "_looked_up", noted)
    assert study.search("testimony").total == 8
    study.search("the")
    study.search("the testimony")
    study.search('"two buses" th*')
    assert asked == ["+testimony*", "", "+testimony*", "+buses"]


def test_every_engine_finds_the_same(demo: Any, study: journeys.Study, monkeypatch: pytest.MonkeyPatch) -> None:
    for name, value in demo.env.items():
        monkeypatch.setenv(name, value)
    there = journeys.open(Path(demo.folder))
    with there.store():
        for asked in ("testimony", '"the"', "clinic", "clinic*", '"two buses"', "Café", "women's", "not and or", "6.7"):
            here = study.search(asked, most=999)
            found = there.search(asked, most=999)
            assert [hit.as_dict() for hit in found.hits] == [hit.as_dict() for hit in here.hits], asked


def test_a_result_says_briefly_what_it_is(study: journeys.Study) -> None:
    result = study.search("buses", most=2)
    assert repr(result) == f"<SearchResult for 'buses': {result.total} hits, 2 read>"
    assert len(repr(result.hits[0])) < 110
