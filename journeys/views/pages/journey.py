"""The page of one journey, with its map, its steps as a table and its disagreements; and the map alone as SVG."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from markupsafe import Markup, escape

from journeys.analysis.claims.dates import dated
from journeys.analysis.trace.in_words import AnswersInWords
from journeys.analysis.trace.journey import Journey
from journeys.analysis.trace.parts import Step
from journeys.analysis.trace.sentences import said_of_step
from journeys.model.dates import DateSpan
from journeys.model.order import describe
from journeys.model.phrases import counted
from journeys.model.problems import Address
from journeys.views.journey_summary import SummaryParagraph, summary_in_words
from journeys.views.pages.claim_card import ClaimCard, claim_card
from journeys.views.pages.frame import PageFrame, Targets
from journeys.views.pages.legend import SAID_OF_STYLE, signs_below, signs_of
from journeys.views.pictures.journey_map import AXIS, JourneyMap, Mark, shape, style
from journeys.views.reading import notes_of
from journeys.views.render import COLOURS, asset, fragment, render
from journeys.views.text import sanitized
from journeys.views.wording import date_words, sources_words

_SENTENCE_NAMES = 12
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
    rows = [_row(number, step, journey, targets) for number, step in _numbered(journey)]
    name = f"{number} {subject.entity.name}".strip()
    return render(
        "journey.html.j2",
        title=f"Journey of {sanitized(name)}",
        styles=[asset("journey.css")],
        scripts=[asset("journey.js")],
        number=number,
        name=subject.entity.name,
        facts=_facts(journey),
        summary=[_told(told, journey) for told in summary_in_words(journey)],
        counts=_counts(journey, targets),
        known=_known(journey),
        has_steps=bool(rows),
        map=Markup(_svg(laid_out, journey, alone=False)),
        legend=signs_of(laid_out),
        file_name=f"{_file_stem(name)}.svg",
        rows=rows,
        disagreements=[
            {"sentence": each.sentence, "claims": [claim_card(claim, subject.entity, targets) for claim in each.claims]}
            for each in journey.disagreements
        ],
        narratives=[_narrative(narrative, targets) for narrative in journey.narratives],
        in_words=[_in_words(answers, journey, targets) for answers in journey.in_words],
        withdrawn=[claim_card(claim, subject.entity, targets) for claim in journey.withdrawn],
        **frame.context(),
    )


def journey_svg(journey: Journey, laid_out: JourneyMap) -> str:
    """The map alone: an SVG picture that stands by itself, with its words as words and its signs explained."""
    return _svg(laid_out, journey, alone=True)


def _svg(laid_out: JourneyMap, journey: Journey, *, alone: bool) -> str:
    """The map; on a page, which explains the signs itself, they stand out of sight below, for when it is saved."""
    entity = journey.subject.entity
    signs, whole = signs_below(laid_out)
    return fragment(
        "journey_map.svg.j2",
        map=laid_out,
        marks=[_drawn(mark, journey) for mark in (*laid_out.marks, *laid_out.tray)],
        axis=AXIS,
        bottom=_bottom(laid_out),
        signs=signs,
        whole=whole,
        alone=alone,
        map_label=f"Journey map of {entity.name}: lanes are arenas and organisations; time runs from left to right",
    )


def _bottom(laid_out: JourneyMap) -> float:
    last = laid_out.lanes[-1] if laid_out.lanes else None
    return last.y + last.height if last else AXIS


def _drawn(mark: Mark, journey: Journey) -> dict[str, Any]:
    return {
        "number": mark.number,
        "x": mark.x,
        "y": mark.y,
        "bar": mark.bar,
        "open": mark.open,
        "shape": mark.shape,
        "style": mark.style,
        "colour": COLOURS[mark.shape],
        "label": mark.label,
        "ground": COLOURS["band"] if mark.shaded else "#ffffff",
        "words": _mark_words(mark.number, mark.step, journey),
    }


def _mark_words(number: int, step: Step, journey: Journey) -> str:
    """Return the tooltip of a mark, also read by screen readers."""
    when = date_words(step.when) or "no date known"
    where = step.meeting.title if step.meeting else ""
    said = ", ".join(filter(None, [when, where, SAID_OF_STYLE[style(step)]]))
    return f"{number}. {_sentence(step, journey)} ({said})"


def _numbered(journey: Journey) -> Iterator[tuple[int, Step]]:
    """The steps with the numbers that the map gives them."""
    yield from enumerate((*journey.steps, *journey.unplaced), start=1)


def _row(number: int, step: Step, journey: Journey, targets: Targets) -> TableRow:
    entity = journey.subject.entity
    kind = shape(step)
    said_by = sources_words(step.claims)
    return TableRow(
        number=number,
        when=date_words(step.when) if dated(step.when) else "no date known",
        unsure="may predate the entry above" if step.order == "possibly" else "",
        where=step.meeting.title if step.meeting else "",
        where_href=targets.thing(step.meeting.id) if step.meeting else "",
        sentence=targets.linked(_sentence(step, journey), (*step.starts, *step.ends)),
        said_by=f"{said_by}, researcher's interpretation only" if step.interpretation else said_by,
        shape=kind,
        style=style(step),
        colour=COLOURS[kind],
        claims=tuple(claim_card(claim, entity, targets) for claim in step.claims),
    )


def _sentence(step: Step, journey: Journey) -> str:
    sentence = said_of_step(step, journey.subject.entity, _SENTENCE_NAMES)
    return f"Reported not to have happened: {sentence}" if step.negated else sentence[:1].upper() + sentence[1:]


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
    return {
        "title": answers.title,
        "questions": questions,
        "claims": [claim_card(claim, entity, targets) for claim in answers.rows],
    }


def _told(told: SummaryParagraph, journey: Journey) -> dict[str, Any]:
    """A paragraph of the summary: each part with the numbers of the steps it rests on; below, the names cut short."""
    number_of = {claim.id: number for number, step in _numbered(journey) for claim in step.claims}
    parts, cut = [], []
    for part in told.parts:
        steps = sorted({number_of[claim.id] for claim in part.claims})
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
