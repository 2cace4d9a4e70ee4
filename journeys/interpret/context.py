"""What every interpreter of a study's files shares: schema, names, values, and where problems go."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace

from journeys.instruments.answers import FilledForm
from journeys.instruments.files.cells import Cell
from journeys.instruments.instrument_set import InstrumentSet, shipped_instruments
from journeys.interpret.codes_in_use import CodesInUse
from journeys.interpret.collected import Summary
from journeys.interpret.follow_ups import FollowUps
from journeys.interpret.meeting_dates import MeetingDates
from journeys.interpret.merges import Merges
from journeys.interpret.names import Names, ambiguous_name, unknown_name
from journeys.interpret.property_values import ValueReader, split_names
from journeys.interpret.tables_in_use import TablesInUse
from journeys.model.dates import DateSpan
from journeys.model.definitions import ClaimKind, NodeKind
from journeys.model.identity import claim_id, folded, node_id, slug
from journeys.model.phrases import one_of, with_article
from journeys.model.problems import Address, Problem, Report, Severity
from journeys.model.records import Authority, Claim, Node, Value
from journeys.model.schema import Schema

NAMED_IN_FORMS = ("Action", "Driver", "Factor", "Understanding", "CycleElement", "Code")
"""Kinds that no register lists: a form that names one adds it."""


@dataclass(frozen=True)
class End:
    """A node at one end of a claim."""

    label: str
    id: str


class Ties:
    """Structure from the registers: the arena of a meeting, the meeting of an observation."""

    def __init__(self) -> None:
        self._leading: defaultdict[tuple[str, str], list[str]] = defaultdict(list)
        self._coming: defaultdict[tuple[str, str], list[str]] = defaultdict(list)

    def add(self, claim_type: str, start: str, end: str) -> None:
        """Make a tie between two node ids known."""
        self._leading[claim_type, start].append(end)
        self._coming[claim_type, end].append(start)

    def leading(self, claim_type: str, start: str) -> list[str]:
        """The ids that ties of this type lead to."""
        return self._leading[claim_type, start]

    def coming(self, claim_type: str, end: str) -> list[str]:
        """The ids that ties of this type come from."""
        return self._coming[claim_type, end]


@dataclass(frozen=True)
class Context:
    """A study while it is being read: its schema, names, dates, codes, and where problems are reported."""

    study: str
    schema: Schema
    names: Names
    report: Report
    values: ValueReader
    meetings: MeetingDates
    ties: Ties = field(default_factory=Ties)
    source_dates: dict[str, DateSpan] = field(default_factory=dict)
    """The date of each source that has one in the registers."""
    archived: dict[str, tuple[str, Address]] = field(default_factory=dict)
    """What the registers say of the copy of each document, and where."""
    made_in_tables: set[str] = field(default_factory=set)
    """The ids of nodes that came from tables; all others came from registers and forms."""
    instruments: InstrumentSet = field(default_factory=shipped_instruments)
    codes: CodesInUse = field(default_factory=CodesInUse)
    """The codebook, and what is coded with it."""
    tables: TablesInUse = field(default_factory=TablesInUse)
    """The summary tables, and what bears on their rows."""
    sheets: dict[str, str] = field(default_factory=dict)
    """The file of the sheet that each interview or observation was read from."""
    remarks: dict[str, str] = field(default_factory=dict)
    """What is to be said of a file beside its problems, in the list of files."""
    extractions: dict[tuple[str, str], list[FilledForm]] = field(default_factory=dict)
    """The forms about each document, by its id and their instrument, in the order in which they were read."""
    follow_ups: FollowUps = field(default_factory=FollowUps)
    """What people decided about follow-ups."""
    merges: Merges = field(default_factory=Merges)
    """What people decided about entries that may be the same."""
    summaries: list[Summary] = field(default_factory=list)
    """The data collection summaries that were read."""

    def problem(self, kind: str, given: Cell, message: str, remedy: str) -> None:
        """Report what is wrong with one cell."""
        self.report(Problem(kind, given.address, message, remedy))

    def claim(
        self,
        kind: ClaimKind,
        start: End,
        end: End,
        properties: Mapping[str, Value],
        address: Address,
        *,
        act: str | None = None,
        dated_at: Address | None = None,
    ) -> Claim:
        """A claim with its stable id.

        The meeting to which it leads anyway is not held twice: written once or in two columns, it is one claim. Another
        meeting than that is reported.
        """
        if kind.at_meetings and end.label == "Meeting" and "at_meeting" in properties:
            self._report_other_meeting(kind, end, str(properties["at_meeting"]), address)
            properties = {name: value for name, value in properties.items() if name != "at_meeting"}
        identity = claim_id(self.schema, kind.name, start.id, end.id, properties)
        ends = (start.label, start.id, end.label, end.id)
        return Claim(identity, kind.name, *ends, properties, address, act, dated_at)

    def _report_other_meeting(self, kind: ClaimKind, end: End, at_meeting: str, address: Address) -> None:
        if at_meeting == end.id:
            return
        meant, other = (self.names.shown(each) for each in (end.id, at_meeting))
        message = f"It {kind.phrase} {meant!r}, and the meeting at which that happened is given as {other!r}."
        self.report(Problem("two_meetings", address, message, "Name one meeting, or write a row for each."))

    def said_by(self, claim: Claim, who: str | None) -> Claim:
        """Return the claim with ``who`` (an actor's id, "document" or "researcher") as its speaker; unchanged without
        ``who``, and for structure."""
        if who is None or not self.schema.claims[claim.type].asserted:
            return claim
        return self.restated(claim, {**claim.properties, "claimed_by": who})

    def restated(self, claim: Claim, properties: Mapping[str, Value]) -> Claim:
        """The claim with other properties, and so with another id; its places stay."""
        start, end = End(claim.from_label, claim.from_id), End(claim.to_label, claim.to_id)
        made = self.claim(self.schema.claims[claim.type], start, end, properties, claim.address)
        return replace(made, dated_at=claim.dated_at, places=claim.places)

    def look_up(self, labels: Sequence[str], given: Cell) -> list[End]:
        """The nodes that the names in a cell stand for; each name that stands for none or for several is reported."""
        found: list[End] = []
        for name in split_names(given.text):
            end = self.look_up_one(labels, name, given.address)
            if end is not None:
                found.append(end)
        return found

    def look_up_one(self, labels: Sequence[str], name: str, address: Address) -> End | None:
        """The one node of these labels that ``name`` stands for, or None, reported."""
        matches = self.names.find(labels, name)
        if len(matches) == 1:
            return End(*matches[0])
        if matches:
            self.report(ambiguous_name(self.names, matches, name, address))
            return None
        others = self.names.find(tuple(self.schema.nodes), name)
        if others:
            shown = one_of(dict.fromkeys(with_article(self.schema.nodes[label].noun) for label, _ in others), "and")
            wanted = self.schema.nouns(labels, article=True)
            message = f"{name!r} is {shown}; {wanted} is needed here."
            new = next((_in_words(self.schema.nodes[label]) for label in labels if label in NAMED_IN_FORMS), None)
            anew = f" For a new {new} of that name, write '{new.capitalize()}: {name}'." if new else ""
            self.report(Problem("wrong_kind", address, message, f"Write the name of {wanted}.{anew}"))
            return None
        where = "Write the name as it is there, or add it there."
        self.report(unknown_name(self.names, labels, name, address, where=where))
        return None

    def look_up_or_new(
        self, labels: Sequence[str], given: Cell, *, also_new: str | None = None
    ) -> Iterator[tuple[End, Node | None]]:
        """As ``look_up``; a name of a kind that no register lists, or of the kind ``also_new``, is made known, and
        comes with its new node."""
        new_labels = [label for label in labels if label in NAMED_IN_FORMS or label == also_new]
        for name in split_names(given.text):
            if not new_labels or self.names.find(labels, name) or self._registered_as_other(labels, name):
                end = self.look_up_one(labels, name, given.address)
                if end is not None:
                    yield end, None
                continue
            self._warn_of_slip(new_labels[0], name, given.address)
            node = self.new_node(new_labels[0], name, given.address)
            if node is not None:
                yield End(node.label, node.id), node

    def _registered_as_other(self, labels: Sequence[str], name: str) -> bool:
        """Whether a register has the name for another kind of thing than the cell takes."""
        listed = [label for label in self.schema.nodes if label not in (*NAMED_IN_FORMS, *labels)]
        return bool(self.names.find(listed, name))

    def _warn_of_slip(self, label: str, name: str, address: Address) -> None:
        """Say when a name that is new here is spelt almost like one that the study has."""
        _, name = self._described(self.schema.nodes[label], name)
        if self.names.find((label,), name):
            return
        meant = self.names.misspelt(tuple(self.schema.nodes), name)
        if meant is not None:
            called = _in_words(self.schema.nodes[label])
            message = f"{name!r} is not in the registers and was taken as a new {called}."
            remedy = f"If {meant!r} is meant, write that name; otherwise leave this one."
            self.report(Problem("misspelt_name", address, message, remedy, Severity.WARNING))

    def new_node(self, label: str, name: str, address: Address) -> Node | None:
        """A node made from its name alone, and known from now on; None, reported, for a name without letters."""
        kind = self.schema.nodes[label]
        definition = kind.properties.get(kind.display)
        described, name = self._described(kind, name)
        if definition is not None and definition.vocabulary is not None:
            vocabulary = self.schema.terms(definition.vocabulary)
            term = vocabulary.terms.get(vocabulary.term(name) or "")
            name = term.label if term else name
            if term and term.group and "group" in kind.properties:
                described["group"] = term.group
        try:
            identity = node_id(self.study, kind, [slug(name)])
        except ValueError:
            self.report(
                Problem("bad_value", address, f"{name!r} is not a name.", "Write a name with letters or digits.")
            )
            return None
        self.names.add(label, identity, [name])
        return Node(label, identity, {kind.display: name, **described}, address, Authority.FORM)

    def _described(self, kind: NodeKind, name: str) -> tuple[dict[str, Value], str]:
        """What stands before a name's colon ("Barrier, skills: …"; "Action: …"), if all of it are terms of the kind, or
        it is the kind; and the rest.

        A form has no other place for the kind of a driver, factor or action that no register lists.
        """
        before, colon, rest = name.partition(":")
        found: dict[str, Value] = {}
        words = before.split(",") if colon and rest.strip() else []
        if [folded(word) for word in words] == [_in_words(kind)]:
            return {}, rest.strip()
        for word in words:
            for definition in kind.properties.values():
                term = self.schema.terms(definition.vocabulary).term(word.strip()) if definition.vocabulary else None
                if term is not None and definition.name not in found:
                    found[definition.name] = term
                    break
            else:
                return {}, name
        return (found, rest.strip()) if found else ({}, name)


def _in_words(kind: NodeKind) -> str:
    return kind.slug.replace("_", " ")
