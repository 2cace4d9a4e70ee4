"""The pages of an atlas about the data themselves: the schema with the claims of each kind, and their quality."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence

import networkx as nx

from journeys.analysis.claims.from_graph import claims_in_graph
from journeys.analysis.claims.graph import nodes_by_label
from journeys.analysis.questions.answer import Answer
from journeys.model.phrases import counted
from journeys.study.access import StudyAccess
from journeys.study.atlas.folder import AtlasFolder
from journeys.study.report_kinds.quality import ELSEWHERE
from journeys.views.pages.frame import PageFrame
from journeys.views.pages.reference import MOST_ROWS, KindCount, kind_page, quality_page, schema_page

FOLDERS = ("schema", "quality")
_SCHEMA = {"href": "index.html", "words": "Schema"}


def write_reference(
    study: StudyAccess,
    graph: nx.MultiDiGraph[str],
    out: AtlasFolder,
    around: PageFrame,
    lists: Mapping[str, str],
    answers: Sequence[tuple[Answer, str]],
    on_journeys: int,
) -> Iterator[dict[str, str]]:
    """Write the pages; yields links to the schema and to the quality of the data.

    ``lists`` are the pages that list the nodes of a label, ``answers`` those to the questions on the data with their
    pages, all as seen from the first page; ``on_journeys`` is the number of stated claims on journeys.
    """
    schema = study.schema
    up = around.targets.up
    by_label = nodes_by_label(graph)
    nodes = {
        label: KindCount(len(by_label.get(label, ())), href=up + lists[label] if label in lists else "")
        for label in schema.nodes
    }
    of_kind: defaultdict[str, list[tuple[str, bool, bool]]] = defaultdict(list)
    for _, _, key, claim in graph.edges(keys=True, data=True):
        of_kind[claim["type"]].append((key, bool(claim.get("negated")), claim.get("status") == "withdrawn"))
    claims: dict[str, KindCount] = {}
    for name, held in of_kind.items():
        kind = schema.claims[name]
        href = f"{name.lower().replace('_', '-')}.html" if kind.asserted else ""
        claims[name] = KindCount(len(held), sum(no for _, no, _ in held), sum(gone for _, _, gone in held), href)
        if href:
            records = claims_in_graph(graph, schema, sorted(key for key, _, _ in held)[:MOST_ROWS])
            shown = tuple(records.values())
            out.page(f"schema/{href}", kind_page, kind, shown, len(held), frame=around.below(_SCHEMA))
    out.page("schema/index.html", schema_page, schema, study.instruments, nodes, claims, on_journeys, frame=around)
    if answers:
        in_order = sorted(answers, key=lambda each: (each[0].query.numbers or (99,), each[0].query.name))
        here = [(answer, up + href) for answer, href in in_order if answer.query.short_name not in ELSEWHERE]
        out.page("quality/index.html", quality_page, here, frame=around)
        yield {"href": "quality/index.html", "name": "Data quality", "words": counted(len(here), "question")}
    kinds = f"{counted(len(schema.nodes), 'kind')} of node, {counted(len(schema.claims), 'kind')} of claim"
    yield {"href": "schema/index.html", "name": "Schema", "words": kinds}
