"""Coding where people read: a transcript with comments in Word, from the file to an answer from the graph."""

from __future__ import annotations

import json
import random
import time
import tracemalloc
from pathlib import Path
from typing import Any

import docx
import pytest

import journeys
from journeys.instruments.codebook import shipped_codebook
from journeys.interpret.coded_transcript import open_transcript
from journeys.model.schema import load_schema
from tests.cli.conftest import REGISTERS
from tests.engines import ONLY_LONG
from tests.instruments.word.commented import Said, commented, end, p, start
from tests.instruments.word.documents import text_run
from tests.written import write_registers

MORE = [
    {"sheet": "sources", "id": "int-SS", "kind": "Interview", "with_whom": "SS", "case": "c1"},
    {"sheet": "sources", "id": "int-MV", "kind": "Interview", "with_whom": "MV", "case": "c1"},
]
TALK = [
    "Interview: int-SS",
    "INT: Where did the numbers come from?",
    "SS: The clinics sent us what they had. Nobody else had anything.",
    "INT: And then?",
    "SS: Mina asked for the women's own words. We used both in the paper.",
]


@pytest.fixture
def interviewed(observed: Path) -> Path:
    """A study with two interviews, and XY and YZ as its researchers."""
    write_registers(observed / "registers.xlsx", load_schema(), [*REGISTERS, *MORE])
    with (observed / "study.yaml").open("a", encoding="utf-8") as settings:
        settings.write("researchers:\n  - {initials: XY, name: Xenia Yates}\n  - {initials: YZ, name: Yara Zander}\n")
    return observed


def written_with_docx(path: Path) -> None:
    """The transcript as another program writes it, coded by two people."""
    document = docx.Document()
    paragraphs = []
    for line in TALK:
        paragraph = document.add_paragraph()
        for words in line.split(" "):
            paragraph.add_run(f"{words} ")
        paragraphs.append(paragraph.runs)
    first, second = paragraphs[2], paragraphs[4]
    document.add_comment(first[1:7], "6.4, 8.4 clinic data", author="Xenia Yates", initials="XY")
    document.add_comment([first[0], second[-1]], "8.8", author="Zander, Yara", initials="YZ")
    document.add_comment(second[1:8], "6.6 her own words", author="Yara Zander", initials="YZ")
    document.save(str(path))


def test_from_the_comment_to_the_graph(interviewed: Path, run_cli: Any, engine: Any) -> None:
    written_with_docx(interviewed / "forms" / "recording 7.docx")
    checked = run_cli("check", cwd=interviewed, env={"COLUMNS": "1000"})
    assert checked.code == 0, checked.stdout
    assert "0 problems and 0 warnings" in checked.stdout
    row = next(line for line in checked.stdout.splitlines() if "recording 7" in line)
    assert row.split()[2:6] == ["transcript", "4", "4", "0"]
    assert run_cli("load", cwd=interviewed, env=engine.env).code == 0
    query = (
        "MATCH (s:DataSource)<-[:FROM]-(e:Extract)-[r:CODED_AS]->(c:Code) "
        "RETURN s.id AS source, e.text AS words, e.locator AS place, e.speaker AS who, c.code AS code, "
        "r.coder AS coder, r.remark AS remark ORDER BY code, coder"
    )
    answer = run_cli("cypher", query, "--format", "json", cwd=interviewed, env=engine.env)
    rows = json.loads(answer.stdout)
    rows = rows if isinstance(rows, list) else rows["rows"]
    assert {row["source"].rpartition(":")[2] for row in rows} == {"int-SS"}
    across = (
        "SS: The clinics sent us what they had. Nobody else had anything.\nInterviewer: And then?\n"
        "SS: Mina asked for the women's own words. We used both in the paper."
    )
    assert [tuple(row[name] for name in ("code", "coder", "words", "place", "who", "remark")) for row in rows] == [
        ("6.4", "XY", "The clinics sent us what they", "paragraph 3", "Sam S.", "clinic data"),
        ("6.6", "YZ", "Mina asked for the women's own words.", "paragraph 5", "Sam S.", "her own words"),
        ("8.4", "XY", "The clinics sent us what they", "paragraph 3", "Sam S.", "clinic data"),
        ("8.8", "YZ", across, "paragraphs 3-5", None, None),
    ]


def test_the_page_of_an_interview_of_which_only_a_transcript_is_there(interviewed: Path, run_cli: Any) -> None:
    written_with_docx(interviewed / "forms" / "recording 7.docx")
    assert run_cli("load", cwd=interviewed).code == 0
    shown = run_cli("show", "int-SS", cwd=interviewed, env={"COLUMNS": "200"}).stdout
    assert "No form of this source" not in shown
    lines = [line.strip() for line in shown[shown.index("Coded transcript") :].splitlines()]
    assert lines[:7] == [
        "Coded transcript",
        "As coded in: forms/recording 7.docx",
        "Sam S.: “The clinics sent us what they”",
        "verbatim, paragraph 3",
        "coded 6.4 Ethnic monitoring, Patient Profiling, Routine service statistics (XY); 8.4 Generation/ "
        "mobilisation/ accessing (including turning data into information) (XY)",
        "forms/recording 7.docx > paragraph 3",
        "Sam S.: “Mina asked for the women's own words.”",
    ]


def test_what_a_check_says_of_comments(interviewed: Path, run_cli: Any) -> None:
    every = [Said("0", "nice"), Said("1", "6.44 clinics"), Said("2", "6.4", author="Otto Quist", initials="OQ")]
    body = p(*(f"{start(n)}{text_run(f'words {n} ')}{end(n)}" for n in range(3)))
    (interviewed / "forms" / "int-MV.docx").write_bytes(commented(body, every))
    checked = run_cli("check", cwd=interviewed, env={"COLUMNS": "1000"})
    assert checked.code == 1
    assert "forms/int-MV.docx > paragraph 1: '6.44' is not a code of the codebook. Did you mean 6.4 (" in checked.stdout
    assert "The comment 'nice' (Xenia Yates) does not begin with a code; it was not read." in checked.stdout
    assert "'Otto Quist' wrote comments with codes but is not among the researchers in study.yaml" in checked.stdout
    assert "comments without a code (1)" in checked.stdout


def test_a_wrong_setting_is_said_with_its_line(interviewed: Path, run_cli: Any) -> None:
    with (interviewed / "study.yaml").open("a", encoding="utf-8") as settings:
        settings.write("transcripts: {keep: everything}\n")
    checked = run_cli("check", cwd=interviewed)
    assert checked.code == 1
    assert "transcripts.keep" in checked.stderr
    assert "'coded' or 'all'" in checked.stderr


WORDS = ["the", "clinic", "numbers", "were", "never", "any", "use", "to", "people", "who", "came", "nobody", "asked"]


def long_transcript(pages: int, comments: int) -> bytes:
    """A transcript of about 500 words a page, with comments of one to four paragraphs, nested and overlapping."""
    chance = random.Random(pages * comments)
    paragraphs = pages * 18
    marks: dict[tuple[int, int], list[str]] = {}
    for number in range(comments):
        first = chance.randrange(paragraphs)
        last = min(paragraphs - 1, first + chance.choice([0, 0, 0, 1, 3]))
        begin, finish = sorted(chance.sample(range(8), 2))
        marks.setdefault((first, begin), []).append(start(number))
        marks.setdefault((last, finish), []).append(end(number))
    body = []
    for place in range(paragraphs):
        runs = [text_run("SS: " if place % 2 else "INT: ")]
        for run in range(8):
            runs += marks.get((place, run), [])
            runs.append(text_run(" ".join(chance.choice(WORDS) for _ in range(4)) + " ", '<w:sz w:val="22"/>'))
        body.append(p(*runs))
    authors = ["Xenia Yates", "Yara Zander"]
    every = [Said(str(n), f"6.{n % 13 + 2} 8.{n % 12 + 2} why {n}", author=authors[n % 2]) for n in range(comments)]
    return commented("".join(body), every)


@ONLY_LONG
@pytest.mark.thorough
def test_300_pages_with_2000_comments(interviewed: Path) -> None:
    (interviewed / "forms" / "int-SS.docx").write_bytes(long_transcript(300, 2000))
    begun = time.process_time()
    result = journeys.open(interviewed).check()
    # A guard against growth with the square: how long it takes is for scripts/bench to say.
    assert time.process_time() - begun < 40
    report = next(each for each in result.files if each.kind == "transcript")
    assert (report.read, report.rejected) == (4000, 0)


@pytest.mark.thorough
def test_many_comments_take_hardly_more_memory(tmp_path: Path) -> None:
    labels = shipped_codebook().labels
    peaks = []
    for comments in (0, 20, 1000):  # the first only warms what is kept between files
        path = tmp_path / "int-SS.docx"
        path.write_bytes(long_transcript(8, max(comments, 1)))
        tracemalloc.start()
        opened = open_transcript(path, labels, name=path.name, report=pytest.fail)
        peaks.append(tracemalloc.get_traced_memory()[1])
        tracemalloc.stop()
        assert opened is not None
    assert (peaks[2] - peaks[1]) / 980 < 3_000  # bytes a comment: not its passage, which is made when it is staged
