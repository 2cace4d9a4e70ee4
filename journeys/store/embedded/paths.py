"""Paths in a study's ``.journeys`` folder, and the file with the engine's connection details."""

from __future__ import annotations

import json
from dataclasses import asdict, dataclass
from pathlib import Path

from journeys.model.private_files import write_private

DATABASE = "journeys"
ROOT, READER = "root", "reader"
PROBES = "probe-"
"""What the names of folders in the work folder begin with in which the engine is tried."""
SEARCHED = ("Extract", "search_words")
"""The label and the property that the engine has a full-text index of: the words of passages."""


@dataclass(frozen=True, slots=True)
class Layout:
    """The paths of one study's embedded engine."""

    work: Path

    @property
    def engine(self) -> Path:
        """The engine's own folder."""
        return self.work / "engine"

    @property
    def logs(self) -> Path:
        """Where the engine and the child process write what happened."""
        return self.work / "logs"

    @property
    def child_log(self) -> Path:
        """What the engine's processes print."""
        return self.logs / "child.log"

    @property
    def connection_info(self) -> Path:
        """Where the running engine can be reached; readable by its owner alone."""
        return self.work / "engine.json"

    @property
    def lock(self) -> Path:
        """Held by whoever has the engine's folder open."""
        return self.work / "engine.lock"

    @property
    def old_passwords(self) -> Path:
        """Where earlier versions kept the passwords of the engine's two accounts."""
        return self.work / "accounts.json"

    @property
    def database(self) -> Path:
        """The engine's files of the study's database."""
        return self.engine / "databases" / DATABASE

    @property
    def filling(self) -> Path:
        """The engine's folder while it is filled, aside, for the first time. Only the holder of ``lock`` touches it."""
        return self.work / "engine.filling"

    @property
    def replaced(self) -> Path:
        """The engine's former folder, for the moment in which a filled one takes its place."""
        return self.work / "engine.replaced"

    @property
    def users(self) -> Path:
        """What the engine knows of its accounts."""
        return self.engine / "config" / "server-users.jsonl"

    @property
    def groups(self) -> Path:
        """What the engine lets each group of accounts do."""
        return self.engine / "config" / "server-groups.json"

    @property
    def fill_lock(self) -> Path:
        """Held by a load that fills the engine's folder; while it is held nobody else opens the folder."""
        return self.work / "fill.lock"

    @property
    def contents(self) -> Path:
        """What the store held when its last load was done; see ``contents.py``."""
        return self.work / "contents.json"


@dataclass(frozen=True, slots=True)
class ConnectionInfo:
    """How to reach a running engine."""

    pid: int
    bolt_port: int
    control_port: int
    token: str
    root_password: str
    reader_password: str


@dataclass(frozen=True, slots=True)
class Passwords:
    """Of the account that may write and the one that may only read, for one run of the engine."""

    root: str
    reader: str


def read_connection_info(layout: Layout) -> ConnectionInfo | None:
    """The details as last written, or None; that they are there does not mean that the engine runs."""
    try:
        return ConnectionInfo(**json.loads(layout.connection_info.read_text(encoding="utf-8")))
    except (OSError, ValueError, TypeError):
        return None


def write_connection_info(layout: Layout, info: ConnectionInfo) -> None:
    """Write the details down, whole or not at all."""
    write_private(layout.connection_info, json.dumps(asdict(info)))
