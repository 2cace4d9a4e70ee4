"""Whether evidence was brought in after the decision it is said to support, by dates and by the claims' own words."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any, Literal

import networkx as nx

from journeys.analysis.claims.dates import dated, span
from journeys.analysis.claims.day_ranges import first_of, last_of
from journeys.model.dates import UNKNOWN, DateSpan
from journeys.model.order import Order, order

SUPPORTS = ("USED_TO_JUSTIFY", "RECOMMENDS", "INFLUENCED")
"""The kinds of claim by which a document or piece of evidence is tied to a decision or action."""

USES, ENTRIES = ("USED", "USED_TO_JUSTIFY"), ("INTRODUCED",)

PostHoc = Literal["certainly", "possibly", "no", "not known"]
Agreement = Literal["agree", "differ", "no claim", "dates do not settle it"]


@dataclass(frozen=True, slots=True)
class Decision:
    """One action, and whether the thing came after it.

    ``post_hoc`` is what the dates say: "no" if some use, or its introduction, certainly came before; "certainly" if it
    is told of as used and all that is told certainly came after; "possibly" if the dates allow it; "not known" without
    dates to compare. ``claimed`` are the words of the claims themselves: before, after, not_known, post_hoc.
    """

    action: str
    ties: tuple[str, ...]
    decided: DateSpan
    brought_in: DateSpan
    used: DateSpan
    post_hoc: PostHoc
    claimed: tuple[str, ...]
    agreement: Agreement
    claims: tuple[str, ...]


_Claim = tuple[str, Mapping[str, Any]]


def decisions_of(counted: nx.MultiDiGraph[str], node: str) -> tuple[Decision, ...]:
    """Every action that a document or piece of evidence is tied to, by id.

    ``counted`` are the claims that count: what was reported not to have happened, or withdrawn, is not among them. An
    action was decided at the meetings it arises from, else when it is said to have come about.
    """
    ties: defaultdict[str, list[_Claim]] = defaultdict(list)
    for _, end, key, claim in counted.out_edges(node, keys=True, data=True):
        if claim["type"] in SUPPORTS and counted.nodes[end].get("label") == "Action":
            ties[end].append((key, claim))
    entered = [
        (key, claim)
        for _, _, key, claim in counted.in_edges(node, keys=True, data=True)
        # A claim of introduction without a meeting does not add a further time.
        if claim["type"] == "USED" or (claim["type"] in ENTRIES and dated(span(claim)))
    ]
    return tuple(_decision(counted, action, ties[action], entered) for action in sorted(ties))


def decided(counted: nx.MultiDiGraph[str], action: str) -> tuple[DateSpan, tuple[str, ...]]:
    """Return when an action was decided (every day that any claim allows), and the claims that say so."""
    arises = [
        (key, span(counted.nodes[end]))
        for _, end, key, claim in counted.out_edges(action, keys=True, data=True)
        if claim["type"] == "ARISES_FROM"
    ]
    results = [
        (key, span(claim))
        for _, _, key, claim in counted.in_edges(action, keys=True, data=True)
        if claim["type"] == "RESULTED_IN"
    ]
    for told in (arises, results):
        known = [(key, when) for key, when in told if dated(when)]
        if known:
            dates = [when for _, when in known]
            start, end = first_of(dates).date_from, last_of(dates).date_to
            return DateSpan(None, start, end, "between"), tuple(sorted(key for key, _ in known))
    return UNKNOWN, ()


def _decision(
    counted: nx.MultiDiGraph[str], action: str, ties: Iterable[_Claim], entered: Iterable[_Claim]
) -> Decision:
    ties = list(ties)
    when, decided_by = decided(counted, action)
    uses = [(key, claim) for key, claim in entered if claim["type"] in USES]
    uses += [(key, claim) for key, claim in ties if claim["type"] in USES and dated(span(claim))]
    entries = [(key, claim) for key, claim in entered if claim["type"] in ENTRIES]
    verdict = post_hoc(when, [span(claim) for _, claim in uses], [span(claim) for _, claim in entries])
    claimed = {str(claim["before_or_after_decision"]) for _, claim in ties if claim.get("before_or_after_decision")}
    claimed |= {"post_hoc" for _, claim in uses if claim.get("use_type") == "post_hoc"}
    return Decision(
        action=action,
        ties=tuple(sorted({claim["type"] for _, claim in ties})),
        decided=when,
        brought_in=first_of(span(claim) for _, claim in entries),
        used=first_of(span(claim) for _, claim in uses),
        post_hoc=verdict,
        claimed=tuple(sorted(claimed)),
        agreement=_agreement(verdict, claimed),
        claims=tuple(sorted({key for key, _ in (*ties, *uses, *entries)} | set(decided_by))),
    )


def post_hoc(decision: DateSpan, uses: Iterable[DateSpan], entries: Iterable[DateSpan]) -> PostHoc:
    """Whether what was used and brought in on these dates came after the decision (see ``Decision``)."""
    uses, entries = list(uses), list(entries)
    lies = [order(when, decision) for when in (*uses, *entries)]
    if Order.BEFORE in lies:
        return "no"
    if all(each is Order.NOT_KNOWN for each in lies):
        return "not known"
    if uses and all(each is Order.AFTER for each in lies):
        return "certainly"
    return "possibly"


def _agreement(verdict: PostHoc, claimed: Iterable[str]) -> Agreement:
    said = {"certainly" if each in ("after", "post_hoc") else "no" for each in claimed if each != "not_known"}
    if not said:
        return "no claim"
    if verdict in ("possibly", "not known"):
        return "dates do not settle it"
    return "agree" if said == {verdict} else "differ"
