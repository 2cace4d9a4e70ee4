"""Pages that say what the data are: the schema with what this study has of each kind, the claims of a kind, quality."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any

from markupsafe import Markup

from journeys.analysis.claims.claim import ACTING, ClaimRecord
from journeys.analysis.questions.answer import Answer
from journeys.instruments.instrument_set import InstrumentSet
from journeys.model.definitions import ClaimKind, NodeKind, PropertyDefinition
from journeys.model.phrases import counted
from journeys.model.schema import Schema
from journeys.views.pages.frame import PageFrame
from journeys.views.pages.result import MOST_ROWS, Claims, ResultTable, answer_table, result_page
from journeys.views.render import asset, render
from journeys.views.wording import date_words

MOST_OF_A_QUESTION = 25
"""So many rows of each question stand on the page of the quality of the data; its own page has more."""


@dataclass(frozen=True, slots=True)
class KindCount:
    """How much a study has of a kind, of that how much is denied or withdrawn, and the page that lists it ("")."""

    number: int = 0
    denied: int = 0
    withdrawn: int = 0
    href: str = ""


def schema_page(
    schema: Schema,
    instruments: InstrumentSet,
    nodes: Mapping[str, KindCount],
    claims: Mapping[str, KindCount],
    on_journeys: int,
    frame: PageFrame,
) -> str:
    """The kinds of node and claim, each with its words, its number in the study, and the question that fills it.

    ``on_journeys`` is the number of claims that stand on journeys and that sources state.
    """
    words = _FieldWords(instruments)
    nouns = {label: kind.noun for label, kind in schema.nodes.items()}
    return render(
        "schema.html.j2",
        title="Schema",
        styles=[asset("result.css")],
        scripts=[asset("filter.js")],
        nodes=[_node(kind, schema, words, nodes.get(kind.name, KindCount())) for kind in schema.nodes.values()],
        stages=list(_by_stage(schema, words, nouns, claims)),
        claims_held=_claims_held(sum(each.number for each in claims.values()), on_journeys),
        **frame.context(),
    )


def _claims_held(number: int, on_journeys: int) -> str:
    """How many claims there are, and which of them the home page counts."""
    held = f"The study has {counted(number, 'claim')}."
    if not on_journeys:
        return held
    stated = "stands on a journey and is" if on_journeys == 1 else "stand on journeys and are"
    return (
        f"{held} {on_journeys:,} of them {stated} stated by sources: the home page counts these, each once."
        " The others are inferred, or tell of something else, such as who belongs where."
    )


class _FieldWords:
    """The question of a form that a kind or property comes from, in words."""

    def __init__(self, instruments: InstrumentSet) -> None:
        self._titles = {each.instrument: each.title for each in instruments}
        self._questions = instruments.question_words

    def of(self, field: str | None) -> str:
        instrument, _, question = (field or "").partition(".")
        title = self._titles.get(instrument, instrument.replace("_", " ").capitalize())
        asked = self._questions.get(field or "", question.replace("_", " "))
        return f"{title}: {asked}" if asked else title


def _node(kind: NodeKind, schema: Schema, words: _FieldWords, count: KindCount) -> dict[str, Any]:
    return {
        "anchor": f"kind-{kind.slug}",
        "name": kind.plural,
        "label": kind.name,
        "about": schema.lens.in_words(kind.description),
        "count": count,
        "properties": [_property(each, schema, words) for each in kind.properties.values()],
    }


def _property(held: PropertyDefinition, schema: Schema, words: _FieldWords) -> dict[str, str]:
    terms = [term.label for term in schema.terms(held.vocabulary).terms.values()] if held.vocabulary else []
    what = held.description or ("; ".join(terms[:12]) + (" \u2026" if len(terms) > 12 else ""))
    return {"name": held.name.replace("_", " "), "type": held.type.value, "about": what, "field": words.of(held.field)}


def _by_stage(
    schema: Schema, words: _FieldWords, nouns: Mapping[str, str], claims: Mapping[str, KindCount]
) -> Iterator[dict[str, Any]]:
    """The claim kinds by the stage of a journey that they tell of, then the others, then structure."""
    stages = schema.terms("stage").terms
    for name, title in (
        *((stage, term.label) for stage, term in stages.items()),
        (None, "Of no stage"),
        ("", "Structure, which no source states"),
    ):
        wanted = [
            kind
            for kind in schema.claims.values()
            if (kind.stage == name if kind.asserted else name == "") and (kind.asserted or name == "")
        ]
        if wanted:
            kinds = [_claim(kind, schema, words, nouns, claims.get(kind.name, KindCount())) for kind in wanted]
            yield {"title": title, "kinds": kinds}


def _claim(
    kind: ClaimKind, schema: Schema, words: _FieldWords, nouns: Mapping[str, str], count: KindCount
) -> dict[str, Any]:
    side = {-1: "counts as contesting", 1: "counts as supporting"}.get(kind.polarity, "")
    return {
        "anchor": f"claim-{kind.name.lower().replace('_', '-')}",
        "name": kind.phrase,
        "label": kind.name,
        "passive": kind.passive,
        "ends": f"{_ends(kind.from_labels, nouns)} \u2192 {_ends(kind.to_labels, nouns)}",
        "signs": ", ".join(filter(None, ("an event" if kind.event else "", side))),
        "field": words.of(kind.field),
        "count": count,
        "properties": [_property(each, schema, words) for each in kind.properties.values()],
    }


def _ends(labels: Iterable[str], nouns: Mapping[str, str]) -> str:
    return ", ".join(nouns.get(label, "anything") for label in labels)


def kind_page(kind: ClaimKind, records: Sequence[ClaimRecord], number: int, frame: PageFrame) -> str:
    """The claims of one kind, each with its source and cell; at most ``MOST_ROWS`` of the ``number`` that there are."""
    claims = Claims({each.id: each for each in records}, frame.targets)
    denied = any(each.negated for each in records)
    rows = tuple(
        claims.row(
            [
                each.start.name,
                *([f"{'reported not: ' if each.negated else ''}{kind.phrase}"] if denied else []),
                each.end.name,
                date_words(each.when),
                each.source.name if each.source else "inferred" if each.derived else "",
            ],
            [each.id],
        )
        for each in records
    )
    more = number - len(records)
    command = f'journeys cypher "MATCH (a)-[r:{kind.name}]->(b) RETURN a.name, b.name, r.quote"'
    notes = [f"{counted(more, 'more claim')} not shown: {command} lists all."] if more else []
    heads = [(name, "") for name in ("from", *(["claim"] if denied else []), "to", "when", "source")]
    table = ResultTable("claims-of-kind", counted(number, "claim"), tuple(heads), rows, tuple(notes), Markup())
    return result_page(
        f"Claims: {kind.phrase}",
        f"What sources say by this kind of claim; the other way round it reads: {kind.passive}.",
        [table],
        claims,
        frame,
        command=f"journeys schema {kind.name}",
        head="Described by",
    )


IN_ORDER = (
    "resting_on_little",
    "conflicting_claims",
    "open_confusions",
    "uncertain_dates",
    "documents_not_in_hand",
    "unanswered_questions",
    "observer_effect",
    "sources_not_coded",
    "codes_without_passages",
)
"""The questions on the data, those first that most results hang on; others follow in the order of their numbers."""


def quality_page(answers: Sequence[tuple[Answer, str]], frame: PageFrame) -> str:
    """What to know before results are read: each question on the data with its first rows and their sources.

    Each answer comes with the address of its own page.
    """
    held = {key: claim for answer, _ in answers for key, claim in answer.claims.items()}
    claims = Claims(held, frame.targets)
    rank = {name: number for number, name in enumerate(IN_ORDER)}
    answers = sorted(answers, key=lambda each: rank.get(each[0].query.short_name, len(rank)))
    tables = [
        replace(
            answer_table(
                _weightiest_first(answer),
                claims,
                MOST_OF_A_QUESTION,
                name=answer.query.short_name,
                title=answer.query.title,
            ),
            href=href,
        )
        for answer, href in answers
    ]
    return result_page(
        "Data quality",
        "What to know before results are read: what rests on little, is disputed, missing, uncertain or not coded.",
        tables,
        claims,
        frame,
        command="journeys report quality",
        contents=[
            {"href": f"#table-{number}", "words": f"{answer.query.title}: {counted(len(answer.rows), 'row')}"}
            for number, (answer, _) in enumerate(answers, 1)
        ],
    )


def _weightiest_first(answer: Answer) -> Answer:
    """An answer with those rows first whose claims no source bears out, and of these and the others first what takes
    sides or happened, then what something says or is; who belongs where comes last. Other answers stay as they are."""
    if answer.query.short_name != "resting_on_little":
        return answer
    weak = [answer.columns.index(name) for name in ("no_source", "interpretive_only")]

    def weight(row: int) -> tuple[object, ...]:
        held = [answer.claims[each] for each in answer.claim_ids[row] if each in answer.claims]
        kind = held[0].kind if held else None
        only_people = bool(held) and {held[0].start.label, held[0].end.label} <= set(ACTING)
        group = 3 if kind is None or only_people else 0 if kind.polarity else 1 if kind.event else 2
        quoted = any(claim.properties.get("quote") for claim in held)
        return group == 3, *(not answer.rows[row][at] for at in weak), group, quoted

    order = sorted(range(len(answer.rows)), key=weight)
    return replace(
        answer,
        rows=tuple(answer.rows[row] for row in order),
        claim_ids=tuple(answer.claim_ids[row] for row in order),
    )


__all__ = ["MOST_ROWS", "KindCount", "kind_page", "quality_page", "schema_page"]
