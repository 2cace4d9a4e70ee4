"""The journey of a document or piece of evidence as a report: in words, as a map, its reception, and disagreements."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from journeys.analysis.claims.dates import dated
from journeys.analysis.reading.record import Record
from journeys.analysis.trace.journey import Journey
from journeys.analysis.trace.parts import Step
from journeys.analysis.trace.sentences import names
from journeys.model.phrases import counted
from journeys.study.access import StudyAccess
from journeys.study.report_kinds.claims import manner, notes_of, sentence
from journeys.study.report_kinds.record import answers_in_form
from journeys.views.journey_summary import summary_in_words
from journeys.views.pages.journey_picture import journey_svg
from journeys.views.pictures.journey_map import journey_map
from journeys.views.reports.model import (
    Block,
    Bullets,
    Column,
    Figure,
    Heading,
    Line,
    Note,
    Paragraph,
    Run,
    Table,
    cell,
    line,
    paragraph,
)
from journeys.views.summary_parts import SummaryParagraph
from journeys.views.wording import date_words

_STANCES = ((1, "supported"), (-1, "contested"))


def journey_report(study: StudyAccess, ref: str) -> tuple[str, str, list[Block]]:
    """The title, the subtitle and the blocks of the report. Raises JourneysError for what is not one thing."""
    journey = study.trace(ref)
    number = journey.subject.properties.get("doc_number")
    name = journey.subject.entity.name
    title = f"The journey of {name}" + (f" ({number})" if number else "")
    cases = names(
        [f"{case['name']}{', ' + case['site'] if case.get('site') else ''}" for case in journey.subject.cases]
    )
    is_document = journey.subject.entity.label == "Document"
    record = study.show(journey.subject.entity.id) if is_document else None
    return title, cases, [*_blocks(journey, record)]


def summary(journey: Journey) -> Paragraph:
    """The journey in words, as on its page; each part with the sources that say so."""
    return paragraph(*(run for told in summary_in_words(journey) for run in _runs(told)))


def _runs(told: SummaryParagraph) -> Iterator[Run | str]:
    for part in told.parts:
        yield Run(part.words, notes_of(part.claims)) if part.claims else part.words


def map_of(journey: Journey) -> Figure:
    """The journey map with its caption."""
    steps = len(journey.steps)
    name = journey.subject.entity.name
    alt = f"The journey map of {name}: groups and organisations as lanes, time from left to right."
    n = f"n = {counted(steps, 'dated step')}, {counted(journey.counts.sources, 'source')}"
    return Figure(journey_svg(journey, journey_map(journey), captioned=False), f"Journey map of {name}", alt, n)


def stance(steps: Sequence[Step], polarity: int) -> tuple[list[str], tuple[Note, ...]]:
    """Who supported it (polarity 1) or contested it (-1), and the sources that say so."""
    return _who(steps, polarity), notes_of(claim for step in _taking(steps, polarity) for claim in step.claims)


def _taking(steps: Sequence[Step], polarity: int) -> list[Step]:
    return [step for step in steps if step.kind.polarity == polarity and not step.negated and step.via is None]


def _who(steps: Sequence[Step], polarity: int) -> list[str]:
    return list(dict.fromkeys(actor.name for step in _taking(steps, polarity) for actor in step.who))


def _blocks(journey: Journey, record: Record | None) -> Iterator[Block]:
    """The blocks; ``record`` is what is written in and about a document, so that its form can be told whole."""
    for topic in summary_in_words(journey):
        yield paragraph(*_runs(topic))
    if journey.steps:
        yield map_of(journey)
    yield Heading("Origins")
    origin = [_line(step, journey) for step in journey.origin]
    yield Bullets(tuple(origin)) if origin else paragraph("No source says where it came from.", style="quiet")
    yield Heading("What happened")
    yield timeline(journey)
    yield Heading("Reception")
    yield _reception(journey)
    if record is not None and (told := list(answers_in_form(record))):
        yield Heading("In the form\u2019s words")
        yield from told
    for answers in journey.in_words if record is None else ():
        yield Heading(f"{answers.title}, in the form\u2019s words", 2)
        for question in answers.questions:
            for answer in question.entries:
                if answer.kind == "answer":
                    yield paragraph(Run(f"{question.heading} ", quiet=True), answer.text, style="plain")
    yield Heading("Where sources disagree")
    if journey.disagreements:
        yield Bullets(tuple(line(Run(each.sentence, notes_of(each.claims))) for each in journey.disagreements))
    else:
        yield paragraph("No two sources answer the same question differently.", style="quiet")
    for narrative in journey.narratives:
        yield Heading(f"Researchers\u2019 narrative: {narrative['title'] or 'untitled'}")
        steps = [
            f"{step['date_text'] or step['date_from'] or 'undated'}: {step['title'] or step.get('stage_words') or ''}"
            for step in narrative["steps"]
        ]
        yield Bullets(tuple(line(each) for each in steps))
    if journey.counts.withdrawn:
        yield paragraph(
            f"{counted(journey.counts.withdrawn, 'claim')} withdrawn by the team, not told here.", style="quiet"
        )


def _line(step: Step, journey: Journey) -> Line:
    when = f" ({date_words(step.when)})" if dated(step.when) else ""
    inferred = " (inferred)" if step.derived else ""
    return line(Run(f"{sentence(step, journey.subject.entity)}{when}{inferred}", notes_of(step.claims)))


def timeline(journey: Journey) -> Table:
    """Every step with its date, meeting and sources."""
    rows = []
    for step in journey.all_steps:
        when = date_words(step.when) if dated(step.when) else "not dated"
        unsure = "may predate the step above" if step.order == "possibly" else ""
        how = manner(step.claims)
        words = sentence(step, journey.subject.entity) + (" (inferred)" if step.derived else "")
        told = line(Run(words, notes_of(step.claims)))
        rows.append((cell(when, line(Run(unsure, quiet=True)) if unsure else ""),
                     cell(step.meeting.title if step.meeting else ""),
                     cell(told, line(Run(how, quiet=True)) if how else "")))  # fmt: skip
    columns = (Column("When", 14), Column("Meeting", 14), Column("What happened", 36))
    n = f"n = {counted(len(rows), 'step')}"
    return Table("Timeline", columns, tuple(rows), n, "No steps are recorded.", "Timeline")


def _reception(journey: Journey) -> Table:
    steps = [step for step in journey.all_steps if not step.derived]
    rows = []
    for polarity, verb in _STANCES:
        for step in _taking(steps, polarity):
            who = names([actor.name for actor in step.who])
            when = ", ".join(
                filter(
                    None,
                    (date_words(step.when) if dated(step.when) else "", step.meeting.title if step.meeting else ""),
                )
            )
            rows.append(
                (
                    cell(verb.capitalize()),
                    cell(line(Run(who, notes_of(step.claims)))),
                    cell(when or "not dated"),
                    cell(manner(step.claims)),
                )
            )
    columns = (Column("Stance", 8), Column("Who", 16), Column("When and where", 16), Column("On what grounds", 22))
    n = f"n = {counted(len(rows), 'act')}"
    empty = "No source says that anybody supported or contested it."
    return Table("Who supported and who contested it", columns, tuple(rows), n, empty, "Reception")
