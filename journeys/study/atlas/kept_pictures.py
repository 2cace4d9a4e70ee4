"""Pictures of tables, kept in ``.journeys`` by what they show: a table that stays the same is not drawn again."""

from __future__ import annotations

import hashlib
import os
import pickle
import subprocess
import sys
from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from functools import cache
from importlib.metadata import version
from pathlib import Path
from tempfile import TemporaryFile

from journeys.analysis.measures.table import MeasureTable
from journeys.interpret.folder import WORK_FOLDER
from journeys.model.own_process import look_seldom_for_memory, own_process
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
        path = self._path(wanted)
        try:
            return path.read_bytes().decode("utf-8")
        except (OSError, ValueError):
            drawn = wanted.draw()
        _keep(path, drawn)
        return drawn

    @contextmanager
    def drawn_beside(self, wanted: Iterable[ToDraw]) -> Iterator[Callable[[], None]]:
        """Have the pictures that are not kept yet drawn by another process during the block, where they are many.

        Gives a function that draws those that are still missing, from the last to the first, until it meets the other.
        """
        missing = [each for each in wanted if not self._path(each).is_file()]
        if len(missing) < _WORTH_A_PROCESS or (os.cpu_count() or 1) < 2:
            yield lambda: None  # each is drawn when its page is written
            return
        with TemporaryFile() as sent:  # not a pipe, which would keep us until the other process reads
            pickle.dump(missing, sent)
            sent.seek(0)
            command = own_process(__name__, str(self._folder))
            other = subprocess.Popen(command, stdin=sent, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
        try:
            yield lambda: _draw(self._folder, reversed(missing))
        finally:
            if other.poll() is None:
                other.terminate()
            other.wait()

    def _path(self, each: ToDraw) -> Path:
        return self._folder / each.name


def _draw(folder: Path, wanted: Iterable[ToDraw]) -> None:
    """Draw the pictures that are not there yet, until one cannot be kept."""
    for each in wanted:
        path = folder / each.name
        if not path.is_file():
            _keep(path, each.draw())
            if not path.is_file():
                return  # each is drawn when its page is written


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
    look_seldom_for_memory()
    _draw(Path(sys.argv[1]), pickle.load(sys.stdin.buffer))
