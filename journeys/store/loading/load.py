"""Bring a store up to date with what was read: write what is new or changed, remove what no file says any more.

The store is compared first, so a load writes only differences, and a load that was killed is completed by the next one.
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable, Iterator, Mapping
from contextlib import ExitStack
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any, TypeVar

from journeys.model.identity import short_id
from journeys.model.problems import JourneysError
from journeys.model.progress import NoProgress, Progress
from journeys.model.schema import Schema
from journeys.model.stored_types import stored_types
from journeys.staging.database import Group, StagedClaim, StagedNode, Staging
from journeys.store.connection import Store
from journeys.store.cypher_templates import claim_index, claim_uniqueness, constraints, statement
from journeys.store.errors import QueryError, StoreUnavailable
from journeys.store.full_text import PASSAGE, server_indexes
from journeys.store.loading.altered import altered_claims, altered_nodes
from journeys.store.loading.bulk_load import Filler
from journeys.store.loading.changes import CHANGED, DOUBLED, MOVED, NEW, RETYPED, Changes, GoneClaim, Tally
from journeys.store.loading.load_runs import finish_run, start_run
from journeys.store.loading.lock import hold_study
from journeys.store.other_versions import about_newer, about_older, refuse_newer
from journeys.store.overview import overview
from journeys.store.prefetch import prefetched
from journeys.store.shape import LastWriter, last_writer

# One statement is one transaction, which the server holds in memory. A few long texts weigh as much as thousands of
# short rows, so characters are limited too.
ROWS_AT_ONCE = 5_000
CHARACTERS_AT_ONCE = 4_000_000
FILL_FROM = 2_000
"""An empty embedded store is filled by the engine's batch path from this many nodes and claims on."""

# More than a day's corrections, fewer than the claims of a lost or renamed form. Both must be passed: 5 % of a small
# study is a few rows, and 20 claims of a large one are an ordinary change.
ALLOWED_SHARE, ALLOWED_NUMBER = 0.05, 20
_SHOWN = 30


class RemovalsRefused(JourneysError):
    """A load would remove so much that a person should look first."""


class LacksValues(Exception):
    """The staging lacks the values of something that is to be written. Nothing was written."""


@dataclass(frozen=True, slots=True)
class LoadOutcome:
    """What a load did, or with ``dry_run`` would do.

    ``where`` is the store in words, ``removed_copies`` how many nodes and relationships stood there beyond one for each
    node and claim,
    ``remade`` whether the embedded store was thrown away first because it did not hold what it should.
    """

    run: str | None
    nodes: Tally
    claims: Tally
    engine: str
    where: str
    rebuilt: bool = False
    """Whether an earlier version had filled the store, so that all of it is written again, whatever was asked for."""
    removed_copies: int = 0
    remade: bool = False
    warning: str = ""
    """What is to be said where another version of the program loaded the study last."""

    @property
    def matches(self) -> bool:
        """Whether the store held what the files say, each claim once."""
        return not (self.removed_copies or any(t.written or t.removed for t in (self.nodes, self.claims)))


@dataclass(frozen=True, slots=True)
class LoadRequest:
    """What to load: ``files`` (name -> sha-256) were read; ``scope`` are those whose word counts, None for all."""

    study: str
    files: Mapping[str, str]
    who: str
    """Who others on this machine, or on the server, are told has the study meanwhile."""
    scope: Collection[str] | None = None
    allow_removals: bool = False
    dry_run: bool = False
    values: bool = False
    """Whether every value is compared too, and not only what is there with which hash."""
    by: str = ""
    """The initials of the researcher who loads, as the graph keeps them; empty when they are not known."""


def load(
    store: Store,
    staging: Staging,
    schema: Schema,
    request: LoadRequest,
    work: Path,
    progress: Progress | None = None,
) -> LoadOutcome:
    """Make the store hold what the staging holds, within the request's scope.

    ``work`` is the study's work folder. Raises RemovalsRefused when more than 5 % and more than 20 of the store's nodes
    or claims would go and that is not allowed; StoreBusy while another load of the study runs; StoreUnavailable when
    the store is lost in the middle, after which the same load completes what is missing; LacksValues, before anything
    is written, for a staging that lacks values which are needed.
    """
    progress = progress or NoProgress()
    with ExitStack() as opened:
        opened.enter_context(hold_study(store, schema, request.study, request.who, work))
        before = last_writer(store, schema, request.study)
        first = store.engine == "embedded" and before is None and not request.dry_run
        filler = opened.enter_context(Filler(work, wanted=first and _number(staging) >= FILL_FROM))
        refuse_newer(store, before)
        rebuilt = before is not None and before.is_outdated
        request, warning = _beside_another_version(before, request)
        changes = Changes(staging, schema, request.study, None if rebuilt else request.scope)
        unreadable = _compare(changes, store, progress, every_row=request.values)
        copies = changes.surplus_nodes + changes.surplus_claims
        if staging.lacks_values and (rebuilt or unreadable or copies or changes.lacks_values()):
            raise LacksValues
        remade = store.engine == "embedded" and (copies > 0 or unreadable) and not request.dry_run
        # Another version may name things differently; what goes although no file changed went because of that.
        same_files = rebuilt and before is not None and before.knew_only(request.files)
        careful = not (request.allow_removals or same_files)
        if rebuilt and not unreadable and careful:
            _refuse_large_removals(changes, changes.tally("node"), changes.tally("claim"))
        # What an earlier version filled has no full-text index, which is made before there is anything in it.
        if remade or (store.engine == "embedded" and rebuilt and not request.dry_run):
            store.reset()
            changes = Changes(staging, schema, request.study, None)
            changes.compare(store, progress)
        elif request.values and not unreadable:
            for ids in altered_nodes(store, staging, schema, request.study, progress):
                changes.mark_altered("node", ids)
            for ids in altered_claims(store, staging, schema, request.study, progress):
                changes.mark_altered("claim", ids)
        nodes, claims = changes.tally("node"), changes.tally("claim")
        if careful:
            _refuse_large_removals(changes, nodes, claims)
        if request.dry_run:
            return LoadOutcome(None, nodes, claims, store.engine, store.where, rebuilt, copies, warning=warning)
        store.expect_changes()
        for made in constraints(schema, [label for label, _ in staging.labels()]):
            store.change_schema(made)
        beside = before.newest if before and before.is_newer and not (rebuilt or remade) else None
        run = start_run(store, schema, request.study, request.by, request.files, beside)
        writer = _Writer(store, schema, staging, changes, progress)
        writer.remove_copies(request.study)
        if store.engine == "neo4j":
            # Killed while it makes an index of claims, the embedded engine cannot remove those claims any more.
            make_claims_unique(store, schema, (group.type for group in staging.groups()))
        empty = store.engine == "embedded" and changes.present("node") == 0
        if empty and nodes.created + claims.created >= FILL_FROM:
            filler.fill(store, staging, schema, progress)
        else:
            make_searchable(store, schema, staging)
            writer.write()
        writer.remove()
        if nodes.written or nodes.removed or claims.written or claims.removed or copies:
            _read_back(store, schema, request.study, changes, claims)
        finish_run(store, schema, run, nodes, claims)
        store.note_contents()
        return LoadOutcome(run, nodes, claims, store.engine, store.where, rebuilt, copies, remade, warning)


def _beside_another_version(writer: LastWriter | None, request: LoadRequest) -> tuple[LoadRequest, str]:
    """What to load where another version loaded the study last, and what to say of it.

    Two versions may write the same file in two ways, and would write each other's claims again without end. So an older
    one leaves alone what a newer one wrote, however often it loads.
    """
    if writer is None or writer.version is None or not (writer.is_newer or writer.is_older):
        return request, ""
    if writer.newest is None or not writer.is_newer:
        return request, about_older(writer.version)
    return replace(request, scope=writer.touched(request.files, request.scope)), about_newer(writer.newest)


def _compare(changes: Changes, store: Store, progress: Progress, *, every_row: bool) -> bool:
    """Compare the staging with the store; returns whether an embedded store could not be read to its end.

    Raises QueryError for a server that refuses the comparison.
    """
    try:
        changes.compare(store, progress, every_row=every_row)
    except QueryError:
        # Our own statements are correct, so the engine's files must be damaged.
        if store.engine != "embedded":
            raise
        return True
    return False


def _number(staging: Staging) -> int:
    """How many nodes and claims are staged."""
    return sum(number for _, number in staging.labels()) + sum(group.count for group in staging.groups())


def _read_back(store: Store, schema: Schema, study: str, changes: Changes, claims: Tally) -> None:
    """Count what the store holds now. Raises StoreUnavailable when it is not what this load should have left."""
    wanted = changes.present("claim") + claims.created - claims.removed
    held = sum(overview(store, study, schema).claims.values())
    if held != wanted:
        raise StoreUnavailable(
            f"The store holds {held} claims after this load, where it should hold {wanted}. Run `journeys load` again; "
            "if it says the same, run `journeys store rebuild`."
        )


def _refuse_large_removals(changes: Changes, nodes: Tally, claims: Tally) -> None:
    for table, tally in (("claim", claims), ("node", nodes)):
        present = changes.present(table)
        if tally.removed > ALLOWED_NUMBER and tally.removed > ALLOWED_SHARE * present:
            shown = list(_gone_lines(changes))
            more = f"\n  … and {tally.removed - _SHOWN} more" if tally.removed > _SHOWN else ""
            raise RemovalsRefused(
                f"This load would remove {tally.removed} of the store's {present} {table}s, because no file says them "
                f"any more:\n" + "\n".join(f"  {line}" for line in shown[:_SHOWN]) + more + "\n"
                "Nothing was changed. If a file is missing or was renamed by mistake, put it back; if "
                "they should be removed, "
                "run the load again with --allow-removals."
            )


def _gone_lines(changes: Changes) -> Iterator[str]:
    for group, gone in changes.gone_claims():
        for claim in gone:
            yield f"{short_id(claim.from_id)} {group.type} {short_id(claim.to_id)}"
    for label, ids in changes.gone_nodes():
        for node_id in ids:
            yield f"{label} {short_id(node_id)}"


_Staged = TypeVar("_Staged", StagedNode, StagedClaim)


class _Writer:
    """Writes and removes in batches, by label and by kind of claim."""

    def __init__(
        self,
        store: Store,
        schema: Schema,
        staging: Staging,
        changes: Changes,
        progress: Progress,
    ) -> None:
        self._store, self._schema, self._staging, self._changes = store, schema, staging, changes
        self._progress = progress

    def write(self) -> None:
        """Nodes first, then claims between them."""
        for change in (NEW, CHANGED, MOVED):
            for label, number in self._changes.labels(change):
                self._progress.stage(f"writing {self._schema.nodes[label].plural.lower()}", number)
                text = statement(self._schema, "nodes_write", label=label)
                rows = self._staging.nodes(label, change)
                self._in_batches(rows, lambda node: {"id": node.id, "properties": node.properties}, text)
        # First out and then in again: killed in between, the next load finds them missing and writes them.
        self._take_out(self._changes.retyped_claims())
        for change, name in (
            (RETYPED, "claims_create"),
            (DOUBLED, "claims_create"),
            (NEW, "claims_create"),
            (CHANGED, "claims_update"),
            (MOVED, "claims_update"),
        ):
            for group in self._changes.groups(change):
                self._progress.stage(f"writing claims: {group.type}", group.count)
                text = self._of_group(name, group.from_label, group.type, group.to_label)
                self._in_batches(self._staging.claims(group, change), _claim_row, text, once=name == "claims_create")

    def remove_copies(self, study: str) -> None:
        """Take out claims that stand in the store more than once; what a file says is written again, once. And nodes
        and relationships of our kinds that no load wrote.
        """
        for label, number in self._changes.stray_claims.items():
            known: dict[str, object] = {"types": stored_types(self._schema), "labels": list(self._schema.nodes)}
            self._send(statement(self._schema, "strays_remove", label=label), {"study": study, **known}, number)
        for label, number in self._changes.nameless_nodes.items():
            self._send(statement(self._schema, "nameless_remove", label=label), {"study": study}, number)
        self._take_out(self._changes.doubled_claims())

    def remove(self) -> None:
        """Claims first, then nodes that nothing touches any more."""
        self._take_out(self._changes.gone_claims())
        for label, ids in self._changes.gone_nodes():
            text = statement(self._schema, "nodes_remove", label=label)
            for some in _chunks(ids):
                self._send(text, {"ids": some}, len(some))

    def _take_out(self, claims: Iterable[tuple[Group, list[GoneClaim]]]) -> None:
        for group, gone in claims:
            text = self._of_group("claims_remove", group.from_label, group.type, group.to_label)
            for batch in _chunks(gone):
                rows = [{"id": claim.id, "from_id": claim.from_id, "to_id": claim.to_id} for claim in batch]
                self._send(text, {"rows": rows}, len(rows))

    def _of_group(self, name: str, from_label: str, claim_type: str, to_label: str) -> str:
        return statement(self._schema, name, from_label=from_label, claim_type=claim_type, to_label=to_label)

    def _in_batches(
        self,
        staged: Iterable[_Staged],
        row: Callable[[_Staged], dict[str, Any]],
        text: str,
        *,
        once: bool = False,
    ) -> None:
        for batch in prefetched(_batches(staged, row)):
            self._send(text, batch, len(batch["rows"]), once=once)

    def _send(self, text: str, parameters: Mapping[str, object], rows: int, *, once: bool = False) -> None:
        if once:
            self._store.write_once(text, parameters)
        else:
            self._store.write(text, parameters)
        self._progress.advance(rows)


def _batches(staged: Iterable[_Staged], row: Callable[[_Staged], dict[str, Any]]) -> Iterator[dict[str, Any]]:
    """The parameters of one statement after the other: rows, few in number and small in size, and what they share."""
    rows: list[dict[str, Any]] = []
    size = 0
    for each in staged:
        rows.append(row(each))
        size += each.size
        if len(rows) >= ROWS_AT_ONCE or size >= CHARACTERS_AT_ONCE:
            yield _without_repetition(rows)
            rows, size = [], 0
    if rows:
        yield _without_repetition(rows)


def _without_repetition(rows: list[dict[str, Any]]) -> dict[str, Any]:
    """Take the properties that are the same in all rows out of them: a third of what would be sent."""
    shared: dict[str, Any] = dict(rows[0]["properties"])
    for row in rows[1:]:
        properties = row["properties"]
        shared = {name: value for name, value in shared.items() if properties.get(name) == value}
    for row in rows:
        for name in shared:
            del row["properties"][name]
    return {"rows": rows, "shared": shared}


def _claim_row(claim: StagedClaim) -> dict[str, Any]:
    return {"id": claim.id, "from_id": claim.from_id, "to_id": claim.to_id, "properties": claim.properties}


_Item = TypeVar("_Item")


def _chunks(items: list[_Item]) -> Iterator[list[_Item]]:
    for start in range(0, len(items), ROWS_AT_ONCE):
        yield items[start : start + ROWS_AT_ONCE]


def make_claims_unique(store: Store, schema: Schema, types: Iterable[str]) -> None:
    """Have a server refuse a second relationship with the id of a claim, and find claims by their ids.

    Neo4j knows such constraints from 5.7 on; before, and where another study of the server breaks them, an index is
    made: the guard of the load's writes is what keeps claims single there.
    """
    for name in sorted(set(types)):
        try:
            for made in claim_uniqueness(schema, name):
                store.change_schema(made)
        except QueryError:
            store.change_schema(claim_index(schema, name))


def make_searchable(store: Store, schema: Schema, staging: Staging) -> None:
    """Make the full-text indexes that the store does not have yet."""
    if store.engine == "neo4j":
        for made in server_indexes(schema):
            store.change_schema(made)
    elif any(label == PASSAGE for label, _ in staging.labels()):
        store.make_full_text_index()
