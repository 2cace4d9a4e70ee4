"""The summary of a journey in words that a paper can carry; every part of a sentence keeps the claims it rests on."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import replace
from itertools import groupby
from typing import Any

from journeys.analysis.claims.claim import ClaimRecord
from journeys.analysis.claims.dates import cannot_be, dated
from journeys.analysis.trace.journey import Journey
from journeys.analysis.trace.summary import Clause, Summary, Visit, summary_of
from journeys.model.dates import DateSpan
from journeys.model.order import describe
from journeys.model.phrases import counted
from journeys.views.long_summaries import MOST_CLAUSES, NAMES_IN_LONG, SHOWN, counted_only, most_telling
from journeys.views.names_in_words import (
    NAMES_SHOWN,
    NamesInWords,
    agreeing,
    denied,
    in_words,
    listed,
    uncapital,
    when_words,
    with_adverb,
)
from journeys.views.summary_parts import Part, SummaryParagraph
from journeys.views.text import sanitized

VOICES_SHOWN = 3
_LEADING = (" by", " to", " from", " in", " of", " for")
"""What leads from a verb to a name."""
_MOST_PARTS, _TOGETHER = 24, 4
"""So many parts a paragraph has at most, and so many acts stand in one sentence."""


def summary_in_words(journey: Journey) -> tuple[SummaryParagraph, ...]:
    """The summary of a journey: one paragraph for each topic of ``HEADINGS`` on which there is something to say."""
    return tuple(_Writer(summary_of(journey)).paragraphs())


def with_summary(journey: Journey) -> dict[str, Any]:
    """The journey for JSON, its ``summary`` first: topics with their words, and the claims of each clause."""
    told = [paragraph.as_dict() for paragraph in summary_in_words(journey)]
    return {"summary": told, **journey.as_dict()}


class _Writer:
    def __init__(self, summary: Summary) -> None:
        self._summary, self._journey = summary, summary.journey
        self._subject = summary.journey.subject.entity
        self._names = NamesInWords.of(summary.journey)
        self._long = {topic for topic, told in summary.clauses.items() if len(told) > MOST_CLAUSES}
        on_date = [each for each in summary.journey.disagreements if each.kind == "when"]
        self._date_disputed = {claim.id for each in on_date for claim in each.claims}

    def paragraphs(self) -> Iterator[SummaryParagraph]:
        told: dict[str, Callable[[], Iterator[Part]]] = {
            "origin": self._origin,
            "introduction": self._introduction,
            "meetings": self._meetings,
            "reception": self._reception,
            "onward": self._onward,
            "outcome": self._outcome,
            "disagreements": self._disagreements,
            "basis": self._basis,
        }
        topics = told if self._journey.claims else {"origin": self._origin, "basis": self._basis}
        for topic in topics:
            if parts := tuple(_no_longer(list(told[topic]()))):
                yield SummaryParagraph(topic, parts)

    # -- the topics

    def _origin(self) -> Iterator[Part]:
        yield Part(self._opening())
        clauses = self._summary.of("origin")
        written = [clause for clause in clauses if clause.kind.stage != "presentation_application"]
        if self._journey.claims and not any(not clause.negated for clause in written):
            yield Part("No source says where it came from")
        yield from self._sentences(clauses)

    def _opening(self) -> str:
        subject, known = self._journey.subject, self._journey.known
        number = str(subject.properties.get("doc_number") or "")
        cases = [f"{case['name']}{' (' + case['site'] + ')' if case.get('site') else ''}" for case in subject.cases]
        date = f"dated {describe(subject.when)}" if dated(subject.when) else ""
        facts = "; ".join(filter(None, [number, uncapital(subject.type_words or subject.kind), date]))
        said = f"{self._names.thing(subject.entity)}" + (f" ({sanitized(facts)})" if facts else "")
        studies = "case study" if len(cases) == 1 else "case studies"
        where = f" belongs to the {studies} {sanitized(listed(cases)[0])}" if cases else " belongs to no case study"
        as_known = f"As known on {describe(DateSpan(None, known.day, known.day, 'day'))}: " if known else ""
        return f"{as_known}{said}{where}"

    def _introduction(self) -> Iterator[Part]:
        clauses = self._summary.of("introduction")
        introduced = [each for each in clauses if each.kind.name == "INTRODUCED" and not each.negated]
        others = [each for each in clauses if each not in introduced]
        if not introduced:
            yield Part("No source says who introduced it")
        plain = [each for each in introduced if not each.disputed]
        if len(introduced) > 1 and not self._summary.first_is_certain:
            yield Part("Which introduction came first is not certain")
        elif len(plain) == len(introduced) > 1:
            first, *later = plain
            yield from self._sentences([first], adverb="first ", date=True)
            yield from self._sentences(later, adverb="later ", date=True)
            introduced = []
        yield from self._sentences(introduced, date=True)
        yield from self._sentences(others)

    def _meetings(self) -> Iterator[Part]:
        if visits := self._summary.meetings:
            yield from self._visits("It came up at", visits)
        else:
            yield Part("No source says that it came up at a meeting")
        if carried := self._summary.carried:
            yield from self._visits("Documents that present it came up at", carried)

    def _visits(self, lead: str, visits: Sequence[Visit]) -> Iterator[Part]:
        """How many meetings, and each of the first with its claims; all the others together."""
        titles = [
            f"{self._names.title(visit.meeting)}{f' ({describe(visit.when)})' if dated(visit.when) else ''}"
            for visit in visits
        ]
        most = NAMES_SHOWN if len(visits) <= MOST_CLAUSES else SHOWN
        shown = len(visits) if len(visits) <= most + 1 else most
        others = len(visits) - shown
        yield Part(f"{lead} {in_words(len(visits), 'meeting')}", end=": ")
        for number, (title, visit) in enumerate(zip(titles[:shown], visits[:shown], strict=True), start=1):
            left = shown - number + (1 if others else 0)
            yield Part(title, visit.claims, end=". " if not left else " and " if left == 1 else ", ")
        if others:
            claims = tuple(claim for visit in visits[shown:] for claim in visit.claims)
            yield Part(in_words(others, "other"), claims, tuple(titles))

    def _reception(self) -> Iterator[Part]:
        clauses = self._summary.of("reception")
        stances = {clause.kind.polarity for clause in clauses if not clause.negated}
        shown, rest = most_telling(clauses) if "reception" in self._long else (list(clauses), [])
        for meeting, together in groupby(shown, key=lambda clause: clause.meeting):
            told = list(together)
            if meeting is None:
                yield from self._sentences(told)
            else:
                yield from self._sentences(told, lead=f"At {self._names.title(meeting)}, ")
        yield from self._counted_only(shown, rest)
        missing = [verb for polarity, verb in ((1, "supported"), (-1, "contested")) if polarity not in stances]
        if missing:
            yield Part(f"No source says that anybody {' or '.join(missing)} it")

    def _onward(self) -> Iterator[Part]:
        clauses = self._summary.of("onward")
        if not any(not clause.negated for clause in clauses):
            yield Part("No source says where else it went")
        yield from self._sentences(clauses)

    def _outcome(self) -> Iterator[Part]:
        summary = self._summary
        yield from self._sentences(summary.of("outcome"))
        if not summary.led_to:
            denied_only = any(clause.negated for clause in summary.of("outcome")) and not summary.used
            unsaid = "what it led to" if summary.used else "what came of it"
            yield Part(f"Beyond this, no source says {unsaid}" if denied_only else f"No source says {unsaid}")

    def _disagreements(self) -> Iterator[Part]:
        found = self._journey.disagreements
        if not found:
            if self._journey.counts.sources > 1:
                yield Part("No two sources disagree")
            return
        yield Part(f"Sources disagree on {in_words(len(found), 'point')}", end=": ")
        for number, each in enumerate(found, start=1):
            end = ". " if number == len(found) else "; and " if number == len(found) - 1 else "; "
            yield Part(sanitized(each.question), each.claims, end=end)

    def _basis(self) -> Iterator[Part]:
        journey, counts = self._journey, self._journey.counts
        if not journey.claims:
            said = "No claims are recorded about it yet"
        else:
            n = f"n = {counted(counts.claims, 'claim')} from {counted(counts.sources, 'source')}"
            inferred = f"; {counts.derived} more {_is(counts.derived)} inferred" if counts.derived else ""
            said = f"This summary rests on what sources say ({n}{inferred})"
        yield Part(said)
        if counts.withdrawn:
            yield Part(
                f"{counted(counts.withdrawn, 'claim')} withdrawn by the team {_is(counts.withdrawn)} not counted"
            )
        if known := journey.known:
            unknown = f", and {known.not_known} with no recording date" if known.not_known else ""
            yield Part(f"{counted(known.later, 'claim')} recorded later{unknown} {_is(known.later)} left out")

    # -- sentences

    def _sentences(
        self, clauses: Iterable[Clause], *, adverb: str = "", date: bool = False, lead: str = ""
    ) -> Iterator[Part]:
        """The clauses as sentences: plain ones about it together, then what is disputed, then what is denied."""
        held = list(clauses)
        rest: list[Clause] = []
        if held and held[0].topic in self._long:
            held, rest = most_telling(held)
        plain = [clause for clause in held if not clause.disputed and not clause.negated]
        about_it = [clause for clause in plain if self._about_it(clause)]
        for start in range(0, len(about_it), _TOGETHER):
            yield from self._together(about_it[start : start + _TOGETHER], adverb, date, lead)
        for clause in plain:
            if not self._about_it(clause):
                words, names = self._whole(clause)
                yield Part(_capital(words), clause.claims, names)
        disputed = [clause for clause in held if clause.disputed]
        order = {clause.kind.stage: number for number, clause in enumerate(reversed(disputed))}
        disputed.sort(key=lambda clause: -order[clause.kind.stage])
        for _, same in groupby(disputed, key=lambda clause: clause.kind.stage):
            yield from self._disputed(list(same))
        for clause in held:
            if clause.negated and not clause.disputed:
                words, names = self._whole(clause)
                yield Part(f"{_capital(self._reported(clause))} {words}", clause.claims, names)
        yield from self._counted_only(held, rest)

    def _counted_only(self, told: Sequence[Clause], rest: Sequence[Clause]) -> Iterator[Part]:
        """How many more there are of what was not told, with all of it behind."""
        for said, alike in counted_only(told, rest):
            names = tuple(_capital(self._whole(clause)[0]) for clause in alike)
            claims = tuple(claim for clause in alike for claim in clause.claims)
            yield Part(_capital(said) if said else _left_out(len(alike)), claims, names)

    def _together(self, clauses: Sequence[Clause], adverb: str, date: bool, lead: str) -> Iterator[Part]:
        """ "It was asked for by A, was written by B and had contributions from C." """
        told = [self._predicate(clause, adverb, date=date, place=not lead) for clause in clauses]
        commas = any("," in words for words, _ in told) and len(told) > 1
        was = not commas and all(words.startswith("was ") for words, _ in told)
        verb, *others = dict.fromkeys(self._verb(clause, adverb) for clause in clauses)
        once = not commas and not others and verb.endswith(_LEADING)  # "it became known to A in May and to B"
        for number, (clause, (words, names)) in enumerate(zip(clauses, told, strict=True)):
            last = number == len(told) - 1
            begun = f"{lead}it " if number == 0 else "it " if commas else ""
            begun = _capital(begun) if number == 0 else begun
            if number and once:
                words = f"{verb.rsplit(' ', 1)[-1]}{words.removeprefix(verb)}"
            words = words.removeprefix("was ") if was and number else words
            if last:
                end = ". "
            elif number == len(told) - 2:
                end = " and " if not commas else ", and " if len(told) == 2 else "; and "
            else:
                end = "; " if commas else ", "
            yield Part(f"{begun}{words}", clause.claims, names, end)

    def _disputed(self, clauses: Sequence[Clause]) -> Iterator[Part]:
        """ "According to X, it was written by A; according to Y, it was written by B." """
        for number, clause in enumerate(clauses):
            words, names = self._whole(clause)
            by = f"according to {self._voices(clause.claims)}, "
            begun = _capital(by) if number == 0 else by
            yield Part(f"{begun}{words}", clause.claims, names, ". " if number == len(clauses) - 1 else "; ")

    def _voices(self, claims: Iterable[ClaimRecord]) -> str:
        held = list(claims)
        exact = [claim for claim in held if dated(claim.when) or claim.meeting] or held
        named = {claim.source.id: self._names.source(claim.source) for claim in exact if claim.source}
        voices = [f"‘{name}’" for name in named.values()] or ["a form that names no source"]
        return listed(voices, VOICES_SHOWN, "other source")[0]

    def _reported(self, clause: Clause) -> str:
        number = len({claim.source.id for claim in clause.claims if claim.source})
        if not number:
            return "it is reported that"
        return f"{in_words(number, 'source')} {'reports' if number == 1 else 'report'} that"

    def _about_it(self, clause: Clause) -> bool:
        ends = [[entity.id for entity in side] for side in (clause.starts, clause.ends)]
        return [self._subject.id] in ends

    def _whole(self, clause: Clause) -> tuple[str, tuple[str, ...]]:
        """A clause with its subject, as part of a sentence: "it was not sent to X"; and all names, if not all fit."""
        if clause.negated:
            return self._denied(clause)
        if self._about_it(clause):
            words, names = self._predicate(clause, date=True)
            return f"it {words}", names
        starts, fewer = self._names.of_side(clause, clause.starts)
        ends, left_out = self._names.of_side(clause, clause.ends, details=False)
        phrase = agreeing(clause.kind.phrase, len(clause.starts))
        return f"{starts} {phrase} {ends}{self._circumstances(clause, date=True)}", fewer or left_out

    def _denied(self, clause: Clause) -> tuple[str, tuple[str, ...]]:
        """A clause denied in the voice that can be denied with a "not", else as what did not happen."""
        kind = clause.kind
        sides = [clause.starts, clause.ends]
        told = [self._names.of_side(clause, side) for side in sides]
        (first, fewer), (second, left_out) = [
            ("it", ()) if [entity.id for entity in side] == [self._subject.id] else named
            for side, named in zip(sides, told, strict=True)
        ]
        around, names = self._circumstances(clause, date=True), fewer or left_out
        active = denied(agreeing(kind.phrase, len(clause.starts)))
        passive = denied(agreeing(kind.passive, len(clause.ends)))
        if passive and (second == "it" or not active):
            return f"{second} {passive} {first}{around}", names
        if active:
            return f"{first} {active} {second}{around}", names
        return f"this did not happen: {first} {kind.phrase} {second}{around}", names

    def _predicate(
        self, clause: Clause, adverb: str = "", *, date: bool = False, place: bool = True
    ) -> tuple[str, tuple[str, ...]]:
        """What is said of it: "was introduced by A at M on 6 April 2011"; and all names, if not all fit."""
        side = clause.starts if self._done_to_it(clause) else clause.ends
        most = NAMES_IN_LONG if clause.topic in self._long else NAMES_SHOWN
        others, left_out = self._names.of_side(clause, side, most=most)
        verb = self._verb(clause, adverb)
        return f"{verb} {others}{self._circumstances(clause, date=date, place=place)}", left_out

    def _verb(self, clause: Clause, adverb: str) -> str:
        return with_adverb(clause.kind.passive if self._done_to_it(clause) else clause.kind.phrase, adverb)

    def _done_to_it(self, clause: Clause) -> bool:
        return [entity.id for entity in clause.ends] == [self._subject.id]

    def _circumstances(self, clause: Clause, *, date: bool, place: bool = True) -> str:
        """Where and when, as far as it is to be said; and that only a researcher reads it into what there is."""
        met, subject = clause.meeting, self._journey.subject
        named = met is not None and any(end.id == met.id for end in (*clause.starts, *clause.ends))
        where = f" at {self._names.title(met)}" if place and met and not named else ""
        date = date and clause.topic == "introduction"
        shown = met is None or date or any(claim.id in self._date_disputed for claim in clause.claims)
        when = f" {when_words(clause.when)}" if shown and dated(clause.when) else ""
        if when and where and met and cannot_be(clause.when, met.when):
            when = f" (said to have been{when})"
        if when and clause.topic == "outcome" and self._summary.is_before_introduction(clause):
            when += f", before this {uncapital(subject.kind or subject.entity.label)} was introduced"
        return f"{where}{when}{' (a researcher’s interpretation)' if clause.interpretation else ''}"


def _no_longer(parts: Sequence[Part]) -> Iterator[Part]:
    """The parts of a paragraph; of a very long one the first, and the rest as one part that names them behind."""
    if len(parts) <= _MOST_PARTS:
        yield from parts
        return
    *shown, last = parts[: _MOST_PARTS - 4]
    rest = [part for part in parts[_MOST_PARTS - 4 :] if part.claims]
    silent = [part for part in parts[_MOST_PARTS - 4 :] if not part.claims]
    yield from (*shown, replace(last, end=". "))
    claims = {claim.id: claim for part in rest for claim in part.claims}
    yield Part(
        _left_out(len(rest)),
        tuple(claims.values()),
        tuple(_capital(part.said) for part in rest),
    )
    yield from silent


def _left_out(number: int) -> str:
    return f"{counted(number, 'further statement')} on this {_is(number)} left out here"


def _capital(words: str) -> str:
    return words[:1].upper() + words[1:]


def _is(count: int) -> str:
    return "is" if count == 1 else "are"
