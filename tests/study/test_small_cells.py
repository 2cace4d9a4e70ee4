"""Nothing that points to one person is in what is made for the public: few claims, rare roles, who decided."""

from __future__ import annotations

import csv
import json
import re
from collections import Counter
from pathlib import Path

import pytest

import journeys
from tests.commands import CliResult, run_here
from tests.engines import ONLY_WITH_ALL
from tests.every_byte import places_of
from tests.store.loading.voting_study import write_study

RARE, RARE_ROLE = "Person Seldom", "Chief seldomist"
REGISTERS = f"""\
registers: 1
people:
  - {{id: A1, pseudonym: {RARE}, designation: {RARE_ROLE}}}
  - {{id: A2, pseudonym: Person Two, designation: Adviser}}
  - {{id: A3, pseudonym: Person Three, designation: Adviser}}
  - {{id: A4, pseudonym: Person Four, designation: Adviser}}
"""
PRIVACY = "privacy: {public: {people: roles, smallest_cell: 3}}\n"
TABLE = "who,paper,meeting,words\nA1,P1,M1,told only once\n" + "".join(
    f"A{who},P{paper},M{paper},words {who} on {paper}\n" for who in (2, 3, 4) for paper in range(1, 6)
)
TABLE += "".join(f"A2,P1,M1,more words {number} on 1\n" for number in (1, 2, 3))
ASKED = ("contests", "contests_by_type", "bridges")


@pytest.fixture(scope="module")
def study(tmp_path_factory: pytest.TempPathFactory, embedded_engine: None) -> Path:
    """Three advisers say much, and somebody of another role says one thing."""
    folder = tmp_path_factory.mktemp("few") / "votes"
    write_study(folder, 1)
    (folder / "tables" / "votes.csv").write_text(TABLE, encoding="utf-8")
    (folder / "registers.yaml").write_text(REGISTERS, encoding="utf-8")
    with (folder / "study.yaml").open("a", encoding="utf-8") as settings:
        settings.write(PRIVACY)
    loaded = run_here(["load"], folder, {})
    assert loaded.code == 0, loaded.stderr
    return folder


def ask(study: Path, *arguments: str) -> CliResult:
    return run_here(["ask", *arguments], study, {})


def test_an_answer_for_the_public_leaves_out_rows_that_rest_on_few_claims_and_says_so(study: Path) -> None:
    withheld = 0
    with journeys.open(study).store():
        for name in ASKED:
            told = ask(study, name, "--profile", "public", "--format", "json")
            assert told.code == 0, told.stderr
            rows = json.loads(told.stdout)
            assert all(len(row["claims"]) >= 3 or not row["claims"] for row in rows), name
            assert "Public version. Left out" in told.stderr
            left = re.search(r"(\d+) rows? left out, because (they rest|it rests) on fewer than 3 claims", told.stderr)
            withheld += int(left[1]) if left else 0
            assert places_in(told, RARE, RARE_ROLE, "told only once") == [], name
    assert withheld


def test_a_network_for_the_public_leaves_out_ties_that_rest_on_few_claims_and_says_so(
    study: Path, tmp_path: Path
) -> None:
    with journeys.open(study).store():
        every = run_here(["network", "--format", "json"], study, {})
        assert any(len(tie["claims"]) < 3 for tie in json.loads(every.stdout)["edges"])
        told = run_here(["network", "--profile", "public", "--format", "json"], study, {})
        assert told.code == 0, told.stderr
        held = json.loads(told.stdout)
        assert held["edges"]
        assert all(len(tie["claims"]) >= 3 for tie in held["edges"])
        assert set(held["claims"]) == {claim for tie in held["edges"] for claim in tie["claims"]}
        left = re.compile(r"\d+ ties left out, because they rest on fewer than 3 claims\.")
        assert left.search(" ".join(held["withheld"]))
        assert places_in(told, RARE, RARE_ROLE, "told only once") == []
        shown = run_here(["network", "--profile", "public"], study, {})
        assert left.search(" ".join(shown.stdout.split()))
        for ending in ("csv", "html", "gexf"):
            file = tmp_path / f"n.{ending}"
            written = run_here(["network", "--profile", "public", "-o", str(file)], study, {})
            assert (written.code, bool(left.search(written.stderr))) == (0, True), (ending, written.stderr)
        team = run_here(["network", "--profile", "team", "--format", "json"], study, {})
        assert len(json.loads(team.stdout)["edges"]) == len(json.loads(every.stdout)["edges"])


@pytest.mark.timeout(600)
def test_matrices_for_the_public_leave_out_cells_that_rest_on_few_claims_and_say_so(
    study: Path, tmp_path: Path
) -> None:
    left = re.compile(r"\d+ cells left out, because they rest on fewer than 3 claims\.")
    with journeys.open(study).store():
        every = json.loads(run_here(["network", "--matrix", "--format", "json"], study, {}).stdout)
        told = run_here(["network", "--matrix", "--profile", "public", "--format", "json"], study, {})
        assert told.code == 0, told.stderr
        held = json.loads(told.stdout)
        for before, after in zip(every["matrices"].values(), held["matrices"].values(), strict=True):
            assert any(len(cell["claims"]) < 3 for cell in before["cells"])
            assert [len(cell["claims"]) for cell in after["cells"]] == [4]
            assert after["states"]["unknown"] == "nothing recorded, or fewer than 3 claims say it"
        assert len(held["claims"]) == 4
        assert left.search(" ".join(held["withheld"]))
        assert places_in(told, RARE, RARE_ROLE, "told only once") == []
        file = tmp_path / "m.csv"
        written = run_here(["network", "--matrix", "--profile", "public", "-o", str(file)], study, {})
        assert (written.code, bool(left.search(written.stderr))) == (0, True), written.stderr
        measured = run_here(["analyse", "matrices", "--profile", "public", "--format", "json"], study, {})
        for table in json.loads(measured.stdout)["tables"]:
            assert any(left.search(note) for note in table["notes"])
            states = [
                value for row in table["rows"] for value in row.values() if value in ("support", "spoke", "other")
            ]
            assert len(states) <= 1, table["name"]
        refused = run_here(["network", "North", "South", "--profile", "public"], study, {})
        assert (refused.code, "leave out further sites" in " ".join(refused.stderr.split())) == (2, True)


def test_an_export_for_the_public_has_no_claim_about_a_person_that_few_say(study: Path, tmp_path: Path) -> None:
    def ties(name: str, *words: str) -> tuple[list[dict[str, str]], str]:
        file = tmp_path / f"{name}.csv"
        ended = run_here(["export", "csv", *words, "-o", str(file)], study, {})
        assert ended.code == 0, ended.stderr
        with file.open(encoding="utf-8", newline="") as lines:
            return list(csv.DictReader(lines)), ended.stderr

    with journeys.open(study).store():
        every, _ = ties("all")
        public, said = ties("public", "--profile", "public")
        actors, said_of_actors = ties("actors", "--profile", "public", "--of", "actors")
        people = [tie for tie in every if ":actor:" in tie["Source"] and tie["mode"]]
        assert people
        told = Counter((tie["Source"], tie["Kind"], tie["Target"]) for tie in public if ":actor:" in tie["Source"])
        assert all(number >= 3 for number in told.values())
        gone = re.search(r"(\d+) claims about people left out, because fewer than 3 claims say the same", said)
        assert gone is not None
        assert len(people) == int(gone[1]) + told.total()
        assert all(len(tie["claims"].split("; ")) >= 3 for tie in actors)
        assert "left out, because they rest on fewer than 3 claims." in said_of_actors


def places_in(told: CliResult, *words: str) -> list[str]:
    return [word for word in words if word.casefold() in (told.stdout + told.stderr).casefold()]


@ONLY_WITH_ALL
@pytest.mark.timeout(300)
def test_nothing_of_a_rare_role_is_in_any_byte_for_the_public(study: Path, tmp_path: Path) -> None:
    written = tmp_path / "public"
    written.mkdir()
    every = journeys.open(study)
    for number, command in enumerate(
        (
            ["atlas", "--profile", "public", "-o", str(written / "atlas")],
            ["export", "gexf", "--profile", "public", "-o", str(written / "n.gexf")],
            ["export", "csv", "--profile", "public", "-o", str(written / "n.csv")],
            ["export", "prov", "--profile", "public", "-o", str(written / "p.json")],
            ["analyse", "polarity", "--profile", "public", "-o", str(written / "m.xlsx")],
            ["analyse", "polarity", "--profile", "public", "-o", str(written / "m.svg")],
            ["ask", "contests", "--profile", "public", "-o", str(written / "a.xlsx")],
            ["ask", "contests", "--profile", "public", "--sources", "-o", str(written / "b.csv")],
        )
    ):
        ended = run_here(command, study, {})
        assert ended.code == 0, (number, ended.stderr)
    every.stop_store()
    assert len(list(written.rglob("*"))) > 20
    assert places_of([RARE, RARE_ROLE, "told only once"], written) == []
    internal = run_here(["export", "gexf", "-o", str(tmp_path / "all.gexf")], study, {})
    assert internal.code == 0
    assert places_of([RARE], tmp_path) != []  # the search finds what is there
