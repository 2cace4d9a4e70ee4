"""LibreOffice as a converter: where it is, and one run of it that has no network, no macros and a time limit."""

from __future__ import annotations

import contextlib
import os
import signal
import subprocess
import sys
from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path

from journeys.model.problems import JourneysError
from journeys.model.unfinished import scratch_folder

PROGRAM_VARIABLE = "JOURNEYS_LIBREOFFICE"
"""Names the program, where it is not found by itself; set to nothing, LibreOffice is not used."""

_NAMES = ("soffice.com", "soffice.exe") if sys.platform == "win32" else ("soffice", "libreoffice")
_MAC = "LibreOffice.app/Contents/MacOS/soffice"
_NOWHERE = "127.0.0.1"
_DISCARD = 9
"""A port of this machine on which nothing listens: all that LibreOffice might fetch is sent there."""
_ONLY_OURS = ("JOURNEYS_", "NEO4J_")

_SETTINGS: tuple[tuple[str, str, str, str], ...] = (
    ("Office.Common/Security/Scripting", "MacroSecurityLevel", "int", "3"),
    ("Office.Common/Security/Scripting", "DisableMacrosExecution", "boolean", "true"),
    ("Office.Common/Security/Scripting", "BlockUntrustedRefererLinks", "boolean", "true"),
    ("Office.Common/Security/Scripting", "DisableActiveContent", "boolean", "true"),
    ("Office.Common/Misc", "FirstRun", "boolean", "false"),
    ("Office.Writer/Content/Update", "Link", "int", "0"),
    ("Office.Calc/Content/Update", "Link", "short", "2"),
    ("Office.Calc/Formula/Load", "OOXMLRecalcMode", "int", "1"),
    ("Office.Calc/Formula/Load", "ODFRecalcMode", "int", "1"),
    ("Office.Java/VirtualMachine", "Enable", "boolean", "false"),
    ("Inet/Settings", "ooInetProxyType", "int", "2"),
    *(("Inet/Settings", f"ooInet{each}ProxyName", "string", _NOWHERE) for each in ("HTTP", "HTTPS", "FTP")),
    *(("Inet/Settings", f"ooInet{each}ProxyPort", "int", str(_DISCARD)) for each in ("HTTP", "HTTPS", "FTP")),
    ("Inet/Settings", "ooInetNoProxy", "string", ""),
)
"""What a profile of ours sets: no macros, no links followed, nothing calculated anew, no Java, no network."""


class TookTooLong(JourneysError):
    """LibreOffice did not end within its time, and was ended."""


def find_libreoffice(environ: Mapping[str, str] = os.environ) -> Path | None:
    """The LibreOffice of this machine; None where there is none, or it is switched off."""
    if PROGRAM_VARIABLE in environ:
        named = environ[PROGRAM_VARIABLE]
        return Path(named) if named and Path(named).is_file() else None
    return next((place for place in _places(environ) if place.is_file()), None)


def _places(environ: Mapping[str, str]) -> Iterator[Path]:
    """Where it may be. The current folder, which Windows would look in first, is not among them."""
    for variable in ("PROGRAMFILES", "PROGRAMW6432", "PROGRAMFILES(X86)"):
        if folder := environ.get(variable):
            for product in ("LibreOffice", *(f"LibreOffice {number}" for number in (5, 6, 7))):
                yield from (Path(folder) / product / "program" / name for name in ("soffice.com", "soffice.exe"))
    for entry in environ.get("PATH", "").split(os.pathsep):
        if entry and Path(entry).is_absolute():
            yield from (Path(entry) / name for name in _NAMES)
    yield Path("/Applications") / _MAC
    if home := environ.get("HOME"):
        yield Path(home) / "Applications" / _MAC
    yield from (Path(folder) / "libreoffice/program/soffice" for folder in ("/usr/lib", "/usr/lib64", "/usr/local/lib"))
    if sys.platform.startswith("linux"):
        yield from sorted(Path("/opt").glob("libreoffice*/program/soffice"), reverse=True)


def convert(program: Path, files: Sequence[Path], ending: str, into: Path, *, limit: float) -> None:
    """Convert files to ``ending`` (".docx") in one run; those that could not be converted are not in ``into``.

    The run has a profile of its own, which is deleted afterwards. It is ended after ``limit`` seconds. Raises
    TookTooLong, and OSError where the program cannot be started.
    """
    with scratch_folder("journeys-libreoffice-") as made:
        profile = made / "profile"
        (profile / "user").mkdir(parents=True)
        (profile / "user" / "registrymodifications.xcu").write_text(_profile(), encoding="utf-8")
        switches = ("--headless", "--norestore", "--nolockcheck", "--nodefault", "--nologo", "--nofirststartwizard")
        target = ("--convert-to", ending.removeprefix("."), "--outdir", str(into))
        command = [str(program), f"-env:UserInstallation={profile.as_uri()}", *switches, *target, *map(str, files)]
        _run(command, made, limit)


def _profile() -> str:
    items = "".join(
        f'<item oor:path="/org.openoffice.{path}"><prop oor:name="{name}" oor:op="fuse" oor:type="xs:{kind}">'
        f"<value>{value}</value></prop></item>\n"
        for path, name, kind, value in _SETTINGS
    )
    return (
        '<?xml version="1.0" encoding="UTF-8"?>\n<oor:items xmlns:oor="http://openoffice.org/2001/registry" '
        'xmlns:xs="http://www.w3.org/2001/XMLSchema" xmlns:xsi="http://www.w3.org/2001/XMLSchema-instance">\n'
        f"{items}</oor:items>\n"
    )


def _environment(folder: Path) -> dict[str, str]:
    kept = {name: value for name, value in os.environ.items() if not name.upper().startswith(_ONLY_OURS)}
    for name in ("http_proxy", "https_proxy", "ftp_proxy", "all_proxy"):
        kept[name] = kept[name.upper()] = f"http://{_NOWHERE}:{_DISCARD}"
    kept.pop("no_proxy", None)
    kept.pop("NO_PROXY", None)
    if sys.platform.startswith("linux"):
        kept |= {"SAL_USE_VCLPLUGIN": "svp", "XDG_CACHE_HOME": str(folder), "XDG_CONFIG_HOME": str(folder)}
    return kept


def _run(command: Sequence[str], folder: Path, limit: float) -> None:
    """Run a command and end it, with all that it has started, when its time is over or we are interrupted."""
    own_group = sys.platform != "win32"
    process = subprocess.Popen(
        command,
        cwd=folder,
        env=_environment(folder),
        stdin=subprocess.DEVNULL,
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
        start_new_session=own_group,
    )
    try:
        process.wait(limit)
    except subprocess.TimeoutExpired:
        raise TookTooLong(f"LibreOffice was ended after {limit:.0f} seconds.") from None
    finally:
        _end(process)


def _end(process: subprocess.Popen[bytes]) -> None:
    """End a process with those it started; those of one that has ended by itself too."""
    if sys.platform == "win32":
        if process.poll() is None:
            system = Path(os.environ.get("SYSTEMROOT", r"C:\Windows")) / "System32" / "taskkill.exe"
            subprocess.run([str(system), "/F", "/T", "/PID", str(process.pid)], capture_output=True, check=False)
    else:
        with contextlib.suppress(ProcessLookupError, PermissionError):
            os.killpg(process.pid, signal.SIGKILL)
    process.wait()
