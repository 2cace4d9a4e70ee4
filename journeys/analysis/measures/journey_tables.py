"""The tables on the course of journeys: stages, time between them, branches, returns, ends, chains, decisions."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any, TypeVar

import networkx as nx

from journeys.analysis.claims.dates import dated
from journeys.analysis.courses.course import Branch, branches, end_of_data, ending, intervals, stages_of, visits
from journeys.analysis.courses.decisions import Decision, decisions_of
from journeys.analysis.courses.provenance_chains import ChainEnd, chain_ends
from journeys.analysis.courses.returns import Return, returns
from journeys.analysis.courses.stages import JourneyCourse
from journeys.analysis.measures.table import MeasureRow, MeasureTable
from journeys.model.dates import DateSpan
from journeys.model.order import describe

T = TypeVar("T")

WHO = {"journey": "the document or piece of evidence", "journey_id": "its id"}
STATE = (
    "used: a use or an impact is recorded; reported without effect: sources report that there was none; "
    "stalled: the last step was certainly that many days before the end of the data; possibly stalled: "
    "it may have been; ongoing: it was not; not known: no step is dated"
)
_REACHED = {True: "reached", False: "reported not reached", None: "skipped (no claim)"}
PROCESS = "Stages are those of the codebook (sheet 8): a vocabulary, not an order."
EXACT = (
    "Each date stands for the days that its words allow (approximate dates widened). Ranges hold for any "
    "choice of those days and are open where a bound is open. Order is three-valued: Allen (1983), on intervals."
)


NO_USE_OF_IT = (
    "A recommendation in a document does not count as a use of it. A use of a document does not count as "
    "a use of the evidence that it presents."
)


@dataclass(frozen=True, slots=True)
class JourneyData:
    """What the tables are made of: journeys, the study's graph with the dates of meetings, the claims that count."""

    journeys: Sequence[JourneyCourse]
    graph: nx.MultiDiGraph[str]
    counted: nx.MultiDiGraph[str]
    shared: Mapping[str, Any]
    _found: dict[tuple[str, str], Any] = field(default_factory=dict, repr=False)

    def branches(self, one: JourneyCourse) -> Mapping[Branch, Mapping[str, tuple[str, ...]]]:
        """Its forks and merges."""
        return self._once("branches", one, lambda: branches(self.counted, one.id))

    def returns(self, one: JourneyCourse) -> tuple[Return, ...]:
        """The places it came back to."""
        return self._once("returns", one, lambda: returns(visits(one, self.graph)))

    def decisions(self, one: JourneyCourse) -> tuple[Decision, ...]:
        """The decisions it is tied to."""
        return self._once("decisions", one, lambda: decisions_of(self.counted, one.id))

    def chain(self, one: JourneyCourse) -> tuple[ChainEnd, ...]:
        """The ends of the ways back to its first sources."""
        return self._once("chain", one, lambda: chain_ends(self.counted, one.id))

    def _once(self, what: str, one: JourneyCourse, find: Callable[[], T]) -> T:
        """Several tables show the same: it is found once."""
        if (what, one.id) not in self._found:
            self._found[what, one.id] = find()
        found: T = self._found[what, one.id]
        return found

    def name(self, node: str) -> str:
        """The name of a node; of one that is not there, its id."""
        return str(self.graph.nodes[node]["name"]) if node in self.graph else node

    def names(self, nodes: Iterable[str]) -> tuple[str, ...]:
        """The names of nodes, sorted."""
        return tuple(sorted(map(self.name, nodes)))


def stages_table(told: JourneyData, stages: Sequence[str], labels: Mapping[str, str]) -> MeasureTable:
    """The stages of the vocabulary: reached, reported not reached, or skipped."""
    return MeasureTable(
        name="stages",
        title="Stages reached and skipped",
        columns={
            "stage": "the stage",
            "reached": "reached, reported not reached, or skipped (no claim)",
            "first": "possible dates of its first dated claim",
            "from": "earliest of those days; empty where open",
            "to": "latest of those days",
            "claim_count": "number of claims",
            "undated": "claims without a date, which may be earlier",
        },
        rows=tuple(
            MeasureRow(
                (
                    labels[one.stage],
                    _REACHED[one.reached],
                    describe(one.first) if dated(one.first) else None,
                    one.first.date_from,
                    one.first.date_to,
                    len(one.claims),
                    one.undated,
                ),
                one.claims,
            )
            for each in told.journeys
            for one in stages_of(each, stages)
        ),
        method=f"{PROCESS} {EXACT}",
        notes=("Skipped means that no source mentions the stage, not that it did not happen.",),
        **told.shared,
    )


def intervals_table(told: JourneyData, stages: Sequence[str], labels: Mapping[str, str]) -> MeasureTable:
    """The days between stages that follow each other."""
    return MeasureTable(
        name="intervals",
        title="Time between stages",
        columns={
            "from_stage": "the earlier stage, by its first dated claim",
            "to_stage": "the next one",
            "least_days": "minimum days between; negative if the other may have come first; empty where not known",
            "most_days": "maximum days between; empty where not known",
            "order": "certainty of the order",
            "undated": "claims of the two stages without a date, which may be earlier",
        },
        rows=tuple(
            MeasureRow(
                (
                    labels[one.start.stage],
                    labels[one.end.stage],
                    one.days.least,
                    one.days.most,
                    str(one.order),
                    one.start.undated + one.end.undated,
                ),
                tuple(sorted({*one.start.claims, *one.end.claims})),
            )
            for each in told.journeys
            for one in intervals(stages_of(each, stages))
        ),
        method=EXACT,
        **told.shared,
    )


def branches_table(told: JourneyData) -> MeasureTable:
    """A row for each way of a fork or a merge."""
    return MeasureTable(
        name="branches",
        title="Forks and merges",
        columns={
            **WHO,
            "branch": "fork: it went to several documents or places; merge: it was made from several",
            "with": "the document, piece of evidence, group or organisation",
            "with_id": "its id",
        },
        rows=tuple(
            MeasureRow((each.name, each.id, branch, told.name(other), other), claims)
            for each in told.journeys
            for branch, ways in told.branches(each).items()
            for other, claims in ways.items()
        ),
        method="A fork is two or more documents that cite or present it, or places it was sent to. A "
        "merge is two or more documents or pieces of evidence that it cites or presents.",
        **told.shared,
    )


def returns_table(told: JourneyData) -> MeasureTable:
    """A row for each place that a journey came back to."""
    return MeasureTable(
        name="returns",
        title="Returns to a place after being elsewhere",
        columns={
            **WHO,
            "place": "the group, meeting or organisation it returned to",
            "place_id": "its id",
            "certainty": "certainly: for all days that the dates allow; possibly: for some of them",
            "was_there": "when it was there first",
            "elsewhere": "where it was between",
            "elsewhere_when": "when",
            "again": "when it was there again",
        },
        rows=tuple(
            MeasureRow(
                (
                    each.name,
                    each.id,
                    told.name(one.before.place),
                    one.before.place,
                    one.certainty,
                    describe(one.before.when),
                    told.name(one.elsewhere.place),
                    describe(one.elsewhere.when),
                    describe(one.again.when),
                ),
                tuple(sorted({*one.before.claims, *one.elsewhere.claims, *one.again.claims})),
            )
            for each in told.journeys
            for one in told.returns(each)
        ),
        method=f"A place is the group of a meeting, or where it was sent. {EXACT}",
        notes=("Returns that no source reports are not listed.",),
        **told.shared,
    )


def ending_table(told: JourneyData, stalled_after_days: int) -> MeasureTable:
    """How each journey ends."""
    data_end = end_of_data(told.graph)
    ends = [ending(each, data_end, stalled_after_days) for each in told.journeys]
    return MeasureTable(
        name="ending",
        title="End of each journey",
        columns={
            "state": STATE,
            "last_step": "possible dates of the last dated step",
            "least_days": "minimum days from it to the end of the data; empty where not known",
            "most_days": "at most",
        },
        rows=tuple(
            MeasureRow(
                (one.state, describe(one.last) if dated(one.last) else None, one.quiet.least, one.quiet.most),
                one.claims,
            )
            for one in ends
        ),
        method=EXACT,
        notes=(when_data_end(told, stalled_after_days), NO_USE_OF_IT),
        **told.shared,
    )


def chain_table(told: JourneyData, *, only_broken: bool) -> MeasureTable:
    """Where each way back to first sources ends, or only those that break."""
    return MeasureTable(
        name="breaks" if only_broken else "chain",
        title="End of the chain back to first sources, " + ("breaks" if only_broken else "and breaks in it"),
        columns={
            **WHO,
            "ends_at": "the earliest item that can be traced",
            "ends_at_id": "its id",
            "steps": "number of citations and presentations back",
            "end": "how the chain ends",
            "broken": "whether the chain breaks there",
            "by": "who made it; otherwise who obtained or wrote it",
            "through": "the documents between",
        },
        rows=tuple(
            MeasureRow(
                (
                    each.name,
                    each.id,
                    told.name(one.thing),
                    one.thing,
                    one.steps,
                    one.end,
                    one.broken,
                    told.names(one.by),
                    tuple(map(told.name, one.through)),
                ),
                one.claims,
            )
            for each in told.journeys
            for one in told.chain(each)
            if one.broken or not only_broken
        ),
        method="Citations and presentations are followed along shortest paths; circles are followed once.",
        **told.shared,
    )


def decisions_table(told: JourneyData) -> MeasureTable:
    """A row for each decision that something is tied to."""
    return MeasureTable(
        name="decisions",
        title="Timing relative to the decision it supports",
        columns={
            **WHO,
            "action": "the decision or action",
            "action_id": "its id",
            "ties": "link to the decision",
            "decided": "date of the decision or outcome",
            "brought_in": "first dated introduction",
            "used": "first dated use",
            "post_hoc": "post hoc by the dates: certainly, possibly, no, or not known",
            "claimed": "what the claims state: before, after, not known, or a use called post hoc",
            "agreement": "whether the dates and the claims agree",
        },
        rows=tuple(_decision_rows(told)),
        method="Post hoc: brought in to justify what was already decided (codebook 8.8). By the dates "
        "it is certain if it was used and every recorded use and introduction certainly came after the "
        f"decision; no, if any certainly came before. {EXACT}",
        **told.shared,
    )


def _decision_rows(told: JourneyData) -> Iterator[MeasureRow]:
    for each in told.journeys:
        for one in told.decisions(each):
            dates = (describe(when) if dated(when) else None for when in (one.decided, one.brought_in, one.used))
            ties = tuple(tie.lower().replace("_", " ") for tie in one.ties)
            yield MeasureRow(
                (
                    each.name,
                    each.id,
                    told.name(one.action),
                    one.action,
                    ties,
                    *dates,
                    one.post_hoc,
                    one.claimed,
                    one.agreement,
                ),
                one.claims,
            )


def when_data_end(told: JourneyData, stalled_after_days: int) -> str:
    """The note on what "stalled" is measured against."""
    data_end = end_of_data(told.graph)
    when = describe(DateSpan(None, data_end, data_end, "day")) if data_end else "an unknown day"
    return (
        f"The data end on {when} at the earliest. A journey counts as stalled after "
        f"{stalled_after_days} days without a step."
    )
