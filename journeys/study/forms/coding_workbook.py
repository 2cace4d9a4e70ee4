"""Write a coding workbook of a study: blank, or for interviews with their present codings."""

from __future__ import annotations

import re
from collections.abc import Sequence
from pathlib import Path

from journeys.instruments.coded_passages import Passage
from journeys.instruments.coding_workbook import (
    CODED_AT,
    CODER,
    REMARKS,
    SOURCE,
    Coding,
    coding_instrument,
    filled_workbook,
)
from journeys.instruments.forms import write_form
from journeys.model.code_keys import CODING_WORKBOOK, key_order
from journeys.model.file_names import file_stem
from journeys.model.identity import short_id
from journeys.model.problems import JourneysError, UsageProblem, refuse
from journeys.store.connection import Store
from journeys.store.queries.library import load_query
from journeys.store.resolve import Found, UnknownReference, resolve
from journeys.study.access import StudyAccess
from journeys.study.forms.registered import Registered

_LABELS = ("DataSource", "CaseStudy")
_NAMED_IN_FULL = 3
"""The most interviews named in a file's name."""


def write_coding_workbook(
    study: StudyAccess,
    registered: Registered,
    refs: Sequence[str],
    *,
    coder: str | None = None,
    format_: str | None = None,
    folder: Path | None = None,
) -> Path:
    """Write a coding workbook for the interviews that ``refs`` name, themselves or by their case study; blank for none.

    What is coded already is filled in: of everybody, or with ``coder`` of one. Raises JourneysError for a reference
    to nothing, and for a codebook.yaml with problems, UsageProblem rather than overwrite a file.
    """
    codebook = study.folder.codebook(refuse)
    found, sources, codings = [], dict[str, None](), list[Coding]()
    if refs:
        with study.store() as store:
            for ref in refs:
                each = _found(store, study, registered, ref)
                found.append(each)
                for source in _sources(store, registered, each):
                    if source not in sources:
                        sources[source] = None
                        codings += _codings(store, source, coder)
    coders = {coding.coder for coding in codings if coding.coder}
    header = {CODER: coder} if coder else {CODER: coders.pop()} if len(coders) == 1 else {}
    codings.sort(key=lambda coding: (coding.source, coding.coder or "", key_order(coding.code)))
    dates = {coding.coded_at for coding in codings}
    if len(dates) == 1 and (when := dates.pop()):
        header[CODED_AT] = when
    remarks = {coding.remark for coding in codings}
    if len(remarks) == 1 and (remark := remarks.pop()):
        header[REMARKS] = remark
    names = [short_id(source) for source in sources]
    if len(names) == 1:
        header[SOURCE] = names[0]
    path = (folder or study.folder.path / "forms") / f"{_stem(found, coder)}.{format_ or 'xlsx'}"
    if path.exists():
        raise UsageProblem(f"{path} already exists. Rename it, or name a different folder with -o.")
    filled = filled_workbook(codings, header, names)
    instrument, known = coding_instrument(), registered.offered
    write_form(instrument, path, study.schema, filled=filled, known=known, codebook=codebook)
    return path


def _found(store: Store, study: StudyAccess, registered: Registered, ref: str) -> Found:
    try:
        return resolve(store, study.id, ref, _LABELS)
    except UnknownReference:
        found = registered.find(ref, _LABELS)
        if found is None:
            raise
        return found


def _sources(store: Store, registered: Registered, found: Found) -> list[str]:
    if found.label == "DataSource":
        return [found.id]
    rows = store.read(load_query("lookup/case_sources").text, {"id": found.id})
    sources = [str(row["id"]) for row in rows] or registered.interviews_of(found.id)
    if not sources:
        raise JourneysError(f"{found.name} has no interviews. Add them to the Sources register.")
    return sources


def _codings(store: Store, source: str, coder: str | None) -> list[Coding]:
    rows = store.read(load_query("lookup/codings").text, {"id": source})
    return [
        Coding(
            short_id(source),
            row["coder"],
            row["code"],
            Passage(row["text"], row["place"]),
            _day(row["coded_at"]),
            row["remark"],
        )
        for row in rows
        if coder is None or (row["coder"] or "").casefold() == coder.casefold()
    ]


def _day(when: str | None) -> str | None:
    """When something was coded, without the time of day that Word keeps for each comment."""
    return re.sub(r"(?<=^\d{4}-\d\d-\d\d)T.*", "", when) if when else None


def _stem(found: Sequence[Found], coder: str | None) -> str:
    names = [file_stem(short_id(each.id)) for each in found]
    more = [f"and-{len(names) - _NAMED_IN_FULL}-more"] if len(names) > _NAMED_IN_FULL else []
    by = [file_stem(coder)] if coder else []
    return "-".join([CODING_WORKBOOK, *names[:_NAMED_IN_FULL], *more, *by])
