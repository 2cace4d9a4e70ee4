"""Writes the files of small studies, as a team would have them."""

from __future__ import annotations

from pathlib import Path

VOTES = """\
map: 1
nodes:
  who: {kind: Actor, each: who, set: {kind: person}}
  paper: {kind: Document, each: paper, set: {title: "{value}"}}
claims:
  - {type: SUPPORTED, from: who, to: paper, where: {did: supported}, set: &said {date: "{date}", quote: "{words}"}}
  - {type: CONTESTED, from: who, to: paper, where: {did: contested}, set: *said}
"""
HEADINGS = "who,did,paper,date,words"


def small_study(folder: Path) -> Path:
    """An empty study."""
    (folder / "tables").mkdir(parents=True)
    (folder / "study.yaml").write_text(f"id: {folder.name}\ntitle: Small\n", encoding="utf-8")
    return folder


def votes(folder: Path, name: str, *rows: str) -> None:
    """A table of who supported and contested what, with its map; written anew if it is there."""
    (folder / "tables" / f"{name}.csv").write_text("\n".join([HEADINGS, *rows]) + "\n", encoding="utf-8")
    (folder / "tables" / f"{name}.map.yaml").write_text(VOTES, encoding="utf-8")
