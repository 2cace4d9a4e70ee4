"""A filled-in coding workbook becomes passages of its interviews, and their codes, each with its coder and cell."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from journeys.instruments.answers import FilledForm, FilledRow
from journeys.instruments.coded_passages import Passage, passages_in, read_passage
from journeys.instruments.coding_workbook import CODED_AT, CODER, CODINGS, MARK, PASSAGE, PLACE, REMARK, REMARKS, SOURCE
from journeys.instruments.files.cells import Cell
from journeys.instruments.researchers import initials_in
from journeys.interpret.code_ties import code_passage, kept_passage, note_coder, passage_of
from journeys.interpret.context import Context, End
from journeys.interpret.property_values import split_names
from journeys.model.problems import Address, Problem, Severity
from journeys.model.records import Claim, Node, Value

_MARKS = (MARK, "yes", "1", "\u2713", "\u2714", "\u00d7", "\u2612")


def interpret(context: Context, form: FilledForm) -> Iterator[Node | Claim]:
    """All nodes and claims of one workbook; whatever cannot be used is reported at its cell."""
    yield from _Interpreter(context, form).everything()


@dataclass(frozen=True, slots=True)
class _Source:
    """An interview of the workbook, and who spoke in it where that is one person."""

    end: End
    interview: bool
    interviewee: str | None


class _Interpreter:
    def __init__(self, context: Context, form: FilledForm) -> None:
        self._context, self._form = context, form
        self._sources: dict[tuple[str, Address], _Source | None] = {}
        self._coded_by: set[tuple[str, str]] = set()
        self._said_of: set[tuple[str, str | None]] = set()
        self._said_no_coder = self._said_no_source = False
        self._given: dict[str, Value] = {}
        if CODED_AT in form.header:
            self._given[CODED_AT] = form.header[CODED_AT].text
        if REMARKS in form.header:
            self._given[REMARK] = form.header[REMARKS].text

    def everything(self) -> Iterator[Node | Claim]:
        for row in self._form.tables.get(CODINGS, ()):
            source = self._source(row)
            coder = self._coder(row)
            passages = self._passages(row)
            if source is None or coder is None:
                continue
            if passages:
                self._note_coder(source, coder, row)
            for passage in passages:
                yield from self._coding(row, source, coder, passage)

    def _source(self, row: FilledRow) -> _Source | None:
        given = row.values.get(SOURCE) or self._form.header.get(SOURCE)
        if given is None:
            if not self._said_no_source:
                message = "The row names no interview, and neither does the first sheet."
                remedy = "Write the interview's id from the register of sources in each row that is coded."
                self._context.report(Problem("missing_value", row.address, message, remedy))
            self._said_no_source = True
            return None
        known = (given.text, given.address)
        if known not in self._sources:
            self._sources[known] = self._found(given)
        return self._sources[known]

    def _found(self, given: Cell) -> _Source | None:
        context = self._context
        if len(split_names(given.text)) > 1:
            context.problem("bad_value", given, "A row is about one interview.", "Write a row for each.")
            return None
        ends = context.look_up(("DataSource",), given)
        if not ends:
            return None
        with_whom = context.ties.leading("WITH_ACTOR", ends[0].id)
        return _Source(ends[0], bool(with_whom), with_whom[0] if len(with_whom) == 1 else None)

    def _coder(self, row: FilledRow) -> str | None:
        """Who coded the row; several people in one cell coded together and are one coder, as in the other forms."""
        given = row.values.get(CODER) or self._form.header.get(CODER)
        found = initials_in(given.text) if given is not None else ()
        if given is None or not found:
            if not self._said_no_coder:
                message = "Nobody is named who coded this."
                remedy = "Write the coder's initials on the first sheet, or in each row under Coder."
                self._context.report(Problem("no_coder", row.address, message, remedy))
            self._said_no_coder = True
            return None
        known = {each.casefold(): each for each in self._context.codes.researchers}
        coders = [known.get(each.casefold(), each) for each in found]
        if (given.text, given.address.sheet) not in self._said_of:
            self._said_of.add((given.text, given.address.sheet))
            self._context.codes.report_divided(given, self._context.report)
            for each in coders:
                self._context.codes.report_coder(each, given.address, self._context.report)
        return "; ".join(coders)

    def _passages(self, row: FilledRow) -> list[Passage]:
        cell, place = row.values["passages"], row.values.get(PLACE)
        if cell.text.casefold() in _MARKS:
            given = row.values.get(PASSAGE)
            if given is None:
                message = f"{cell.text!r} marks a code, but the row has no passage."
                remedy = "Write the passage under Passage, or the words in this cell."
                self._context.report(Problem("missing_value", cell.address, message, remedy))
                return []
            passage = read_passage(given.text)
            made = [passage] if passage else []
        else:
            made, flaws = passages_in(cell.text)
            for flaw in flaws:
                problem = Problem(flaw.kind, cell.address, flaw.message, flaw.remedy, Severity.WARNING)
                self._context.report(problem)
        return [Passage(each.text, each.place or (place.text if place else None)) for each in made]

    def _note_coder(self, source: _Source, coder: str, row: FilledRow) -> None:
        """Remember who coded a source; said where another workbook has the same coder for it."""
        context, address = self._context, row.address
        if (source.end.id, coder) in self._coded_by:
            return
        self._coded_by.add((source.end.id, coder))
        note_coder(context, source.end.id, coder, address)

    def _coding(self, row: FilledRow, source: _Source, coder: str, passage: Passage) -> Iterator[Node | Claim]:
        context, address = self._context, row.values["passages"].address
        extract = passage_of(context, source.end, passage.place, passage.text)
        properties: dict[str, Value] = {"text": passage.text, "instrument_field": "coding_workbook.passages"}
        if passage.place:
            properties["locator"] = passage.place
        if source.interview:
            properties["mode"] = "verbatim"
        if source.interviewee is not None:
            properties["speaker"] = context.names.shown(source.interviewee)
            properties["spoken_by"] = source.interviewee
        yield from kept_passage(context, extract, source.end, properties, address)
        own: dict[str, Value] = {name: row.values[name].text for name in (REMARK, CODED_AT) if name in row.values}
        yield from code_passage(context, extract, row.values["code"].text, [coder], {**self._given, **own}, address)
