"""What a mark becomes: words with their sources, or a table or figure."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, fields
from typing import Any

from journeys.analysis.measures.run import Choice
from journeys.analysis.questions.answer import Answer
from journeys.analysis.questions.search import matching, single_match
from journeys.analysis.trace.journey import Journey
from journeys.analysis.trace.sentences import names
from journeys.model.phrases import counted, one_of
from journeys.model.problems import UsageProblem
from journeys.store.queries.library import Query
from journeys.study.access import StudyAccess
from journeys.study.living.marks import Mark
from journeys.study.report_kinds.claims import notes_of
from journeys.study.report_kinds.journey import map_of, stance, summary, timeline
from journeys.study.report_kinds.results import answer_table, measure_table
from journeys.study.report_kinds.summary_tables import standing_words
from journeys.views.pictures.charts.figures import chart_of
from journeys.views.reports.model import Block, Figure, Line, Note, Run, Table, plain
from journeys.views.tables import shown

_MOST_SOURCES = 8


@dataclass(frozen=True, slots=True)
class Value:
    """What stands in place of a mark: runs within a line, or a block. ``text`` is it in words, to be compared later.

    ``assumed`` says what was taken to be meant, where the mark leaves it open.
    """

    line: Line = ()
    block: Block | None = None
    assumed: str = ""

    @property
    def text(self) -> str:
        """The words without their notes; of a table its rows, line by line; of a figure its caption."""
        match self.block:
            case Table(rows=rows, empty=empty):
                told = [" | ".join(" ".join(plain(each) for each in cell) for cell in row) for row in rows]
                return "\n".join(told) or empty
            case Figure(caption=caption, n=n):
                return f"{caption} ({n})"
        return plain(self.line)


def value_of(study: StudyAccess, mark: Mark) -> Value:
    """What a mark becomes. Raises JourneysError for a name that there is not, UsageProblem for what does not fit."""
    makers: Mapping[str, Callable[[StudyAccess, Mark], Value]] = {
        "trace": _trace, "ask": _ask, "analyse": _analyse, "row": _row,
    }  # fmt: skip
    return makers[mark.command](study, mark)


def _trace(study: StudyAccess, mark: Mark) -> Value:
    if mark.given:
        raise UsageProblem(f"trace takes no {next(iter(mark.given))}=. Leave it out.")
    journey = study.trace(" ".join(mark.words))
    match mark.shape:
        case "figure":
            return Value(block=map_of(journey))
        case "timeline":
            return Value(block=timeline(journey))
        case "summary":
            return Value(summary(journey).line)
    return Value((_of_journey(journey, mark.shape),))


def _of_journey(journey: Journey, shape: str) -> Run:
    steps = [step for step in journey.all_steps if not step.derived]
    if shape in ("supporters", "contesters"):
        who, notes = stance(steps, 1 if shape == "supporters" else -1)
        return Run(names(who) or "nobody", notes)
    if shape == "disagreements":
        claims = [claim for each in journey.disagreements for claim in each.claims]
        return Run(str(len(journey.disagreements)), notes_of(claims))
    sources = {claim.source.id: claim.source.name for claim in journey.claims if claim.source and not claim.derived}
    number = len(steps) if shape == "steps" else len(sources)
    what = counted(len(steps), "step") if shape == "steps" else counted(len(sources), "source")
    return Run(
        str(number), (Note(f"{journey.subject.entity.name}: {what}. Sources: {_listed(list(sources.values()))}."),)
    )


def _ask(study: StudyAccess, mark: Mark) -> Value:
    query, assumed = _question(study, " ".join(mark.words))
    query.check_names(mark.given)  # so that nothing but the question's own parameters is passed on
    parameters: dict[str, Any] = {_parameter(name): value for name, value in mark.given.items()}
    answer = study.ask(query, sources=True, **parameters)
    if mark.shape == "table":
        return Value(block=answer_table(answer), assumed=assumed)
    if mark.shape == "list":
        firsts = list(dict.fromkeys(shown(row[0]) for row in answer.rows_in_words if row and row[0] not in (None, "")))
        return Value((Run(names(firsts) or "none", (_behind(answer, mark),)),), assumed=assumed)
    return Value((Run(str(len(answer.rows)), (_behind(answer, mark),)),), assumed=assumed)


def _parameter(name: str) -> str:
    return "from_" if name == "from" else name


def _question(study: StudyAccess, words: str) -> tuple[Query, str]:
    """The question meant; of several with one number, the one with the shortest name, of which the others are variants.
    With it what is to be said of that choice; "" where there was none.

    Raises UnknownQuery for none, and for words that mean several.
    """
    library = study.questions()
    if words.isdecimal():
        first, *others = sorted(matching(library, words), key=lambda query: (len(query.short_name), query.name))
        if not others:
            return first, ""
        known = one_of([each.short_name for each in others])
        said = f"{counted(len(others) + 1, 'question')} have the number {words}; {first.short_name} was asked."
        return first, f"{said} To have another, write {known} instead of the number."
    return single_match(library, words), ""


def _behind(answer: Answer, mark: Mark) -> Note:
    """What a number or list rests on: the question, its claims and their sources, and the command that shows them."""
    sources = {claim.source.id: claim.source.name for claim in answer.claims.values() if claim.source}
    claims = counted(len(answer.all_claim_ids), "claim")
    given = "".join(f" --param {name}={value}" for name, value in mark.given.items())
    told = f"{answer.query.title}: {counted(len(answer.rows), 'row')}, based on {claims}"
    told += f" from {counted(len(sources), 'source')} ({_listed(list(sources.values()))})" if sources else ""
    return Note(f"{told}. `journeys ask {answer.query.short_name}{given} --sources` shows each.")


def _listed(sources: list[str]) -> str:
    more = len(sources) - _MOST_SOURCES
    return "; ".join(sources[:_MOST_SOURCES]) + (f"; and {more} more" if more > 0 else "")


def _analyse(study: StudyAccess, mark: Mark) -> Value:
    measure, *about = mark.words
    choosing = {each.name for each in fields(Choice)}
    choice = {name: value for name, value in mark.given.items() if name in choosing}
    if reserved := {"measure", "ref", "choice", "sources"} & mark.given.keys():
        raise UsageProblem(f"{reserved.pop()!r} cannot be set in a mark. Leave it out.")
    options: dict[str, Any] = {
        name: value for name, value in mark.given.items() if name not in choosing and name != "table"
    }
    found = study.analyse(measure, " ".join(about) or None, choice, **options)
    table = found.table(mark.given["table"]) if "table" in mark.given else found.tables[0]
    if mark.shape == "table":
        return Value(block=measure_table(table))
    n = "; ".join(f"n = {number} {what.replace('_', ' ')}" for what, number in table.n.items())
    if mark.shape == "count":
        command = f"`journeys analyse {' '.join(mark.words)}`"
        return Value(
            (Run(str(len(table.rows)), (Note(f"{table.title} ({n}). {command} shows each row and its claims."),)),)
        )
    return Value(block=Figure(chart_of(found, mark.given.get("table")).svg(), table.title, table.title, n))


def _row(study: StudyAccess, mark: Mark) -> Value:
    if set(mark.given) - {"site"}:
        raise UsageProblem("row takes a site only, as in {{row T1-07 site=Northtown}}.")
    return Value((standing_words(study, " ".join(mark.words), mark.given.get("site")),))
