"""The invented study with every free text replaced by harmful ones, in the formats in which a team fills them in."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace
from itertools import cycle
from pathlib import Path

import yaml

from journeys.demo import write_demo
from journeys.instruments.answers import Answer, FilledRow
from journeys.instruments.definition import Instrument
from journeys.instruments.files.cells import Cell
from journeys.instruments.forms import read_form, write_form
from journeys.instruments.instrument_set import shipped_instruments
from journeys.instruments.registers import read_registers, write_registers
from journeys.model.problems import JourneysError
from journeys.model.schema import load_schema
from tests.extreme_studies import hostile_study

_FREE_IN_CLAIMS = ("place", "quote", "note", "grounds_or_manner")
_FREE_IN_TABLES = ("passage", "place", "note", "role_remit", "description", "phase", "quote", "what_happened", "entry")
_FREE_IN_REGISTERS = (
    "pseudonym", "title", "name", "designation", "skills", "note", "summary", "objectives", "description",
    "location", "business", "terms_of_reference", "professional_identity", "commissioning_area", "url", "text",
)  # fmt: skip
_NAMES = ("pseudonym", "title", "name", "description")
"""What forms call an entry by: it stays among its other names."""
QUERY = """\
// title: "{0}"
// question: "1. {0}"
// params:
//   study: {{type: text, meaning: the study's id}}
// returns:
//   name: "{1}"
MATCH (d:Document {{study: $study}})
RETURN d.title AS name, d.title AS `=1+1 <img src=x onerror=alert(1)>` ORDER BY name
"""
TEMPLATE = """\
# {0}

{{{{trace D07 summary}}}} {1} {{{{table journey}}}} {{{{trace {2}}}}}

| {3} | b |
| --- | --- |
| {0} | {{{{count Document}}}} |
"""
_IN_NAMES = ("=cmd", "\x1b]0;x\x07", "\x9b2J", "\u202e", "<img src=x onerror=alert(1)>", "'\"`$(x)", "-rf", "{{7*7}}")


def poisoned_demo(folder: Path, texts: Sequence[str]) -> Path:
    """The invented study, harmful, and beside it a table that says each kind of claim in these texts."""
    _harmless = folder.with_name(f"{folder.name}-as-it-is")
    write_demo(_harmless)
    words = cycle(texts)
    hostile_study(folder, texts, "D07")
    _registers(_harmless / "registers.xlsx", folder / "registers.yaml", words)
    for number, path in enumerate(sorted((_harmless / "forms").iterdir())):
        name = f"{_IN_NAMES[number % len(_IN_NAMES)]} {path.name.removeprefix('INVENTED ')}"
        _form(path, folder / "forms" / name, words)
    for part in ("decisions", "tables"):
        for path in sorted((_harmless / part).iterdir()):
            (folder / part).mkdir(exist_ok=True)
            (folder / part / path.name).write_bytes(path.read_bytes())
    _settings(folder, texts)
    return folder


def _settings(folder: Path, texts: Sequence[str]) -> None:
    """The codebook, an instrument, a question, a report and a guide of the study's own."""
    held = [texts[n % len(texts)] for n in range(6)]
    code = {"label": held[0][:300], "definition": held[1], "note": held[2]}
    _yaml(folder / "codebook.yaml", {"sheets": {11: {"title": held[3][:200]}}, "codes": {"11.1": code, "5.3": code}})
    own = {
        "extends": "theme_form",
        "title": f"Themes {held[0][:80]}",
        "guidance": [{"title": held[1], "items": [held[2]]}],
    }
    _yaml(folder / "instruments" / "themes.yaml", own)
    line = [
        " ".join(re.sub(r"[\x00-\x1f\x7f-\x9f\ufeff]", "", each).split()).replace('"', "'").replace(": ", ":")[:200]
        for each in held
    ]
    _text(folder / "cypher" / "own.cypher", QUERY.format(*line))
    _text(folder / "reports" / "own.md", TEMPLATE.format(*line))


def _form(path: Path, target: Path, words: Iterator[str]) -> None:
    schema = load_schema()
    form = read_form(path, schema, name=path.name, report=lambda problem: None)
    if form is None or form.instrument == "coding_workbook":  # a transcript; passages are found again by their words
        target.parent.mkdir(exist_ok=True)
        target.write_bytes(path.read_bytes())
        return
    instrument = shipped_instruments().get(form.instrument)
    free = _free_questions(instrument)
    fitting = words if path.suffix == ".yaml" else map(in_office, words)
    written = replace(
        form,
        answers=tuple(_answer(each, free, fitting) for each in form.answers),
        claim_rows=tuple(_row(each, _FREE_IN_CLAIMS, fitting) for each in form.claim_rows),
        tables={
            name: tuple(_row(each, _FREE_IN_TABLES, fitting) for each in rows) for name, rows in form.tables.items()
        },
    )
    target.parent.mkdir(exist_ok=True)
    write_form(instrument, target, schema, filled=written)


def _free_questions(instrument: Instrument) -> set[tuple[str, str | None]]:
    """The questions that any words answer, and not a name or a word of a list."""
    kinds = {
        (each.field.id, each.ask.id if each.ask else None): (each.ask or each.field) for each in instrument.questions()
    }
    return {
        key
        for key, asked in kinds.items()
        if asked.answer_kind == "free_text" and not any(each.claim or each.confidence for each in asked.yields)
    }


def _answer(answer: Answer, free: set[tuple[str, str | None]], words: Iterator[str]) -> Answer:
    given = answer.given
    return replace(answer, given=_cell(given, words)) if given and (answer.field, answer.ask) in free else answer


def _row(row: FilledRow, free: Sequence[str], words: Iterator[str]) -> FilledRow:
    values = {name: _cell(cell, words) if name in free else cell for name, cell in row.values.items()}
    return replace(row, values=values)


def _cell(cell: Cell, words: Iterator[str]) -> Cell:
    return Cell(next(words), cell.address)


def in_office(text: str) -> str:
    """A text without what no Office file can hold."""
    return "".join(each for each in text if each in "\t\n" or (each >= " " and each not in "\x7f\ufffe\uffff"))


def _registers(source: Path, target: Path, words: Iterator[str]) -> None:
    schema = load_schema()

    def broken(problem: object) -> None:
        raise JourneysError(str(problem))

    rows: list[dict[str, str]] = []
    for number, entry in enumerate(read_registers(source, schema, name=source.name, report=broken)):
        row = {"sheet": entry.sheet, **{column: given.text for column, given in entry.values.items()}}
        for column in [*row]:
            if column in _FREE_IN_REGISTERS:
                known = row[column] if column in _NAMES else ""
                row[column] = f"{next(words)} {number}"
                row["aliases"] = "; ".join(filter(None, (row.get("aliases", ""), known)))
        rows.append(row)
    write_registers(target, schema, rows)


def _yaml(path: Path, content: Mapping[str, object]) -> None:
    _text(path, yaml.safe_dump(content, allow_unicode=True))


def _text(path: Path, text: str) -> None:
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(text, encoding="utf-8")
