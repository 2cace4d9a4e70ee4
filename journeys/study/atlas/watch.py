"""Pages that follow the forms: whenever a file of the study changes, it is loaded, and the pages are written again."""

from __future__ import annotations

import hashlib
import time
from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager
from pathlib import Path
from typing import TYPE_CHECKING, Protocol, Self

from journeys.interpret.check import ProblemsFound
from journeys.interpret.kept.marks import looks_of
from journeys.model.exports import MADE_BY
from journeys.model.phrases import counted
from journeys.model.problems import JourneysError, Severity
from journeys.model.progress import NoProgress
from journeys.study.access import StudyAccess
from journeys.study.atlas.pages import write_atlas
from journeys.views.render import json_script, write_page

if TYPE_CHECKING:
    from journeys.interpret.folder import StudyFolder
    from journeys.model.privacy import Profile
    from journeys.store.connection import Store

LOOK, SETTLE = 1.0, 0.4
"""How many seconds pass between two looks at the files, and how long a file has to stay the same before it is read."""


class Watched(StudyAccess, Protocol):
    """A study that can be loaded and read anew."""

    def store(self, *, any_shape: bool = False) -> AbstractContextManager[Store]:
        """The study's store, open for the block, whichever version filled it with ``any_shape``."""

    def load(self) -> object:
        """Bring the store up to date with the files."""

    def again(self, store: Store) -> Self:
        """The same study with its settings read anew, in a store that is open."""


_Seen = tuple[tuple[str, int, int], ...]


def watch(
    study: Watched,
    folder: Path,
    tell: Callable[[str], None],
    *,
    profile: Profile = "internal",
    wait: Callable[[float], None] = time.sleep,
) -> Iterator[Path]:
    """Write the atlas of a study, and write it again whenever its files change; yields the first page each time.

    Where a form has problems, nothing is loaded and the pages that are there say so. ``tell`` is told what happens,
    ``wait`` waits for some seconds. The store stays open all the time. Raises OSError, StoreUnavailable.
    """
    with study.store(any_shape=True) as store:
        while True:
            seen = _settled(study.folder, folder, wait)
            began = time.monotonic()
            # study.yaml, the codebook or an instrument may have changed too.
            study = study.again(store)
            said = _load(study)
            if said:
                tell(said)
            yield _write(study, folder, profile, said)
            tell(f"The pages were written in {time.monotonic() - began:.1f} seconds. Waiting for changes; Ctrl+C ends.")
            while _files(study.folder, folder) == seen:
                wait(LOOK)


def _load(study: Watched) -> str:
    """Load what changed; in a sentence, why that was not possible."""
    try:
        study.load()
    except ProblemsFound as found:
        number = found.result.problems.count(Severity.ERROR)
        return f"The forms have {counted(number, 'problem')}: run `journeys check`. Pages show the data as last loaded."
    except JourneysError as error:
        return f"The forms were not loaded: {error} Pages show the data as last loaded."
    return ""


def _write(study: Watched, folder: Path, profile: Profile, said: str) -> Path:
    first = write_atlas(study, folder, NoProgress(), profile=profile, live=True)
    digest = hashlib.sha256()
    for page in sorted(folder.rglob("*.html")):
        digest.update(page.read_bytes())
    version = json_script(digest.hexdigest()[:16])
    # Written last: a page that finds a new version finds all of it.
    write_page(folder / "live" / "version.js", f"/* {MADE_BY} */\njourneysLive({version}, {json_script(said)});\n")
    return first


def _settled(folder: StudyFolder, written: Path, wait: Callable[[float], None]) -> _Seen:
    """The files once they stay the same: a program that is saving a form has come to its end."""
    seen = _files(folder, written)
    while True:
        wait(SETTLE)
        now = _files(folder, written)
        if now == seen:
            return seen
        seen = now


def _files(folder: StudyFolder, written: Path) -> _Seen:
    """How each file of the study looks; not those that the program or an office program writes beside them."""
    while True:
        try:
            return tuple(look for look in looks_of(folder) if not _is_beside(Path(look[0]), folder.path, written))
        except FileNotFoundError:
            continue  # gone while we looked


def _is_beside(file: Path, study: Path, written: Path) -> bool:
    hidden = any(part.startswith((".", "~$")) for part in file.relative_to(study).parts)
    return hidden or file.is_relative_to(written)
