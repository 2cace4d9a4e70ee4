"""The forms of a study as a report: what there is, what is missing, what is due."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import asdict
from datetime import date
from typing import Any

from journeys.interpret.case_form import called_of
from journeys.interpret.forms_status import CaseForms, Due, FormsStatus, FormState, Wanted
from journeys.interpret.read_study import reader_of
from journeys.model.phrases import counted, one_of
from journeys.model.progress import Progress
from journeys.study.access import StudyAccess
from journeys.views.reports.model import Block, Cell, Column, Heading, Report, Run, Table, cell, line, paragraph

_SHOWN = 4


def forms_status_of(study: StudyAccess, progress: Progress | None = None) -> FormsStatus:
    """How the forms of a study stand, from its files; nothing needs to be loaded."""
    with reader_of(study.folder, progress=progress) as (reader, _):
        return reader.read_forms_status()


def forms_report(study: StudyAccess, status: FormsStatus) -> Report:
    """The status as a report."""
    today = date.today()
    settings = study.folder.settings
    subtitle = f"By case study. {settings.title}. Written on {today.day} {today:%B %Y}."
    blocks = tuple(_blocks(status, today))
    return Report("Forms", subtitle, blocks, settings.title, settings.note or "", wide=True)


def forms_as_dict(status: FormsStatus) -> dict[str, Any]:
    """The same as plain values."""
    return asdict(status)


def _blocks(status: FormsStatus, today: date) -> Iterator[Block]:
    rows = [row for case in status.cases for row in _case_rows(status, case)]
    columns = (
        Column("Case study", 22),
        Column("Form", 24),
        Column("State", 30),
        Column("File, or what lacks it", 34),
    )
    yield Table(
        "Forms by case study",
        columns,
        tuple(rows),
        f"n = {counted(len(status.cases), 'case study')}",
        "The registers have no case study yet.",
        "Forms",
    )
    if any(not case.forms.get(name) for case in status.cases for name in status.about_cases):
        command = f"`journeys forms {status.about_cases[0]} --for CASE`"
        yield paragraph(f"{command} writes a form with what the data already say.", style="quiet")
    if status.flawed:
        yield Heading("Forms with problems")
        flaws = tuple((cell(name), cell(_flaws(*found))) for name, found in sorted(status.flawed.items()))
        yield Table("Forms with problems", (Column("File", 40), Column("Problems", 20)), flaws, sheet="Problems")
        yield paragraph("`journeys check FILE` lists them.", style="quiet")
    yield Heading("What is due")
    due = tuple(_due_rows(status, today))
    columns = (Column("Case study", 22), Column("What", 50), Column("Owner", 9), Column("Due", 16))
    yield Table("What is due", columns, due, f"n = {len(due)}", "Nothing is due.", "Due")
    states = [(case, state) for case in status.cases for each in case.forms.values() for state in each]
    if states:
        yield Heading("Filled-in forms, one by one")
        columns = (Column("Case study", 20), Column("Form", 22), Column("File", 34), Column("State", 30))
        listed = tuple(
            (cell(case.name), cell(called_of(each.instrument)), cell(each.file), cell(_state(each), _flaws_of(each)))
            for case, each in states
        )
        yield Table("Filled-in forms", columns, listed, f"n = {counted(len(listed), 'form')}", sheet="One by one")
    if status.blank:
        yield paragraph(f"{counted(len(status.blank), 'blank form')}: {', '.join(status.blank)}.", style="quiet")


def _case_rows(status: FormsStatus, case: CaseForms) -> Iterator[tuple[Cell, ...]]:
    rows: list[tuple[str, Cell, Cell]] = []
    for name in status.about_cases:
        found = case.forms.get(name, [])
        states = cell(*(each for state in found for each in (_state(state), _flaws_of(state))))
        none = cell(line(Run("none yet", strong=True)))
        files = cell(*(state.file for state in found))
        rows.append((called_of(name), states if found else none, files))
    rows += [
        _wanted_row("Extraction forms", "document", case.extraction),
        _wanted_row("Observation sheets", "observation", case.observed),
        _wanted_row("Interview sheets", "interview", case.interviews),
        _wanted_row("Coding", "interview", case.coded, "is coded", "are coded"),
    ]
    for place, (form, state, more) in enumerate(rows):
        yield cell(line(Run(case.name, strong=True))) if place == 0 else cell(), cell(form), state, more


def _wanted_row(
    form: str, noun: str, wanted: Wanted, one: str = "has one", many: str = "have one"
) -> tuple[str, Cell, Cell]:
    if not wanted.of:
        return form, cell(f"no {noun} is recorded"), cell()
    state = f"{wanted.have} of {counted(wanted.of, noun)} {one if wanted.of == 1 else many}"
    return form, cell(state), cell(f"still without: {_listed(wanted.without)}" if wanted.without else "")


def _listed(names: tuple[str, ...]) -> str:
    more = len(names) - _SHOWN
    return one_of([*names[:_SHOWN], *([f"{more} more"] if more > 0 else [])], "and")


def _state(state: FormState) -> str:
    """How far a form is filled in, in words."""
    parts = []
    if state.questions:
        if state.answered == state.questions:
            parts.append(f"all {state.questions} questions answered" if state.questions > 1 else "answered")
        elif state.answered or not state.rows:
            parts.append(f"{state.answered} of {counted(state.questions, 'question')} answered")
    if state.prefilled:
        parts.append(f"{state.prefilled} with lines from the data only")
    if state.rows:
        parts.append(counted(state.rows, "row"))
    return ", ".join(parts)


def _flaws_of(state: FormState) -> str:
    return _flaws(state.errors, state.warnings)


def _flaws(errors: int, warnings: int) -> str:
    return ", ".join(counted(number, noun) for number, noun in ((errors, "problem"), (warnings, "warning")) if number)


def _due_rows(status: FormsStatus, today: date) -> Iterator[tuple[Cell, ...]]:
    """Follow-ups by their dates, then what each case study lacks."""
    follow_ups: list[tuple[str, Due]] = [("", each) for each in status.due]
    follow_ups += [(case.name, each) for case in status.cases for each in case.due]
    for name, each in sorted(follow_ups, key=lambda due: (due[1].day, due[0])):
        late = line(Run("overdue", strong=True)) if each.day < today else ""
        yield cell(name), cell(each.words), cell(each.owner), cell(each.when, late)
    for case in status.cases:
        for missing in _missing(status, case):
            yield cell(case.name), cell(missing), cell(), cell()


def _missing(status: FormsStatus, case: CaseForms) -> Iterator[str]:
    if none := [called_of(name).lower() for name in status.about_cases if not case.forms.get(name)]:
        yield f"Still to be written: {one_of(none, 'and')}"
    if case.coded.without:
        yield f"Still to be coded: {_listed(case.coded.without)}"
    if case.extraction.without:
        yield f"Documents without an extraction form: {_listed(case.extraction.without)}"
