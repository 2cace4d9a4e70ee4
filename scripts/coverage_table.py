"""Measure where each place of each form arrives: in the graph, back in the form, on pages and in reports."""

from __future__ import annotations

import re
import tempfile
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from _marked_places import Place
from marked_study import COMPARED, REGISTERED, MarkedStudy

import journeys
from journeys.analysis.reading.record import Record
from journeys.analysis.reading.whole import WholeStudy
from journeys.instruments.answers import FilledForm, FilledRow
from journeys.instruments.files.cells import column_letters
from journeys.instruments.forms import read_form, write_form
from journeys.instruments.instrument_set import shipped_instruments
from journeys.interpret.study_reader import StudyReader
from journeys.model.code_keys import CODING_WORKBOOK
from journeys.model.problem_log import ProblemLog
from journeys.model.problems import Address, JourneysError, Severity
from journeys.model.progress import NoProgress
from journeys.model.schema import Schema, load_schema
from journeys.staging.database import Staging
from journeys.store.embedded.launcher import lease
from journeys.study.atlas.record_pages import RecordPages
from journeys.views.reading import heading_of, notes_of

REPORTS = (("journey", "Marked document"), ("case", "c1"), ("site", "north"), ("summary-tables", None),
           ("codebook", None), ("data-collection", "c1"), ("follow-ups", None), ("quality", None))  # fmt: skip
COMPARED_WITH = "compared with the registers"
_TITLES = {"summary_tables": "Summary tables", CODING_WORKBOOK: "Interview coding workbook"}
_HEAD = """\
# What becomes of each place in the forms

Every field, question, table column, code and row of the study's instruments: where it goes in the graph, in which
formats it comes back in its form, and where it is shown. This page is measured, not written: a mark is filled in at
each place, the study is loaded, and each mark is looked for (`python3 scripts/generate.py --coverage`). {count} places
in {forms} instruments.
"""


@dataclass(frozen=True, slots=True)
class Covered:
    """A place, and where it was found."""

    place: Place
    graph: tuple[str, ...]
    formats: tuple[str, ...]
    shown: tuple[str, ...]
    reports: tuple[str, ...]

    @property
    def said(self) -> bool:
        """Whether it is only compared, and `check` says where it differs."""
        return self.graph == (COMPARED_WITH,)


def measured() -> list[Covered]:
    """Write the marked study, load it into an embedded store, and look for each place."""
    schema = load_schema()
    marked = MarkedStudy(schema)
    with tempfile.TemporaryDirectory(ignore_cleanup_errors=True) as temporary:
        folder = Path(temporary) / "marked"
        marked.write(folder)
        graph = _Graph(folder, schema)
        formats = _formats(marked, schema, Path(temporary))
        study = journeys.open(folder)
        study.load()
        held = lease(study.folder.work)
        try:
            with study.store() as store:
                whole = WholeStudy.read(store, study.id, study.schema, study.instruments)
                pages = _pages(RecordPages.of(whole, study.folder.summary_tables(lambda problem: None).titles))
            reports = {kind: _words(study, kind, ref) for kind, ref in REPORTS}
        finally:
            held.release()
    return [
        Covered(
            place,
            graph.found(place),
            tuple(each for each, keys in formats[place.instrument].items() if place.key in keys or not place.key),
            _holding(pages, place),
            tuple(kind for kind, text in reports.items() if _has(text, place.shown)),
        )
        for place in marked.places
    ]


def pages_of(covered: Iterable[Covered]) -> Iterator[tuple[str, str]]:
    """The names and texts of the pages: a list of the instruments, and for each a table of its places."""
    rows = list(covered)
    by_instrument: dict[str, list[Covered]] = {}
    for each in rows:
        by_instrument.setdefault(each.place.instrument, []).append(each)
    lines = [_HEAD.format(count=f"{len(rows):,}", forms=len(by_instrument))]
    for name, mine in by_instrument.items():
        title = _TITLES.get(name) or shipped_instruments().get(name).title
        lines.append(f"- [{title}](coverage/{name}.md): {len(mine)} places")
        yield f"coverage/{name}.md", "\n".join(_table(title, mine)) + "\n"
    yield "coverage.md", "\n".join(lines) + "\n"


def _table(title: str, covered: Iterable[Covered]) -> Iterator[str]:
    yield f"# {title}: what becomes of each place\n"
    yield "Measured; see [what becomes of each place in the forms](../coverage.md).\n"
    yield "| in the form | in the graph | comes back from | shown on |"
    yield "| --- | --- | --- | --- |"
    part = ""
    for each in covered:
        if each.place.part != part:
            part = each.place.part
            yield f"| **{_plain(part)}** | | | |"
        graph = ", ".join(found if found == COMPARED_WITH else f"`{found}`" for found in each.graph)
        where = [f"page of: {', '.join(each.shown)}"] if each.shown else []
        where += [f"report: {', '.join(each.reports)}"] if each.reports else []
        where += ["check, where the two differ"] if each.said else []
        yield f"| {_plain(each.place.words)} | {graph} | {', '.join(each.formats)} | {'; '.join(where)} |"


def _plain(words: str) -> str:
    return " ".join(words.replace("|", "/").split())


class _Graph:
    """Everything that the forms of the study become, as it is staged."""

    def __init__(self, folder: Path, schema: Schema) -> None:
        opened, log = journeys.open(folder), ProblemLog()
        with Staging(folder.parent / "staged.sqlite", schema, opened.id) as staging:
            StudyReader(opened.folder, staging, log, NoProgress()).read()
            self._nodes = [(label, node.properties) for label, _ in staging.labels() for node in staging.nodes(label)]
            self._claims = [claim for group in staging.groups() for claim in staging.claims(group)]
        self._said = {each.address for each in log}
        wrong = [str(problem) for problem in log if problem.severity is Severity.ERROR]
        if wrong:
            raise JourneysError("\n".join(["The marked study has problems:", *wrong]))
        self._rows: dict[str, set[tuple[str, str, str]]] = {}
        for held in (*(held for _, held in self._nodes), *(claim.properties for claim in self._claims)):
            for value in held.values():
                for mark in re.findall(r"marked\d{4}", value) if isinstance(value, str) else ():
                    self._rows.setdefault(mark, set()).add(_row(held))
        self._ids: dict[str, set[str]] = {}
        for _, held in self._nodes:
            self._ids.setdefault(str(held["name"]), set()).add(str(held["id"]))

    def found(self, place: Place) -> tuple[str, ...]:
        """The properties and kinds of claims that hold what was written there."""
        if place.note == COMPARED:
            return (COMPARED_WITH,) if _cell_of(place) in self._said else ()
        wanted = {each for given in place.expected for each in self._meant(given)}
        texts = tuple(
            each for each in wanted if isinstance(each, str) and each.startswith("marked") and ":" not in each
        )
        found: dict[str, None] = {}
        file = f"forms/{_file_of(place)}"
        for label, held in self._nodes:
            if (place.note == REGISTERED or self._mine(held, file)) and self._in_row(held, place):
                found |= dict.fromkeys(
                    f"{label}.{name}"
                    for name, value in held.items()
                    if not _BOOKKEEPING.fullmatch(name) and _is(value, wanted, texts)
                )
        for claim in self._claims:
            held = claim.properties
            if not (self._mine(held, file) and self._in_row(held, place)):
                continue
            if claim.type in wanted:
                found[claim.type] = None
            for end in (claim.from_id, claim.to_id):
                if end in wanted:
                    found[claim.type] = None
            found |= dict.fromkeys(
                f"{claim.type}.{name}"
                for name, value in held.items()
                if not _BOOKKEEPING.fullmatch(name) and _is(value, wanted, texts)
            )
        found |= dict.fromkeys(self._ties(place, texts))
        if not found:  # what is only named there: the thing itself
            found |= dict.fromkeys(label for label, held in self._nodes if held["id"] in wanted)
        return tuple(sorted(found, key=_plainer))[:4]

    def _ties(self, place: Place, texts: tuple[str, ...]) -> Iterator[str]:
        """How a passage that is coded by the code of a place, or bears on its row, is tied to it."""
        kind, key = TIES.get(place.instrument, ""), place.row or place.key[-1]
        passages = {held["id"] for _, held in self._nodes if _is(held.get("text"), set(), texts)}
        for claim in self._claims:
            if claim.type == kind and claim.from_id in passages and claim.to_id.rpartition(":")[2] == key:
                yield f"{kind} {claim.to_label}"

    def _meant(self, given: object) -> Iterable[object]:
        if isinstance(given, str) and given.startswith("="):
            return self._ids.get(given[1:], set())
        return [given]

    @staticmethod
    def _mine(held: Mapping[str, Any], file: str) -> bool:
        return file in (held.get("files") or ()) or held.get("file") == file

    def _in_row(self, held: Mapping[str, Any], place: Place) -> bool:
        """Whether it is of the same row as the mark beside it; anything where there is none."""
        return not place.row or place.instrument == "summary_tables" or _row(held) in self._rows.get(place.row, ())


def _cell_of(place: Place) -> Address:
    """The cell of a place in a table, as a form about a case study has it in Excel."""
    _, table, number, column = place.key
    section = next(each for each in shipped_instruments().get(place.instrument).tables if each.id == table)
    letter = column_letters([each.id for each in section.columns].index(column))
    return Address(f"forms/{place.instrument}.xlsx", section.sheet, f"{letter}{int(number) + 2}")


TIES = {CODING_WORKBOOK: "CODED_AS", "summary_tables": "BEARS_ON"}
"""The claims by which passages are tied to the codes and rows that these list."""

_BOOKKEEPING = re.compile(r"id|name|study|search_words|content_hash|files?|cell|sheet|shown_as|.*_key|.*_title")


def _is(value: object, wanted: set[object], texts: tuple[str, ...]) -> bool:
    if isinstance(value, list):
        return any(_is(each, wanted, texts) for each in value)
    if isinstance(value, str):
        return value in wanted or any(text in value for text in texts)
    return isinstance(value, bool) and value in wanted


def _row(held: Mapping[str, Any]) -> tuple[str, str, str]:
    number = re.search(r"\d+", str(held.get("cell")))
    return str(held.get("file")), str(held.get("sheet")), number[0] if number else ""


def _plainer(name: str) -> tuple[bool, str]:
    return (not name.startswith("Extract."), name)


def _file_of(place: Place) -> str:
    form = {"summary_tables": "interview_sheet.xlsx", CODING_WORKBOOK: f"{CODING_WORKBOOK}.yaml"}
    return form.get(place.instrument, f"{place.instrument}.xlsx")


def _formats(marked: MarkedStudy, schema: Schema, folder: Path) -> dict[str, dict[str, set[tuple[str, ...]]]]:
    """For each instrument, by format, the keys of the places that come back as they were written."""
    found: dict[str, dict[str, set[tuple[str, ...]]]] = {}
    for name, form in marked.forms.items():
        instrument = shipped_instruments().get(name)
        wanted = _contents(form)
        found[name] = {}
        for format_ in instrument.formats:
            path = folder / f"{name}.{format_}"
            write_form(instrument, path, schema, filled=form)
            read = read_form(path, schema, name=path.name, report=lambda problem: None)
            there = _contents(read) if read else {}
            found[name][format_] = {key for key, words in wanted.items() if there.get(key) == words}
    found["summary_tables"] = found["interview_sheet"]
    found[CODING_WORKBOOK] = _coded_formats(marked, schema, folder)
    return found


def _coded_formats(marked: MarkedStudy, schema: Schema, folder: Path) -> dict[str, set[tuple[str, ...]]]:
    instrument = shipped_instruments().get(CODING_WORKBOOK)
    first = folder / "coded.yaml"
    first.write_text(marked.codings, encoding="utf-8")
    form = read_form(first, schema, name=first.name, report=lambda problem: None)
    assert form is not None
    found: dict[str, set[tuple[str, ...]]] = {}
    for format_ in instrument.formats:
        path = folder / f"again.{format_}"
        write_form(instrument, path, schema, filled=form)
        read = read_form(path, schema, name=path.name, report=lambda problem: None)
        text = repr(read)
        found[format_] = {p.key for p in marked.places if p.instrument == CODING_WORKBOOK and p.shown in text}
    return found


def _contents(form: FilledForm) -> dict[tuple[str, ...], str]:
    held: dict[tuple[str, ...], str] = {("header", name): cell.text for name, cell in form.header.items()}
    for answer in form.answers:
        key = ("answer", answer.field, answer.ask or "", answer.scope)
        if answer.given:
            held[key] = answer.given.text
        for part in ("place", "sources", "codes", "bears_on"):
            if cell := getattr(answer, part):
                held[(*key, part)] = cell.text
    tables: dict[tuple[str, ...], tuple[FilledRow, ...]] = {
        **{("table", name): rows for name, rows in form.tables.items()},
        ("rows",): form.claim_rows,
    }
    for start, rows in tables.items():
        for number, row in enumerate(rows):
            held |= {(*start, str(number), column): cell.text for column, cell in row.values.items()}
    return held


def _pages(pages: RecordPages) -> list[tuple[str, str, str]]:
    """The kind, the name and all words of each page."""
    return [(page.record.kind, page.record.subject.name, _page_words(page.record)) for page in pages.pages]


def _page_words(record: Record) -> str:
    words = [record.title]
    for entry in record.walk():
        words += [heading_of(entry, record.subject), entry.text, entry.speaker or "", *notes_of(entry)]
    return "\n".join(words)


def _holding(pages: Iterable[tuple[str, str, str]], place: Place) -> tuple[str, ...]:
    """The kinds of pages that show what was written; not the page of the very thing that was named."""
    beside = place.row if place.instrument != "summary_tables" else ""
    kinds = [
        kind.lower()
        for kind, name, words in pages
        if name != place.shown and _has(words, place.shown) and (not beside or beside in words)
    ]
    return tuple(dict.fromkeys(kinds))[:3]


def _has(text: str, words: str) -> bool:
    return re.search(rf"(?<!\w){re.escape(words)}(?!\w)", text, re.IGNORECASE) is not None


def _words(study: Any, kind: str, ref: str | None) -> str:
    """All words of a report, as its page has them."""
    page = str(study.output(study.report(kind, ref)).others["html"]())
    return re.sub(r"<[^>]+>", " ", page.split("<main", 1)[1])
