"""What an import brought in, and what it did not, for the terminal."""

from __future__ import annotations

from typing import TYPE_CHECKING

from rich.console import Group, RenderableType
from rich.text import Text

from journeys.model.phrases import counted
from journeys.views.terminal.fitting_table import FittingTable
from journeys.views.text import sanitized

if TYPE_CHECKING:
    from journeys.instruments.projects.project import Tally
    from journeys.interpret.projects.imported import Imported

_NAMED = 5


def import_view(made: Imported) -> RenderableType:
    """Where the project is now, what of it was taken and what not, and what changed since the last version."""
    project, listed = made.project, made.listed
    program = f" ({project.program})" if project.program else ""
    lines = [f"{listed.file}: the project {project.name!r}{program} has {made.held or 'nothing in it'}."]
    lines += [f"{problem.message} {problem.remedy}".strip() for problem in project.problems]
    if made.changed is not None:
        words = "; ".join(filter(None, (each.words for each in made.changed)))
        lines.append(f"It takes the place of the version before. Since then: {words or 'nothing changed'}.")
    known = sum(not each.own for each in listed.codes.values())
    if known:
        lines.append(
            f"{counted(known, 'code')} {'is a code' if known == 1 else 'are codes'} that the study has already."
        )
    if made.alike:
        pairs = "; ".join(f"{name!r} and {shown!r}" for name, shown in made.alike[:_NAMED])
        more = f"; and {len(made.alike) - _NAMED} more" if len(made.alike) > _NAMED else ""
        lines.append(
            f"These may be the same code: {pairs}{more}. If they are, write the key of the codebook's code under `key` "
            f"in {listed.name}."
        )
    return Group(*(Text(sanitized(line)) for line in lines), loss_report(project.tally), Text(_where(made)))


def _where(made: Imported) -> str:
    losses = made.project.tally.losses
    each = f" {made.losses.name} beside it lists {counted(len(losses), 'loss')} one by one." if losses else ""
    return f"What each code and source is in this study stands in {made.listed.name}.{each}"


def loss_report(tally: Tally) -> RenderableType:
    """What was taken of a project, counted by element, then what was changed or left out and why."""
    taken = ", ".join(f"{number:,} {element}" for element, number in tally.taken.items() if number > 0)
    parts: list[RenderableType] = [Text(f"Taken: {sanitized(taken)}." if taken else "Nothing was taken.")]
    counts = tally.counts()
    if not counts:
        return Group(*parts, Text("Everything in the file was taken."))
    ordered = sorted(counts, key=lambda each: (each[1] != "not taken", each[0]))
    rows = [(element, f"{number:,}", fate, why) for element, fate, why, number in ordered]
    table = FittingTable(("element", "number", "what became of it", "why"), rows)
    left = sum(number for _, fate, _, number in counts if fate == "not taken")
    changed = sum(number for _, fate, _, number in counts) - left
    said = f"{counted(left, 'element')} not taken, {changed:,} taken in another form."
    return Group(*parts, table, Text(said))
