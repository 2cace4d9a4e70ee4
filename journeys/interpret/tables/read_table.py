"""A mapped table becomes nodes and claims, row by row, as its map says."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping
from dataclasses import replace
from pathlib import Path

from journeys.interpret.context import Context, End
from journeys.interpret.tables.coverage import Coverage
from journeys.interpret.tables.frame import Frame
from journeys.interpret.tables.language import Block, ClaimSpec, Map, NestedBlock
from journeys.interpret.tables.limits import Made, TooMuchMade
from journeys.interpret.tables.nodes import NodeMaker
from journeys.interpret.tables.open_rows import holds_lists, open_rows
from journeys.interpret.tables.paths import ITSELF
from journeys.interpret.tables.patterns import Condition, SlowPattern, slow_pattern
from journeys.interpret.tables.properties import Prepared, PropertyReader, prepared
from journeys.interpret.tables.rows import NO_GROUPS, Found, NestedRow
from journeys.interpret.tables.used_columns import columns_used
from journeys.model.definitions import ClaimKind
from journeys.model.identity import folded, keyed_claim_id
from journeys.model.problems import Address, Problem, Severity, UnreadableFile
from journeys.model.progress import Progress
from journeys.model.records import Claim, Node, Value


class TableReading:
    """The reading of one table: first ``records``, then what was read and passed over."""

    def __init__(self, table: Map, path: Path, *, name: str, context: Context) -> None:
        self._table, self._path, self._name, self._context = table, path, name, context
        ignore = frozenset(map(folded, table.ignore))
        self._passed: Counter[str] = Counter()
        self._made = Made(path)
        self._properties = PropertyReader(context, ignore, self._passed, self._made)
        self._maker = NodeMaker(context, ignore, self._passed, self._properties, self._made)
        self._coverage = Coverage(table, name)
        self._conditions: dict[int, list[tuple[str, Condition]]] = {}
        self._read: dict[int, set[str]] = {}
        self._claim_sets: dict[int, Prepared] = {}
        self._claimed = self._named = False
        self.rows = 0
        self.rejected = 0

    def records(self, progress: Progress) -> Iterator[Node | Claim]:
        """The nodes and claims; whatever cannot be used is reported at its cell. Raises UnreadableFile."""
        used, report = columns_used(self._table), self._context.report
        self._context.values.dates.begin_table(self._name, self._table.date_order)
        if self._table.each and not holds_lists(self._table, self._path):
            raise UnreadableFile(self._no_lists())
        has_claims = _has_claims(self._table)
        rows = open_rows(self._table, self._path, name=self._name, used=used, passed=self._passed, report=report)
        for row in rows:
            before = self._properties.rejections + self._maker.rejections
            self._claimed = self._named = False
            self._made.begin_row()
            frame = Frame(row, None)
            try:
                if self._stands(self._table.where, frame, id(self._table)):
                    yield from self._block(self._table, frame)
                    silent = self._properties.rejections + self._maker.rejections == before
                    if silent and not (self._claimed if has_claims else self._named):
                        self._coverage.without(row.address())
                else:
                    self._passed["a row does not match the map's `where`"] += 1
                    self._coverage.row(self._table, row)
            except SlowPattern as error:
                raise UnreadableFile(slow_pattern(error.pattern, row.address())) from error
            except TooMuchMade as error:
                message = f"{error.message}; the table was not read."
                raise UnreadableFile(Problem("too_much", row.address(), message, error.remedy)) from error
            self.rows += 1
            self.rejected += self._properties.rejections + self._maker.rejections > before
            progress.advance()
        if not self.rows:
            message = "The table has no rows."
            self._context.report(Problem("empty_file", Address(self._name), message, "", Severity.WARNING))
        for problem in self._coverage.problems(self.rows):
            self._context.report(problem)

    def ignored(self) -> dict[str, int]:
        """Return what was ignored, and how often."""
        return dict(self._passed.most_common())

    def _block(self, block: Block, frame: Frame) -> Iterator[Node | Claim]:
        self._coverage.row(block, frame.row)
        if isinstance(frame.row, NestedRow):
            self._note_unread(block, frame.row)
        for name, spec in block.nodes.items():
            ends: list[tuple[End, Found]] = []
            yield from self._maker.nodes(spec, frame, ends)
            frame.nodes[name] = ends
            self._named = self._named or bool(ends)
        for claim in block.claims:
            stands = self._stands(claim.where, frame, id(claim))
            self._coverage.tried(claim, gave=stands)
            if stands:
                yield from self._claims(claim, frame)
        for nested in block.each:
            yield from self._nested(nested, frame)

    def _note_unread(self, block: Block, row: NestedRow) -> None:
        """Count the values of an object that neither this block nor a block inside it reads."""
        if isinstance(block, NestedBlock) and block.path == ITSELF:
            return  # the block around it has the same object
        if id(block) not in self._read:
            same = [block, *(nested for nested in block.each if nested.path == ITSELF)]
            columns = {column for each in same for column in columns_used(each)}
            self._read[id(block)] = {column.split(".")[0].casefold().rstrip("?") for column in columns}
        read = self._read[id(block)]
        if read & {"*", "**"}:
            return
        where = f" of {block.path}" if isinstance(block, NestedBlock) else ""
        for name in row.names():
            if name.casefold().rstrip("?") not in read:
                self._passed[f"{name!r}{where} is not in the map"] += 1

    def _nested(self, block: NestedBlock, frame: Frame) -> Iterator[Node | Claim]:
        gave = False
        for element in frame.row.elements(block.path):
            self._made.element()
            inner = Frame(element, frame)
            if self._stands(block.where, inner, id(block)):
                gave = True
                yield from self._block(block, inner)
            else:
                what = f"an element of {block.path} does not match its `where`"
                self._passed[what if block.path != ITSELF else f"the `where` of {_asked(block)} does not match"] += 1
                self._coverage.row(block, element)
        self._coverage.tried(block, gave=gave)

    def _stands(self, where: Mapping[str, str], frame: Frame, key: int) -> bool:
        if not where:
            return True
        if key not in self._conditions:
            self._conditions[key] = [(column, Condition(wanted)) for column, wanted in where.items()]
        return all(condition.holds(frame.column(column)) for column, condition in self._conditions[key])

    # -- claims

    def _claims(self, spec: ClaimSpec, frame: Frame) -> Iterator[Claim]:
        kind = self._context.schema.claims[spec.type]
        shared: dict[str, Value] = {}
        if kind.asserted:
            for name, node in (("at_meeting", spec.at_meeting), ("source", spec.source or self._table.source)):
                ends = frame.named(node) if node else []
                if ends:
                    shared[name] = ends[0][0].id
        wanted = self._wanted(spec, kind)
        act = str(frame.row.address()) if _are_acts(spec, kind) else None
        for start, found in frame.named(spec.from_):
            for end, other in frame.named(spec.to):
                self._made.claim()
                value = found if found.steps else other
                address = frame.row.address(value.steps if spec.from_ in frame.nodes or spec.to in frame.nodes else ())
                both = Found(value.text, value.steps, {**other.groups, **found.groups} or NO_GROUPS)
                said = self._properties.words(wanted, both, frame)
                properties = {**shared, **self._properties.read(said, wanted, both, frame, address)}
                if start == end:
                    self._report_self_claim(kind, start, address)
                    continue
                self._claimed = True
                dated_at = frame.place_of(wanted.given["date"], both, address) if "date" in said else None
                key = frame.fill(spec.key, both) if spec.key else ""
                self._made.text(len(key))
                own = None if key else act
                claim = self._context.claim(kind, start, end, properties, address, act=own, dated_at=dated_at)
                yield replace(claim, id=keyed_claim_id(claim.id, key)) if key else claim

    def _wanted(self, spec: ClaimSpec, kind: ClaimKind) -> Prepared:
        if id(spec) not in self._claim_sets:
            given = {**(self._table.set if kind.asserted else {}), **spec.set}
            self._claim_sets[id(spec)] = prepared(given, self._context.schema.properties_of_claim(spec.type))
        return self._claim_sets[id(spec)]

    def _report_self_claim(self, kind: ClaimKind, end: End, address: Address) -> None:
        who = self._context.names.shown(end.id)
        message = f"{who!r} {kind.phrase} {who!r}: both ends are the same, and the claim was not read."
        remedy = "Correct the row, or leave it out with `where`."
        self._context.report(Problem("self_claim", address, message, remedy, Severity.WARNING))

    def _no_lists(self) -> Problem:
        paths = ", ".join(repr(nested.path) for nested in self._table.each)
        message = f"The map has blocks for lists ({paths}), and a table of rows and columns holds no lists."
        return Problem("bad_map", Address(self._name), message, "Move what the blocks say to the top of the map.")


def _asked(block: NestedBlock) -> str:
    return ", ".join(column.rstrip("?") for column in block.where)


def _are_acts(spec: ClaimSpec, kind: ClaimKind) -> bool:
    """Whether equal rows are separate acts."""
    if spec.repeats is not None:
        return spec.repeats == "acts"
    return kind.asserted and not kind.once


def _has_claims(block: Block) -> bool:
    return bool(block.claims) or any(_has_claims(nested) for nested in block.each)
