"""The first load of an empty embedded store, by the engine's batch path: many times faster than Cypher.

A copy of the engine's folder is filled by a process of its own and takes the folder's place when it is whole, so a
filling that is interrupted leaves the store as it was. Nobody opens the folder meanwhile.
"""

from __future__ import annotations

import json
import subprocess
from pathlib import Path
from typing import Self

from journeys.model.definitions import PropertyType
from journeys.model.own_process import own_process
from journeys.model.private_files import private_file
from journeys.model.progress import Progress
from journeys.model.schema import Schema
from journeys.model.stored_types import properties_stored, stored_types
from journeys.staging.database import Staging
from journeys.store.connection import Store
from journeys.store.embedded.paths import Layout
from journeys.store.errors import FullDisk, StoreUnavailable, is_about_a_full_disk


class Filler:
    """The process that fills an empty store, started before it is needed; a context manager, after which it has ended.

    A process of its own: the engine's library holds its files and its memory until the process ends, and a crash in
    native code must not take the load with it.
    """

    def __init__(self, work: Path, *, wanted: bool) -> None:
        self._layout = Layout(work)
        self._child = self._begin() if wanted else None

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *exception: object) -> None:
        if self._child is not None:
            for pipe in (self._child.stdin, self._child.stdout):
                if pipe is not None:
                    pipe.close()  # what was not asked for ends by itself, and what is at work breaks off
            self._child.wait()

    def _begin(self) -> subprocess.Popen[bytes]:
        command = own_process("journeys.store.embedded.bulk_load_process", str(self._layout.work))
        with private_file(self._layout.child_log).open("ab") as log:
            return subprocess.Popen(command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, stderr=log)

    def fill(self, store: Store, staging: Staging, schema: Schema, progress: Progress) -> None:
        """Put all of the staging into the store, which holds nothing yet but its constraints.

        Raises StoreUnavailable, with what the engine said, when it cannot be filled; the store is then as it was.
        """
        staging.database.commit()
        with store.kept_closed():
            child = self._child = self._child or self._begin()
            assert child.stdin is not None
            assert child.stdout is not None
            child.stdin.write(json.dumps({"staging": str(staging.path), "dates": _dates(schema)}).encode() + b"\n")
            child.stdin.flush()
            said: dict[str, object] = {}
            for line in child.stdout:
                said = json.loads(line)
                if "stage" in said:
                    progress.stage(str(said["stage"]), int(str(said["total"])))
                elif "done" in said:
                    progress.advance(int(str(said["done"])))
        if not said.get("complete"):
            why = str(said.get("error", "it stopped without a message"))
            if is_about_a_full_disk(OSError(why)):
                raise FullDisk
            raise StoreUnavailable(f"The embedded store could not be filled: {why}. Run `journeys load` again.")


def _dates(schema: Schema) -> dict[str, list[str]]:
    """The stored names of dates, by label and by claim type: the engine has to know them before it sees a value."""
    kinds = {label: schema.properties_of_node(label) for label in schema.nodes}
    kinds |= {type_: properties_stored(schema, type_) for type_ in stored_types(schema)}
    return {
        kind: [
            name
            for definition in properties.values()
            if definition.type is PropertyType.DATE
            for name in definition.stored_names[1:3]
        ]
        for kind, properties in kinds.items()
    }
