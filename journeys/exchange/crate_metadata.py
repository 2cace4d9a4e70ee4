"""What an archive says of itself: an RO-Crate 1.2 (Soiland-Reyes et al. 2022), which repositories can read."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING, Any

from journeys.exchange.crate_files import CHECKSUMS, METADATA
from journeys.exchange.extras import needed
from journeys.interpret.citation import CiteSettings
from journeys.views.tables import safe_json

if TYPE_CHECKING:
    from rocrate.rocrate import ROCrate

FOLDERS = {
    "study": "The filled-in forms, registers, tables, decisions and settings, from which all else was made.",
    "graph": "All nodes and claims, each with its source, as csv and as Parquet; schema.json says what the columns "
    "mean. In csv, text that a spreadsheet would run as a formula has an apostrophe in front.",
    "queries": "The questions in Cypher, with their parameters.",
    "answers": "The answers to the questions that are not about one thing, as csv.",
    "measures": "The tables of all measures, as csv.",
    "pages": "The pages of the study; begin with pages/index.html. They open in any browser, without a network.",
    "codebook": "The codes, with their labels and definitions.",
}
"""The folders of an archive, as far as it has them, and what they hold."""

_TYPES = {
    ".cff": "text/yaml",
    ".csv": "text/csv",
    ".cypher": "text/plain",
    ".docx": "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
    ".html": "text/html",
    ".js": "text/javascript",
    ".json": "application/json",
    ".md": "text/markdown",
    ".parquet": "application/vnd.apache.parquet",
    ".svg": "image/svg+xml",
    ".txt": "text/plain",
    ".xlsx": "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
    ".yaml": "text/yaml",
    ".yml": "text/yaml",
}
_SINGLE = {"README.md": "What this archive holds", "CITATION.cff": "How to cite the study"}
_CHECKED = "The SHA-256 checksum of every other file"
_FILES = {
    "study": "As the team filled it in or wrote it",
    "graph": "The graph that the forms and tables give",
    "queries": "A question in Cypher",
    "answers": "The answer to a question",
    "measures": "A table of a measure",
    "codebook": "The codes, each with its number, label and definition",
}
"""What a file of a folder is. The pages are not listed one by one: their folder is what is read."""


@dataclass(frozen=True, slots=True)
class AboutCrate:
    """What an archive says of its study. ``day`` is when the data were loaded, and counts where ``cite`` has no date;
    ``said`` are sentences on what was left out; ``program`` is the version of the program."""

    title: str
    about: str | None
    cite: CiteSettings
    day: date
    program: str
    said: tuple[str, ...] = ()

    @property
    def name(self) -> str:
        """The title under which the study is cited."""
        return self.cite.title or self.title

    @property
    def description(self) -> str:
        """What the study is about, and what was left out."""
        return " ".join((self.about or f"The study {self.name}.", *self.said))


def write_metadata(folder: Path, about: AboutCrate, checksums: Mapping[str, str]) -> None:
    """Write ``ro-crate-metadata.json`` about the files of ``folder``, whose SHA-256 are ``checksums``.

    Raises MissingExtra without rocrate.
    """
    with needed("archive", "rocrate"):
        from rocrate.rocrate import ROCrate

    crate = ROCrate(version="1.2")
    crate.name, crate.description, crate.license = about.name, about.description, _licence(crate, about.cite)
    crate.datePublished = about.cite.date or about.day
    root = crate.root_dataset
    root["author"] = [_author(crate, held) for held in _authors(about.cite)]
    if about.cite.keywords:
        root["keywords"] = about.cite.keywords
    if about.cite.version:
        root["version"] = about.cite.version
    if about.cite.doi:
        root["identifier"] = f"https://doi.org/{about.cite.doi}"
    for part in FOLDERS:
        inside = [name for name in checksums if name.startswith(f"{part}/")]
        if not inside:
            continue
        held = crate.add_dataset(dest_path=f"{part}/", properties=_folder(part))
        if part in _FILES:
            files = [_add(crate, folder, name, _FILES[part], checksums[name]) for name in inside]
            held["hasPart"] = files if len(files) > 1 else files[0]
    for name, what in _SINGLE.items():
        if name in checksums:
            _add(crate, folder, name, what, checksums[name])
    crate.add_file(dest_path=CHECKSUMS, properties=_named(CHECKSUMS, _CHECKED))
    _add_program(crate, about.program)
    crate.metadata.write(folder)
    written = folder / METADATA
    written.write_text(safe_json(written.read_text(encoding="utf-8")), encoding="utf-8", newline="\n")


def _folder(name: str) -> dict[str, Any]:
    return {"name": name.capitalize(), "description": FOLDERS[name]}


def _add(crate: ROCrate, folder: Path, name: str, what: str, checksum: str) -> Any:
    path = folder / name
    measured = {"contentSize": str(path.stat().st_size), "sha256": checksum}
    return crate.add_file(str(path), dest_path=name, properties={**_named(name, what), **measured})


def _named(name: str, what: str) -> dict[str, Any]:
    kind = _TYPES.get(Path(name).suffix.lower())
    return {"name": name, "description": what, **({"encodingFormat": kind} if kind else {})}


def _authors(cite: CiteSettings) -> list[Mapping[str, Any]]:
    """Each author as an entity; one without an ORCID iD is called by a number."""
    made: list[Mapping[str, Any]] = []
    for number, author in enumerate(cite.authors, 1):
        held: dict[str, Any] = {"@type": "Organization" if author.name else "Person", "name": author.whole_name}
        if author.affiliation:
            held["affiliation"] = author.affiliation
        identity = f"https://orcid.org/{author.orcid}" if author.orcid else f"#author-{number}"
        made.append({"@id": identity, **held})
    return made


def _author(crate: ROCrate, held: Mapping[str, Any]) -> Any:
    held = dict(held)
    if place := held.get("affiliation"):
        held["affiliation"] = _entity(crate, f"#{place}", {"@type": "Organization", "name": place})
    return _entity(crate, held.pop("@id"), held)


def _licence(crate: ROCrate, cite: CiteSettings) -> Any:
    held = {"@type": "CreativeWork", "name": cite.licence, "description": f"The study is shared under: {cite.licence}"}
    return _entity(crate, cite.licence_address or "#licence", held)


def _add_program(crate: ROCrate, version: str) -> None:
    program = {"@type": "CreativeWork", "name": "evidence-journeys", "version": version}
    made = {
        "@type": "CreateAction",
        "name": "The archive was written",
        "instrument": _entity(crate, "#evidence-journeys", program),
        "result": crate.root_dataset,
    }
    crate.root_dataset["mentions"] = _entity(crate, "#written", made)


def _entity(crate: ROCrate, identity: str, properties: Mapping[str, Any]) -> Any:
    from rocrate.model.contextentity import ContextEntity

    return crate.add(ContextEntity(crate, identity, properties=dict(properties)))
