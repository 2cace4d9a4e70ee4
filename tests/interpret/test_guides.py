"""A guided journey as people write it: every mistake is said with its line and what to write instead."""

from __future__ import annotations

from pathlib import Path

import pytest

from journeys.interpret.folder import open_folder
from journeys.interpret.guides import Guide, read_guides
from journeys.model.problems import Problem

GOOD = """\
guide: 1
title: How it went
journey: D07
stops:
  - step: Ann N. wrote it
    text: She says so.
"""


def read(folder: Path, text: str | bytes, name: str = "a.yaml") -> tuple[list[Guide], list[str]]:
    (folder / "study.yaml").write_text("id: s\ntitle: S\n", encoding="utf-8")
    (folder / "guides").mkdir(exist_ok=True)
    (folder / "guides" / name).write_bytes(text if isinstance(text, bytes) else text.encode())
    said: list[Problem] = []
    return read_guides(open_folder(folder), said.append), [str(each) for each in said]


def test_a_guide_is_read_as_it_is_written(tmp_path: Path) -> None:
    ([guide], said) = read(tmp_path, GOOD + "  - {place: Trust Board, title: 2011, text: 'It is 2011.'}\n")
    assert (guide.name, guide.content.journey, guide.content.public) == ("a", "D07", False)
    assert [(stop.step, stop.place, stop.title) for stop in guide.content.stops] == [
        (("Ann N. wrote it",), None, None),
        ((), "Trust Board", "2011"),
    ]
    assert said == ["guides/a.yaml > line 4: This guide has 2 stops. People follow 5 to 10 best."]


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("", "guides/a.yaml: The guide has no `guide`. Write `guide: 1`."),
        (GOOD.replace("guide: 1", "guide: 2"), "line 1: Version 2 of guides is not known."),
        (GOOD.replace("title", "titel"), "line 2: `titel` is nothing that the guide can have. Did you mean `title`?"),
        (GOOD.replace("    text", "    txt"), "line 6: `txt` is nothing that stop 1 can have. Did you mean `text`?"),
        (GOOD.replace("She says so.", ""), "line 6: `text` has no words. Write `text: …`."),
        (GOOD.replace("She says so.", "[a, b]"), "line 6: `text` is a list of things, not words. Write `text: …`."),
        (GOOD + "    place: Board\n", "line 5: Stop 1: a stop stands at a step or at a place. Leave one of them out."),
        (GOOD + "public: perhaps\n", "line 7: `perhaps` is neither yes nor no. Write `public: yes`, or leave it out."),
        (GOOD.split("stops")[0] + "stops: []\n", "line 4: There are no stops. Write `- text: …` below `stops:`."),
        (GOOD.split("stops")[0] + "stops: none\n", "line 4: `stops` is not a list."),
        (GOOD.split("stops")[0] + "stops:\n  - just words\n", "line 5: Stop 1 is not written as names and words."),
        (GOOD.replace("How it went", "x" * 400), "line 2: `title` has more than 300 letters. Shorten it."),
        (GOOD.replace("title: ", "title: a: "), "guides/a.yaml > line 2"),
        (GOOD.encode("utf-16"), "guides/a.yaml: this is not UTF-8 text. Save it as UTF-8."),
    ],
)  # fmt: skip
def test_a_mistake_is_said_with_its_line(tmp_path: Path, text: str | bytes, said: str) -> None:
    guides, problems = read(tmp_path, text)
    assert guides == []
    assert any(said in each for each in problems), problems


def test_texts_that_need_more_than_two_pages_are_said(tmp_path: Path) -> None:
    stop = f"  - text: {'word ' * 150}\n"
    (_, said) = read(tmp_path, GOOD + stop * 7)
    assert said == [
        "guides/a.yaml > line 4: Its texts have 5,255 letters, so that it will be printed on more than two pages. "
        "Shorten them to 4,500."
    ]


def test_two_files_of_one_name_and_links_out_of_the_folder_are_said(tmp_path: Path) -> None:
    folder = tmp_path / "study"
    folder.mkdir()
    outside = tmp_path / "elsewhere.yaml"
    outside.write_text(GOOD, encoding="utf-8")
    read(folder, GOOD, "a.yaml")
    try:
        (folder / "guides" / "linked.yaml").symlink_to(outside)
    except OSError:
        pytest.skip("links cannot be made here")
    guides, said = read(folder, GOOD, "A.yml")
    assert len(guides) == 1
    assert any("is called the same. Rename one of the two files." in each for each in said)
    assert "guides/linked.yaml: This link leads out of the study folder. Put the file itself into the folder." in said
