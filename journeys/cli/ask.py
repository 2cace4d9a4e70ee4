"""The command ask."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime
from pathlib import Path
from typing import TYPE_CHECKING

import click

from journeys.cli.results import (
    chosen_format,
    format_option,
    output_option,
    param_option,
    put_out,
    seconds_option,
    texts,
)
from journeys.cli.session import Session, pass_session

if TYPE_CHECKING:
    from journeys.store.queries.library import Query
    from journeys.study.study import Study


@click.command()
@click.argument("question", nargs=-1)
@param_option
@format_option
@output_option
@click.option("--sources", is_flag=True, help="Below each row: who says so, how, in which words, written where.")
@click.option("--cypher", "as_cypher", is_flag=True, help="The query and its parameters, for Neo4j Browser.")
@seconds_option
@pass_session
def ask(
    session: Session,
    question: tuple[str, ...],
    params: tuple[str, ...],
    format_: str | None,
    output: Path | None,
    sources: bool,
    as_cypher: bool,
    seconds: float,
) -> None:
    """Ask a question of the library: by its name, its number among the 45, or words that occur in it.

    Without a QUESTION, all of them are listed. A document, site, person … is written as you call it.

    Example: journeys ask introducers --param site=Northtown --sources
    """
    from journeys.views.terminal.question_answer import AnswerView, answer_sheets, answer_text, resting_on
    from journeys.views.terminal.question_list import LibraryView, MatchesView

    study, format_ = session.open(), chosen_format(format_, output)
    if not question:
        session.console().print(LibraryView(study.questions()))
        return
    found = study.matching_questions(" ".join(question))
    if len(found) > 1:
        session.console().print(MatchesView(found))
        session.say("Ask one of them by its name.")
        return
    if as_cypher:
        click.echo(_for_browser(session, study, found[0], texts(params)))
        return
    answer = study.ask(found[0], sources=sources, seconds=seconds, **texts(params))
    put_out(
        session,
        format_,
        output,
        view=lambda: AnswerView(answer, sources=sources),
        text=lambda: answer_text(answer, format_, sources=sources),
        sheets=lambda: answer_sheets(answer, sources=sources, study=study.folder.settings.title, when=datetime.now()),
    )
    if format_ != "table":
        session.say(resting_on(answer))


def _for_browser(session: Session, study: Study, query: Query, given: Mapping[str, str]) -> str:
    """The query with the parameters given; the example's stand in for those that are missing."""
    missing = [name for name, parameter in query.parameters.items() if parameter.required and name not in given]
    lent = {name: value for name, value in (query.example or {}).items() if name in missing}
    for name, value in lent.items():
        session.say(f"No {name} was given: the query's example is used, {value}.")
    return study.query_for_browser(query, **{**lent, **given})
