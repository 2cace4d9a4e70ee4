"""Names for completion in a shell, found without a store."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Literal

from journeys.interpret.folder import StudyFolder, find_study, open_folder
from journeys.views.text import sanitized

What = Literal["measures", "questions", "relations", "instruments", "documents", "sites", "cases", "things"]
"""Of what the names are."""

_THINGS = ("Document", "Evidence", "Actor", "Meeting", "DataSource", "Arena", "Organisation", "CaseStudy", "Site")
_REGISTERED = {"documents": ("Document", "Evidence"), "sites": ("Site",), "cases": ("CaseStudy",), "things": _THINGS}
_AS_IT_IS = re.compile(r"[\w@/][\w.,:+@%/-]*")
"""What every shell takes as it is: it puts a name into the line as it is offered, and a command would be run."""
_CALLED = ("title", "pseudonym", "name", "label")


def names(what: What, study: Path | None = None) -> list[tuple[str, str]]:
    """Names with what each means; of documents, sites, cases and ``things`` (whatever can be
    shown) those in the study's registers.

    ``study`` is the study's folder, else the nearest upwards. Documents and sites that only forms or the store know
    are not among them, nor is a name in which a shell would see more than a name. Raises JourneysError where the study
    cannot be read.
    """
    found = _measures() if what == "measures" else _of(what, study)
    return [(name, sanitized(meaning)) for name, meaning in found if _AS_IT_IS.fullmatch(name)]


def _of(what: What, study: Path | None) -> Iterator[tuple[str, str]]:
    folder = open_folder(find_study(study))
    if what == "instruments":
        offered = folder.instruments
        yield from ((name, offered.get(name).title) for name in offered.names)
    elif what == "questions":
        yield from _questions(folder)
    elif what == "relations":
        yield from _relations(folder)
    else:
        yield from _registered(folder, _REGISTERED[what])


def _measures() -> Iterator[tuple[str, str]]:
    from journeys.analysis.measures.registry import MEASURES

    for measure in MEASURES.values():
        yield measure.name, measure.answers


def _questions(folder: StudyFolder) -> Iterator[tuple[str, str]]:
    from journeys.store.queries.library import read_library

    for query in read_library(folder.path / "cypher", folder.schema).questions:
        yield query.short_name, query.title


def _relations(folder: StudyFolder) -> Iterator[tuple[str, str]]:
    from journeys.analysis.actors.codes import CODE_RELATIONS
    from journeys.analysis.actors.network import direct_relations
    from journeys.analysis.actors.relations import RELATIONS

    for name, relation in {**RELATIONS, **CODE_RELATIONS, **direct_relations(folder.schema)}.items():
        yield name, relation.phrase


def _registered(folder: StudyFolder, labels: tuple[str, ...]) -> Iterator[tuple[str, str]]:
    from journeys.instruments.registers import read_registers

    for path in folder.registers():
        for entry in read_registers(path, folder.schema, name=path.name, report=lambda _: None):
            if entry.label in labels:
                written = {column: given.text for column, given in entry.values.items()}
                if word := _word(written):
                    yield word, next((written[column] for column in _CALLED if written.get(column)), "")


def _word(written: Mapping[str, str]) -> str:
    """Return the shortest way to name a row of a register: its number, its name if it is one word, else its id."""
    called = (written.get(column, "") for column in ("doc_number", *_CALLED, "id"))
    return next((word for word in called if _AS_IT_IS.fullmatch(word)), "")
