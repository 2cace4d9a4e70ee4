"""Forms out and in, whatever their format; and what kind of file another file is."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from enum import StrEnum
from pathlib import Path
from typing import Literal

from journeys.instruments.answers import FilledForm
from journeys.instruments.definition import Instrument, instruments, load_instrument
from journeys.instruments.excel_in import read_excel
from journeys.instruments.excel_out import INSTRUMENT_NAME, INSTRUMENT_PROPERTY, VERSION_PROPERTY, write_excel
from journeys.instruments.files.cells import text
from journeys.instruments.files.workbook import Workbook, read_workbook
from journeys.instruments.files.yamlfile import YamlNode, read_yaml
from journeys.instruments.registers import is_registers_book, is_registers_yaml
from journeys.instruments.yaml_forms import FORM, VERSION, read_yaml_form, yaml_form
from journeys.model.problems import Address, Problem, Report, Severity, UnreadableFile, UsageProblem
from journeys.model.schema import Schema

FileKind = Literal["form", "registers", "other"]


class Format(StrEnum):
    """What a form can be written as."""

    XLSX = "xlsx"
    YAML = "yaml"


_EXCEL, _YAML = (".xlsx", ".xlsm"), (".yaml", ".yml")


def write_form(
    instrument: Instrument,
    path: Path,
    schema: Schema,
    *,
    filled: FilledForm | None = None,
    known: Mapping[str, Sequence[str]] | None = None,
) -> None:
    """Write a form, by the path's suffix as .xlsx or .yaml; blank, or with ``filled`` in it.

    ``known`` are the names that drop-downs offer, by node label. Raises UsageProblem for another suffix, JourneysError
    for what the format cannot hold.
    """
    suffix = path.suffix.lower()
    if suffix == f".{Format.XLSX}":
        write_excel(instrument, path, schema, filled, known or {})
    elif suffix in _YAML:
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(yaml_form(instrument, schema, filled), encoding="utf-8", newline="\n")
    else:
        raise UsageProblem(f"A form cannot be written as {path.suffix or path.name!r}; choose xlsx or yaml.")


def read_form(path: Path, schema: Schema, *, name: str, report: Report) -> FilledForm | None:
    """What was filled into a form, or None for a file that is no form of ours.

    A form in which nothing is filled is reported as blank. Raises UnreadableFile for a file that cannot be read, and
    for a form of a newer version than this program's.
    """
    noticed: list[Problem] = []
    form = _read(path, schema, name, noticed.append)
    empty = form is not None and not (form.header or form.answers or form.claim_rows)
    if empty and all(problem.kind == "missing_value" for problem in noticed):
        remedy = "Fill it in, or move it out of the study folder."
        noticed = [Problem("blank_form", Address(name), "Nothing is filled in here.", remedy, Severity.WARNING)]
    for problem in noticed:
        report(problem)
    return form


def recognise(path: Path) -> FileKind:
    """What kind of file this is, by what it says of itself and not by its name.

    Raises UnreadableFile for a workbook or YAML file that cannot be read.
    """
    suffix = path.suffix.lower()
    if suffix in _EXCEL:
        book = read_workbook(path, name=path.name, report=_unheard)
        is_form, is_registers = _of_book(book) is not None, is_registers_book(book)
    elif suffix in _YAML:
        root = read_yaml(path, name=path.name, report=_unheard)
        is_form, is_registers = _of_yaml(root) is not None, is_registers_yaml(root)
    else:
        return "other"
    return "form" if is_form else "registers" if is_registers else "other"


def _unheard(problem: Problem) -> None:
    """What is wrong inside a file is for its reader to say."""


def _read(path: Path, schema: Schema, name: str, report: Report) -> FilledForm | None:
    if path.suffix.lower() in _EXCEL:
        book = read_workbook(path, name=name, report=report)
        identified = _of_book(book)
        if identified is None:
            return None
        instrument, version = _instrument(*identified, name)
        return read_excel(book, instrument, version, schema, report)
    if path.suffix.lower() in _YAML:
        root = read_yaml(path, name=name, report=report)
        identified = _of_yaml(root)
        if identified is None:
            return None
        instrument, version = _instrument(*identified, name)
        return read_yaml_form(root, instrument, version, schema, report)
    return None


def _of_book(book: Workbook) -> tuple[str, str] | None:
    """Instrument and version, from the document properties, else from the line at the head of the first sheet."""
    if INSTRUMENT_PROPERTY in book.properties:
        return book.properties[INSTRUMENT_PROPERTY], book.properties.get(VERSION_PROPERTY, "")
    cell = book.named_cell(INSTRUMENT_NAME)
    words = text(cell).split(" version ") if cell else []
    if len(words) == 2:
        return words[0], words[1]
    for sheet in book.sheets[:1]:
        words = text(sheet.cell("A2")).split(" version ")
        if len(words) == 2 and words[0] in instruments():
            return words[0], words[1]
    return None


def _of_yaml(root: YamlNode) -> tuple[str, str] | None:
    form, version = root.get(FORM), root.get(VERSION)
    if form is None or not isinstance(form.value, str):
        return None
    return form.value, str(version.value) if version else ""


def _instrument(name: str, version: str, file: str) -> tuple[Instrument, int]:
    if name not in instruments():
        message = f"This is a form of an instrument called {name!r}, which this program does not know."
        remedy = f"It knows: {', '.join(instruments())}. Perhaps it was made by a newer version: update the program."
        raise UnreadableFile(Problem("unknown_instrument", Address(file), message, remedy))
    instrument = load_instrument(name)
    version = version or str(instrument.version)
    if not re.fullmatch(r"[0-9]{1,9}", version):
        message = f"The form does not say which version it is; it says {version[:20]!r}."
        remedy = (
            f"Write {instrument.version} there, or copy the answers into a new blank form (`journeys forms {name}`)."
        )
        raise UnreadableFile(Problem("no_version", Address(file), message, remedy))
    if int(version) > instrument.version:
        message = f"This form is version {version}; this program reads up to version {instrument.version}."
        raise UnreadableFile(Problem("newer_form", Address(file), message, "Update the program and check again."))
    return instrument, int(version)
