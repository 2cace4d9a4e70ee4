"""The linter of the queries tells a good query from a bad one, and for which version of Cypher it is bad."""

from __future__ import annotations

import os
import shutil
import subprocess
from pathlib import Path

import pytest

pytestmark = pytest.mark.usefixtures("processes")

CHECKOUT = Path(__file__).resolve().parents[2]


@pytest.fixture
def node() -> str:
    node = shutil.which("node")
    if node is None or shutil.which("npm") is None:
        if os.environ.get("JOURNEYS_TEST_REQUIRE_ALL") == "1":
            pytest.fail("node and npm are not on this machine")
        pytest.skip("node and npm are not on this machine")
    return node


def test_queries_are_linted_as_cypher_5_and_25(tmp_path: Path, node: str) -> None:
    (tmp_path / "group").mkdir()
    (tmp_path / "group" / "good.cypher").write_text(
        "// title: A\nMATCH (n:Site {study: $study})\nRETURN n.name AS name"
    )
    (tmp_path / "bad.cypher").write_text("MATCH (n:Site)\nRETURN m.name AS name")
    (tmp_path / "newer.cypher").write_text("LET x = 1\nRETURN x")

    command = [node, CHECKOUT / "scripts" / "lint_cypher.mjs", tmp_path]
    ended = subprocess.run(command, cwd=tmp_path, capture_output=True, encoding="utf-8", timeout=200, check=False)

    assert ended.returncode == 1, ended.stderr
    *lines, total = ended.stdout.splitlines()
    assert [line.partition(" error")[0] for line in lines] == [
        "bad.cypher:2:8: CYPHER 25",
        "bad.cypher:2:8: CYPHER 5",
        "newer.cypher:1:1: CYPHER 5",
    ]
    assert total == "3 queries linted as CYPHER 5 and CYPHER 25: 3 problems"
