"""How far coders of the same interviews agree: per code, per sheet of the codebook and in all."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from itertools import combinations
from typing import Any

import networkx as nx

from journeys.analysis.claims.coder_comparison import ComparedCoders, Difference, compared_coders, differences
from journeys.analysis.claims.codings import SHARED_WORDS, code_label, code_nodes, codings, passage_texts
from journeys.analysis.claims.selection import Selection
from journeys.analysis.measures.table import MeasureRow, MeasureTable, small_n
from journeys.analysis.methods.agreement import cohen_kappa, krippendorff_alpha, percent_agreement

PASSAGES, PRESENCE = "passages", "presence in an interview"
_METHOD = (
    "Each code is judged present or absent on each unit. On passages the units are the passages that at least one of "
    "the coders coded; text that nobody coded is not a unit, so agreement to leave it out is not counted. On presence "
    "the units are the interviews. Only interviews that all the coders compared have coded count, and only codes that "
    "at least one of them used there. Passages are one where their words are equal, or share a run of at least half "
    f"the shorter one's words and at least {SHARED_WORDS}. Kappa: Cohen (1960). Alpha, nominal: Krippendorff (2011)."
)
_WHO = {"coders": "who is compared, by initials"}
_COUNTS = {
    "counted_on": f"{PASSAGES}, or {PRESENCE}",
    "judgements": "number of judgements compared: units times codes",
    "agreed": "of these, how many are the same for all coders",
    "percent": "share of judgements that are the same, 0 to 1; for more than two coders over all pairs",
    "kappa": "Cohen's kappa, -1 to 1; for two coders only; empty where nothing varies",
    "alpha": "Krippendorff's alpha, up to 1; empty where nothing varies",
}
_DIFFERENCES = {
    "interview": "the interview",
    "code": "the code's key",
    "label": "its label",
    "coded_by": "who gave the passage the code",
    "passage": "the passage as they marked it",
    "not_by": "who coded the interview and did not give the passage the code",
    "other_passage": "the passage as the others marked it; empty where they coded nothing of it",
    "other_codes": "the codes that they gave it",
    "decided": "what was decided since, and by whom; it does not change the agreement",
}

Words = Callable[[str], Sequence[str]]
"""Of a code's key: what stands in the columns that say which code, or which codes together, a row is about."""


def coding_agreement(graph: nx.MultiDiGraph[str], selection: Selection) -> tuple[MeasureTable, ...]:
    """Agreement of each two coders, and of all where there are more, in all, per sheet and per code; and where they
    differ, passage beside passage.
    """
    found, left = codings(graph, selection)
    texts = passage_texts(graph, found)
    codes = code_nodes(graph)
    compared = list(compared_coders(found, texts))
    interviews = {interview for each in compared for interview in each.interviews}
    shared: dict[str, Any] = {
        "n": {
            "coders": len({coding.coder for coding in found if not compared or coding.interview in interviews}),
            "interviews coded by two or more": len(interviews),
            "codings": len([coding for coding in found if coding.interview in interviews]),
        },
        "method": _METHOD,
        "left_out": left,
        "notes": (
            small_n(len(interviews), "interviews coded by two or more")
            if compared
            else ("No interview is coded by two coders, so there is nothing to compare.",)
        ),
    }

    def sheet(code: str) -> Sequence[str]:
        return (str(codes[code].get("codebook_sheet") or ""),)

    def label(code: str) -> Sequence[str]:
        return code, code_label(codes[code])

    def table(name: str, title: str, more: Mapping[str, str], words: Words) -> MeasureTable:
        columns = {**_WHO, **more, **_COUNTS}
        return MeasureTable(name=name, title=title, columns=columns, rows=tuple(_rows(compared, words)), **shared)

    return (
        table("agreement", "Agreement between coders", {}, lambda _code: ()),
        table("by_sheet", "Agreement by sheet of the codebook", {"sheet": "the sheet"}, sheet),
        table("by_code", "Agreement by code", {"code": "the code's key", "label": "its label"}, label),
        MeasureTable(
            name="disagreements",
            title="Codes that some coders gave a passage and others did not",
            columns=_DIFFERENCES,
            rows=tuple(_difference(each, graph, label) for each in differences(found, texts)),
            **shared,
        ),
    )


def _rows(compared: Iterable[ComparedCoders], words: Words) -> Iterator[MeasureRow]:
    for each in compared:
        together: defaultdict[tuple[str, ...], list[str]] = defaultdict(list)
        for code in each.codes:
            together[tuple(words(code))].append(code)
        for before, codes in together.items():
            for counted_on, units in ((PASSAGES, each.passages), (PRESENCE, each.presence)):
                judged = [tuple(code in unit[coder] for coder in each.coders) for code in codes for unit in units]
                pairs = [pair for values in judged for pair in combinations(values, 2)]
                agreed = sum(len(set(values)) == 1 for values in judged)
                kappa = cohen_kappa(pairs) if len(each.coders) == 2 else None
                counts = len(judged), agreed, percent_agreement(pairs), kappa, krippendorff_alpha(judged)
                claims = tuple(coding.claim for coding in each.codings if coding.code in codes)
                yield MeasureRow((", ".join(each.coders), *before, counted_on, *counts), claims)


def _difference(each: Difference, graph: nx.MultiDiGraph[str], label: Words) -> MeasureRow:
    interview = str(graph.nodes[each.interview].get("name") or each.interview)
    told = ", ".join(each.coded_by), each.passage, ", ".join(each.not_by), each.other_passage
    decided = f"{each.settled.decision} ({each.settled.by})" if each.settled else None
    values = (interview, *label(each.code), *told, ", ".join(each.other_codes) or None, decided)
    return MeasureRow(values, each.claims)
