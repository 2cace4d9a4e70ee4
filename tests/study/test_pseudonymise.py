"""``journeys pseudonymise``: a copy without real names, which loads and says the same."""

from __future__ import annotations

import csv
import os
import stat
from operator import attrgetter
from pathlib import Path

import pytest
import yaml

import journeys
from journeys.model.problems import UsageProblem
from journeys.study.folder import create
from tests.commands import run_here
from tests.every_byte import places_of

REGISTERS = """\
sites:
  - {id: north, pseudonym: Northtown}
people:
  - {id: mvarma, pseudonym: Mina Varma, aliases: Mina V.; Minnie, designation: analyst, site: north}
  - {id: ZO, pseudonym: Zoë Okonkwo, designation: manager, site: north}
  - {id: SWG, pseudonym: Users' group, kind: Collective, site: north}
"""
NOTES = "Minnie Varma met Zoe\u0308 OKONKWO. Var-\nma agreed; m.varma@council.example wrote.\n"
REAL = ["mina", "varma", "minnie", "okonkwo", "zoë", "zoe\u0308"]


@pytest.fixture
def study(tmp_path: Path) -> Path:
    folder = tmp_path / "study"
    for name in ("forms", "tables", "decisions", ".journeys", "out"):
        (folder / name).mkdir(parents=True)
    (folder / "study.yaml").write_text(
        "id: s\ntitle: A study\nstore:\n  uri: neo4j://localhost:1\n\nresearchers: [{initials: XY}]\n", encoding="utf-8"
    )
    (folder / "registers.yaml").write_text(REGISTERS, encoding="utf-8")
    (folder / "tables" / "who.csv").write_text("who,what\nVarma; Zoë,paper\n", encoding="cp1252")
    (folder / "forms" / "Notes of MinaVarma.txt").write_text(NOTES, encoding="utf-8")
    (folder / "forms" / "scan.pdf").write_bytes(b"%PDF-1.7 Mina Varma")
    (folder / "out" / "page.html").write_text("Mina Varma", encoding="utf-8")
    (folder / ".journeys" / "log").write_text("Mina Varma", encoding="utf-8")
    return folder


def test_no_byte_of_the_copy_holds_a_name(study: Path, tmp_path: Path) -> None:
    before = {path: path.read_bytes() for path in study.rglob("*") if path.is_file()}
    copy, key = tmp_path / "copy", tmp_path / "keys" / "key.csv"
    said = run_here(["pseudonymise", copy, "--key", key], study, {})
    assert said.code == 0, said.stderr
    assert places_of(REAL, copy) == []
    assert sorted(path.relative_to(copy).as_posix() for path in copy.rglob("*") if path.is_file()) == [
        "forms/Notes of Person 1.txt", "registers.yaml", "study.yaml", "tables/who.csv",
    ]  # fmt: skip
    assert (copy / "tables" / "who.csv").read_text(encoding="cp1252") == "who,what\nPerson 1; Person 2,paper\n"
    assert "forms/scan.pdf: .pdf cannot be read here" in said.stdout
    assert "stay: ZO." in said.stdout
    # The copy never writes to the server of the study itself.
    assert "neo4j://" not in (copy / "study.yaml").read_text(encoding="utf-8")
    assert journeys.open(copy).folder.settings.researchers[0].initials == "XY"
    assert {path: path.read_bytes() for path in before} == before
    with key.open(encoding="utf-8-sig", newline="") as file:
        rows = list(csv.DictReader(file))
    assert [(row["name"], row["pseudonym"]) for row in rows] == [
        ("Mina Varma", "Person 1"),
        ("Zoë Okonkwo", "Person 2"),
    ]
    if os.name != "nt":
        assert stat.S_IMODE(key.stat().st_mode) == 0o600


def test_a_name_of_a_file_that_grows_too_long_is_cut(study: Path, tmp_path: Path) -> None:
    stem = "Varma, " * 34
    (study / "tables" / f"{stem}.csv").write_text("who\nVarma\n", encoding="utf-8")
    (study / "tables" / f"{stem}.map.yaml").write_text("map: 1\n", encoding="utf-8")
    said = run_here(["pseudonymise", tmp_path / "copy", "--key", tmp_path / "key.csv"], study, {})
    assert said.code == 0, said.stderr
    named = sorted(path.name for path in (tmp_path / "copy" / "tables").iterdir() if path.name.startswith("Person"))
    assert [name.removeprefix(named[0].removesuffix(".csv")) for name in named] == [".csv", ".map.yaml"]
    assert max(map(len, named)) < 200


def test_whoever_is_called_by_a_number_already_stays_so(study: Path, tmp_path: Path) -> None:
    registers = REGISTERS.replace("Mina Varma, aliases: Mina V.; Minnie", "Person 4")
    (study / "registers.yaml").write_text(registers, encoding="utf-8")
    journeys.open(study).pseudonymise(tmp_path / "copy", key=tmp_path / "key.csv")
    copy = (tmp_path / "copy" / "registers.yaml").read_text(encoding="utf-8")
    assert copy == registers.replace("Zoë Okonkwo", "Person 5")
    assert "Person 4" not in (tmp_path / "key.csv").read_text(encoding="utf-8-sig")


def test_pseudonyms_stay_the_same_with_the_same_key(study: Path, tmp_path: Path) -> None:
    key = tmp_path / "key.csv"
    key.write_text("name;pseudonym;also\nZoë Okonkwo;The manager;Zo\n", encoding="utf-8")
    opened = journeys.open(study)
    opened.pseudonymise(tmp_path / "one", key=key)
    with (study / "registers.yaml").open("a", encoding="utf-8") as file:
        file.write("  - {id: new, pseudonym: Anna Newman}\n")
    opened.pseudonymise(tmp_path / "two", key=key)
    one, two = ((tmp_path / name / "registers.yaml").read_text(encoding="utf-8") for name in ("one", "two"))
    assert two == one + "  - {id: new, pseudonym: Person 2}\n"
    assert "The manager" in one
    # A study that is pseudonymised already has nobody to add to the key.
    again = tmp_path / "again.csv"
    again.write_bytes(key.read_bytes())
    journeys.open(tmp_path / "two").pseudonymise(tmp_path / "three", key=again)
    assert again.read_bytes() == key.read_bytes()


@pytest.mark.parametrize(
    ("lines", "told"),
    [
        (["Mina Varma,Same,", "Zoë Okonkwo,same,"], "key.csv, line 3: 'same' is the pseudonym in line 2 too"),
        (["Mina Varma,A,", "", "mina varma,B,"], "key.csv, line 4: 'mina varma' is in line 2 too"),
        (
            ["Mina Varma,A,Zoe O.; Zoë Okonkwo", "Zoë Okonkwo,B,"],
            "'Zoë Okonkwo', under also, is the name in line 3",
        ),
        (
            ["Mina Varma,Zoë Okonkwo,"],
            "key.csv, line 2: the pseudonym 'Zoë Okonkwo' is the name of Zoë Okonkwo in",
        ),
        (["Mina Varma,Zoë,"], "key.csv, line 2: the pseudonym 'Zoë' of Mina Varma holds 'Zoë', a name of Zoë Okonkwo"),
        (
            ["Zoë Okonkwo,B,", "Mina Varma,Okonkwo 2,"],
            "line 3: the pseudonym 'Okonkwo 2' of Mina Varma holds 'Okonkwo'",
        ),
        (["Mina Varma,M. Varma,"], "Write another pseudonym for Mina Varma"),
    ],
)
def test_a_key_that_contradicts_itself_or_the_study_is_refused(
    study: Path, tmp_path: Path, lines: list[str], told: str
) -> None:
    key = tmp_path / "key.csv"
    key.write_text("\n".join(["name,pseudonym,also", *lines]), encoding="utf-8")
    said = run_here(["pseudonymise", tmp_path / "copy", "--key", key], study, {})
    assert said.code == 2
    assert told in " ".join(said.stderr.split())
    assert not (tmp_path / "copy").exists()
    assert key.read_text(encoding="utf-8").endswith(lines[-1])


@pytest.mark.parametrize(
    ("copy", "key"), [("study/copy", "key.csv"), ("copy", "study/key.csv"), ("copy", "copy/key.csv")]
)
def test_copy_and_key_lie_apart(study: Path, tmp_path: Path, copy: str, key: str) -> None:
    with pytest.raises(UsageProblem, match="may not lie in"):
        journeys.open(study).pseudonymise(tmp_path / copy, key=tmp_path / key)
    assert not (tmp_path / copy).exists()
    assert not (tmp_path / key).exists()


def test_check_warns_of_a_file_whose_name_holds_a_real_name(study: Path, tmp_path: Path) -> None:
    key = tmp_path / "key.csv"
    key.write_text("name,pseudonym,also\nMina Varma,P1,\nLi Wu,P2,\n", encoding="utf-8")
    (study / "forms" / "Varma int.yaml").write_text("instrument: interview_sheet\n", encoding="utf-8")
    (study / "forms" / "int wu.yaml").write_text("instrument: interview_sheet\n", encoding="utf-8")
    told = run_here(["check", "--key", key], study, {})
    assert "The name of the file holds a real name: 'Varma'" in told.stdout
    assert "'P1 int.yaml'" in told.stdout
    assert "'int P2.yaml'" in told.stdout
    assert "real name" not in run_here(["check"], study, {}).stdout
    inside = study / "names.csv"
    inside.write_bytes(key.read_bytes())
    refused = run_here(["check", "--key", inside], study, {})
    assert refused.code == 2
    assert "Keep the list of real names outside of the study folder" in refused.stderr


def test_a_form_that_another_program_wrote_as_yaml_holds_no_name(study: Path, tmp_path: Path) -> None:
    form = {"form": "interview_sheet", "quote": f"I, Zoë Okonkwo, agree {'and agree ' * 9}with Mina Varma", "by": "Zoë"}
    (study / "forms" / "written.yaml").write_text(yaml.safe_dump(form), encoding="utf-8")
    said = run_here(["pseudonymise", tmp_path / "copy", "--key", tmp_path / "key.csv"], study, {})
    assert said.code == 0, said.stderr
    copied = yaml.safe_load((tmp_path / "copy" / "forms" / "written.yaml").read_text(encoding="utf-8"))
    assert copied["quote"] == f"I, Person 2, agree {'and agree ' * 9}with Person 1"
    assert copied["by"] == "Person 2"


def test_short_names_are_found_and_what_is_left_is_said(study: Path, tmp_path: Path) -> None:
    with (study / "registers.yaml").open("a", encoding="utf-8") as file:
        file.write(
            "  - {id: lw, pseudonym: Li Wu}\n  - {id: gm, pseudonym: Grace May}\n  - {id: w, pseudonym: 王小明}\n"
        )
    (study / "forms" / "ms wu, may.txt").write_text("Ms May and Wu met 小明 in May.\n", encoding="utf-8")
    said = run_here(["pseudonymise", tmp_path / "copy", "--key", tmp_path / "key.csv"], study, {})
    assert said.code == 0, said.stderr
    written = tmp_path / "copy" / "forms" / "ms Person 3, may.txt"
    assert written.read_text(encoding="utf-8") == "Ms Person 4 and Person 3 met Person 5 in May.\n"
    assert "These parts of names stay where no title stands before them: May." in said.stdout
    assert "These stay where they are written in small letters: grace." in said.stdout
    assert "These stay where they are written in capitals or small letters: Li, Wu." in said.stdout


@pytest.mark.skipif(os.name == "nt", reason="links need rights there")
def test_links_that_are_not_followed_are_listed(study: Path, tmp_path: Path) -> None:
    (tmp_path / "outside").mkdir()
    (tmp_path / "outside" / "far.csv").write_text("who\nMina Varma\n", encoding="utf-8")
    for link, target in (
        ("forms/far", tmp_path / "outside"),
        ("tables/far.csv", tmp_path / "outside" / "far.csv"),
        ("tables/gone.csv", tmp_path / "gone.csv"),
        ("forms/again", study / "tables"),
        ("tables/round.csv", study / "tables" / "round.csv"),
        ("tables/near.csv", study / "tables" / "who.csv"),
    ):
        (study / link).symlink_to(target)
    os.mkfifo(study / "forms" / "pipe.txt")
    said = run_here(["pseudonymise", tmp_path / "copy", "--key", tmp_path / "key.csv"], study, {})
    assert said.code == 0, said.stderr
    assert "forms/far: a symbolic link that leads out of the study folder; put the" in said.stdout
    assert "tables/far.csv: a symbolic link that leads out of the study folder; put the" in said.stdout
    assert "tables/gone.csv: a symbolic link that leads out of the study folder; put the" in said.stdout
    assert "tables/round.csv: a symbolic link that leads to nothing" in said.stdout
    assert "forms/again: a symbolic link to a folder of the study" in said.stdout
    assert "forms/pipe.txt: is not a regular file" in said.stdout
    assert sorted(path.name for path in (tmp_path / "copy" / "tables").iterdir()) == ["near.csv", "who.csv"]
    assert places_of(REAL, tmp_path / "copy") == []


def test_text_in_which_a_whole_name_is_left_is_not_copied(study: Path, tmp_path: Path) -> None:
    (study / "forms" / "old.txt").write_bytes("Zoë Okonkwo".encode("mac-roman"))
    (study / "forms" / "other.txt").write_bytes("Mina Varma".encode("utf-16-le"))
    said = run_here(["pseudonymise", tmp_path / "copy", "--key", tmp_path / "key.csv"], study, {})
    assert "forms/old.txt: a name is left in forms/old.txt" in said.stdout
    assert "forms/other.txt: its text is in no encoding that is known here" in said.stdout
    assert not list((tmp_path / "copy" / "forms").glob("o*.txt"))


@pytest.mark.thorough
def test_the_copy_of_a_study_says_the_same(tmp_path: Path) -> None:
    create(tmp_path / "demo", demo=True)
    journeys.open(tmp_path / "demo").pseudonymise(tmp_path / "copy", key=tmp_path / "key.csv")
    one, two = (journeys.open(tmp_path / name).check() for name in ("demo", "copy"))
    numbers = attrgetter("nodes", "claims", "derived", "repetitions", "same_acts")
    assert numbers(two) == numbers(one)
    assert two.clean
    assert [(each.kind, each.read) for each in two.files] == [(each.kind, each.read) for each in one.files]
    names = [row["name"] for row in csv.DictReader((tmp_path / "key.csv").open(encoding="utf-8-sig"))]
    assert len(names) > 20
    assert places_of([name for name in names if len(name) > 6], tmp_path / "copy") == []
