"""What coded passages say to a question: how many there are by each code that bears on it."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from journeys.model.code_keys import shown_code
from journeys.store.connection import Store
from journeys.store.queries.library import load_query
from journeys.store.queries.parameters import Value


@dataclass(frozen=True, slots=True)
class CodedBeside:
    """A code that bears on a question: its key and label, the number of passages that have it, and of their sources."""

    code: str
    label: str | None
    passages: int
    sources: int

    @property
    def shown(self) -> str:
        """The code as people read it."""
        return shown_code(self.code, self.label)


def coded_beside(
    store: Store, study: str, codes: Iterable[str], values: Mapping[str, Value]
) -> tuple[CodedBeside, ...]:
    """The codes among these that passages have, narrowed to a site and case study as ``values`` narrow the query."""
    asked = list(codes)
    if not asked:
        return ()
    query = load_query("lookup/passages_by_code")
    given = {"study": study, "codes": asked, "site": values.get("site"), "case": values.get("case")}
    rows = store.read(query.text, query.values(given))
    return tuple(CodedBeside(row["code"], row["label"], row["passages"], row["sources"]) for row in rows)
