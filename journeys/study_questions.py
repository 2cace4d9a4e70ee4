"""The questions of a study: the library with the study's own queries beside it, and their answers."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING

from journeys.analysis.answer import Answer, answer
from journeys.store.adhoc import SECONDS
from journeys.store.library import Library, Query, UnknownQuery, read_library
from journeys.store.library_search import find, nearest
from journeys.store.query_parameters import STUDY

if TYPE_CHECKING:
    from journeys.study import Study

FOLDER = "cypher"
"""The folder of a study's own queries."""


def questions(study: Study) -> Library:
    """Every question that can be asked of the study."""
    return read_library(study.folder.path / FOLDER)


def matching(library: Library, words: str) -> list[Query]:
    """What ``words`` may mean: a number of the 45, a name, a short name, or words that occur in the question.

    Raises UnknownQuery, with what is most like it, when they mean nothing.
    """
    words = words.strip()
    found = library.answering(int(words)) if words.isdecimal() else library.named(words)
    found = found or find(library.questions, words)
    if found:
        return found
    for problem in library.problems:
        if problem.address.file and problem.address.file.endswith(f"/{words}.cypher"):
            raise UnknownQuery(str(problem))
    if len(named := library.named(words.partition(" ")[0])) == 1:
        takes = ", ".join(f"{name}=…" for name in named[0].parameters if name != STUDY)
        about = f" What it is about is written after --param: {takes}." if takes else ""
        said = f"No question of the library has {words!r} in it; {named[0].short_name!r} is the name of one.{about}"
        raise UnknownQuery(said)
    near = [f"  {query.name}: {query.words}" for query in nearest(library.questions, words)]
    meant = "\n".join([" The nearest are:", *near]) if near else ""
    raise UnknownQuery(f"No question of the library has {words!r} in it.{meant}")


def ask_study(
    study: Study,
    question: str | Query,
    given: Mapping[str, object],
    *,
    sources: bool = False,
    seconds: float = SECONDS,
) -> Answer:
    """The answer to the one question that ``question`` means. Raises UnknownQuery when it means none or several."""
    if isinstance(question, str):
        found = matching(questions(study), question)
        if len(found) > 1:
            names = "\n".join(f"  {query.name}: {query.title}" for query in found)
            raise UnknownQuery(f"{question!r} may mean {len(found)} questions. Write the name of one:\n{names}")
        question = found[0]
    with study.store() as store:
        return answer(store, study.schema, study.id, question, given, sources=sources, seconds=seconds)
