"""Write the documentation site into a folder: ``python3 scripts/docs_site.py [FOLDER]`` (else into ``docs-site``).

The site is a folder of pages that open in any browser from the disk, search included; no page asks a server for
anything, and building it needs no network once ``.venv`` is there. Any warning ends it with 1: a link to a page or
heading that is not there, a page that no table of contents names. ``docs/conf.py`` holds the settings.
"""

from __future__ import annotations

import sys
import tempfile
from pathlib import Path

import _venv

SOURCE = _venv.CHECKOUT / "docs"
_OURS = ".buildinfo"
"""A file by which a folder is known as a site that was written before."""


def main(arguments: list[str]) -> int:
    folder = chosen(arguments)
    _venv.enter(development=True)
    code = written(folder)
    if code == 0:
        print(f"The documentation is in {folder / 'index.html'}")
    return code


def chosen(arguments: list[str]) -> Path:
    """The folder to write into; ends with a message where that would mix the site with something else."""
    if len(arguments) > 1 or any(each.startswith("-") for each in arguments):
        sys.exit("Usage: python3 scripts/docs_site.py [FOLDER]")
    folder = Path(*arguments or ["docs-site"]).resolve()
    if folder.exists() and not (folder.is_dir() and (not any(folder.iterdir()) or (folder / _OURS).is_file())):
        sys.exit(f"{folder} holds something else. Name a new folder, or one that the site was written to before.")
    return folder


def written(folder: Path) -> int:
    """Write the site; 0, or 1 after a warning or an error, which are printed."""
    from sphinx.cmd.build import build_main

    with tempfile.TemporaryDirectory() as trees:
        strict = ["--fail-on-warning", "--keep-going", "--quiet", "--fresh-env"]
        return int(build_main([*strict, "-b", "html", "-d", trees, str(SOURCE), str(folder)]))


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
