"""What the schema calls sensitive is left out of what is staged, unless the study says that it is to be shown."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Mapping
from functools import cache

from journeys.model.problems import Address
from journeys.model.records import Value
from journeys.model.schema import Schema


class Sensitive:
    """Leaves out the sensitive properties of nodes and claims; with ``shown`` it leaves out nothing.

    What is not in the staging is in no store, and so in no answer, page or export. ``withheld`` counts what was left
    out, by file and by what it is called there.
    """

    def __init__(self, schema: Schema, *, shown: bool) -> None:
        self._shown = shown
        self.withheld: defaultdict[str, Counter[str]] = defaultdict(Counter)
        self._names = cache(schema.sensitive_names)

    def without(self, kind: str, properties: Mapping[str, Value], address: Address) -> Mapping[str, Value]:
        """The properties of a node label or claim type, written at an address, without those that are sensitive."""
        names = {} if self._shown else self._names(kind)
        held = {names[name]: None for name in properties if name in names}
        if not held:
            return properties
        for title in held:
            self.withheld[address.file or ""][title] += 1
        return {name: value for name, value in properties.items() if name not in names}
