"""Forms of a study: blank with its own names on offer, or pre-filled from what the graph holds."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from pathlib import Path

from journeys.instruments.answers import FilledForm, Given
from journeys.instruments.definition import Instrument, instruments, load_instrument
from journeys.instruments.forms import write_form
from journeys.interpret.reading import StudyReader
from journeys.interpret.staging import Staging
from journeys.model.problem_log import ProblemLog
from journeys.model.problems import Address, UsageProblem
from journeys.model.progress import NoProgress
from journeys.store.library import load_query
from journeys.store.reference import Found, resolve
from journeys.study import Study


def write_forms(
    study: Study,
    names: Iterable[str] = (),
    *,
    format_: str | None = None,
    ref: str | None = None,
    folder: Path | None = None,
) -> list[Path]:
    """Write forms of the named instruments, or of all that can be written as ``format_``; returns the files.

    Without a format each is written as its first one: what it is mostly filled in as. With ``ref`` the header is
    filled from the graph. Raises UsageProblem rather than overwrite a file, and JourneysError for an instrument or a
    reference that there is not.
    """
    known = _known(study)
    found = _header(study, ref) if ref is not None else None
    written = []
    for name in tuple(names) or _all_of(format_):
        instrument = load_instrument(name)
        stem = f"{name}-{found[0].doc_number or found[0].id.rpartition(':')[2]}" if found else name
        path = (folder or study.folder.path / "forms") / f"{stem}.{format_ or instrument.formats[0]}"
        if path.exists():
            raise UsageProblem(f"{path} is there already. Rename it, or name another folder with -o.")
        write_form(instrument, path, study.schema, filled=_filled(instrument, found), known=known)
        written.append(path)
    return written


def _all_of(format_: str | None) -> list[str]:
    """The instruments that can be written in a format."""
    return [name for name in instruments() if format_ is None or format_ in load_instrument(name).formats]


def _known(study: Study) -> dict[str, list[str]]:
    """The names in the study's registers, by node label."""
    with Staging(study.folder.work / "names.sqlite", study.schema, study.id) as staging:
        reader = StudyReader(study.folder, staging, ProblemLog(), NoProgress())
        reader.read_registers()
        return {label: reader.names.known((label,)) for label in study.schema.nodes}


def _header(study: Study, ref: str) -> tuple[Found, Mapping[str, object]]:
    with study.store() as store:
        found = resolve(store, study.id, ref, ("Document",))
        (row,) = store.read(load_query("lookup/document_header").text, {"id": found.id})
    return found, row


def _filled(instrument: Instrument, found: tuple[Found, Mapping[str, object]] | None) -> FilledForm | None:
    """A form with the fields of its header that the graph knows."""
    if found is None:
        return None
    header = {
        field.id: Given(str(value), Address())
        for field in instrument.header.fields
        if (value := found[1].get(field.id)) not in (None, "")
    }
    return FilledForm(instrument.instrument, instrument.version, "", header)
