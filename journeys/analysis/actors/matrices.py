"""Affiliation (two-mode) matrices of a site: people by documents and evidence, and people by meetings."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from typing import Any

import networkx as nx

from journeys.analysis.actors.relations import MADE_BY, STANCES
from journeys.analysis.claims.claim import counted_source
from journeys.analysis.claims.dates import span
from journeys.analysis.claims.graph import nodes_by_label, parts_of
from journeys.analysis.claims.kept import kept
from journeys.analysis.claims.places import actors_of
from journeys.analysis.claims.selection import LeftOut, Selection, belonging
from journeys.analysis.claims.statements import with_denials
from journeys.analysis.methods.seriation import seriated
from journeys.model.dates import UNKNOWN as NO_DATE
from journeys.model.dates import DateSpan
from journeys.model.order import sort_key

MOST = 200
"""A page shows at most so many people and so many columns: those with the most recorded."""

UNKNOWN = "unknown"
DOCUMENT_STATES = {
    "support": "supported it",
    "contest": "contested it",
    "both": "supported and contested it",
    "other": "dealt with it, took no side",
    "silent": "was present when it was dealt with; nothing else is recorded",
    "absent": "was at none of the meetings that dealt with it",
    UNKNOWN: "nothing recorded",
}
"""What may stand between a person and a document or piece of evidence."""

MEETING_STATES = {
    "spoke": "spoke there: introduced, supported, contested, raised … something",
    "attended": "attended; nothing else is recorded",
    "disputed": "sources disagree whether they were there",
    "absent": "reported not to have been there",
    "unlisted": "not on the record's list of those present",
    UNKNOWN: "nothing recorded",
}
"""What may stand between a person and a meeting."""

_WORDLESS = {
    "ATTENDED",
    "REPRESENTED",
    "ABSTAINED_ON",
    "RECUSED_FROM",
    "TOOK_AWAY",
    "MADE_AWARE_OF",
    "RECEIVED",
    "ACCESSED",
    "USED",
}
"""What puts somebody at a meeting and needs no word of theirs."""


@dataclass(frozen=True, slots=True)
class Cell:
    """One cell: a state of ``DOCUMENT_STATES`` or ``MEETING_STATES``, and the claims that it rests on, sorted.

    ``meetings`` are those at which the document was dealt with and that the state is about: where somebody was silent,
    the meetings they were at.
    """

    state: str
    claims: tuple[str, ...] = ()
    meetings: tuple[str, ...] = ()


NOTHING = Cell(UNKNOWN)


@dataclass(frozen=True)
class Matrix:
    """People by things, each with a cell. ``rows`` and ``columns`` are ids, those alike beside each other.

    ``empty_rows`` and ``empty_columns`` have no claim in any cell, and are not among them.
    """

    name: str
    states: Mapping[str, str]
    rows: tuple[str, ...]
    columns: tuple[str, ...]
    empty_rows: tuple[str, ...]
    empty_columns: tuple[str, ...]
    cell: Callable[[str, str], Cell]
    recorded: Mapping[tuple[str, str], Cell]

    def largest(self, most: int = MOST) -> Matrix:
        """The matrix of at most ``most`` people and columns: those with the most cells that rest on claims."""
        if len(self.rows) <= most and len(self.columns) <= most:
            return self
        rows, columns = (_fullest((ends[which] for ends in self.recorded), most) for which in (0, 1))
        recorded = {ends: cell for ends, cell in self.recorded.items() if ends[0] in rows and ends[1] in columns}
        made = _matrix(self.name, self.states, rows, columns, recorded, self.cell)
        return replace(made, empty_rows=self.empty_rows, empty_columns=self.empty_columns)

    def at_least(self, smallest: int) -> Matrix:
        """The matrix of the cells that rest on at least so many claims; the others are empty, and the key says so.

        What rests on no claim of the person's goes too: that somebody is not on a list says who is.
        """
        recorded = {ends: cell for ends, cell in self.recorded.items() if len(cell.claims) >= smallest}
        if len(recorded) == len(self.recorded):
            return self
        states = {**self.states, UNKNOWN: f"nothing recorded, or fewer than {smallest} claims say it"}
        made = _matrix(self.name, states, self.rows, self.columns, recorded, lambda *ends: recorded.get(ends, NOTHING))
        return replace(made, empty_rows=self.empty_rows, empty_columns=self.empty_columns)


@dataclass(frozen=True, slots=True)
class Matrices:
    """The two matrices of a place, and the claims that were left out of them. ``names`` is by id.

    ``dealt_with`` has, for each document or piece of evidence, the meetings that dealt with it; ``when`` the date of
    each meeting, as bounds to sort by.
    """

    documents: Matrix
    meetings: Matrix
    names: Mapping[str, str]
    labels: Mapping[str, str]
    dealt_with: Mapping[str, tuple[str, ...]]
    left_out: tuple[LeftOut, ...]
    when: Mapping[str, DateSpan] = field(default_factory=dict)

    def at_least(self, smallest: int) -> tuple[Matrices, int]:
        """Both matrices without cells that rest on fewer claims than that, and how many such cells there were."""
        made = replace(self, documents=self.documents.at_least(smallest), meetings=self.meetings.at_least(smallest))
        both = ((self.documents, made.documents), (self.meetings, made.meetings))
        return made, sum(len(before.recorded) - len(after.recorded) for before, after in both)

    def in_time(self, meetings: Iterable[str]) -> list[str]:
        """Meetings in the order of their dates, those without one last; what is alike is in the order of names."""
        known = {each: self.when.get(each, NO_DATE) for each in meetings}
        return sorted(known, key=lambda each: (sort_key(known[each]), self.names[each], each))

    @property
    def claims(self) -> set[str]:
        """The ids of all claims that any cell rests on."""
        return {
            claim
            for each in (self.documents, self.meetings)
            for cell in each.recorded.values()
            for claim in cell.claims
        }


def matrices(graph: nx.MultiDiGraph[str], selection: Selection) -> Matrices:
    """The matrices of a study's graph (``study_graph``), of the claims that ``selection`` counts.

    Somebody was at a meeting if a source says that they attended it, or did something there. They are absent where a
    source says so; not on the list where a record of the meeting (minutes, an observation) lists others; else nothing
    is known. Somebody was silent on a document if they were at a meeting that dealt with it, and nothing is recorded of
    them and it. Denied, withdrawn and inferred claims count nowhere, but that somebody was reported not to have been at
    a meeting is what it is.
    """
    counted, left = with_denials(graph, selection)
    told = _Told.of(counted, graph)
    place = selection.site or selection.case
    people = sorted(actors_of(graph, place) | {person for person, _ in (*told.acts, *told.there)})
    places = belonging(graph)
    labelled = nodes_by_label(graph)
    of = {
        name: sorted(
            node for label in labels for node in labelled.get(label, ()) if place is None or place in places[node]
        )
        for name, labels in (("things", MADE_BY), ("meetings", ("Meeting",)))
    }
    things = sorted({*of["things"], *(thing for _, thing in told.acts), *told.dealt_with})
    # A document may have been tabled at a meeting of another place, at which nobody of this one was.
    tabled = {meeting for thing in things for meeting in told.dealt_with.get(thing, ())}
    meetings = sorted({*of["meetings"], *(meeting for _, meeting in told.there), *tabled})
    ends = (*people, *things, *meetings)
    return Matrices(
        _matrix("documents", DOCUMENT_STATES, people, things, told.sides(people), told.side),
        _matrix("meetings", MEETING_STATES, people, meetings, told.presences(), told.presence),
        {node: str(graph.nodes[node]["name"]) for node in ends},
        {node: str(graph.nodes[node]["label"]) for node in ends},
        {thing: tuple(sorted(told.dealt_with.get(thing, ()))) for thing in things},
        _of_people(graph, (*left, LeftOut("reported not to have happened", tuple(sorted(told.denied))))),
        {meeting: span(graph.nodes[meeting]) for meeting in meetings},
    )


@dataclass(frozen=True)
class _Told:
    """What claims say: ``acts`` of a person on a thing, ``there`` and ``away`` of a person and a meeting (claim ids).

    ``listed`` are the meetings of which a record lists who was present, ``denied`` the denials that count nowhere.
    """

    acts: Mapping[tuple[str, str], Mapping[str, Mapping[str, Any]]]
    there: Mapping[tuple[str, str], Mapping[str, Mapping[str, Any]]]
    away: Mapping[tuple[str, str], set[str]]
    dealt_with: Mapping[str, set[str]]
    listed: set[str]
    denied: set[str]
    known: dict[tuple[str, str], Cell] = field(default_factory=dict)

    @classmethod
    def of(cls, graph: nx.MultiDiGraph[str], whole: nx.MultiDiGraph[str]) -> _Told:
        """Of the claims that count, of a ``whole`` study."""
        records = _records(whole)
        acts: defaultdict[tuple[str, str], dict[str, Mapping[str, Any]]] = defaultdict(dict)
        there: defaultdict[tuple[str, str], dict[str, Mapping[str, Any]]] = defaultdict(dict)
        away: defaultdict[tuple[str, str], set[str]] = defaultdict(set)
        dealt_with: defaultdict[str, set[str]] = defaultdict(set)
        listed: set[str] = set()
        denied: set[str] = set()
        label = _labels(whole)
        parts = parts_of(graph)  # the structure of a large study is much, and says nothing here
        for start, end, key, claim in parts[1] if parts else graph.edges(keys=True, data=True):
            if not claim.get("asserted", True):
                continue
            meeting = str(claim.get("at_meeting") or (end if label[end] == "Meeting" else ""))
            person = label[start] == "Actor"
            if claim["denied"]:
                absent = person and claim["type"] == "ATTENDED"
                (away[start, end] if absent else denied).add(key)
                continue
            if meeting in label and person:
                there[start, meeting][key] = claim
                if claim["type"] == "ATTENDED" and counted_source(claim) in records.get(meeting, ()):
                    listed.add(meeting)
            for thing in (start, end):
                if label[thing] not in MADE_BY:
                    continue
                if person:
                    acts[start, thing][key] = claim
                if meeting in label and (claim.get("at_meeting") or claim["type"] == "TABLED_AT"):
                    dealt_with[thing].add(meeting)
        return cls(acts, there, away, dealt_with, listed, denied)

    def presence(self, person: str, meeting: str) -> Cell:
        """Whether somebody was at a meeting; what is once found is kept."""
        if (person, meeting) not in self.known:
            self.known[person, meeting] = self._presence(person, meeting)
        return self.known[person, meeting]

    def _presence(self, person: str, meeting: str) -> Cell:
        there, away = self.there.get((person, meeting), {}), self.away.get((person, meeting), set())
        if there and away:
            return Cell("disputed", tuple(sorted({*there, *away})))
        if there:
            spoke = any(claim["type"] not in _WORDLESS for claim in there.values())
            return Cell("spoke" if spoke else "attended", tuple(sorted(there)))
        if away:
            return Cell("absent", tuple(sorted(away)))
        return Cell("unlisted") if meeting in self.listed else NOTHING

    def presences(self) -> dict[tuple[str, str], Cell]:
        """The cells that rest on claims."""
        return {ends: self.presence(*ends) for ends in sorted({*self.there, *self.away})}

    def side(self, person: str, thing: str) -> Cell:
        acts = self.acts.get((person, thing), {})
        if acts:
            sides = {STANCES[claim["type"]] for claim in acts.values() if claim["type"] in STANCES}
            state = "both" if len(sides) > 1 else {1: "support", -1: "contest"}[sides.pop()] if sides else "other"
            counting = {key: each for key, each in acts.items() if state == "other" or each["type"] in STANCES}
            return Cell(state, tuple(sorted(counting)))
        held = {meeting: self.presence(person, meeting) for meeting in sorted(self.dealt_with.get(thing, ()))}
        present = {meeting: cell for meeting, cell in held.items() if cell.state in ("spoke", "attended")}
        if present:
            # That they attended, where a source says so; what they did there is about other things.
            there = {meeting: self._attendance(person, meeting) for meeting in present}
            return _joined("silent", there)
        if held and all(cell.state in ("absent", "unlisted") for cell in held.values()):
            return _joined("absent", held)
        return NOTHING

    def _attendance(self, person: str, meeting: str) -> Cell:
        there = self.there[person, meeting]
        attended = [key for key, claim in there.items() if claim["type"] == "ATTENDED"]
        return Cell("attended", tuple(sorted(attended or there)))

    def sides(self, people: Iterable[str]) -> dict[tuple[str, str], Cell]:
        """The cells that rest on claims."""
        known = set(people)
        by_meeting: defaultdict[str, set[str]] = defaultdict(set)
        for person, meeting in (*self.there, *self.away):
            by_meeting[meeting].add(person)
        ends = set(self.acts) | {
            (person, thing)
            for thing, meetings in self.dealt_with.items()
            for meeting in meetings
            for person in by_meeting[meeting] & known
        }
        found = {each: self.side(*each) for each in sorted(ends)}
        return {each: cell for each, cell in found.items() if cell.claims}


def _fullest(ends: Iterable[str], most: int) -> list[str]:
    """The ``most`` that come most often, sorted."""
    times = Counter(ends)
    return sorted(sorted(times, key=lambda end: (-times[end], end))[:most])


def _joined(state: str, cells: Mapping[str, Cell]) -> Cell:
    return Cell(state, tuple(sorted({claim for cell in cells.values() for claim in cell.claims})), tuple(cells))


@kept
def _labels(graph: nx.MultiDiGraph[str]) -> dict[str, str]:
    return {node: str(held["label"]) for node, held in graph.nodes(data=True)}


@kept
def _records(graph: nx.MultiDiGraph[str]) -> Mapping[str, set[str]]:
    """The sources that record each meeting: of it, or that are a document that records it."""
    of: defaultdict[str, set[str]] = defaultdict(set)
    sources: defaultdict[str, set[str]] = defaultdict(set)
    joins = [each for each in graph.edges(data=True) if not each[2].get("negated")]
    for start, end, claim in joins:
        if claim["type"] == "OF_DOCUMENT":
            sources[end].add(start)
    for start, end, claim in joins:
        if claim["type"] == "OF_MEETING":
            of[end] |= {start, *sources[start]}
    return of


def _matrix(
    name: str,
    states: Mapping[str, str],
    rows: Sequence[str],
    columns: Sequence[str],
    recorded: Mapping[tuple[str, str], Cell],
    cell: Callable[[str, str], Cell],
) -> Matrix:
    across: defaultdict[str, list[tuple[str, str]]] = defaultdict(list)
    down: defaultdict[str, list[tuple[str, str]]] = defaultdict(list)
    for (row, column), each in recorded.items():
        for sign in _signs(each.state):
            across[row].append((column, sign))
            down[column].append((row, sign))
    return Matrix(
        name,
        states,
        tuple(seriated([row for row in rows if row in across], across)),
        tuple(seriated([column for column in columns if column in down], down)),
        tuple(row for row in rows if row not in across),
        tuple(column for column in columns if column not in down),
        cell,
        recorded,
    )


def _signs(state: str) -> Iterator[str]:
    """What a cell shares with others: both is supported and contested, and who spoke attended."""
    if state in ("support", "both"):
        yield "support"
    if state in ("contest", "both"):
        yield "contest"
    if state in ("other", "silent", "absent", "disputed"):
        yield state
    if state in ("spoke", "attended"):
        yield "attended"
    if state == "spoke":
        yield "spoke"


def _of_people(graph: nx.MultiDiGraph[str], left: Iterable[LeftOut]) -> tuple[LeftOut, ...]:
    """What was left out of the claims on which a cell might rest."""
    ours = _about_people(graph)
    about = ((each.why, tuple(claim for claim in each.claims if claim in ours)) for each in left)
    return tuple(LeftOut(why, claims) for why, claims in about if claims)


@kept
def _about_people(graph: nx.MultiDiGraph[str]) -> frozenset[str]:
    """The claims on which a cell might rest."""
    label = _labels(graph)
    return frozenset(
        key
        for start, end, key, claim in graph.edges(keys=True, data=True)
        if claim.get("asserted", True)
        and label[start] == "Actor"
        and (label[end] in (*MADE_BY, "Meeting") or claim.get("at_meeting"))
    )
