"""Two versions of the program on one study: neither writes again what the other wrote, and a newer store is refused."""

from __future__ import annotations

from journeys.model.problems import JourneysError
from journeys.model.schema import Schema
from journeys.model.version import UPDATE, __version__
from journeys.store.connection import Store
from journeys.store.shape import OUTDATED, SHAPE, LastWriter, OutdatedStore, last_writer


class NewerStore(JourneysError):
    """A newer version filled the store, in a way that this one does not know."""


def refuse_newer(store: Store, writer: LastWriter | None) -> None:
    """Raise NewerStore, with what to do, where a newer version stores the study in a way unknown to this one."""
    if writer is not None and writer.shape > SHAPE:
        other = " Or run `journeys store rebuild` to fill it again with this version." * (store.engine == "embedded")
        raise NewerStore(
            f"The store was filled by version {writer.version} of journeys, in a way that this version ({__version__}) "
            f"does not know. {UPDATE}.{other}"
        )


def refuse_another_shape(store: Store, schema: Schema, study: str) -> None:
    """Raise NewerStore or OutdatedStore, with what to do, where the study cannot be asked as it is stored."""
    writer = last_writer(store, schema, study)
    refuse_newer(store, writer)
    if writer is not None and writer.is_outdated:
        raise OutdatedStore(f"{OUTDATED} Run `journeys load` to rebuild it.")


def about_older(version: str) -> str:
    """What is said when an older version loaded the study before this one."""
    return (
        f"The study was last loaded by version {version} of journeys; this is version {__version__}. If a colleague "
        "still uses the older one, ask them to update it."
    )


def about_newer(version: str) -> str:
    """What is said when a newer version loaded the study, and claims that it wrote are there."""
    return (
        f"The study was loaded by version {version} of journeys; this is version {__version__}, which is older. "
        f"So only files that were changed since were loaded, and all other claims stay as that version wrote them. "
        f"{UPDATE}."
    )
