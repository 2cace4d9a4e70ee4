"""A store that is killed or frozen under a command: the command goes on with it, or says so soon."""

from __future__ import annotations

import os
import signal
import socket
import time
from pathlib import Path
from typing import Any

import psutil
import pytest

from journeys.model.problems import JourneysError
from journeys.store import alive, connection
from journeys.store.connection import connect
from journeys.store.embedded import launcher
from journeys.store.queries.ask import ask
from journeys.store.settings import StoreSettings

ONE = "RETURN 1 AS one"


def test_a_port_that_answers_nothing_gives_no_sign_of_life() -> None:
    with socket.create_server(("127.0.0.1", 0)) as mute:
        port = mute.getsockname()[1]
        assert not alive.answers("127.0.0.1", port, seconds=0.2)
        assert not alive.answers("127.0.0.1", port, encrypted=True, seconds=0.2)
    assert not alive.answers("127.0.0.1", port, seconds=0.2)


def test_an_engine_that_was_killed_is_started_again_at_once(embedded_folder: Path) -> None:
    with connect(StoreSettings(), embedded_folder) as store:
        assert store.read(ONE) == [{"one": 1}]
        begun = time.monotonic()
        for _ in range(2):
            engine(store).kill()
            assert store.read(ONE) == [{"one": 1}]
        assert time.monotonic() - begun < 20


def test_a_question_is_asked_again_of_an_engine_that_was_killed(embedded_folder: Path) -> None:
    with connect(StoreSettings(), embedded_folder) as store:
        assert ask(store, ONE).rows == ((1,),)
        engine(store).kill()
        assert ask(store, ONE).rows == ((1,),)


@pytest.mark.skipif(os.name == "nt", reason="processes cannot be stopped and continued on Windows")
def test_an_engine_that_is_frozen_does_not_hold_a_command(
    embedded_folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(alive, "ASKS_AFTER", 0.2)
    monkeypatch.setattr(connection, "ENGINE_GIVEN_UP_AFTER", 1.0)
    monkeypatch.setattr(launcher, "_ANSWERS", 0.3)
    monkeypatch.setattr(launcher, "_PATIENCE", 1.0)
    with connect(StoreSettings(), embedded_folder) as store:
        frozen = engine(store)
        frozen.send_signal(signal.SIGSTOP)
        try:
            with pytest.raises(JourneysError, match="does not respond"):
                store.read(ONE)
        finally:
            frozen.send_signal(signal.SIGCONT)
        assert store.read(ONE) == [{"one": 1}]


def engine(store: Any) -> psutil.Process:
    return psutil.Process(store._lease.info.pid)
