"""The driver's errors, turned into ours, which say what to do."""

from __future__ import annotations

import re
import socket
import ssl
from collections.abc import Iterator
from contextlib import contextmanager
from urllib.parse import urlsplit

from journeys.store.alive import BOLT_PORT, speaks_tls
from journeys.store.embedded.memory import MEMORY_VARIABLE, megabytes
from journeys.store.errors import (
    FullDisk,
    QueryError,
    QueryTimeout,
    StoreUnavailable,
    StoreUnreachable,
    is_about_a_full_disk,
)
from journeys.store.settings import PASSWORD_VARIABLE, StoreSettings
from journeys.store.transactions import WRITE_SECONDS

_STOPPED = (".Terminated", ".LockClientStopped")
"""The ends of the codes with which a server says that it stopped a transaction; for the driver they are no errors that
pass."""
_EXPIRED, _TOO_OFTEN = "CredentialsExpired", "AuthenticationRateLimit"
EMBEDDED = "The embedded store"
_SETTINGS = re.compile(r"(?: allowed by the setting|,? or set|\. You can set) `?arcadedb\..*$")
"""The end of a message of the engine that names settings of its own, which nobody who asks can change."""


def rolled_back(error: Exception) -> bool:
    """Whether the server itself undid the transaction, so that it can be tried again."""
    from neo4j.exceptions import Neo4jError, TransientError

    return isinstance(error, TransientError) or (
        isinstance(error, Neo4jError) and (error.code or "").endswith(_STOPPED)
    )


@contextmanager
def translated_errors(settings: StoreSettings, *, reached: bool = True) -> Iterator[None]:
    """Turn the driver's errors into ours, which say what to do; ``reached`` says that the store has answered before."""
    from neo4j import exceptions

    where = settings.uri or EMBEDDED
    unreachable = (
        exceptions.ServiceUnavailable,
        exceptions.SessionExpired,
        exceptions.ConnectionAcquisitionTimeoutError,
    )
    try:
        yield
    except exceptions.AuthError as error:
        raise StoreUnavailable(_about_the_account(settings, error.code or "")) from error
    except (*unreachable, OSError) as error:
        encrypted_only = not reached and _wants_encryption(settings, error)
        why = _why(settings, error, encrypted_only=encrypted_only)
        remedy = _ways_out(settings, error, encrypted_only=encrypted_only)
        raise StoreUnreachable(f"{where} cannot be reached: {why}. {remedy}", why) from error
    except exceptions.Neo4jError as error:
        code = error.code or ""
        if ".Security." in code and code.endswith((_EXPIRED, _TOO_OFTEN)):
            raise StoreUnavailable(_about_the_account(settings, code)) from error
        if "TransactionTimedOut" in code:
            raise QueryTimeout("The query was stopped at its time limit. Narrow it.") from error
        if code.endswith(_STOPPED):
            raise StoreUnavailable(
                f"{where} stopped a transaction: it waited too long for somebody else's, or is shutting down. Nothing "
                "is lost: run the command again in a minute. If a colleague's computer fell asleep during a load, the "
                f"server ends that after {WRITE_SECONDS / 60:.0f} minutes."
            ) from error
        if "DatabaseNotFound" in code:
            raise StoreUnavailable(
                f"{where} has no database {settings.database!r}. Name a different one with --database or "
                "NEO4J_DATABASE."
            ) from error
        if is_about_a_full_disk(error):
            raise FullDisk from error
        raise QueryError(_SETTINGS.sub(".", _first_line(error.message or str(error)))) from error
    except exceptions.DriverError as error:
        raise StoreUnavailable(f"{where} cannot be used: {_first_line(error)}.") from error


def connection_lost(settings: StoreSettings, why: str) -> StoreUnavailable:
    """The error for a store that was reached and is no longer there."""
    if settings.uri is None:
        return StoreUnavailable(
            f"The connection to the embedded store was lost: {why}. Nothing is lost: run the command again, and what "
            "is missing is completed."
        )
    return StoreUnavailable(
        f"The connection to {settings.uri} was lost: {why}. Nothing is lost: run the command again when the server "
        "answers, and what is missing is completed."
    )


def too_much_memory() -> str:
    """What is said when the embedded engine's memory is used up."""
    return (
        f"What was asked needs more memory than the embedded store may take ({megabytes() / 1_024:.2g} GB), so it was "
        "stopped. Nothing is lost, and the next command works as before. Ask for less at once, or allow more: set the "
        f"environment variable {MEMORY_VARIABLE} to a number of gigabytes, such as 4."
    )


def _about_the_account(settings: StoreSettings, code: str) -> str:
    """What to do about a user or password that the store does not accept."""
    where = settings.uri or EMBEDDED
    if settings.uri is None:
        return f"{where} does not let its own account in. Run `journeys store stop`, then `journeys store rebuild`."
    if code.endswith(_EXPIRED):
        return (
            f"The password of the user {settings.user!r} at {where} has expired. Sign in with Neo4j Browser or "
            f"cypher-shell, which ask for a new one, and set the environment variable {PASSWORD_VARIABLE} to it."
        )
    if code.endswith(_TOO_OFTEN):
        return (
            f"{where} was given a wrong password for the user {settings.user!r} too often, and refuses every password "
            f"for a few seconds. Correct the environment variable {PASSWORD_VARIABLE}, wait a minute, and try again."
        )
    wrong = "The password is not right" if settings.password else "No password was sent"
    return (
        f"{where} refused the user {settings.user!r}. {wrong}: set the environment variable {PASSWORD_VARIABLE}, "
        "and the user with --user or NEO4J_USERNAME."
    )


def _why(settings: StoreSettings, error: BaseException, *, encrypted_only: bool) -> str:
    """Why a store cannot be reached, as a clause."""
    causes = list(_causes(error))
    if encrypted_only:
        return "it accepts encrypted connections only"
    for cause in causes:
        if isinstance(cause, ssl.SSLCertVerificationError):
            return f"its certificate is not accepted ({cause.verify_message})"
        if _is_no_encryption(cause):
            return "it does not encrypt its connections"
        if isinstance(cause, socket.gaierror):
            return "no server of that name is known"
        if isinstance(cause, ConnectionRefusedError):
            return "nothing listens there"
    if any(isinstance(cause, TimeoutError) or "timed out" in str(cause) for cause in causes):
        return "it does not answer"
    if settings.uri is None:
        return "its process has ended" if _is_closed(causes) else _first_line(error)
    return "it closed the connection" if _is_closed(causes) else _first_line(error)


def _is_no_encryption(cause: BaseException) -> bool:
    """Whether this is how a server answers that takes the beginning of an encrypted connection for nonsense."""
    if isinstance(cause, ssl.SSLError):
        return not isinstance(cause, TimeoutError)
    return isinstance(cause.__cause__, ConnectionError) and "establish encrypted connection" in str(cause)


def _is_closed(causes: list[BaseException]) -> bool:
    closed = (ConnectionError, EOFError)
    words = ("defunct connection", "closed", "No data")
    return any(isinstance(cause, closed) or any(word in str(cause) for word in words) for cause in causes)


def _ways_out(settings: StoreSettings, error: BaseException, *, encrypted_only: bool) -> str:
    if settings.uri is None:
        return "Run the command again."
    scheme, _, rest = settings.uri.partition("://")
    plain = scheme.partition("+")[0]
    if encrypted_only:
        return f"Write {plain}+s://{rest}, or {plain}+ssc://{rest} if the server made its certificate itself."
    for cause in _causes(error):
        if isinstance(cause, ssl.SSLCertVerificationError):
            return f"If you trust this server and it made its certificate itself, write {plain}+ssc://{rest}."
        if _is_no_encryption(cause):
            return f"Write {plain}://{rest} if it is on this machine; else ask whoever runs it for a certificate."
    return (
        "Is the server running, and is the address right? Without --uri, NEO4J_URI and `store:` in study.yaml the "
        "embedded store is used."
    )


def _wants_encryption(settings: StoreSettings, error: BaseException) -> bool:
    """Whether a server to which an unencrypted connection failed encrypts its connections."""
    parts = urlsplit(settings.uri or "")
    if not parts.hostname or "+s" in parts.scheme or not _is_closed(list(_causes(error))):
        return False
    return speaks_tls(parts.hostname, parts.port or BOLT_PORT)


def _causes(error: BaseException | None) -> Iterator[BaseException]:
    """An error and what led to it; a group of errors stands for each of its own."""
    while error is not None:
        yield error
        for one in error.exceptions if isinstance(error, BaseExceptionGroup) else ():
            yield from _causes(one)
        error = error.__cause__ or error.__context__


def _first_line(said: object) -> str:
    text = str(said).strip()
    return text.splitlines()[0].rstrip(".:") if text else type(said).__name__
