"""A sound file of each kind that the program reads, to be damaged; by its name in a study folder."""

from __future__ import annotations

import json
from pathlib import Path

import docx

from journeys.demo import write_demo
from journeys.instruments.forms import write_form
from journeys.instruments.instrument_set import shipped_instruments
from journeys.model.schema import load_schema
from tests.cli.test_import_council import FILES
from tests.cli.test_own_instruments import DOCUMENTS, GROUPS, LENS, STUDY, VOCABULARY
from tests.commands import run_here
from tests.hostile.study import QUERY
from tests.instruments.projects.dna_files import write_dna
from tests.instruments.projects.refi_files import NVIVO, coded

CODEBOOK = """\
extends: shipped
sheets: {4: {title: Race and ethnicity}, 11: {title: Digital}}
groups: {g11: {label: Screens, sheet: 11}}
codes:
  5.3: {label: Descriptions of services}
  6.17: {label: Social media, definition: Posts}
  11.1: {label: Apps, group: g11}
  6.13: {merged_into: 6.14}
  2.14: {retired: 2012-03-31, note: Too broad.}
"""
MARKS = (
    "The paper was contested by {{trace D07 contesters}} and is told by {{trace D07 sources}} sources.",
    "{{ask 16 site=Northtown | table}}",
    "{{analyse uses | count}}",
    "{{row T1-07 site=Northtown}}",
    "{{trace D07 summary}}",
)
"""Marks of a report; what they become is made from the store."""
ROWS = json.dumps([{"who": "AN", "did": "supported", "paper": "D07", "date": "2011", "words": "Yes."}] * 3)


def sound_files(folder: Path) -> dict[str, bytes]:
    """The files by their names. ``folder`` is a new one, to make them in."""
    demo = folder / "demo"
    write_demo(demo)
    found = {
        path.relative_to(demo).as_posix(): path.read_bytes()
        for part in ("forms", "tables", "decisions", "guides")
        for path in sorted((demo / part).rglob("*"))
        if path.is_file() and path.stat().st_size < 300_000
    }
    found |= {name: (demo / name).read_bytes() for name in ("study.yaml", "registers.xlsx")}
    for instrument in shipped_instruments():
        for format_ in instrument.formats:
            path = folder / f"blank.{format_}"
            write_form(instrument, path, load_schema())
            found[f"forms/{instrument.instrument}.{format_}"] = path.read_bytes()
    found |= _decisions(folder)
    found["fuzz.qdpx"] = coded(NVIVO).write(folder / "fuzz.qdpx").read_bytes()
    found["fuzz.dna"] = write_dna(folder / "fuzz.dna").read_bytes()
    found |= {f"{name}.json": json.dumps(content, indent=1).encode() for name, content in FILES.items()}
    texts = {
        "codebook.yaml": CODEBOOK,
        "instruments/documents.yaml": DOCUMENTS,
        "instruments/groups.yaml": GROUPS,
        "lens/study.yaml": STUDY + LENS + VOCABULARY,
        "cypher/own.cypher": QUERY.format("What there is", "names", "", ""),
        "tables/rows.json": ROWS,
        "reports/own.md": "# Report\n\n"
        + "\n\n".join(MARKS)
        + "\n\n| a | b |\n| --- | --- |\n| 1 | [x](https://a.b) |\n",
    }
    return found | {name: text.encode() for name, text in texts.items()} | {"reports/own.docx": _report(folder)}


def _report(folder: Path) -> bytes:
    document = docx.Document()
    document.add_heading("Report", 1)
    for mark in MARKS:
        document.add_paragraph(mark, style="List Bullet")
    table = document.add_table(2, 2)
    table.cell(1, 1).text = MARKS[0]
    document.save(str(folder / "own.docx"))
    return (folder / "own.docx").read_bytes()


def _decisions(folder: Path) -> dict[str, bytes]:
    """Workbooks of decisions other than those of the invented study."""
    demo = folder / "demo"
    for words in (["load"], ["merge", "--workbook"], ["report", "follow-ups", "-o", str(folder / "f.docx")]):
        run_here(words, demo, {})
    run_here(["compare", "-o", str(demo / "decisions" / "codings.xlsx")], demo, {})
    return {f"decisions/{path.name}": path.read_bytes() for path in sorted((demo / "decisions").glob("*.xlsx"))}
