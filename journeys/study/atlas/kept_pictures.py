"""Pictures of tables, kept in ``.journeys`` by what they show: a table that stays the same is not drawn again."""

from __future__ import annotations

import hashlib
import os
import pickle
import subprocess
import sys
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from functools import cache
from importlib.metadata import version
from pathlib import Path

from journeys.analysis.measures.table import MeasureTable
from journeys.interpret.folder import WORK_FOLDER
from journeys.model.private_files import write_private
from journeys.views import pictures, tokens
from journeys.views.pictures.charts.canvas import Href
from journeys.views.pictures.charts.figures import table_svg

_KEPT = "pictures"
_MOST = 2_000
"""More pictures than are kept; then the folder is emptied."""
_WORTH_A_PROCESS = 8
"""So many pictures take longer to draw than another process takes to start."""


@dataclass(frozen=True, slots=True)
class ToDraw:
    """A table of a measure, and the address of the sources of each row."""

    measure: str
    table: MeasureTable
    hrefs: tuple[str, ...]

    @property
    def name(self) -> str:
        """The name of the file of its picture, which follows from all that the picture shows."""
        held = self.table
        # The claims behind a row are in no picture.
        shown = (held.name, held.title, dict(held.columns), dict(held.n), held.method, held.notes)
        left = [(each.why, len(each.claims)) for each in held.left_out]
        said = repr((_way_of_drawing(), self.measure, shown, left, [row.values for row in held.rows], self.hrefs))
        return f"{hashlib.sha256(said.encode('utf-8', 'surrogatepass')).hexdigest()[:32]}.svg"

    def draw(self) -> str:
        """The picture, drawn now."""
        return table_svg(self.measure, self.table, lambda row: self.hrefs[row])


class KeptPictures:
    """The pictures that were drawn for a study."""

    def __init__(self, study: Path) -> None:
        """``study`` is the folder of the study."""
        self._folder = study / WORK_FOLDER / _KEPT

    def svg(self, measure: str, table: MeasureTable, href: Href) -> str:
        """The picture of a table as ``table_svg`` draws it: as it was kept, or drawn now and kept."""
        wanted = ToDraw(measure, table, tuple(map(href, range(len(table.rows)))))
        path = self._folder / wanted.name
        try:
            return path.read_bytes().decode("utf-8")
        except (OSError, ValueError):
            drawn = wanted.draw()
        _keep(path, drawn)
        return drawn

    def draw_ahead(self, wanted: Iterable[ToDraw]) -> None:
        """Draw the pictures that are not kept yet: where they are many, one half here and one in another process."""
        missing = [each for each in wanted if not (self._folder / each.name).is_file()]
        half = len(missing) // 2
        if len(missing) < _WORTH_A_PROCESS or (os.cpu_count() or 1) < 2:
            return  # each is drawn when its page is written
        with subprocess.Popen(
            [sys.executable, "-m", __name__, str(self._folder)], stdin=subprocess.PIPE, stderr=subprocess.DEVNULL
        ) as other:
            assert other.stdin
            try:
                # The process reads everything before it draws, so that nobody waits here.
                other.stdin.write(pickle.dumps(missing[:half]))
                other.stdin.close()
            except OSError:
                pass  # what it does not draw is drawn when its page is written
            _draw(self._folder, missing[half:])


def _draw(folder: Path, wanted: Sequence[ToDraw]) -> None:
    for each in wanted:
        _keep(folder / each.name, each.draw())


def _keep(path: Path, drawn: str) -> None:
    try:
        held = list(path.parent.glob("*.svg"))
        for old in held if len(held) >= _MOST else ():
            old.unlink(missing_ok=True)
        write_private(path, drawn)
    except (OSError, ValueError):
        pass  # it is drawn again next time


@cache
def _way_of_drawing() -> str:
    """A digest of the program's own drawing: what another version drew is not used."""
    digest = hashlib.sha256(version("matplotlib").encode())
    for file in sorted((*Path(pictures.__file__).parent.rglob("*.py"), *Path(tokens.__file__).parent.glob("*.py"))):
        digest.update(file.read_bytes())
    return digest.hexdigest()


if __name__ == "__main__":
    _draw(Path(sys.argv[1]), pickle.load(sys.stdin.buffer))
