"""The page of one journey, with its map, its steps as a table and its disagreements."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from markupsafe import Markup, escape

from journeys.analysis.claims.claim import ClaimRecord
from journeys.analysis.claims.dates import dated
from journeys.analysis.trace.in_words import AnswersInWords
from journeys.analysis.trace.journey import Journey
from journeys.analysis.trace.parts import Step
from journeys.model.dates import DateSpan
from journeys.model.order import describe
from journeys.model.phrases import counted
from journeys.model.problems import Address
from journeys.views.journey_summary import summary_in_words
from journeys.views.pages.claim_card import ClaimCard, claim_card
from journeys.views.pages.frame import PageFrame, Targets
from journeys.views.pages.journey_panels import (
    about_it,
    actions_told,
    citation_graph,
    differing,
    numbered,
    references,
    step_numbers,
    voices,
    who_is_who,
)
from journeys.views.pages.journey_picture import caption, down_map, folded_words, page_caption, page_map, sentence
from journeys.views.pages.legend import signs_of
from journeys.views.pictures.journey_map_down import journey_map_down
from journeys.views.pictures.map_parts import JourneyMap, shape, style
from journeys.views.reading import notes_of
from journeys.views.render import COLOURS, asset, render
from journeys.views.summary_parts import SummaryParagraph
from journeys.views.text import sanitized
from journeys.views.wording import date_words, sources_words

_LONG_TABLE, _PART = 400, 200
_REFERENCES = 6
"""So many numbers of steps stand behind a part of the summary; all of them below it."""


@dataclass(frozen=True, slots=True)
class TableRow:
    """A step in the table: its number, sign and words, and its claims."""

    number: int
    when: str
    unsure: str
    where: str
    where_href: str
    sentence: Markup
    said_by: str
    shape: str
    style: str
    colour: str
    claims: tuple[ClaimCard, ...]


def journey_page(journey: Journey, laid_out: JourneyMap, frame: PageFrame) -> str:
    """The whole page as HTML; the same journey gives the same text."""
    subject = journey.subject
    number = str(subject.properties.get("doc_number") or "")
    targets = frame.targets
    steps = list(numbered(journey))
    claims = {claim.id: claim for claim in journey.claims}
    rows = [_row(number, step, journey, targets, claims) for number, step in steps if step.event]
    said_of_it = [_row(number, step, journey, targets, claims) for number, step in steps if not step.event]
    name = f"{number} {subject.entity.name}".strip()
    kind = (subject.kind or subject.entity.label).lower()
    return render(
        "journey.html.j2",
        title=f"Journey of {sanitized(name)}",
        styles=[asset("journey.css")],
        scripts=[_close_set(asset("journey.js"))],
        number=number,
        name=subject.entity.name,
        facts=_facts(journey),
        kind=kind,
        summary=[_told(told, journey) for told in summary_in_words(journey)],
        counts=_counts(journey, targets),
        known=_known(journey),
        has_steps=bool(steps),
        has_map=bool(laid_out.lanes),
        map=Markup(page_map(journey, laid_out)),
        down=Markup(down_map(journey, journey_map_down(journey))),
        caption=caption(journey, laid_out),
        page_caption=page_caption(journey, laid_out),
        folded=folded_words(laid_out),
        legend=signs_of(laid_out),
        file_name=_file_stem(name),
        row_parts=[*_in_parts(rows), *_said_of_it(said_of_it, kind)],
        row_signs=sorted(
            {(row.shape, row.style): row for row in (*rows, *said_of_it)}.values(),
            key=lambda row: (row.shape, row.style),
        ),
        disagreements=differing(journey),
        voices=voices(journey),
        people=who_is_who(journey, targets),
        about=about_it(journey, targets),
        citations=Markup(citation_graph(journey)),
        narratives=[_narrative(narrative, targets) for narrative in journey.narratives],
        in_words=[_in_words(answers, journey, targets) for answers in journey.in_words],
        also_answered=[_in_words(answers, journey, targets) for answers in journey.also_answered],
        actions=actions_told(journey, targets),
        withdrawn=[claim_card(claim, subject.entity, targets) for claim in journey.withdrawn],
        **frame.context(),
    )


def _row(number: int, step: Step, journey: Journey, targets: Targets, claims: Mapping[str, ClaimRecord]) -> TableRow:
    entity = journey.subject.entity
    kind = shape(step)
    alike = len(step.starts) == 1 and len(step.ends) == 1
    said_by = sources_words(step.claims)
    return TableRow(
        number=number,
        when=date_words(step.when) if dated(step.when) else "no date known",
        unsure="may predate the entry above" if step.order == "possibly" else "",
        where=step.meeting.title if step.meeting else "",
        where_href=targets.thing(step.meeting.id) if step.meeting else "",
        sentence=targets.linked(sentence(step, journey), (*step.starts, *step.ends)),
        said_by=f"{said_by}, researcher's interpretation only" if step.interpretation else said_by,
        shape=kind,
        style=style(step),
        colour=COLOURS[kind],
        claims=tuple(claim_card(claim, entity, targets, said_above=alike, on_page=claims) for claim in step.claims),
    )


def _in_parts(rows: Sequence[TableRow]) -> list[dict[str, Any]]:
    """The rows of the table; of a long one, so many at a time, each part with the words that it is folded under."""
    if not rows:
        return []
    if len(rows) <= _LONG_TABLE:
        return [{"words": "", "rows": rows}]
    parts = [rows[start : start + _PART] for start in range(0, len(rows), _PART)]
    return [
        {"words": f"Steps {part[0].number} to {part[-1].number}: {part[0].when} to {part[-1].when}", "rows": part}
        for part in parts
    ]


def _said_of_it(rows: Sequence[TableRow], kind: str) -> list[dict[str, Any]]:
    """What is no event, folded below the steps: what the traced thing is, says and cites."""
    return [{"words": f"About this {kind}: {counted(len(rows), 'entry')}", "rows": rows}] if rows else []


def _facts(journey: Journey) -> list[str]:
    subject = journey.subject
    cases = [f"{case['name']}{', ' + case['site'] if case.get('site') else ''}" for case in subject.cases]
    said = [subject.kind or subject.entity.label, subject.type_words, *cases, date_words(subject.when)]
    return [sanitized(part) for part in said if part]


def _counts(journey: Journey, targets: Targets) -> Markup:
    """How many claims, sources and answers there are; the answers lead to the form, where it has a page."""
    counts = journey.counts
    said = [f"{counted(counts.claims, 'claim')} from {counted(counts.sources, 'source')}"]
    said += [f"plus {counts.derived} inferred"] if counts.derived else []
    said += [f"{counts.withdrawn} withdrawn (not counted)"] if counts.withdrawn else []
    answers = journey.subject.answers
    form = targets.thing(journey.subject.entity.id)
    if answers:
        words = escape(counted(answers, "form answer"))
        said.append(Markup('<a href="{}">{}</a>').format(form, words) if form else words)
    return Markup("; ").join(said) + "."


def _in_words(answers: AnswersInWords, journey: Journey, targets: Targets) -> dict[str, Any]:
    """The answers of the form to one of its questions about the journey, and the claims that stand beside them."""
    entity = journey.subject.entity
    questions = [
        {
            "words": sanitized(question.heading),
            "answers": [
                {
                    "words": answer.text,
                    "notes": [note for note in notes_of(answer, (entity.id,)) if note != str(answer.address)],
                    "address": str(answer.address),
                    "href": targets.cell(answer.address),
                }
                for answer in question.entries
                if answer.kind == "answer"
            ],
        }
        for question in answers.questions
    ]
    number_of = step_numbers(journey)
    beside = references((claim for claim in answers.rows if claim.id in number_of), number_of)
    return {"title": answers.title, "questions": questions, "beside": beside}


def _told(told: SummaryParagraph, journey: Journey) -> dict[str, Any]:
    """A paragraph of the summary: each part with the steps it rests on; below, the names cut short."""
    number_of = step_numbers(journey)
    parts, cut = [], []
    for part in told.parts:
        steps = references(part.claims, number_of)
        shown = steps if len(steps) <= _REFERENCES + 1 else steps[:_REFERENCES]
        said = part.words.removesuffix(part.end.lstrip(" ,;.:"))
        rest = part.words.removeprefix(said)
        parts.append({"words": said.rstrip(), "rest": rest.strip(), "steps": shown, "more": len(steps) - len(shown)})
        if part.names or len(steps) > len(shown):
            cut.append({"names": part.names, "steps": steps})
    return {"topic": told.topic, "heading": told.heading, "parts": parts, "cut": cut}


def _known(journey: Journey) -> str:
    known = journey.known
    if known is None:
        return ""
    day = describe(DateSpan(None, known.day, known.day, "day"))
    unknown = f", and {known.not_known} with no recording date" if known.not_known else ""
    return f"As known on {day}: {counted(known.later, 'claim')} recorded later left out{unknown}."


def _narrative(narrative: Mapping[str, Any], targets: Targets) -> dict[str, Any]:
    steps = [
        {
            "words": ": ".join(
                filter(
                    None,
                    [
                        ", ".join(filter(None, [step["date_text"] or step["date_from"] or "undated", step["meeting"]])),
                        step["title"] or step.get("stage_words"),
                    ],
                )
            ),
            "address": str(address := Address(step["file"], step["sheet"], step["cell"])),
            "href": targets.cell(address),
        }
        for step in narrative["steps"]
    ]
    return {"title": narrative["title"] or narrative["id"], "steps": steps}


def _file_stem(name: str) -> str:
    """A file name that every system takes."""
    return re.sub(r"[^\w-]+", "-", sanitized(name), flags=re.ASCII).strip("-")[:60] or "journey"


def _close_set(script: str) -> str:
    """A script without its indents and the lines that are comments: a page has to stay small."""
    lines = (line.strip() for line in script.splitlines())
    return "\n".join(line for line in lines if line and not line.startswith("//"))
