"""How a study shows itself in a notebook, and the whole of it as a graph."""

from __future__ import annotations

from html import escape
from typing import TYPE_CHECKING, Any, cast

from journeys.model.phrases import counted
from journeys.model.result import Result, Shows

if TYPE_CHECKING:
    import networkx as nx

    from journeys.study.access import StudyAccess


class _WhenAsked:
    """How results are shown, imported when one is: a command that prints a table has no need of it."""

    def __getattr__(self, name: str) -> Any:
        from journeys.study.results.shown import Shown

        return getattr(Shown(), name)


Result._shows = cast(Shows, _WhenAsked())


class InNotebooks:
    """The methods of ``Study`` for notebooks."""

    def to_networkx(self: StudyAccess) -> nx.MultiDiGraph[str] | nx.MultiGraph[str]:
        """The whole study as a NetworkX graph: every node, and every claim as an edge of its own.

        Attributes are as those of ``to_networkx`` of a network. Raises NothingLoaded, StoreUnavailable.
        """
        from journeys.exchange.from_study import whole_study
        from journeys.exchange.to_networkx import networkx_graph

        settings = self.folder.settings
        with (
            self.store() as store,
            self.folder.scratch() as scratch,
            whole_study(store, self.id, self.schema, scratch, title=settings.title, about=settings.note or "") as found,
        ):
            return networkx_graph(found)

    def __repr__(self: StudyAccess) -> str:
        return f"<study {self.id}: {self.folder.settings.title}, in {self.folder.path.name}>"

    def _repr_html_(self: StudyAccess) -> str:
        status = self.status()
        rows = [
            *((self.schema.nodes[label].plural, number) for label, number in status.store.nodes.items() if number),
            ("Claims", sum(status.store.claims.values())),
        ]
        body = "".join(f"<tr><td>{escape(what)}</td><td>{number:,}</td></tr>" for what, number in rows)
        title = escape(self.folder.settings.title)
        files = escape(counted(len(status.store.files), "file"))
        return f"<table><caption>{title}: loaded from {files}</caption><tbody>{body}</tbody></table>"
