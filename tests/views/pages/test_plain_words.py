"""Pages speak as people do: no word of the program, no doubled full stop, no more than is known."""

from __future__ import annotations

import re
from html import unescape
from pathlib import Path

import pytest

from journeys.model.phrases import full_stop

CODE = re.compile(r"ACTED_ON|\bVCF\b|\bCHAMPION\b|`|As csv for R")


def words_of(page: Path, leave: str = "script|style|pre") -> str:
    """The text of a page, without scripts, queries and tags."""
    text = re.sub(rf"<({leave})\b.*?</\1>", "", page.read_text(encoding="utf-8"), flags=re.S)
    return unescape(re.sub(r"<[^>]+>", "", text))


@pytest.mark.parametrize("page", ["measures/truth-table.html", "across/index.html"])
def test_conditions_are_in_words(atlas: Path, page: str) -> None:
    words = words_of(atlas.parent / page, "script|style")
    assert not CODE.findall(words)
    assert "Truth table for the outcome: acted on" in words
    assert "from the community" in words


def test_no_full_stop_is_doubled(atlas: Path) -> None:
    for page in atlas.parent.rglob("*.html"):
        assert not re.findall(r"[^.]{30}\w\.\.(?!\.)", words_of(page)), page
    assert full_stop("Nothing recorded of Quentin D.") == "Nothing recorded of Quentin D."
    assert full_stop("Nothing recorded of Mina") == "Nothing recorded of Mina."


def test_each_figure_says_whose_journeys_it_counts(atlas: Path) -> None:
    """The page promises it; of 25 journeys, 15 are of documents, which some figures leave out."""
    sections = words_of(atlas.parent / "across" / "index.html")
    assert sections.count("those of 15 documents are not (--option of=Document counts them)") >= 4
    for figure in ("gap-map", "flow", "survival", "uses"):
        assert "Counted are journeys of " in words_of(atlas.parent / "measures" / f"{figure}.html"), figure


def test_a_gap_says_no_more_than_is_known(atlas: Path) -> None:
    pages = [words_of(page) for page in (atlas.parent / "across").glob("*.html") if page.name != "index.html"]
    assert any("None of this type: nothing of it is recorded here" in words for words in pages)
    assert not any("Not collected" in words for words in pages)


def test_a_network_without_scripts_says_where_they_are(atlas: Path) -> None:
    text = (atlas.parent / "sites" / "site-north.html").read_text(encoding="utf-8")
    assert "The scripts lie in the folder of this atlas and make no network requests." in text


def test_a_whole_number_has_no_decimals(atlas: Path) -> None:
    for page in (atlas.parent / "measures").glob("*.html"):
        held = re.findall(r"<td[^>]*><bdi>([^<]*)</bdi></td>", page.read_text("utf-8"))
        assert not [cell for cell in held if re.fullmatch(r"-?\d+\.0", cell)], page
