"""The archive of a study: what it holds, and that every change in it is found and named."""

from __future__ import annotations

import csv
import hashlib
import json
import os
import shutil
import subprocess
import zipfile
from collections.abc import Callable
from pathlib import Path

import pyarrow.parquet as parquet
import pytest
import yaml

import journeys
from journeys.exchange.crate_files import unpack
from journeys.interpret.citation import CitedAuthor
from journeys.model.problems import UsageProblem
from journeys.study.verify import Verification, verify
from tests.commands import run_here
from tests.study_files import small_study, votes

CITE = """\
researchers: [{initials: QXJ7, name: Quentin Xylander}]
cite:
  authors:
    - {family: Müller, given: Ann, orcid: https://orcid.org/0000-0002-1825-0097, affiliation: A university}
    - {name: The Riverside team}
  licence: CC-BY-4.0
"""
WORDS = "We cannot rely on this; the winter was counted twice."


@pytest.fixture(scope="module")
def study(tmp_path_factory: pytest.TempPathFactory, embedded_engine: None) -> Path:
    """A loaded study with two claims, a file beside it that no program reads, and text that a spreadsheet would run."""
    folder = small_study(tmp_path_factory.mktemp("crate") / "riverside")
    with (folder / "study.yaml").open("a", encoding="utf-8") as file:
        file.write(CITE)
    votes(
        folder,
        "votes",
        f'Ann,contested,Needs of the young,March 2011,"{WORDS}"',
        'Ben,supported,Needs of the young,2011-04-02,"=1+1, he said"',
    )
    (folder / "plan.odg").write_bytes(b"a drawing")
    assert run_here(["load"], folder, {}).code == 0
    return folder


@pytest.fixture(scope="module")
def archive(study: Path) -> Path:
    made = run_here(["export", "crate"], study, {})
    assert made.code == 0, made.stderr
    assert "1 file of the study folder that the program does not read: plan.odg." in made.stderr
    return study / "out" / "riverside.crate.zip"


@pytest.fixture
def crate(archive: Path, tmp_path: Path) -> Path:
    """The archive, unpacked by another program than ours."""
    with zipfile.ZipFile(archive) as package:
        package.extractall(tmp_path / "crate")
    return tmp_path / "crate"


def changed(file: Path, old: str, new: str) -> None:
    text = file.read_bytes()
    assert text.count(old.encode()) >= 1, file
    file.write_bytes(text.replace(old.encode(), new.encode(), 1))


def without_checksums(crate: Path) -> None:
    """Make the checksums fit again, as somebody would who hides a change."""
    lines = (crate / "checksums-sha256.txt").read_text(encoding="utf-8").splitlines()
    names = [line.partition("  ")[2] for line in lines]
    made = [f"{hashlib.sha256((crate / name).read_bytes()).hexdigest()}  {name}\n" for name in names]
    (crate / "checksums-sha256.txt").write_text("".join(made), encoding="utf-8")


def test_it_holds_everything_and_is_the_same_made_anew(archive: Path) -> None:
    seen = run_here(["verify", archive], archive.parent, {})
    assert (seen.code, seen.stdout.splitlines()[-1]) == (0, "Everything is the same.")
    assert "3 nodes, 2 claims, 2 quotations among them" in seen.stdout
    names = zipfile.ZipFile(archive).namelist()
    for name in (
        "study/study.yaml", "study/tables/votes.csv", "study/tables/votes.map.yaml", "graph/claims.parquet",
        "answers/networks-contests.csv", "measures/citation-depth.csv", "pages/index.html",
        "codebook/codebook.csv", "queries/trace-origins.cypher", "README.md",
    ):  # fmt: skip
        assert name in names
    assert "study/plan.odg" not in names


def test_the_tables_hold_values_as_they_are(crate: Path) -> None:
    rows = list(csv.DictReader((crate / "graph/claims.csv").open(encoding="utf-8", newline="")))
    assert {row["quote"] for row in rows} == {WORDS, "'=1+1, he said"}
    table = parquet.read_table(crate / "graph/claims.parquet").to_pylist()
    assert {row["quote"] for row in table} == {WORDS, "=1+1, he said"}
    assert {(row["date_from"].isoformat(), row["date_to"].isoformat()) for row in table} == {
        ("2011-03-01", "2011-03-31"),
        ("2011-04-02", "2011-04-02"),
    }
    assert [row["files"] for row in table] == [["tables/votes.csv"]] * 2


def test_it_says_who_made_it_and_how_to_cite_it(crate: Path) -> None:
    cited = yaml.safe_load((crate / "CITATION.cff").read_text(encoding="utf-8"))
    assert cited["authors"][0]["family-names"] == "Müller"
    assert (cited["type"], cited["license"]) == ("dataset", "CC-BY-4.0")
    graph = json.loads((crate / "ro-crate-metadata.json").read_text(encoding="utf-8"))["@graph"]
    of = {entity["@id"]: entity for entity in graph}
    assert of["ro-crate-metadata.json"]["conformsTo"]["@id"] == "https://w3id.org/ro/crate/1.2"
    assert of["./"]["license"] == {"@id": "https://spdx.org/licenses/CC-BY-4.0"}
    assert of["https://orcid.org/0000-0002-1825-0097"]["name"] == "Ann Müller"
    for name, entity in of.items():
        if "sha256" in entity:
            assert hashlib.sha256((crate / name).read_bytes()).hexdigest() == entity["sha256"], name


@pytest.mark.parametrize(
    ("file", "old", "new", "said", "hidden"),
    [
        ("study/tables/votes.csv", "counted twice", "counted thrice", "counted thrice", False),
        ("graph/claims.csv", "counted twice", "counted thrice", "counted thrice", True),
        ("graph/claims.csv", "CONTESTED", "SUPPORTED", "type is “SUPPORTED” in graph/claims.csv", True),
        ("graph/nodes.csv", "Needs of the young", "Needs of the old", "“Needs of the old” in graph/nodes.csv", True),
        ("study/study.yaml", "title: Small", "title: Large", "study/study.yaml is not as it was", False),
    ],
    ids=["a form", "a claim", "a kind", "a node", "a title"],
)
def test_one_changed_word_is_found_and_named(
    crate: Path, file: str, old: str, new: str, said: str, hidden: bool
) -> None:
    changed(crate / file, old, new)
    if hidden:
        without_checksums(crate)
    found = verify(crate, numbers=False)
    assert not found.same
    assert any(said in sentence for sentence in (*found.altered, *found.graph)), found
    if "counted" in old:
        named = next(sentence for sentence in found.graph if "quote" in sentence)
        assert "The claim Ann CONTESTED Needs of the young (tables/votes.csv" in named
        assert "counted twice" in named
        assert "counted thrice" in named
    assert bool(found.altered) is not hidden


def test_parquet_and_numbers_are_compared_with_the_forms(crate: Path) -> None:
    table = parquet.read_table(crate / "graph/claims.parquet")
    parquet.write_table(table.slice(0, 1), crate / "graph/claims.parquet")
    changed(crate / "answers/networks-contests.csv", "Needs of the young", "Needs of the old")
    (crate / "measures/citation-depth.csv").unlink()
    without_checksums_of_what_is_there(crate)
    found = verify(crate)
    assert [sentence.partition(" (")[0] for sentence in found.graph] == ["The claim Ben SUPPORTED Needs of the young"]
    assert found.graph[0].endswith("is in the forms, but not in graph/claims.parquet.")
    assert "measures/citation-depth.csv is not in the archive, but the forms give it." in found.tables
    assert any(each.startswith("answers/networks-contests.csv, line 2: “") for each in found.tables)


def without_checksums_of_what_is_there(crate: Path) -> None:
    lines = (crate / "checksums-sha256.txt").read_text(encoding="utf-8").splitlines(keepends=True)
    kept = [line for line in lines if (crate / line.strip().partition("  ")[2]).exists()]
    (crate / "checksums-sha256.txt").write_text("".join(kept), encoding="utf-8")
    without_checksums(crate)


def test_files_that_went_or_came_are_named(crate: Path) -> None:
    (crate / "pages/index.html").unlink()
    (crate / "pages/extra.html").write_text("?", encoding="utf-8")
    seen = run_here(["verify", crate, "--without-numbers"], crate.parent, {})
    assert seen.code == 1
    assert "pages/index.html is missing." in seen.stdout
    assert "pages/extra.html was not in the archive when it was made." in seen.stdout
    assert seen.stdout.splitlines()[-1] == f"{crate}: 2 differences. Do not rely on it."


def test_forms_that_cannot_be_read_any_more_are_said(crate: Path) -> None:
    changed(crate / "study/tables/votes.map.yaml", "map: 1", "map: [")
    found = verify(crate, numbers=False)
    assert found.graph[0] == "The forms cannot be loaded: 1 problem."
    assert "tables/votes.map.yaml" in found.graph[1]


def test_the_same_study_gives_the_same_bytes(archive: Path, study: Path, tmp_path: Path) -> None:
    journeys.open(study).export_crate(tmp_path / "again.zip")
    assert (tmp_path / "again.zip").read_bytes() == archive.read_bytes()


def test_a_profile_withholds_in_every_file(study: Path, tmp_path: Path) -> None:
    made = run_here(["export", "crate", "--profile", "public", "-o", tmp_path / "x.zip"], study, {})
    assert made.code == 0, made.stderr
    assert "The forms are not in the archive" in made.stderr
    with zipfile.ZipFile(tmp_path / "x.zip") as package:
        every = {name: package.read(name) for name in package.namelist()}
    # Columns of Parquet are compressed: they are read as what they hold.
    for name in [name for name in every if name.endswith(".parquet")]:
        (tmp_path / "t.parquet").write_bytes(every[name])
        every[name] = str(parquet.read_table(tmp_path / "t.parquet").to_pylist()).encode()
    assert not any(name.startswith("study/") for name in every)
    for word in ("Quentin Xylander", "QXJ7", WORDS, "2011-04-02", "he said"):
        assert not [name for name, content in every.items() if word.encode() in content], word
    found = verify(tmp_path / "x.zip", numbers=False)
    assert found.same
    assert found.not_compared


def test_a_study_without_a_licence_is_refused_with_what_to_write(study: Path, tmp_path: Path) -> None:
    copy = tmp_path / "riverside"
    shutil.copytree(study, copy, ignore=shutil.ignore_patterns(".journeys", "out"))
    (copy / "study.yaml").write_text("id: riverside\ntitle: Small\n", encoding="utf-8")
    seen = run_here(["export", "crate"], copy, {})
    assert seen.code == 2
    assert "licence: CC-BY-4.0" in seen.stderr


def test_forms_that_are_not_loaded_are_refused(study: Path, tmp_path: Path) -> None:
    file = study / "tables" / "votes.csv"
    before = file.read_bytes()
    try:
        file.write_bytes(before.replace(b"twice", b"thrice"))
        seen = run_here(["export", "crate", "-o", tmp_path / "x.zip"], study, {})
    finally:
        file.write_bytes(before)
    assert (seen.code, (tmp_path / "x.zip").exists()) == (2, False)
    assert "run `journeys load` first" in seen.stderr


def _zip(path: Path, *entries: tuple[str, str]) -> Path:
    with zipfile.ZipFile(path, "w") as package:
        for name, text in entries:
            package.writestr(name, text)
    return path


@pytest.mark.parametrize("name", ["../out.txt", "/etc/x", "a/../../b", "C:\\x", "a\\b", "D:x"])
def test_nothing_is_unpacked_outside(tmp_path: Path, name: str) -> None:
    with pytest.raises(UsageProblem, match="leads out of the archive"):
        unpack(_zip(tmp_path / "x.zip", ("fine.txt", ""), (name, "!")), tmp_path / "to")
    assert not (tmp_path / "to").exists()


def test_links_in_archives_are_refused(tmp_path: Path) -> None:
    with zipfile.ZipFile(tmp_path / "x.zip", "w") as package:
        entry = zipfile.ZipInfo("link")
        entry.external_attr = 0o120777 << 16
        package.writestr(entry, "/etc/passwd")
    with pytest.raises(UsageProblem, match="leads out"):
        unpack(tmp_path / "x.zip", tmp_path / "to")


def cut(file: Path) -> Path:
    file.write_bytes(file.read_bytes()[:-40])
    return file


@pytest.mark.parametrize(
    "make",
    [
        lambda folder: _zip(folder / "x.zip", ("a.txt", "a")),
        lambda folder: cut(_zip(folder / "x.zip", ("checksums-sha256.txt", "0" * 4000))),
        lambda folder: _zip(folder / "x.zip", ("checksums-sha256.txt", "nonsense")),
        lambda folder: folder / "nothing.zip",
        lambda folder: folder,
    ],
    ids=["no list", "cut off", "no checksums", "not there", "another folder"],
)
def test_what_is_no_archive_is_said(tmp_path: Path, make: Callable[[Path], Path]) -> None:
    seen = run_here(["verify", make(tmp_path)], tmp_path, {})
    assert seen.code == 2
    assert len(seen.stderr.splitlines()) == 1


@pytest.mark.parametrize("written", ["0000-0002-1825-0098", "1234", "orcid"])
def test_an_orcid_that_cannot_be_is_refused(written: str) -> None:
    with pytest.raises(ValueError, match="16 digits"):
        CitedAuthor(family="A", orcid=written)


def test_many_differences_are_counted(crate: Path) -> None:
    for number in range(130):
        (crate / f"extra-{number}.txt").write_text("?", encoding="utf-8")
    found: Verification = verify(crate, numbers=False)
    assert len(found.altered) == 101
    assert found.altered[-1] == "And 30 further differences."


@pytest.fixture
def validator() -> Path:
    """The public validator, in an environment of its own because it needs other versions than we do."""
    named = os.environ.get("JOURNEYS_CRATE_VALIDATOR")
    if not named:
        pytest.skip("JOURNEYS_CRATE_VALIDATOR names no Python with roc-validator (.ci/run makes one)")
    return Path(named)


def test_the_public_validator_finds_nothing_that_is_required(validator: Path, crate: Path) -> None:
    script = Path(__file__).with_name("validate_crate.py")
    seen = subprocess.run([validator, script, crate], capture_output=True, encoding="utf-8", timeout=240)
    assert seen.returncode == 0, seen.stdout + seen.stderr


@pytest.mark.parametrize("method", [zipfile.ZIP_DEFLATED, zipfile.ZIP_BZIP2, zipfile.ZIP_LZMA])
def test_an_archive_whose_parts_are_damaged_is_refused_by_name(tmp_path: Path, method: int) -> None:
    path, content = tmp_path / "study.crate.zip", bytes(range(256)) * 400
    with zipfile.ZipFile(path, "w", method) as package:
        package.writestr("a.txt", content)
    whole, said = path.read_bytes(), 0
    for at in range(35, len(whole) - 100, max(1, len(whole) // 40)):
        path.write_bytes(whole[:at] + bytes([whole[at] ^ 0xFF, whole[at + 1] ^ 0x55]) + whole[at + 2 :])
        out = tmp_path / f"out-{at}"
        try:
            unpack(path, out)
        except UsageProblem as refused:
            said += str(refused).startswith(f"{path} cannot be unpacked")
        else:  # not every byte matters
            assert (out / "a.txt").read_bytes() == content
    assert said > 10


def test_an_archive_without_its_checksums_is_named(tmp_path: Path) -> None:
    path = tmp_path / "study.crate.zip"
    for content, said in (
        (None, "study.crate.zip does not hold"),
        ("x", "study.crate.zip > checksums-sha256.txt > line 1"),
    ):
        with zipfile.ZipFile(path, "w") as package:
            package.writestr("a.txt", "a")
            if content:
                package.writestr("checksums-sha256.txt", content)
        with pytest.raises(UsageProblem, match=said):
            verify(path)
