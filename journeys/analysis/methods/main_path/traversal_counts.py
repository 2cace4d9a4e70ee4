"""How many search paths of a citation network run over each of its arcs: SPC, SPLC, SPNP, exactly."""

from __future__ import annotations

from collections.abc import Callable, Hashable, Iterable, Mapping
from dataclasses import dataclass
from fractions import Fraction

from journeys.analysis.methods.main_path.network import Arc, CitationNetwork


@dataclass(frozen=True, slots=True)
class TraversalCounts:
    """The traversal counts of every arc, whole numbers of 1 or more; and what they add up to.

    ``spc``, ``splc``, ``spnp`` and ``node_pairs`` are as ``traversal_counts`` defines them, by arc in text order.
    ``through`` gives for each unit that has an arc the number of source-to-sink paths through it. ``total`` is the
    number of all source-to-sink paths, 0 where there is no arc.
    """

    spc: Mapping[Arc, int]
    splc: Mapping[Arc, int]
    spnp: Mapping[Arc, int]
    node_pairs: Mapping[Arc, int]
    through: Mapping[Hashable, int]
    total: int

    @property
    def normalised(self) -> dict[Arc, float]:
        """SPC as a share of all source-to-sink paths, above 0 and up to 1 (Batagelj 2003).

        It is the probability that a path drawn at random from all of them runs over the arc; the shares over any
        minimal cut between sources and sinks sum to 1.
        """
        return {arc: float(Fraction(count, self.total)) for arc, count in self.spc.items()}


def traversal_counts(network: CitationNetwork) -> TraversalCounts:
    """The traversal counts of every arc (u, v) of an acyclic citation network.

    - ``spc``, search path count: paths from any source to any sink that run over the arc (Batagelj 2003).
    - ``splc``, search path link count: paths over the arc from u or any unit before it to any sink (Hummon & Doreian
      1989, in the form of Batagelj 2003, which Pajek computes).
    - ``spnp``, search path node pair: paths over the arc from u or any unit before it to v or any unit after it (the
      same sources): a pair counts once for each path that joins it over the arc.
    - ``node_pairs``: the pairs themselves, each once however many paths join it: the number of units before u, u
      included, times the number after v, v included. This is Hummon & Doreian's wording read to the letter; it is
      the same as ``spnp`` where no two units are joined by more than one path.

    Source and sink are the units that cite nothing and that nothing cites. A unit without arcs is neither: the path
    of no length from an isolate to itself (which Batagelj's standardised network has) is not counted in ``total``.
    """
    forwards, backwards = network.order, network.order[::-1]
    before, after = network.graph.predecessors, network.graph.successors
    from_sources = _paths(forwards, before, 0)
    to_sinks = _paths(backwards, after, 0)
    from_all = _paths(forwards, before, 1)
    to_all = _paths(backwards, after, 1)
    ancestors = _reached(forwards, before)
    descendants = _reached(backwards, after)
    arcs = network.arcs
    return TraversalCounts(
        spc={(u, v): from_sources[u] * to_sinks[v] for u, v in arcs},
        splc={(u, v): from_all[u] * to_sinks[v] for u, v in arcs},
        spnp={(u, v): from_all[u] * to_all[v] for u, v in arcs},
        node_pairs={(u, v): ancestors[u] * descendants[v] for u, v in arcs},
        through={unit: from_sources[unit] * to_sinks[unit] for unit in network.graph if network.graph.degree(unit)},
        total=sum(to_sinks[source] for source in network.sources),
    )


_Neighbours = Callable[[Hashable], Iterable[Hashable]]


def _paths(order: Iterable[Hashable], before: _Neighbours, starting: int) -> dict[Hashable, int]:
    """For each unit the number of paths that end in it; ``starting`` is how many begin in a unit with others before.

    In a unit with nothing before it always one path begins.
    """
    number: dict[Hashable, int] = {}
    for unit in order:
        arriving = [number[other] for other in before(unit)]
        number[unit] = sum(arriving) + starting if arriving else 1
    return number


def _reached(order: Iterable[Hashable], before: _Neighbours) -> dict[Hashable, int]:
    """For each unit the number of units before it, itself included."""
    sets: dict[Hashable, int] = {}
    for place, unit in enumerate(order):
        bits = 1 << place
        for other in before(unit):
            bits |= sets[other]
        sets[unit] = bits
    return {unit: bits.bit_count() for unit, bits in sets.items()}
