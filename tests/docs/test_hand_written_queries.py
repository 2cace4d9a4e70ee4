"""The queries of docs/queries.md that somebody may write by hand give what the forms say and nothing else."""

from __future__ import annotations

import re
from pathlib import Path
from typing import Any, NamedTuple

import pytest

import journeys
from journeys.interpret.study_reader import StudyReader
from journeys.model.problem_log import ProblemLog
from journeys.model.progress import NoProgress
from journeys.staging.database import Staging

PAGE = Path(__file__).resolve().parents[2] / "docs" / "queries.md"
SECTION = PAGE.read_text(encoding="utf-8").partition("## Queries of your own, to begin with")[2]
PEOPLE, CONTESTED, CITATIONS, NOT_HAPPENED, SITES = re.findall(r"```cypher\n(.*?)```", SECTION, re.DOTALL)


class Said(NamedTuple):
    """A claim as a form says it, by names."""

    kind: str
    start: str
    end: str
    label: str
    held: dict[str, Any]


class Forms:
    """What the demonstration study's forms say: read from them, and not from a store."""

    def __init__(self, study: journeys.Study, scratch: Path) -> None:
        with Staging(scratch / "staging.sqlite", study.schema, study.id) as staging:
            StudyReader(study.folder, staging, ProblemLog(), NoProgress()).read([])
            self.names = {
                node.id: str(node.properties["name"]) for label, _ in staging.labels() for node in staging.nodes(label)
            }
            self.claims = [
                Said(
                    str(claim.properties.get("claim_kind", group.type)).removeprefix("NOT_"),
                    claim.from_id,
                    claim.to_id,
                    claim.to_label,
                    claim.properties,
                )
                for group in staging.groups()
                for claim in staging.claims(group)
            ]

    def told(self, kind: str, *, negated: bool = False) -> list[Said]:
        """The claims of a kind that stand, whether or not it was reported to have happened."""
        return [
            said
            for said in self.claims
            if said.kind == kind
            and bool(said.held.get("negated")) == negated
            and said.held.get("status") != "withdrawn"
        ]

    def source(self, said: Said) -> str | None:
        return self.names.get(str(said.held.get("source")))


@pytest.fixture(scope="module")
def study(demo_study: Any) -> journeys.Study:
    return journeys.open(demo_study("embedded").folder)


@pytest.fixture(scope="module")
def forms(study: journeys.Study, tmp_path_factory: pytest.TempPathFactory) -> Forms:
    return Forms(study, tmp_path_factory.mktemp("forms"))


def asked(study: journeys.Study, query: str) -> list[tuple[Any, ...]]:
    return [tuple(row) for row in study.cypher(query).rows]


def test_what_a_person_introduced_is_not_what_she_is_said_not_to_have(study: journeys.Study, forms: Forms) -> None:
    brought = {
        name: [forms.names[said.end] for said in forms.told("INTRODUCED") if forms.names[said.start] == name]
        for name in ("Mina V.", "Ann N.")
    }
    denied = [forms.names[said.end] for said in forms.told("INTRODUCED", negated=True)]
    assert brought["Mina V."] == []
    assert brought["Ann N."]
    assert denied == ["Testimony of South Asian patients"]
    assert asked(study, PEOPLE) == []
    found = asked(study, PEOPLE.replace("Mina V.", "Ann N."))
    assert sorted(title for (title,) in found) == sorted(brought["Ann N."])


def test_contested_evidence(study: journeys.Study, forms: Forms) -> None:
    expected = [
        (forms.names[said.end], forms.names[said.start], said.held.get("grounds"), forms.source(said))
        for said in forms.told("CONTESTED")
        if said.label == "Evidence"
    ]
    assert len(expected) == 6
    assert asked(study, CONTESTED) == sorted(expected, key=str)


def test_citations(study: journeys.Study, forms: Forms) -> None:
    expected = [(forms.names[said.start], forms.names[said.end], forms.source(said)) for said in forms.told("CITED")]
    assert len(expected) == 15
    assert asked(study, CITATIONS) == sorted(expected, key=str)


def test_what_was_reported_not_to_have_happened(study: journeys.Study, forms: Forms) -> None:
    expected = [
        (forms.names[said.start], f"NOT_{kind}", forms.names[said.end], forms.source(said))
        for kind in ("INTRODUCED", "USED", "MADE_AWARE_OF")
        for said in forms.told(kind, negated=True)
        if ":actor:" in said.start
    ]
    assert {who for who, *_ in expected} == {"Mina V.", "Olive W.", "Rui D."}
    assert asked(study, NOT_HAPPENED) == sorted(expected, key=str)


def test_contested_documents_across_sites(study: journeys.Study, forms: Forms) -> None:
    at_site = {said.start: said.end for said in forms.told("AT_SITE")}
    documents = {(at_site[said.end], said.start) for said in forms.told("IN_CASE") if ":document:" in said.start}
    expected = []
    for site in sorted({site for site, _ in documents}, key=lambda site: forms.names[site]):
        own = {document for place, document in documents if place == site}
        contests = [said for said in forms.told("CONTESTED") if said.end in own]
        contested, contesters = ({getattr(said, end) for said in contests} for end in ("end", "start"))
        expected.append((forms.names[site], len(own), len(contested), len(contesters)))
    assert len(expected) == 3
    assert asked(study, SITES) == expected
