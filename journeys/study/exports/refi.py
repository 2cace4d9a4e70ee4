"""Export what a study has coded as REFI-QDA: a project, or the codebook alone."""

from __future__ import annotations

from pathlib import Path

from journeys.exchange.from_codings import coding_project, without_codings
from journeys.exchange.outcome import Exported
from journeys.exchange.refi import write_codebook, write_project
from journeys.exchange.target import refuse_existing, usual_file, written_aside
from journeys.model.phrases import counted
from journeys.model.privacy import Profile
from journeys.model.problems import JourneysError, UsageProblem
from journeys.store.queries.library import load_query
from journeys.study.access import StudyAccess
from journeys.study.atlas.profile import shown_to

_PROJECT, _CODEBOOK = ".qdpx", ".qdc"
_WHOLE_TEXTS = (
    "The text of a source is its coded passages one after another, each below its place: a study holds no more of it."
)


def export_refi(study: StudyAccess, path: Path | None, *, profile: Profile, force: bool) -> Exported:
    """Write the codebook and the coded passages, or by the ending .qdc the codebook alone; see ``Exports``."""
    where = path or usual_file(study.folder.path, study.id, ending=_PROJECT.removeprefix("."), profile=profile)
    ending = where.suffix.lower()
    if ending not in (_PROJECT, _CODEBOOK):
        raise UsageProblem(f"{where.name} has neither the ending {_PROJECT} (project) nor {_CODEBOOK} (codebook).")
    refuse_existing([where], force=force)
    with shown_to(study, profile) as (shown, withheld), shown.store() as store:
        codes = store.read(load_query("lookup/codes_in_use").text, {"study": study.id})
        passages = store.read(load_query("lookup/coded_passages").text, {"study": study.id})
    if not codes:
        raise JourneysError("The study has no codes: nothing is coded, and there is no codebook.yaml.")
    project = coding_project(study.folder.settings.title, codes, passages)
    number = sum(1 for _ in project.codings())
    with written_aside(where, force=force) as (aside,):
        said = write_codebook(project, aside) if ending == _CODEBOOK else write_project(project, aside)
    held = counted(len(project.codes), "code")
    if ending == _CODEBOOK:
        return Exported((where,), held, (*withheld, *said))
    sources = counted(len(project.sources), "source")
    passage = counted(sum(len(source.selections) for source in project.sources), "passage")
    held = f"{held}, {sources}, {passage} and {counted(number, 'coding')}"
    lost = without_codings(project) if not project.sources else [_WHOLE_TEXTS]
    return Exported((where,), held, (*withheld, *lost, *said))
