"""The full-text indexes over the words of passages, of everything that has a name, and of claims.

A Neo4j server has all three. The embedded engine has that of passages: it would need an index for each kind of claim,
256 kB each and never safe from a kill while it is made, and reads names and claims one after another instead.
"""

from __future__ import annotations

from journeys.model.schema import Schema
from journeys.model.search_text import SEARCH_WORDS
from journeys.model.stored_types import stored_types
from journeys.store.embedded.engine import full_text_index
from journeys.store.embedded.paths import SEARCHED

PASSAGE = SEARCHED[0]
"""The label of passages."""
PASSAGES, NAMES, CLAIMS = "journeys_passages", "journeys_names", "journeys_claims"
"""The names of the indexes on a Neo4j server."""

# The words are folded already, and parted by spaces.
_OPTIONS = "OPTIONS {indexConfig: {`fulltext.analyzer`: 'whitespace'}}"


def server_indexes(schema: Schema) -> list[str]:
    """The statements that make the indexes on a Neo4j server."""
    named = "|".join(label for label in schema.nodes if label != PASSAGE)
    claims = "|".join(stored_types(schema, (kind for kind in schema.claims.values() if kind.asserted)))
    return [
        f"CREATE FULLTEXT INDEX {name} IF NOT EXISTS FOR {what} ON EACH [{held}.{SEARCH_WORDS}] {_OPTIONS}"
        for name, what, held in (
            (PASSAGES, f"(n:{PASSAGE})", "n"),
            (NAMES, f"(n:{named})", "n"),
            (CLAIMS, f"()-[r:{claims}]-()", "r"),
        )
    ]


def passages_index(engine: str) -> str:
    """The name of the index of passages, as an engine has it."""
    return PASSAGES if engine == "neo4j" else full_text_index(*SEARCHED)
