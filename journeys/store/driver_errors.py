"""The driver's errors, turned into ours, which say what to do."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager

from journeys.store.errors import FullDisk, QueryError, QueryTimeout, StoreUnavailable, is_about_a_full_disk
from journeys.store.settings import PASSWORD_VARIABLE, StoreSettings

_STOPPED = (".Terminated", ".LockClientStopped")
"""The ends of the codes with which a server says that it stopped a transaction; for the driver they are no errors that
pass."""


def rolled_back(error: Exception) -> bool:
    """Whether the server itself undid the transaction, so that it can be tried again."""
    from neo4j.exceptions import Neo4jError, TransientError

    return isinstance(error, TransientError) or (
        isinstance(error, Neo4jError) and (error.code or "").endswith(_STOPPED)
    )


@contextmanager
def translated_errors(settings: StoreSettings) -> Iterator[None]:
    """Turn the driver's errors into ours, which say what to do."""
    from neo4j import exceptions

    where = settings.uri or "The embedded store"
    unreachable = (
        exceptions.ServiceUnavailable,
        exceptions.SessionExpired,
        exceptions.ConnectionAcquisitionTimeoutError,
    )
    try:
        yield
    except exceptions.AuthError as error:
        if settings.uri is None:
            remedy = "Run `journeys store stop`, then `journeys store rebuild`."
            raise StoreUnavailable(f"{where} does not let its own account in. {remedy}") from error
        wrong = "The password is not right" if settings.password else "No password was sent"
        raise StoreUnavailable(
            f"{where} refused the user {settings.user!r}. {wrong}: set the environment variable {PASSWORD_VARIABLE}, "
            "and the user with --user or NEO4J_USERNAME."
        ) from error
    except (*unreachable, OSError) as error:
        raise StoreUnavailable(
            f"{where} cannot be reached ({_first_line(error)}). Is the server running, and is the address right? "
            "Without --uri, NEO4J_URI and `store:` in study.yaml the embedded store is used."
        ) from error
    except exceptions.Neo4jError as error:
        code = error.code or ""
        if "TransactionTimedOut" in code:
            raise QueryTimeout("The query was stopped at its time limit. Narrow it.") from error
        if code.endswith(_STOPPED):
            raise StoreUnavailable(
                f"{where} stopped a transaction: it waited too long for somebody else's, or is shutting down. Nothing "
                "is lost: run the command again in a minute."
            ) from error
        if "DatabaseNotFound" in code:
            raise StoreUnavailable(
                f"{where} has no database {settings.database!r}. Name a different one with --database or "
                "NEO4J_DATABASE."
            ) from error
        if is_about_a_full_disk(error):
            raise FullDisk from error
        raise QueryError(_first_line(error.message or str(error))) from error
    except exceptions.DriverError as error:
        raise StoreUnavailable(f"{where} cannot be used: {_first_line(error)}.") from error


def _first_line(said: object) -> str:
    text = str(said).strip()
    return text.splitlines()[0].rstrip(".") if text else type(said).__name__
