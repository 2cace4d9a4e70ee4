"""The files of an archive: their checksums, and the zip file that holds them, packed and unpacked."""

from __future__ import annotations

import shutil
import zipfile
from collections.abc import Iterator, Mapping
from pathlib import Path, PurePosixPath

from journeys.instruments.files.zip_package import DAMAGED
from journeys.interpret.unreadable import sha256
from journeys.model.phrases import counted
from journeys.model.problems import UsageProblem

CHECKSUMS = "checksums-sha256.txt"
"""Lists every other file, as `sha256sum --check` reads it."""
METADATA = "ro-crate-metadata.json"

LARGEST, MOST_FILES = 20_000_000_000, 1_000_000
"""The most bytes and files of an archive that is unpacked. A study of 100,000 claims has about 1 GB of pages."""

_CHUNK = 1 << 20
_LONG_AGO = (1980, 1, 1, 0, 0, 0)
"""The time of every file in the zip file, the first that it can have: the same study gives the same bytes."""
_LINK = 0o120000


def files_below(folder: Path) -> list[str]:
    """The files of a folder by their names in it, with forward slashes, in order."""
    return sorted(path.relative_to(folder).as_posix() for path in folder.rglob("*") if path.is_file())


def checksums_of(folder: Path) -> dict[str, str]:
    """The SHA-256 checksums of the files of a folder, by their names in it, in order. Raises OSError."""
    return {name: sha256(folder / name) for name in files_below(folder)}


def write_checksums(folder: Path, checksums: Mapping[str, str]) -> None:
    """Write the checksums of all other files of a folder into it."""
    lines = [f"{digest}  {name}\n" for name, digest in sorted(checksums.items())]
    (folder / CHECKSUMS).write_text("".join(lines), encoding="utf-8", newline="\n")


def read_checksums(folder: Path, archive: Path) -> dict[str, str]:
    """The checksums that ``archive``, unpacked in ``folder``, gives by file. Raises UsageProblem where the list is
    missing or is none."""
    try:
        lines = (folder / CHECKSUMS).read_text(encoding="utf-8").splitlines()
    except (FileNotFoundError, UnicodeDecodeError) as error:
        raise UsageProblem(
            f"{archive} does not hold {CHECKSUMS}. Is it an archive that `journeys export crate` wrote?"
        ) from error
    found = dict[str, str]()
    for number, line in enumerate(lines, 1):
        digest, _, name = line.partition("  ")
        if len(digest) != 64 or not name:
            raise UsageProblem(
                f"{archive} > {CHECKSUMS} > line {number}: expected a checksum and a file's name, not {line[:80]!r}. "
                "Copy the archive again."
            )
        found[name] = digest
    return found


def altered_files(folder: Path, said: Mapping[str, str]) -> Iterator[str]:
    """In a sentence each, the files of an archive that are missing, other than when it was made, or not its own."""
    there = set(files_below(folder)) - {CHECKSUMS}
    for name in sorted(said.keys() | there):
        if name not in there:
            yield f"{name} is missing."
        elif name not in said:
            yield f"{name} was not in the archive when it was made."
        elif sha256(folder / name) != said[name]:
            yield f"{name} is not as it was when the archive was made: its checksum differs."


def pack(folder: Path, path: Path) -> None:
    """Write all files of a folder into the zip file ``path``; the same files give the same bytes. Raises OSError."""
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as package:
        for name in files_below(folder):
            entry = zipfile.ZipInfo(name, _LONG_AGO)
            entry.compress_type = zipfile.ZIP_DEFLATED
            entry.external_attr = 0o644 << 16
            with (folder / name).open("rb") as source, package.open(entry, "w", force_zip64=True) as target:
                shutil.copyfileobj(source, target, _CHUNK)


def unpack(path: Path, folder: Path) -> None:
    """Unpack the zip file ``path`` into an empty folder.

    Raises UsageProblem for a file that is none or is damaged, for names that lead out of the folder, for links, and
    for what is too large; OSError.
    """
    try:
        with zipfile.ZipFile(path) as package:
            entries = [entry for entry in package.infolist() if not entry.is_dir()]
            _refuse_unsafe(path, entries)
            for entry in entries:
                target = folder.joinpath(*PurePosixPath(entry.filename).parts)
                target.parent.mkdir(parents=True, exist_ok=True)
                with package.open(entry) as source, target.open("xb") as file:
                    # The zip file may lie about sizes: no more is taken than it said there is.
                    copied = 0
                    while chunk := source.read(_CHUNK):
                        copied += len(chunk)
                        if copied > entry.file_size:
                            raise zipfile.BadZipFile("larger than it says")
                        file.write(chunk)
    except FileExistsError as error:
        raise UsageProblem(f"{path} holds two files of one name: {Path(str(error.filename)).name}.") from error
    except DAMAGED as error:
        if isinstance(error, OSError) and error.errno is not None:  # a full disk, say
            raise
        raise UsageProblem(
            f"{path} cannot be unpacked: it is not a zip file, or part of it is missing or damaged. Copy it again."
        ) from error


def _refuse_unsafe(path: Path, entries: list[zipfile.ZipInfo]) -> None:
    total = sum(entry.file_size for entry in entries)
    if total > LARGEST or len(entries) > MOST_FILES:
        raise UsageProblem(
            f"{path} says that it holds {counted(len(entries), 'file')} of {total / 1e9:,.1f} GB, which is more than "
            f"the {MOST_FILES:,} files and {LARGEST / 1e9:,.0f} GB that are unpacked. Unpack it yourself and verify "
            "the folder."
        )
    for entry in entries:
        name = entry.filename
        parts = PurePosixPath(name).parts
        leads_out = name.startswith(("/", "\\")) or ".." in parts or "\\" in name or ":" in name or "\0" in name
        if leads_out or (entry.external_attr >> 16) & 0o170000 == _LINK:
            raise UsageProblem(f"{path} holds {name[:200]!r}, which leads out of the archive. Nothing was unpacked.")
