"""The demonstration study: invented, and said to be so in every file; written as readable text, handed out as forms.

Here lies the story as people read and change it: ``registers.yaml`` (who and what there is), ``forms/``,
``transcripts/``, ``tables/``, ``decisions/``.
A form's name says what it is handed out as: ``obs-R1.docx.yaml`` becomes a Word document. To tell another story, change
these files and run ``journeys new DIR --demo``. ``r1/`` is the same for the worked example R1, which is real.
"""

from __future__ import annotations

from pathlib import Path

import yaml

from journeys.demo.transcript_documents import write_transcript
from journeys.instruments.excel.row_decisions import write_row_decisions
from journeys.instruments.forms import read_form, write_form
from journeys.instruments.instrument_set import shipped_instruments
from journeys.instruments.registers import read_registers, write_registers
from journeys.instruments.summary_tables import shipped_summary_tables
from journeys.model.problems import JourneysError, Problem
from journeys.model.schema import Schema, load_schema

_HERE = Path(__file__).parent
INVENTED = "INVENTED"
_INVENTED_NOTICE = f"{INVENTED}. Nobody and nothing in this form exists."
_REAL_NOTICE = "Real: from public pages only. Each row names the page that says so."


def write_demo(folder: Path) -> None:
    """Write the invented study into a new, empty ``folder``: registers, forms and tables as a team would have them."""
    _write_study(_HERE, folder, _INVENTED_NOTICE, f"{INVENTED} ")


def write_example(folder: Path) -> None:
    """Write the worked example R1, a real journey told from public pages, into a new, empty ``folder``."""
    _write_study(_HERE / "r1", folder, _REAL_NOTICE, "")


def _write_study(story: Path, folder: Path, notice: str, prefix: str) -> None:
    """Every form and the registers bear the ``notice``; the names of forms and tables begin with ``prefix``."""
    schema = load_schema()
    folder.mkdir(parents=True, exist_ok=True)
    _copy(story / "study.yaml", folder / "study.yaml")
    _write_registers(story / "registers.yaml", folder / "registers.xlsx", schema, notice)
    for path in sorted((story / "forms").glob("*.yaml")):
        form = read_form(path, schema, name=path.name, report=_broken)
        if form is None:
            raise JourneysError(f"{path.name} of the demonstration study is not a form.")
        target = folder / "forms" / f"{prefix}{path.stem}"
        write_form(shipped_instruments().get(form.instrument), target, schema, filled=form, notice=notice)
    for path in sorted((story / "transcripts").glob("*.yaml")):
        write_transcript(path, folder / "forms" / f"{prefix}transcript {path.stem}.docx", notice)
    for path in sorted((story / "decisions").glob("*.yaml")):
        _write_decisions(path, folder / "decisions" / f"{path.stem}.xlsx", notice)
    for path in sorted((story / "tables").glob("*")):
        (folder / "tables").mkdir(exist_ok=True)
        _copy(path, folder / "tables" / f"{prefix}{path.name}")
    for path in sorted((story / "guides").glob("*.yaml")):
        (folder / "guides").mkdir(exist_ok=True)
        _copy(path, folder / "guides" / path.name)


def _write_registers(story: Path, target: Path, schema: Schema, notice: str) -> None:
    entries = read_registers(story, schema, name=story.name, report=_broken)
    rows = [{"sheet": e.sheet, **{column: given.text for column, given in e.values.items()}} for e in entries]
    write_registers(target, schema, rows, notice=notice)


def _write_decisions(story: Path, target: Path, notice: str) -> None:
    """Rows of the summary tables closed and reopened."""
    rows = shipped_summary_tables().rows
    lines = [{**line, "words": rows[line["row"]].text} for line in yaml.safe_load(story.read_text("utf-8"))]
    write_row_decisions(target, lines, notice=notice)


def _copy(source: Path, target: Path) -> None:
    target.write_text(source.read_text("utf-8"), encoding="utf-8", newline="\n")


def _broken(problem: Problem) -> None:
    raise JourneysError(f"The demonstration study is broken: {problem}")
