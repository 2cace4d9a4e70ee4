"""Finding a question of the library, by name, number or words, and answering it."""

from __future__ import annotations

from journeys.store.queries.library import Library, Query, UnknownQuery
from journeys.store.queries.parameters import STUDY
from journeys.store.queries.search import find, nearest


class NoQuestion(UnknownQuery):
    """No question has these words in it."""


def matching(library: Library, words: str, *, misspelt: bool = True) -> list[Query]:
    """What ``words`` may mean: a number of the 45, a name, a short name, or words that occur in the question, also
    slightly ``misspelt``.

    Raises UnknownQuery when they mean nothing, NoQuestion with what is most like them when they occur nowhere.
    """
    words = words.strip()
    found = library.answering(int(words)) if words.isdecimal() else library.named(words)
    found = found or find(library.questions, words, misspelt=misspelt)
    if found:
        return found
    for problem in library.problems:
        if problem.address.file and problem.address.file.endswith(f"/{words}.cypher"):
            raise UnknownQuery(str(problem))
    if len(named := library.named(words.partition(" ")[0])) == 1:
        takes = ", ".join(f"{name}=…" for name in named[0].parameters if name != STUDY)
        about = f" What it is about is written after --param: {takes}." if takes else ""
        said = f"No question mentions {words!r}; {named[0].short_name!r} is the name of one.{about}"
        raise UnknownQuery(said)
    if words.isdecimal():
        raise NoQuestion(
            f"There is no question {words}. The questions are numbered 1 to 45: `journeys ask` lists them."
        )
    near = [f"  {query.name}: {query.words}" for query in nearest(library.questions, words)]
    meant = "\n".join([" The nearest are:", *near]) if near else " `journeys ask` lists all questions."
    raise NoQuestion(f"No question mentions {words!r}.{meant}")


def single_match(library: Library, words: str) -> Query:
    """The one question that ``words`` mean. Raises UnknownQuery when they mean none or several."""
    found = matching(library, words)
    if len(found) > 1:
        names = "\n".join(f"  {query.name}: {query.title}" for query in found)
        raise UnknownQuery(f"{words!r} matches {len(found)} questions. Write the name of one:\n{names}")
    return found[0]
