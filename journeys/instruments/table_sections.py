"""The tables inside an instrument (people present, passages, reflection): their columns, and the rows a form shows."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from journeys.instruments.answers import FilledForm, FilledRow
from journeys.instruments.claim_columns import DERIVED
from journeys.instruments.columns import InColumn, OutColumn
from journeys.instruments.definition import Section, TableColumn
from journeys.instruments.files.cells import Value, text
from journeys.model.schema import Schema


def in_columns(section: Section) -> list[InColumn]:
    """The columns as a reader looks for them."""
    return [
        InColumn(c.id, section.column_name(c), c.title, needed=c.needed, optional=c.optional) for c in section.columns
    ]


def out_columns(section: Section, schema: Schema, known: Mapping[str, Sequence[str]]) -> list[OutColumn]:
    """The columns as a writer makes them; ``known`` are the registers' names by node label."""
    made = []
    for column in section.columns:
        offered = offers(column, schema, known)
        strict = column.vocabulary is not None or column.verbs
        name = section.column_name(column)
        made.append(
            OutColumn(
                name, column.title, schema.lens.in_words(column.help), column.width, offered, strict, column.as_typed
            )
        )
    return made


def offers(column: TableColumn, schema: Schema, known: Mapping[str, Sequence[str]]) -> tuple[str, ...]:
    """What the drop-down of a column offers."""
    if column.vocabulary is not None:
        terms = schema.terms(column.vocabulary).terms.values()
        return tuple(term.label for term in terms if term.name != DERIVED)
    if column.verbs:
        return tuple(kind.phrase for kind in schema.claims.values() if kind.asserted)
    if column.choices:
        return tuple(choice.text for choice in column.choices)
    return tuple(name for label in column.offers for name in known.get(label, ()))


def shown_rows(section: Section, filled: FilledForm | None) -> list[dict[str, Value]]:
    """The rows of a form: those that are filled in, and those that a blank form prints for who has none yet.

    A choice that was written by its id or its beginning is shown in the words of the form.
    """
    rows = [{name: given.value for name, given in row.values.items()} for row in _rows(section, filled)]
    printed = section.printed_column
    if printed is not None:
        made = {number: printed.choice(text(row.get(printed.id))) for number, row in enumerate(rows)}
        for number, choice in made.items():
            if choice is not None:
                rows[number][printed.id] = choice.text
        given = {choice.id for choice in made.values() if choice is not None}
        rows += [{printed.id: choice.text} for choice in printed.choices if choice.id not in given]
    return rows


def _rows(section: Section, filled: FilledForm | None) -> Sequence[FilledRow]:
    return filled.tables.get(section.id, ()) if filled else ()
