"""A journey in a terminal: its title, origins and timeline, and where sources disagree."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from itertools import groupby
from typing import Any

from rich.console import Console, ConsoleOptions, RenderableType, RenderResult
from rich.text import Text

from journeys.analysis.claims.claim import ClaimRecord
from journeys.analysis.claims.dates import dated
from journeys.analysis.trace.in_words import AnswersInWords
from journeys.analysis.trace.journey import Journey
from journeys.analysis.trace.parts import Step
from journeys.analysis.trace.sentences import names, statement
from journeys.model.dates import DateSpan
from journeys.model.order import describe
from journeys.model.phrases import as_typed, counted
from journeys.views.journey_summary import summary_in_words
from journeys.views.reading import notes_of
from journeys.views.terminal.text import Terminal
from journeys.views.text import sanitized, shortened
from journeys.views.wording import address_words, date_words, details_words, manner_words

NAMES_SHOWN = 6
CLAIMS_SHOWN = 3
LONG = 200
"""From this many claims on, one is shown for each step."""
FOLDED_FROM = 4
QUOTE_SHOWN = 120
NAME_SHOWN = 100

_DIM = "dim"
_HEADING = "bold"
_STANCES = {1: "green", -1: "red"}


def journey_view(journey: Journey) -> RenderableType:
    """The journey, to be printed by a rich console: it fits the console's width and the signs it has.

    Long quotes and long lists are cut and say so; the JSON of the journey has everything.
    """
    return _JourneyView(journey)


class _JourneyView:
    def __init__(self, journey: Journey) -> None:
        self._journey = journey

    def __rich_console__(self, console: Console, options: ConsoleOptions) -> RenderResult:
        page = _Page(self._journey, Terminal.of(console, options))
        yield from page.lines()


class _Page:
    """The lines of one journey on one terminal."""

    def __init__(self, journey: Journey, terminal: Terminal) -> None:
        self._journey, self._terminal = journey, terminal
        self._subject = journey.subject.entity
        self._most = CLAIMS_SHOWN if journey.counts.claims < LONG else 1

    def lines(self) -> Iterator[Text]:
        """Every line, from the title to the counts."""
        journey = self._journey
        yield from self._title()
        yield from self._heading("Summary")
        for paragraph in summary_in_words(journey):
            yield from self._line(2, paragraph.text)
        if journey.origin:
            yield from self._heading("Origins")
            for step in journey.origin:
                yield from self._origin(step)
        if journey.steps:
            yield from self._heading("Timeline")
            yield from self._timeline(journey.steps)
        if journey.unplaced:
            yield from self._heading("Undated")
            for alike in _folded(journey.unplaced):
                meeting = alike[0].meeting
                yield from self._steps(alike, before=f"at {meeting.title}: " if meeting else "")
        if not journey.claims:
            yield Text()
            yield from self._line(2, "No claims yet.")
        for narrative in journey.narratives:
            yield from self._telling(narrative)
        for answers in journey.in_words:
            yield from self._in_words(answers)
        if journey.disagreements:
            yield from self._heading("Sources disagree")
            for number, difference in enumerate(journey.disagreements, start=1):
                yield from self._line(2, (f"{number}. ", _HEADING), sanitized(difference.sentence))
                for claim in difference.claims[: CLAIMS_SHOWN * 2]:
                    source = claim.source.name if claim.source else "no source named"
                    yield from self._line(6, (f"{sanitized(source)}: {address_words(claim)}", _DIM))
        yield Text()
        yield from self._line(0, self._counted())

    # -- the parts

    def _title(self) -> Iterator[Text]:
        subject = self._journey.subject
        number = subject.properties.get("doc_number")
        title = [f"{sanitized(str(number))}  "] if number else []
        yield from self._line(0, ("".join([*title, sanitized(subject.entity.name)]), _HEADING))
        cases = [f"{case['name']}{', ' + case['site'] if case.get('site') else ''}" for case in subject.cases]
        parts = [subject.kind or subject.entity.label, subject.type_words, *cases, self._date(subject.when)]
        if subject.answers:
            parts.append(f"{counted(subject.answers, 'form answer')}: `journeys show {as_typed(self._ref())}`")
        yield from self._line(0, self._terminal.dot.join(sanitized(part) for part in parts if part))

    def _ref(self) -> str:
        return str(self._journey.subject.properties.get("doc_number") or self._subject.name)

    def _origin(self, step: Step) -> Iterator[Text]:
        sentence = self._sentence([step])
        when = f"{self._terminal.dot}{self._date(step.when)}" if dated(step.when) else ""
        yield from self._line(2, sentence, (f"{when}{self._terminal.dot}{self._said_by([step])}", _DIM))

    def _timeline(self, steps: Iterable[Step]) -> Iterator[Text]:
        for number, (_, together) in enumerate(groupby(steps, key=_when_and_where)):
            same = list(together)
            first = same[0]
            if number:
                yield Text()
            place = f"{self._terminal.dot}{sanitized(first.meeting.title)}" if first.meeting else ""
            unsure = "  (may predate the entry above)" if first.order == "possibly" else ""
            yield from self._line(2, (self._date(first.when) + place, _HEADING), (unsure, _DIM))
            for alike in _folded(same):
                yield from self._steps(alike)

    def _steps(self, alike: Sequence[Step], before: str = "") -> Iterator[Text]:
        """One step, or several that differ only in who did it or to whom, and who says so."""
        first = alike[0]
        marks = [("reported not to have happened: ", _HEADING)] if first.negated else []
        style = "" if first.negated else _STANCES.get(first.kind.polarity, "")
        lead = f"{sanitized(before)} " if before else ""
        said_by = f"  [{self._said_by(alike)}]"
        yield from self._line(4, lead, *marks, (self._sentence(alike), style), (said_by, _DIM))
        stated = [claim for step in alike for claim in step.stated]
        shared = len(stated) > 1 and all(claim.details == stated[0].details for claim in stated)
        if shared:
            yield from self._details(stated[0])
        several = len({claim.start.id for claim in stated}) > 1
        for claim in stated[: self._most]:
            yield from self._claim(claim, several=several, details=not shared)
        basis = [] if stated else self._basis(alike)
        for claim in basis[: self._most]:
            yield from self._line(8, (f"from {address_words(claim)}", _DIM))
        left = len(stated or basis) - self._most
        if left > 0:
            yield from self._line(8, (f"{self._terminal.ellipsis} and {counted(left, 'more claim')}", _DIM))

    def _basis(self, alike: Sequence[Step]) -> list[ClaimRecord]:
        """The claims that inferred steps rest on, as far as they are part of the journey."""
        basis = {claim_id for step in alike for claim in step.claims for claim_id in claim.derived_from}
        return [claim for claim in self._journey.claims if claim.id in basis]

    def _claim(self, claim: ClaimRecord, *, several: bool, details: bool) -> Iterator[Text]:
        terminal = self._terminal
        how = ", ".join(manner_words(claim))
        source = claim.source.name if claim.source else "no source named"
        said = [f"{claim.start.name}, " if several else "", source, f" ({how})" if how else ""]
        quote = claim.properties.get("quote")
        quoted = f': "{shortened(sanitized(str(quote)), QUOTE_SHOWN, terminal.ellipsis)}"' if quote else ""
        yield from self._line(8, (sanitized("".join(said)) + quoted, _DIM))
        if details:
            yield from self._details(claim)
        yield from self._line(8, (address_words(claim), _DIM))

    def _details(self, claim: ClaimRecord) -> Iterator[Text]:
        if words := details_words(claim):
            yield from self._line(8, (shortened(words, QUOTE_SHOWN, self._terminal.ellipsis), _DIM))

    def _telling(self, narrative: Mapping[str, Any]) -> Iterator[Text]:
        yield from self._heading(f"Researchers' narrative: {narrative['title'] or narrative['id']}")
        for number, step in enumerate(narrative["steps"], start=1):
            when = step["date_text"] or step["date_from"] or "undated"
            where = f", {step['meeting']}" if step["meeting"] else ""
            yield from self._line(
                2, sanitized(f"{number}. {when}{where}: {step['title'] or step.get('stage_words') or ''}")
            )

    def _in_words(self, answers: AnswersInWords) -> Iterator[Text]:
        yield from self._heading(f"{answers.title}, in the form's words")
        for question in answers.questions:
            yield from self._line(2, sanitized(question.heading))
            for answer in question.entries:
                if answer.kind == "answer":
                    yield from self._line(4, sanitized(answer.text))
                    for note in notes_of(answer, (self._subject.id,)):
                        yield from self._line(8, (sanitized(note), _DIM))
        if answers.rows:
            cells = ", ".join(answers.cells)
            beside = f"Beside it in Who did what: {counted(len(answers.rows), 'claim')} ({sanitized(cells)})"
            yield from self._line(2, (beside, _DIM))

    def _counted(self) -> str:
        counts, known = self._journey.counts, self._journey.known
        said = f"{counted(counts.claims, 'claim')} from {counted(counts.sources, 'source')}"
        said += f"; plus {counts.derived} inferred" if counts.derived else ""
        said += f"; {counts.withdrawn} withdrawn (not counted)" if counts.withdrawn else ""
        said += "."
        if known:
            left = f"{counted(known.later, 'claim')} recorded later left out"
            left += f", and {known.not_known} with no recording date" if known.not_known else ""
            said += f" As known on {describe(DateSpan(None, known.day, known.day, 'day'))}: {left}."
        return said

    # -- words

    def _sentence(self, alike: Sequence[Step]) -> str:
        kind, negated = alike[0].kind, alike[0].negated
        starts = list({entity.id: entity for step in alike for entity in step.starts}.values())
        ends = list({entity.id: entity for step in alike for entity in step.ends}.values())
        if kind.polarity and not negated and [entity.id for entity in ends] == [self._subject.id]:
            sentence = f"{kind.phrase}: {names([entity.name for entity in starts], NAMES_SHOWN)}"
        else:
            sentence = statement(kind, starts, ends, self._subject, NAMES_SHOWN)
        return shortened(sanitized(sentence), NAME_SHOWN * NAMES_SHOWN, self._terminal.ellipsis)

    def _said_by(self, alike: Sequence[Step]) -> str:
        if all(step.derived for step in alike):
            claims = [claim for step in alike for claim in step.claims]
            basis = {claim_id for claim in claims for claim_id in claim.derived_from}
            return f"inferred from {counted(len(basis), 'other claim')}"
        sources = {source.id for step in alike for source in step.sources}
        by = counted(len(sources), "source") if sources else "no source named"
        interpreted = all(step.interpretation for step in alike)
        return f"{by}, researcher's interpretation only" if interpreted else by

    def _date(self, when: DateSpan) -> str:
        return date_words(when, self._terminal.ellipsis)

    def _heading(self, words: str) -> Iterator[Text]:
        yield Text()
        yield from self._line(0, (sanitized(words), "bold underline"))

    def _line(self, indent: int, *parts: tuple[str, str] | str) -> Iterator[Text]:
        return self._terminal.lines(self._terminal.text(*parts), indent)


def _when_and_where(step: Step) -> tuple[object, ...]:
    when = step.when
    return (when.date_from, when.date_to, when.approximate, when.clock, step.meeting and step.meeting.id)


def _folded(steps: Iterable[Step]) -> Iterator[list[Step]]:
    """Neighbours that differ only at one end, together where there are many of them; else each by itself."""
    for _, neighbours in groupby(steps, key=_all_but_ends):
        alike = list(neighbours)
        one_end = len({e.id for step in alike for e in step.starts}) == 1 or (
            len({e.id for step in alike for e in step.ends}) == 1
        )
        if one_end and len(alike) >= FOLDED_FROM:
            yield alike
        else:
            yield from ([step] for step in alike)


def _all_but_ends(step: Step) -> tuple[object, ...]:
    return (*_when_and_where(step), step.kind.name, step.negated, step.derived, step.interpretation)
