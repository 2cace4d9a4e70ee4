"""Compiled templates are kept beside the program's modules, and never used for another text."""

from __future__ import annotations

import sys
from pathlib import Path

import pytest
from jinja2 import Environment, FileSystemLoader

from journeys.views.compiled_templates import CompiledTemplates


def _rendered(folder: Path) -> str:
    made = Environment(loader=FileSystemLoader(folder), bytecode_cache=CompiledTemplates(folder), autoescape=True)
    return made.get_template("page.html.j2").render(name="<Mina>")


def _kept(folder: Path) -> list[Path]:
    return sorted(folder.glob("__pycache__/*"))


@pytest.fixture
def templates(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.setattr(sys, "dont_write_bytecode", False)
    monkeypatch.setattr(sys, "pycache_prefix", None)
    (tmp_path / "page.html.j2").write_text("Hello {{ name }}")
    return tmp_path


def test_a_template_is_compiled_once_and_again_when_its_text_changes(templates: Path) -> None:
    assert _rendered(templates) == "Hello &lt;Mina&gt;"
    (kept,) = _kept(templates)
    before = kept.stat().st_mtime_ns, kept.read_bytes()
    assert _rendered(templates) == "Hello &lt;Mina&gt;"
    assert (kept.stat().st_mtime_ns, kept.read_bytes()) == before
    (templates / "page.html.j2").write_text("Goodbye {{ name }}")
    assert _rendered(templates) == "Goodbye &lt;Mina&gt;"
    assert _kept(templates) == [kept]


@pytest.mark.parametrize("damage", [b"", b"no digest", b"cut"])
def test_a_damaged_file_is_compiled_again(templates: Path, damage: bytes) -> None:
    _rendered(templates)
    (kept,) = _kept(templates)
    whole = kept.read_bytes()
    kept.write_bytes(whole[: len(whole) // 2] if damage == b"cut" else damage)
    assert _rendered(templates) == "Hello &lt;Mina&gt;"
    assert kept.read_bytes() == whole


def test_nothing_is_written_where_python_must_not_write(templates: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sys, "dont_write_bytecode", True)
    assert _rendered(templates) == "Hello &lt;Mina&gt;"
    assert _kept(templates) == []


def test_a_folder_that_cannot_be_written_is_no_hindrance(templates: Path) -> None:
    (templates / "__pycache__").write_text("a file")
    assert _rendered(templates) == "Hello &lt;Mina&gt;"
