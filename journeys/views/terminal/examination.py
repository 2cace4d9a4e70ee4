"""What works on this machine, for a terminal."""

from __future__ import annotations

from collections.abc import Iterator

from rich.console import Group, RenderableType
from rich.padding import Padding
from rich.text import Text

from journeys.model.examination import Examination
from journeys.views.text import sanitized

_STATES = {"works": ("works", "green"), "missing": ("not there", "yellow"), "fails": ("fails", "bold red")}
_WIDTH = max(len(words) for words, _ in _STATES.values()) + 2


def examination_view(found: Examination) -> RenderableType:
    """Each thing that was tried in a line, and below it what to do where it does not work."""
    return Group(*_lines(found))


def _lines(found: Examination) -> Iterator[RenderableType]:
    for each in found.results:
        words, style = _STATES[each.state]
        yield Text.assemble((words.ljust(_WIDTH), style), (each.what, "bold"), f": {sanitized(each.seen)}")
        if each.remedy:
            yield Padding(Text(sanitized(each.remedy)), (0, 0, 0, _WIDTH))
    yield Text()
    yield Text("Everything that is needed works." if found.sound else "Something that is needed does not work.")
