"""Fill a living report: marks become words, tables and figures, and what changed since the last load is marked."""

from __future__ import annotations

import json
import re
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import date
from pathlib import Path
from typing import Any

from journeys.model.phrases import counted
from journeys.model.problems import JourneysError
from journeys.model.unfinished import write_whole
from journeys.store.errors import raise_passing
from journeys.study.access import StudyAccess
from journeys.study.living.blocks import OwnCell, TemplateBlock
from journeys.study.living.marks import Mark, parts_of
from journeys.study.living.template import read_template
from journeys.study.living.values import Value, value_of
from journeys.views.reports.model import (
    Block,
    Bullets,
    Cell,
    Column,
    Heading,
    Line,
    Paragraph,
    Report,
    Run,
    Table,
    paragraph,
    plain,
)  # fmt: skip

_SENTENCE = re.compile(r"(?<=[.!?])\s+(?=\S)")
_SHOWN = 5

Part = tuple[str | Mark, Run]
"""A plain piece or mark of a line, and the run that it stands in."""


@dataclass(frozen=True, slots=True)
class FilledReport:
    """A filled report, the marks that could not be filled, each with what is wrong, and how many have changed.

    ``assumed`` says of marks that leave something open what was taken to be meant, and of the file what it holds that
    does not come into the report.
    """

    report: Report
    unfilled: tuple[str, ...]
    changed: int
    assumed: tuple[str, ...] = ()


def fill(study: StudyAccess, path: Path) -> FilledReport:
    """Fill a file of the team's own. Raises UsageProblem for one that cannot be read, StoreUnavailable."""
    template = read_template(path)
    with study.store():
        memory = _Memory(study, path)
        filler = _Filler(study, memory)
        blocks = list(_joined(made for block in template.blocks for made in filler.block(block)))
    memory.save()
    settings = study.folder.settings
    title, *rest = blocks if blocks and isinstance(blocks[0], Heading) else [Heading(path.stem), *blocks]
    assert isinstance(title, Heading)
    rest = _levels_from_1(rest)
    today = date.today()
    changed = f" {counted(filler.changed, 'place')} changed since the load before." if filler.changed else ""
    subtitle = f"{settings.title}. Filled on {today.day} {today:%B %Y}.{changed}"
    report = Report(title.words, subtitle, tuple(rest), settings.title, settings.note or "")
    return FilledReport(report, tuple(filler.unfilled), filler.changed, (*template.left_out, *filler.assumed))


@dataclass(slots=True)
class _Filler:
    study: StudyAccess
    memory: _Memory
    unfilled: list[str] = field(default_factory=list)
    changed: int = 0
    assumed: list[str] = field(default_factory=list)
    values: dict[str, Value | JourneysError] = field(default_factory=dict)
    """What a mark that stands in several places becomes: it is asked once."""

    def block(self, block: TemplateBlock) -> Iterator[Block]:
        if block.kind == "table":
            yield from self._own_table(block)
            return
        parts = list(parts_of(block.line))
        alone = [part for part, _ in parts if isinstance(part, Mark) or part.strip()]
        if len(alone) == 1 and isinstance(alone[0], Mark) and alone[0].is_block:
            yield from self._by_itself(alone[0])
            return
        line = self._line(parts)
        match block.kind:
            case "heading":
                yield Heading(plain(line), block.level)
            case "bullet":
                yield Bullets((line,), block.level, block.numbering, block.number)
            case "quote":
                yield Paragraph(line, "quote")
            case _:
                yield Paragraph(line)

    def _own_table(self, block: TemplateBlock) -> Iterator[Block]:
        """A table of the team's own, with marks in its cells."""
        if not block.rows:
            return
        head, *below = [tuple(self._cell(held) for held in row) for row in block.rows]
        width = max(map(len, (head, *below)))
        columns = tuple(Column(" ".join(map(plain, made)), 10) for made in (*head, *[()] * (width - len(head))))
        fitting = tuple((*row, *[()] * (width - len(row))) for row in below)
        yield Table("Of the team\u2019s own", columns, fitting, empty="The table has no rows.")

    def _cell(self, held: OwnCell) -> Cell:
        return tuple(self._line(list(parts_of(each))) for each in held)

    def _by_itself(self, mark: Mark) -> Iterator[Block]:
        value = self._value(mark)
        if isinstance(value, str):
            yield paragraph(value, style="notice")
            return
        before = self.memory.before(mark, value.text)
        if before is not None:
            self.changed += 1
            yield paragraph(_difference(before, value), style="notice")
        if value.block is not None:
            yield value.block

    def _line(self, parts: Sequence[Part]) -> Line:
        """A line, sentence by sentence; one in which a value has changed is marked, with the old value behind it."""
        made: list[Run] = []
        for sentence in _sentences(parts):
            runs, changed = self._sentence(sentence)
            made += [replace(run, changed=True) for run in runs] if changed else runs
        return tuple(made)

    def _sentence(self, parts: Sequence[Part]) -> tuple[list[Run], bool]:
        made: list[Run] = []
        changed = False
        for part, look in parts:
            if isinstance(part, str):
                made.append(replace(look, words=part))
                continue
            value = self._value(part)
            if isinstance(value, str):
                made.append(Run(value, strong=True))
            elif value.block is not None:
                message = "A table or figure cannot stand within a line. Put the mark into a paragraph of its own."
                made.append(Run(self._wrong(part, message), strong=True))
            else:
                made += [
                    replace(run, strong=run.strong or look.strong, emphasis=look.emphasis, struck=look.struck)
                    for run in value.line
                ]
                before = self.memory.before(part, value.text)
                if before is not None:
                    changed = True
                    self.changed += 1
                    made.append(Run(f" [was: {before}]", quiet=True))
        return made, changed

    def _value(self, mark: Mark) -> Value | str:
        """What a mark becomes, or what is wrong with it, as it stands in the report."""
        if mark.wrong:
            return self._wrong(mark, mark.wrong)
        value = self.values.get(mark.written) or self._asked(mark)
        self.values[mark.written] = value
        if isinstance(value, JourneysError):
            return self._wrong(mark, str(value))
        if value.assumed:
            said = "{{" + mark.written + "}}: " + value.assumed
            self.assumed += [said] if said not in self.assumed else []
        return value

    def _asked(self, mark: Mark) -> Value | JourneysError:
        try:
            return value_of(self.study, mark)
        except JourneysError as error:
            raise_passing(error)
            return error

    def _wrong(self, mark: Mark, why: str) -> str:
        told = "{{" + mark.written + "}}: " + " ".join(why.split())
        self.unfilled.append(told)
        return f"[Not filled: {told}]"


class _Memory:
    """The values of a report when it was last filled, and before the last load, in ``out/reports/``."""

    def __init__(self, study: StudyAccess, path: Path) -> None:
        self._path = study.folder.path / "out" / "reports" / f"{path.name}.values.json"
        last = study.status().store.last_load or {}
        self._load = str(last.get("id") or last.get("started") or "")
        held = self._read()
        same = held.get("load") == self._load
        self._before: Mapping[str, str] = held.get("before", {}) if same else held.get("values", {})
        self._values: dict[str, str] = {}
        self._seen: Counter[str] = Counter()

    def before(self, mark: Mark, now: str) -> str | None:
        """What a mark became before the last load, if that was something else; remembers what it became now."""
        self._seen[mark.written] += 1
        key = f"{mark.written} #{self._seen[mark.written]}"
        self._values[key] = now
        before = self._before.get(key)
        return before if before is not None and before != now else None

    def save(self) -> None:
        """Keep the values for the next time. Raises OSError."""
        held = {"load": self._load, "values": self._values, "before": dict(self._before)}
        write_whole(self._path, json.dumps(held, ensure_ascii=False, indent=1) + "\n")

    def _read(self) -> Mapping[str, Any]:
        try:
            held = json.loads(self._path.read_text(encoding="utf-8"))
        except (OSError, ValueError):
            return {}
        return held if isinstance(held, dict) else {}


def _sentences(parts: Sequence[Part]) -> Iterator[list[Part]]:
    """The parts of each sentence of a line."""
    sentence: list[Part] = []
    for part, look in parts:
        if isinstance(part, Mark):
            sentence.append((part, look))
            continue
        start = 0
        for found in _SENTENCE.finditer(part):
            yield [*sentence, (part[start : found.end()], look)]
            sentence, start = [], found.end()
        if part[start:]:
            sentence.append((part[start:], look))
    if sentence:
        yield sentence


def _joined(blocks: Iterable[Block]) -> Iterator[Block]:
    """The blocks, where items that follow each other in a list are one list."""
    held: Bullets | None = None
    for block in blocks:
        if isinstance(block, Bullets) and held is not None and _goes_on(held, block):
            held = replace(held, lines=(*held.lines, *block.lines))
            continue
        if held is not None:
            yield held
        held = block if isinstance(block, Bullets) else None
        if held is None:
            yield block
    if held is not None:
        yield held


def _goes_on(held: Bullets, block: Bullets) -> bool:
    if (held.level, held.numbering) != (block.level, block.numbering):
        return False
    return not held.numbering or block.first == held.first + len(held.lines)


def _levels_from_1(blocks: Iterable[Block]) -> list[Block]:
    """The blocks, where the highest heading below the title has level 1."""
    blocks = list(blocks)
    highest = min((block.level for block in blocks if isinstance(block, Heading)), default=1)
    return [
        replace(block, level=block.level - highest + 1) if isinstance(block, Heading) else block for block in blocks
    ]


def _difference(before: str, value: Value) -> str:
    """What is new in a table or figure, and what is no longer there."""
    old, new = before.split("\n"), value.text.split("\n")
    if not isinstance(value.block, Table):
        return f"Changed since the load before. Was: {before}. Now: {value.text}."
    added, gone = ([each for each in these if each not in those] for these, those in ((new, old), (old, new)))
    told = [f"{what}: {'; '.join(rows[:_SHOWN])}{f'; and {len(rows) - _SHOWN} more' if len(rows) > _SHOWN else ''}"
            for what, rows in (("New", added), ("No longer", gone)) if rows]  # fmt: skip
    numbers = f"was {counted(len(old), 'row')}, now {counted(len(new), 'row')}"
    return f"Changed since the load before: {numbers}. {'. '.join(told)}."
