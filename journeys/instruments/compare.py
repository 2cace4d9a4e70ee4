"""Two people's forms about one thing: where they differ, and the form on which they can agree."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from functools import partial

from journeys.instruments.answers import Answer, FilledForm, FilledRow
from journeys.instruments.claim_columns import CLAIM_COLUMNS, SHEET
from journeys.instruments.definition import Instrument
from journeys.instruments.files.cells import Cell
from journeys.instruments.researchers import RESEARCHERS, researchers_of
from journeys.model.definitions import Vocabulary
from journeys.model.identity import folded
from journeys.model.problems import Address, Problem, Report

_KEY = ("who", "did_what", "to_what", "at_meeting")
_HEADINGS = {column.id: column.heading for column in CLAIM_COLUMNS}
_ONLY = "only in this form"


@dataclass(frozen=True, slots=True)
class Said:
    """What one of the two forms says at a place; ``text`` None where it says nothing."""

    by: str
    text: str | None
    address: Address | None


@dataclass(frozen=True, slots=True)
class FormDifference:
    """A difference between two forms: the section, the question or row, the scope, and both wordings."""

    section: str
    question: str
    scope: str | None
    first: Said
    second: Said


@dataclass(frozen=True, slots=True)
class FormComparison:
    """Two forms about one thing set side by side: what is the same in both, how much, and where they differ."""

    about: str
    first: FilledForm
    second: FilledForm
    same: int
    differences: tuple[FormDifference, ...]
    agreed: FilledForm

    @property
    def compared(self) -> int:
        """How many answers and rows at least one of the two has."""
        return self.same + len(self.differences)


def compare_forms(
    instrument: Instrument, first: FilledForm, second: FilledForm, *, about: str, statuses: Vocabulary
) -> FormComparison:
    """Set two forms side by side, question by question and row by row; ``about`` names what they are about.

    ``statuses`` has the words for an answer that is nothing but its status.

    Words are the same when they are equal without case, accents and typography. Rows of *Who did what* are matched by
    who did what to what at which meeting. In the ``agreed`` form both wordings stand where the two differ, each after
    the initials of its writer.
    """
    by = _initials(first), _initials(second)
    pairs = [
        *_header(instrument, first, second),
        *_answers(instrument, statuses, first, second),
        *_rows(first, second),
    ]
    told = [
        FormDifference(pair.section, pair.question, pair.scope, *(
            Said(who, side.text if side else None, side.address if side else None)
            for who, side in zip(by, (pair.first, pair.second), strict=True)
        ))
        for pair in pairs
        if not pair.same
    ]  # fmt: skip
    agreed = _agreed(first, second, by, pairs)
    return FormComparison(about, first, second, len(pairs) - len(told), tuple(told), agreed)


def report_undecided(form: FilledForm, report: Report) -> bool:
    """Report each place of an agreed form where both wordings still stand; returns whether there are any."""
    initials = "|".join(map(re.escape, researchers_of(form)))
    if not initials:
        return False
    mark = re.compile(rf"^\[(?:{initials}):\]", re.MULTILINE)
    cells = [*form.header.values(), *(a.given for a in form.answers if a.given)]
    cells += [cell for row in form.claim_rows for cell in row.values.values()]
    found = [cell for cell in cells if mark.search(cell.text)]
    for cell in found:
        message = "Nothing has been agreed here yet: the wordings still stand with their writers' initials."
        remedy = "Keep or write the agreed words, without the initials in square brackets; delete a row that is wrong."
        report(Problem("undecided", cell.address, message, remedy))
    return bool(found)


@dataclass(frozen=True, slots=True)
class _Side:
    text: str
    address: Address
    whole: Cell | Answer | FilledRow


@dataclass(frozen=True, slots=True)
class _Pair:
    section: str
    question: str
    scope: str | None
    key: object
    first: _Side | None
    second: _Side | None

    @property
    def same(self) -> bool:
        return self.first is not None and self.second is not None and _like(self.first.text, self.second.text)


def _initials(form: FilledForm) -> str:
    return ", ".join(researchers_of(form)) or form.file


def _like(one: str, other: str) -> bool:
    return folded(one).strip(" .") == folded(other).strip(" .")


def _header(instrument: Instrument, first: FilledForm, second: FilledForm) -> Iterator[_Pair]:
    for field in instrument.header.fields:
        sides = [form.header.get(field.id) for form in (first, second)]
        if field.id != RESEARCHERS and any(sides):
            told = [_Side(side.text, side.address, side) if side else None for side in sides]
            yield _Pair(instrument.header.title or instrument.title, field.wording, None, field.id, *told)


def _answers(instrument: Instrument, statuses: Vocabulary, first: FilledForm, second: FilledForm) -> Iterator[_Pair]:
    held = [{(a.field, a.ask, a.scope): a for a in form.answers} for form in (first, second)]
    asked = {
        (question.field.id, question.ask.id if question.ask else None): question
        for question in (*instrument.split_questions(), *instrument.questions())
    }
    order = list(asked)
    for key in sorted({**held[0], **held[1]}, key=lambda each: (order.index(each[:2]), each[2] != "general")):
        question, sides = asked[key[:2]], [answers.get(key) for answers in held]
        section = question.section.title or question.section.sheet
        told = [_Side(_answer_words(side, statuses), side.address, side) if side else None for side in sides]
        yield _Pair(section, question.wording, key[2], key, *told)


def _answer_words(answer: Answer, statuses: Vocabulary) -> str:
    words = answer.given.text if answer.given else f"[{statuses.words(answer.status)}]"
    also = {"page": answer.place, "sources": answer.sources, "codes": answer.codes, "bears on": answer.bears_on}
    return words + "".join(f" ({name} {cell.text})" for name, cell in also.items() if cell)


def _rows(first: FilledForm, second: FilledForm) -> Iterator[_Pair]:
    """Rows that say the same belong together first, so that of several alike none is taken from another."""
    left = list(second.claim_rows)
    same: dict[int, FilledRow] = {}
    for row in first.claim_rows:
        other = next((each for each in left if _row_key(each) == _row_key(row) and _row_pair(row, each).same), None)
        if other is not None:
            same[id(row)] = other
            left = [each for each in left if each is not other]
    for row in first.claim_rows:
        other = same.get(id(row))
        if other is None:
            near = [each for each in left if _row_key(each) == _row_key(row)]
            other = max(near, key=partial(_alike, row), default=None)
            left = [each for each in left if each is not other]
        yield _row_pair(row, other)
    for row in left:
        yield _row_pair(None, row)


def _row_key(row: FilledRow) -> tuple[str, ...]:
    return tuple(folded(row.values[name].text) if name in row.values else "" for name in _KEY)


def _alike(one: FilledRow, other: FilledRow) -> int:
    shared = one.values.keys() & other.values.keys()
    return sum(_like(one.values[name].text, other.values[name].text) for name in shared)


def _row_pair(first: FilledRow | None, second: FilledRow | None) -> _Pair:
    known = first or second
    assert known is not None
    named = " ".join(known.values[name].text for name in ("who", "did_what", "to_what") if name in known.values)
    told = [_Side(_row_words(row), row.address, row) if row else None for row in (first, second)]
    return _Pair(SHEET, named, None, id(known), *told)


def _row_words(row: FilledRow) -> str:
    return "; ".join(f"{_HEADINGS[name]}: {row.values[name].text}" for name in _HEADINGS if name in row.values)


def _agreed(first: FilledForm, second: FilledForm, by: tuple[str, str], pairs: Sequence[_Pair]) -> FilledForm:
    header: dict[str, Cell] = {}
    answers: list[Answer] = []
    rows: list[FilledRow] = []
    for pair in pairs:
        known = pair.first or pair.second
        assert known is not None
        whole = known.whole
        if isinstance(whole, FilledRow):
            rows += _agreed_rows(pair, by)
        elif isinstance(whole, Answer):
            both = None if pair.same else Cell(_both(pair, by), whole.address)
            answers.append(whole if both is None else replace(whole, status="answered", given=both))
        else:
            header[str(pair.key)] = whole if pair.same else Cell(_both(pair, by), whole.address)
    people = dict.fromkeys((*researchers_of(first), *researchers_of(second)))
    header[RESEARCHERS] = Cell("; ".join(people), Address())
    return FilledForm(first.instrument, first.version, "", header, tuple(answers), tuple(rows), first.tables)


def _both(pair: _Pair, by: tuple[str, str]) -> str:
    sides = zip(by, (pair.first, pair.second), strict=True)
    return "\n".join(f"[{who}:] {side.text if side else '[no answer]'}" for who, side in sides)


def _agreed_rows(pair: _Pair, by: tuple[str, str]) -> list[FilledRow]:
    sides = [(who, side.whole) for who, side in zip(by, (pair.first, pair.second), strict=True) if side is not None]
    made = []
    for who, row in sides[:1] if pair.same else sides:
        assert isinstance(row, FilledRow)
        made.append(row if pair.same else FilledRow(_marked(row.values, who, alone=len(sides) == 1), row.address))
    return made


def _marked(values: Mapping[str, Cell], who: str, *, alone: bool) -> dict[str, Cell]:
    note = values.get("note")
    words = " ".join(filter(None, (f"[{who}:]", _ONLY if alone else "", note.text if note else "")))
    return {**values, "note": Cell(words, note.address if note else Address())}
