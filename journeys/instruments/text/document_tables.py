"""The tables of a form made of running text: by which words their columns are known, and cells of labelled lines."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace

from journeys.instruments.answers import FilledRow
from journeys.instruments.claim_columns import CLAIM_COLUMNS, ClaimColumn, offers
from journeys.instruments.columns import ROWS_OF_TABLES
from journeys.instruments.definition import Section
from journeys.instruments.excel.locate import comparable
from journeys.model.schema import Schema

MORE = "More"
"""The column of a Word table that holds what there is no room for: lines of `heading: value`."""
FURTHER_IN = "    "
"""What a line begins with that goes on with the line above it."""


@dataclass(frozen=True, slots=True)
class DocumentTable:
    """A table of a form: its section (None for *Who did what*), its headings, and the rows met so far.

    ``ids`` are the columns by the names they are known by (former headings too), ``lists`` those names of the columns
    that take words from a list.
    """

    section: Section | None
    headings: tuple[str, ...]
    ids: Mapping[str, str]
    lists: frozenset[str]
    rows: list[FilledRow] = field(default_factory=list)


def table_of(section: Section) -> DocumentTable:
    """The table of a section."""
    listed = [
        c.title
        for c in section.columns
        if c.vocabulary or c.verbs or (c.choices and not c.printed) or c.offers == ROWS_OF_TABLES
    ]
    return _table(section, [(column.id, column.title) for column in section.columns], listed)


def table_of_claims(schema: Schema) -> DocumentTable:
    """*Who did what*."""
    listed = [name for c in CLAIM_COLUMNS if _is_list(schema, c) for name in (c.heading, *c.former)]
    table = _table(None, [(column.id, column.heading) for column in CLAIM_COLUMNS], listed)
    former = {comparable(heading): column.id for column in CLAIM_COLUMNS for heading in column.former}
    return replace(table, ids=former | dict(table.ids))


def _is_list(schema: Schema, column: ClaimColumn) -> bool:
    return offers(schema, column, {})[1] or column.offers_labels == ROWS_OF_TABLES


def _table(section: Section | None, columns: Sequence[tuple[str, str]], listed: Iterable[str]) -> DocumentTable:
    ids = {comparable(name.replace("_", " ")): name for name, _ in columns}
    ids |= {comparable(heading): name for name, heading in columns}
    return DocumentTable(section, tuple(heading for _, heading in columns), ids, frozenset(map(comparable, listed)))


def labelled_lines(values: Iterable[tuple[str, str]]) -> str:
    """`label: value` lines, as ``labelled`` reads them; the further lines of a value are further in."""
    return "\n".join(f"{label}: {value}".replace("\n", f"\n{FURTHER_IN}") for label, value in values)


def labelled(lines: Iterable[str], names: Mapping[str, str]) -> tuple[dict[str, str], str]:
    """The values of `label: value` lines by ``names`` (comparable label: name), and what begins with no label."""
    found: dict[str, str] = {}
    last: str | None = None
    rest: list[str] = []
    for line in lines:
        label, colon, value = line.partition(":")
        name = names.get(comparable(label)) if colon and not line.startswith(FURTHER_IN) else None
        if name is not None:
            last, found[name] = name, "\n".join(filter(None, (found.get(name), value.removeprefix(" "))))
        elif last is not None:
            found[last] += f"\n{line.removeprefix(FURTHER_IN)}"
        elif line.strip():
            rest.append(line.strip())
    return {name: value.strip() for name, value in found.items()}, "\n".join(rest)
