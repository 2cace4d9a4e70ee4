"""Notice that the other end of a connection is gone although the connection looks open: frozen, or cut off.

A statement may take long, so its silence proves nothing. While one runs, the other end is asked now and then on a
connection of its own to agree on a version of the Bolt protocol, which costs it nothing and needs no account. A server
that pauses for some seconds, to collect garbage, answers when it goes on. When it has not done so for a while the
connections of the driver are closed, and the statement ends with an error.
"""

from __future__ import annotations

import contextlib
import socket
import ssl
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any
from urllib.parse import urlsplit

ASKS_AFTER = 2.0
"""Seconds between two questions whether the other end is there."""
SERVER_GIVEN_UP_AFTER = 10.0
"""Seconds without a sign of life from a server, after which the connections are closed."""
ENGINE_GIVEN_UP_AFTER = 30.0
"""The same for the embedded engine: no network can fail between it and us, and it shares a busy laptop with us."""
_ANSWERS = 5.0
BOLT_PORT = 7687
# The preamble of Bolt and four versions that can be agreed on: 5.0 to 5.4, 4.4 to 4.1, 3.0.
_HELLO = bytes.fromhex("6060b017 00040405 00030404 00000003 00000000".replace(" ", ""))


class Watch:
    """Watches the statements of one driver; ``lost`` says that it has closed the driver's connections.

    The other end is given up after ``patience`` seconds without a sign of life.
    """

    def __init__(self, driver: Any, address: str, patience: float) -> None:
        self._driver, self.patience = driver, patience
        parts = urlsplit(address)
        self._host, self._port = parts.hostname or "localhost", parts.port or BOLT_PORT
        self._encrypted = "+s" in parts.scheme
        self._running = 0
        self._since = 0.0
        self._wake = threading.Condition()
        self._thread: threading.Thread | None = None
        self._ended = self.lost = False

    @contextmanager
    def watching(self) -> Iterator[None]:
        """Watch during the block, in which a statement runs."""
        with self._wake:
            self._since = time.monotonic()
            self._running += 1
            if self._thread is None and not self._ended:
                self._thread = threading.Thread(target=self._watch, daemon=True)
                self._thread.start()
        try:
            yield
        finally:
            with self._wake:
                self._running -= 1

    def end(self) -> None:
        """Watch no longer."""
        with self._wake:
            self._ended = True
            self._wake.notify()

    def _watch(self) -> None:
        while True:
            with self._wake:
                if self._wake.wait_for(lambda: self._ended, ASKS_AFTER):
                    return
                silent = time.monotonic() - self._since if self._running else 0.0
            if silent < ASKS_AFTER:
                continue
            # One question waits to the end: an answer that comes after a pause is as good as one at once.
            if answers(self._host, self._port, encrypted=self._encrypted, seconds=max(self.patience - silent, 0.1)):
                self._since = time.monotonic()
            elif self._running and not self._ended and time.monotonic() - self._since >= self.patience:
                self.lost = True
                cut(self._driver)
                return


def answers(host: str, port: int, *, encrypted: bool = False, seconds: float = _ANSWERS) -> bool:
    """Whether a Bolt server agrees on a version of the protocol within ``seconds``; it need not be one for us."""
    until = time.monotonic() + seconds
    try:
        with _connection(host, port, until, encrypted=encrypted) as connection:
            connection.sendall(_HELLO)
            connection.settimeout(_left(until))
            return len(connection.recv(4)) == 4
    except OSError:
        return False


def speaks_tls(host: str, port: int) -> bool:
    """Whether what listens there encrypts its connections."""
    try:
        with _connection(host, port, time.monotonic() + _ANSWERS, encrypted=True):
            return True
    except OSError:
        return False


@contextmanager
def _connection(host: str, port: int, until: float, *, encrypted: bool) -> Iterator[socket.socket]:
    """Whether it is there is asked, not who it is: nothing is sent that anybody may not know."""
    with contextlib.ExitStack() as opened:
        connection = opened.enter_context(socket.create_connection((host, port), timeout=_left(until)))
        if encrypted:
            context = ssl.create_default_context()
            context.check_hostname, context.verify_mode = False, ssl.CERT_NONE
            connection.settimeout(_left(until))
            connection = opened.enter_context(context.wrap_socket(connection, server_hostname=host))
        yield connection


def _left(until: float) -> float:
    """Seconds that are left, never none: a timeout of 0 has another meaning."""
    return max(until - time.monotonic(), 0.05)


def cut(driver: Any) -> None:
    """Close the driver's connections under a statement that waits on one of them.

    The driver has no public way to do so; where its inside has changed, it gives up by itself after two minutes.
    """
    with contextlib.suppress(Exception):
        for connections in list(driver._pool.connections.values()):
            for connection in list(connections):
                with contextlib.suppress(Exception):
                    connection.socket.close()
