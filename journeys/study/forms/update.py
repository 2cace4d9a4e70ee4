"""Update a pre-filled form about a case study with new data, and keep everything that a person wrote."""

from __future__ import annotations

import shutil
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import replace
from datetime import date
from pathlib import Path

from journeys.instruments.answers import Answer, FilledForm, FilledRow
from journeys.instruments.definition import Instrument
from journeys.instruments.files.cells import Cell
from journeys.instruments.forms import FORM_SUFFIXES, read_form
from journeys.instruments.prefilled_lines import GONE, NEW, marked_row, prefilled, row_of, text_of, updated
from journeys.instruments.subjects import COLLECTED, NAMED_BY
from journeys.model.identity import folded
from journeys.model.problems import Address, Problem, UnreadableFile, UsageProblem
from journeys.model.unfinished import aside
from journeys.study.access import StudyAccess
from journeys.study.forms.prefill_case import Offered

MARKED = {"journey_steps": "happened", **COLLECTED}
"""The column of each pre-filled table in which a row has its mark."""
_SHOWN = 5


def filled_with(form: FilledForm, offered: Offered, instrument: Instrument, day: date | None = None) -> FilledForm:
    """The form with the lines and rows of the data.

    Without ``day`` the form is new; with it, lines that it does not have yet are marked as new on this day, and those
    that the data no longer say as no longer there. Nothing that stands in the form is taken away.
    """
    answers = {(each.field, each.ask, each.scope): each for each in form.answers}
    for box in dict.fromkeys([*answers, *offered.lines]):
        lines = offered.lines.get(box, [])
        answer = answers.get(box) or Answer(*box, "answered", None)
        before = answer.given.text if answer.given else ""
        if day is None:
            text = text_of(map(prefilled, lines)) if lines else before
        else:
            text, _ = updated(before, lines, f"{day:%Y-%m-%d}")
        if text.strip():
            answers[box] = replace(answer, given=Cell(text, answer.address))
    tables = dict(form.tables)
    for section in instrument.tables:
        if section.id in MARKED:
            rows = offered.rows.get(section.id, [])
            there = tables.get(section.id, ())
            key = NAMED_BY.get(section.id)
            own = {_named(row, key) for row in there if key and not row_of(row, MARKED[section.id]).unchanged}
            withheld = [row for row in rows if key and folded(row.get(key, "")) in own]
            tables[section.id] = _rows(there, rows, MARKED[section.id], day, withheld)
    return replace(form, answers=tuple(answers.values()), tables=tables)


def _named(row: FilledRow, key: str) -> str:
    """The id or number of a row that a person wrote or changed: the data do not offer it again beside that row."""
    return folded(row.values[key].text) if key in row.values else "-"


def _rows(
    there: Iterable[FilledRow],
    offered: Iterable[Mapping[str, str]],
    column: str,
    day: date | None,
    withheld: Sequence[Mapping[str, str]] = (),
) -> tuple[FilledRow, ...]:
    on = f"{day:%Y-%m-%d}" if day else ""
    wanted: dict[str, Mapping[str, str]] = {}
    for words in offered:
        wanted[row_of(_cells(marked_row(words, column)), column).code] = words
    kept: list[FilledRow] = []
    known: set[str] = set()
    for row in there:
        found = row_of(row, column)
        known.add(found.code)
        if found.unchanged and on and (found.code not in wanted) != (found.state == GONE):
            state = GONE if found.code not in wanted else NEW
            said = {name: cell.text for name, cell in found.row.values.items()}
            kept.append(replace(_cells(marked_row(said, column, state=state, day=on)), address=row.address))
        else:
            kept.append(row)
    state = NEW if on else ""
    added = [row for code, row in wanted.items() if code not in known and row not in withheld]
    kept += [_cells(marked_row(row, column, state=state, day=on)) for row in added]
    return tuple(kept)


def _cells(words: Mapping[str, str]) -> FilledRow:
    return FilledRow({name: Cell(each, Address()) for name, each in words.items()})


def existing_form(
    study: StudyAccess, instrument: Instrument, is_case: Callable[[str], bool], first: Path
) -> tuple[Path, FilledForm] | None:
    """The file of the form about a case study, and what is filled in: beside ``first``, or anywhere among the forms.

    ``is_case`` says whether a name in a header is that of the case study.
    Raises UsageProblem for a form in which something would not be read: rewriting it would lose words.
    """
    beside = [first.with_suffix(f".{each}") for each in instrument.formats]
    conversions = study.folder.conversions
    inputs = study.folder.inputs().files
    converted = {path: name for path in inputs if (name := study.folder.name(path)).startswith("forms/")}
    converted = {path: name for path, name in converted.items() if path.suffix.lower() in conversions.endings}
    conversions.prepare(converted)
    others = [path for path in inputs if path.suffix.lower() in FORM_SUFFIXES or path in converted]
    offered = study.instruments
    for path in dict.fromkeys([*beside, *others]):
        if not path.is_file():
            continue
        problems: list[Problem] = []
        try:
            name = study.folder.name(path)
            file = conversions.readable(path, name)
            form = read_form(file, study.schema, name=name, report=problems.append, instruments=offered)
        except UnreadableFile:
            continue
        if form is None or form.instrument != instrument.instrument or not _is_about(form, is_case):
            continue
        if path.suffix.lower().removeprefix(".").replace("yml", "yaml") not in instrument.formats:
            other = f".{instrument.formats[0]}"
            raise UsageProblem(
                f"{path} was not updated, because forms are not written as {path.suffix} files. Save it as {other}, "
                "remove the old file, and repeat the command; or write a new form to a different folder with -o."
            )
        unread = [each for each in problems if each.kind not in ("missing_value", "unclear_answer")]
        if unread:
            listed = "\n".join(f"  {each}" for each in unread[:_SHOWN])
            more = f"\n  and {len(unread) - _SHOWN} more" if len(unread) > _SHOWN else ""
            raise UsageProblem(
                f"{path} was not updated, because something in it is not read and would be lost:\n{listed}{more}\n"
                "Correct these, or write a new form to a different folder with -o."
            )
        return path, form
    return None


def _is_about(form: FilledForm, is_case: Callable[[str], bool]) -> bool:
    given = form.header.get("case_study_and_site")
    return given is not None and is_case(given.text)


def keep_copy(study: StudyAccess, path: Path, day: date) -> Path:
    """Copy a form as it is before it is updated to out/, under a name of its own; returns the copy."""
    folder = study.folder.path / "out" / "forms before an update"
    number, copy = 1, folder / f"{path.stem} {day:%Y-%m-%d}{path.suffix}"
    while copy.exists():
        number += 1
        copy = folder / f"{path.stem} {day:%Y-%m-%d} ({number}){path.suffix}"
    with aside(copy) as (part,):
        shutil.copy2(path, part)
    return copy
