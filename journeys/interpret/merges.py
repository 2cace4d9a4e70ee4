"""Entries that the team has decided are the same: kept in decisions/, applied to all that is read, at every load.

Of entries that are the same one is kept, and whatever is said of the others is said of it. That holds through others:
if A is B and B is C, A is C. Without its decision, every entry is again what it was.
"""

from __future__ import annotations

from collections import defaultdict, deque
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field, replace

from journeys.instruments.excel.merge_decisions import KINDS, MergeDecision
from journeys.model.identity import claim_id, folded, keyed_claim_id, short_id
from journeys.model.phrases import one_of
from journeys.model.problems import Problem, Report, Severity
from journeys.model.records import Claim, Node, Value
from journeys.model.schema import Schema

MERGED = "merged"
"""The property of an entry that says which others it is, and who decided that."""
_ALIASES = "aliases"
_KIND_OF = {label: kind for kind, label in KINDS.items()}

_Entry = tuple[str, str]
"""A label, and the last part of an id, folded."""


@dataclass(slots=True)
class Merges:
    """The decisions of a study about entries that may be the same, the last about two entries counting."""

    _decisions: dict[frozenset[_Entry], MergeDecision] = field(default_factory=dict)
    _kept: dict[_Entry, str] = field(default_factory=dict)
    _notes: defaultdict[_Entry, list[str]] = field(default_factory=lambda: defaultdict(list))
    _met: dict[_Entry, None] = field(default_factory=dict)

    def add(self, decisions: Iterable[MergeDecision], report: Report) -> None:
        """Take decisions up, before anything is read; those that contradict each other are reported as errors."""
        for each in decisions:
            one, other = _ends(each)
            if one == other:
                message, remedy = "The two entries are one.", "Write the ids of two entries, or delete the line."
                report(Problem("bad_value", each.address, message, remedy))
                continue
            self._decisions.pop(frozenset((one, other)), None)
            self._decisions[frozenset((one, other))] = each
        self._settle(report)

    @property
    def decided(self) -> Mapping[frozenset[_Entry], MergeDecision]:
        """The decision about each two entries that one is about."""
        return self._decisions

    @property
    def contradictions(self) -> Iterator[tuple[MergeDecision, list[MergeDecision]]]:
        """Each decision that two entries are not the same, with those by which they are."""
        ties = self._ties()
        for each in self._decisions.values():
            if each.verdict == "not the same" and (way := _way(ties, *_ends(each))):
                yield each, way

    def _ties(self) -> defaultdict[_Entry, dict[_Entry, MergeDecision]]:
        """Which entries are the same as which, each with the decision that says so."""
        ties: defaultdict[_Entry, dict[_Entry, MergeDecision]] = defaultdict(dict)
        for each in self._decisions.values():
            if each.verdict == "same":
                one, other = _ends(each)
                ties[one][other] = ties[other][one] = each
        return ties

    def _settle(self, report: Report) -> None:
        """Find out which entry is kept of those that are the same."""
        self._kept.clear()
        self._notes.clear()
        for each, way in self.contradictions:
            places = one_of([str(step.address) for step in way], "and")
            message = f"{each.kept} and {each.other} are not the same here, but the same by {places}."
            report(Problem("contradiction", each.address, message, "Change one of these decisions."))
        ties = self._ties()
        seen: set[_Entry] = set()
        for start in ties:
            if start not in seen:
                group = list(_reached(ties, start))
                seen |= set(group)
                self._keep_one(group, ties)

    def _keep_one(self, group: list[_Entry], ties: Mapping[_Entry, Mapping[_Entry, MergeDecision]]) -> None:
        """Keep the entry that stands most often under Keep, the first by its id among those."""
        decisions = list({id(each): each for entry in group for each in ties[entry].values()}.values())
        written: dict[_Entry, str] = {}
        for each in decisions:
            written |= zip(_ends(each), (each.kept, each.other), strict=True)
        often = {entry: sum(_ends(each)[0] == entry for each in decisions) for entry in group}
        kept = min(group, key=lambda entry: (-often[entry], entry))
        for entry in group:
            if entry != kept:
                self._kept[entry] = written[kept]
        for each in decisions:
            self._notes[kept].append(each.words)

    def applied(self, records: Iterable[Node | Claim], schema: Schema, report: Report) -> Iterator[Node | Claim]:
        """Nodes and claims as they are after the merges; a claim of an entry about itself is reported and left out."""
        for each in records:
            if not self._decisions:
                yield each
            elif isinstance(each, Node):
                yield self._node(each, schema)
            elif (claim := self._claim(each, schema, report)) is not None:
                yield claim

    def _node(self, node: Node, schema: Schema) -> Node:
        entry = _entry(node.label, node.id)
        self._met[entry] = None
        kept = self._of(node.label, node.id)
        properties: dict[str, Value] = dict(node.properties)
        if kept != node.id:
            # The entry that is kept has a name; what the other is called are more names of it.
            shown = [properties.pop(name, "") for name in dict.fromkeys((schema.nodes[node.label].display, "name"))]
            held = properties.get(_ALIASES)
            names = [*(held if isinstance(held, list) else []), *map(str, filter(None, shown))]
            properties[_ALIASES] = list(dict.fromkeys([*names, short_id(node.id)]))
        notes = self._notes.get(_entry(node.label, kept))
        if notes:
            properties[MERGED] = [*notes]
        return replace(node, id=kept, properties=properties)

    def _claim(self, claim: Claim, schema: Schema, report: Report) -> Claim | None:
        start, end = self._of(claim.from_label, claim.from_id), self._of(claim.to_label, claim.to_id)
        said = claim.properties.get("claimed_by")
        speaker = self._of("Actor", said) if isinstance(said, str) and ":" in said else said
        if (start, end, speaker) == (claim.from_id, claim.to_id, said):
            return claim
        if start == end:
            message = f"Both ends of the claim are {short_id(start)}, because two entries were merged; it was ignored."
            remedy = "Correct the row, or the decision that they are the same."
            report(Problem("claim_about_itself", claim.address, message, remedy, Severity.WARNING))
            return None
        properties = {**claim.properties, **({} if speaker is None else {"claimed_by": speaker})}
        own = claim_id(schema, claim.type, claim.from_id, claim.to_id, claim.properties)
        identity = claim_id(schema, claim.type, start, end, properties)
        if own != claim.id:  # by a key of its table, or numbered
            identity = keyed_claim_id(claim.id, f"{start} {end} {speaker}")
        return replace(claim, id=identity, from_id=start, to_id=end, properties=properties)

    def _of(self, label: str, identity: str) -> str:
        kept = self._kept.get(_entry(label, identity))
        return identity if kept is None else identity[: len(identity) - len(short_id(identity))] + kept

    def report_unmet(self, report: Report) -> None:
        """Say which decisions name an entry that is not in the study: an error, if claims would be of nobody."""
        for each in self._decisions.values():
            for entry, text in zip(_ends(each), (each.kept, each.other), strict=True):
                if entry not in self._met:
                    lost = each.verdict == "same" and text in self._kept.values()
                    remedy = "Correct the id, or delete the line." if lost else "The line has no effect: delete it."
                    level = Severity.ERROR if lost else Severity.WARNING
                    message = f"There is no {_KIND_OF[each.label]} {text!r}."
                    report(Problem("unknown_name", each.address, message, remedy, level))


def _entry(label: str, identity: str) -> _Entry:
    return label, folded(short_id(identity))


def _ends(decision: MergeDecision) -> tuple[_Entry, _Entry]:
    return (decision.label, folded(decision.kept)), (decision.label, folded(decision.other))


def _reached(ties: Mapping[_Entry, Mapping[_Entry, MergeDecision]], start: _Entry) -> Iterator[_Entry]:
    seen, waiting = {start}, deque([start])
    while waiting:
        entry = waiting.popleft()
        yield entry
        more = [other for other in ties[entry] if other not in seen]
        seen.update(more)
        waiting.extend(more)


def _way(ties: Mapping[_Entry, Mapping[_Entry, MergeDecision]], start: _Entry, end: _Entry) -> list[MergeDecision]:
    """The decisions by which two entries are the same, by the fewest others; empty where they are not."""
    came: dict[_Entry, tuple[_Entry, MergeDecision]] = {}
    waiting = deque([start])
    while waiting:
        entry = waiting.popleft()
        for other, decision in ties.get(entry, {}).items():
            if other != start and other not in came:
                came[other] = entry, decision
                waiting.append(other)
    way: list[MergeDecision] = []
    while end in came:
        end, decision = came[end]
        way.append(decision)
    return way[::-1]
