"""The page of a network: a picture that can be filtered and searched, and a table of all ties and claims."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping
from typing import Any

from journeys.analysis.actors.network import THINGS
from journeys.analysis.actors.relations import Relation
from journeys.analysis.actors.site import SiteNetwork
from journeys.analysis.claims.claim import ClaimRecord, counted_source
from journeys.model.definitions import NOT_STATED
from journeys.model.identity import short_id
from journeys.model.phrases import counted
from journeys.model.schema import Schema
from journeys.views.pages.claim_card import claim_card
from journeys.views.pages.frame import NO_TARGETS, PageFrame, Targets
from journeys.views.pages.network_periods import iso_bounds, periods
from journeys.views.pictures.network import SHAPES, drawing, line, node_kind, vis_script, width
from journeys.views.pictures.organisations import kind_colours, kind_key
from journeys.views.render import COLOURS, asset, render
from journeys.views.terminal.network import elsewhere_words, when_words
from journeys.views.text import sanitized, shortened
from journeys.views.wording import MODES

_NAME = 200
MOST_TIES = 15_000
"""A page draws at most so many ties: a browser moves a picture of more too slowly."""
_KINDS = {
    "person": "people",
    "group": "collectives",
    "organisation": "organisations",
    "arena": "boards, teams and groups",
    "document": "documents",
    "evidence": "pieces of evidence",
    "code": "codes",
}
_POLARITIES = {"1": "support and agreement", "0": "neither", "-1": "contest and conflict"}
_CONFIDENCES = {"high": "high", "medium": "medium", "low": "low", NOT_STATED: "not stated"}
_DISPUTED, _UNDISPUTED = "disputed", "undisputed"
_AGREEMENT = {_UNDISPUTED: "no source disagrees", _DISPUTED: "disputed: sources disagree"}
_NO_ORGANISATION = "none or several recorded"
_THINGS = ("document", "evidence", "code")
"""What belongs to no organisation."""
SCRIPTS = ("network_period.js", "network_claims.js", "network_names.js", "network.js", "network_ways.js")
"""The scripts of the page after that of vis-network."""
_AT_FIRST_OFF = ("attended_together", "introduces_to_group")
"""Relations that are switched off at first, because they would hide the others."""


TOKENS = {colour: name for name, colour in COLOURS.items()}
"""The names of the colours that scripts show as the page has them: as on paper, or in the dark."""


def network_page(found: SiteNetwork, schema: Schema, frame: PageFrame) -> str:
    """The whole page as HTML; the same network gives the same text."""
    whole, found = found, found.strongest(MOST_TIES)
    graph = whole.network.graph
    acting = sum(1 for _, held in graph.nodes(data=True) if held["label"] not in THINGS)
    left_out = [f"{counted(len(each.claims), 'claim')}: {each.why}" for each in found.network.left_out]
    return render(
        "network.html.j2",
        title=f"{sanitized(found.place)}: {found.noun} network",
        noun=found.noun,
        styles=[asset("network.css")],
        scripts=[vis_script(), *map(asset, SCRIPTS)],
        **frame.context(),
        place=found.place,
        facts=[
            counted(acting, found.noun),
            ties_drawn(whole, found),
            f"based on {counted(len(found.claims), 'claim')}",
        ],
        elsewhere=elsewhere_words(found),
        too_many=too_many(whole, found),
        disputed=sum(1 for *_, held in graph.edges(data=True) if whole.disputed & set(held["claims"])),
        left_out=left_out,
        withheld=" ".join(found.withheld),
        filters=_filters(found, schema),
        widths=widths(found),
        fills=kind_key(kinds_there(found), schema),
        has_nodes=len(graph) > 0,
        data=page_data(found, schema, frame.targets),
    )


def ties_drawn(whole: SiteNetwork, shown: SiteNetwork) -> str:
    """How many ties the page has, and of how many where it does not show all."""
    ties, drawn = (each.network.graph.number_of_edges() for each in (whole, shown))
    return counted(ties, "tie") if drawn == ties else f"{drawn:,} of {counted(ties, 'tie')}"


def too_many(whole: SiteNetwork, shown: SiteNetwork) -> str:
    """What the page does not show of a network with very many ties, and how to see it; "" where it shows all."""
    left = whole.network.graph.number_of_edges() - shown.network.graph.number_of_edges()
    if not left:
        return ""
    place = f' "{short_id(whole.site.id)}"' if whole.site else ""
    return (
        f"This page shows the {MOST_TIES:,} strongest ties. {counted(left, 'tie')} that happened less often "
        f"{'is' if left == 1 else 'are'} left out: journeys network{place} -o ties.csv writes all, and --relation NAME "
        "those of one kind."
    )


def page_data(found: SiteNetwork, schema: Schema, targets: Targets = NO_TARGETS) -> dict[str, Any]:
    """What the page's script reads: the drawing, and at the same places what is behind each node and edge.

    ``targets`` are where names and addresses lead.
    """
    graph = found.network.graph
    number = {claim_id: at for at, claim_id in enumerate(found.claims)}
    voices = {counted_source(claim.properties) for claim in found.claims.values()}
    sources = {voice: at for at, voice in enumerate(sorted(filter(None, voices)))}
    ordered = sorted(
        enumerate(graph.edges(data=True)),
        key=lambda each: (-each[1][2]["weight"], -len(each[1][2]["sources"]), each[0]),
    )
    return {
        "drawing": drawing(found, kind_colours(schema)),
        # By the number of sources: filters can leave fewer.
        "widths": [width(number) for number in range(most_sources(found) + 1)],
        "relations": [
            {"name": each.name, "phrase": each.phrase, "definition": each.definition, "polarity": str(each.polarity)}
            for each in found.network.relations.values()
        ],
        "nodes": [_node(held, targets.thing(node)) for node, held in graph.nodes(data=True)],
        "edges": [_edge(found, held, number) for _, _, held in graph.edges(data=True)],
        "tokens": TOKENS,
        "order": [at for at, _ in ordered],
        "claims": [
            _claim(claim, sources, targets) | ({"disputed": 1} if key in found.disputed else {})
            for key, claim in found.claims.items()
        ],
        "periods": [
            {"key": each.key, "until": each.until, "words": each.words} for each in periods(found.claims.values())
        ],
    }


def _node(held: Mapping[str, Any], href: str) -> dict[str, Any]:
    kind = node_kind(held)
    facts = [
        kind,
        held["designation"],
        *(body.name for body in held["organisations"] if body.name != held["name"]),
        *held["sites"],
    ]
    acting = kind not in _THINGS
    return {
        "name": _words(held["name"]),
        "kind": kind,
        "organisation": _words(held["organisation"] or _NO_ORGANISATION) if acting else "",
        "facts": " · ".join(_words(fact) for fact in facts if fact),
        **({"href": href} if href else {}),
    }


def _edge(found: SiteNetwork, held: Mapping[str, Any], number: Mapping[str, int]) -> dict[str, Any]:
    return {
        "relation": list(found.network.relations).index(held["relation"]),
        "when": when_words(held),
        **({"disputed": 1} if found.disputed & set(held["claims"]) else {}),
        "occasions": [
            {
                "about": " · ".join(_words(found.names[each]) for each in occasion.about),
                "legs": [[number[claim] for claim in leg] for leg in occasion.legs],
                # The first so many legs say when it was; who wrote a document counts whenever it was.
                "dated": occasion.dated,
            }
            for occasion in held["occasions"]
        ],
    }


def _claim(claim: ClaimRecord, sources: Mapping[str, int], targets: Targets) -> dict[str, Any]:
    card = claim_card(claim, claim.start, targets)
    said = {
        "says": card.sentence,
        "source": card.source,
        "manner": card.manner,
        "when": card.when,
        "quote": card.quote,
        "details": card.details,
        "note": card.note,
        "address": card.address,
        "href": card.href,
        "source_href": card.source_href,
    }
    when = iso_bounds(claim.when)
    return {
        **{name: sanitized(words) for name, words in said.items() if words},
        **({"at": when} if when else {}),
        "voice": sources.get(counted_source(claim.properties) or ""),
        "confidence": claim.properties.get("confidence") or NOT_STATED,
        "mode": claim.mode or NOT_STATED,
    }


def network_filters(found: SiteNetwork) -> tuple[list[dict[str, Any]], list[dict[str, Any]]]:
    """The boxes of the relations: those between actors, and those to documents and evidence."""
    relations = Counter(key for _, _, key in found.network.graph.edges(keys=True))
    between = [name for name, each in found.network.relations.items() if not each.things and name not in _AT_FIRST_OFF]
    ticked = [name for name in between if relations[name]] or list(relations)
    boxes = {
        name: _box(name, each.phrase, relations[name], name in ticked, each)
        for name, each in found.network.relations.items()
        if relations[name]
    }
    things = {name: found.network.relations[name].things for name in boxes}
    return [boxes[name] for name in boxes if not things[name]], [boxes[name] for name in boxes if things[name]]


def _filters(found: SiteNetwork, schema: Schema) -> list[dict[str, Any]]:
    """The groups of boxes to tick: what they filter, and each value with its words and its number."""
    graph = found.network.graph
    nodes = [held for _, held in graph.nodes(data=True)]
    ties = [held for _, _, held in graph.edges(data=True)]
    claims = list(found.claims.values())
    kinds = Counter(node_kind(held) for held in nodes)
    bodies = Counter(
        _words(held["organisation"] or _NO_ORGANISATION) for held in nodes if node_kind(held) not in _THINGS
    )
    polarities = Counter(str(held["polarity"]) for held in ties)
    confidences = Counter(claim.properties.get("confidence") or NOT_STATED for claim in claims)
    modes = Counter(claim.mode or NOT_STATED for claim in claims)
    agreed = Counter(_DISPUTED if key in found.disputed else _UNDISPUTED for key in found.claims)
    return [
        *(
            {"name": "relation", "head": head, "things": things, "boxes": boxes}
            for head, things, boxes in zip(
                ("Relations between actors", "Ties to documents and evidence"),
                (False, True),
                network_filters(found),
                strict=True,
            )
        ),
        {
            "name": "kind",
            "head": "Type",
            "boxes": [
                {**_box(kind, words, kinds[kind]), "shape": SHAPES[kind]}
                for kind, words in _KINDS.items()
                if kinds[kind]
            ],
        },
        {
            "name": "organisation",
            "head": "Organisation",
            "boxes": [_box(name, name, number) for name, number in sorted(bodies.items())],
        },
        {"name": "polarity", "head": "Sides", "boxes": _boxes(_POLARITIES, polarities)},
        {"name": "confidence", "head": "Confidence", "boxes": _boxes(_CONFIDENCES, confidences)},
        {"name": "mode", "head": "Recorded as", "boxes": _boxes({**MODES, NOT_STATED: "not stated"}, modes)},
        {"name": "agreement", "head": "Agreement", "boxes": _boxes(_AGREEMENT, agreed)},
    ]


def _boxes(words: Mapping[str, str], numbers: Mapping[str, int]) -> list[dict[str, Any]]:
    return [_box(value, said, numbers[value]) for value, said in words.items() if numbers.get(value)]


def _box(
    value: str,
    words: str,
    number: int,
    ticked: bool = True,
    relation: Relation | None = None,
) -> dict[str, Any]:
    colour, dashes = line(relation) if relation else ("", [])
    return {
        "value": value,
        "words": words,
        "number": number,
        "ticked": ticked,
        "definition": relation.definition if relation else "",
        "directed": relation is not None and relation.directed,
        "colour": colour,
        "dashes": " ".join(map(str, dashes)),
        "shape": "",
    }


def most_sources(*networks: SiteNetwork) -> int:
    """The most sources that a tie of these networks has."""
    ties = (held for net in networks for *_, held in net.network.graph.edges(data=True))
    return max((len(held["sources"]) for held in ties), default=0)


def widths(*networks: SiteNetwork) -> list[dict[str, Any]]:
    """The key of the thickness of lines: for one source, for the most that a tie has, and for half as many."""
    most = most_sources(*networks)
    return [
        {"width": width(each), "words": counted(each, "source")} for each in sorted({1, (most + 1) // 2, most} - {0})
    ]


def kinds_there(found: SiteNetwork) -> list[str | None]:
    """The kinds of organisation of those who are in a network; None where no kind, or not one alone, is recorded."""
    held = [data for _, data in found.network.graph.nodes(data=True)]
    return [each["organisation_kind"] or None for each in held if node_kind(each) not in _THINGS]


def _words(text: str) -> str:
    return shortened(sanitized(text), _NAME)
