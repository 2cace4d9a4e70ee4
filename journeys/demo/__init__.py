"""The demonstration study: invented, and said to be so in every file; written as readable text, handed out as forms.

``registers.yaml`` and ``forms/*.yaml`` are the story, to be read and changed by people. A form's file name says what it
is handed out as: ``obs-R1.docx.yaml`` becomes a Word document.
"""

from __future__ import annotations

from pathlib import Path

from journeys.instruments.definition import load_instrument
from journeys.instruments.forms import read_form, write_form
from journeys.instruments.registers import read_registers, write_registers
from journeys.model.problems import JourneysError, Problem
from journeys.model.schema import load_schema

_HERE = Path(__file__).parent
NOTICE = "INVENTED. Nobody and nothing in this form exists."


def write_demo(folder: Path) -> None:
    """Write the invented study into a new, empty ``folder``: registers and forms as a team would have them."""
    _write_study(_HERE, folder, NOTICE, "INVENTED ")


def write_example(folder: Path) -> None:
    """Write the worked example R1, a real journey told from public pages, into a new, empty ``folder``."""
    _write_study(_HERE / "r1", folder, None, "")


def _write_study(story: Path, folder: Path, notice: str | None, prefix: str) -> None:
    schema = load_schema()
    folder.mkdir(parents=True, exist_ok=True)
    (folder / "study.yaml").write_text((story / "study.yaml").read_text("utf-8"), encoding="utf-8", newline="\n")
    entries = read_registers(story / "registers.yaml", schema, name="registers.yaml", report=_broken)
    rows = [{"sheet": e.sheet, **{column: given.text for column, given in e.values.items()}} for e in entries]
    write_registers(folder / "registers.xlsx", schema, rows, title=notice or "")
    for path in sorted((story / "forms").glob("*.yaml")):
        form = read_form(path, schema, name=path.name, report=_broken)
        if form is None:
            raise JourneysError(f"{path.name} of the demonstration study is no form.")
        target = folder / "forms" / f"{prefix}{path.stem}"
        write_form(load_instrument(form.instrument), target, schema, filled=form, notice=notice)


def _broken(problem: Problem) -> None:
    raise JourneysError(f"The demonstration study is broken: {problem}")
