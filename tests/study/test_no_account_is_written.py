"""Nothing that is handed on names the account, the computer or the folder in which it was made."""

from __future__ import annotations

import platform
from pathlib import Path

import pytest

import journeys
from tests.commands import run_here
from tests.every_byte import places_of
from tests.store.loading.voting_study import write_study

pytestmark = pytest.mark.usefixtures("processes")

ACCOUNT, COMPUTER, HOME, PLACE = "zoltanaccount", "zoltancomputer", "zoltanhome", "zoltanplace"

CITE = "cite: {authors: [{name: A team}], licence: CC-BY-4.0}\n"


def test_no_account_computer_or_path_is_written(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(platform, "node", lambda: COMPUTER)
    folder = tmp_path / HOME / PLACE / "votes"
    write_study(folder, 20)
    with (folder / "study.yaml").open("a", encoding="utf-8") as settings:
        settings.write(CITE)
    env = {"LOGNAME": ACCOUNT, "USER": ACCOUNT, "USERNAME": ACCOUNT, "HOME": str(tmp_path / HOME)}

    def run(*arguments: str) -> str:
        ended = run_here(arguments, folder, env)
        assert ended.code == 0, ended.stderr
        return ended.stdout

    run("load")
    study = journeys.open(folder)
    study.start_store()
    try:
        assert "by" not in run("status").splitlines()[2]
        for format_ in ("gexf", "graphml", "pajek", "ocel", "hif", "csv", "prov", "neo4j-admin"):
            run("export", format_)
        run("export", "crate", "-o", "out/study.zip")
        for kind, ending in (("quality", "docx"), ("quality", "html"), ("quality", "xlsx")):
            run("report", kind, "-o", f"out/{kind}.{ending}")
        run("ask", "contests", "-o", "out/contests.xlsx")
        run("analyse", "centrality", "-o", "out/centrality.svg")
        run("forms", "-o", "out/forms")
    finally:
        study.stop_store()
    assert places_of([ACCOUNT, COMPUTER, HOME, PLACE], folder / "out") == []
    assert not any(word in repr(study) for word in (ACCOUNT, COMPUTER))


def test_a_load_is_by_the_researcher_whose_account_study_yaml_names(tmp_path: Path) -> None:
    folder = tmp_path / "votes"
    write_study(folder, 5)
    with (folder / "study.yaml").open("a", encoding="utf-8") as settings:
        settings.write("researchers: [{initials: XY, also: [xyates]}, {initials: YZ}]\n")
    assert run_here(["load"], folder, {"LOGNAME": "xyates"}).code == 0
    said = run_here(["status"], folder, {"LOGNAME": "somebody"}).stdout
    assert " by XY, " in said
    assert "xyates" not in said
