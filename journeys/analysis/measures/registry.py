"""Every measure there is: what it answers, what it takes, and where its function is.

A measure is a function ``(graph, selection, *, ...) -> tuple[MeasureTable, ...]`` that anybody can call with a graph of
their own; its keyword-only parameters are its options. To add one, write the function and a line here.
"""

from __future__ import annotations

import inspect
import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from importlib import import_module
from types import FunctionType
from typing import Any

import networkx as nx

from journeys.analysis.claims.selection import Selection
from journeys.analysis.measures.options import Kind, kind_of, read_option
from journeys.analysis.measures.table import MeasureTable
from journeys.model.problems import UsageProblem
from journeys.model.schema import Schema
from journeys.model.suggestions import did_you_mean

GROUPS = {
    "journey": "The journey of a document or piece of evidence",
    "network": "Who deals with whom",
    "polarity": "Support and contest",
    "cross-case": "Patterns across cases",
    "quality": "How far the answers can be trusted",
}
"""The groups in the order they are listed, each with its heading."""

_GIVEN = {"ref", "schema"}
"""Parameters that are not options: what the measure is about, and the study's schema."""


@dataclass(frozen=True, slots=True)
class Measure:
    """One entry: ``answers`` is its question in plain words; ``function`` is "module:function" in this room.

    ``options`` says what each of the function's options means.
    """

    name: str
    group: str
    answers: str
    function: str
    options: Mapping[str, str] = field(default_factory=dict)

    def load(self) -> FunctionType:
        """The function itself, imported now."""
        module, _, name = self.function.partition(":")
        found: FunctionType = getattr(import_module(f"journeys.analysis.measures.{module}"), name)
        return found

    @property
    def takes_ref(self) -> bool:
        """Whether it can be about one document or piece of evidence."""
        return "ref" in self._parameters

    @property
    def kinds(self) -> dict[str, Kind]:
        """What each option may be, from the function's signature."""
        return {name: kind_of(self.load(), name) for name in self._parameters if name not in _GIVEN}

    @property
    def _parameters(self) -> list[str]:
        signature = inspect.signature(self.load())
        return [name for name, one in signature.parameters.items() if one.kind is one.KEYWORD_ONLY]

    def run(
        self,
        graph: nx.MultiDiGraph[str],
        selection: Selection,
        *,
        ref: str | None = None,
        schema: Schema | None = None,
        options: Mapping[str, Any] | None = None,
    ) -> tuple[MeasureTable, ...]:
        """The tables; ``options`` may be values or what a person writes for them.

        Raises UsageProblem for an option that the measure does not have or a value that is none of its.
        """
        kinds = self.kinds
        for name in options or {}:
            if name not in kinds:
                known = "; ".join(f"{each} ({kind.words})" for each, kind in kinds.items()) or "none"
                meant = did_you_mean(name, kinds)
                raise UsageProblem(f"{self.name} has no option {name!r}.{meant} Its options: {known}.")
        given = {name: read_option(name, kinds[name], value) for name, value in (options or {}).items()}
        if ref is not None and not self.takes_ref:
            raise UsageProblem(f"{self.name} is about all there is; it takes no document or piece of evidence.")
        about = {"ref": ref, "schema": schema}
        made: tuple[MeasureTable, ...] = self.load()(
            graph, selection, **{name: about[name] for name in self._parameters if name in _GIVEN}, **given
        )
        return made


_PERIOD = "once for each period, with what certainly and what possibly lies in it"
_RELATION = "which relations make the ties (journeys network lists them)"
_OF = "whose journeys"
_DUPLICATES = "whether claims of one side by one actor on one thing count once or all"

MEASURES: dict[str, Measure] = {
    measure.name: measure
    for measure in (
        Measure(
            "journey",
            "journey",
            "Which stages were reached, with what time between? Where did it fork, come back, stall, break off?",
            "journey:journey",
            {"quiet": "after how many days without a step before the data end a journey counts as stalled"},
        ),
        Measure(
            "reach",
            "journey",
            "Whom and which groups can it have come to, by when, and who never could have seen it?",
            "reach:reachable",
            {
                "carried": "whether it also comes to those whom a document that cites or presents it comes to",
                "groups": "whether it may come to the members of a group that it came to",
            },
        ),
        Measure(
            "citation",
            "journey",
            "What rests on what: the main paths, how deep, how much of it about ethnicity, on which first sources?",
            "citation:citation",
            {
                "weight": "by which count the main paths are found",
                "routes": "how many of the heaviest citations are key routes",
                "presented": "whether a document also rests on the evidence that it presents",
            },
        ),
        Measure(
            "network",
            "network",
            "How dense, central, mutual and mixed is the network of each site?",
            "network:network",
            {"relation": _RELATION, "period": _PERIOD},
        ),
        Measure(
            "centrality",
            "network",
            "Who is central: by ties, betweenness, closeness, eigenvector, core? Who is a cutpoint?",
            "centrality:centrality",
            {"relation": _RELATION, "period": _PERIOD},
        ),
        Measure(
            "brokerage",
            "network",
            "Who brokers between organisations, in which role, and more than chance would give?",
            "brokerage:brokers",
            {"relation": _RELATION, "by": "group actors by organisation or by its kind", "period": _PERIOD},
        ),
        Measure(
            "holes",
            "network",
            "Who has structural holes to broker over: constraint, effective size, efficiency, hierarchy?",
            "structural_holes:holes",
            {"relation": _RELATION, "weighted": "whether a tie counts by its occasions", "period": _PERIOD},
        ),
        Measure(
            "introductions",
            "network",
            "Who introduces documents and evidence, how much, and to whom? Who never does?",
            "introductions:introductions",
            {"relation": "introduces_to or introduces_to_group", "period": _PERIOD},
        ),
        Measure(
            "polarity",
            "polarity",
            "Who supports and who contests what? The matrix of actors by documents and evidence.",
            "polarity:polarity",
            {"duplicates": _DUPLICATES},
        ),
        Measure(
            "congruence",
            "polarity",
            "Who takes the same sides as whom, and who the opposite? Congruence, conflict, and the difference.",
            "congruence:congruence",
            {
                "normalisation": "what the numbers are divided by: nothing, average activity, union, or lengths",
                "side": "join actors by what they take sides on, or what they take sides on by the actors",
                "duplicates": _DUPLICATES,
            },
        ),
        Measure(
            "polarisation",
            "polarity",
            "How divided was opinion on each document and piece of evidence, period by period?",
            "polarisation:divisions",
            {"period": "the length of a period", "duplicates": _DUPLICATES},
        ),
        Measure(
            "sides",
            "polarity",
            "Who changed side, certainly or possibly? Of whom do sources tell both?",
            "side_changes:sides",
        ),
        Measure(
            "survival",
            "cross-case",
            "Which types of evidence survive from impetus to impact, and where do the others stop?",
            "survival:survival",
            {
                "of": _OF,
                "carried": "whether evidence gets as far as the documents that present it",
                "censored": "whether a journey that nobody found to have ended counts only as far as it is known",
            },
        ),
        Measure(
            "uses",
            "cross-case",
            "What uses were made of which types of evidence and documents, at which site?",
            "uses:uses",
            {"of": _OF},
        ),
        Measure(
            "factors",
            "cross-case",
            "Which supports and barriers recur, and are they general or about ethnicity?",
            "factors:factors",
        ),
        Measure(
            "sequences",
            "cross-case",
            "How alike are the ways of journeys, which is the typical one, and which stage comes before which?",
            "sequences:sequences",
            {
                "of": _OF,
                "costs": "of a replaced stage: fixed (2), or less the more often the two follow each other",
                "normalisation": "what a distance is divided by",
            },
        ),
        Measure(
            "truth-table",
            "cross-case",
            "Which combinations of conditions go with evidence being acted on (QCA)? As csv for R.",
            "qca:qca",
            {
                "conditions": "of CHAMPION, CONTESTED, SUPPORTED, DOCUMENTED, ETHNICITY, VCF, TABLED",
                "outcome": "ACTED_ON, IMPACT or INSTRUMENTAL",
                "of": _OF,
                "carried": "whether the outcome of a document counts for the evidence it presents",
                "silence": "whether what nobody tells of is absent, or unknown, so that the case is left out",
                "consistency": "from which share of cases with the outcome a combination goes with it",
                "n_cut": "how many cases a combination needs",
            },
        ),
        Measure(
            "gaps",
            "quality",
            "What rests on little, where do accounts differ, what is not answered, which orders hang on dates?",
            "gaps:gaps",
        ),
        Measure(
            "sensitivity",
            "quality",
            "How far would results move if the weakest claims were left out, and which claims are those?",
            "sensitivity:sensitivity",
            {"of": "headlines (contests, supports, introducers, post hoc), or the name of a measure"},
        ),
    )
}
"""All measures by name, in the order they are listed."""


def measure_named(name: str) -> Measure:
    """The measure of this name, or the one whose name begins so. Raises UsageProblem, with all names, for none."""
    wanted = re.sub(r"[\s_]+", "-", name.strip().lower())
    found = [MEASURES[wanted]] if wanted in MEASURES else [m for m in MEASURES.values() if m.name.startswith(wanted)]
    if len(found) != 1 or not wanted:
        meant = did_you_mean(name, MEASURES)
        raise UsageProblem(f"There is no measure {name!r}.{meant} There are: {', '.join(MEASURES)}.")
    return found[0]
