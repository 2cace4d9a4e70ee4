"""Shell completion: names of measures, questions, sites, documents and relations."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING

import click
from click.shell_completion import CompletionItem

if TYPE_CHECKING:
    from journeys.study.names import What

Complete = Callable[[click.Context, click.Parameter, str], list[CompletionItem]]


def names_of(what: What) -> Complete:
    """Offers the names of something, as ``shell_complete`` of a parameter; nothing where the study cannot be read."""

    def complete(ctx: click.Context, param: click.Parameter, incomplete: str) -> list[CompletionItem]:
        from journeys.study.names import names

        try:
            found = names(what, ctx.find_root().params.get("study"))
        except Exception:
            return []  # whatever is wrong is said when the command runs, not to somebody who is typing
        wanted = incomplete.casefold()
        return [CompletionItem(name, help=meaning) for name, meaning in found if name.casefold().startswith(wanted)]

    return complete
