"""The study's registers become nodes that everything else can name, and the claims between them."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import time

from journeys.instruments.registers import Entry
from journeys.instruments.table_definition import RegisterColumn, RegisterSheet
from journeys.interpret.context import Context, End
from journeys.interpret.property_values import split_names
from journeys.model.dates import DateSpan
from journeys.model.definitions import NodeKind
from journeys.model.identity import folded, node_id, short_id, slug
from journeys.model.problems import Address, Problem
from journeys.model.records import Authority, Claim, Node, Value

_KEY = "id"
_ALIASES = "aliases"
_CASE = "case"


@dataclass(frozen=True, slots=True)
class _Registered:
    """An entry with the node it defines."""

    entry: Entry
    columns: Mapping[str, RegisterColumn]
    end: End


class RegisterEntries:
    """Interprets all entries of a study's registers: first every node, so that any entry may name any other."""

    def __init__(self, context: Context, sheets: Sequence[RegisterSheet]) -> None:
        self._context = context
        self._columns = {sheet.id: {column.id: column for column in sheet.columns} for sheet in sheets}
        self._seen: dict[str, Entry] = {}

    def interpret(self, entries: Sequence[Entry]) -> Iterator[Node | Claim]:
        """The nodes, then the claims between them; whatever cannot be used is reported at its cell."""
        registered = []
        for entry in _cases_first(entries):
            node = self._node(entry)
            if node is not None:
                registered.append(_Registered(entry, self._columns[entry.sheet], End(node.label, node.id)))
                yield node
        for each in registered:
            yield from self._relations(each)

    def _node(self, entry: Entry) -> Node | None:
        context, kind = self._context, self._context.schema.nodes[entry.label]
        key = self._key(entry, kind)
        if key is None:
            return None
        identity = node_id(context.study, kind, key)
        first = self._seen.setdefault(folded(identity), entry)
        if first is not entry:
            message = f"{'.'.join(key)!r} is listed twice; the other entry is at {first.address}."
            context.report(
                Problem("listed_twice", entry.address, message, "Give one of them another id, or delete it.")
            )
            return None
        properties: dict[str, Value] = {}
        definitions = context.schema.properties_of_node(entry.label)
        places: dict[str, Address] = {}
        for name, given in entry.values.items():
            column = self._columns[entry.sheet][name]
            if column.property is not None:
                properties |= context.values.read(definitions[column.property], given)
                places[column.property] = given.address
        if _ALIASES in entry.values:
            properties[_ALIASES] = split_names(entry.values[_ALIASES].text)
        if not properties.get(kind.display) and kind.properties.get(kind.display) is None:
            properties["name"] = key[-1]
        self._make_known(identity, kind, key, properties)
        if "archive_status" in properties:
            context.archived[identity] = str(properties["archive_status"]), entry.values["archive_status"].address
        return Node(entry.label, identity, properties, entry.address, Authority.REGISTER, places)

    def _make_known(self, identity: str, kind: NodeKind, key: Sequence[str], properties: Mapping[str, Value]) -> None:
        aliases = properties.get(_ALIASES)
        shown = properties.get(kind.display)
        names = [str(shown)] if shown else []
        names += [key[-1], *(aliases if isinstance(aliases, list) else [])]
        self._context.names.add(kind.name, identity, names)
        date_from, date_to = properties.get("date_from"), properties.get("date_to")
        if kind.name in ("Meeting", "DataSource") and (date_from or date_to):
            precision, text = str(properties.get("date_precision")), str(properties.get("date_text"))
            clock = properties.get("date_time")
            at = time.fromisoformat(str(clock)) if clock else None
            span = DateSpan(text, date_from, date_to, precision, clock=at)  # type: ignore[arg-type]
            if kind.name == "Meeting":
                self._context.meetings.add(identity, span)
            else:
                self._context.source_dates[identity] = span

    def _key(self, entry: Entry, kind: NodeKind) -> list[str] | None:
        """The natural key: what the kind's ``key`` names, else the id column, else made from the display name."""
        given = entry.values
        parts = [self._key_part(entry, name) for name in kind.key]
        if all(parts[1:]) and parts[-1]:
            return [part for part in parts if part]
        for name in (_KEY, kind.display):
            if name in given:
                text = given[name].text
                try:
                    return [text if name == _KEY else slug(text)]
                except ValueError:
                    break
        wanted = " or ".join(dict.fromkeys((*(part for part in kind.key if part != _CASE), kind.display)))
        message = "The row has nothing to identify it."
        self._context.report(Problem("missing_value", entry.address, message, f"Write its {wanted}."))
        return None

    def _key_part(self, entry: Entry, name: str) -> str:
        if name not in entry.values:
            return ""
        if name != _CASE:
            return entry.values[name].text
        cases = self._context.names.find(("CaseStudy",), entry.values[_CASE].text)
        return short_id(cases[0][1]) if len(cases) == 1 else ""

    def _relations(self, registered: _Registered) -> Iterator[Claim]:
        context = self._context
        for name, given in registered.entry.values.items():
            column = registered.columns[name]
            if column.edge is None or column.to is None:
                continue
            kind = context.schema.claims[column.edge]
            properties: dict[str, Value] = {"claimed_by": "researcher"} if kind.asserted else {}
            for end in context.look_up(column.to, given):
                if not kind.asserted:
                    context.ties.add(kind.name, registered.end.id, end.id)
                yield context.claim(kind, registered.end, end, properties, given.address)


def _cases_first(entries: Sequence[Entry]) -> list[Entry]:
    """Case studies before what is numbered within them."""
    return sorted(entries, key=lambda entry: entry.label != "CaseStudy")
