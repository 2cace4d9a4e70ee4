"""A question of the library put to the graph: references looked up, rows, and the claims that each row rests on."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from itertools import compress
from typing import Any

from journeys.analysis.claims.by_id import claims_by_id
from journeys.analysis.claims.claim import ClaimRecord
from journeys.analysis.questions.boxes import BoxAnswer, box_answers
from journeys.analysis.questions.coded import CodedBeside, coded_beside
from journeys.analysis.questions.labels import InWords, labels_of
from journeys.instruments.instrument_set import InstrumentSet, shipped_instruments
from journeys.model.lens import Lens
from journeys.model.problems import UsageProblem
from journeys.model.result import Result
from journeys.model.schema import Schema, load_schema
from journeys.store.connection import Store
from journeys.store.errors import QueryError, QueryTimeout, TooMuchMemory
from journeys.store.loaded import refuse_unloaded
from journeys.store.queries.ask import SECONDS, ask
from journeys.store.queries.library import Query
from journeys.store.queries.parameters import STRAND, STUDY, Value
from journeys.store.resolve import Found, resolve

CLAIMS = "claims"
"""The column that holds the ids of the claims a row rests on."""

_STANDS_FOR = {
    "document": ("Document", "Evidence"),
    "evidence": ("Evidence",),
    "site": ("Site",),
    "case": ("CaseStudy",),
    "actor": ("Actor",),
    "arena": ("Arena",),
    "meeting": ("Meeting",),
    "organisation": ("Organisation",),
}
"""What a parameter of this name refers to, by the name, number, id or beginning that a person writes."""


@dataclass(frozen=True, slots=True, repr=False)
class Answer(Result):
    """What a question gave.

    ``values`` are the parameters it was asked with, ``found`` what references among them stand for. Each row has a
    value a column and, at the same place in ``claim_ids``, the claims it rests on; ``claims`` are these by id, if they
    were asked for. ``boxes`` are answers in words on forms to the same question, ``coded`` the
    codes that bear on it, ``labels`` the words for terms that a column holds. ``withheld`` are sentences on what was
    left out for those to whom it is shown.
    """

    query: Query
    values: Mapping[str, Value]
    found: Mapping[str, Found]
    columns: tuple[str, ...]
    rows: tuple[tuple[Any, ...], ...]
    claim_ids: tuple[tuple[str, ...], ...]
    claims: Mapping[str, ClaimRecord] = field(default_factory=dict)
    boxes: tuple[BoxAnswer, ...] = ()
    coded: tuple[CodedBeside, ...] = ()
    labels: Mapping[str, Mapping[str, str]] = field(default_factory=dict)
    withheld: tuple[str, ...] = ()

    @property
    def rows_in_words(self) -> tuple[tuple[Any, ...], ...]:
        """The rows with labels for stored terms, for people."""
        labels = (self.labels.get(column) for column in self.columns)
        words = [InWords(held) if held else None for held in labels]
        return tuple(
            tuple(value if held is None else held.of(value) for value, held in zip(row, words, strict=True))
            for row in self.rows
        )

    @property
    def tells_claims(self) -> bool:
        """Whether the query says which claims a row rests on; a study's own may not."""
        return CLAIMS in self.query.returns

    @property
    def all_claim_ids(self) -> set[str]:
        """The claims that any row rests on."""
        return {claim_id for ids in self.claim_ids for claim_id in ids}

    def as_dicts(self) -> list[dict[str, Any]]:
        """The rows, each by its columns."""
        return [dict(zip(self.columns, row, strict=True)) for row in self.rows]

    def claims_of(self, row: int) -> list[ClaimRecord]:
        """The claims that a row rests on, counted from 0, as far as they were asked for and the store has them."""
        return [self.claims[claim_id] for claim_id in self.claim_ids[row] if claim_id in self.claims]


def asked_with(
    store: Store, study: str, query: Query, given: Mapping[str, object], lens: Lens
) -> tuple[dict[str, Value], dict[str, Found]]:
    """The values to ask ``query`` with, from those a person gives; and what the references among them stand for.

    Raises UsageProblem for a value that is unknown, unreadable or missing, and for a reference AmbiguousReference or
    UnknownReference.
    """
    of_study = {STUDY: study, STRAND: lens.strand or ""}
    own = {name: value for name, value in of_study.items() if name in query.parameters}
    query.check_names(given)
    for name, parameter in query.parameters.items():
        labels = refers_to(query, name)
        if parameter.required and labels and name not in given:
            raise UsageProblem(
                f"The question {query.short_name} needs {load_schema().nouns(labels, article=True)}. Add its number, "
                f"name or id: `--param {name}={(query.example or {}).get(name, '…')}`."
            )
    values = query.values({**own, **given})
    found = {
        name: resolve(store, study, value, labels)
        for name, value in values.items()
        if isinstance(value, str) and (labels := refers_to(query, name))
    }
    return {**values, **{name: thing.id for name, thing in found.items()}}, found


def required_references(query: Query) -> list[str]:
    """The parameters of a question that name one thing, without which it cannot be asked."""
    return [name for name, one in query.parameters.items() if one.required and refers_to(query, name)]


def refers_to(query: Query, name: str) -> tuple[str, ...]:
    """The labels of what a parameter refers to; none for one that is no reference.

    A query that looks it up under one label only, as in ``(d:Document {id: $document})``, is about that label.
    """
    labels = _STANDS_FOR.get(name, ())
    looked_up = set(re.findall(rf":(\w+) *\{{ *id: *\${name}\b", query.text))
    return tuple(label for label in labels if label in looked_up) or labels


def answer(
    store: Store,
    schema: Schema,
    study: str,
    query: Query,
    given: Mapping[str, object],
    *,
    sources: bool = False,
    seconds: float = SECONDS,
    instruments: InstrumentSet | None = None,
) -> Answer:
    """Ask a question of the library; it can change nothing, whoever wrote it.

    With ``sources`` the claims behind each row are read too; ``instruments`` are the study's, where it has its own.
    Raises what :func:`asked_with` raises, QueryTimeout, TooMuchMemory and QueryError like any query, and NothingLoaded
    when the store has nothing of the study.
    """
    values, found = asked_with(store, study, query, given, schema.lens)
    try:
        table = ask(store, query.text, values, row_limit=None, seconds=seconds)
    except (QueryError, QueryTimeout, TooMuchMemory) as error:
        if not query.own:
            raise
        said = str(error).rstrip(". \n")
        remedy = " Correct it; lines count below the header." if isinstance(error, QueryError) else ""
        raise type(error)(f"cypher/{query.name}.cypher: {said}.{remedy}") from error
    columns = tuple(column for column in table.columns or query.returns if column != CLAIMS)
    told = table.columns.index(CLAIMS) if CLAIMS in table.columns else None
    claim_ids = tuple(() if told is None else _ids(row[told]) for row in table.rows)
    if not any(claim_ids) and (CLAIMS in query.returns or not table.rows):
        # Some questions answer "none recorded" in a row: of a study that is not loaded, that says nothing.
        refuse_unloaded(store, schema, study)
    claims = claims_by_id(store, schema, (each for ids in claim_ids for each in ids)) if sources else {}
    kept = [column != CLAIMS for column in table.columns]
    shown = tuple(tuple(compress(row, kept)) for row in table.rows)
    instruments = instruments or shipped_instruments()
    boxes = box_answers(store, study, instruments, query.boxes, values)
    coded = coded_beside(store, study, query.codes, values)
    columns = columns if query.own else tuple(map(schema.lens.column, columns))
    labels = labels_of(schema, instruments, columns, query.labels)
    return Answer(query, values, found, columns, shown, claim_ids, claims, boxes, coded, labels)


def _ids(held: Any) -> tuple[str, ...]:
    return tuple(each for each in held if isinstance(each, str)) if isinstance(held, list) else ()
