"""The pages behind the gap map: one for each type, with the journeys of each cell and the quotations that say so."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from journeys.analysis.claims.claim import ClaimRecord, Entity
from journeys.analysis.measures.gap_map import NO_SOURCE, NONE_RECORDED, NOT_REACHED, REACHED
from journeys.analysis.measures.run import Analysis
from journeys.model.file_names import file_stem
from journeys.model.phrases import counted, one_of
from journeys.views.pages.claim_card import claim_card
from journeys.views.pages.frame import PageFrame
from journeys.views.render import asset, render

_MOST_CARDS = 6
"""So many claims of a journey stand in a cell; how many more there are is said, with the journey's page."""


@dataclass(frozen=True, slots=True)
class GapCells:
    """Where the journeys of each cell are shown: ``pages`` by type, and the anchors by site and stage."""

    analysis: Analysis
    pages: Mapping[str, str]

    @classmethod
    def of(cls, analysis: Analysis) -> GapCells:
        """The pages of the types of a gap map, named by the types, so that links stay valid."""
        taken = {"index"}
        types = dict.fromkeys(str(row.values[0]) for row in analysis.table("cells").rows)
        names = {type_: file_stem(f"gap-map-{type_}".lower(), ascii_only=True, taken=taken) for type_ in types}
        return cls(analysis, {type_: f"{name}.html" for type_, name in names.items()})

    def href(self, row: int) -> str:
        """The address of the cell in this row of the table ``cells``, as seen from its folder; "" for an empty one."""
        type_, site, stage, state = self.analysis.table("cells").rows[row].values[:4]
        return f"{self.pages[type_]}#{_anchor(site, stage)}" if state in (REACHED, NOT_REACHED) else ""

    def page(self, type_: str, frame: PageFrame, journeys: Mapping[str, str]) -> str:
        """The page of a type as HTML. ``journeys`` are the pages of journeys by the ids of what travels."""
        sides: dict[str, tuple[str, list[ClaimRecord]]] = {}
        sites = [
            {"name": site, "parts": list(self._parts(type_, site, cells, frame, journeys, sides)), **_empty(cells)}
            for site, cells in self._sites(type_).items()
        ]
        return render(
            "gap_cells.html.j2",
            title=type_,
            styles=[asset("result.css"), asset("across.css")],
            sites=sites,
            sides=[
                {
                    "anchor": f"side-{number}",
                    "name": name,
                    "href": _journey(journeys, node, frame),
                    "cards": [claim_card(claim, Entity("", "", ""), frame.targets) for claim in claims],
                }
                for number, (node, (name, claims)) in enumerate(sides.items(), 1)
                if claims
            ],
            **frame.context(),
        )

    def _sites(self, type_: str) -> dict[str, list[dict[str, Any]]]:
        table = self.analysis.table("cells")
        found: dict[str, list[dict[str, Any]]] = {}
        for row in table.rows:
            cell = dict(zip(table.columns, row.values, strict=True))
            if cell["type"] == type_:
                found.setdefault(str(cell["site"]), []).append(cell)
        return found

    def _parts(
        self,
        type_: str,
        site: str,
        cells: Iterable[Mapping[str, Any]],
        frame: PageFrame,
        journeys: Mapping[str, str],
        sides: dict[str, tuple[str, list[ClaimRecord]]],
    ) -> Iterator[dict[str, Any]]:
        table = self.analysis.table("journeys")
        rows = [row for row in table.rows if row.values[:2] == (type_, site)]
        for cell in cells:
            pieces = []
            for row in rows:
                _, _, stage, state, name, node, side = row.values
                if stage != cell["stage"]:
                    continue
                claims = [self.analysis.claims[each] for each in row.claims if each in self.analysis.claims]
                sides.setdefault(node, (name, [claim for claim in claims if claim.kind.polarity]))
                here = [claim for claim in claims if not claim.kind.polarity]
                cards = [claim_card(claim, Entity("", "", ""), frame.targets) for claim in here[:_MOST_CARDS]]
                pieces.append(
                    {
                        "name": name,
                        "href": _journey(journeys, node, frame),
                        "not_reached": state == NOT_REACHED,
                        "side": "neither supported nor contested" if side == "neither" else _side_words(side),
                        "side_anchor": f"side-{list(sides).index(node) + 1}" if sides[node][1] else "",
                        "cards": cards,
                        "more": counted(len(here) - len(cards), "more claim") if len(here) > len(cards) else "",
                    }
                )
            if pieces:
                number = counted(cell["journeys"], "journey") if cell["journeys"] else NOT_REACHED
                yield {
                    "anchor": _anchor(site, cell["stage"]),
                    "stage": cell["stage"],
                    "number": number,
                    "pieces": pieces,
                }


def _side_words(side: str) -> str:
    return "supported and contested" if side == "both" else side


def _journey(journeys: Mapping[str, str], node: str, frame: PageFrame) -> str:
    return f"{frame.targets.up}{journeys[node]}" if node in journeys else frame.targets.thing(node)


def _anchor(site: str, stage: str) -> str:
    return file_stem(f"{site}-{stage}".lower(), ascii_only=True)


def _empty(cells: Iterable[Mapping[str, Any]]) -> dict[str, Any]:
    """What is not known at a site."""
    states = {cell["stage"]: cell["state"] for cell in cells}
    silent = [stage for stage, state in states.items() if state == NO_SOURCE]
    return {
        "collected": NONE_RECORDED not in states.values(),
        "silent": one_of(silent) if silent else "",
    }
