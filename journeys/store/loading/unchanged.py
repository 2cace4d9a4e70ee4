"""A load of files that did not change since they were last read: nothing is read, and nothing written but the run."""

from __future__ import annotations

from collections import defaultdict
from pathlib import Path

from journeys.model.progress import Progress
from journeys.model.schema import Schema
from journeys.model.stored_types import stored_types
from journeys.staging.digest import GraphDigest, digest_of
from journeys.store.connection import Store
from journeys.store.cypher_templates import statement
from journeys.store.errors import QueryError
from journeys.store.loading.changes import Tally
from journeys.store.loading.load import LoadOutcome, LoadRequest
from journeys.store.loading.load_runs import finish_run, start_run
from journeys.store.loading.lock import hold_study
from journeys.store.other_versions import refuse_newer
from journeys.store.shape import last_writer


def load_unchanged(
    store: Store, schema: Schema, request: LoadRequest, expected: GraphDigest, work: Path, progress: Progress
) -> LoadOutcome | None:
    """Note a load that changes nothing, if the store holds just what is ``expected``; None, with nothing done, if not.

    Raises StoreBusy while another load of the study runs, and NewerStore.
    """
    with hold_study(store, schema, request.study, request.who, work):
        progress.stage("comparing with the store", len(schema.nodes))
        writer = last_writer(store, schema, request.study)
        refuse_newer(store, writer)
        if writer is None or writer.is_newer or writer.is_older or writer.is_outdated:
            return None  # the load that compares row by row says so, and knows what the other version wrote
        try:
            if held(store, schema, request.study, progress) != expected:
                return None
        except QueryError:
            return None  # the load that compares row by row says what is wrong with the store
        nodes, claims = (
            Tally(0, 0, 0, 0, sum(number for name, (number, _) in expected.items() if (name in schema.nodes) is node))
            for node in (True, False)
        )
        if request.dry_run:
            return LoadOutcome(None, nodes, claims, store.engine, store.where)
        store.expect_changes()
        run = start_run(store, schema, request.study, request.by, request.files)
        finish_run(store, schema, run, nodes, claims)
        store.note_contents()
        return LoadOutcome(run, nodes, claims, store.engine, store.where)


def held(store: Store, schema: Schema, study: str, progress: Progress) -> GraphDigest:
    """The digest of what the store holds of a study: of its nodes, and of relationships of our types.

    Raises QueryError for a store that cannot be read.
    """
    ours = frozenset(stored_types(schema))
    found: dict[str, tuple[int, str]] = {}
    numbers, hashes = defaultdict[str, int](int), defaultdict[str, list[str]](list)
    for label in schema.nodes:
        progress.advance()
        (row,) = store.read(statement(schema, "nodes_held", label=label), {"study": study})
        if not row["number"]:
            continue
        found[label] = row["number"], digest_of(row["hashes"])
        for row in store.read(statement(schema, "claims_held", label=label), {"study": study}):
            if row["type"] in ours:
                numbers[row["type"]] += row["number"]
                hashes[row["type"]] += row["hashes"]
    return found | {type_: (number, digest_of(hashes[type_])) for type_, number in numbers.items()}
