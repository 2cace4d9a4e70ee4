"""A study folder: study.yaml, the places of its files, and the schema extended with its own terms and properties."""

from __future__ import annotations

import errno
import os
import re
from collections.abc import Iterator, Mapping, Sequence
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass, replace
from functools import cached_property, partial
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any, Literal

from pydantic import BaseModel, BeforeValidator, ConfigDict, Field, ValidationError, field_validator

from journeys.interpret.citation import CiteSettings
from journeys.interpret.inputs import Inputs, find_inputs, leads_out
from journeys.model.characters import NOT_IN_LINES
from journeys.model.identity import content_hash, folded, slug
from journeys.model.lens import Lens
from journeys.model.links_out import refuse_links_in
from journeys.model.phrases import counted
from journeys.model.privacy import PrivacySettings
from journeys.model.private_files import private_folder
from journeys.model.problems import JourneysError, Report, UsageProblem, refuse
from journeys.model.resources import resource_folder
from journeys.model.schema import Schema, load_schema
from journeys.model.study_names import (
    CODEBOOK_FILE,
    IMPORT_FOLDER,
    INSTRUMENT_FOLDER,
    SHIPPED_CODEBOOK,
    STUDY_FILE,
    SUMMARY_TABLES_FILE,
    DateOrder,
)
from journeys.model.unfinished import scratch_folder
from journeys.model.version import UPDATE
from journeys.model.wrong_kinds import refuse_wrong_kinds
from journeys.model.wrong_values import said_of
from journeys.model.yaml_with_lines import BrokenSchema, load_lined_yaml

# The readers of instruments, codebooks and imports are imported where they are used: they take longer to import than
# everything else that a command needs which only reads the store.
if TYPE_CHECKING:
    from journeys.instruments.codebook import Codebook
    from journeys.instruments.files.conversions import Conversions
    from journeys.instruments.instrument_set import InstrumentSet
    from journeys.instruments.summary_tables import SummaryTables
    from journeys.interpret.projects.import_list import ImportList

STUDY_VERSION = 1
"""The version of the form that study.yaml has. Raise it when an earlier program would misread what is new in it."""
REGISTERS = ("registers.xlsx", "registers.ods", "registers.yaml", "registers.yml")
STUDY_VARIABLE = "JOURNEYS_STUDY"
WORK_FOLDER = ".journeys"
GUIDE_FOLDER = "guides"
SCRATCH = "reading-"
"""What the names of folders begin with that are there while something is read."""
OUTSIDE = "outside-"
"""What the names of files that lie outside the study folder begin with."""

_DEEPEST = 400
"""Bytes in the path of a study folder: SQLite opens no file whose path is longer than 512."""

MADE = (WORK_FOLDER, "out")
"""The folders in which the program writes."""
_NOT_INPUT = {*MADE, "cypher", "decisions", GUIDE_FOLDER, INSTRUMENT_FOLDER, IMPORT_FOLDER}
_TOP = frozenset({STUDY_FILE, CODEBOOK_FILE, SUMMARY_TABLES_FILE, *REGISTERS, *_NOT_INPUT})
_NOT_A_FILE = re.compile(r"~\$|\.~lock|\.(?!.*\.icloud$)|README\.txt$")

Word = Annotated[str, BeforeValidator(lambda value: str(value) if isinstance(value, int | float) else value)]


class ResearcherEntry(BaseModel):
    """A member of the study team; ``also`` are other spellings of the name, as programs write it with comments."""

    model_config = ConfigDict(extra="forbid", defer_build=True)

    initials: Word
    name: Word | None = None
    also: list[Word] = []


def researcher_with_account(researchers: Sequence[ResearcherEntry], account: str) -> str:
    """The initials of the researcher whose initials, name or other spelling is the name of an account; "" for none."""
    wanted = folded(account)
    found = [
        each.initials for each in researchers if wanted in map(folded, (each.initials, each.name or "", *each.also))
    ]
    return found[0] if wanted and len(found) == 1 else ""


class TranscriptSettings(BaseModel):
    """How transcripts that are coded in Word are read: how much of the text is kept, and whether resolved comments are
    read."""

    model_config = ConfigDict(extra="forbid", defer_build=True)

    keep: Literal["coded", "all"] = "coded"
    resolved: Literal["read", "leave out"] = "read"


class LensSettings(BaseModel):
    """What the study looks at apart, in place of ethnicity: as it is named in a sentence, and the labels of the two
    parts of an answer. ``strand`` is the equality strand of evidence on it, if it is one.
    """

    model_config = ConfigDict(extra="forbid", defer_build=True)

    topic: Word = Field(min_length=1)
    general: Word = Field(default="General", min_length=1)
    specific: Word | None = Field(default=None, min_length=1)
    strand: Word | None = None

    @property
    def lens(self) -> Lens:
        """The lens. Without a label of its own, the second part is called by the topic: "Air quality"."""
        return Lens(self.topic, self.general, self.specific or self.topic[0].upper() + self.topic[1:], self.strand)


class StudyFile(BaseModel):
    """What a study.yaml says."""

    model_config = ConfigDict(extra="forbid", defer_build=True)

    version: int = Field(default=STUDY_VERSION, ge=1, description="The version of this file's form")
    id: Word
    title: Word
    note: Word | None = None
    about: Word | None = Field(default=None, description="What the study asks, in a few sentences for its readers")
    researchers: list[ResearcherEntry] = []
    transcripts: TranscriptSettings = TranscriptSettings.model_construct()
    lens: LensSettings | None = Field(default=None, description="What is looked at apart, in place of ethnicity")
    date_order: DateOrder | None = Field(default=None, description="What 03/05/2011 is: day_first or month_first")
    vocabulary: dict[str, dict[str, Word]] = Field(default={}, description="Own terms: vocabulary -> term -> label")
    properties: dict[str, dict[str, dict[str, Any]]] = Field(default={}, description="Own properties, as in graph.yaml")
    cite: CiteSettings | None = Field(default=None, description="How the study is cited, and its licence")
    privacy: PrivacySettings = Field(
        default=PrivacySettings.model_construct(), description="What others are shown of the study"
    )
    store: dict[str, Word] = Field(default={}, description="uri, user and database of a Neo4j server; none: embedded")

    @field_validator("id")
    @classmethod
    def _usable_in_ids(cls, value: str) -> str:
        if not re.fullmatch(r"[a-z0-9][a-z0-9_-]*", value):
            raise ValueError("write it in small letters, digits and hyphens, like riverside-2011")
        return value


@dataclass(frozen=True)
class StudyFolder:
    """One study on disk. ``path`` is absolute; the files in it are named relative to it, with forward slashes."""

    path: Path
    settings: StudyFile

    @property
    def id(self) -> str:
        """The study's id, with which the id of each of its nodes begins."""
        return self.settings.id

    @cached_property
    def schema(self) -> Schema:
        """The schema with the study's own terms and properties; raises JourneysError when they cannot be added."""
        try:
            lens = self.settings.lens.lens if self.settings.lens else None
            return load_schema().widened(self.settings.vocabulary, self.settings.properties, lens)
        except JourneysError as error:
            raise JourneysError(f"{STUDY_FILE}: {error}") from error

    @property
    def work(self) -> Path:
        """Return the folder for the store and logs, which can always be rebuilt; made when it is missing, for the
        owner alone."""
        return private_folder(self.path / WORK_FOLDER)

    @cached_property
    def conversions(self) -> Conversions:
        """The files that are read through LibreOffice."""
        from journeys.instruments.files.conversions import Conversions

        return Conversions(self.path / WORK_FOLDER / "converted")

    @contextmanager
    def scratch(self) -> Iterator[Path]:
        """A folder for the time of the block: beside the store, or elsewhere when the study may only be read, or lies
        so deep that SQLite opens no file there."""
        with ExitStack() as made:
            try:
                if len(os.fsencode(self.path)) > _DEEPEST:
                    raise OSError(errno.ENAMETOOLONG, "too deep for SQLite", str(self.path))
                folder = made.enter_context(scratch_folder(SCRATCH, self.work))
            except OSError:
                folder = made.enter_context(scratch_folder(f"journeys-{SCRATCH}"))
            yield folder

    def name(self, path: Path) -> str:
        """How addresses call a file: relative to the study folder; elsewhere by its name and a mark of its folder.

        A full path would put the name of the person's account into claims and pages.
        """
        resolved = path.resolve()
        if not resolved.is_relative_to(self.path):
            return printable(f"{OUTSIDE}{content_hash(printable(resolved.parent.as_posix()))[:6]}/{resolved.name}")
        inside = resolved.relative_to(self.path)
        if any(part.startswith(".") for part in inside.parts) and path.is_relative_to(self.path):
            inside = path.relative_to(self.path)  # a link into a hidden folder is what the person sees
        return printable(inside.as_posix())

    def link_name(self, link: Path) -> str:
        """How addresses call a link in the study folder: by where it lies, not by what it leads to."""
        return printable(link.relative_to(self.path).as_posix())

    def leads_out(self, path: Path) -> bool:
        """Whether a path in the study folder stands, by way of a symbolic link, for something outside it."""
        return leads_out(path, self.path)

    def codebook(self, report: Report) -> Codebook:
        """The codebook in use: the shipped one, or the study's with each entry that cannot be used reported."""
        codebook = self._codebook(report)
        return replace(codebook, suggested_for=self.read_instruments(lambda problem: None).suggested_for)

    def _codebook(self, report: Report) -> Codebook:
        """The codebook, without the codes that instruments suggest."""
        from journeys.instruments.codebook import shipped_codes
        from journeys.instruments.study_codebook import study_codebook
        from journeys.interpret.projects.import_list import with_imports

        path = self.path / CODEBOOK_FILE
        imported = partial(with_imports, lists=self.imports(report))
        if not path.is_file() or self.leads_out(path):
            return imported(shipped_codes())
        return study_codebook(path, name=CODEBOOK_FILE, report=report, imported=imported)

    def imports(self, report: Report) -> list[ImportList]:
        """What the study has said about each project of another program that it imported."""
        from journeys.interpret.projects.import_list import find_lists

        return find_lists(self.path, report)

    @property
    def instruments(self) -> InstrumentSet:
        """The instruments that are shipped, and the study's own, as their files are now. Raises JourneysError for one
        that cannot be used."""
        return self.read_instruments(refuse)

    def read_instruments(self, report: Report) -> InstrumentSet:
        """The instruments that are shipped, and the study's own, with each that cannot be used reported."""
        from journeys.instruments.study_instruments import study_instruments

        folder = self.path / INSTRUMENT_FOLDER
        paths = sorted([*folder.glob("*.yaml"), *folder.glob("*.yml")]) if folder.is_dir() else []
        kept = [path for path in paths if not _NOT_A_FILE.match(path.name) and not self.leads_out(path)]
        return study_instruments({self.name(path): path for path in kept}, self.schema, report)

    def summary_tables(self, report: Report) -> SummaryTables:
        """The summary tables in use: those shipped, or the study's with each entry that cannot be used reported."""
        from journeys.instruments.study_summary_tables import study_summary_tables
        from journeys.instruments.summary_tables import shipped_summary_tables

        path = self.path / SUMMARY_TABLES_FILE
        if not path.is_file() or self.leads_out(path):
            return shipped_summary_tables()
        return study_summary_tables(path, name=SUMMARY_TABLES_FILE, report=report)

    @property
    def ways_of_reading(self) -> tuple[Path, ...]:
        """The files and folders of the study that say how it reads and shows what it holds, besides study.yaml."""
        names = (CODEBOOK_FILE, SUMMARY_TABLES_FILE, INSTRUMENT_FOLDER)
        return tuple(path for name in names if not self.leads_out(path := self.path / name))

    def decisions(self) -> list[Path]:
        """The workbooks in which the team has decided something, by name."""
        found = sorted((self.path / "decisions").glob("*.xlsx")) if (self.path / "decisions").is_dir() else []
        return [path for path in found if not _NOT_A_FILE.match(path.name) and not self.leads_out(path)]

    def codebook_in_words(self) -> str:
        """Which codebook is in use, and how many codes it has."""
        if not any((self.path / name).exists() for name in (CODEBOOK_FILE, IMPORT_FOLDER)):
            return f"{SHIPPED_CODEBOOK}: {counted(_shipped_codes(), 'code')}"
        codebook = self._codebook(lambda problem: None)
        codes = sum(code.merged_into is None for code in codebook.codes.values())
        return f"{codebook.origin}: {counted(codes, 'code')}"

    def registers(self) -> list[Path]:
        """The study's register files, as far as they are there."""
        paths = [self.path / name for name in REGISTERS]
        return [path for path in paths if path.exists() and not self.leads_out(path)]

    def inputs(self) -> Inputs:
        """Every other file that may hold forms or tables, by name, but what is hidden, a lock file, or ours."""
        return find_inputs(self.path, left_out=self._left_out, closed=_TOP)

    def _left_out(self, path: Path) -> bool:
        at_the_top = path.parent == self.path and path.name in _TOP
        return at_the_top or _NOT_A_FILE.match(path.name) is not None


def _shipped_codes() -> int:
    """How many codes the shipped codebook has: to read it as a codebook takes long."""
    book = load_lined_yaml(resource_folder("schema") / "instruments" / CODEBOOK_FILE).content
    return sum(len(sheet["codes"]) for sheet in book["sheets"])


def printable(name: str) -> str:
    """A file's name in which what no terminal should get, or no text can hold, is written out: ``\\x1b``.

    These are control characters, marks that change the direction of writing, and bytes that are not UTF-8.
    """
    text = name.encode("utf-8", errors="surrogateescape").decode("utf-8", errors="backslashreplace")
    return NOT_IN_LINES.sub(lambda sign: sign[0].encode("unicode_escape").decode("ascii"), text)


def find_study(start: Path | None = None, *, environ: Mapping[str, str] = os.environ) -> Path:
    """The study folder: ``start`` itself, else JOURNEYS_STUDY, else the nearest folder upwards with a study.yaml.

    Raises UsageProblem when there is none.
    """
    named = start or (Path(environ[STUDY_VARIABLE]) if environ.get(STUDY_VARIABLE) else None)
    if named is not None:
        if (named / STUDY_FILE).is_file():
            return named.resolve()
        raise UsageProblem(
            f"{named} is not a study folder: it has no {STUDY_FILE}. Run `journeys new {named}` to make one."
        )
    here = Path.cwd()
    if nearest := nearest_study(here):
        return nearest
    raise UsageProblem(
        f"There is no {STUDY_FILE} in {here} or above it. Change to your study folder, name it with --study, "
        "or make one with `journeys new DIR`."
    )


def nearest_study(here: Path) -> Path | None:
    """The nearest folder with a study.yaml, upwards from ``here``; None where there is none."""
    return next((folder for folder in (here, *here.parents) if (folder / STUDY_FILE).is_file()), None)


def open_folder(path: Path) -> StudyFolder:
    """The study in ``path``. Raises JourneysError naming the line of study.yaml that cannot be used."""
    if leads_out(path.resolve() / STUDY_FILE, path.resolve()):
        message = (
            "is a symbolic link that leads out of the study folder, and was not followed. Put the file itself here."
        )
        raise BrokenSchema(STUDY_FILE, None, message)
    refuse_links_in(path / WORK_FOLDER)
    refuse_wrong_kinds(path / WORK_FOLDER)
    source = load_lined_yaml(path / STUDY_FILE)
    said = source.content.get("version") if isinstance(source.content, dict) else None
    if isinstance(said, int) and said > STUDY_VERSION:
        raise source.broken(
            ("version",),
            f"the file is of version {said}, and this program reads up to version {STUDY_VERSION}. {UPDATE}.",
        )
    try:
        settings = StudyFile.model_validate(source.content or {})
    except ValidationError as error:
        first = error.errors()[0]
        where = ".".join(map(str, first["loc"])) or "the file"
        names = _names_beside(first["loc"])
        message = {
            "missing": "is missing; write it",
            "extra_forbidden": "is not recognised" + (f"; the names are {', '.join(names)}" if names else ""),
        }.get(first["type"]) or said_of(first)
        raise source.broken(tuple(first["loc"]), f"{where}: {message}.") from error
    return StudyFolder(path.resolve(), settings)


def _names_beside(place: Sequence[int | str]) -> list[str]:
    """The names that study.yaml can have where a name stands; none where any name can."""
    model: type[BaseModel] = StudyFile
    for name in place[:-1]:
        field = model.model_fields.get(str(name))
        kind = field.annotation if field is not None else None
        if not (isinstance(kind, type) and issubclass(kind, BaseModel)):
            return []
        model = kind
    return list(model.model_fields)


def study_id(title: str) -> str:
    """An id for a study of this title. Raises UsageProblem when the title has nothing to make one of."""
    text = re.sub(r"[^a-z0-9]+", "-", slug(title).encode("ascii", "ignore").decode()).strip("-")
    if not text:
        raise UsageProblem(f"No id can be made of the title {title!r}; name the folder in Latin letters or digits.")
    return text
