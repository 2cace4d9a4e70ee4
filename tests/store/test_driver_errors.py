"""What a server says, in our words; and what of it may be tried again."""

from __future__ import annotations

import pytest
from neo4j.exceptions import Neo4jError

from journeys.model.problems import JourneysError
from journeys.store.driver_errors import rolled_back, translated_errors
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
