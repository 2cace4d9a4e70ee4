"""The record of the one thing that a reference stands for, whatever its kind."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence

from journeys.analysis.claims.claim import Entity
from journeys.analysis.reading.forms import case_record, document_record, source_record
from journeys.analysis.reading.lookup import Library
from journeys.analysis.reading.meetings import meeting_record
from journeys.analysis.reading.others import any_record, code_record, passage_record
from journeys.analysis.reading.people import person_record
from journeys.analysis.reading.record import Record
from journeys.instruments.instrument_set import InstrumentSet, shipped_instruments
from journeys.model.identity import folded, short_id
from journeys.model.phrases import one_of
from journeys.model.problems import UsageProblem
from journeys.model.schema import Schema
from journeys.model.suggestions import did_you_mean
from journeys.store.connection import Store
from journeys.store.resolve import AmbiguousReference, Found, UnknownReference, resolve

RECORDS: Mapping[str, Callable[[Library, Entity], Record]] = {
    "Document": document_record,
    "DataSource": source_record,
    "Actor": person_record,
    "Meeting": meeting_record,
    "Code": code_record,
    "Extract": passage_record,
    "CaseStudy": case_record,
}
"""How a thing is read, by its label; ``any_record`` reads all others."""

_OTHER_WORDS = {
    "person": "Actor",
    "people": "Actor",
    "interview": "DataSource",
    "observation": "DataSource",
    "form": "Document",
    "evidence": "Evidence",
    "case": "CaseStudy",
    "passage": "Extract",
    "group": "Arena",
}
"""What people call kinds of things beside their names in the schema."""

_NOT_BY_NAME = ("Extract",)
"""What has no name of its own: it is found by its whole id."""

_LISTED = 10


def show(
    store: Store,
    study: str,
    schema: Schema,
    ref: str,
    kind: str | None = None,
    instruments: InstrumentSet | None = None,
) -> Record:
    """The record of what ``ref`` stands for: an id, number, title, another name, or a unique beginning of one.

    ``kind`` narrows it to things of one kind ("person", "source"); ``instruments`` are the study's, where it has its
    own. Raises UsageProblem for another kind,
    UnknownReference with the nearest names for nothing, AmbiguousReference for several things, each with its kind.
    """
    found = thing_meant(store, study, schema, ref, kind)
    library = Library(store, study, schema, instruments or shipped_instruments())
    return RECORDS.get(found.label, any_record)(library, found)


def thing_meant(store: Store, study: str, schema: Schema, ref: str, kind: str | None = None) -> Entity:
    """The one thing that a reference stands for. Raises what :func:`show` raises."""
    by_id = _passage_id(study, schema, ref)
    if by_id is not None:
        return by_id
    labels = labels_meant(schema, kind) if kind else tuple(name for name in schema.nodes if name not in _NOT_BY_NAME)
    try:
        found = resolve(store, study, ref, labels)
    except AmbiguousReference as error:
        left = _without_twins(error.found) if kind is None else error.found
        if len(left) > 1:
            raise _ambiguous(schema, ref, left) from None
        found = left[0]
    except UnknownReference as error:
        raise _unknown(schema, ref, kind, error) from None
    return Entity(found.id, found.label, found.name)


def labels_meant(schema: Schema, kind: str) -> tuple[str, ...]:
    """The labels that a word for a kind stands for. Raises UsageProblem, with the kinds there are, for another."""
    known = kind_words(schema)
    wanted = folded(kind).replace("_", " ")
    if wanted not in known:
        offered = sorted({known_as(schema, label) for label in schema.nodes})
        meant = did_you_mean(wanted, list(known))
        raise UsageProblem(f"{kind!r} is not a kind of thing.{meant} The kinds are: {', '.join(offered)}.")
    return (known[wanted],)


def kind_words(schema: Schema) -> dict[str, str]:
    """The label by every word for it: "source", "sources", "data source", "interview"."""
    words: dict[str, str] = {}
    for label, kind in schema.nodes.items():
        words |= {folded(each).replace("_", " "): label for each in (label, kind.noun, kind.plural, kind.slug)}
    return words | _OTHER_WORDS


def known_as(schema: Schema, label: str) -> str:
    """The word for a kind that ``--kind`` takes: "person" for an Actor."""
    own = {"Actor": "person", "Evidence": "evidence", "CaseStudy": "case", "Extract": "passage"}
    return own.get(label) or schema.nodes[label].noun


def _passage_id(study: str, schema: Schema, ref: str) -> Entity | None:
    """A passage, where ``ref`` is the whole id of one."""
    for label in _NOT_BY_NAME:
        if ref.strip().startswith(f"{study}:{schema.nodes[label].slug}:"):
            return Entity(ref.strip(), label, short_id(ref.strip()))
    return None


def _without_twins(found: Sequence[Found]) -> list[Found]:
    """Drop a source that is also a document of the same key: the document's record shows its form."""
    documents = {short_id(each.id) for each in found if each.label == "Document"}
    return [each for each in found if each.label != "DataSource" or short_id(each.id) not in documents]


def _ambiguous(schema: Schema, ref: str, found: Sequence[Found]) -> AmbiguousReference:
    ids = [each.short_id for each in found]
    lines = []
    for each in found[:_LISTED]:
        written = each.id if ids.count(each.short_id) > 1 else each.short_id
        number = f"{each.doc_number} " if each.doc_number else ""
        lines.append(f"  {written}: {number}{each.name} ({known_as(schema, each.label)})")
    more = [f"  … and {len(found) - _LISTED} more"] if len(found) > _LISTED else []
    kinds = list(dict.fromkeys(known_as(schema, each.label) for each in found))
    or_kind = f", or add --kind {one_of(kinds)}" if len(kinds) > 1 else ""
    said = f"{ref.strip()!r} matches {len(found)} entries. Write the id of one{or_kind}:"
    return AmbiguousReference("\n".join([said, *lines, *more]), found)


def _unknown(schema: Schema, ref: str, kind: str | None, error: UnknownReference) -> UnknownReference:
    if kind is not None or not ref.strip():
        return error
    meant = f" Did you mean {one_of(map(repr, error.nearest))}?" if error.nearest else ""
    return UnknownReference(f"Nothing in this study is called {ref.strip()!r}.{meant}", error.nearest)
