"""The table that reports a network by the Guidelines for Reporting About Network Data (GRAND 1.0; Neal, Carley,
Contractor and others, 2026; grand-statement.org)."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass, field
from math import sqrt

from journeys.exchange.network import Network
from journeys.model.phrases import counted
from journeys.views.tables import csv_text

HEADINGS = ("number", "item", "report")
TO_BE_STATED = "[For the team to state: the study does not record it.]"


@dataclass(slots=True)
class _Tally:
    """What is counted of the ties."""

    relations: Counter[str] = field(default_factory=Counter)
    phrases: dict[str, str] = field(default_factory=dict)
    signs: Counter[int] = field(default_factory=Counter)
    ends: Counter[tuple[str, str]] = field(default_factory=Counter)
    loops: int = 0
    undirected: int = 0
    derived: int = 0
    weights: list[float] = field(default_factory=lambda: [0, 0, 0, float("inf"), 0])
    first: str | None = None
    last: str | None = None

    def weigh(self, weight: int) -> None:
        """Count a weight: number, sum, sum of squares, least, greatest."""
        held = self.weights
        self.weights = [held[0] + 1, held[1] + weight, held[2] + weight**2, min(held[3], weight), max(held[4], weight)]


def grand_csv(network: Network) -> str:
    """The report on a network as csv: each item of GRAND that applies, by number.

    What the study cannot know (approval by an ethics board, where the data are deposited) is left for the team.
    """
    return csv_text(HEADINGS, grand_rows(network))


def grand_rows(network: Network) -> list[tuple[str, str, str]]:
    """The rows of the report: number, item, what is reported."""
    types = Counter(node.type for node in network.nodes())
    tally = _tallied(network)
    claims = network.noun == "claim"
    rows = [
        ("1.1", "Data", _data(network)),
        ("1.2", "Ethics", TO_BE_STATED),
        ("1.4", "Location", network.facts.get("place") or network.facts.get("site") or _sites(network)),
        ("1.5", "Date", _dates(tally)),
        ("1.6", "Availability", TO_BE_STATED),
        ("1.7", "Citation", f"{network.title}. {TO_BE_STATED}"),
        ("2.1", "Nodes", f"{counted(len(types), 'type')} of node: {', '.join(sorted(types))}."),
        ("2.2", "Size", f"{_listed(types)}; {counted(network.node_count, 'node')} in all."),
        ("2.3", "Boundary", _boundary(network)),
        ("2.4", "Missing", "Not known: whoever no source names is not there. Silence is not the absence of a tie."),
        ("3.1", "Edges", _edges(network, tally)),
        ("3.2", "Direction", _direction(network, tally)),
        ("3.3", "Weight", _weight(claims, tally)),
        ("3.4", "Selfloops", f"{counted(tally.loops, 'self-loop')}."),
        ("3.5", "Bipartite", f"Edges lie between: {_pairs(tally)}." if len(types) > 1 else "Nodes are of one type."),
        ("3.7", "Number", _number(tally)),
        ("4.3", "Projected", _projected(claims)),
        ("4.4", "Excluded", " ".join(network.said) or "Nothing was left out."),
        ("4.5", "Aggregated", _aggregated(claims)),
        ("4.6", "Imputed", _imputed(claims, tally)),
    ]
    return rows


def _tallied(network: Network) -> _Tally:
    types = {node.id: node.type for node in network.nodes()}
    tally = _Tally()
    for tie in network.ties():
        tally.relations[tie.relation] += 1
        tally.phrases[tie.relation] = tie.phrase
        sign = tie.values.get("polarity")
        tally.signs[sign if isinstance(sign, int) else 0] += 1
        tally.ends[types[tie.start], types[tie.end]] += 1
        tally.loops += tie.start == tie.end
        tally.undirected += not tie.directed
        tally.derived += tie.values.get("mode") == "derived"
        tally.weigh(tie.weight)
        tally.first = min(filter(None, (tally.first, tie.first)), default=None)
        tally.last = max(filter(None, (tally.last, tie.last)), default=None)
    return tally


def _data(network: Network) -> str:
    how = "Empirical: claims that the study's team read out of documents, interviews and observations, by source."
    return f"{network.about} {how}".strip()


def _sites(network: Network) -> str:
    names = sorted(node.name for node in network.nodes() if node.type == "Site")
    return f"{', '.join(names)} (pseudonyms)" if names else TO_BE_STATED


def _dates(tally: _Tally) -> str:
    if tally.first is None and tally.last is None:
        return "No edge has a date."
    return f"From {tally.first or 'not known'} to {tally.last or 'not known'}: the outer bounds of all dated edges."


def _boundary(network: Network) -> str:
    chosen = "; ".join(f"{name}: {words}" for name, words in network.facts.items() if name != "relations")
    named = "Not bounded: everybody and everything that the study's registers, forms and tables name."
    return f"{named} Chosen: {chosen}." if chosen else named


def _edges(network: Network, tally: _Tally) -> str:
    kind = "multiplex" if len(tally.relations) > 1 else "of one relation"
    what = network.facts.get("relations") or "; ".join(
        f"{name}: {phrase}" for name, phrase in sorted(tally.phrases.items())
    )
    return f"The network is {kind}. {what}"


def _direction(network: Network, tally: _Tally) -> str:
    if network.directed is False:
        return "Undirected."
    meaning = "Directed: from who or what acts to whom or what it is done to, as the phrase reads."
    return f"{meaning} {counted(tally.undirected, 'edge')} without a direction." if tally.undirected else meaning


def _weight(claims: bool, tally: _Tally) -> str:
    signed = (
        f"Signed: {tally.signs[1]:,} positive (support), {tally.signs[-1]:,} negative (contest), the others neither."
    )
    number, total, squares, least, most = tally.weights
    if claims or not number:
        return f"Unweighted: each edge is one claim of one source. {signed}"
    mean = total / number
    spread = sqrt(max(squares / number - mean**2, 0))
    meaning = "Weighted: the number of meetings and things on which the tie rests (a count)."
    return f"{meaning} Mean {mean:.2f}, standard deviation {spread:.2f}, range {least:,.0f} to {most:,.0f}. {signed}"


def _number(tally: _Tally) -> str:
    return f"{_listed(tally.relations)}; {counted(sum(tally.relations.values()), 'edge')} in all."


def _projected(claims: bool) -> str:
    if claims:
        return "Not projected."
    return (
        "Ties between actors who were at a meeting or took sides on a thing are projected from those (two-mode) claims."
    )


def _aggregated(claims: bool) -> str:
    if claims:
        return "Not aggregated: sources that say the same are parallel edges."
    return "All claims behind a relation of two actors are one edge, which holds their ids, sources and quotations."


def _imputed(claims: bool, tally: _Tally) -> str:
    if not claims:
        return "None: claims that are only inferred count nowhere."
    return f"{counted(tally.derived, 'edge')} inferred from other claims (mode: derived); none imputed by a model."


def _pairs(tally: _Tally) -> str:
    return "; ".join(f"{start} and {end} ({number:,})" for (start, end), number in tally.ends.most_common())


def _listed(counts: Counter[str]) -> str:
    return ", ".join(f"{name} {number:,}" for name, number in sorted(counts.items()))
