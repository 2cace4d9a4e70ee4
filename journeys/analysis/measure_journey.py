"""The journey of a document or piece of evidence, or of all: stages, branches, returns, its end, what it rests on."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import networkx as nx

from journeys.analysis.actor_network import with_dates_of_meetings
from journeys.analysis.journey_course import (
    branches,
    end_of_data,
    ending,
    intervals,
    returns,
    stages_of,
    visits,
)
from journeys.analysis.journey_dates import dated
from journeys.analysis.journey_decisions import decisions_of
from journeys.analysis.journey_sources import chain_ends
from journeys.analysis.journeys_told import ToldJourney, journeys_told
from journeys.analysis.measure import MeasureRow, MeasureTable, small_n
from journeys.analysis.selection import LeftOut, Selection, select
from journeys.model.dates import DateSpan
from journeys.model.order import describe
from journeys.model.problems import UsageProblem
from journeys.model.schema import Schema, load_schema

QUIET = 90

_WHO = {"journey": "the document or piece of evidence", "journey_id": "its id"}
_STATE = (
    "used: a use or an impact is told of; found without effect: that there was none is; stalled: the last step "
    "certainly was so many days before the data end, possibly stalled: may have been; going on: it was not; not known: "
    "no step is dated"
)
_REACHED = {True: "reached", False: "found not to be reached", None: "skipped, as far as is told"}
_PROCESS = "The stages are those of the codebook (sheet 8); they are a vocabulary, not an order."
_EXACT = (
    "Every date is the days that its words allow (approximate ones widened). A range of days holds for whatever choice "
    "of those days; it is open where a bound is. Order is three-valued: Allen (1983), on intervals."
)


@dataclass(frozen=True, slots=True)
class _Told:
    """What the tables are made of: journeys, the study's graph with the dates of meetings, the claims that count."""

    journeys: Sequence[ToldJourney]
    graph: nx.MultiDiGraph[str]
    counted: nx.MultiDiGraph[str]
    shared: Mapping[str, Any]

    def name(self, node: str) -> str:
        return str(self.graph.nodes[node]["name"]) if node in self.graph else node

    def names(self, nodes: Iterable[str]) -> tuple[str, ...]:
        return tuple(sorted(map(self.name, nodes)))


def journey(
    graph: nx.MultiDiGraph[str],
    selection: Selection,
    *,
    ref: str | None = None,
    quiet: int = QUIET,
    schema: Schema | None = None,
) -> tuple[MeasureTable, ...]:
    """With ``ref`` (a node) all of one journey; without, a line for each, and their branches, breaks and decisions.

    A journey in which nobody tells of a use or an impact has stalled if it certainly had ``quiet`` days or more without
    a step before the data end. Raises UsageProblem for a ``ref`` that does not belong to the site or case study.
    """
    schema = schema or load_schema()
    found, left = journeys_told(graph, selection, of=("Document", "Evidence"), schema=schema)
    if ref is not None:
        found = tuple(each for each in found if each.id == ref)
        if not found:
            place = selection.case or selection.site or ""
            raise UsageProblem(f"{ref.split(':', 2)[-1]} does not belong to {place.split(':', 2)[-1]}.")
        left = _about(left, graph, found[0])
    dated_graph = with_dates_of_meetings(graph)
    counted, _ = select(dated_graph, selection)
    told = _Told(
        found,
        dated_graph,
        counted,
        {
            "n": {
                "journeys": len(found),
                "claims": len({claim for each in found for claim in each.claims()}),
                "claims without a date": sum(not dated(each.when) for one in found for each in one.told()),
            },
            "left_out": left,
        },
    )
    stages = tuple(schema.terms("stage").terms)
    labels = {name: term.label for name, term in schema.terms("stage").terms.items()}
    if ref is None:
        return (
            _overview(told, stages, labels, quiet),
            _branches(told),
            _returns(told),
            _breaks(told, only_broken=True),
            _decisions(told),
        )
    return (
        _stages(told, stages, labels),
        _intervals(told, stages, labels),
        _branches(told),
        _returns(told),
        _ending(told, quiet),
        _breaks(told, only_broken=False),
        _decisions(told),
    )


def _overview(told: _Told, stages: Sequence[str], labels: Mapping[str, str], quiet: int) -> MeasureTable:
    data_end = end_of_data(told.graph)
    rows = []
    for each in told.journeys:
        reached = stages_of(each, stages)
        ends = ending(each, data_end, quiet)
        split = branches(told.counted, each.id)
        hoc = sorted({decision.post_hoc for decision in decisions_of(told.counted, each.id)})
        values = (
            each.name,
            each.id,
            each.sites,
            *(tuple(labels[one.stage] for one in reached if one.reached is how) for how in (True, False, None)),
            len(split["fork"]),
            len(split["merge"]),
            len(returns(visits(each, told.graph))),
            ends.state,
            hoc,
            sum(one.broken for one in chain_ends(told.counted, each.id)),
        )
        rows.append(MeasureRow(values, each.claims()))
    return MeasureTable(
        name="journeys",
        title="Every journey in a line",
        columns={
            **_WHO,
            "sites": "where it belongs",
            "reached": "the stages that claims tell of",
            "found_not": "the stages it was found not to reach",
            "skipped": "the stages of which no claim says anything",
            "forks": "into how many papers and places it went, if more than one",
            "merges": "from how many documents and pieces of evidence it was made, if more than one",
            "returns": "places it certainly or possibly came back to",
            "state": _STATE,
            "post_hoc": "for each decision it is tied to, whether it came after it",
            "breaks": "in how many places the chain back to its first sources breaks",
        },
        rows=tuple(rows),
        method=f"{_PROCESS} {_EXACT}",
        notes=(*small_n(len(rows), "journeys"), _ends(told, quiet)),
        **told.shared,
    )


def _stages(told: _Told, stages: Sequence[str], labels: Mapping[str, str]) -> MeasureTable:
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
        method=f"{_PROCESS} {_EXACT}",
        notes=("Skipped means that nobody tells of it, not that it did not happen.",),
        **told.shared,
    )


def _intervals(told: _Told, stages: Sequence[str], labels: Mapping[str, str]) -> MeasureTable:
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
        method=_EXACT,
        **told.shared,
    )


def _branches(told: _Told) -> MeasureTable:
    return MeasureTable(
        name="branches",
        title="Forks and merges",
        columns={
            **_WHO,
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


def _returns(told: _Told) -> MeasureTable:
    return MeasureTable(
        name="returns",
        title="Where it came back to after having been elsewhere",
        columns={
            **_WHO,
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
        method=f"A place is the group of a meeting, or where it was sent. {_EXACT}",
        notes=("A place that is not listed may have been come back to without anybody telling of it.",),
        **told.shared,
    )


def _ending(told: _Told, quiet: int) -> MeasureTable:
    data_end = end_of_data(told.graph)
    ends = [ending(each, data_end, quiet) for each in told.journeys]
    return MeasureTable(
        name="ending",
        title="How it ends, as far as is told",
        columns={
            "state": _STATE,
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
        method=_EXACT,
        notes=(_ends(told, quiet), "What a document recommends is no use of it."),
        **told.shared,
    )


def _breaks(told: _Told, *, only_broken: bool) -> MeasureTable:
    return MeasureTable(
        name="breaks" if only_broken else "chain",
        title="Where the chain back to first sources " + ("breaks" if only_broken else "ends, and where it breaks"),
        columns={
            **_WHO,
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


def _decisions(told: _Told) -> MeasureTable:
    return MeasureTable(
        name="decisions",
        title="Before or after the decision that it supports",
        columns={
            **_WHO,
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
        f"any of it certainly came before. {_EXACT}",
        **told.shared,
    )


def _decision_rows(told: _Told) -> Iterator[MeasureRow]:
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


def _ends(told: _Told, quiet: int) -> str:
    data_end = end_of_data(told.graph)
    when = describe(DateSpan(None, data_end, data_end, "day")) if data_end else "a day that is not known"
    return f"The data end on {when} at the earliest; a journey counts as stalled after {quiet} days without a step."


def _about(left: Iterable[LeftOut], graph: nx.MultiDiGraph[str], one: ToldJourney) -> tuple[LeftOut, ...]:
    """What was left out of the claims that touch the one journey."""
    near = {key for *_, key in (*graph.in_edges(one.id, keys=True), *graph.out_edges(one.id, keys=True))}
    kept = [LeftOut(each.why, tuple(claim for claim in each.claims if claim in near)) for each in left]
    return tuple(each for each in kept if each.claims)
