"""The registry of measures: the question that each answers, its options, and its function.

A measure is a function ``(graph, selection, *, ...) -> tuple[MeasureTable, ...]`` that anybody can call with a graph of
their own; its keyword-only parameters are its options. To add one, write the function and a line here.
"""

from __future__ import annotations

import inspect
import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field, replace
from importlib import import_module
from types import FunctionType
from typing import Any

import networkx as nx

from journeys.analysis.claims.selection import Selection
from journeys.analysis.measures.options import Kind, kind_of, read_option
from journeys.analysis.measures.table import MeasureTable
from journeys.model.lens import Lens
from journeys.model.problems import UsageProblem
from journeys.model.schema import Schema
from journeys.model.suggestions import did_you_mean

GROUPS = {
    "journey": "The journey of a document or piece of evidence",
    "network": "Actor networks",
    "polarity": "Support and contestation",
    "cross-case": "Cross-case patterns",
    "quality": "Data quality and robustness",
}
"""The groups in the order they are listed, each with its heading."""

_GIVEN = {"ref", "schema", "smallest"}
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
    lens: Lens = field(default_factory=Lens)

    def worded(self, lens: Lens) -> Measure:
        """The measure with its question and options in the words of a study's lens."""
        options = {name: lens.in_words(meaning) for name, meaning in self.options.items()}
        return replace(self, answers=lens.in_words(self.answers), options=options, lens=lens)

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
        smallest: int = 1,
    ) -> tuple[MeasureTable, ...]:
        """The tables; ``options`` may be values or what a person writes for them. A table in which a cell may point to
        somebody leaves out those that rest on fewer than ``smallest`` claims.

        Raises UsageProblem for an option that the measure does not have or a value that is none of its.
        """
        kinds = self.kinds
        written = {name.replace("-", "_"): value for name, value in (options or {}).items()}
        for name in written:
            if name not in kinds:
                meant = _did_you_mean(as_written(name), map(as_written, kinds), FORMER_OPTIONS)
                known = "; ".join(f"{as_written(each)} ({kind.words})" for each, kind in kinds.items()) or "none"
                raise UsageProblem(f"{self.name} has no option {as_written(name)!r}.{meant} Its options: {known}.")
        given = {name: read_option(as_written(name), kinds[name], value) for name, value in written.items()}
        if ref is not None and not self.takes_ref:
            raise UsageProblem(f"{self.name} covers the whole study; leave out the document or piece of evidence.")
        about = {"ref": ref, "schema": schema, "smallest": smallest}
        made: tuple[MeasureTable, ...] = self.load()(
            graph, selection, **{name: about[name] for name in self._parameters if name in _GIVEN}, **given
        )
        return made


_PERIOD = "repeat for each period, with what certainly and what possibly falls in it"
_RELATION = "which relations make the ties (journeys network lists them)"
_OF = "journeys of documents or of evidence"
_DUPLICATES = "whether claims of one side by one actor on one item count once or each time"

MEASURES: dict[str, Measure] = {
    measure.name: measure
    for measure in (
        Measure(
            "journey",
            "journey",
            "Which stages were reached, and how long did each take? Where did the journey fork, return, stall or end?",
            "journey:journey",
            {
                "stalled_after_days": "days without a step before the end of the data after which a journey "
                "counts as stalled"
            },
        ),
        Measure(
            "reach",
            "journey",
            "Who can it have reached, by when, and who can never have seen it (time-respecting paths)?",
            "reach:reachable",
            {
                "carried": "whether it also reaches those who are reached by a document that cites or presents it",
                "groups": "whether it can reach the members of a group that it reached",
            },
        ),
        Measure(
            "citation",
            "journey",
            "Which documents build on which: main paths, citation depth, share about ethnicity, first sources?",
            "citation:citation",
            {
                "weight": "traversal weight used for the main paths",
                "routes": "number of heaviest citations used as key routes",
                "presented": "whether evidence presented in a document counts as cited by it",
            },
        ),
        Measure(
            "network",
            "network",
            "How dense, centralised, reciprocal and homophilous is each site's network?",
            "network:network",
            {"relation": _RELATION, "period": _PERIOD},
        ),
        Measure(
            "centrality",
            "network",
            "Who is central (degree, betweenness, closeness, eigenvector, k-core)? Who is a cutpoint?",
            "centrality:centrality",
            {"relation": _RELATION, "period": _PERIOD},
        ),
        Measure(
            "brokerage",
            "network",
            "Who are the brokers between organisations, in which roles, and more than by chance?",
            "brokerage:brokers",
            {"relation": _RELATION, "by": "group actors by organisation or by its kind", "period": _PERIOD},
        ),
        Measure(
            "structural-holes",
            "network",
            "Who spans structural holes: constraint, effective size, efficiency, hierarchy?",
            "structural_holes:holes",
            {"relation": _RELATION, "weighted": "whether ties are weighted by their occasions", "period": _PERIOD},
        ),
        Measure(
            "introductions",
            "network",
            "Who introduces documents and evidence, how often, and to whom? Who never does?",
            "introductions:introductions",
            {"relation": "introduces_to or introduces_to_group", "period": _PERIOD},
        ),
        Measure(
            "matrices",
            "network",
            "Who supported or contested which document, and who was at which meeting? Affiliation (two-mode) matrices, "
            "with silence, absence and nothing recorded kept apart.",
            "matrices:matrices",
            {"most": "number of people, and of columns, shown: those with the most entries"},
        ),
        Measure(
            "polarity",
            "polarity",
            "Who supports and who contests which item? The two-mode (affiliation) matrix of actors by "
            "documents and evidence.",
            "polarity:polarity",
            {"duplicates": _DUPLICATES},
        ),
        Measure(
            "congruence",
            "polarity",
            "Who takes the same sides, and who opposite sides? Congruence and conflict networks.",
            "congruence:congruence",
            {
                "normalisation": "normalisation: none, average activity, Jaccard or cosine",
                "side": "one-mode projection: actors joined by items, or items joined by actors",
                "duplicates": _DUPLICATES,
            },
        ),
        Measure(
            "polarisation",
            "polarity",
            "How divided was opinion on each document and piece of evidence, by period?",
            "polarisation:divisions",
            {"period": "the length of a period", "duplicates": _DUPLICATES},
        ),
        Measure(
            "side-changes",
            "polarity",
            "Who changed sides, certainly or possibly? Who do sources place on both sides?",
            "side_changes:sides",
        ),
        Measure(
            "gap-map",
            "cross-case",
            "Which types of evidence reached which stage at which site, and where is nothing known?",
            "gap_map:gap_map",
            {
                "of": _OF,
                "carried": "whether evidence counts as reaching the stages of the documents that present it",
            },
        ),
        Measure(
            "flow",
            "cross-case",
            "How does evidence of each type and site flow through the stages, and where is nothing known of it?",
            "flow:flow",
            {
                "of": _OF,
                "carried": "whether evidence counts as reaching the stages of the documents that present it",
            },
        ),
        Measure(
            "after-introduction",
            "cross-case",
            "What followed the first introduction of each document and piece of evidence, and after how many days?",
            "after_introduction:after_introduction",
            {"of": _OF},
        ),
        Measure(
            "survival",
            "cross-case",
            "Which types of evidence survive from impetus to impact, and where do the others stop?",
            "survival:survival",
            {
                "of": _OF,
                "carried": "whether evidence counts as reaching the stages of the documents that present it",
                "censored": "whether journeys with no recorded end are censored (Kaplan-Meier)",
            },
        ),
        Measure(
            "uses",
            "cross-case",
            "Which types of use were made of which types of evidence and documents, at which site?",
            "uses:uses",
            {"of": _OF},
        ),
        Measure(
            "factors",
            "cross-case",
            "Which supports and barriers recur, and are they general or ethnicity-specific?",
            "factors:factors",
        ),
        Measure(
            "sequences",
            "cross-case",
            "How similar are journeys as state sequences, which is typical, and which stage precedes "
            "which (optimal matching)?",
            "sequences:sequences",
            {
                "of": _OF,
                "costs": "substitution cost: fixed (2), or lower the more often two stages follow each other",
                "normalisation": "normalisation of distances",
            },
        ),
        Measure(
            "truth-table",
            "cross-case",
            "Which combinations of conditions are consistent with evidence being acted on (QCA truth table)?",
            "qca:qca",
            {
                "conditions": "of CHAMPION, CONTESTED, SUPPORTED, DOCUMENTED, ETHNICITY, VCF, TABLED",
                "outcome": "ACTED_ON, IMPACT or INSTRUMENTAL",
                "of": _OF,
                "carried": "whether the outcome of a document also counts for the evidence it presents",
                "silence": "whether a condition that no source mentions is absent, or unknown (the case "
                "is then left out)",
                "consistency": "consistency cut-off: lowest share of cases with the outcome",
                "n_cut": "frequency cut-off: lowest number of cases",
            },
        ),
        Measure(
            "coding-agreement",
            "quality",
            "How far do coders of the same interviews agree, per code, per sheet and in all, and where do they differ?",
            "coding_agreement:coding_agreement",
        ),
        Measure(
            "gaps",
            "quality",
            "Which statements have little support, where do sources disagree, what is unanswered, which "
            "orders depend on uncertain dates?",
            "gaps:gaps",
        ),
        Measure(
            "sensitivity",
            "quality",
            "How much would results change without the weakest claims, and which claims are they?",
            "sensitivity:sensitivity",
            {"of": "headlines (contests, supports, introducers, post hoc), or the name of a measure"},
        ),
    )
}
"""All measures by name, in the order they are listed."""


FORMER_NAMES = {"holes": "structural-holes", "sides": "side-changes"}
"""Names of measures in earlier versions, with today's name."""

FORMER_OPTIONS = {"quiet": "stalled-after-days"}
"""Names of options in earlier versions, with today's name."""


def as_written(option: str) -> str:
    """Return the name of an option as people write it: "stalled-after-days"."""
    return option.replace("_", "-")


def _did_you_mean(name: str, known: Iterable[str], former: Mapping[str, str]) -> str:
    """Return " Did you mean 'x'?" for a former or misspelt name, "" where nothing is near."""
    return f" Did you mean {former[name]!r}?" if name in former else did_you_mean(name, list(known))


def measure_named(name: str) -> Measure:
    """Return the measure of this name, or the only one whose name starts with it.

    Raises UsageProblem, with a suggestion and all names, for any other name.
    """
    wanted = re.sub(r"[\s_]+", "-", name.strip().lower())
    found = [MEASURES[wanted]] if wanted in MEASURES else [m for m in MEASURES.values() if m.name.startswith(wanted)]
    if len(found) != 1 or not wanted:
        meant = _did_you_mean(wanted, MEASURES, FORMER_NAMES)
        raise UsageProblem(f"There is no measure {name!r}.{meant} Choose from: {', '.join(MEASURES)}.")
    return found[0]
