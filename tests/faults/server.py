"""Kill, freeze, pause or cut off a Neo4j server during a load: what is said, when, and what the next load makes."""

from __future__ import annotations

import contextlib
import os
import random
import signal
import socket
import subprocess
import sys
import threading
import time
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import journeys
from tests.faults import report
from tests.faults.report import Row
from tests.store.loading.voting_study import content, write_study, write_table

ROWS = 6_000
DEADLINE = 15.0
"""Seconds within which a person is told that a server gives no sign of life."""
PAUSE = 6.0
"""Seconds of a pause, as for the collection of garbage, that a load does not mind."""


@dataclass
class Server:
    """A server that can be killed: its address, account and process, and how it is started again in its folder."""

    uri: str
    user: str
    password: str
    pid: int
    restart: Callable[[], Server]

    @property
    def port(self) -> int:
        return int(self.uri.rpartition(":")[2])


class Proxy:
    """Passes everything on to a port until it is told to be silent; it goes on accepting connections all the same."""

    def __init__(self, port: int) -> None:
        self._to = port
        self.silent = False
        self._open: list[socket.socket] = []
        self._server = socket.create_server(("127.0.0.1", 0))
        self.port = int(self._server.getsockname()[1])
        threading.Thread(target=self._accept, daemon=True).start()

    def close(self) -> None:
        for each in (self._server, *self._open):
            with contextlib.suppress(OSError):
                each.shutdown(socket.SHUT_RDWR)
            each.close()

    def _accept(self) -> None:
        while True:
            try:
                near, _ = self._server.accept()
            except OSError:
                return
            self._open.append(near)
            threading.Thread(target=self._join, args=(near,), daemon=True).start()

    def _join(self, near: socket.socket) -> None:
        while self.silent:
            time.sleep(0.05)
        far = socket.create_connection(("127.0.0.1", self._to))
        self._open.append(far)
        for one, other in ((near, far), (far, near)):
            threading.Thread(target=self._pass_on, args=(one, other), daemon=True).start()

    def _pass_on(self, one: socket.socket, other: socket.socket) -> None:
        with contextlib.suppress(OSError):
            while data := one.recv(1 << 16):
                while self.silent:
                    time.sleep(0.05)
                other.sendall(data)
            other.shutdown(socket.SHUT_WR)


class Faults:
    """Faults of one server, with one study; ``rows`` are what came of them."""

    def __init__(self, folder: Path, server: Server, seed: int) -> None:
        self._chance, self._server, self._seed = random.Random(seed), server, seed
        self._study = folder / f"study-{seed}"
        self._longest = 10.0
        self._number = 0
        write_study(self._study, ROWS)
        self.rows = {what: Row(f"server {what}") for what in ("killed", "frozen", "cut off", "paused")}

    def run(self, count: int, minutes: float) -> list[Row]:
        """Do so many, each sort in its turn, but begin nothing after so many minutes.

        Faults of loads that were over before are not counted.
        """
        faults = {"frozen": self._freeze, "cut off": self._cut, "killed": self._kill, "paused": self._pause}
        with self._environment(self._server.uri):
            journeys.open(self._study).load()
        begun = time.monotonic()
        while (tried := sum(row.tried for row in self.rows.values())) < count:
            if time.monotonic() - begun > 60 * minutes:
                break
            what = list(faults)[self._number % len(faults)]
            self._number += 1
            write_table(self._study, ROWS, f"variant {self._number % 2}")
            faults[what](self.rows[what])
            with self._environment(self._server.uri):
                journeys.open(self._study).load(allow_removals=True)
                found = content(self._study)
                _wipe(self._server)
                journeys.open(self._study).load()
                if content(self._study) != found:
                    self.rows[what].wrong.append("the graph differs from a clean one")
            report.progress(self.rows.values(), tried, begun)
        return list(self.rows.values())

    def _freeze(self, row: Row) -> None:
        with self._loading(self._server.uri) as load:
            os.kill(self._server.pid, signal.SIGSTOP)
            try:
                self._is_told(load, row)
            finally:
                os.kill(self._server.pid, signal.SIGCONT)

    def _pause(self, row: Row) -> None:
        with self._loading(self._server.uri) as load:
            os.kill(self._server.pid, signal.SIGSTOP)
            time.sleep(PAUSE)
            os.kill(self._server.pid, signal.SIGCONT)
            if load.poll() == 0:
                return
            row.tried += 1
            _, said = load.communicate(timeout=300)
            if load.returncode:
                row.wrong.append(f"a pause of {PAUSE:.0f} seconds ended the load: {said[-300:]}")

    def _cut(self, row: Row) -> None:
        proxy = Proxy(self._server.port)
        try:
            with self._loading(f"bolt://127.0.0.1:{proxy.port}") as load:
                proxy.silent = True
                self._is_told(load, row)
        finally:
            proxy.close()

    def _kill(self, row: Row) -> None:
        with self._loading(self._server.uri) as load:
            os.kill(self._server.pid, signal.SIGKILL)
            self._is_told(load, row)
        self._server = self._server.restart()

    @contextlib.contextmanager
    def _loading(self, uri: str) -> Iterator[subprocess.Popen[str]]:
        """A load that has run for a random time."""
        with self._environment(uri):
            begun = time.monotonic()
            load = subprocess.Popen(
                [sys.executable, "-m", "journeys", "load", "--allow-removals"],
                cwd=self._study,
                stdout=subprocess.DEVNULL,
                stderr=subprocess.PIPE,
                encoding="utf-8",
            )
        try:
            with contextlib.suppress(subprocess.TimeoutExpired):
                load.wait(self._chance.uniform(1.5, self._longest))
                self._longest = max(2.0, time.monotonic() - begun)
            yield load
        finally:
            load.kill()
            load.communicate()

    def _is_told(self, load: subprocess.Popen[str], row: Row) -> None:
        """Wait for the end of a load, and note how long it took and whether what was said is of use."""
        if load.poll() is not None:
            return  # it was over before the fault
        row.tried += 1
        begun = time.monotonic()
        try:
            _, said = load.communicate(timeout=4 * DEADLINE)
        except subprocess.TimeoutExpired:
            row.wrong.append(f"the load did not end within {4 * DEADLINE:.0f} seconds")
            return
        seconds = time.monotonic() - begun
        row.seconds.append(seconds)
        if load.returncode == 0:
            return  # what was left to do needed no answer
        if seconds > DEADLINE:
            row.wrong.append(f"it was said only after {seconds:.0f} seconds")
        if load.returncode != 3 or not ("Nothing is lost" in said or "cannot be reached" in said):
            row.wrong.append(f"the message is of no use (exit code {load.returncode}): {said[-300:]}")

    @contextlib.contextmanager
    def _environment(self, uri: str) -> Iterator[None]:
        """The variables that point this process and its commands at a server."""
        given = {"NEO4J_URI": uri, "NEO4J_USERNAME": self._server.user, "NEO4J_PASSWORD": self._server.password}
        before = dict(os.environ)
        os.environ.update(given)
        try:
            yield
        finally:
            os.environ.clear()
            os.environ.update(before)


def _wipe(server: Server) -> None:
    from neo4j import GraphDatabase

    driver: Any
    with GraphDatabase.driver(server.uri, auth=(server.user, server.password)) as driver, driver.session() as session:
        session.run("MATCH (n) CALL (n) { DETACH DELETE n } IN TRANSACTIONS OF 5000 ROWS").consume()


def run(count: int, seed: int, folder: Path, server: Server, minutes: float = 600) -> list[Row]:
    """Do so many to ``server``, at moments that follow from ``seed``; everything in its database is deleted."""
    return Faults(folder, server, seed).run(count, minutes)
