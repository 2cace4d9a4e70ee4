"""The demonstration study: invented, and said to be so in every file; written as readable text, handed out as forms."""

from __future__ import annotations

from pathlib import Path

from journeys.instruments.definition import load_instrument
from journeys.instruments.forms import read_form, write_form
from journeys.instruments.registers import read_registers, write_registers
from journeys.model.problems import JourneysError, Problem
from journeys.model.schema import load_schema

_TEXT = Path(__file__).parent
_STUDY = """\
# INVENTED: a small study to try the program with. Nobody and nothing in it exists.
id: demo
title: Demonstration study (invented)
note: Invented. Nobody and nothing in this study exists.
researchers:
  - initials: XY
"""


def write_demo(folder: Path) -> None:
    """Write the invented study into a new, empty ``folder``: registers and forms as a team would have them."""
    schema = load_schema()
    folder.mkdir(parents=True, exist_ok=True)
    (folder / "study.yaml").write_text(_STUDY, encoding="utf-8", newline="\n")
    entries = read_registers(_TEXT / "registers.yaml", schema, name="registers.yaml", report=_broken)
    rows = [{"sheet": e.sheet, **{column: given.text for column, given in e.values.items()}} for e in entries]
    write_registers(folder / "registers.xlsx", schema, rows, title="INVENTED")
    for path in sorted((_TEXT / "forms").glob("*.yaml")):
        form = read_form(path, schema, name=path.name, report=_broken)
        if form is None:
            raise JourneysError(f"{path.name} of the demonstration study is no form.")
        target = folder / "forms" / f"INVENTED {path.stem}.xlsx"
        write_form(load_instrument(form.instrument), target, schema, filled=form)


def _broken(problem: Problem) -> None:
    raise JourneysError(f"The demonstration study is broken: {problem}")
