"""Any valid small schema works from its YAML to the staging, without a database."""

from __future__ import annotations

from datetime import date
from pathlib import Path
from typing import Any

import yaml
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from journeys.model.identity import claim_id, node_id
from journeys.model.problems import Address, Problem
from journeys.model.records import Authority, Claim, Node, PropertyModels
from journeys.model.schema import Schema, load_schema
from journeys.model.schema_export import json_schema, reference_page
from journeys.staging.database import Staging

LABELS = st.sampled_from(["Person", "Paper", "Town", "Wish", "OldMap"])
TYPES = st.sampled_from(["MADE", "SAW", "SENT_OFF", "IS_LIKE", "KEPT"])
NAMES = st.sampled_from(["title", "colour", "how_many", "weight", "known", "happened", "parts"])
SAMPLES: dict[str, Any] = {"text": "words", "integer": 3, "number": 2.5, "boolean": True, "list": ["a", "b"]}
HERE = Address("a.csv", None, "line 2")


@st.composite
def properties(draw: st.DrawFn) -> dict[str, Any]:
    made: dict[str, Any] = {}
    for name in draw(st.lists(NAMES, unique=True, max_size=4)):
        kind = draw(st.sampled_from([*SAMPLES, "date", "choice"]))
        made[name] = (
            {"type": "text", "vocabulary": "mood", "open": draw(st.booleans())} if kind == "choice" else {"type": kind}
        )
    return made


@st.composite
def schemas(draw: st.DrawFn) -> dict[str, Any]:
    labels = draw(st.lists(LABELS, unique=True, min_size=1, max_size=4))
    nodes = {
        label: {
            "plural": f"{label}s",
            "description": "A thing",
            "display": "shown",
            "key": ["id"],
            "properties": {"shown": {"type": "text", "required": draw(st.booleans())}, **draw(properties())},
        }
        for label in labels
    }
    ends = st.lists(st.sampled_from(labels), unique=True, min_size=1) | st.just(["any"])
    claims = {
        claim_type: {
            "from": draw(ends),
            "to": draw(ends),
            "phrase": f"phrase {claim_type}",
            "passive": "passive",
            "polarity": draw(st.sampled_from([-1, 0, 1])),
            **draw(st.just({"asserted": False}) | st.fixed_dictionaries({"event": st.booleans()})),
            "properties": draw(properties()),
        }
        for claim_type in draw(st.lists(TYPES, unique=True, min_size=1, max_size=4))
    }
    shared = {"claim_properties": {"source": {"type": "text"}}, "node_properties": {"name": {"type": "text"}}}
    return {"version": 1, **shared, "nodes": nodes, "claims": claims}


def sample(schema: Schema, kind: str) -> dict[str, Any]:
    """A value for every property of a kind."""
    own = schema.nodes[kind].properties if kind in schema.nodes else schema.claims[kind].properties
    values: dict[str, Any] = {}
    for definition in own.values():
        if definition.type == "date":
            span = ("2011", date(2011, 1, 1), date(2011, 12, 31), "year", "14:30")
            values |= dict(zip(definition.stored_names, span, strict=True))
        else:
            values[definition.name] = "glad" if definition.vocabulary else SAMPLES[definition.type]
    return values


@settings(max_examples=60, suppress_health_check=[HealthCheck.function_scoped_fixture], deadline=None)
@given(schemas())
def test_a_schema_is_enough(tmp_path: Path, written: dict[str, Any]) -> None:
    (tmp_path / "graph.yaml").write_text(yaml.safe_dump(written, sort_keys=False), encoding="utf-8")
    vocabularies = {"mood": {"terms": {"glad": "Glad", "sad": "Sad"}}, "stage": {"terms": {"use": "Use"}}}
    (tmp_path / "vocabularies.yaml").write_text(yaml.safe_dump({"version": 1, "vocabularies": vocabularies}), "utf-8")
    schema = load_schema(tmp_path)

    models = PropertyModels(schema)
    for kind in (*schema.nodes, *schema.claims):
        assert models[kind].model_validate(sample(schema, kind)).model_dump(exclude_none=True) == sample(schema, kind)
    assert set(json_schema(schema)["$defs"]) >= {*schema.nodes, *schema.claims}
    assert all(f"### {label}" in reference_page(schema) for label in schema.nodes)

    problems: list[Problem] = []
    with Staging(tmp_path / "staging.sqlite", schema, "s") as staging:
        ids = {label: node_id("s", kind, ["1"]) for label, kind in schema.nodes.items()}
        for label, identity in ids.items():
            staging.add_node(Node(label, identity, sample(schema, label), HERE, Authority.TABLE))
        expected = set()
        for kind in schema.claims.values():
            start, end = schema.labels(kind.from_labels)[0], schema.labels(kind.to_labels)[-1]
            assert kind in schema.claims_between(start, end)
            said = sample(schema, kind.name)
            identity = claim_id(schema, kind.name, ids[start], ids[end], said)
            staging.add_claim(Claim(identity, kind.name, start, ids[start], end, ids[end], said, HERE))
            expected.add((kind.name, identity))
        totals = staging.finish(problems.append)
        assert problems == []
        assert (totals.nodes, totals.claims) == (len(schema.nodes), len(schema.claims))
        assert {(group.type, claim.id) for group in staging.groups() for claim in staging.claims(group)} == expected
        for label in schema.nodes:
            (node,) = staging.nodes(label)
            assert node.properties.items() >= sample(schema, label).items()
