"""What the files made of the graph when they were last read, kept so that only changed forms are read again.

Two files: ``last-graph.sqlite`` holds the graph (see ``staging.kept_graph``), and ``last-graph.json``, which is sealed,
what it was made from and the other file's digest.
"""

from __future__ import annotations

import contextlib
import hashlib
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

import orjson
from pydantic import ValidationError

from journeys.interpret.folder import StudyFolder
from journeys.interpret.kept.last_reading import LastReading, reading_in, reading_out
from journeys.interpret.kept.own_key import own_key, sealed
from journeys.interpret.made_known import JOURNAL, Journal
from journeys.model.private_files import write_private

GRAPH, SAID = "last-graph.sqlite", "last-graph.json"
LARGEST = 400_000
"""Nodes and claims of a graph that is kept: some 250 bytes each are written with every reading."""


@dataclass(frozen=True, slots=True)
class LastGraph:
    """What was read, and from what: the parts of the study's mark; the files of the registers; what each form made
    known; which forms are about documents; of which passages others asked whether a form keeps them; and whether
    summaries list what there is."""

    basis: str
    day: str
    exports: frozenset[str]
    contents: Mapping[str, str]
    registers: tuple[str, ...]
    journal: Journal
    extractions: tuple[str, ...]
    asked: frozenset[str]
    listing: bool
    reading: LastReading


def last_graph(folder: StudyFolder, to: Path) -> LastGraph | None:
    """What was kept, if this person kept it; its graph is copied to the file ``to``."""
    key = own_key()
    if key is None:
        return None
    try:
        seal, _, text = (folder.work / SAID).read_bytes().partition(b"\n")
        if seal.decode("ascii") != sealed(key, text).hex():
            return None
        basis, day, exports, contents, registers, journal, extractions, *others, reading, digest = orjson.loads(text)
        graph = (folder.work / GRAPH).read_bytes()
        if hashlib.sha256(graph).hexdigest() != digest:
            return None
        to.write_bytes(graph)
        made_known = JOURNAL.validate_python(journal, strict=False)
        forms = tuple(registers), made_known, tuple(extractions)
        asked, listing = others
        made_of = basis, day, frozenset(exports), contents
        return LastGraph(*made_of, *forms, frozenset(asked), listing, reading_in(*reading))
    except (OSError, ValueError, TypeError, KeyError, ValidationError):
        return None


def keep_last_graph(folder: StudyFolder, graph: Path, kept: LastGraph) -> None:
    """Keep what was read for the next time; ``graph`` is the file that holds the graph."""
    key = own_key()
    if key is None:
        return
    with contextlib.suppress(OSError, TypeError):
        held = graph.read_bytes()
        said = [
            kept.basis, kept.day, sorted(kept.exports), kept.contents, kept.registers, kept.journal, kept.extractions,
            sorted(kept.asked), kept.listing, reading_out(kept.reading), hashlib.sha256(held).hexdigest(),
        ]  # fmt: skip
        text = orjson.dumps(said)
        write_private(folder.work / GRAPH, held)
        write_private(folder.work / SAID, f"{sealed(key, text).hex()}\n".encode("ascii") + text)
