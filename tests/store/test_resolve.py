"""What "D07" stands for: ids, numbers, titles, other names and beginnings, in any case, spacing and accents."""

from __future__ import annotations

import time
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Protocol

import pytest

from journeys.store.connection import Store, connect
from journeys.store.resolve import AmbiguousReference, UnknownReference, resolve
from journeys.store.settings import resolve as settings
from tests.engines import ONLY_WITH_ALL


class EngineLike(Protocol):
    @property
    def env(self) -> Mapping[str, str]: ...


DOCUMENTS = [
    {
        "key": "north.strategic.D07",
        "doc_number": "D07",
        "name": "Maternity needs assessment",
        "aliases": ["MNA", "Needs paper"],
    },
    {"key": "north.strategic.D70", "doc_number": "D70", "name": "Étude  de cas"},
    {"key": "south.D1", "doc_number": "D1", "name": "Plan 2010"},
    {"key": "north.D1", "doc_number": "D1", "name": "Plan 2011"},
    {"key": "north.D10", "doc_number": "D10", "name": "Étude des besoins"},
    {"key": "no-number", "name": "Αξιολόγηση αναγκών"},
]


@pytest.fixture
def store(engine: EngineLike, study_id: str, tmp_path: Path) -> Iterator[Store]:
    with connect(settings({}, environ=dict(engine.env)), tmp_path / "work") as store:
        for document in DOCUMENTS:
            key = str(document["key"])
            held = {**document, "id": f"{study_id}:document:{key}", "study": study_id}
            store.write("MERGE (d:Document {id: $held.id}) SET d = $held", {"held": held})
        made = {"id": f"{study_id}:evidence:voices", "study": study_id, "name": "Maternity voices"}
        store.write("MERGE (e:Evidence {id: $made.id}) SET e = $made", {"made": made})
        store.write(
            "MATCH (d:Document {id: $id}) MERGE (c:CaseStudy {id: $case}) SET c.name = 'South, maternity'"
            " MERGE (d)-[:IN_CASE {id: $claim}]->(c)",
            {"id": f"{study_id}:document:south.D1", "case": f"{study_id}:case_study:south", "claim": f"{study_id}-in"},
        )
        yield store


@pytest.mark.parametrize(
    ("text", "key"),
    [
        ("north.strategic.D07", "north.strategic.D07"),
        ("NORTH.strategic.d07", "north.strategic.D07"),
        ("D07", "north.strategic.D07"),
        (" d07 ", "north.strategic.D07"),
        ("maternity  NEEDS assessment", "north.strategic.D07"),
        ("mna", "north.strategic.D07"),
        ("needs pa", "north.strategic.D07"),
        ("Maternity n", "north.strategic.D07"),
        ("etude de cas", "north.strategic.D70"),
        ("ÉTUDE DE C", "north.strategic.D70"),
        ("étude des", "north.D10"),
        ("αξιολογηση", "no-number"),
        ("south.D", "south.D1"),
        ("plan 2011", "north.D1"),
    ],
)
def test_one_document_is_found(store: Store, study_id: str, text: str, key: str) -> None:
    found = resolve(store, study_id, text)

    assert (found.short_id, found.label, found.id) == (key, "Document", f"{study_id}:document:{key}")


def test_a_whole_id_and_evidence(store: Store, study_id: str) -> None:
    assert resolve(store, study_id, f"{study_id}:document:north.D1").name == "Plan 2011"
    found = resolve(store, study_id, "maternity v")
    assert (found.label, found.name, found.doc_number) == ("Evidence", "Maternity voices", None)
    with pytest.raises(UnknownReference):
        resolve(store, study_id, "maternity v", labels=["Document"])


@pytest.mark.parametrize(
    ("text", "label", "key"),
    [
        ("south", "Site", "south"),
        ("MÜHLDORF", "Site", "south"),
        ("muhl", "Site", "south"),
        ("the  hill", "Site", "hill"),
        ("south,  Maternity", "CaseStudy", "south"),
        ("mv", "Actor", "MV"),
    ],
)
def test_other_kinds_go_by_names_too(store: Store, study_id: str, text: str, label: str, key: str) -> None:
    for kind, slug, node, name, aliases in [
        ("Site", "site", "south", "Mühldorf", []),
        ("Site", "site", "hill", "Southfield", ["The Hill"]),
        ("Actor", "actor", "MV", "Mina Vale", []),
        ("Actor", "actor", "MV2", "Mvula", []),
    ]:
        held = {"id": f"{study_id}:{slug}:{node}", "study": study_id, "name": name, "aliases": aliases}
        store.write(f"MERGE (n:{kind} {{id: $held.id}}) SET n = $held", {"held": held})
    store.write(
        "MATCH (c:CaseStudy {id: $id}) SET c.study = $study", {"id": f"{study_id}:case_study:south", "study": study_id}
    )

    assert resolve(store, study_id, text, [label]).short_id == key
    with pytest.raises(UnknownReference, match=r"is not a site in this study\. Did you mean 'Southfield'"):
        resolve(store, study_id, "Southfeild", ["Site"])


def test_several_are_listed_with_what_tells_them_apart(store: Store, study_id: str) -> None:
    with pytest.raises(AmbiguousReference) as several:
        resolve(store, study_id, "d1")

    assert [found.short_id for found in several.value.found] == ["north.D1", "south.D1"]
    assert str(several.value).splitlines() == [
        "'d1' matches 2 entries. Write the id of one:",
        "  north.D1: D1 Plan 2011 (document)",
        "  south.D1: D1 Plan 2010 (document, South, maternity)",
    ]


@pytest.mark.parametrize(("text", "matches"), [("maternity", 2), ("etude", 2), ("É", 2), ("north.", 4)])
def test_a_beginning_of_several(store: Store, study_id: str, text: str, matches: int) -> None:
    with pytest.raises(AmbiguousReference) as several:
        resolve(store, study_id, text)

    assert len(several.value.found) == matches


def test_none_is_said_with_the_nearest(store: Store, study_id: str) -> None:
    with pytest.raises(UnknownReference, match="Did you mean 'D07 Maternity needs assessment'") as unknown:
        resolve(store, study_id, "maternty needs asessment")

    assert unknown.value.nearest[0] == "D07 Maternity needs assessment"
    with pytest.raises(UnknownReference, match="No document"):
        resolve(store, study_id, "  ")
    with pytest.raises(UnknownReference, match="Run `journeys load` to load its forms"):
        resolve(store, "another-study", "D07")


@pytest.mark.parametrize("text", ["'", "$text", ".*", "[0-9", "\\", "D07' OR 1=1 //", "a" * 5000])
def test_any_text_is_only_a_name(store: Store, study_id: str, text: str) -> None:
    with pytest.raises(UnknownReference):
        resolve(store, study_id, text)


@ONLY_WITH_ALL
def test_quick_among_a_hundred_thousand(embedded_folder: Path) -> None:
    with connect(settings({}, environ={}), embedded_folder / "work") as store:
        store.change_schema("CREATE CONSTRAINT document_id IF NOT EXISTS FOR (n:Document) REQUIRE n.id IS UNIQUE")
        store.change_schema("CREATE INDEX document_study IF NOT EXISTS FOR (n:Document) ON (n.study)")
        store.write(
            "UNWIND range(1, 100000) AS i CREATE (d:Document {study: 's', doc_number: 'D' + toString(i),"
            " id: 's:document:north.D' + toString(i), name: 'Needs assessment no ' + toString(i)})"
        )
        resolve(store, "s", "D1")
        for text, number in (
            ("s:document:north.D777", "D777"),
            ("d777", "D777"),
            ("needs assessment no 99999", "D99999"),
        ):
            started = time.monotonic()
            assert resolve(store, "s", text).doc_number == number
            assert time.monotonic() - started < 3
