"""The query library: ``cypher/<group>/<name>.cypher``, and a study's own queries beside it."""

from __future__ import annotations

import re
import stat
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field, replace
from functools import lru_cache
from pathlib import Path

from journeys.model.lens import Lens
from journeys.model.problems import Address, Problem, UnreadableFile, UsageProblem
from journeys.model.resources import UNASKED, resource_folder
from journeys.model.schema import Schema, load_schema
from journeys.store.queries.header import read_header
from journeys.store.queries.parameters import LENS_WORDS, Parameter, Value, check_names, values

__all__ = ["Library", "Parameter", "Query", "UnknownQuery", "load_query", "read_library"]

_NAME = re.compile(r"[\w-]+(?:/[\w-]+)?")
_NUMBERS = re.compile(r"(\d+(?:, ?\d+)*)(?:\. *|: *|$)")


class UnknownQuery(UsageProblem):
    """There is no query of this name."""


@dataclass(frozen=True, slots=True)
class Query:
    """A question that can be asked of the graph.

    ``name`` is "trace/origins"; ``question`` the research question it answers, in words; ``parameters`` what it takes
    and ``returns`` its columns, each with its meaning; ``text`` the Cypher, without the header; ``example`` values to
    try it with, as a person writes them, or None where the file gives none; ``own`` whether it is the study's.
    ``boxes`` are questions of forms (instrument and field) that answer it in words, ``codes`` the keys of codes whose
    passages bear on it; ``labels`` the vocabularies that
    the terms of a column are from.
    """

    name: str
    title: str
    question: str
    parameters: Mapping[str, Parameter]
    returns: Mapping[str, str]
    text: str
    example: Mapping[str, str] | None = None
    own: bool = False
    boxes: tuple[str, ...] = ()
    codes: tuple[str, ...] = ()
    labels: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    lens: Lens = field(default_factory=Lens)

    @property
    def group(self) -> str:
        """The folder it is in: "trace"; "" for a study's query that is in none."""
        return self.name.rpartition("/")[0]

    @property
    def short_name(self) -> str:
        """The name without its group: "origins"."""
        return self.name.rpartition("/")[2]

    @property
    def numbers(self) -> tuple[int, ...]:
        """The numbers that the question begins with ("2, 5. Who …"): which of the 45 it answers."""
        found = _NUMBERS.match(self.question)
        return tuple(int(number) for number in found[1].split(",")) if found else ()

    @property
    def words(self) -> str:
        """The question without its numbers; the title where it has no words of its own."""
        return _NUMBERS.sub("", self.question, count=1) or self.title

    def worded(self, lens: Lens) -> Query:
        """The question in the words of a study's lens: "on air quality", not "on ethnicity"."""
        meanings = {name: replace(each, meaning=lens.in_words(each.meaning)) for name, each in self.parameters.items()}
        if LENS_WORDS in meanings:
            meanings[LENS_WORDS] = replace(meanings[LENS_WORDS], default=lens.beginnings)
        return replace(
            self,
            title=lens.in_words(self.title),
            question=lens.in_words(self.question),
            parameters=meanings,
            returns={lens.column(name): lens.in_words(meaning) for name, meaning in self.returns.items()},
            labels={lens.column(name): vocabularies for name, vocabularies in self.labels.items()},
            lens=lens,
        )

    def check_names(self, given: Iterable[str]) -> None:
        """Raise UsageProblem, with the nearest name, for a parameter that it does not have."""
        check_names(self.name, self.parameters, given)

    def values(self, given: Mapping[str, object] | None = None) -> dict[str, Value]:
        """The parameters to run it with: those given, text read by the declared type, and the defaults.

        Raises UsageProblem, in words a person can act on, for what is unknown, unreadable or missing.
        """
        return values(self.name, self.parameters, given or {})


@dataclass(frozen=True, slots=True)
class Library:
    """Every query, by name; and what is wrong with those files of the study that cannot be used."""

    queries: tuple[Query, ...]
    problems: tuple[Problem, ...] = ()

    @property
    def questions(self) -> list[Query]:
        """What people ask: all but what other parts of the program look up."""
        return [query for query in self.queries if query.own or query.group not in UNASKED]

    def named(self, name: str) -> list[Query]:
        """The questions of this name: the one of the whole name, or all of the short name, or the only one whose
        short name begins so."""
        wanted = _plain(name)
        whole = [query for query in self.questions if _plain(query.name) == wanted]
        short = [query for query in self.questions if _plain(query.short_name) == wanted]
        begun = [query for query in self.questions if wanted and _plain(query.short_name).startswith(wanted)]
        return whole or short or (begun if len(begun) == 1 else [])

    def answering(self, number: int) -> list[Query]:
        """The questions that answer one of the 45."""
        return [query for query in self.questions if number in query.numbers]


def read_library(extra: Path | None = None, schema: Schema | None = None) -> Library:
    """Every query, shipped and in the study's folder ``extra``; what cannot be used of ``extra`` is a problem.

    ``schema`` has the terms that parameters take, the study's own too; else it is the shipped one.
    """
    schema = schema or load_schema()
    found: dict[str, Query] = {}
    problems: list[Problem] = []
    for folder, path in _files(extra):
        name = _name(folder, path)
        try:
            if name in found:
                message = f"A query named {name!r} already exists and cannot be replaced."
                problem = Problem(
                    "query_taken", Address(_address(folder, name)), message, "Give the file another name."
                )
                raise UnreadableFile(problem)
            query = _read(folder, path, schema, own=folder == extra)
            found[name] = query if query.own else query.worded(schema.lens)
        except UnreadableFile as refused:
            if folder != extra:
                raise
            problems.append(refused.problem)
    return Library(tuple(found[name] for name in sorted(found)), tuple(problems))


def load_query(name: str, extra: Path | None = None) -> Query:
    """The query of this name, shipped or in the folder ``extra``.

    Raises UnknownQuery, with the nearest names, when there is none, and UnreadableFile for a broken header.
    """
    if _NAME.fullmatch(name) and name.partition("/")[0] != "load":
        for folder in _folders(extra):
            path = folder / f"{name}.cypher"
            if path.is_file():
                return _read(folder, path, load_schema(), own=folder == extra)
    known = [_name(folder, path) for folder, path in _files(extra)]
    from rapidfuzz import process

    near = [match for match, _, _ in process.extract(name, known, limit=3, score_cutoff=50)]
    meant = f" Did you mean {' or '.join(near)}?" if near else ""
    raise UnknownQuery(f"There is no query {name!r}.{meant}")


def _folders(extra: Path | None) -> Iterator[Path]:
    yield resource_folder("cypher")
    if extra is not None and extra.is_dir():
        yield extra


def _files(extra: Path | None) -> Iterator[tuple[Path, Path]]:
    """The query files, each with the folder it was found in."""
    for folder in _folders(extra):
        for pattern in ("*.cypher", "*/*.cypher"):
            for path in sorted(folder.glob(pattern)):
                if folder == extra or path.parent != folder / "load":
                    yield folder, path


def _name(folder: Path, path: Path) -> str:
    return path.relative_to(folder).with_suffix("").as_posix()


def _address(folder: Path, name: str) -> str:
    return f"{folder.name}/{name}.cypher"


def _plain(name: str) -> str:
    return "_".join(re.split(r"[\s_-]+", name.strip().casefold()))


MAX_QUERY = 1_000_000
_parsed = lru_cache(maxsize=512)(read_header)


def _read(folder: Path, path: Path, schema: Schema, *, own: bool) -> Query:
    name = _name(folder, path)
    file = _address(folder, name)
    if own and not path.resolve().is_relative_to(folder.parent.resolve()):
        message = "This is a symbolic link that leads out of the study folder. It was not followed."
        raise UnreadableFile(Problem("not_followed", Address(file), message, "Put the file itself here."))
    try:
        if not stat.S_ISREG(path.stat().st_mode):  # a pipe would be waited for
            message = "This is a folder, a device or a pipe, not a file, so it is not read as a query."
            raise UnreadableFile(Problem("broken_query", Address(file), message, "Move it out of the folder cypher."))
        if path.stat().st_size > MAX_QUERY:
            message = f"The file is larger than {MAX_QUERY:,} bytes, so it is not read as a query."
            raise UnreadableFile(Problem("broken_query", Address(file), message, "Move it out of the folder cypher."))
        text = path.read_text(encoding="utf-8-sig")
    except OSError as error:
        message = f"The file cannot be read ({error.strerror or error})."
        problem = Problem("broken_query", Address(file), message, "See that it is there and may be read.")
        raise UnreadableFile(problem) from error
    except UnicodeDecodeError as error:
        problem = Problem("broken_query", Address(file), "The file is not in UTF-8.", "Save it as UTF-8.")
        raise UnreadableFile(problem) from error
    read = _parsed(file, text)
    header, parameters = read.header, read.parameters(schema)
    return Query(
        name,
        header.title,
        header.question,
        parameters,
        header.returns,
        read.cypher,
        header.example_as_written,
        own,
        header.boxes,
        header.codes,
        header.labels,
    )
