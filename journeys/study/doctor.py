"""What works on this machine, and how to mend the rest: each thing is tried, not only looked for."""

from __future__ import annotations

import os
import platform
import shutil
import subprocess
import sys
import time
import webbrowser
from collections.abc import Callable, Iterator, Mapping
from importlib import metadata
from pathlib import Path
from typing import Any

from packaging.requirements import Requirement

from journeys.instruments.files.libreoffice import PROGRAM_VARIABLE, find_libreoffice
from journeys.interpret.folder import SCRATCH, STUDY_VARIABLE, nearest_study
from journeys.model.examination import Examination, Examined
from journeys.model.problems import JourneysError
from journeys.model.unfinished import scratch_folder
from journeys.store.connection import connect
from journeys.store.settings import PASSWORD_VARIABLE, StoreSettings, resolve
from journeys.study.output import Output
from journeys.study.study import Study

_SECONDS = 30
_LEAST_SPACE = 500_000_000
"""Bytes that a store of a hundred thousand claims and its pages may take."""
_SYNCED = ("onedrive", "dropbox", "google drive", "googledrive", "icloud", "nextcloud", "box sync")
_PROGRAM = "evidence-journeys"
_EXTRAS = {
    "archive": "to export an archive (crate, prov) and verify one",
    "jupyter": "for notebooks",
    "pandas": "for tables in pandas",
    "polars": "for tables in polars",
}
"""What the optional parts of the program are for."""
_LETTERS = (
    '<svg xmlns="http://www.w3.org/2000/svg" width="40" height="20">{}</svg>',
    '<text x="2" y="15" font-family="Segoe UI, Helvetica Neue, Arial, Liberation Sans, sans-serif">Ag</text>',
)


def examine(path: Path | None = None, *, environ: Mapping[str, str] = os.environ, **server: str | None) -> Examination:
    """Try everything that the program needs or can use on this machine, and the folder and server of a study.

    The study is that in ``path``, else the nearest upwards; ``server`` is what ``Study.open`` takes. Nothing of it is
    changed. Where there is none, the server that ``server`` or the environment names is tried.
    """
    return Examination(tuple(_everything(path, server, environ)))


def examination_output(found: Examination) -> Output:
    """How an examination can be written."""
    from journeys.views.tables import json_text
    from journeys.views.terminal.examination import examination_view

    return Output("An examination", lambda: examination_view(found), {"json": lambda: json_text(found.as_dict())})


def _everything(path: Path | None, server: Mapping[str, Any], environ: Mapping[str, str]) -> Iterator[Examined]:
    yield Examined("Python", "works", f"{platform.python_version()} on {platform.system()} {platform.machine()}")
    yield _engine()
    try:
        study = Study.open(path, **server) if path or environ.get(STUDY_VARIABLE) or nearest_study(Path.cwd()) else None
    except JourneysError as error:
        study = None
        yield Examined("Study folder", "fails", str(error))
    else:
        yield _folder(study)
    yield _server(study, server, environ)
    yield _libreoffice(environ)
    yield _browser()
    yield _fonts()
    yield _yaml()
    yield from _extras()


def _ask(settings: StoreSettings) -> None:
    """Ask a store something; an embedded one is made in a folder of its own."""
    with (
        scratch_folder("journeys-doctor-") as folder,
        connect(settings, folder) as store,
    ):
        store.read("RETURN 1 AS one")


def _engine() -> Examined:
    """The embedded engine is started in a folder of its own, and asked something."""
    what, begun = "Embedded store", time.monotonic()
    try:
        _ask(StoreSettings())
    except (JourneysError, OSError) as error:
        limit = _address_space()
        seen = f"{error} It was tried {limit}." if limit else str(error)
        mend = "Lift that limit (`ulimit -v unlimited`, or ask whoever set it)." if limit else ""
        other = "" if "server" in str(error) else "A Neo4j server can hold the study instead: name it with --uri."
        return Examined(what, "fails", seen, " ".join(filter(None, (mend, other))))
    limit = _address_space()
    return Examined(what, "works", f"started in {time.monotonic() - begun:.1f} seconds{f', {limit}' if limit else ''}")


def _address_space() -> str:
    """How much of the address space a process may use, where that is limited: the engine needs several gigabytes."""
    if sys.platform == "win32":
        return ""
    import resource

    limit, _ = resource.getrlimit(resource.RLIMIT_AS)
    return "" if limit == resource.RLIM_INFINITY else f"with an address space limited to {limit / 1e9:.1f} GB"


def _server(study: Study | None, server: Mapping[str, Any], environ: Mapping[str, str]) -> Examined:
    try:
        settings = study.settings if study else resolve({}, environ=environ, **server)
    except JourneysError as error:
        return Examined("Neo4j server", "fails", str(error), "Correct NEO4J_URI, or remove it.")
    if settings.uri is None:
        return Examined("Neo4j server", "missing", "none is named, so the embedded store is used")
    what = f"Neo4j server {settings.uri}"
    try:
        _ask(settings)
    except JourneysError as error:
        password = "" if settings.password else f"No password is set: put it into {PASSWORD_VARIABLE}."
        return Examined(what, "fails", str(error), password)
    return Examined(what, "works", f"answers {settings.user}")


def _folder(study: Study | None) -> Examined:
    if study is None:
        return Examined("Study folder", "missing", "this folder is in no study", "`journeys new my-study` makes one.")
    path = study.folder.path
    try:
        with scratch_folder(SCRATCH, study.folder.work):
            pass
    except OSError as error:
        why = error.strerror or type(error).__name__
        return Examined(
            "Study folder", "fails", f"{path} cannot be written to ({why})", "Copy it to a folder of yours."
        )
    free = shutil.disk_usage(path).free
    if free < _LEAST_SPACE:
        return Examined("Study folder", "fails", f"only {free / 1e6:,.0f} MB are free on its disk", "Make room there.")
    synced = next((name for name in _SYNCED if name in str(path).casefold()), None)
    if synced is not None:
        seen = f"{path} seems to be synchronised with other machines"
        return Examined("Study folder", "works", seen, "Pause that while you load, or keep the study elsewhere.")
    return Examined("Study folder", "works", f"{path}, {free / 1e9:,.0f} GB free")


def _libreoffice(environ: Mapping[str, str]) -> Examined:
    what, program = "LibreOffice", find_libreoffice(environ)
    without = "Forms saved as .doc, .xls, .odt or .rtf cannot be read without it. Install it from libreoffice.org."
    if program is None:
        return Examined(what, "missing", "not found", f"{without} Elsewhere? Name it in {PROGRAM_VARIABLE}.")
    try:
        said = subprocess.run(
            [program, "--version"], capture_output=True, encoding="utf-8", errors="replace", timeout=_SECONDS
        )
    except (OSError, subprocess.SubprocessError) as error:
        return Examined(what, "missing", f"{program} does not start ({type(error).__name__})", without)
    version = " ".join(said.stdout.split()[:2]) or "LibreOffice"
    return Examined(what, "works", f"{version}, {program}")


def _browser() -> Examined:
    try:
        found = webbrowser.get()
    except webbrowser.Error:
        seen = "none that this program could open"
        return Examined("Browser", "missing", seen, "Open pages by hand; any browser shows them.")
    return Examined("Browser", "works", str(getattr(found, "name", "") or type(found).__name__))


def _fonts() -> Examined:
    """Letters in PNG pictures of maps come from the fonts of the machine: are there any?"""
    import resvg_py

    frame, letters = _LETTERS
    drawn = [bytes(resvg_py.svg_to_bytes(svg_string=frame.format(text))) for text in ("", letters)]
    if drawn[0] == drawn[1]:
        remedy = "PNG pictures of maps have no words here: install a font, such as Liberation Sans, or write SVG."
        return Examined("Fonts", "missing", "none found", remedy)
    return Examined("Fonts", "works", "letters are drawn in PNG pictures")


def _yaml() -> Examined:
    import yaml

    fast: Callable[..., Any] | None = getattr(yaml, "CSafeLoader", None)
    if fast is None:
        return Examined("YAML", "missing", "read without libyaml, which is slower", "Nothing has to be done.")
    return Examined("YAML", "works", "read with libyaml")


def _extras() -> Iterator[Examined]:
    """The optional parts that the installed program names: are the libraries of each there?"""
    try:
        program = metadata.distribution(_PROGRAM)
    except metadata.PackageNotFoundError:
        return
    for extra in sorted(program.metadata.get_all("Provides-Extra") or ()):
        needed = [each for text in program.requires or () if _belongs(each := Requirement(text), extra)]
        lacking = [each.name for each in needed if not _installed(each)]
        what = f"Extra {extra!r}"
        if lacking:
            seen = f"{', '.join(lacking)} not installed, needed {_EXTRAS.get(extra, 'by some commands')}"
            yield Examined(what, "missing", seen, f'`pip install "{_PROGRAM}[{extra}]"`, if you want that.')
        else:
            yield Examined(what, "works", f"installed, {_EXTRAS.get(extra, 'for some commands')}")


def _belongs(needed: Requirement, extra: str) -> bool:
    marker = needed.marker
    return marker is not None and marker.evaluate({"extra": extra}) and not marker.evaluate({"extra": ""})


def _installed(needed: Requirement) -> bool:
    try:
        return needed.specifier.contains(metadata.version(needed.name), prereleases=True)
    except metadata.PackageNotFoundError:
        return False
