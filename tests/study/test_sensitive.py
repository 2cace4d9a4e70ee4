"""What the schema, or the study, calls sensitive is in no answer, page or export, unless study.yaml asks for it."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

import journeys
from tests.commands import run_here
from tests.every_byte import places_of
from tests.store.loading.voting_study import write_study

HELD = "Quizzical Marsh people"
REGISTERS = f"""\
registers: 1
people:
  - {{id: A1, pseudonym: A1, self_identification: {HELD}}}
"""
OWN = "properties: {CONTESTED: {health: {type: text, sensitive: true}}}\n"
SETTING = "privacy: {sensitive: shown}\n"


@pytest.fixture
def study(tmp_path: Path) -> Path:
    folder = tmp_path / "votes"
    write_study(folder, 10)
    (folder / "registers.yaml").write_text(REGISTERS, encoding="utf-8")
    with (folder / "study.yaml").open("a", encoding="utf-8") as settings:
        settings.write(OWN)
    made = (folder / "tables" / "votes.map.yaml").read_text(encoding="utf-8")
    (folder / "tables" / "votes.map.yaml").write_text(
        made.replace('{quote: "{words}"}', f'{{quote: "{{words}}", health: "{HELD}"}}'), encoding="utf-8"
    )
    return folder


def ask(study: Path) -> list[object]:
    told = run_here(
        ["cypher", "MATCH (a:Actor)-[r:CONTESTED]->() RETURN a.self_identification AS a, r.health AS r", "--format",
         "json"], study, {},
    )  # fmt: skip
    return [value for row in json.loads(told.stdout) for value in row.values() if value]


@pytest.mark.usefixtures("processes")
def test_sensitive_details_are_withheld_unless_the_study_asks_for_them(study: Path) -> None:
    checked = run_here(["check"], study, {}).stdout
    assert "self identification (1) read, but withheld" in checked
    assert "health (" in checked
    assert run_here(["load"], study, {}).code == 0
    opened = journeys.open(study)
    opened.start_store()
    try:
        assert ask(study) == []
        assert HELD not in run_here(["show", "A1"], study, {}).stdout
        assert run_here(["export", "gexf"], study, {}).code == 0
        assert run_here(["export", "neo4j-admin"], study, {}).code == 0
        assert run_here(["trace", "P0", "-o", "out/P0.html"], study, {}).code == 0
        assert places_of([HELD], study / "out") == []

        with (study / "study.yaml").open("a", encoding="utf-8") as settings:
            settings.write(SETTING)
        assert run_here(["load"], study, {}).code == 0
        assert ask(study) == [HELD] * (10 + 1)
        assert "withheld" not in run_here(["check"], study, {}).stdout
    finally:
        opened.stop_store()


@pytest.mark.usefixtures("processes")
def test_the_team_sees_no_sensitive_detail_of_people_or_claims_not_even_a_date(study: Path) -> None:
    text, date = "{type: text, sensitive: true}", "{type: date, sensitive: true}"
    own = f"properties: {{CONTESTED: {{health: {text}}}, Actor: {{born: {date}}}}}"
    settings = (study / "study.yaml").read_text(encoding="utf-8").replace(OWN, f"{own}\n{SETTING}")
    (study / "study.yaml").write_text(settings, encoding="utf-8")
    made = (study / "tables" / "votes.map.yaml").read_text(encoding="utf-8")
    (study / "tables" / "votes.map.yaml").write_text(
        made.replace("{kind: person}", '{kind: person, born: "17 March 1957"}'), encoding="utf-8"
    )
    assert run_here(["load"], study, {}).code == 0
    assert run_here(["atlas", "-o", "out/internal"], study, {}).code == 0
    assert run_here(["atlas", "--profile", "team", "-o", "out/team"], study, {}).code == 0
    assert all(places_of([each], study / "out" / "internal") for each in (HELD, "17 March 1957"))
    assert places_of([HELD, "1957"], study / "out" / "team") == []
    left_out = (study / "out" / "team" / "index.html").read_text(encoding="utf-8")
    assert "For the team: 21 sensitive details and who recorded what left out." in left_out


@pytest.mark.parametrize("said", ["privacy: {sensitive: perhaps}", "privacy: {hide: all}", "privacy: strict"])
def test_privacy_in_study_yaml_means_something_or_is_refused(study: Path, said: str) -> None:
    with (study / "study.yaml").open("a", encoding="utf-8") as settings:
        settings.write(f"{said}\n")
    told = run_here(["check"], study, {})
    assert told.code == 1
    assert told.stderr.startswith("study.yaml, line 4: privacy")
    assert len(told.stderr.splitlines()) == 1
