"""Forms out and in, whatever their format; and whether a file is a form at all."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping, Sequence
from pathlib import Path

from journeys.instruments.answers import FilledForm
from journeys.instruments.codebook import Codebook, shipped_codebook
from journeys.instruments.coding_workbook import coding_instrument
from journeys.instruments.columns import rows_offered
from journeys.instruments.definition import Instrument
from journeys.instruments.excel.coding_workbook_read import read_coding_workbook
from journeys.instruments.excel.coding_workbook_write import write_coding_workbook
from journeys.instruments.excel.locate import comparable
from journeys.instruments.excel.read import read_excel
from journeys.instruments.excel.write import INSTRUMENT_NAME, INSTRUMENT_PROPERTY, VERSION_PROPERTY, write_excel
from journeys.instruments.files.opendocument import read_spreadsheet
from journeys.instruments.files.safety import ProblemLimiter
from journeys.instruments.files.workbook import Workbook
from journeys.instruments.files.yamlfile import YamlNode, read_yaml
from journeys.instruments.instrument_set import InstrumentSet, shipped_instruments
from journeys.instruments.own_words import cell_comments, own_words
from journeys.instruments.pasted_forms import only_pictures, pasted_in, scanned
from journeys.instruments.text.coding_document import coding_document, from_document, in_document
from journeys.instruments.text.coding_yaml import coding_yaml, read_coding_yaml
from journeys.instruments.text.plain_text import TextFile, read_text_form, text_form
from journeys.instruments.text.yaml_forms import FORM, VERSION, read_yaml_form, yaml_form
from journeys.instruments.word.blocks import Paragraph, word_blocks
from journeys.instruments.word.read import read_word
from journeys.instruments.word.write import write_word
from journeys.model.code_keys import CODING_WORKBOOK
from journeys.model.problems import Address, Problem, Report, UnreadableFile, UsageProblem
from journeys.model.schema import Schema
from journeys.model.unfinished import aside
from journeys.model.version import UPDATE

_SHEETS, _YAML, _WORD, _TEXT = (".xlsx", ".xlsm", ".ods"), (".yaml", ".yml"), (".docx",), (".txt",)
FORM_SUFFIXES = (*_SHEETS, *_YAML, *_WORD, *_TEXT)
"""The endings of files that may be forms."""

_Identified = tuple[str, str]
_ReadIt = Callable[[Instrument, int], FilledForm]
_IDENTITY = re.compile(r"(\w+) version (\S+)")
_MOST_OF_A_KIND = 1_000
"""Problems of one kind of which each is said of a form; the rest are counted."""
_LOOKED_THROUGH = 30
"""Lines or paragraphs at the head of a text in which it may say what form it is."""


def write_form(
    instrument: Instrument,
    path: Path,
    schema: Schema,
    *,
    filled: FilledForm | None = None,
    known: Mapping[str, Sequence[str]] | None = None,
    notice: str | None = None,
    codebook: Codebook | None = None,
) -> None:
    """Write a form, by the path's suffix as .xlsx, .docx, .yaml or .txt; blank, or with ``filled`` in it.

    ``known`` are the names that drop-downs offer, by node label; ``notice`` says, in the file, what it is; ``codebook``
    is the study's, where it is not the shipped one. Raises
    UsageProblem for a format that the instrument does not have, JourneysError for what the format cannot hold.
    """
    format_ = path.suffix.lower().removeprefix(".").replace("yml", "yaml")
    if format_ not in instrument.formats:
        known_formats = " or ".join(instrument.formats)
        raise UsageProblem(f"{instrument.title} cannot be written as {format_ or path.name!r}; choose {known_formats}.")
    codebook = codebook or shipped_codebook()
    instrument = instrument.printed({answer.field for answer in filled.answers} if filled else ())
    head = f"# {notice}\n" if notice else ""
    with aside(path) as (part,):
        match format_:
            case "xlsx" if instrument.instrument == CODING_WORKBOOK:
                write_coding_workbook(part, codebook, filled, known, notice)
            case "yaml" if instrument.instrument == CODING_WORKBOOK:
                part.write_text(head + coding_yaml(codebook, filled), encoding="utf-8", newline="\n")
            case "docx" if instrument.instrument == CODING_WORKBOOK:
                write_word(coding_document(codebook, filled), part, schema, in_document(filled, codebook), notice)
            case "txt" if instrument.instrument == CODING_WORKBOOK:
                text = text_form(coding_document(codebook, filled), schema, in_document(filled, codebook))
                part.write_text(head + text, encoding="utf-8", newline="\n")
            case "xlsx":
                write_excel(instrument, part, schema, filled, known or {}, notice)
            case "docx":
                write_word(instrument, part, schema, filled, notice, rows_offered(known or {}))
            case _:
                form = yaml_form if format_ == "yaml" else text_form
                part.write_text(head + form(instrument, schema, filled), encoding="utf-8", newline="\n")


def read_form(
    path: Path,
    schema: Schema,
    *,
    name: str,
    report: Report,
    codebook: Codebook | None = None,
    instruments: InstrumentSet | None = None,
) -> FilledForm | None:
    """What was filled into a form, or None for a file that is no form of ours.

    ``codebook`` and ``instruments`` are the study's, where they are not those that are shipped.

    Of a form in which nothing is filled, nothing is said. Raises UnreadableFile for a file that cannot be read, and
    for a form of a newer version than this program's.
    """
    noticed: list[Problem] = []
    sparing = ProblemLimiter(noticed.append, Address(name), limit=_MOST_OF_A_KIND)
    known = instruments or shipped_instruments()
    try:
        form = _read(path, schema, codebook or shipped_codebook(), known, name, sparing)
    finally:
        sparing.finish()
    if form is not None and form.blank and all(problem.kind == "missing_value" for problem in noticed):
        noticed = []
    for problem in noticed:
        report(problem)
    return form


def _read(
    path: Path, schema: Schema, codebook: Codebook, known: InstrumentSet, name: str, report: Report
) -> FilledForm | None:
    found = _opened(path, schema, codebook, known, name, report)
    if found is None:
        return None
    identified, read_it = found
    return read_it(*_instrument(*identified, name, known))


def _opened(
    path: Path, schema: Schema, codebook: Codebook, known: InstrumentSet, name: str, report: Report
) -> tuple[_Identified, _ReadIt] | None:
    """What a file says it is, and how to read it; None for a file that is no form."""
    identified: _Identified | None = None
    read_it: _ReadIt
    noticed: list[Problem] = []  # said only of files that are forms: a team's letters and transcripts lie beside them
    suffix = path.suffix.lower()
    if suffix in _SHEETS:
        book = read_spreadsheet(path, name=name, report=report)
        identified = _of_book(book, known)

        def read_it(instrument: Instrument, version: int) -> FilledForm:
            if instrument.instrument == CODING_WORKBOOK:
                return read_coding_workbook(book, version, codebook, report)
            return read_excel(
                book,
                instrument,
                version,
                schema,
                own_words(instrument, schema),
                cell_comments(instrument, schema),
                report,
            )
    elif suffix in _YAML:
        root = read_yaml(path, name=name, report=report)
        identified = _of_yaml(root)

        def read_it(instrument: Instrument, version: int) -> FilledForm:
            if instrument.instrument == CODING_WORKBOOK:
                return read_coding_yaml(root, version, codebook, report)
            return read_yaml_form(root, instrument, version, schema, report)
    elif suffix in _WORD:
        titles = [title for each in (*known, coding_instrument()) for title in (each.title, *each.former)]
        blocks = word_blocks(path, name=name, report=noticed.append, own_words=titles)
        identified = _of_lines([block.words for block in blocks if isinstance(block, Paragraph)], known)
        if identified is None and only_pictures(blocks, noticed):
            report(scanned(name))

        def read_it(instrument: Instrument, version: int) -> FilledForm:
            for problem in noticed:
                report(problem)
            printed = _printed(instrument, codebook)
            words = [(block.words if isinstance(block, Paragraph) else "", block.place) for block in blocks]
            end = pasted_in(words, instrument, known, name, report)
            form = read_word(blocks[:end], printed, version, name, schema, own_words(printed, schema), report)
            return _coded(form, codebook, report)
    elif suffix in _TEXT:
        file = TextFile(path, name=name, report=noticed.append)
        identified = _of_lines(file.head(), known)

        def read_it(instrument: Instrument, version: int) -> FilledForm:
            lines = file.lines()
            for problem in noticed:
                report(problem)
            printed = _printed(instrument, codebook)
            end = pasted_in([(line, f"line {n}") for n, line in enumerate(lines, 1)], instrument, known, name, report)
            form = read_text_form(lines[:end], printed, version, name, schema, own_words(printed, schema), report)
            return _coded(form, codebook, report)

    return (identified, read_it) if identified else None


def _printed(instrument: Instrument, codebook: Codebook) -> Instrument:
    """The instrument as running text prints it."""
    return coding_document(codebook) if instrument.instrument == CODING_WORKBOOK else instrument


def _coded(form: FilledForm, codebook: Codebook, report: Report) -> FilledForm:
    return from_document(form, codebook, report) if form.instrument == CODING_WORKBOOK else form


def _of_book(book: Workbook, known: InstrumentSet) -> _Identified | None:
    """Instrument and version, from the document properties, else from the line at the head of the first sheet."""
    if INSTRUMENT_PROPERTY in book.properties:
        return book.properties[INSTRUMENT_PROPERTY], book.properties.get(VERSION_PROPERTY, "")
    cell = book.named_cell(INSTRUMENT_NAME)
    words = cell.text.split(" version ") if cell else []
    if len(words) == 2:
        return words[0], words[1]
    for sheet in book.sheets[:1]:
        words = sheet.cell("A2").text.split(" version ")
        if len(words) == 2 and _is_known(words[0], known):
            return words[0], words[1]
    return None


def _of_lines(lines: Sequence[str], known: InstrumentSet) -> _Identified | None:
    """Instrument and version from the line that says them, else from the instrument's title."""
    every = (*known, coding_instrument())
    titles = {comparable(title): each.instrument for each in every for title in (*each.former, each.title)}
    head = [line.strip() for line in lines if line.strip()][:_LOOKED_THROUGH]
    for line in head:
        match = _IDENTITY.fullmatch(line)
        if match and _is_known(match[1], known):
            return match[1], match[2]
    return next(((titles[comparable(line)], "") for line in head if comparable(line) in titles), None)


def _of_yaml(root: YamlNode) -> _Identified | None:
    form, version = root.get(FORM), root.get(VERSION)
    if form is None or not isinstance(form.value, str):
        return None
    return form.value, str(version.value) if version else ""


def _is_known(name: str, known: InstrumentSet) -> bool:
    return name in known.by_name or name == CODING_WORKBOOK


def _instrument(name: str, version: str, file: str, known: InstrumentSet) -> tuple[Instrument, int]:
    if not _is_known(name, known):
        message = f"This form belongs to an instrument called {name!r}, which this program does not have."
        remedy = (
            f"Its instruments are: {', '.join(known.names)}. {UPDATE}, if a newer one made the form; if it is an "
            "instrument of the study's own, put its definition into the folder `instruments`."
        )
        raise UnreadableFile(Problem("unknown_instrument", Address(file), message, remedy))
    instrument = known.get(name)
    version = version or str(instrument.version)
    if not re.fullmatch(r"[0-9]{1,9}", version):
        message = f"The form's version cannot be read; it says {version[:20]!r}."
        remedy = (
            f"Write {instrument.version} there, or copy the answers into a new blank form (`journeys forms {name}`)."
        )
        raise UnreadableFile(Problem("no_version", Address(file), message, remedy))
    if int(version) > instrument.version:
        message = f"This form is version {version}; this program reads up to version {instrument.version}."
        raise UnreadableFile(Problem("newer_form", Address(file), message, f"{UPDATE}."))
    return instrument, int(version)
