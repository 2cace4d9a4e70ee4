"""The labels, kinds of claim and properties that a query names, and a hint for each that there is not.

A misspelt name gives no rows and no error; Neo4j reports it, the embedded engine does not.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import pairwise

from rapidfuzz import fuzz, process

from journeys.model.schema import CLAIM_BOOKKEEPING, NODE_BOOKKEEPING, Schema
from journeys.model.stored_types import stored_types
from journeys.store.connection import Store
from journeys.store.cypher_templates import filled_in
from journeys.store.queries.library import load_query
from journeys.store.queries.tokens import Token, tokens

LABEL, TYPE, PROPERTY = "label", "type", "property"

_CALLED = {LABEL: "label", TYPE: "kind of claim", PROPERTY: "property"}
_OURS = ("LoadRun", "LoadLock")
_OF_RUNS = (
    "who started finished shape holder since until touched"
    " nodes_created nodes_changed nodes_removed claims_created claims_changed claims_removed"
)
_NEAR_ENOUGH = 60


@dataclass(frozen=True, slots=True)
class Names:
    """Every name of one store: ``known`` by kind of name."""

    known: Mapping[str, frozenset[str]]

    @classmethod
    def of(cls, schema: Schema) -> Names:
        """The names that a schema declares, and those of the loader's own notes."""
        kinds = [schema.properties_of_node(label) for label in schema.nodes]
        kinds += [schema.properties_of_claim(claim_type) for claim_type in schema.claims]
        stored = {name for kind in kinds for definition in kind.values() for name in definition.stored_names}
        return cls(
            {
                LABEL: frozenset((*schema.nodes, *_OURS)),
                TYPE: frozenset(stored_types(schema)),
                PROPERTY: frozenset((*stored, *NODE_BOOKKEEPING, *CLAIM_BOOKKEEPING, *_OF_RUNS.split())),
            }
        )

    def hint(self, kind: str, name: str) -> str:
        """That there is no such name, and the one that is meant, if one is like it."""
        near = process.extractOne(
            name, sorted(self.known[kind]), scorer=fuzz.ratio, processor=str.casefold, score_cutoff=_NEAR_ENOUGH
        )
        meant = f" Did you mean {near[0]!r}?" if near else ""
        return f"There is no {_CALLED[kind]} {name!r}.{meant}"


def hints(
    store: Store, schema: Schema, cypher: str, said: Iterable[tuple[str, str]] = (), *, empty: bool = False
) -> list[str]:
    """What to tell whoever asked: names that neither the schema nor the store has, with what is like them.

    ``said`` are names of which the server says that it has none. If the answer was ``empty``, names that are right and
    of which nothing has been loaded are told too.
    """
    names, named = Names.of(schema), list(dict.fromkeys((*named_in(cypher), *said)))
    unsure = [(kind, name) for kind, name in named if kind != PROPERTY and (empty or name not in names.known[kind])]
    there = _there(store) if unsure else {}
    told = []
    for kind, name in named:
        if name not in names.known[kind]:
            if name not in there.get(kind, ()):
                told.append(names.hint(kind, name))
        elif (kind, name) in unsure and not (name in there[kind] and _any(store, schema, kind, name)):
            told.append(f"Nothing in the store has the {_CALLED[kind]} {name!r} yet.")
    return told


def _there(store: Store) -> dict[str, Collection[str]]:
    """The labels and types that the store has, also those of other programs."""
    queries = ((LABEL, "labels_there"), (TYPE, "types_there"))
    return {kind: {row["name"] for row in store.read(load_query(f"lookup/{name}").text)} for kind, name in queries}


def _any(store: Store, schema: Schema, kind: str, name: str) -> bool:
    """Whether the store has anything of this label or type; an index makes the name known without."""
    if kind == LABEL:
        if name not in schema.nodes:
            return True
        text = filled_in(schema, load_query("lookup/label_number").text, Label=name)
    else:
        text = filled_in(schema, load_query("lookup/type_number").text, CLAIM_TYPE=name)
    return bool(store.read(text)[0]["number"])


def named_in(cypher: str) -> list[tuple[str, str]]:
    """The names in the patterns of a query, each once, as "label", "type" or "property" and the name.

    Properties are those of a pattern's own variables, or in a pattern's braces: of nothing else is it certain what it
    is. A variable that is given another meaning somewhere (``AS x``, ``x IN list``) is not certain either.
    """
    found = tokens(cypher)
    named: dict[tuple[str, str], None] = {}
    variables: dict[str, str] = {}
    for at, token in enumerate(found):
        if token.is_sign("(") and _begins_node(found, at):
            named |= dict.fromkeys(_in_brackets(found, at + 1, LABEL, variables))
        elif token.is_sign("[") and at and found[at - 1].is_sign("-"):
            named |= dict.fromkeys(_in_brackets(found, at + 1, TYPE, variables))
    for before, after in pairwise(found):
        if before.is_word("AS"):
            variables.pop(after.name, None)
        if after.is_word("IN") or after.is_sign("="):
            variables.pop(before.name, None)
    for at, token in enumerate(found[:-2]):
        kind = variables.get(token.name)
        if kind is None or (at and found[at - 1].is_sign("{", ",", "(", "[", ".", "|")):
            continue
        if found[at + 1].is_sign(":"):
            named |= dict.fromkeys(_expression(found, at + 2, kind)[0])
    for token, dot, after in zip(found, found[1:], found[2:], strict=False):
        if token.name in variables and dot.is_sign(".") and after.name and after.kind != "parameter":
            named[PROPERTY, after.name] = None
    return list(named)


def _begins_node(found: Sequence[Token], at: int) -> bool:
    """Whether the bracket here opens a node: what it holds looks like one, or stands between MATCH and arrows."""
    held = found[at + 1 : at + 3]
    if len(held) == 2 and held[0].name and held[1].is_sign(":", "{") and not held[0].is_word("DISTINCT"):
        return True
    if held and held[0].is_sign(":"):
        return True
    alone = len(held) == 2 and held[0].name and held[1].is_sign(")")
    return bool(alone) and (_after_arrow(found, at) or _before_arrow(found, at + 3))


def _after_arrow(found: Sequence[Token], at: int) -> bool:
    if at and found[at - 1].is_word("MATCH"):
        return True
    return at > 1 and found[at - 1].is_sign("-", ">") and found[at - 2].is_sign("-", "]")


def _before_arrow(found: Sequence[Token], at: int) -> bool:
    after = found[at : at + 2]
    return len(after) == 2 and after[0].is_sign("-", "<") and after[1].is_sign("-", "[")


def _in_brackets(found: Sequence[Token], at: int, kind: str, variables: dict[str, str]) -> Iterator[tuple[str, str]]:
    """The names between the brackets of one node or relationship; its variable is added to ``variables``."""
    if at < len(found) and found[at].name and found[at].kind != "parameter":
        variables[found[at].name] = kind
        at += 1
    if at < len(found) and found[at].is_sign(":"):
        named, at = _expression(found, at + 1, kind)
        yield from named
    while at < len(found) and (found[at].is_sign("*", ".") or found[at].kind == "number"):
        at += 1
    if at < len(found) and found[at].is_sign("{"):
        yield from _keys(found, at + 1)


def _expression(found: Sequence[Token], at: int, kind: str) -> tuple[list[tuple[str, str]], int]:
    """The names in a label or type expression, ``A|(B&!C)``, and the place where it ends."""
    named: list[tuple[str, str]] = []
    name_next, depth = True, 0
    while at < len(found):
        token = found[at]
        if name_next and token.is_sign("!", "(", ":"):
            depth += token.text == "("
        elif name_next and (token.is_sign("%") or (token.name and token.kind != "parameter")):
            named += [(kind, token.name)] if token.name else []
            name_next = False
        elif not name_next and token.is_sign("|", "&", ":"):
            name_next = True
        elif not name_next and depth and token.is_sign(")"):
            depth -= 1
        else:
            break
        at += 1
    return named, at


def _keys(found: Sequence[Token], at: int) -> Iterator[tuple[str, str]]:
    """The keys of a pattern's braces; what stands in brackets within is a value."""
    depth = 0
    for token, after in zip(found[at:], found[at + 1 :], strict=False):
        if depth == 0 and token.is_sign("}"):
            return
        depth += token.is_sign("{", "[", "(") - token.is_sign("}", "]", ")")
        if depth == 0 and token.name and token.kind != "parameter" and after.is_sign(":"):
            yield PROPERTY, token.name
