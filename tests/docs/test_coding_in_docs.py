"""What docs/coding.md shows of coding workbooks and of a study's codebook works as written."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from journeys.instruments.codebook import shipped_codebook
from journeys.instruments.coded_passages import passages_in
from journeys.instruments.study_codebook import study_codebook
from journeys.store.queries.library import read_library

CHECKOUT = Path(__file__).resolve().parents[2]
PAGE = (CHECKOUT / "docs" / "coding.md").read_text(encoding="utf-8")
LISTED = (CHECKOUT / "docs" / "codebook.md").read_text(encoding="utf-8")


def test_the_codebook_of_the_docs_can_be_used(tmp_path: Path) -> None:
    (example,) = [text for text in re.findall(r"```yaml\n(.*?)```", PAGE, re.S) if text.startswith("extends")]
    path = tmp_path / "codebook.yaml"
    path.write_text(example, encoding="utf-8")
    book = study_codebook(path, name=path.name, report=pytest.fail)
    assert len(book.codes) == 132
    assert book.current("6.13").key == "6.14"


def test_the_places_of_the_docs_are_read_so() -> None:
    section = PAGE.split("| written | place | words |")[1].split("\n\n")[0]
    rows = re.findall(r"^\| `(.+?)` \| (.+?) \| (.+?) \|$", section, re.M)
    assert len(rows) == 6
    for written, place, words in rows:
        (passage,), flaws = passages_in(written)
        assert (passage.place or "none", passage.text, flaws) == (place, words, [])


def test_every_code_and_lost_label_is_listed() -> None:
    listed = dict(re.findall(r"^\| (\S+) \| (.+?) \|", LISTED, re.M))
    codes = shipped_codebook().codes
    assert {key: label for key, label in listed.items() if key in codes} == {
        key: code.label or "[label not recovered]" for key, code in codes.items()
    }
    assert list(listed.values()).count("[label not recovered]") == 22


def test_the_questions_that_are_named_are_there() -> None:
    names = {query.short_name for query in read_library().questions}
    section = PAGE.split("## Questions about codes")[1].split("\n## ")[0]
    named = set(re.findall(r"`(?:journeys ask )?([a-z]+_[a-z_]+)`", section))
    assert len(named) == 7
    assert named <= names
