"""The library, and an answer with what it rests on: for the terminal, for programs, and for Excel."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from datetime import datetime
from typing import Any

from rich.console import Console, ConsoleOptions, RenderResult
from rich.text import Text

from journeys.analysis.questions.answer import CLAIMS, Answer
from journeys.model.phrases import counted
from journeys.store.queries.parameters import STUDY
from journeys.views.tables import Sheet, csv_text, json_text, rounded, shown
from journeys.views.terminal.claim_lines import CLAIM_COLUMNS, claim_lines, claim_row
from journeys.views.terminal.fitting_table import FittingTable
from journeys.views.terminal.text import Terminal
from journeys.views.text import sanitized, shortened

FEW = 5
"""Fewer claims than this are said to be few: no pattern can be read out of them."""

MOST_SHOWN = 100
"""More rows than a terminal shows at once; the other formats have all."""

_DIM = "dim"
_LONGEST_QUOTE = 240
_SEPARATOR = "-"


def conditions(answer: Answer, *, defaults: bool = True) -> dict[str, str]:
    """The parameters that were at work, in words; without ``defaults``, those that a person chose otherwise."""
    query = answer.query
    at_work = {name: value for name, value in answer.values.items() if name != STUDY and value not in (None, [], "")}
    chosen = [name for name, value in at_work.items() if defaults or value != query.parameters[name].default]
    return {
        name: f"{answer.found[name].name} ({answer.found[name].short_id})"
        if name in answer.found
        else query.lens.term_words(shown(at_work[name]).replace("; ", ", "), query.parameters[name].vocabulary)
        for name in chosen
    }


def resting_on(answer: Answer) -> str:
    """How many rows there are, on how many claims they rest, whether that is little, and what was left out; in
    words."""
    boxes = f"{counted(len(answer.boxes), 'answer')} on forms." if answer.boxes else ""
    return " ".join(filter(None, (_rows_resting_on(answer), boxes, *answer.withheld)))


def _rows_resting_on(answer: Answer) -> str:
    if not answer.rows:
        at_work = "; ".join(f"{name}: {words}" for name, words in conditions(answer).items())
        left = [name for name, value in answer.values.items() if value is None]
        said = "No results" + (f" with {at_work}." if at_work else ".")
        return said + (f" Not narrowed by {', '.join(left)}." if left else "")
    claims = len(answer.all_claim_ids)
    said = counted(len(answer.rows), "row")
    if not claims:
        why = (
            ""
            if answer.tells_claims
            else " The query returns no column `claims`, so its rows cannot be traced to sources."
        )
        return f"{said}.{why}"
    said += f", based on {counted(claims, 'claim')}"
    if answer.claims:
        sources = {claim.source.id for claim in answer.claims.values() if claim.source}
        said += f" from {counted(len(sources), 'source')}"
    few = f" Fewer than {FEW} claims: read them one by one (--sources) rather than count them." if claims < FEW else ""
    return f"{said}.{few}"


class AnswerView:
    """An answer in a terminal: a table that fits, or with sources a block of lines for each row.

    Of many rows the first ``MOST_SHOWN``; the last lines say how many there are, and on what they rest.
    """

    def __init__(self, answer: Answer, *, sources: bool = False) -> None:
        self._answer, self._sources = answer, sources

    def __rich_console__(self, console: Console, options: ConsoleOptions) -> RenderResult:
        """The title, the question, the parameters at work, the rows, and what they rest on."""
        terminal, answer = Terminal.of(console, options), self._answer
        yield from terminal.lines(terminal.text((sanitized(answer.query.title), "bold")))
        yield from terminal.lines(terminal.text((sanitized(_numbered(answer.query.numbers, answer.query.words)), _DIM)))
        for name, words in conditions(answer, defaults=False).items():
            yield from terminal.lines(terminal.text((f"{name}: {sanitized(words)}", _DIM)))
        if answer.rows:
            yield Text()
            yield from self._rows(terminal)
        yield Text()
        if (more := len(answer.rows) - MOST_SHOWN) > 0:
            words = (
                f"{terminal.ellipsis} and {counted(more, 'more row')}: --format csv shows all, -o FILE.xlsx writes all."
            )
            yield from terminal.lines(terminal.text((words, "bold")))
        yield from terminal.lines(terminal.text(sanitized(resting_on(answer))))
        yield from self._boxes(terminal)
        yield from self._coded(terminal)

    def _rows(self, terminal: Terminal) -> RenderResult:
        columns = shown_columns(self._answer.columns)
        rows = [[rounded(row[at]) for at in columns] for row in self._answer.rows_in_words[:MOST_SHOWN]]
        table = FittingTable((self._answer.columns[at].replace("_", " ") for at in columns), rows)
        if not self._sources:
            yield table
            return
        for number in range(len(rows)):
            if number:
                yield Text()
            yield from table.block(terminal, number)
            if self._answer.tells_claims:
                yield from self._claims(terminal, number)

    def _boxes(self, terminal: Terminal) -> Iterator[Text]:
        boxes = self._answer.boxes
        if not boxes:
            return
        yield Text()
        yield from terminal.lines(terminal.text(("Answers on forms", "bold")))
        for box in boxes[:MOST_SHOWN]:
            said = shortened(box.text, _LONGEST_QUOTE, terminal.ellipsis) if box.text else _term(box.status)
            yield from terminal.lines(terminal.text((sanitized(f"{box.about}:"), "bold"), f" {sanitized(said)}"), 2)
            where = f"{shortened(box.question, _LONGEST_QUOTE, terminal.ellipsis)} {_SEPARATOR} {box.address}"
            yield from terminal.lines(terminal.text((sanitized(where), _DIM)), 6)
        if (more := len(boxes) - MOST_SHOWN) > 0:
            words = f"{terminal.ellipsis} and {counted(more, 'more answer')}: -o FILE.xlsx writes all."
            yield from terminal.lines(terminal.text((words, "bold")))

    def _coded(self, terminal: Terminal) -> Iterator[Text]:
        coded = self._answer.coded
        if not coded:
            return
        yield Text()
        yield from terminal.lines(terminal.text(("Coded passages", "bold")))
        for each in coded:
            number = f"{counted(each.passages, 'passage')} from {counted(each.sources, 'source')}"
            yield from terminal.lines(terminal.text((sanitized(f"{each.shown}:"), "bold"), f" {number}"), 2)
        words = f"`journeys show {coded[0].code} --kind code` shows the passages of a code by site."
        yield from terminal.lines(terminal.text((words, _DIM)), 2)

    def _claims(self, terminal: Terminal, row: int) -> Iterator[Text]:
        claims = self._answer.claims_of(row)
        if not claims:
            yield from terminal.lines(terminal.text(("no claims: the finding is that no source mentions it", _DIM)), 4)
        for claim in claims:
            said, by, where = claim_lines(claim, _LONGEST_QUOTE, terminal.ellipsis)
            yield from terminal.lines(terminal.text(said), 4)
            for line in filter(None, (by, where)):
                yield from terminal.lines(terminal.text((line, _DIM)), 8)


def _term(term: str) -> str:
    return term.replace("_", " ")


def shown_columns(columns: Sequence[str]) -> list[int]:
    """The places of the columns that people read: not the ids that stand beside names."""
    names = set(columns)
    return [at for at, column in enumerate(columns) if not _is_id_of_another(column, names)]


def _is_id_of_another(column: str, names: set[str]) -> bool:
    if column in ("id", "ids"):
        return "name" in names
    stem, _, end = column.rpartition("_")
    return end in ("id", "ids") and bool({stem, f"{stem}s"} & names)


def _numbered(numbers: Iterable[int], words: str) -> str:
    said = ", ".join(map(str, numbers))
    return f"{said}. {words}" if said else words


def answer_text(answer: Answer, format_: str, *, sources: bool) -> str:
    """The answer as ``json`` or ``csv``.

    The claims of a row are ids; with sources, all of each claim: in json a list, in csv a line for each claim of a row.
    """
    if not answer.tells_claims:
        return json_text(answer.as_dicts()) if format_ == "json" else csv_text(answer.columns, answer.rows_in_words)
    if format_ == "json":
        rows = answer.as_dicts()
        for number, told in enumerate(rows):
            said = [claim.as_dict() for claim in answer.claims_of(number)]
            told[CLAIMS] = said if sources else list(answer.claim_ids[number])
        return json_text(rows)
    if not sources:
        ids = [("; ".join(ids),) for ids in answer.claim_ids]
        return csv_text(
            (*answer.columns, CLAIMS), [row + own for row, own in zip(answer.rows_in_words, ids, strict=True)]
        )
    lines: list[tuple[Any, ...]] = []
    for number, row in enumerate(answer.rows_in_words):
        claims = [claim_row(number + 1, claim) for claim in answer.claims_of(number)]
        nothing = (number + 1, *(None for _ in range(len(CLAIM_COLUMNS) - 1)))
        lines += [row + claim for claim in claims or [nothing]]
    return csv_text((*answer.columns, *(f"claim_{column}" for column in CLAIM_COLUMNS)), lines)


def answer_sheets(answer: Answer, *, sources: bool, study: str, when: datetime) -> list[Sheet]:
    """The sheets of a workbook: the rows, what was asked, and with sources the claims."""
    query = answer.query
    about = [
        ("Title", query.title),
        ("Question", _numbered(query.numbers, query.words)),
        ("Query", query.name),
        ("Study", study),
        ("Asked on", f"{when:%Y-%m-%d %H:%M}"),
        ("Based on", resting_on(answer)),
        *((f"Parameter {name}", words) for name, words in conditions(answer).items()),
    ]
    sheets = [
        Sheet("Answer", answer.columns, answer.rows_in_words, query.returns),
        Sheet("About", ("what", "value"), about),
    ]
    if answer.boxes:
        lines = [
            (box.about, box.question, _term(box.scope), _term(box.status), box.text, str(box.address))
            for box in answer.boxes
        ]
        sheets.append(
            Sheet("Answers on forms", ("about", "question", "scope", "status", "answer", "written_in"), lines)
        )
    if answer.coded:
        coded = [(each.code, each.label, each.passages, each.sources) for each in answer.coded]
        sheets.append(Sheet("Coded passages", ("code", "label", "passages", "sources"), coded))
    if sources:
        claims = [claim_row(at + 1, claim) for at in range(len(answer.rows)) for claim in answer.claims_of(at)]
        sheets.append(Sheet("Claims", tuple(CLAIM_COLUMNS), claims, CLAIM_COLUMNS))
    return sheets
