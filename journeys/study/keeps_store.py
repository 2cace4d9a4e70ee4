"""Methods of ``Study`` for its store: start, stop, compare, rebuild, agree to a server."""

from __future__ import annotations

import getpass
import platform
from collections.abc import Iterable
from pathlib import Path
from typing import TYPE_CHECKING, Protocol

from journeys.interpret.check import CheckResult, ProblemsFound
from journeys.model.problems import UsageProblem
from journeys.model.progress import Progress
from journeys.store.settings import StoreSettings
from journeys.study.access import StudyAccess

if TYPE_CHECKING:
    from journeys.store.loading.load import LoadOutcome


class KeptStudy(StudyAccess, Protocol):
    """The part of ``Study`` that the methods of this module use."""

    settings: StoreSettings

    def check(self, paths: Iterable[str | Path] = (), *, progress: Progress | None = None) -> CheckResult:
        """Read everything and say what is wrong."""

    def load(
        self,
        paths: Iterable[str | Path] = (),
        *,
        dry_run: bool = False,
        allow_removals: bool = False,
        values: bool = False,
        progress: Progress | None = None,
    ) -> tuple[LoadOutcome, CheckResult]:
        """Bring the store up to date with the files."""


class KeepsStore:
    """The methods of ``Study`` that are about its store."""

    def agree_to_server(self: KeptStudy, address: str) -> None:
        """Remember that the server that study.yaml names may be used for this study.

        Raises UsageProblem when study.yaml names another server or none, OSError.
        """
        from journeys.store.agreed_servers import agree

        named = self.folder.settings.store.get("uri")
        if named is None or address.rstrip("/") != named.rstrip("/"):
            what = f"names {named}" if named else "names no server"
            raise UsageProblem(f"study.yaml {what}, so there is nothing to agree to for {address}.")
        agree(self.id, address)

    def start_store(self: KeptStudy) -> None:
        """Start the embedded store and leave it running until it is stopped, or has not been used for an hour."""
        from journeys.store.embedded.launcher import lease

        lease(self.folder.work, stay=True).release()

    def stop_store(self: KeptStudy) -> bool:
        """Stop the embedded store; returns whether it was running."""
        from journeys.store.embedded.launcher import stop
        from journeys.store.embedded.paths import Layout

        return stop(Layout(self.folder.work))

    def check_store(self: KeptStudy, *, progress: Progress | None = None) -> LoadOutcome:
        """Compare the store with the files value by value, changing nothing. Raises ProblemsFound, StoreDamaged."""
        return self.load(dry_run=True, allow_removals=True, values=True, progress=progress)[0]

    def rebuild_store(self: KeptStudy, *, progress: Progress | None = None) -> LoadOutcome:
        """Throw the embedded store away and load everything again; on a server, write again whatever differs.

        Raises what ``load`` raises; the store stays as it is while a problem stands.
        """
        from journeys.store.loading.remake import throw_away

        result = self.check(progress=progress)
        if not result.clean:
            raise ProblemsFound(result)
        if self.settings.uri is None:
            throw_away(self.folder.work, who())
        return self.load(allow_removals=True, values=True, progress=progress)[0]

    def store_state(self: KeptStudy) -> str:
        """Where the store is, and whether the embedded one is running, in a line."""
        from journeys.store.embedded.launcher import running
        from journeys.store.embedded.paths import Layout

        if self.settings.uri is not None:
            return f"Neo4j at {self.settings.uri}, user {self.settings.user}"
        engine = running(Layout(self.folder.work))
        state = f"running (bolt://127.0.0.1:{engine.bolt_port}, process {engine.pid})" if engine else "not running"
        return f"embedded in {self.folder.work}: {state}"


def who() -> str:
    """Return the user and computer that others are told while a load runs; it is not kept."""
    return f"{account()}@{platform.node()}"


def account() -> str:
    """Return the name of the account that runs the program; empty where it has none, as in some containers."""
    try:
        return getpass.getuser()
    except (OSError, KeyError, ImportError):  # what is raised depends on the version of Python
        return ""
