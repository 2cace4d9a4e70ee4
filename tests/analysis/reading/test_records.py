"""Records of the demonstration study: what the graph holds of a thing stands in its record, each piece once."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

import journeys
from journeys.analysis.reading.record import Entry, Record
from journeys.model.identity import short_id
from journeys.model.problems import UsageProblem
from journeys.store.resolve import AmbiguousReference, UnknownReference


@pytest.fixture(scope="module")
def study(demo_study: Any) -> Iterator[journeys.Study]:
    opened = journeys.open(Path(demo_study("embedded").folder))
    with opened.store():
        yield opened


def asked(study: journeys.Study, query: str, **given: Any) -> list[tuple[Any, ...]]:
    return [tuple(row) for row in study.cypher(query, given, row_limit=None).rows]


def ids(record: Record, *kinds: str) -> Counter[str]:
    return Counter(entry.id for entry in record.walk() if entry.id and (not kinds or entry.kind in kinds))


def entry_with(record: Record, heading: str) -> Entry:
    return next(entry for entry in record.walk() if entry.heading.startswith(heading))


SUBJECTS = {"document": "Document", "source": "DataSource", "meeting": "Meeting"}


@pytest.mark.parametrize("kind", SUBJECTS)
def test_every_passage_and_finding_about_a_thing_or_from_it_is_in_its_record(study: journeys.Study, kind: str) -> None:
    label = SUBJECTS[kind]
    things = asked(study, f"MATCH (n:{label} {{study: $study}}) RETURN n.id")
    assert len(things) > 10
    about = asked(study, f"MATCH (x)-[:ABOUT|FROM]->(n:{label} {{study: $study}}) RETURN n.id, x.id")
    wanted: dict[str, set[str]] = {}
    for thing, passage in about:
        wanted.setdefault(thing, set()).add(passage)
    for (thing,) in things[::2]:
        record = study.show(thing)
        assert record.subject.id == thing
        assert wanted.get(thing, set()) <= set(ids(record)), thing


def test_every_claim_that_a_form_states_is_in_the_record_of_its_document_once(study: journeys.Study) -> None:
    forms = asked(
        study,
        "MATCH (x:Extract {study: $study})-[:ABOUT]->(d:Document)"
        " WHERE x.instrument_field STARTS WITH 'document_extraction_template' RETURN DISTINCT x.file, d.id",
    )
    assert len(forms) == 10
    for file, document in forms:
        stated = asked(
            study,
            "MATCH (:Document|Actor|Arena|Organisation|Evidence|Action|Driver|Factor|CaseStudy|Understanding"
            " {study: $study})-[r]->() WHERE r.file = $file AND r.mode <> 'derived' AND r.source IS NOT NULL"
            " RETURN r.id, r.sheet, coalesce(r.cell, '')",
            file=file,
        )
        found = ids(study.show(document), "claim")
        in_header = {claim for claim, sheet, cell in stated if sheet == "Document" or "(header" in cell}
        assert {claim for claim, *_ in stated} - in_header <= set(found), file
        assert set(found.values()) <= {1}, file


def test_a_typed_row_stands_under_the_question_that_asks_for_its_kind(study: journeys.Study) -> None:
    record = study.show("D07")
    cited = entry_with(record, "What other documents, data, policy or sources are referenced")
    assert [entry.scope for entry in cited.entries if entry.kind == "answer"] == ["general", "ethnicity_specific"]
    assert [entry.status for entry in cited.entries if entry.kind == "answer"] == ["answered", "nothing_found"]
    rows = [entry.claim for entry in cited.entries if entry.claim]
    assert {row.kind.name for row in rows} == {"CITED"}
    assert [row.address.cell for row in rows] == ["A4", "A5", "A23"]

    introduced = entry_with(record, "Who introduced the document to the group?")
    # the answer names a person and two sources: the same claim by each of them
    assert {(entry.heading, entry.address.sheet) for entry in introduced.entries} == {
        ("Ann N. introduced Diabetes health needs assessment", "Journey")
    }
    assert {source.name for entry in introduced.entries for source in entry.sources} == {
        "Interview with the analyst",
        "Observation of the Redesign Group in April",
    }
    assert entry_with(record, "Is there a difference?").status == "not_asked"


def test_an_interview_its_passages_and_what_it_says_elsewhere(study: journeys.Study) -> None:
    record = study.show("int-AN")
    assert (record.kind, record.subject.label) == ("Source: interview", "DataSource")
    sections = {section.title: section for section in record.sections}
    assert [entry.place for entry in sections["Passages"].entries] == ["l. 40", "l. 88", "l. 120", "l. 125", "l. 131"]
    assert {entry.speaker for entry in sections["Passages"].entries} == {"Ann N."}
    assert {str(entry.address.file) for entry in sections["What it says in other forms"].entries} == {
        "forms/INVENTED D07.xlsx"
    }
    facts = {entry.heading: entry.text for entry in sections["Interview"].entries}
    assert facts["Who was interviewed"] == "Ann N."
    assert facts["Researchers (initials)"] == "XY"


def test_an_observation_sheet_with_its_notes_and_their_parts(study: journeys.Study) -> None:
    record = study.show("obs-R1")
    note = next(entry for entry in record.walk() if entry.text.startswith("MV asked where the testimony"))
    assert [(part.speaker, part.mode) for part in note.entries] == [
        ("MV", "paraphrase"),
        ("AN", "paraphrase"),
        ("MV", "paraphrase"),
        ("MV", "verbatim"),
        (None, "interpretive"),
    ]
    titles = [section.title for section in record.sections]
    assert titles[0] == "Phase 3: Observation Guide - 2"
    present = next(section for section in record.sections if section.title.startswith("People present"))
    assert {entry.claim.kind.name for entry in present.entries if entry.claim} == {"ATTENDED", "REPRESENTED"}
    effect = entry_with(record, "Did my presence make a difference?")
    assert effect.entries[0].text.startswith("MV turned to me")


def test_a_person_did_and_said_in_the_order_of_time(study: journeys.Study) -> None:
    record = study.show("MV")
    assert record.title == "Mina V."
    told = next(section for section in record.sections if section.title == "Did and said, by date")
    days = [group.when.date_from or group.when.date_to for group in told.entries if group.heading != "Undated"]
    assert days == sorted(days)
    spoken = asked(
        study, "MATCH (x:Extract {study: $study}) WHERE x.spoken_by = $who RETURN x.id", who=record.subject.id
    )
    did = asked(
        study,
        "MATCH (a:Actor {id: $who})-[r]->() WHERE r.mode <> 'derived' RETURN r.id",
        who=record.subject.id,
    )
    assert len(spoken) > 5
    assert {found for (found,) in (*spoken, *did)} <= set(ids(record))


def test_a_meeting_in_its_parts(study: journeys.Study) -> None:
    record = study.show("Redesign Group April 2011")
    sections = {section.title: section for section in record.sections}
    there = [entry.claim for entry in sections["Who was there"].entries if entry.claim]
    attended = {claim.start.name: claim.negated for claim in there if claim.kind.name == "ATTENDED"}
    assert attended["Mina V."] is False
    assert attended["Rui D."] is True
    assert [entry.heading for entry in sections["What was tabled"].entries] == ["Diabetes health needs assessment"]
    assert "Sam S. took away Cost two community clinics" in [
        entry.heading for entry in sections["What was decided and taken away"].entries
    ]
    assert ("journeys show", "obs-R1", "the observation sheet") in record.see


@pytest.mark.parametrize(
    "label", sorted({"Evidence", "Arena", "Organisation", "CaseStudy", "Site", "Action", "Driver"})
)
def test_every_other_kind_of_thing_has_a_record_with_its_claims(study: journeys.Study, label: str) -> None:
    for (thing,) in asked(study, f"MATCH (n:{label} {{study: $study}}) RETURN n.id")[::4]:
        record = study.show(thing)
        touching = asked(
            study, f"MATCH (:{label} {{id: $id}})-[r]-() WHERE r.mode <> 'derived' RETURN DISTINCT r.id", id=thing
        )
        assert {claim for (claim,) in touching} <= set(ids(record, "claim"))


def test_a_passage_is_shown_by_its_id(study: journeys.Study) -> None:
    ((passage, text),) = asked(study, "MATCH (x:Extract {study: $study}) RETURN x.id, x.text ORDER BY x.id LIMIT 1")
    record = study.show(passage)
    assert record.title == short_id(passage)
    assert [entry.text for entry in record.walk()] == [text]


def test_what_shares_a_name_is_offered_with_its_kind(study: journeys.Study) -> None:
    with pytest.raises(AmbiguousReference) as several:
        study.show("Redesign")
    assert "R1: Redesign Group April 2011 (meeting)" in str(several.value)
    # a document and the source that its form is go by one name, and are one thing to read
    assert study.show("Diabetes health needs assessment").subject.label == "Document"
    assert study.show("Diabetes health needs assessment", kind="source").subject.label == "DataSource"
    with pytest.raises(AmbiguousReference, match="or add --kind case, source, document"):
        study.show("No")


def test_what_is_not_there_is_said_with_the_nearest(study: journeys.Study) -> None:
    with pytest.raises(UnknownReference, match=r"Nothing in this study is called 'Mina W'\. Did you mean 'Mina V\.'"):
        study.show("Mina W")
    with pytest.raises(UsageProblem, match=r"'interveiw' is not a kind of thing\. Did you mean 'interview'"):
        study.show("int-AN", kind="interveiw")
    with pytest.raises(UnknownReference, match=r"Mina V\. is a person, .*`journeys show \"Mina V\.\"` shows what they"):
        study.trace("Mina V.")


def test_a_record_says_briefly_what_it_is(study: journeys.Study) -> None:
    record = study.show("D07")
    assert repr(record).startswith("<Record of Document 'D07  Diabetes health needs assessment': ")
    assert all(len(repr(entry)) < 80 for entry in record.walk())
