"""The command ask."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING

import click

from journeys.cli.completion import names_of
from journeys.cli.exchange_options import profile_option
from journeys.cli.results import Target, output_options, param_option, put, seconds_option, texts
from journeys.cli.session import Session, pass_session

if TYPE_CHECKING:
    from journeys.model.privacy import Profile
    from journeys.study.study import Query, Study


@click.command()
@click.argument("question", nargs=-1, shell_complete=names_of("questions"))
@param_option
@output_options("table", "csv", "json", "xlsx")
@click.option("--sources", is_flag=True, help="Below each row: sources, mode, quotation, form cell.")
@click.option("--cypher", "as_cypher", is_flag=True, help="Show the query and its parameters, for Neo4j Browser.")
@profile_option("Whom it is for. public: also no rows that rest on few claims (see study.yaml).")
@seconds_option
@pass_session
def ask(
    session: Session,
    question: tuple[str, ...],
    params: tuple[str, ...],
    target: Target,
    sources: bool,
    as_cypher: bool,
    profile: Profile,
    seconds: float,
) -> None:
    """Ask a question of the library: by its name, its number among the 45, or words that occur in it.

    Without a QUESTION, all of them are listed. Name a document, site or person by its id, number or name.

    Example: journeys ask introducers --param site=Northtown --sources
    """
    if as_cypher and target != Target("table"):
        raise click.UsageError("--cypher shows the query behind a question, without --format and -o.")
    study = session.open()
    if not question:
        put(session, study.output(study.questions()), target)
        return
    found = study.matching_questions(" ".join(question))
    if len(found) > 1:
        _list_matches(session, study, " ".join(question), found, target)
    elif as_cypher:
        click.echo(_for_browser(session, study, found[0], texts(params)))
    else:
        answer = study.ask(found[0], sources=sources, seconds=seconds, profile=profile, **texts(params))
        put(session, study.output(answer, sources=sources), target)


def _list_matches(session: Session, study: Study, words: str, found: list[Query], target: Target) -> None:
    """Show the questions that words may mean; who asked for a file or for data gets no list instead of an answer."""
    from journeys.views.terminal.question_list import MatchesView

    if target != Target("table"):
        names = ", ".join(query.name for query in found)
        raise click.UsageError(f"That may mean {len(found)} questions. Write the name of one: {names}.")
    session.console().print(MatchesView(found))
    session.say("Ask one of them by its name.")
    for measure in study.measures().find(words, in_tables=False):
        session.say(f"A measure too: `journeys analyse {measure.name}`: {measure.answers}")


def _for_browser(session: Session, study: Study, query: Query, given: Mapping[str, str]) -> str:
    """The query with the parameters given; the example's stand in for those that are missing."""
    missing = [name for name, parameter in query.parameters.items() if parameter.required and name not in given]
    lent = {name: value for name, value in (query.example or {}).items() if name in missing}
    for name, value in lent.items():
        session.say(f"No {name} was given: the query's example is used, {value}.")
    return study.query_for_browser(query, **{**lent, **given})
