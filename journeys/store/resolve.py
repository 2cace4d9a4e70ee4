"""Resolve a reference such as "D07" or "Northtown" to the one thing of the study that it names."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from journeys.model.identity import folded, short_id
from journeys.model.phrases import one_of
from journeys.model.problems import JourneysError
from journeys.model.schema import load_schema
from journeys.store.connection import Store
from journeys.store.cypher_templates import filled_in
from journeys.store.queries.library import load_query

_SLUGS = {"Document": "document", "Evidence": "evidence"}
"""What a study may have very many of, so the store looks for the name; of other kinds all names are read."""

_LISTED = 10
_FEW = 8
"""The most names listed when none is similar."""
_NEAREST = 3
_NEAR_ENOUGH = 60
"""Of 100: below it a suggestion would only mislead."""
_MUCH_LESS = 20
"""The difference in similarity from the best name at which a name is no longer offered."""


@dataclass(frozen=True, slots=True)
class Found:
    """What a reference stands for. ``doc_number`` is None for what has none; ``aliases`` are its other names."""

    id: str
    label: str
    name: str
    doc_number: str | None = None
    aliases: tuple[str, ...] = field(default=(), compare=False)

    @property
    def short_id(self) -> str:
        """The id without study and kind: "north.strategic.D07"."""
        return short_id(self.id)

    @property
    def names(self) -> Iterable[str]:
        """Return all its names."""
        return filter(None, (self.id, self.short_id, self.doc_number, self.name, *self.aliases))


class AmbiguousReference(JourneysError):
    """A reference stands for several things; ``found`` are they, in the order of their ids."""

    def __init__(self, message: str, found: Sequence[Found]) -> None:
        super().__init__(message)
        self.found = tuple(found)


class UnknownReference(JourneysError):
    """Nothing goes by a reference; ``nearest`` are names that look like it."""

    def __init__(self, message: str, nearest: Sequence[str] = ()) -> None:
        super().__init__(message)
        self.nearest = tuple(nearest)


def resolve(store: Store, study: str, text: str, labels: Sequence[str] = ("Document", "Evidence")) -> Found:
    """The one document or piece of evidence that ``text`` stands for; with other ``labels`` the site, person, meeting.

    ``text`` is an id (with or without study and kind), a document number, a title, another name, or the beginning of
    one that no other has. Tried in this order, and the first that finds something decides: the whole id; a whole name
    but for capitals; a whole name but for spacing and accents too; the beginning of a name.

    Raises AmbiguousReference for several matches, with what tells them apart, and UnknownReference for none, with the
    nearest names.
    """
    wanted = folded(text)
    if not wanted:
        raise UnknownReference(f"No {load_schema().nouns(labels)} was given. Write its name, number or id.")
    for tried in (_by_id, _by_whole_name, _by_likeness):
        found = sorted(
            {each.id: each for label in labels for each in tried(store, study, text, label)}.values(), key=_id
        )
        if tried is _by_likeness:
            found = [each for each in found if wanted in map(folded, each.names)] or found
        if len(found) == 1:
            return found[0]
        if found:
            raise _ambiguous(store, text, found)
    raise _unknown(store, study, text, labels)


def _id(found: Found) -> str:
    return found.id


def _by_id(store: Store, study: str, text: str, label: str) -> list[Found]:
    node_id = text.strip()
    if not node_id.startswith(f"{study}:"):
        return []
    if label not in _SLUGS:
        return [found for found in _all(store, study, label) if found.id == node_id]
    return _found(store, label, "by_id", {"id": node_id})


def _by_whole_name(store: Store, study: str, text: str, label: str) -> list[Found]:
    name = " ".join(text.split()).lower()
    if label not in _SLUGS:
        return [found for found in _all(store, study, label) if name in (known.lower() for known in found.names)]
    return _found(store, label, "named", {"study": study, "text": name, "id": _made_id(study, label, name)})


def _by_likeness(store: Store, study: str, text: str, label: str) -> list[Found]:
    """What has a name that is or begins with ``text``, without case, spacing and accents.

    The store cannot fold accents, so it sends what may fit: names in plain letters that do, and all others.
    """
    wanted = folded(text)
    if label in _SLUGS:
        asked = {"study": study, "text": wanted, "id": _made_id(study, label, wanted)}
        known = _found(store, label, "beginning", asked)
    else:
        known = _all(store, study, label)
    return [found for found in known if any(folded(name).startswith(wanted) for name in found.names)]


def _made_id(study: str, label: str, name: str) -> str:
    return f"{study}:{_SLUGS[label]}:{name}".lower()


def _found(store: Store, label: str, how: str, asked: Mapping[str, object]) -> list[Found]:
    query = load_query(f"lookup/{_SLUGS[label]}_{how}")
    return [_of_row(label, row) for row in store.read(query.text, query.values(asked))]


def _all(store: Store, study: str, label: str) -> list[Found]:
    """Everything of one kind that the study has."""
    if label in _SLUGS:
        return _found(store, label, "list", {"study": study})
    query = load_query("lookup/node_names")
    rows = store.read(filled_in(load_schema(), query.text, Label=label), query.values({"study": study}))
    return [_of_row(label, row) for row in rows]


def _of_row(label: str, row: Mapping[str, Any]) -> Found:
    name = row["name"] or short_id(row["id"])
    return Found(row["id"], label, name, row.get("doc_number"), tuple(row["aliases"] or ()))


def _ambiguous(store: Store, text: str, found: Sequence[Found]) -> AmbiguousReference:
    shown = found[:_LISTED]
    cases = _cases(store, shown)
    lines = [f"  {_described(each, cases.get(each.id, []))}" for each in shown]
    more = [f"  … and {len(found) - _LISTED} more"] if len(found) > _LISTED else []
    said = f"{text.strip()!r} matches {len(found)} entries. Write the id of one:"
    return AmbiguousReference("\n".join([said, *lines, *more]), found)


def _described(found: Found, cases: Sequence[str]) -> str:
    number = f"{found.doc_number} " if found.doc_number else ""
    where = f", {'; '.join(cases)}" if cases else ""
    return f"{found.short_id}: {number}{found.name} ({load_schema().nodes[found.label].noun}{where})"


def _cases(store: Store, found: Sequence[Found]) -> dict[str, list[str]]:
    cases: dict[str, list[str]] = {}
    for label in sorted({each.label for each in found} & set(_SLUGS)):
        query = load_query(f"lookup/{_SLUGS[label]}_cases")
        for row in store.read(query.text, query.values({"ids": [each.id for each in found if each.label == label]})):
            cases.setdefault(row["id"], []).append(row["case_study"] or "")
    return {node_id: sorted(filter(None, names)) for node_id, names in cases.items()}


def _unknown(store: Store, study: str, text: str, labels: Sequence[str]) -> UnknownReference:
    known: dict[str, str] = {}
    for label in labels:
        for found in _all(store, study, label):
            for name in filter(None, (found.doc_number, found.name, found.short_id, *found.aliases)):
                known.setdefault(name, f"{found.doc_number} {found.name}" if found.doc_number else found.name)
    nearest = _nearest(short_id(text.strip()) if text.strip().startswith(f"{study}:") else text, known)
    wanted = load_schema().nouns(labels, article=True)
    empty = "" if known else " The study has none yet. Run `journeys load` to load its forms."
    return UnknownReference(
        f"{text.strip()!r} is not {wanted} in this study.{to_choose(nearest, known.values())}{empty}", nearest
    )


def to_choose(nearest: Sequence[str], names: Iterable[str]) -> str:
    """A sentence with the names most like an unknown one; where none is, with all of them if they are few, else ""."""
    if nearest:
        return f" Did you mean {one_of(map(repr, nearest))}?"
    shown = sorted(set(names))
    return f" Choose from: {', '.join(map(repr, shown))}." if 0 < len(shown) <= _FEW else ""


def _nearest(text: str, known: Mapping[str, str]) -> list[str]:
    """What goes by the names that are most like ``text``; of those equally like it, first what has all its words."""
    from rapidfuzz import fuzz, process, utils

    plain = utils.default_process
    near = process.extract(
        text, list(known), scorer=fuzz.WRatio, processor=plain, limit=4 * _NEAREST, score_cutoff=_NEAR_ENOUGH
    )
    best = max((score for _, score, _ in near), default=0)
    alike = {name: score + fuzz.token_set_ratio(text, name, processor=plain) for name, score, _ in near}
    ranked = sorted((name for name, score, _ in near if score > best - _MUCH_LESS), key=lambda name: -alike[name])
    return list(dict.fromkeys(known[name] for name in ranked))[:_NEAREST]
