"""What the shipped YAML files say is kept beside them, and never used for another text."""

from __future__ import annotations

import shutil
import sys
from pathlib import Path

import pytest

from journeys.model import yaml_with_lines
from journeys.model.resources import is_shipped, resource_folder
from journeys.model.yaml_with_lines import LinedYaml, lined_yaml, load_lined_yaml


@pytest.fixture
def schema(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A copy of the shipped schema that is taken for it, in which nothing is kept yet."""
    monkeypatch.setattr(sys, "dont_write_bytecode", False)
    monkeypatch.setattr(sys, "pycache_prefix", None)
    monkeypatch.setattr(yaml_with_lines, "is_shipped", lambda path: path.is_relative_to(tmp_path))
    ignored = shutil.ignore_patterns("__pycache__")
    return Path(shutil.copytree(resource_folder("schema"), tmp_path / "schema", ignore=ignored))


def _whole(read: LinedYaml) -> tuple[str, object, object]:
    return read.file, read.content, list(read.lines.items())


def test_what_is_kept_of_each_file_is_what_reading_it_gives(schema: Path) -> None:
    files = sorted(schema.rglob("*.yaml"))
    assert files
    for path in files:
        anew = _whole(lined_yaml(path.read_text(encoding="utf-8"), path.name))
        assert _whole(load_lined_yaml(path)) == anew
        assert list(path.parent.glob(f"__pycache__/{path.stem}.*")), f"nothing is kept of {path.name}"
        assert _whole(load_lined_yaml(path)) == anew


def test_a_changed_file_is_read_again(schema: Path) -> None:
    path = schema / "registers.yaml"
    load_lined_yaml(path)
    path.write_text("version: 7\n", encoding="utf-8")
    assert load_lined_yaml(path).content == {"version": 7}
    assert load_lined_yaml(path, typed=False).content == {"version": "7"}


@pytest.mark.parametrize("damage", [b"", b"no digest", b"cut"])
def test_a_damaged_file_is_read_again(schema: Path, damage: bytes) -> None:
    path = schema / "registers.yaml"
    anew = _whole(load_lined_yaml(path))
    (kept,) = (schema / "__pycache__").glob("registers.*")
    whole = kept.read_bytes()
    kept.write_bytes(whole[: len(whole) // 2] if damage == b"cut" else damage)
    assert _whole(load_lined_yaml(path)) == anew
    assert kept.read_bytes() == whole


def test_nothing_of_a_study_is_kept_so(tmp_path: Path) -> None:
    path = tmp_path / "study.yaml"
    path.write_text("id: a\n", encoding="utf-8")
    assert not is_shipped(path)
    load_lined_yaml(path)
    assert [each.name for each in tmp_path.iterdir()] == ["study.yaml"]
