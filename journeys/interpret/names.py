"""Look up names in a study's registers by id, label or alias, ignoring case, spacing and accents."""

from __future__ import annotations

import re
import unicodedata
from collections import defaultdict
from collections.abc import Container, Sequence
from itertools import chain

from rapidfuzz import fuzz, process
from rapidfuzz.distance import OSA

from journeys.instruments.table_definition import register_sheets
from journeys.model.identity import folded, short_id
from journeys.model.phrases import one_of
from journeys.model.problems import Address, Problem
from journeys.model.schema import load_schema
from journeys.model.titles import TITLES

_NEAR_ENOUGH = 60
"""The lowest similarity, of 100, for a suggestion."""
_SLIP, _SHORTEST = 2, 5
"""Letters: a name of this length or longer that differs by so few from a known one is probably a misspelling of it."""
_SOFT_HYPHEN = "\u00ad"
_WITH_ID = re.compile(r"(.+\S)\s*\(([^()]+)\)", re.DOTALL)
_JOINED = re.compile(r"(?:(?<!\s)\s+)?[,&/+]\s*|(?<!\s)\s+and\s+", re.IGNORECASE)


class Names:
    """The names of one study's nodes.

    One name may stand for several nodes, of one kind (two people called Smith) or of different kinds; ``find`` gives
    all of them and leaves the choice to who asks.
    """

    def __init__(self) -> None:
        self._found: defaultdict[str, defaultdict[str, dict[str, str]]] = defaultdict(lambda: defaultdict(dict))
        self._by_name: defaultdict[str, dict[str, dict[str, str]]] = defaultdict(dict)
        self._spelt: defaultdict[str, Spellings] = defaultdict(Spellings)
        self._shown: dict[str, str] = {}
        self._labels: dict[str, str] = {}
        self.noted: list[tuple[str, str, tuple[str, ...]]] | None = None
        """Where what becomes known is noted, if anywhere."""

    def add(self, label: str, node_id: str, names: Sequence[str]) -> None:
        """Make a node known by its id, the last part of its id, and each of ``names``; the first is how it is shown."""
        if self.noted is not None:
            self.noted.append((label, node_id, tuple(names)))
        by_name = self._found[label]
        short = short_id(node_id)
        for name in (*names, short, node_id):
            if name:
                ids = by_name[folded(name)]
                if node_id not in ids:
                    ids[node_id] = name
                    if name != node_id:
                        self._spelt[label].add(folded(name), name)
                self._by_name[folded(name)][label] = ids
        shown = next((name for name in names if name), short)
        self._shown.setdefault(node_id, shown)
        self._labels[node_id] = label

    def find(self, labels: Sequence[str], name: str) -> list[tuple[str, str]]:
        """The nodes of these labels that ``name`` stands for, as (label, id): none, one, or several."""
        found = self._called(labels, folded(name))
        if not found and _SOFT_HYPHEN in name:  # some programs put it for a hyphen, or where a line broke at a space
            readings = (self._called(labels, folded(name.replace(_SOFT_HYPHEN, sign))) for sign in "- ")
            found = next(filter(None, readings), [])
        with_id = _WITH_ID.fullmatch(name.strip())
        if found or with_id is None:
            return found
        # As namesakes are shown: "Jane Doe (JD2)".
        called, own = (self._called(labels, folded(part)) for part in with_id.groups())
        return [match for match in own if match in called]

    def _called(self, labels: Sequence[str], wanted: str) -> list[tuple[str, str]]:
        by_label = self._by_name.get(wanted)
        if by_label is None:
            return []
        return [(label, node_id) for label in labels if label in by_label for node_id in by_label[label]]

    def nearest(self, labels: Sequence[str], name: str, limit: int = 3) -> list[str]:
        """At most ``limit`` known names of these labels that look most like ``name``, the nearest first."""
        choices: dict[str, tuple[str, str]] = {}
        wanted = folded(name)
        for label in labels:
            for name_folded, ids in self._found.get(label, {}).items():
                if len(name_folded) < min(_SHORTEST, len(wanted) / 2):  # "TO" is part of many names and similar to none
                    continue
                for node_id, written in ids.items():
                    choices.setdefault(name_folded, (node_id, written))
        near = process.extract(wanted, list(choices), scorer=fuzz.WRatio, limit=4 * limit, score_cutoff=_NEAR_ENOUGH)
        by_node: dict[str, str] = {}
        for match, _, _ in near:
            node_id, written = choices[match]
            if written != node_id:
                by_node.setdefault(node_id, written)
        return list(by_node.values())[:limit]

    def shown(self, node_id: str) -> str:
        """The name a node is shown by; its id when it is not known."""
        return self._shown.get(node_id, node_id)

    def written(self, label: str) -> list[str]:
        """Every name that nodes of a label go by, as written, but for their full ids."""
        found = {name for ids in self._found[label].values() for node_id, name in ids.items() if name != node_id}
        return sorted(found)

    def known(self, labels: Sequence[str]) -> list[str]:
        """The shown names of all nodes of these labels, sorted: what a drop-down offers."""
        wanted = set(labels)
        return sorted({self._shown[node_id] for node_id, label in self._labels.items() if label in wanted})

    def separately(self, labels: Sequence[str], name: str) -> list[str]:
        """The names that ``name`` joins by commas, ampersands, slashes or "and", if each is known; else none."""
        parts = [part.strip() for part in _JOINED.split(name) if part.strip()]
        known = len(parts) > 1 and all(self.find(labels, part) for part in parts)
        return parts if known else []

    def misspelt(self, labels: Sequence[str], name: str) -> str | None:
        """The known name that ``name`` differs from by a slip of a letter or two, if there is one; not by a number."""
        return most_like([self._spelt[label] for label in labels if label in self._spelt], name)

    def spellings(self, labels: Sequence[str], but: Container[str] = ()) -> Spellings:
        """How the names of nodes of these labels are spelt, but for those of some nodes."""
        known = [self._found[label] for label in labels if label in self._found]
        told = ((each, *held) for names in known for each, ids in names.items() for held in ids.items())
        spellings = Spellings()
        for each, node_id, own in told:
            if node_id not in but and own != node_id:
                spellings.add(each, own)
        return spellings


class Spellings:
    """Known names, folded, each with how it is written: what a new name is compared with."""

    def __init__(self) -> None:
        self._written: dict[str, str] = {}
        # A study names thousands of new things, and each is compared with all before it: with those as long as it.
        self._by_length: defaultdict[int, list[tuple[int, str]]] = defaultdict(list)
        self._by_words: dict[tuple[str, ...], str] = {}

    def add(self, folded_name: str, written: str) -> None:
        """Make a name known."""
        if folded_name not in self._written:
            self._by_length[len(folded_name)].append((len(self._written), folded_name))
            if len(words := _name_words(folded_name)) > 1:
                self._by_words[words] = folded_name
        self._written[folded_name] = written

    def like(self, name: str) -> str | None:
        """The known name that ``name`` probably is, written otherwise (see ``most_like``)."""
        return most_like([self], name)

    def with_words(self, words: tuple[str, ...]) -> str | None:
        """The last known name of these words in any order, folded."""
        return self._by_words.get(words)

    def written(self, folded_name: str) -> str | None:
        """How a known name is written."""
        return self._written.get(folded_name)

    def about_as_long(self, name: str) -> list[str]:
        """The known names that a slip of a letter or two can have made of a name, folded, in their order."""
        lengths = range(len(name) - _SLIP, len(name) + _SLIP + 1)
        return [each for _, each in sorted(chain.from_iterable(self._by_length.get(length, ()) for length in lengths))]


def most_like(spellings: Sequence[Spellings], name: str) -> str | None:
    """The known name that ``name`` probably is, written otherwise; not one that differs by a number.

    It differs by a slip of a letter or two, or has the same words: in another order, with a title or a bracket.
    """
    wanted = folded(name)
    if len(wanted) < _SHORTEST:
        return None
    words = _name_words(wanted)
    same = next(filter(None, (known.with_words(words) for known in reversed(spellings))), None)
    meant = same if same != wanted else None
    if meant is None:
        choices = list(dict.fromkeys(chain.from_iterable(known.about_as_long(wanted) for known in spellings)))
        like = process.extract(wanted, choices, scorer=OSA.distance, limit=5, score_cutoff=_SLIP)
        meant = next((each for each, _, _ in like if each != wanted and _may_be_one(each, wanted)), None)
    return next(filter(None, (known.written(meant) for known in reversed(spellings))), None) if meant else None


def _name_words(name: str) -> tuple[str, ...]:
    """The words of a folded name in one order, without titles, initials' points and what stands in brackets."""
    words = re.findall(r"\w+", re.sub(r"\([^()]*\)", " ", name).replace("'", "").replace("-", " "))
    return tuple(sorted(word for word in words if word not in TITLES))


def _may_be_one(one: str, other: str) -> bool:
    """Whether nothing tells two names apart on purpose, as "phase 1" and "phase 2", "option A" and "option B" are.

    A letter of its own may also be a word with a slip: "Sam Ss." for "Sam S.".
    """
    words, others = re.findall(r"\w+", one), re.findall(r"\w+", other)
    if len(words) == len(others):
        return all(
            each == that or (each.isalpha() and that.isalpha() and len(each) + len(that) > 2)
            for each, that in zip(words, others, strict=True)
        )
    return _numbers(words) == _numbers(others)


def _numbers(words: Sequence[str]) -> list[str]:
    return [word for word in words if len(word) == 1 or not word.isalpha()]


def unknown_name(names: Names, labels: Sequence[str], name: str, address: Address, *, where: str) -> Problem:
    """The problem of a name that is not in the registers: the nearest matches, and where to add it (``where``)."""
    near = names.nearest(labels, name)
    meant = f"{_foreign_letters(name)}Did you mean {one_of(map(repr, near))}? " if near else ""
    if several := names.separately(labels, name):
        meant, where = "", f"Put semicolons between names: {'; '.join(several).removesuffix('.')}."
    return Problem("unknown_name", address, f"{name!r} is not in {_registers(labels)}.", f"{meant}{where}")


def _foreign_letters(name: str) -> str:
    """A sentence that names the Cyrillic and Greek letters among Latin ones, which look alike; empty if none are."""
    letters = [(each, unicodedata.name(each, "").partition(" ")[0]) for each in dict.fromkeys(name) if each.isalpha()]
    foreign = [f"{each!r} is {script.title()}" for each, script in letters if script in ("CYRILLIC", "GREEK")]
    if not foreign or all(script != "LATIN" for _, script in letters):
        return ""
    return f"{one_of(foreign, 'and')}, though it looks like a Latin letter: type the name again. "


def _registers(labels: Sequence[str]) -> str:
    """The registers of these labels in words: "the Documents register", "the Arenas or Organisations register"."""
    titles = [sheet.title for sheet in register_sheets() if sheet.node in labels]
    return f"the {one_of(titles)} register" if titles else "the registers"


def ambiguous_name(names: Names, found: Sequence[tuple[str, str]], name: str, address: Address) -> Problem:
    """Return the problem for a name shared by several nodes; it lists their ids, one of which to write instead."""
    nodes = load_schema().nodes
    ids = ", ".join(f"{short_id(node_id)} ({nodes[label].noun})" for label, node_id in found)
    return Problem("ambiguous_name", address, f"{name!r} matches {len(found)} entries.", f"Write the id of one: {ids}.")
