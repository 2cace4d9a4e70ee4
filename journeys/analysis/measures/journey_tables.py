"""The tables on the course of journeys: stages, time between them, branches, returns, ends, chains, decisions."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import networkx as nx

from journeys.analysis.claims.dates import dated
from journeys.analysis.courses.course import branches, end_of_data, ending, intervals, returns, stages_of, visits
from journeys.analysis.courses.decisions import decisions_of
from journeys.analysis.courses.provenance_chains import chain_ends
from journeys.analysis.courses.stages import JourneyCourse
from journeys.analysis.measures.table import MeasureRow, MeasureTable
from journeys.model.dates import DateSpan
from journeys.model.order import describe

WHO = {"journey": "the document or piece of evidence", "journey_id": "its id"}
STATE = (
    "used: a use or an impact is told of; found without effect: that there was none is; stalled: the last step "
    "certainly was so many days before the data end, possibly stalled: may have been; going on: it was not; not known: "
    "no step is dated"
)
_REACHED = {True: "reached", False: "found not to be reached", None: "skipped, as far as is told"}
PROCESS = "The stages are those of the codebook (sheet 8); they are a vocabulary, not an order."
EXACT = (
    "Every date is the days that its words allow (approximate ones widened). A range of days holds for whatever choice "
    "of those days; it is open where a bound is. Order is three-valued: Allen (1983), on intervals."
)


NO_USE_OF_IT = (
    "What a document recommends is no use of it; nor is the use of a document one of the evidence that it presents."
)


@dataclass(frozen=True, slots=True)
class ToldIn:
    """What the tables are made of: journeys, the study's graph with the dates of meetings, the claims that count."""

    journeys: Sequence[JourneyCourse]
    graph: nx.MultiDiGraph[str]
    counted: nx.MultiDiGraph[str]
    shared: Mapping[str, Any]

    def name(self, node: str) -> str:
        """The name of a node; of one that is not there, its id."""
        return str(self.graph.nodes[node]["name"]) if node in self.graph else node

    def names(self, nodes: Iterable[str]) -> tuple[str, ...]:
        """The names of nodes, sorted."""
        return tuple(sorted(map(self.name, nodes)))


def stages_table(told: ToldIn, stages: Sequence[str], labels: Mapping[str, str]) -> MeasureTable:
    """The stages of the vocabulary: reached, found not to be, or skipped."""
    return MeasureTable(
        name="stages",
        title="Stages reached and skipped",
        columns={
            "stage": "the stage",
            "reached": "reached, found not to be reached, or skipped: no claim says anything of it",
            "first": "when the first dated claim of it may have been",
            "from": "the first of those days; empty where open",
            "to": "the last of them",
            "claims_told": "how many claims tell of it",
            "undated": "those without a date, which may have been earlier still",
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
        notes=("Skipped means that nobody tells of it, not that it did not happen.",),
        **told.shared,
    )


def intervals_table(told: ToldIn, stages: Sequence[str], labels: Mapping[str, str]) -> MeasureTable:
    """The days between stages that follow each other."""
    return MeasureTable(
        name="intervals",
        title="Time between stages",
        columns={
            "from_stage": "the earlier stage, by its first dated claim",
            "to_stage": "the next one",
            "least_days": "days between at least; negative if the other may have come first; empty where not known",
            "most_days": "days between at most; empty where not known",
            "order": "how sure the order of the two is",
            "undated": "claims of the two without a date, which may have been earlier",
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


def branches_table(told: ToldIn) -> MeasureTable:
    """A row for each way of a fork or a merge."""
    return MeasureTable(
        name="branches",
        title="Forks and merges",
        columns={
            **WHO,
            "branch": "fork: it went into several papers or places; merge: it was made from several",
            "with": "the document, piece of evidence, group or organisation",
            "with_id": "its id",
        },
        rows=tuple(
            MeasureRow((each.name, each.id, branch, told.name(other), other), claims)
            for each in told.journeys
            for branch, ways in branches(told.counted, each.id).items()
            for other, claims in ways.items()
        ),
        method="A fork is more than one paper that cites or presents it, or place that it was sent to; a merge more "
        "than one document or piece of evidence that it cites or presents.",
        **told.shared,
    )


def returns_table(told: ToldIn) -> MeasureTable:
    """A row for each place that a journey came back to."""
    return MeasureTable(
        name="returns",
        title="Where it came back to after having been elsewhere",
        columns={
            **WHO,
            "place": "the group, meeting or organisation it came back to",
            "place_id": "its id",
            "certainty": "certainly: whatever the days were; possibly: on some days that the dates allow",
            "was_there": "when it was there before",
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
            for one in returns(visits(each, told.graph))
        ),
        method=f"A place is the group of a meeting, or where it was sent. {EXACT}",
        notes=("A place that is not listed may have been come back to without anybody telling of it.",),
        **told.shared,
    )


def ending_table(told: ToldIn, quiet: int) -> MeasureTable:
    """How each journey ends."""
    data_end = end_of_data(told.graph)
    ends = [ending(each, data_end, quiet) for each in told.journeys]
    return MeasureTable(
        name="ending",
        title="How it ends, as far as is told",
        columns={
            "state": STATE,
            "last_step": "when the last dated step may have been",
            "least_days": "days from it to the end of the data at least; empty where not known",
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
        notes=(when_data_end(told, quiet), NO_USE_OF_IT),
        **told.shared,
    )


def chain_table(told: ToldIn, *, only_broken: bool) -> MeasureTable:
    """Where each way back to first sources ends, or only those that break."""
    return MeasureTable(
        name="breaks" if only_broken else "chain",
        title="Where the chain back to first sources " + ("breaks" if only_broken else "ends, and where it breaks"),
        columns={
            **WHO,
            "ends_at": "the last thing that can be followed back to",
            "ends_at_id": "its id",
            "steps": "so many citations and presentations back",
            "end": "how it ends there",
            "broken": "whether the chain breaks there",
            "by": "who made it, else obtained it, or wrote it",
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
            for one in chain_ends(told.counted, each.id)
            if one.broken or not only_broken
        ),
        method="What it cites and presents is followed by shortest ways; a circle is gone round once.",
        **told.shared,
    )


def decisions_table(told: ToldIn) -> MeasureTable:
    """A row for each decision that something is tied to."""
    return MeasureTable(
        name="decisions",
        title="Before or after the decision that it supports",
        columns={
            **WHO,
            "action": "the decision or action",
            "action_id": "its id",
            "ties": "how it is tied to it",
            "decided": "when that was decided, or came about",
            "brought_in": "when it was first introduced, of what is dated",
            "used": "when it was first used, of what is dated",
            "post_hoc": "by the dates: certainly, possibly, no, or not known",
            "claimed": "what the claims say themselves: before, after, not_known, or a use called post_hoc",
            "agreement": "whether the dates and the claims agree",
        },
        rows=tuple(_decision_rows(told)),
        method="Post hoc: brought in to justify what was already decided (codebook 8.8). By the dates it is certainly "
        "so if it was used and everything told of its use and introduction certainly came after the decision; no, if "
        f"any of it certainly came before. {EXACT}",
        **told.shared,
    )


def _decision_rows(told: ToldIn) -> Iterator[MeasureRow]:
    for each in told.journeys:
        for one in decisions_of(told.counted, each.id):
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


def when_data_end(told: ToldIn, quiet: int) -> str:
    """The note on what "stalled" is measured against."""
    data_end = end_of_data(told.graph)
    when = describe(DateSpan(None, data_end, data_end, "day")) if data_end else "a day that is not known"
    return f"The data end on {when} at the earliest; a journey counts as stalled after {quiet} days without a step."
