"""Compare two people's work on one thing: the forms of two extractors, the codings of two coders."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from journeys.model.identity import short_id
from journeys.model.phrases import one_of
from journeys.model.problems import UsageProblem
from journeys.model.suggestions import did_you_mean

if TYPE_CHECKING:
    from journeys.analysis.claims.codings import Settled
    from journeys.instruments.answers import FilledForm
    from journeys.instruments.compare import FormComparison
    from journeys.instruments.excel.coding_decisions import CodingComparison
    from journeys.study.access import StudyAccess


class Compares:
    """The comparing methods of ``Study``."""

    def compare(
        self: StudyAccess, ref: str | None = None, *, by: Sequence[str] = ()
    ) -> FormComparison | CodingComparison:
        """Where two people differ: in their forms about a document, or in their coding of interviews.

        ``ref`` is a document that two people extracted, or an interview that two people coded; without it, all
        interviews. ``by`` are the initials of the two whose forms are compared, where there are more. Raises
        UsageProblem where there is nothing to compare.
        """
        if ref is not None:
            found = _forms_about(self, ref)
            if found is not None:
                return _compared_forms(self, *found, tuple(by))
        return _compared_codings(self, ref)


def _forms_about(study: StudyAccess, ref: str) -> tuple[str, list[FilledForm]] | None:
    """The document that ``ref`` names, and the extraction forms about it; None where it names no document."""
    from journeys.interpret.read_study import reader_of

    with reader_of(study.folder) as (reader, _):
        reader.read_registers()
        if reader.is_with_somebody(ref):
            return None
        reader.read_extractions()
        documents = reader.names.find(("Document",), ref)
        if not documents:
            return None
        if len(documents) > 1:
            ids = [short_id(identity) for _, identity in documents]
            raise UsageProblem(f"{ref!r} names several documents. Write {one_of(ids)}.")
        identity = documents[0][1]
        about = [forms for (document, _), forms in reader.extractions.items() if document == identity]
        return short_id(identity), list(sorted(about, key=len)[-1]) if about else []


def _compared_forms(study: StudyAccess, about: str, forms: list[FilledForm], by: tuple[str, ...]) -> FormComparison:
    from journeys.instruments.compare import compare_forms
    from journeys.instruments.researchers import researchers_of

    own = {researchers_of(form)[0]: form for form in forms if len(researchers_of(form)) == 1}
    for initials in by:
        if initials not in own:
            raise UsageProblem(f"{initials} has no form about {about}.{did_you_mean(initials, own)}")
    chosen = [own[initials] for initials in by] or list(own.values())
    if len(chosen) < 2:
        there = f"{forms[0].file} is the only form about {about}" if forms else f"There is no form about {about}"
        raise UsageProblem(
            f"{there}, so there is nothing to compare. A second person extracts the document in a form of their own; "
            "both write their initials under *Researchers*."
        )
    if len(chosen) > 2:
        raise UsageProblem(
            f"{about} has forms by {', '.join(own)}. Name two of them, as in --by {' --by '.join([*own][:2])}."
        )
    return compare_forms(
        study.instruments.get(chosen[0].instrument), *chosen, about=about, statuses=study.schema.terms("answer_status")
    )


def _compared_codings(study: StudyAccess, ref: str | None) -> CodingComparison:
    from journeys.analysis.claims.coder_comparison import differences
    from journeys.analysis.claims.codings import CODING_KINDS, code_label, code_nodes, coders_of, codings, passage_texts
    from journeys.analysis.claims.graph import study_graph
    from journeys.analysis.claims.selection import Selection
    from journeys.instruments.excel.coding_decisions import CodingComparison, Disagreement
    from journeys.store.resolve import resolve

    with study.store() as store:
        interview = resolve(store, study.id, ref, ["DataSource"]).id if ref is not None else None
        graph = study_graph(store, study.id, study.schema, (*CODING_KINDS, "FROM"))
    found = [each for each in codings(graph, Selection())[0] if interview in (None, each.interview)]
    coders = coders_of(found)
    twice = sorted(each for each, who in coders.items() if len(who) > 1)
    if not twice and ref is not None:
        raise UsageProblem(
            f"{ref} is not coded by two people, so there is nothing to compare. Each coder names themselves in a "
            "workbook of their own."
        )
    texts = passage_texts(graph, found)
    codes = code_nodes(graph)
    told = tuple(
        Disagreement(
            interview=short_id(each.interview),
            code=each.code,
            label=code_label(codes[each.code]),
            coded_by=", ".join(each.coded_by),
            passage=each.passage,
            not_by=", ".join(each.not_by),
            other_passage=each.other_passage,
            other_codes=", ".join(each.other_codes),
            codings=each.codings,
            **_settled(each.settled),
        )
        for each in differences(found, texts)
    )
    everybody = sorted({coder for each in twice for coder in coders[each]})
    return CodingComparison(tuple(map(short_id, twice)), tuple(everybody), told)


def _settled(settled: Settled | None) -> dict[str, str | None]:
    """Return a decision in the words of the workbook."""
    from journeys.instruments.excel.coding_decisions import APPLIES, NOT
    from journeys.interpret import coding_decisions

    if settled is None:
        return {}
    words = APPLIES if settled.decision == coding_decisions.APPLIES else NOT
    return {
        "decision": words,
        "instead": settled.instead,
        "decided_by": settled.by,
        "decided_on": settled.on,
        "reason": settled.reason,
    }
