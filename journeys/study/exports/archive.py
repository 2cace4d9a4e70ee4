"""The archive of a study: everything from the forms to the pages, in one zip file that can be verified."""

from __future__ import annotations

import json
import re
import shutil
from collections.abc import Collection, Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING

from journeys.exchange.outcome import Exported
from journeys.model.phrases import counted
from journeys.model.privacy import Profile
from journeys.model.problems import UsageProblem
from journeys.model.progress import NoProgress, Progress

if TYPE_CHECKING:
    from journeys.exchange.crate_metadata import AboutCrate
    from journeys.interpret.citation import CiteSettings
    from journeys.staging.database import Staging
    from journeys.study.access import StudyAccess

GRAPH, QUERIES, PAGES, CODEBOOK, STUDY, README = "graph", "queries", "pages", "codebook", "study", "README.md"
"""What an archive holds beside answers and measures."""

_CITE = """\
study.yaml does not say how the study is cited, and without a licence nobody may use an archive. Add this, with your own
words, to study.yaml:

cite:
  authors:
    - family: Surname
      given: First name
      orcid: 0000-0002-1825-0097   # if there is one
    - name: A team or organisation
  licence: CC-BY-4.0               # an SPDX identifier, an address, or in words: Not to be shared outside the team"""

_NAMED = 5

_README = """\
# {title}

{note}{about}By {authors}. Licence: {licence}. CITATION.cff says how to cite it.

## What is in this archive

{parts}
- ro-crate-metadata.json: the same for programs (RO-Crate 1.2).
- checksums-sha256.txt: for each file, what it must be.

## What is not in it

{left_out}
## How to verify it

Install evidence-journeys (this archive was written by version {program}) and run `journeys verify` with the name of the
zip file or of this folder. It compares every file with its checksum and, where the forms are here, makes the graph and
all numbers anew from them and says whether every claim, quotation and number is the same.
"""


class Archives:
    """The methods of ``Study`` that write archives."""

    def export_crate(
        self: StudyAccess,
        path: Path | None = None,
        *,
        profile: Profile = "internal",
        force: bool = False,
        progress: Progress | None = None,
    ) -> Exported:
        """Write the whole study as an RO-Crate 1.2 into the zip file ``path`` (else ``out/STUDY.crate.zip``).

        ``profile`` says who may read it. Only the internal one holds the forms, from which ``journeys verify`` can make
        everything anew. Raises UsageProblem when study.yaml does not say how the study is cited, or the store holds
        something else than the files; ProblemsFound; TargetExists; MissingExtra; OSError.
        """
        from journeys.exchange.crate_files import METADATA, checksums_of, pack, write_checksums
        from journeys.exchange.crate_metadata import write_metadata
        from journeys.exchange.target import refuse_existing, usual_file, written_aside
        from journeys.interpret.unreadable import sha256

        progress = progress or NoProgress()
        cite = self.folder.settings.cite
        if cite is None:
            raise UsageProblem(_CITE)
        where = path or usual_file(self.folder.path, self.id, ending="crate.zip", profile=profile)
        refuse_existing([where], force=force)
        with self.folder.scratch() as scratch, self.store():
            crate = scratch / "crate"
            crate.mkdir()
            said = [*_write_study(self, crate, profile, progress)]
            held = counted(sum(path.is_file() for path in crate.rglob("*")), "file")
            about = _about(self, cite, said)
            _write_texts(crate, about, self.folder.settings.note)
            checksums = checksums_of(crate)
            write_metadata(crate, about, checksums)
            write_checksums(crate, {**checksums, METADATA: sha256(crate / METADATA)})
            progress.stage("Packing", 1)
            with written_aside(where, force=force) as (aside,):
                pack(crate, aside)
        return Exported(
            (where,), f"the archive of the study, {held}", (*said, f"To verify it: journeys verify {where}")
        )

    def export_provenance(
        self: StudyAccess,
        ref: str | None = None,
        path: Path | None = None,
        *,
        profile: Profile = "internal",
        force: bool = False,
    ) -> Exported:
        """Write the provenance of the study, or of the document or piece of evidence ``ref``, as W3C PROV-JSON.

        The file is ``path``, else one in ``out/``. Raises JourneysError where nothing is called ``ref``, TargetExists,
        MissingExtra, OSError.
        """
        from journeys.analysis.claims.graph import study_graph
        from journeys.exchange.prov import prov_json
        from journeys.exchange.target import refuse_existing, usual_file, written_aside
        from journeys.store.loaded import refuse_unloaded
        from journeys.store.resolve import resolve
        from journeys.study.atlas.profile import shown_to

        where = path or usual_file(self.folder.path, self.id, ref, ending="prov.json", profile=profile)
        refuse_existing([where], force=force)
        with shown_to(self, profile, one_by_one=True) as (shown, said), shown.store() as store:
            refuse_unloaded(store, shown.schema, shown.id)
            found = resolve(store, shown.id, ref) if ref is not None else None
            graph = study_graph(store, shown.id, shown.schema)
            text, claims = prov_json(graph, shown.schema, found.id if found else None)
            left = sum(1 for *_, held in graph.edges(data=True) if not held["asserted"]) if found is None else 0
        with written_aside(where, force=force) as (aside,):
            aside.write_text(text, encoding="utf-8", newline="\n")
        of = f"the provenance of {found.name}" if found else "the provenance of the study"
        lost = (
            f"Left out: {counted(left, 'tie')} that no source claims, such as codes of passages and sites of meetings."
        )
        return Exported((where,), f"{of}, {counted(claims, 'claim')}", (*said, lost) if left else said)


def _write_study(study: StudyAccess, crate: Path, profile: Profile, progress: Progress) -> Iterator[str]:
    """Write the folders of an archive; gives sentences on what was left out."""
    from journeys.study.atlas.pages import write_atlas
    from journeys.study.atlas.profile import shown_to
    from journeys.study.numbers import write_numbers, write_queries

    with _as_loaded(study, progress) as (staging, read):
        if profile == "internal":
            yield from _copy_files(study, crate / STUDY, read)
            write_graph(study, staging, crate / GRAPH)
    with shown_to(study, profile) as (shown, left_out):
        if profile != "internal":
            yield f"The forms are not in the archive: they say more than the profile {profile} shows."
            yield from left_out
            _write_shown_graph(shown, crate / GRAPH)
        if profile == "public":
            yield "Answers and measures are not in the archive: a small number may tell who somebody is."
        else:
            yield from write_numbers(shown, crate, progress)
        write_queries(shown, crate / QUERIES)
    _write_codebook(study, crate / CODEBOOK)
    write_atlas(study, crate / PAGES, progress, profile=profile)


@contextmanager
def _as_loaded(study: StudyAccess, progress: Progress) -> Iterator[tuple[Staging, Collection[str]]]:
    """What the files say, and which they are. Raises ProblemsFound, and UsageProblem where the store differs."""
    from journeys.interpret.check import ProblemsFound
    from journeys.interpret.read_study import read_study
    from journeys.store.loading.load import LoadRequest, load

    with read_study(study.folder, progress) as (staging, reading, result):
        if not result.clean:
            raise ProblemsFound(result)
        with study.store() as store:
            request = LoadRequest(study.id, reading.hashes, "", allow_removals=True, dry_run=True)
            outcome = load(store, staging, study.schema, request, study.folder.work, progress)
        if not outcome.matches:
            raise UsageProblem(
                "The store holds something else than the files in the study folder, and an archive must hold the same "
                "in both. Put files that lie elsewhere into the study folder, and run `journeys load` first."
            )
        yield staging, reading.hashes


def _copy_files(study: StudyAccess, folder: Path, read: Collection[str]) -> Iterator[str]:
    """Copy the files of a study; says which files in its folder are not in the archive."""
    from journeys.interpret.study_files import study_files

    found = study_files(study.folder, read)
    for name in found.files:
        target = folder / name
        target.parent.mkdir(parents=True, exist_ok=True)
        shutil.copyfile(study.folder.path / name, target)
    if found.others:
        number = counted(len(found.others), "file")
        yield f"Not in the archive: {number} of the study folder that the program does not read: {_some(found.others)}."


def _some(names: Sequence[str]) -> str:
    return ", ".join(names[:_NAMED]) + (f" and {len(names) - _NAMED:,} more" if len(names) > _NAMED else "")


def _write_shown_graph(shown: StudyAccess, folder: Path) -> None:
    """Write the graph as a profile shows it."""
    from journeys.staging.database import Staging
    from journeys.study.atlas.profile import stored_study

    with (
        shown.folder.scratch() as scratch,
        Staging(scratch / "staging.sqlite", shown.schema, shown.id) as staging,
        shown.store() as store,
    ):
        nodes, claims = stored_study(store, shown.id, shown.schema)
        staging.finish(lambda problem: None)
        staging.fill(nodes.values(), ((row["type"], row["start"], row["end"], row["properties"]) for row in claims))
        write_graph(shown, staging, folder)


def write_graph(study: StudyAccess, staging: Staging, folder: Path) -> None:
    """Write the graph that a staging holds as csv and Parquet, with what its labels, kinds and columns mean."""
    from journeys.exchange.graph_tables import GraphTable
    from journeys.model.schema_export import json_schema
    from journeys.views.tables import safe_json

    folder.mkdir(parents=True)
    for table in (GraphTable.of_nodes(study.schema), GraphTable.of_claims(study.schema)):
        table.write_csv(folder / f"{table.name}.csv", table.rows(staging, study.schema))
        table.write_parquet(folder / f"{table.name}.parquet", table.rows(staging, study.schema))
    text = safe_json(json.dumps(json_schema(study.schema), ensure_ascii=False, indent=1))
    (folder / "schema.json").write_text(text + "\n", encoding="utf-8", newline="\n")


def _write_codebook(study: StudyAccess, folder: Path) -> None:
    from journeys.views.tables import csv_text

    book = study.folder.codebook(lambda problem: None)
    columns = ("code", "label", "sheet", "heading", "definition", "note", "reading", "retired", "merged_into")
    rows = [
        (code.key, code.label, code.sheet, book.group_label(code), code.definition, code.note, code.reading,
         code.retired, code.merged_into)
        for code in book.codes.values()
    ]  # fmt: skip
    folder.mkdir(parents=True)
    (folder / "codebook.csv").write_text(csv_text(columns, rows), encoding="utf-8", newline="\n")


def _about(study: StudyAccess, cite: CiteSettings, said: Sequence[str]) -> AboutCrate:
    from journeys.exchange.crate_metadata import AboutCrate
    from journeys.model.version import __version__
    from journeys.store.load_history import last_load

    with study.store() as store:
        last = last_load(store, study.id, study.schema)
    assert last is not None, "the store was compared with the files"
    settings = study.folder.settings
    return AboutCrate(settings.title, settings.about, cite, last.when.date(), __version__, tuple(said))


def _in_markdown(text: str) -> str:
    """Text that stays text where Markdown is shown: no element, no link, nothing that a terminal obeys."""
    from journeys.views.text import printable_lines

    return re.sub(r"([\\`<\[\]])", r"\\\1", printable_lines(text))


def _write_texts(crate: Path, about: AboutCrate, note: str | None) -> None:
    """Write CITATION.cff, and a README.md for people."""
    from journeys.exchange.crate_metadata import FOLDERS
    from journeys.interpret.citation import citation_file

    cited = citation_file(about.cite, about.title, about.about, about.day)
    (crate / "CITATION.cff").write_text(cited, encoding="utf-8", newline="\n")
    parts = [f"- {name}/: {what}" for name, what in FOLDERS.items() if (crate / name).is_dir()]
    text = _README.format(
        title=_in_markdown(" ".join(about.name.split())),
        note=f"{_in_markdown(note)}\n\n" if note else "",
        about=f"{_in_markdown(about.about).strip()}\n\n" if about.about else "",
        authors=_in_markdown("; ".join(author.whole_name for author in about.cite.authors)),
        licence=_in_markdown(about.cite.licence),
        parts="\n".join(parts),
        left_out="".join(f"- {_in_markdown(sentence)}\n" for sentence in about.said) or "- Nothing.\n",
        program=about.program,
    )
    (crate / README).write_text(text, encoding="utf-8", newline="\n")
