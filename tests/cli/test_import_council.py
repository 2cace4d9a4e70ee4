"""Council data of four formats, all invented, from the file to claims: what is a vote for a paper, and what is not."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest

from tests.commands import RunCli

VOTES = [
    {"VoteId": 1, "VotePersonName": "Ann A.", "VoteValueName": "Yea"},
    {"VoteId": 2, "VotePersonName": "Bob B.", "VoteValueName": "Nay"},
    {"VoteId": 3, "VotePersonName": "Cyd C.", "VoteValueName": "Recused"},
    {"VoteId": 4, "VotePersonName": "Dee D.", "VoteValueName": "Abstain"},
    {"VoteId": 5, "VotePersonName": "Eve E.", "VoteValueName": "Absent"},
]


def _item(number: int, title: str, action: str | None, **more: Any) -> dict[str, Any]:
    return {
        "EventItemId": number,
        "EventItemTitle": title,
        "EventItemActionName": action,
        "EventItemMatterFile": None,
        "EventItemMatterName": None,
        "EventItemMatterType": None,
        "EventItemMover": None,
        "EventItemSeconder": None,
        **more,
    }


LEGISTAR = [
    {
        "EventId": 501,
        "EventBodyName": "Invented Council",
        "EventDate": "2026-01-05T00:00:00",
        "EventLocation": "Town hall",
        "EventItems": [
            _item(
                1,
                "Roll call",
                None,
                EventItemRollCalls=[
                    {"RollCallPersonName": "Ann A.", "RollCallValueName": "Present"},
                    {"RollCallPersonName": "Bob B.", "RollCallValueName": "Absent"},
                ],
            ),
            _item(
                2,
                "An ordinance",
                "Adopted as amended",
                EventItemMatterFile="26-001",
                EventItemMatterName="Two clinics",
                EventItemMatterType="Ordinance",
                EventItemMover="Ann A.",
                EventItemVotes=VOTES,
            ),
            _item(3, "A permit", "Denied", EventItemMatterFile="26-002", EventItemVotes=VOTES),
        ],
    }
]
POPOLO = {
    "persons": [{"id": "p1", "name": "Ann A."}, {"id": "p2", "name": "Bob B."}],
    "organizations": [
        {"id": "o1", "name": "Invented Council", "classification": "legislature"},
        {"id": "o2", "name": "Green Party", "classification": "party"},
    ],
    "memberships": [
        {"person_id": "p1", "organization_id": "o1", "role": "chair", "start_date": "2025-01-01"},
        {"person_id": "p1", "organization_id": "o2"},
        {"person_id": "p2", "organization_id": "o1", "on_behalf_of_id": "o2"},
    ],
    "motions": [
        {
            "id": "m1",
            "text": "That two clinics be opened",
            "date": "2026-01-05",
            "creator_id": "p1",
            "vote_events": [{"votes": [{"voter_id": "p1", "option": "yes"}, {"voter_id": "p2", "option": "no"}]}],
        }
    ],
    "vote_events": [
        {
            "start_date": "2026-02-02",
            "motion": {"text": "That one clinic be closed"},
            "votes": [{"voter_id": "p2", "option": "yes"}, {"voter": {"name": "Cyd C."}, "option": "abstain"}],
        }
    ],
}
OCD = {
    "results": [
        {
            "identifier": "HB 1",
            "title": "Two clinics",
            "classification": ["bill"],
            "sponsorships": [
                {"name": "Ann A.", "primary": True, "classification": "primary"},
                {"name": "Dee D.", "primary": False, "classification": "cosponsor"},
            ],
            "votes": [
                {
                    "motion_text": "Third reading",
                    "motion_classification": ["passage"],
                    "start_date": "2026-01-05",
                    "organization": {"name": "Invented House"},
                    "votes": [{"option": "yes", "voter_name": "Ann A."}, {"option": "no", "voter_name": "Bob B."}],
                },
                {
                    "motion_text": "To table",
                    "motion_classification": [],
                    "start_date": "2026-01-04",
                    "organization": {"name": "Invented House"},
                    "votes": [{"option": "yes", "voter_name": "Cyd C."}],
                },
            ],
        }
    ],
    "pagination": {"page": 1},
}
OPENCOUNCIL = {
    "id": "jan5_2026",
    "name": "Δημοτικό Συμβούλιο",
    "dateTime": "2026-01-05T17:00:00.000Z",
    "cityId": "invented",
    "administrativeBody": {"name": "Επινοημένο Συμβούλιο"},
    "subjects": [
        {
            "id": "s1",
            "name": "Δύο ιατρεία",
            "description": "Invented.",
            "introducedBy": {"id": "x", "name": "Άννα Α."},
            "votes": [{"person": {"name": "Άννα Α."}, "voteType": "FOR"}],
        }
    ],
}
EXPECTED = {
    "legistar": {
        "Ann A.,SUPPORTED,Two clinics,2026-01-05",
        "Bob B.,CONTESTED,Two clinics,2026-01-05",
        "Cyd C.,RECUSED_FROM,Two clinics,2026-01-05",
        "Dee D.,ABSTAINED_ON,Two clinics,2026-01-05",
        "Ann A.,ATTENDED,Invented Council 2026-01-05,2026-01-05",
    },
    "popolo": {
        "Ann A.,SUPPORTED,That two clinics be opened,2026-01-05",
        "Bob B.,CONTESTED,That two clinics be opened,2026-01-05",
        "Ann A.,INTRODUCED,That two clinics be opened,2026-01-05",
        "Ann A.,MEMBER_OF,Invented Council,2025-01-01",
        "Ann A.,MEMBER_OF,Green Party,",
        "Bob B.,MEMBER_OF,Invented Council,",
        "Bob B.,MEMBER_OF,Green Party,",
        "Bob B.,SUPPORTED,That one clinic be closed,2026-02-02",
        "Cyd C.,ABSTAINED_ON,That one clinic be closed,2026-02-02",
    },
    "ocd": {
        "Ann A.,INTRODUCED,Two clinics,",
        "Dee D.,SUPPORTED,Two clinics,",
        "Ann A.,SUPPORTED,Two clinics,2026-01-05",
        "Bob B.,CONTESTED,Two clinics,2026-01-05",
    },
    "opencouncil": {
        "Άννα Α.,INTRODUCED,Δύο ιατρεία,2026-01-05",
        "Άννα Α.,SUPPORTED,Δύο ιατρεία,2026-01-05",
    },
}
FILES = {"legistar": LEGISTAR, "popolo": POPOLO, "ocd": OCD, "opencouncil": OPENCOUNCIL}


@pytest.mark.parametrize("format_", FILES)
def test_council_data_become_claims(run_cli: RunCli, tmp_path: Path, format_: str) -> None:
    """What is said of papers is claimed; a vote on a motion to deny or to table supports nothing, and is counted."""
    (tmp_path / "council.json").write_text(json.dumps(FILES[format_]), encoding="utf-8")
    study = tmp_path / "study"
    assert run_cli("new", study, "--registers", "yaml").code == 0
    made = run_cli("import", format_, tmp_path / "council.json", cwd=study)
    assert made.code == 0, made.stderr
    assert "tables/council.json.map.yaml" in made.stderr
    checked = run_cli("check", cwd=study)
    assert "0 problems and 0 warnings" in checked.stdout, checked.stdout
    if format_ == "legistar":
        assert "the `where` of EventItemActionName does not match" in " ".join(checked.stdout.split())
    assert run_cli("load", cwd=study).code == 0
    query = (
        "MATCH (a:Actor)-[r]->(b) RETURN a.pseudonym AS who, type(r) AS did, coalesce(b.title, b.name, b.pseudonym) AS "
        "what, r.date_from AS day"
    )
    said = run_cli("cypher", query, "--format", "csv", cwd=study).stdout.splitlines()[1:]
    assert set(said) == EXPECTED[format_]
    again = run_cli("import", format_, tmp_path / "council.json", cwd=study)
    assert "kept as it is" in again.stderr


def test_what_is_no_council_data_says_what_is_needed(run_cli: RunCli, tmp_path: Path) -> None:
    study = tmp_path / "study"
    assert run_cli("new", study, "--registers", "yaml").code == 0
    (tmp_path / "votes.json").write_text(json.dumps(VOTES), encoding="utf-8")
    refused = run_cli("import", "legistar", tmp_path / "votes.json", cwd=study)
    assert refused.code == 1
    assert "VoteId" in refused.stderr
    assert "EventItems=1" in refused.stderr
    (tmp_path / "broken.json").write_text('[{"EventId": 1,', encoding="utf-8")
    assert run_cli("import", "legistar", tmp_path / "broken.json", cwd=study).code == 1
    assert not (study / "tables" / "votes.json").exists()
