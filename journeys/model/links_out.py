"""Nothing is written through a symbolic link that leads out of a study folder: somebody else may have laid it there."""

from __future__ import annotations

import os
from pathlib import Path

from journeys.model.problems import JourneysError
from journeys.model.study_names import STUDY_FILE


class LinkInTheWay(JourneysError):
    """A file cannot be written, because a symbolic link would take it somewhere else."""


def refuse_links_out(path: Path) -> None:
    """Raise LinkInTheWay where ``path``, a file or folder that is to be written, lies in a study folder and a symbolic
    link takes it out of that. A file may be written anywhere else, and in a study by way of links inside it."""
    here = Path(os.path.abspath(path))  # noqa: PTH100 - Path has no such method: resolve() follows links
    real = os.path.realpath(here)
    for study in here.parents:
        # Not only the nearest: what a link leads to may have a study.yaml too.
        if (study / STUDY_FILE).is_file() and not Path(real).is_relative_to(os.path.realpath(study)):
            raise LinkInTheWay(
                f"{_link(here, study)} is a symbolic link that leads out of the study folder. Nothing was written "
                "through it. Put the file or folder itself there, or remove the link."
            )


def refuse_links_in(work: Path) -> None:
    """Raise LinkInTheWay where the folder for the store is a symbolic link, or holds one: the program makes none."""
    if work.is_symlink():
        raise _not_ours(work)
    for above, folders, files in os.walk(work):
        for name in (*folders, *files):
            if (path := Path(above, name)).is_symlink():
                raise _not_ours(path)


def _not_ours(link: Path) -> LinkInTheWay:
    return LinkInTheWay(
        f"{link} is a symbolic link. Nothing was read or written through it. Remove it, and run the command again: "
        "what is missing is made again from your forms."
    )


def _link(path: Path, study: Path) -> Path:
    """The first link on the way from a study folder to a path in it."""
    inside = path.relative_to(study).parts
    ways = (study.joinpath(*inside[: number + 1]) for number in range(len(inside)))
    return next((way for way in ways if way.is_symlink()), path)
