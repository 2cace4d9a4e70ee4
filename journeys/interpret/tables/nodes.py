"""The values that a map finds in a row become nodes: looked up, completed, or made."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from journeys.interpret.context import Context, End
from journeys.interpret.names import Spellings, ambiguous_name, unknown_name
from journeys.interpret.tables.find_values import ValueFinder
from journeys.interpret.tables.frame import Frame
from journeys.interpret.tables.language import EveryoneSpec, NodeSpec
from journeys.interpret.tables.limits import Made
from journeys.interpret.tables.patterns import Condition
from journeys.interpret.tables.properties import Prepared, PropertyReader, asks_for_value_alone, prepared
from journeys.interpret.tables.rows import NO_GROUPS, Found
from journeys.model.definitions import NodeKind
from journeys.model.identity import folded, node_id, short_id, slug
from journeys.model.phrases import with_article
from journeys.model.problems import Address, Problem, Severity
from journeys.model.records import Authority, Node, Value

_REMEMBERED = 100_000
_NOTHING = re.compile(
    r"(grand |sub-?)?totals?|sums?|average|mean|ditto|do\.|idem|ibid\.?|(the )?same( as above)?|as above|\u2033"
    r"|#?n\.?/?a\.?|none|nan|null|nil|unknown|\?+|tb[cd]|missing|not (known|applicable|available|recorded|stated)"
)
_EVERYONE = re.compile(r"(all|everyone|everybody)( present| members)?|unanimous(ly)?")


_ONE_UNNAMED = [Found("", (), NO_GROUPS)]
"""What a node is made of that the map takes from no column."""


@dataclass(frozen=True, slots=True)
class _Ready:
    """A node of the map, taken apart once for all rows; with ``by_value`` its id and properties need only the value."""

    spec: NodeSpec
    finder: ValueFinder | None
    wanted: Prepared
    by_value: bool


class NodeMaker:
    """Makes the nodes of one table; ``rejections`` counts the values that could not be used."""

    def __init__(
        self,
        context: Context,
        ignore: frozenset[str],
        passed: Counter[str],
        properties: PropertyReader,
        made: Made,
    ) -> None:
        self._context, self._ignore, self._passed, self._properties = context, ignore, passed, properties
        self._made = made
        self._ready: dict[int, _Ready] = {}
        self._conditions: dict[int, Condition] = {}
        self._known: dict[tuple[object, ...], tuple[End | None, bool]] = {}
        self._questioned: set[tuple[str, str]] = set()
        self._spellings: dict[str, Spellings] = {}
        self.rejections = 0

    def nodes(self, spec: NodeSpec, frame: Frame, ends: list[tuple[End, Found]]) -> Iterator[Node]:
        """The nodes that a row describes of one name of the map; what the name stands for goes into ``ends``."""
        ready = self._ready.get(id(spec)) or self._make_ready(spec)
        values = ready.finder.find(frame.row, frame.column) if ready.finder is not None else _ONE_UNNAMED
        if spec.everyone is not None:
            values, everyone = self._everyone(spec.everyone, values, frame)
            ends += everyone
        for found in values:
            node, end = self._node(ready, found, frame)
            if node is not None:
                yield node
            if end is not None and all(end != other for other, _ in ends):
                ends.append((end, found))

    def _make_ready(self, spec: NodeSpec) -> _Ready:
        finder = None
        if spec.each is not None:
            finder = ValueFinder(spec.each, self._ignore, self._context.names, self._passed)
        wanted = prepared(spec.set, self._context.schema.properties_of_node(spec.kind))
        by_value = wanted.by_value and asks_for_value_alone(spec.id or "")
        self._ready[id(spec)] = _Ready(spec, finder, wanted, by_value)
        return self._ready[id(spec)]

    def _everyone(
        self, spec: EveryoneSpec, values: list[Found], frame: Frame
    ) -> tuple[list[Found], list[tuple[End, Found]]]:
        """The values without the words that stand for everyone, and whom these stand for."""
        condition = self._conditions.setdefault(id(spec), Condition(spec.pattern))
        looked_at = values if spec.from_ is None else frame.row.values(spec.from_)
        words = [found for found in looked_at if condition.holds(found.text.strip())]
        if not words:
            return values, []
        but = {end for name in spec.but for end, _ in frame.named(name)}
        there = [(end, words[0]) for end, _ in frame.named(spec.of) if end not in but]
        if not there:
            message = f"{words[0].text.strip()!r} stands for everyone in {spec.of!r}, and the row has nobody there."
            remedy = "Write the names, or who was present."
            address = frame.row.address(words[0].steps)
            self._context.report(Problem("nobody_there", address, message, remedy, Severity.WARNING))
        return [found for found in values if found not in words], there

    def _node(self, ready: _Ready, found: Found, frame: Frame) -> tuple[Node | None, End | None]:
        """The node a value stands for, and its description when this file has not given it yet."""
        spec = ready.spec
        words = None if ready.by_value else self._words(ready, found, frame)
        key = (id(spec), found.text) if words is None else (id(spec), found.text, words[0], *words[1].items())
        if key in self._known:
            end, named = self._known[key]
            self.rejections += named and end is None
            return None, end
        own_id, said = words or self._words(ready, found, frame)
        if len(self._known) >= _REMEMBERED:
            self._known.clear()
        self._made.text(len(found.text) + len(own_id))
        named = bool(found.text or own_id or said.get(self._context.schema.nodes[spec.kind].display))
        node, end = self._make(ready, found, said, own_id, frame)
        self._known[key] = (end, named)
        self.rejections += named and end is None
        return node, end

    def _words(self, ready: _Ready, found: Found, frame: Frame) -> tuple[str, dict[str, str]]:
        """The last part of its id, if the map gives one, and the words for its properties."""
        own_id = frame.fill(ready.spec.id, found) if ready.spec.id else ""
        return own_id, self._properties.words(ready.wanted, found, frame)

    def _make(
        self, ready: _Ready, found: Found, said: Mapping[str, str], own_id: str, frame: Frame
    ) -> tuple[Node | None, End | None]:
        spec, context = ready.spec, self._context
        kind = context.schema.nodes[spec.kind]
        address = frame.row.address(found.steps)
        name = said.get(kind.display) or found.text or own_id
        if not name:
            return None, None
        usable, identity = self._looked_up(spec, kind, found.text or name, own_id, address)
        if not usable:
            return None, None
        new = identity is None
        if identity is None:
            try:
                identity = node_id(context.study, kind, [own_id or slug(name)])
            except ValueError:
                message = f"{name!r} cannot be a name: it has no letter or digit."
                context.report(Problem("bad_value", address, message, "Correct it, or add it to `ignore` in the map."))
                return None, None
            self._question(spec, name, identity, address)
            context.made_in_tables.add(identity)
            context.names.add(spec.kind, identity, [name, found.text])
        properties = self._properties.read(said, ready.wanted, found, frame, address)
        if new:
            properties.setdefault(kind.display if kind.display in kind.properties else "name", name)
        elif self._is_a_name_of(properties.get(kind.display), spec.kind, identity):
            # The name by which the table calls it says nothing new of it, and contradicts nothing.
            del properties[kind.display]
        end = End(spec.kind, identity)
        if not properties:
            return None, end
        places = {name: frame.place_of(spec.set[name], found, address) for name in said}
        return Node(spec.kind, identity, properties, address, Authority.TABLE, places), end

    def _looked_up(
        self, spec: NodeSpec, kind: NodeKind, name: str, own_id: str, address: Address
    ) -> tuple[bool, str | None]:
        """Whether a name can be used, and the node that it stands for already."""
        context = self._context
        own = self._own(kind, own_id)
        if spec.find == "new":
            return True, None
        found = [identity for _, identity in context.names.find((spec.kind,), name)]
        if own is not None:
            # Of what tables made, an id of its own tells apart what is called the same.
            found = [identity for identity in found if identity == own or identity not in context.made_in_tables]
            by_id = [identity for _, identity in context.names.find((spec.kind,), own_id)]
            found = by_id if len(by_id) == 1 else found
        if len(found) > 1:
            matches = [(spec.kind, identity) for identity in found]
            context.report(ambiguous_name(context.names, matches, name, address))
            return False, None
        if not found and spec.find == "registers":
            where = "Add it to the registers, or correct the table."
            context.report(unknown_name(context.names, (spec.kind,), name, address, where=where))
            return False, None
        return True, found[0] if found else None

    def _own(self, kind: NodeKind, own_id: str) -> str | None:
        try:
            return node_id(self._context.study, kind, [own_id]) if own_id else None
        except ValueError:
            return None

    def _is_a_name_of(self, name: Value | None, label: str, identity: str) -> bool:
        return isinstance(name, str) and (label, identity) in self._context.names.find((label,), name)

    def _like_another(self, spec: NodeSpec, name: str) -> tuple[str, str]:
        """What to say of a new name that a register or form has for another kind of thing, or spelt otherwise."""
        names, schema, made = self._context.names, self._context.schema, self._context.made_in_tables
        found = names.find([label for label in schema.nodes if label != spec.kind], name)
        if others := [(label, each) for label, each in found if each not in made]:
            label, other = others[0]
            message = f"{name!r} is a new entry, though {with_article(schema.nodes[label].noun)}, {short_id(other)}, "
            return f"{message}goes by the same name.", "If that is meant, correct the map or the table."
        if several := names.separately((spec.kind,), name.replace(";", ",")):
            message = f"{name!r} was taken as one new entry, and {', '.join(map(repr, several))} are known."
            return message, "Say in the map where to `split`, or write the names in rows of their own."
        if spec.kind not in self._spellings:
            self._spellings[spec.kind] = names.spellings((spec.kind,), but=made)
        if meant := self._spellings[spec.kind].like(name):
            message = f"{name!r} is not in the registers and was taken as a new entry."
            remedy = f"If {meant!r} is meant, write that name, or use `replace` in the map; otherwise leave this one."
            return message, remedy
        return "", ""

    def _question(self, spec: NodeSpec, name: str, identity: str, address: Address) -> None:
        """Report a new name that is probably not a name, or that belongs to another node."""
        context, word = self._context, folded(name)
        others = [other for _, other in context.names.find((spec.kind,), name) if other != identity]
        message = remedy = ""
        if _NOTHING.fullmatch(word):
            message = f"{name!r} was read as a name."
            remedy = "If it means nothing, add it to `ignore` in the map."
        elif spec.kind == "Actor" and "\n" in name.strip():
            message = f"{name.strip()!r} was taken as one name."
            remedy = 'If these are several names, say in the map where to `split`: ["\\n"].'
        elif spec.kind == "Actor" and _EVERYONE.fullmatch(word):
            message = f"{name!r} was read as a name."
            remedy = "If it stands for everyone present, say so with `everyone` in the map (`journeys docs maps`)."
        elif others and identity not in context.made_in_tables:
            message = f"{name!r} is a new entry, though {short_id(others[0])} goes by the same name."
            remedy = "Write `find: either` in the map if they are one, and an `id` if they are not."
        elif spec.find == "either" and identity not in context.made_in_tables:
            message, remedy = self._like_another(spec, name)
        if message and (spec.kind, identity) not in self._questioned:
            self._questioned.add((spec.kind, identity))
            context.report(Problem("doubtful_name", address, message, remedy, Severity.WARNING))
