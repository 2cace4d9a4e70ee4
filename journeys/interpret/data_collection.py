"""A data collection summary beside the registers and the list of documents: what they lack comes from it, and each
row that says something else is reported with both places.

The registers count. A row that names something that they do not have is kept as words, and reported.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from typing import TypeVar

from journeys.instruments.files.cells import Cell
from journeys.instruments.prefilled_lines import GONE, row_of
from journeys.instruments.subjects import COLLECTED, NAMED_BY
from journeys.interpret.collected import (
    Summary,
    copy_and_url,
    date_and_author,
    how_coded,
    in_words,
    kept_records,
    same_words,
    worked_on,
)
from journeys.interpret.collection_list import KIND_OF, Item, ListedItems
from journeys.interpret.context import Context, End
from journeys.interpret.property_values import span_properties
from journeys.interpret.registered_dates import can_be
from journeys.model.dates import DateSpan
from journeys.model.identity import folded, short_id
from journeys.model.order import describe
from journeys.model.phrases import as_typed, counted, one_of
from journeys.model.problems import Address, Problem, Severity
from journeys.model.records import Authority, Claim, Node, Value
from journeys.staging.database import Staging

_Said = TypeVar("_Said")
_SHOWN = 4
_STORED = {"yes": "coded", "partly": "in part", "no": "not coded"}


def compared_summaries(context: Context, staging: Staging) -> Iterator[Node | Claim]:
    """What the data collection summaries add to the registers; where they differ from them is reported.

    To be called when everything else was read: whether a source is coded is known only then.
    """
    for summary in context.summaries:
        # Read anew, because the summary before may have added to what there is.
        yield from _Comparison(context, summary, ListedItems.read(context, staging)).everything()


@dataclass(slots=True)
class _Row:
    """A row of a table with what it is about; ``own``: somebody wrote or changed it."""

    values: dict[str, Cell]
    address: Address
    own: bool
    item: Item | None = None


@dataclass(slots=True)
class _Comparison:
    context: Context
    summary: Summary
    items: ListedItems
    _rows: dict[str, list[_Row]] = field(default_factory=dict)
    _taken: dict[str, _Row] = field(default_factory=dict)

    def everything(self) -> Iterator[Node | Claim]:
        for table in COLLECTED:
            self._rows[table] = [*self._table(table)]
        for table, rows in self._rows.items():
            for row in rows:
                if (named := row.values.get(NAMED_BY[table])) is not None:
                    self._match(row, self._named(table, named), named)
        for table, rows in self._rows.items():
            for row in rows:
                if row.item is None and not {"number", "source"} & row.values.keys():
                    self._match(row, self._by_words(table, row), next(iter(row.values.values())))
        for table, rows in self._rows.items():
            for row in rows:
                if row.item is not None:
                    yield from self._compared(table, row, row.item)
            self._lacking(table)

    def _table(self, table: str) -> Iterator[_Row]:
        for each in self.summary.form.tables.get(table, ()):
            found = row_of(each, COLLECTED[table])
            if found.row.values and not (found.unchanged and found.state == GONE):
                yield _Row(dict(found.row.values), found.row.address, not found.unchanged)

    # -- which source or document a row is about

    def _match(self, row: _Row, item: Item | None, given: Cell) -> None:
        if item is None:
            return
        other = self._taken.setdefault(item.id, row)
        if other is not row:
            message = f"The row is about {item.shown}, as the one at {other.address} is."
            self._warn("listed_twice", given.address, message, "Keep one of the two.")
        row.item = item

    def _named(self, table: str, given: Cell) -> Item | None:
        labels = ("Document", "DataSource") if table == "documents" else ("DataSource", "Meeting")
        found = [item for _, each in self.context.names.find(labels, given.text) if (item := self.items.of(each))]
        here = [item for item in found if self._is_here(item)] or found
        if len({item.id for item in here}) == 1:
            return here[0]
        register = "list of documents" if table == "documents" else "register of sources"
        if here:
            message = f"{given.text!r} matches {len(here)} entries of the {register}."
            self._warn("ambiguous_name", given.address, message, "Write the number or id of one.")
            return None
        near = [name for name in self.context.names.nearest(labels[:1], given.text, 12) if self._is_of(table, name)][:3]
        meant = f"Did you mean {one_of(map(repr, near))}? Otherwise add it there." if near else "Add it there."
        self._warn("not_registered", given.address, f"{given.text!r} is not in the {register}.", meant)
        return None

    def _is_of(self, table: str, name: str) -> bool:
        """Whether a name is that of something that the table lists: an interview, an observation, a document."""
        found = self.context.names.find(("Document",) if table == "documents" else ("DataSource",), name)
        return any((item := self.items.of(each)) is not None and item.kind == KIND_OF[table] for _, each in found)

    def _by_words(self, table: str, row: _Row) -> Item | None:
        """The one item of the table's kind that has the words and the date of a row without an id; else reported."""
        given = row.values.get(COLLECTED[table])
        when = self._span(row, table)
        called = [
            item
            for item in self.items.of_table(table, self.summary.case)
            if item.id not in self._taken and (given is None or item.is_called(given.text))
        ]
        found = [item for item in called if when is None or can_be(item.span, when)] or called
        exact = [item for item in found if given is not None and folded(given.text) in map(folded, item.names)]
        found = exact if len(exact) == 1 else found
        if len(found) == 1 and (given is not None or when is not None):
            return found[0]
        at = given or next(iter(row.values.values()))
        words = given.text if given is not None else "The row"
        where = "list of documents" if table == "documents" else "register of sources"
        column = self._heading(table, NAMED_BY[table])
        if found:
            named = one_of([item.short for item in found[:_SHOWN]])
            message = f"{words[:80]!r} can be {counted(len(found), 'entry')} of the {where}."
            self._warn("ambiguous_name", at.address, message, f"Write {named} under *{column}*.")
        else:
            message = f"{words[:80]!r} is not in the {where} for this case study."
            self._warn("not_registered", at.address, message, f"Add it there, or write its id under *{column}*.")
        return None

    # -- what a row says of it

    def _compared(self, table: str, row: _Row, item: Item) -> Iterator[Node | Claim]:
        address = row.address
        kind = KIND_OF[table]
        if item.kind != kind:
            there = self.context.schema.terms("source_kind").terms.get(item.kind)
            called = there.label.lower() if there else item.kind
            message = (
                f"The registers list {item.short} as {called} ({item.address}); here it stands under another heading."
            )
            self._warn("other_kind", address, message, "Move the row, or correct the kind in the register.")
        if not self._is_here(item):
            message = f"The registers do not list {item.short} under this case study ({item.address})."
            remedy = "If it belongs to several case studies, name them all there; the summary counts it here already."
            self._warn("other_case", address, message, remedy)
            if row.own:
                tie = self.context.schema.claims["IN_CASE"]
                case = End("CaseStudy", self.summary.case)
                yield self.context.claim(tie, End(item.label, item.id), case, {}, address)
        added: dict[str, Value] = {}
        places: dict[str, Address] = {}

        def silent(name: str, value: Value | dict[str, Value], given: Cell) -> None:
            added.update(value if isinstance(value, dict) else {name: value})
            places[name] = given.address

        if item.label == "Document":
            self._document(row, item, silent)
        else:
            self._source(table, row, item, silent)
        if added and row.own:
            yield Node(item.label, item.id, added, address, Authority.FORM, places)

    def _source(self, table: str, row: _Row, item: Item, silent: _Silent) -> None:
        role = row.values.get("designation_role")
        if role is not None and item.roles and not any(same_words(role.text, each) for each in item.names):
            self._differs(role, "designation", one_of(item.roles, "and"), item.address)
        description = row.values.get("description")
        if description is not None and item.title and not item.is_called(description.text):
            self._differs(description, "description", item.title, item.where("description"))
        self._date(row.values.get("date"), row.values.get("date"), item, silent)
        kept = row.values.get("transcript")
        said = self._understood(kept, kept_records, "transcript, notes, both or neither")
        if kept is not None and said is not None:
            if (there := item.said("transcript_status")) is None:
                stored = {2: "transcript and notes", 0: "none"}.get(len(said), next(iter(said), ""))
                silent("transcript_status", stored, kept)
            elif (known := kept_records(there)) is not None and (
                ("transcript" in said) != ("transcript" in known) or bool(said) != bool(known)
            ):
                self._differs(kept, "state of the transcript", there, item.where("transcript_status"))
        if table == "other":
            self._worked_on(row.values.get("coded_summarised"), item)
        else:
            self._coded(row.values.get("coded"), item, silent)

    def _coded(self, given: Cell | None, item: Item, silent: _Silent) -> None:
        said = self._understood(given, how_coded, "yes, no or partly")
        if given is None or said is None:
            return
        there = item.said("coding_status")
        if there is None:
            silent("coding_status", _STORED[said], given)
        elif (known := how_coded(there)) is not None and known != said:
            self._differs(given, "state of the coding", there, item.where("coding_status"))
        self._in_the_data(given, item, coded=said != "no")

    def _in_the_data(self, given: Cell, item: Item, *, coded: bool) -> None:
        passages, with_code = item.passages
        if coded and not with_code:
            none = "no passage of it is in the study" if not passages else "no passage of it has a code"
            message = f"The row says that {item.short} is coded, and {none} ({item.address})."
            self._warn("not_coded", given.address, message, "Add the coding to the study, or correct the row.")
        elif not coded and with_code:
            have = f"{counted(with_code, 'passage')} of it {'has' if with_code == 1 else 'have'} codes"
            if item.label == "Document":  # an answer on its form is both from it and about it
                have = "passages from it or about it have codes"
            message = f"The row says that {item.short} is not coded, and {have} ({item.address})."
            self._warn("coded_after_all", given.address, message, "Write yes or partly.")

    def _document(self, row: _Row, item: Item, silent: _Silent) -> None:
        title = row.values.get("title")
        if title is not None and item.title and folded(title.text) != folded(item.title):
            self._differs(title, "title", item.title, item.where("title"))
        dated = row.values.get("dated_author")
        if dated is not None:
            when, author = date_and_author(dated.text)
            self._date(Cell(when, dated.address) if when else None, dated, item, silent)
            if author and item.roles and not any(same_words(author, each) for each in item.roles):
                self._differs(dated, "author", one_of(item.roles, "and"), item.address, author)
        copy = row.values.get("copy_archived_url")
        if copy is not None:
            state, url = copy_and_url(copy.text)
            self._copy(state, copy, item, silent)
            if url and (there := item.said("url")) is None:
                silent("url", url, copy)
            elif url and there is not None and there.rstrip("/") != url.rstrip("/"):
                self._differs(copy, "web address", there, item.where("url"), url)
        self._worked_on(row.values.get("coded_summarised"), item)

    def _copy(self, state: str, given: Cell, item: Item, silent: _Silent) -> None:
        if not state:
            return
        terms = self.context.schema.terms("archive_status")
        meant = {"yes": "obtained", "archived": "obtained", "y": "obtained", "no": "not_available"}.get(folded(state))
        term = meant or terms.term(state)
        there = item.said("archive_status")
        if there is None:
            if term is not None:
                silent("archive_status", term, given)
        elif term is not None and term != there:
            shown = terms.terms[there].label if there in terms.terms else there
            self._differs(given, "state of the copy", shown, item.where("archive_status"), state)

    def _worked_on(self, given: Cell | None, item: Item) -> None:
        said = self._understood(given, worked_on, "coded, summarised, both or neither")
        if given is None or said is None:
            return
        if ("coded" in said) != bool(item.passages[1]):
            self._in_the_data(given, item, coded="coded" in said)
        if item.label == "Document" and ("summarised" in said) != item.summarised:
            of = f"extraction form about {item.short} in the study ({item.address})"
            there = f"there is an {of}" if item.summarised else f"there is no {of}"
            written = f"The row says {in_words(said)}, and {there}."
            remedy = (
                "Correct the row." if item.summarised else "Put the form into the folder forms, or correct the row."
            )
            self._warn("not_summarised", given.address, written, remedy)

    def _date(self, when: Cell | None, given: Cell | None, item: Item, silent: _Silent) -> None:
        span = self._date_in(when)
        if given is None or span is None or (span.date_from is None and span.date_to is None):
            return
        if item.span is None:
            silent("date", span_properties(span), given)
        elif not can_be(item.span, span):
            self._differs(
                given, "date", item.span.text or describe(item.span), item.where("date"), when.text if when else ""
            )
        elif _holds(item.span, span):
            message = f"The date here is more exact than {item.span.text!r} in {item.where('date')}."
            self._warn("more_exact_date", given.address, message, "Write the more exact date there.")

    # -- what a table lacks

    def _lacking(self, table: str) -> None:
        lacking = [item for item in self.items.of_table(table, self.summary.case) if item.id not in self._taken]
        if not lacking:
            return
        sheet = self.summary.titles[table]
        at = Address(self.summary.form.file, sheet)
        instrument, case = self.summary.form.instrument, as_typed(short_id(self.summary.case))
        command = f"Add a row for it, or run `journeys forms {instrument} --for {case} --update`."
        if not self._rows[table] and len(lacking) > 1:
            named = one_of([item.short for item in lacking[:_SHOWN]] + ["others"] * (len(lacking) > _SHOWN), "and")
            message = f"The table is empty, and the study has {len(lacking)} of these in the case study: {named}."
            self._warn("not_in_summary", at, message, command.replace("a row for it", "a row for each"))
            return
        for item in lacking:
            self._warn("not_in_summary", at, f"{item.shown} is missing here; it stands in {item.address}.", command)

    # -- words and problems

    def _span(self, row: _Row, table: str) -> DateSpan | None:
        if table != "documents":
            return self._date_in(row.values.get("date"), quiet=True)
        dated = row.values.get("dated_author")
        when = date_and_author(dated.text)[0] if dated is not None else ""
        return self._date_in(Cell(when, dated.address), quiet=True) if dated is not None and when else None

    def _date_in(self, given: Cell | None, *, quiet: bool = False) -> DateSpan | None:
        """The date in a cell; what is none is a warning, once, and the words are kept."""
        if given is None:
            return None
        noticed: list[Problem] = []
        span = self.context.values.dates.read(given, noticed.append, self.context.values.meetings)
        for problem in () if quiet else noticed:
            self._warn(problem.kind, problem.address, problem.message, problem.remedy)
        return span

    def _understood(self, given: Cell | None, read: Callable[[str], _Said | None], choices: str) -> _Said | None:
        said = read(given.text) if given is not None else None
        if given is not None and said is None:
            message = f"{given.text!r} was not compared with the registers."
            self._warn("unknown_term", given.address, message, f"Write {choices}.")
        return said

    def _differs(self, given: Cell, what: str, there: str, place: Address, said: str = "") -> None:
        message = f"The {what} is {(said or given.text)!r} here and {there!r} in {place}."
        remedy = f"{there!r} is kept; make the two agree."
        self._warn("other_than_registered", given.address, message, remedy)

    def _is_here(self, item: Item) -> bool:
        return self.summary.case in item.cases

    def _heading(self, table: str, column: str) -> str:
        return self.summary.titles[f"{table}.{column}"]

    def _warn(self, kind: str, address: Address, message: str, remedy: str) -> None:
        self.context.report(Problem(kind, address, message, remedy, Severity.WARNING))


_Silent = Callable[[str, "Value | dict[str, Value]", Cell], None]


def _holds(registered: DateSpan, said: DateSpan) -> bool:
    """Whether what the registers say is less exact than what a row says."""
    start, end, first, last = registered.date_from, registered.date_to, said.date_from, said.date_to
    if start is None or end is None or first is None or last is None:
        return False
    return start <= first and last <= end and (start, end) != (first, last)
