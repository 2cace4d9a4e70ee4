"""Provenance as PROV-JSON: what it holds, read by the library of the W3C's model, and what its constraints forbid."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import networkx as nx
import pytest
from prov.model import ProvDocument

from journeys.exchange.prov import prov_json
from journeys.model.schema import load_schema

D07 = "ejstudy:demo%3Adocument%3Anorth.diabetes.D07"


@pytest.fixture(scope="module")
def written(opened_demo: Any, tmp_path_factory: pytest.TempPathFactory) -> dict[str, Path]:
    folder = tmp_path_factory.mktemp("prov")
    made = opened_demo.export_provenance(None, folder / "all.json")
    assert made.said[0].endswith("that no source claims, such as codes of passages and sites of meetings.")
    opened_demo.export_provenance("D07", folder / "d07.json")
    return {"all": folder / "all.json", "D07": folder / "d07.json"}


def read(path: Path) -> ProvDocument:
    return ProvDocument.deserialize(path, format="json")


def content(path: Path) -> dict[str, dict[str, Any]]:
    return json.loads(path.read_text(encoding="utf-8"))


def test_it_is_read_as_what_was_written(written: dict[str, Path]) -> None:
    for path in written.values():
        document = read(path)
        assert ProvDocument.deserialize(content=document.serialize(format="json"), format="json") == document


def test_each_claim_is_there_once_with_its_quote_and_place(written: dict[str, Path], opened_demo: Any) -> None:
    held = content(written["all"])["entity"]
    claims = {name: entity for name, entity in held.items() if name.startswith("ejclaim:")}
    query = (
        "MATCH ({study: $study})-[r]->() WHERE r.mode IS NOT NULL RETURN r.id AS id, r.quote AS quote, r.cell AS cell"
    )
    rows = opened_demo.cypher(query, row_limit=None).rows
    assert {name.replace("ejclaim:", "claim:") for name in claims} == {row[0] for row in rows}
    assert len(rows) > 300
    for identity, quote, cell in rows:
        entity = claims[f"ejclaim:{identity.removeprefix('claim:')}"]
        assert (entity.get("prov:value"), entity.get("ejschema:cell")) == (quote, cell)


def test_nothing_is_both_a_thing_and_an_activity(written: dict[str, Path]) -> None:
    # PROV-CONSTRAINTS 55: entities and activities are disjoint; 50: what a relation names must be of its kind.
    held = content(written["all"])
    kinds = {kind: set(held[kind]) for kind in ("entity", "activity", "agent")}
    assert not kinds["entity"] & kinds["activity"]
    assert not kinds["agent"] & kinds["activity"]
    ends = {
        "wasDerivedFrom": (("prov:generatedEntity", "entity"), ("prov:usedEntity", "entity")),
        "wasAttributedTo": (("prov:entity", "entity"), ("prov:agent", "agent")),
        "wasAssociatedWith": (("prov:activity", "activity"), ("prov:agent", "agent")),
        "used": (("prov:activity", "activity"), ("prov:entity", "entity")),
    }
    for relation, named in ends.items():
        assert held[relation]
        for each in held[relation].values():
            for end, kind in named:
                assert each[end] in kinds[kind], (relation, each)
    known = set().union(*kinds.values())
    for each in held["wasInfluencedBy"].values():
        assert {each["prov:influencee"], each["prov:influencer"]} <= known


def test_of_one_document_only_its_claims(written: dict[str, Path]) -> None:
    held = content(written["D07"])
    assert held["entity"][D07]["prov:label"] == "Diabetes health needs assessment"
    for name, entity in held["entity"].items():
        if name.startswith("ejclaim:"):
            assert D07 in (entity["ejschema:from"]["$"], entity["ejschema:to"]["$"])
    made = {each["prov:agent"] for each in held["wasAttributedTo"].values() if each["prov:entity"] == D07}
    assert {held["agent"][agent]["prov:label"] for agent in made} == {"Ann N.", "Dr G. P."}


def claim(kind: str, **more: Any) -> dict[str, Any]:
    return {"type": kind, "asserted": True, "mode": "reported", **more}


def test_what_did_not_happen_is_a_claim_and_no_more() -> None:
    graph: nx.MultiDiGraph[str] = nx.MultiDiGraph()
    graph.add_node("s:actor:a", label="Actor", name="Ann\ud800")
    graph.add_node("s:document:d", label="Document", name="A (draft) – 'é'")
    graph.add_edge("s:actor:a", "s:document:d", "claim:1", **claim("AUTHORED", negated=True, quote="Not hers."))
    graph.add_edge("s:actor:a", "s:document:d", "claim:2", **claim("SUPPORTED", status="withdrawn"))
    held = json.loads(prov_json(graph, load_schema())[0])
    assert set(held) == {"prefix", "entity", "agent"}
    assert held["agent"]["ejstudy:s%3Aactor%3Aa"]["prov:label"] == "Ann\ufffd"
    graph.add_edge("s:actor:a", "s:document:d", "claim:3", **claim("AUTHORED"))
    graph.add_edge("s:actor:a", "s:document:d", "claim:4", **claim("CONTESTED"))
    held = json.loads(prov_json(graph, load_schema())[0])
    assert [each["prov:agent"] for each in held["wasAttributedTo"].values()] == ["ejstudy:s%3Aactor%3Aa"]
    assert list(held["activity"]) == ["ejdone:4"]


def test_the_public_profile_holds_no_words(opened_demo: Any, tmp_path: Path) -> None:
    opened_demo.export_provenance("D07", tmp_path / "x.json", profile="public")
    assert "prov:value" not in (tmp_path / "x.json").read_text(encoding="utf-8")
