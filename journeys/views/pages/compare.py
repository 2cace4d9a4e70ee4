"""The page that compares sites: two of their networks side by side, and a table of the same figures of each."""

from __future__ import annotations

from typing import Any

from markupsafe import Markup

from journeys.analysis.actors.comparison import Comparison, Figure
from journeys.model.schema import Schema
from journeys.views.pages.frame import PageFrame
from journeys.views.pages.network import MOST_TIES, TOKENS, kinds_there, network_filters, page_data, too_many, widths
from journeys.views.pages.network_periods import periods
from journeys.views.pictures.network import vis_script
from journeys.views.pictures.organisations import kind_key
from journeys.views.render import asset, json_script, render
from journeys.views.tables import shown
from journeys.views.text import sanitized, shortened

_NAME = 200
MOST_INSIDE = 1_000_000
"""An atlas whose networks together have more characters keeps each in a file, which is read when its site is chosen."""
SCRIPTS = ("network_period.js", "network_claims.js", "network_names.js", "compare.js")
"""The scripts of the page after that of vis-network."""
_LABELS = {
    "Actor": "person or group",
    "Organisation": "organisation",
    "Arena": "board, team or group",
    "Document": "document",
    "Evidence": "piece of evidence",
}


def compare_page(found: Comparison, schema: Schema, frame: PageFrame, pages: tuple[str, ...] = ()) -> str:
    """The whole page as HTML; the same networks give the same text. ``pages`` lead to the networks of the sites."""
    drawn = [net.strongest(MOST_TIES) for net in found.networks]
    held = [json_script(page_data(net, schema, frame.targets)) for net in drawn]
    shared = frame.shared if sum(map(len, held)) > MOST_INSIDE else None
    beside = [frame.targets.up + shared.script(_handed(at, text)) for at, text in enumerate(held)] if shared else []
    inside = Markup("[]" if shared else f"[{','.join(held)}]")
    return render(
        "compare.html.j2",
        title="Compare sites" if len(found.networks) > 2 else sanitized(f"{' and '.join(found.names)} compared"),
        styles=[asset("network.css"), asset("compare.css")],
        scripts=[vis_script(), *map(asset, SCRIPTS)],
        sites=[_words(name) for name in found.names],
        pages=[pages[at] if pages else "" for at in range(len(found.networks))],
        groups=_groups(found),
        shared=[
            {
                "name": _words(name),
                "href": frame.targets.thing(node),
                "label": _LABELS.get(label, label.lower()),
                "sites": list(places),
            }
            for node, label, name, places in found.shared
        ],
        relations=_relations(found),
        fills=kind_key([kind for net in found.networks for kind in kinds_there(net)], schema),
        widths=widths(*drawn),
        left_out=[
            f"{_words(net.place)}: {len(each.claims):,} {each.why}"
            for net in found.networks
            for each in net.network.left_out
        ],
        too_many=[
            f"{_words(whole.place)}: {words}"
            for whole, net in zip(found.networks, drawn, strict=True)
            if (words := too_many(whole, net))
        ],
        disputed=any(net.disputed for net in found.networks),
        data=Markup('{{"sites":{},"beside":{},"tokens":{}}}').format(inside, json_script(beside), json_script(TOKENS)),
        # The steps of both sites together, so that one choice is the same time at both.
        periods=[
            {"key": each.key, "words": each.words}
            for each in periods(claim for net in found.networks for claim in net.claims.values())
        ],
        **frame.context(),
    )


def _handed(at: int, data: str) -> str:
    """The script that hands the network of a site over to the page: one opened from a disk may not read other files."""
    return f"comparedSite({at}, {data});\n"


def _groups(found: Comparison) -> list[dict[str, Any]]:
    """The rows of the table by relation."""
    groups: dict[str | None, list[Figure]] = {}
    for each in found.figures:
        groups.setdefault(each.relation, []).append(each)
    return [
        {
            "head": "All ties, of organisations and boards too"
            if relation is None
            else f"Ties among people and groups: {found.phrase(relation)}",
            "rows": [
                {
                    "meaning": each.meaning,
                    "cells": [_value(value) for value in each.values],
                    "numbers": [value if isinstance(value, int | float) else None for value in each.values],
                    "difference": difference_words(each),
                }
                for each in rows
            ],
        }
        for relation, rows in groups.items()
    ]


def difference_words(figure: Figure) -> str:
    """The difference with its sign; nothing where there is none to say."""
    found = figure.difference
    return "" if found is None else f"{'+' if found > 0 else ''}{shown(round(found, 3))}"


def _value(value: Any) -> str:
    return "" if value is None else sanitized(shown(round(value, 3) if isinstance(value, float) else value))


def _relations(found: Comparison) -> list[dict[str, Any]]:
    """The boxes of the relations that any of the networks has, with the numbers of ties at each site."""
    by_site = [{box["value"]: box for group in network_filters(net) for box in group} for net in found.networks]
    names = list(dict.fromkeys(name for boxes in by_site for name in boxes))
    order = list(found.networks[0].network.relations)
    made = []
    for name in sorted(names, key=order.index):
        boxes = [boxes.get(name) for boxes in by_site]
        first = next(box for box in boxes if box)
        ticked = any(box and box["ticked"] for box in boxes)
        made.append({**first, "ticked": ticked, "numbers": [box["number"] if box else 0 for box in boxes]})
    return made


def _words(text: str) -> str:
    return shortened(sanitized(text), _NAME) or "?"
