"""Everything that the team follows up: what is due, what has no date or owner, and what came of what is closed."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from datetime import date

from journeys.analysis.reading.follow_ups import KINDS, FollowUp, due_words, follow_ups
from journeys.model.phrases import counted, one_of
from journeys.study.access import StudyAccess
from journeys.views.reports.model import Block, Cell, Column, Event, Heading, Note, Run, Table, cell, line, paragraph

BOOK = "decisions/follow-ups.xlsx"


def found_follow_ups(study: StudyAccess) -> list[FollowUp]:
    """Everything that the study has to follow up. Raises StoreUnavailable."""
    with study.store() as store:
        return follow_ups(store, study.id, study.instruments, study.schema)


def follow_ups_report(study: StudyAccess) -> tuple[str, str, list[Block], tuple[Event, ...], str]:
    """The title, the subtitle and the blocks of the report, its calendar, and what is said of those without a date."""
    found = found_follow_ups(study)
    subtitle = "What is to be sourced, asked, cleared up and found out"
    return "Follow-ups", subtitle, [*_blocks(found, date.today())], events_of(found), calendar_note(found)


def calendar_note(found: Iterable[FollowUp]) -> str:
    """What a calendar has no place for: "3 follow-ups have no date, so they are not in the calendar."."""
    number = sum(each.due_by is None and not each.closed for each in found)
    have, are = ("has", "it is") if number == 1 else ("have", "they are")
    return f"{counted(number, 'follow-up')} {have} no date, so {are} not in the calendar." if number else ""


def events_of(found: Iterable[FollowUp]) -> tuple[Event, ...]:
    """An entry of a calendar for each follow-up that has a date and is not closed."""
    return tuple(_event(each, each.due_by) for each in found if each.due_by is not None and not each.closed)


def _event(follow_up: FollowUp, day: date) -> Event:
    who = f"{follow_up.owner}: " if follow_up.owner else ""
    parts = [
        follow_up.kind_words,
        one_of([each.name for each in follow_up.cases], "and") if follow_up.cases else "",
        f"What will be done: {follow_up.plan}" if follow_up.plan else "",
        f"State: {follow_up.state_words.lower()}",
        str(follow_up.address),
    ]
    return Event(follow_up.id, day, f"{who}{follow_up.words}", "\n".join(filter(None, parts)), follow_up.kind_words)


def summary_words(found: Sequence[FollowUp], today: date) -> str:
    """How many follow-ups there are, in what state: "12 follow-ups: 10 open, 2 closed. 1 is overdue." """
    if not found:
        return "No follow-ups."
    states = Counter(each.state_words.lower() for each in found)
    by_state = one_of([f"{number} {state}" for state, number in states.items()], "and")
    all_so = f", {'all ' if len(found) > 1 else ''}{next(iter(states))}." if len(states) == 1 else f": {by_state}."
    told = f"{counted(len(found), 'follow-up')}{all_so}"
    overdue = sum(each.overdue(today) for each in found)
    nobody = sum(not each.closed and not each.owner for each in found)
    none_has = nobody == len(found) > 1
    more = [
        f"{overdue} {'is' if overdue == 1 else 'are'} overdue." if overdue else "",
        "None has an owner yet."
        if none_has
        else f"{nobody} {'has' if nobody == 1 else 'have'} no owner."
        if nobody
        else "",
    ]
    return " ".join(filter(None, [told, *more]))


def _counted(number: int, kind: str) -> str:
    """A kind with its number: "3 documents to source"; an answer "not known yet" has no plural."""
    noun, to, rest = kind.partition(" to ")
    return f"{number} {kind}" if kind.startswith("not ") else f"{counted(number, noun)}{to}{rest}"


def _blocks(found: Sequence[FollowUp], today: date) -> Iterator[Block]:
    if found:
        yield paragraph(summary_words(found, today))
        kinds = Counter(each.kind for each in found)
        listed = [_counted(kinds[kind], KINDS[kind].lower()) for kind in KINDS if kinds[kind]]
        yield paragraph(f"By kind: {one_of(listed, 'and')}.", style="quiet")
        yield paragraph(f"Owner, date, state and closing word are written in {BOOK}.", style="quiet")
    still = [each for each in found if not each.closed]
    columns = (Column("To follow up", 34), Column("Kind", 11), Column("Case study", 14), Column("About", 14),
               Column("Owner", 9), Column("Due", 12), Column("State", 10))  # fmt: skip
    yield Heading("To be done")
    rows = tuple(_row(each, today) for each in still)
    n = f"n = {counted(len(rows), 'follow-up')}"
    empty = (
        "Everything is closed."
        if found
        else "No form has a follow-up, a gap, a confusion or an answer still to be found."
    )
    yield Table("Follow-ups to be done", columns, rows, n, empty, "To be done")
    done = [each for each in found if each.closed]
    if done:
        yield Heading("Closed")
        closed = (*columns[:4], Column("Owner", 9), Column("What came of it", 22))
        made = tuple((*_row(each, today)[:5], cell(each.word)) for each in done)
        yield Table("Closed follow-ups", closed, made, f"n = {counted(len(made), 'follow-up')}", sheet="Closed")


def _row(each: FollowUp, today: date) -> tuple[Cell, ...]:
    plan = line(Run(f"To be done: {each.plan}", quiet=True)) if each.plan else ""
    late = line(Run("overdue", strong=True)) if each.overdue(today) else ""
    return (
        cell(line(Run(each.words, (Note(str(each.address)),))), plan),
        cell(each.kind_words),
        cell(*(case.name for case in each.cases)),
        cell(*(about.name for about in each.about)),
        cell(each.owner),
        cell(due_words(each), late),
        cell(each.state_words),
    )
