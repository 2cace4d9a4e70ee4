"""What a server says, in our words; and what of it may be tried again."""

from __future__ import annotations

import socket
import threading
from collections.abc import Iterator
from contextlib import contextmanager

import pytest
from neo4j.exceptions import Neo4jError

from journeys.model.problems import JourneysError
from journeys.store.driver import open_driver
from journeys.store.driver_errors import connection_lost, rolled_back, translated_errors
from journeys.store.errors import StoreUnreachable
from journeys.store.settings import StoreSettings


def said_by_server(code: str) -> Neo4jError:
    """The error that the driver makes of what a server sends."""
    return Neo4jError._hydrate_neo4j(code=code, message="The transaction has been terminated. Retry your operation.")


@pytest.mark.parametrize("kind", ["Terminated", "LockClientStopped"])
def test_a_transaction_that_the_server_stopped_is_tried_again_and_told_in_our_words(kind: str) -> None:
    error = said_by_server(f"Neo.TransientError.Transaction.{kind}")
    assert rolled_back(error)
    with pytest.raises(JourneysError) as told, translated_errors(StoreSettings("bolt://127.0.0.1:7687")):
        raise error
    assert told.value.exit_code == 3
    assert str(told.value).startswith("bolt://127.0.0.1:7687 stopped a transaction")
    assert "Nothing is lost: run the command again" in str(told.value)


@pytest.mark.parametrize(
    ("code", "again"),
    [
        ("Neo.TransientError.Transaction.DeadlockDetected", True),
        ("Neo.ClientError.Statement.SyntaxError", False),
        ("Neo.ClientError.Schema.ConstraintValidationFailed", False),
    ],
)
def test_only_what_was_rolled_back_is_tried_again(code: str, again: bool) -> None:
    assert rolled_back(said_by_server(code)) is again


@pytest.mark.parametrize(
    ("code", "said"),
    [
        ("Neo.ClientError.Security.CredentialsExpired", "has expired. Sign in with Neo4j Browser or cypher-shell"),
        ("Neo.ClientError.Security.AuthenticationRateLimit", "too often, and refuses every password"),
        ("Neo.ClientError.Security.Unauthorized", "The password is not right: set the environment variable"),
    ],
)
def test_a_password_that_is_not_accepted_is_told_with_the_way_out(code: str, said: str) -> None:
    settings = StoreSettings("bolt://127.0.0.1:7687", password="secret")
    with pytest.raises(JourneysError) as told, translated_errors(settings):
        raise said_by_server(code)
    assert said in str(told.value)
    assert "NEO4J_PASSWORD" in str(told.value)
    assert "secret" not in str(told.value)


@contextmanager
def closes_at_once() -> Iterator[int]:
    """The port of a server that closes each connection when something was sent."""
    with socket.create_server(("127.0.0.1", 0)) as server:

        def serve() -> None:
            while True:
                try:
                    connection, _ = server.accept()
                except OSError:
                    return
                with connection:
                    connection.recv(64)

        threading.Thread(target=serve, daemon=True).start()
        yield server.getsockname()[1]


@pytest.mark.parametrize(
    ("address", "said"),
    [
        ("bolt+s://127.0.0.1:{}", "it does not encrypt its connections. Write bolt://127.0.0.1:{} if it is on this"),
        ("neo4j+ssc://127.0.0.1:{}", "it does not encrypt its connections. Write neo4j://127.0.0.1:{} if it is on"),
        ("bolt://127.0.0.1:{}", "it closed the connection. Is the server running, and is the address right?"),
    ],
)
def test_why_a_server_cannot_be_reached_is_told(address: str, said: str) -> None:
    with closes_at_once() as port:
        where = address.format(port)
        assert said.format(port) in why_not(where)


def test_a_port_on_which_nothing_listens_is_told() -> None:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        assert "cannot be reached: nothing listens there." in why_not(f"bolt://127.0.0.1:{probe.getsockname()[1]}")


def why_not(uri: str) -> str:
    with (
        open_driver(uri, "neo4j", "x") as driver,
        pytest.raises(StoreUnreachable) as told,
        translated_errors(StoreSettings(uri), reached=False),
    ):
        driver.verify_connectivity()
    return str(told.value)


def test_a_lost_connection_is_told_to_cost_nothing() -> None:
    for settings in (StoreSettings(), StoreSettings("bolt://127.0.0.1:7687")):
        told = str(connection_lost(settings, "it closed the connection"))
        assert "Nothing is lost: run the command again" in told
