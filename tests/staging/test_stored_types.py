"""Under which type a claim is stored, and what stands on every claim."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest

from journeys.model.definitions import ClaimKind
from journeys.model.schema import CLAIM_KIND, WITHDRAWN, load_schema
from journeys.model.stored_types import kind_stored, negated_type, properties_stored, stored_type, stored_types
from journeys.staging.database import Staging
from tests.staging.test_database import D1, JUNE, SCHEMA, SS, all_claims, claim, node, people_and_papers

ALWAYS = {"mode": "not_stated", "confidence": "not_stated", "scope": "not_stated", "status": "stated"}


@pytest.fixture
def staging(tmp_path: Path) -> Iterator[Staging]:
    with Staging(tmp_path / "staging.sqlite", SCHEMA, "s") as made:
        people_and_papers(made)
        made.add_node(node("DataSource", "i1", kind="interview", description="Interview with the analyst"))
        yield made


@pytest.mark.parametrize("kind", SCHEMA.claims.values(), ids=lambda kind: kind.name)
def test_every_type_leads_back_to_its_kind(kind: ClaimKind) -> None:
    for said in ({}, {"negated": True}, {"status": "withdrawn"}, {"negated": True, "status": "withdrawn"}):
        type_ = stored_type(kind, said)
        assert type_ in stored_types(SCHEMA, [kind])
        assert kind_stored(SCHEMA, type_, {CLAIM_KIND: kind.name} if type_ == WITHDRAWN else {}) is kind
        assert (type_ == kind.name) == (not said or not kind.asserted)
        assert set(SCHEMA.properties_of_claim(kind.name)) <= set(properties_stored(SCHEMA, type_))


def test_structure_has_no_twin_and_another_programs_type_no_kind() -> None:
    structure = [kind for kind in SCHEMA.claims.values() if not kind.asserted]
    assert set(stored_types(SCHEMA, structure)) == {kind.name for kind in structure}
    assert negated_type(SCHEMA.claims["USED"]) == "NOT_USED"
    assert kind_stored(SCHEMA, "KNOWS", {}) is None
    assert kind_stored(SCHEMA, WITHDRAWN, {}) is None
    with pytest.raises(KeyError):
        properties_stored(SCHEMA, "KNOWS")


def test_what_nobody_said_is_noted_as_such(staging: Staging) -> None:
    staging.add_claim(claim("INTRODUCED", SS, D1, mode="verbatim"))
    staging.add_claim(claim("SENT_TO", D1, SS, negated=True, scope="general"))
    staging.finish(print)
    found = all_claims(staging)
    assert set(found) == {"INTRODUCED", "NOT_SENT_TO"}
    (introduced,), (sent,) = found["INTRODUCED"], found["NOT_SENT_TO"]
    assert {name: introduced[name] for name in ALWAYS} == {**ALWAYS, "mode": "verbatim"}
    assert {name: sent[name] for name in ALWAYS} == {**ALWAYS, "scope": "general"}


def test_a_withdrawn_claim_keeps_its_kind_and_leads_nowhere(staging: Staging) -> None:
    staging.add_claim(claim("INTRODUCED", SS, D1, at_meeting=JUNE, status="withdrawn"))
    staging.add_claim(claim("USED", SS, D1, at_meeting=JUNE, negated=True, status="withdrawn"))
    staging.finish(print)
    found = all_claims(staging)
    assert set(found) == {"WITHDRAWN"}
    assert {(one["claim_kind"], one.get("negated")) for one in found["WITHDRAWN"]} == {
        ("INTRODUCED", None),
        ("USED", True),
    }


def test_a_claim_has_the_names_of_its_source_and_its_meeting(staging: Staging) -> None:
    staging.add_claim(claim("INTRODUCED", SS, D1, at_meeting=JUNE, source="s:data_source:i1"))
    staging.finish(print)
    found = all_claims(staging)
    (introduced,), (tabled,) = found["INTRODUCED"], found["TABLED_AT"]
    assert (introduced["source_title"], introduced["meeting_title"]) == ("Interview with the analyst", "June")
    assert (tabled.get("source_title"), tabled["meeting_title"]) == (None, "June")
    assert {name: tabled[name] for name in ALWAYS} == {**ALWAYS, "mode": "derived"}


def test_an_aspect_is_stored_as_it_is_compared(staging: Staging) -> None:
    for number, aspect in enumerate(("Co\u00fbts \u2013  annuels", "couts - annuels", "\u200b")):
        staging.add_claim(claim("CONTESTED", SS, D1, aspect=aspect, quote=str(number)))
    staging.add_claim(claim("CONTESTED", SS, D1))
    staging.add_claim(claim("APPRAISED", SS, D1, criterion="Quality"))
    staging.finish(print)
    found = all_claims(staging)
    assert sorted(one.get("aspect_key", "") for one in found["CONTESTED"]) == ["", "", *2 * ["couts - annuels"]]
    assert [one["aspect_key"] for one in found["APPRAISED"]] == ["quality"]


def test_a_property_of_a_node_has_no_default_and_a_default_is_a_term(tmp_path: Path) -> None:
    schema = load_schema()
    mode = schema.claim_properties["mode"]
    assert schema.claim_defaults("USED") == ALWAYS
    assert schema.claim_defaults("IN_CASE") == {}
    wrong = replace(
        schema, claim_properties={**schema.claim_properties, "mode": mode.model_copy(update={"default": None})}
    )
    assert "mode" not in wrong.claim_defaults("USED")
