"""Which kinds of claim take a side follows from the schema, for every measure that counts sides."""

from __future__ import annotations

from journeys.analysis.actors.contacts import KNOWING
from journeys.analysis.actors.relations import REACTIONS, STANCES
from journeys.model.schema import load_schema


def test_every_kind_with_a_side_on_a_document_is_counted_as_one() -> None:
    schema = load_schema()
    sided = {name for name, kind in schema.claims.items() if kind.polarity and "Document" in kind.to_labels}
    assert {"CONTESTED", "SUPPORTED"} <= sided <= STANCES.keys()
    assert STANCES.keys() <= set(REACTIONS) & set(KNOWING)
    assert all(STANCES[name] == schema.claims[name].polarity for name in STANCES)
    # Somebody challenges a person, not a document: that is a relation of its own.
    assert "CHALLENGED" not in STANCES
