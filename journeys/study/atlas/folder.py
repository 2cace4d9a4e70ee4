"""The folder of an atlas: pages are written into it, but those that would be the same again."""

from __future__ import annotations

import contextlib
import json
from collections.abc import Callable, Collection, Iterable, Mapping
from dataclasses import dataclass, replace
from pathlib import Path
from pickle import PicklingError
from typing import Any

from journeys.model.exports import MADE_BY
from journeys.model.private_files import write_private
from journeys.study.atlas.digests import Digests
from journeys.study.atlas.unchanged import kept_file
from journeys.views.pages.frame import PageFrame, Targets
from journeys.views.render import write_page
from journeys.views.shared_files import FOLDER as SHARED
from journeys.views.shared_files import SharedFiles


@dataclass(frozen=True, slots=True)
class _Made:
    """A page that was made: the digest of what from, the file as it was then, and the shared files that it uses."""

    digest: str
    size: int
    time: int
    shared: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class PagesMade:
    """What another process wrote into the folder of an atlas: what each page was made from, and the files."""

    pages: Mapping[str, _Made]
    written: Collection[str]
    shared: Mapping[str, str]
    number: int


class AtlasFolder:
    """The folder of an atlas, and what each page in it was made from.

    A page whose data, links and frame are the same as when it was made, in the same way, is not made again: the file
    that is there is kept, unless somebody changed it. What was known is kept in ``.journeys``.
    """

    def __init__(self, path: Path, targets: Targets, way: str, work: Path | None = None) -> None:
        """``targets`` are where names lead, ``way`` is how pages are made (``way_of_making``); ``work`` is the folder
        ``.journeys``, None for an atlas of which nothing is kept."""
        self.path = path
        self.beginning = (path, targets, way, work)
        """What another process makes the same folder from, to write other pages into it."""
        self.shared = SharedFiles()
        self.made = 0
        """The number of pages that were made and not kept."""
        self.written: set[str] = set()
        """The files of the atlas, by their places in its folder."""
        self._digests, self._way = Digests(targets), way
        self._file = kept_file(work, path, ".json") if work else None
        self._before = _read(self._file, way) if self._file else {}
        self._now: dict[str, _Made] = {}
        self._whole: dict[str, bool] = {}
        self._asked: dict[str, str] = {}

    def page(self, href: str, make: Callable[..., str], /, *shown: object, frame: PageFrame, **more: object) -> None:
        """Write the page ``make(*shown, frame=frame, **more)``, unless it would be the same again.

        It must depend on nothing but these and the way of making; functions among ``more`` count by their names.
        Raises OSError.
        """
        self.written.add(href)
        digest = self._asked.pop(href, None) or self._digest(make, shown, frame, more)
        known = self._kept(href, digest)
        if known is None:
            self.made += 1
            self.shared.used.clear()
            text = make(*shown, frame=frame, **more)
            write_page(self.path / href, text)
            held = (self.path / href).stat()
            known = _Made(digest, held.st_size, held.st_mtime_ns, tuple(sorted(self.shared.used)))
        self.written.update(known.shared)
        self._now[href] = known

    def is_kept(self, href: str, make: Callable[..., str], /, *shown: object, frame: PageFrame, **more: object) -> bool:
        """Whether ``page``, which must then be called with the same, will keep the file that is there."""
        self._asked[href] = self._digest(make, shown, frame, more)
        return self._kept(href, self._asked[href]) is not None

    def text(self, href: str, text: str) -> None:
        """Write a file that is made each time. Raises OSError."""
        self.written.add(href)
        write_page(self.path / href, text)

    @property
    def made_so_far(self) -> PagesMade:
        """The pages of this folder that were made or kept so far, to be handed to the process that finishes it."""
        return PagesMade(self._now, self.written, self.shared.files, self.made)

    def add(self, other: PagesMade) -> None:
        """Take the pages that another process wrote as written."""
        self._now.update(other.pages)
        self.written.update(other.written)
        self.shared.files.update(other.shared)
        self.made += other.number

    def finish(self, folders: Iterable[str]) -> None:
        """Write the shared files, remove the pages of an earlier atlas that are no longer made, and keep what each
        page was made from. ``folders`` are those of an atlas; only files that say that they are ours are removed.
        """
        for name, text in self.shared.files.items():
            self.text(name, text)
        _clear(self.path, folders, self.written)
        if self._file:
            held = {href: [made.digest, made.size, made.time, made.shared] for href, made in self._now.items()}
            _keep(self._file, json.dumps({"way": self._way, "pages": held}, separators=(",", ":")))

    def _digest(self, make: Callable[..., str], shown: object, frame: PageFrame, more: dict[str, Any]) -> str:
        # Where links lead is in the digest of what names them, and the shared files follow from the page.
        around = replace(frame, targets=Targets(up=frame.targets.up), shared=None)
        try:
            return self._digests.of(make, shown, around, more)
        except (PicklingError, TypeError, AttributeError):
            return ""  # nobody knows what it is made from: it is made each time

    def _kept(self, href: str, digest: str) -> _Made | None:
        known = self._before.get(href)
        if known is None or not digest or known.digest != digest:
            return None
        try:
            held = (self.path / href).stat()
        except OSError:
            return None
        same = (held.st_size, held.st_mtime_ns) == (known.size, known.time)
        return known if same and all(map(self._is_whole, known.shared)) else None

    def _is_whole(self, shared: str) -> bool:
        """Whether a shared file is there as it was written: its name follows from what it says."""
        if shared not in self._whole:
            self._whole[shared] = self.shared.is_whole(self.path, shared)
        return self._whole[shared]


def _read(file: Path, way: str) -> dict[str, _Made]:
    """What is known of pages that were made in this way; nothing where that cannot be read."""
    try:
        held = json.loads(file.read_bytes())
        if held["way"] != way:
            return {}
        return {
            href: _Made(str(digest), int(size), int(time), tuple(map(str, shared)))
            for href, (digest, size, time, shared) in held["pages"].items()
        }
    except (OSError, ValueError, TypeError, KeyError, AttributeError):
        return {}


def _keep(file: Path, text: str) -> None:
    with contextlib.suppress(OSError):  # else all pages are made next time
        write_private(file, text)


def _clear(folder: Path, folders: Iterable[str], made: Collection[str]) -> None:
    """Remove the pages of an earlier atlas but those ``made`` now: only files that say that they are pages of ours."""
    pages = [page for name in folders for page in folder.glob(f"{name}/*.html")]
    for path in (*pages, *folder.glob("search/*.js"), *folder.glob(f"{SHARED}/*.js")):
        if path.relative_to(folder).as_posix() in made:
            continue
        if MADE_BY in path.read_text(encoding="utf-8", errors="replace"):
            path.unlink()
