"""Which forms each case study has, how far they are filled in, and what is due: from the files, without the store."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date

from journeys.instruments.answers import FilledForm
from journeys.instruments.definition import Instrument
from journeys.instruments.instrument_set import InstrumentSet
from journeys.instruments.prefilled_lines import own_words, row_of
from journeys.interpret.case_form import MARKED
from journeys.interpret.collected import how_coded
from journeys.interpret.collection_list import Item, ListedItems
from journeys.interpret.context import Context
from journeys.interpret.follow_ups import LABELS
from journeys.interpret.property_values import split_names
from journeys.model.code_keys import CODING_WORKBOOK
from journeys.model.identity import short_id
from journeys.model.problem_log import ProblemLog
from journeys.model.problems import Severity
from journeys.model.records import Node
from journeys.staging.database import Staging
from journeys.staging.so_far import described, tied

_CASE_FIELDS = ("case_study_and_site", "case_study")
_Has = Callable[[Item], bool]
_TO_BE_CODED = ("interviews", "group_discussions")


@dataclass(frozen=True, slots=True)
class FormState:
    """A form about a case study: how many of its questions somebody answered, and how many rows somebody wrote.

    ``prefilled`` counts questions with nothing but lines from the data. ``errors`` and ``warnings`` are those of the
    check.
    """

    file: str
    instrument: str
    answered: int
    questions: int
    rows: int
    prefilled: int
    errors: int = 0
    warnings: int = 0


@dataclass(frozen=True, slots=True)
class Wanted:
    """Things of one kind that have forms or codes each: how many there are, and which still have none."""

    of: int
    without: tuple[str, ...] = ()

    @property
    def have(self) -> int:
        """How many have one."""
        return self.of - len(self.without)


@dataclass(frozen=True, slots=True)
class Due:
    """A follow-up with a date that is not closed."""

    words: str
    day: date
    when: str
    owner: str


@dataclass(slots=True)
class CaseForms:
    """The forms of a case study by instrument, and what belongs to it that should have a form or codes."""

    id: str
    name: str
    forms: dict[str, list[FormState]] = field(default_factory=dict)
    extraction: Wanted = Wanted(0)
    observed: Wanted = Wanted(0)
    interviews: Wanted = Wanted(0)
    coded: Wanted = Wanted(0)
    due: list[Due] = field(default_factory=list)


@dataclass(frozen=True, slots=True)
class FormsStatus:
    """The forms of a study by case study; ``about_cases`` are the instruments of which each should have a form.

    ``blank`` are files of blank forms, ``flawed`` those with problems (errors, warnings); ``due`` are follow-ups that
    belong to no case study.
    """

    cases: tuple[CaseForms, ...]
    about_cases: tuple[str, ...]
    blank: tuple[str, ...]
    flawed: Mapping[str, tuple[int, int]]
    due: tuple[Due, ...] = ()


def forms_status(
    context: Context, staging: Staging, forms: Sequence[tuple[str, FilledForm]], log: ProblemLog
) -> FormsStatus:
    """How the forms of a study stand, when its files were read and nothing is merged yet."""
    instruments = context.instruments
    about = tuple(each.instrument for each in instruments if each.about == "CaseStudy" and not each.hidden)
    flawed = {name: flaws for name, _ in forms if any(flaws := _flaws(log, name))}
    cases = {node.id: CaseForms(node.id, context.names.shown(node.id)) for node in described(staging, "CaseStudy")}
    for name, form in forms:
        if not form.blank and form.instrument != CODING_WORKBOOK:
            for each in _cases_of(context, form):
                if each in cases:
                    cases[each].forms.setdefault(form.instrument, []).append(
                        _state(name, form, instruments, flawed.get(name, (0, 0)))
                    )
    items, sheets = ListedItems.read(context, staging), {key.partition(" ")[0] for key in context.sheets}
    for case in cases.values():
        _count(items, sheets, case)
    elsewhere: list[Due] = []
    for due, ids in _due(staging):
        there = [cases[each] for each in sorted(ids) if each in cases]
        for held in there:
            held.due.append(due)
        if not there:
            elsewhere.append(due)
    ordered = sorted(cases.values(), key=lambda each: (each.name, each.id))
    blank = tuple(name for name, form in forms if form.blank)
    return FormsStatus(tuple(ordered), about, blank, flawed, tuple(sorted(elsewhere, key=lambda each: each.day)))


def _flaws(log: ProblemLog, name: str) -> tuple[int, int]:
    files = frozenset({name})
    return log.count(Severity.ERROR, files=files), log.count(Severity.WARNING, files=files)


def _cases_of(context: Context, form: FilledForm) -> Iterator[str]:
    for name in _CASE_FIELDS:
        if (given := form.header.get(name)) is not None:
            for each in split_names(given.text):
                found = context.names.find(("CaseStudy",), each)
                if len(found) == 1:
                    yield found[0][1]


def _state(name: str, form: FilledForm, instruments: InstrumentSet, flaws: tuple[int, int]) -> FormState:
    instrument: Instrument = instruments.get(form.instrument)
    asked = {each.id for section in instrument.question_sections for each in section.fields if not each.hidden}
    answered: set[str] = set()
    offered: set[str] = set()
    for answer in form.answers:
        if answer.status not in ("answered", "not_asked") or (answer.given and own_words(answer.given.text).words):
            answered.add(answer.field)
        elif answer.given:
            offered.add(answer.field)
    rows = len(form.claim_rows)
    for table, written in form.tables.items():
        column = MARKED.get(table)
        rows += sum(column is None or not row_of(row, column).unchanged for row in written)
    return FormState(
        name, form.instrument, len(answered & asked), len(asked), rows, len(offered - answered), *flaws
    )  # fmt: skip


def _count(items: ListedItems, sheets: Collection[str], case: CaseForms) -> None:
    """Count what has its form or codes; ``sheets`` are the ids of sources with an interview or observation sheet."""
    case.extraction = _wanted(items.of_table("documents", case.id), lambda item: item.summarised)
    case.interviews = _wanted(items.of_table("interviews", case.id), lambda item: item.id in sheets)
    case.observed = _wanted(items.of_table("observations", case.id), lambda item: item.id in sheets)
    case.coded = _wanted([item for table in _TO_BE_CODED for item in items.of_table(table, case.id)], _is_coded)


def _wanted(items: Sequence[Item], has: _Has) -> Wanted:
    return Wanted(len(items), tuple(item.short for item in items if not has(item)))


def _is_coded(item: Item) -> bool:
    said = item.said("coding_status")
    return bool(item.passages[1]) or (said is not None and how_coded(said) in ("yes", "partly"))


def _due(staging: Staging) -> Iterator[tuple[Due, set[str]]]:
    """The follow-ups with a date that are not closed, each with the case studies it belongs to."""
    found: dict[str, Node] = {}
    for node in described(staging, *LABELS):
        held = node.properties
        if held.get("follow_up_due_to") and held.get("follow_up_state") != "closed":
            found.setdefault(node.id, node)
    if not found:
        return
    cases: defaultdict[str, set[str]] = defaultdict(set)
    about: defaultdict[str, set[str]] = defaultdict(set)
    for tie in tied(staging, "IN_CASE", "ABOUT"):
        (cases if tie.type == "IN_CASE" else about)[tie.start].add(tie.end)
    for identity, node in sorted(found.items(), key=lambda each: str(each[1].properties["follow_up_due_to"])):
        held = node.properties
        words = str(held.get("text") or held.get("title") or short_id(identity))
        due = Due(
            words,
            date.fromisoformat(str(held["follow_up_due_to"])),
            str(held.get("follow_up_due_text") or held["follow_up_due_to"]),
            str(held.get("follow_up_owner") or ""),
        )
        through = set().union(*(cases[each] | {each} for each in about[identity])) if not cases[identity] else set()
        yield due, cases[identity] | through
