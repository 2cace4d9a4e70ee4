"""Errors of the store, with messages that a person can act on."""

from __future__ import annotations

import errno

from journeys.model.problems import JourneysError


class StoreUnavailable(JourneysError):
    """The store cannot be reached, or not with these credentials."""

    exit_code = 3


class StoreUnreachable(StoreUnavailable):
    """Nothing answers where the store should be, or no longer; ``why`` is what is known of it."""

    def __init__(self, message: str, why: str) -> None:
        super().__init__(message)
        self.why = why


class StoreUnusable(StoreUnavailable):
    """The embedded store cannot be opened on this machine, however often one tries."""


class StoreDamaged(StoreUnusable):
    """The embedded store's files cannot be opened, or do not hold what was last loaded. The next load remakes it."""


class StoreBusy(JourneysError):
    """Somebody else holds the store."""

    exit_code = 3


class GuardLost(JourneysError):
    """A write was not carried out, because the lock that guards it belongs to somebody else now."""

    exit_code = 3


class QueryError(JourneysError):
    """The store refused a query; the message is the store's own."""


class QueryTimeout(JourneysError):
    """The query took longer than it was given."""


class TooMuchMemory(JourneysError):
    """What was asked needs more memory than the embedded engine may take."""


FULL_DISK = "The disk is full. Free some space and run the command again; earlier data are still there."


class FullDisk(JourneysError):
    """Something could not be written because there is no room for it."""

    def __init__(self) -> None:
        super().__init__(FULL_DISK)


PASSING = (StoreUnavailable, StoreBusy, FullDisk)
"""Faults of the moment: they say nothing of what was asked, so nothing that is kept may say them."""


def raise_passing(error: JourneysError) -> None:
    """Raise an error again that passes, so that nothing takes it for an answer."""
    if isinstance(error, PASSING):
        raise error


def is_about_a_taken_port(error: BaseException) -> bool:
    """Whether the embedded engine could not start because another process took a port that was free a moment before."""
    return "Unable to listen" in str(error)


def is_about_a_full_disk(error: BaseException) -> bool:
    """Whether an error, of whatever part of the program, means that there is no room left."""
    if isinstance(error, OSError) and error.errno in (errno.ENOSPC, errno.EDQUOT):
        return True
    return any(words in str(error) for words in ("No space left on device", "disk is full", "not enough space"))
