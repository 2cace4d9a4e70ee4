"""Living reports: marks in a file of the team's own, what they become, and what changed since the load before."""

from __future__ import annotations

import base64
import io
from itertools import pairwise
from pathlib import Path
from typing import Any

import docx
import openpyxl
import pytest
from docx.oxml import OxmlElement
from hypothesis import given
from hypothesis import strategies as st

import journeys
from journeys.study.living.markdown_template import markdown
from journeys.study.living.marks import Mark, parts_of, pieces, read_mark
from journeys.views.reports.docx import docx as word
from journeys.views.reports.html import html
from journeys.views.reports.model import Run, plain
from journeys.views.reports.xlsx import xlsx
from tests.study_files import small_study, votes

PICTURE = base64.b64decode(
    "iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk+M9QDwADhgGAWjR9awAAAABJRU5ErkJggg=="
)


@pytest.mark.parametrize(
    ("written", "command", "words", "given_", "shape"),
    [
        ("trace D07 summary", "trace", ("D07",), {}, "summary"),
        (" ask 16 site=North | table ", "ask", ("16",), {"site": "North"}, "table"),
        ("analyse brokerage | Figure", "analyse", ("brokerage",), {}, "figure"),
        ('trace "Needs assessment" | steps', "trace", ("Needs assessment",), {}, "steps"),
        ("trace \u201cNeeds assessment\u201d", "trace", ("Needs assessment",), {}, "summary"),
        ("ask contests|count", "ask", ("contests",), {}, "count"),
        ("trace summary", "trace", ("summary",), {}, "summary"),
    ],
)
def test_marks_are_read(written: str, command: str, words: Any, given_: Any, shape: str) -> None:
    mark = read_mark(written)
    assert (mark.command, mark.words, mark.given, mark.shape, mark.wrong) == (command, words, given_, shape, "")


@pytest.mark.parametrize(
    ("written", "why"),
    [
        ("", "The mark is empty."),
        ("tarce D07", "'tarce' is not a mark. Did you mean 'trace'?"),
        ("trace D07 | pie", "trace cannot be shown as 'pie'."),
        ("ask", "The mark does not say what it is about."),
        ('trace "D07', "A quotation mark is missing."),
        ("import os", "'import' is not a mark."),
    ],
)
def test_marks_that_cannot_be_read_say_why(written: str, why: str) -> None:
    assert read_mark(written).wrong.startswith(why)


def test_braces_that_do_not_close_are_said() -> None:
    (before, mark) = pieces("As told: {{trace D07")
    assert before == "As told: "
    assert isinstance(mark, Mark)
    assert "not closed" in mark.wrong


@given(st.text(max_size=200))
def test_no_text_breaks_the_reading_of_marks(text: str) -> None:
    again = "".join(part if isinstance(part, str) else part.written for part in pieces(text))
    assert len(again) <= len(text)
    for block in markdown(text):
        list(pieces(block.text))


@given(
    st.text(alphabet=st.characters(exclude_categories=["Cc", "Cs"], exclude_characters="{}|\ue000\ue001"), max_size=40)
)
def test_markup_in_a_mark_is_not_taken_for_markup(inside: str) -> None:
    (block,) = markdown("Told: {{trace " + inside + " *x* _y_ `z`}} here")
    assert [each for each in block.line if each.strong or each.emphasis or each.code] == []
    assert block.text == "Told: {{trace " + inside + " *x* _y_ `z`}} here"


def test_markdown_blocks() -> None:
    text = (
        "# Title\n\nOne *line*\nand more.\n\n- a\n- b\n\n> said\n\n| h | n |\n|---|---|\n| x | {{ask 16 \\| count}} |\n"
    )
    found = [(block.kind, block.text) for block in markdown(text)]
    assert found[:5] == [
        ("heading", "Title"),
        ("paragraph", "One line and more."),
        ("bullet", "a"),
        ("bullet", "b"),
        ("quote", "said"),
    ]
    (table,) = [block for block in markdown(text) if block.kind == "table"]
    assert [plain(line) for held in table.rows[0] for line in held] == ["h", "n"]


LOOKS = """---
title: "Our chapter"
author: Somebody
---

Plain, **bold with {{trace Plan contesters}}**, *italic*, ***both***, ~~gone~~, `code`, [a page](https://example.org/a?b=1&c=2),
[here](other.md), <ann@example.org>, 2 \\* 3 and  \na new line.

1. one
2. two
   - **deep**
   - deeper
     1. third level
3. three

7) seven

## Part

#### Low

| **Head** | n |
|---|---|
| *{{trace Plan steps}}* | [x](https://example.org) |

---

    kept  as it is
      here
"""


def test_the_looks_of_words_stay_in_every_format(study: Any) -> None:
    path = study.folder.path / "chapter.md"
    path.write_text(LOOKS, encoding="utf-8")
    filled = study.fill_report(path)
    assert filled.unfilled == ()
    page = html(filled.report)
    for words in (
        "<h1>Our chapter</h1>", "<strong>bold with </strong><strong>Bob</strong><sup", "<em>italic</em>",
        "<em><strong>both</strong></em>", "<s>gone</s>", "<code>code</code>", "here (other.md)",
        "2 * 3 and<br>a new line",
        '<a href="https://example.org/a?b=1&amp;c=2" rel="noreferrer">a page</a>', '<a href="mailto:ann@example.org"',
        '<ol type="1" start="3">\n<li>three</li>',
        '<ul class="deep2">\n<li><strong>deep</strong></li>\n<li>deeper</li>',
        '<ol type="1" start="1" class="deep3">', '<ol type="1" start="7">', "<h2>Part</h2>", "<h4>Low</h4>",
        "<p><em>2</em><sup", "* * *", "<code>kept  as it is<br>  here</code>",
    ):  # fmt: skip
        assert words in page, words
    assert "author" not in page
    document = docx.Document(io.BytesIO(word(filled.report)))
    text = [each.text for each in document.paragraphs]
    assert text[3:10] == ["1.\tone", "2.\ttwo", "deep", "deeper", "1.\tthird level", "3.\tthree", "7.\tseven"]
    runs = {run.text: run for each in document.paragraphs for run in each.runs}
    assert runs["bold with "].bold
    assert runs["Bob"].bold
    assert runs["italic"].italic
    assert runs["gone"].font.strike
    links = [link for each in document.paragraphs for link in each.hyperlinks if link.address]
    assert [(link.text, link.address) for link in links] == [
        ("a page", "https://example.org/a?b=1&c=2"),
        ("ann@example.org", "mailto:ann@example.org"),
    ]
    (table,) = document.tables
    assert table.cell(1, 0).paragraphs[0].runs[0].italic
    book = openpyxl.load_workbook(io.BytesIO(xlsx(filled.report)))
    lines = [row[0] for row in book["Report"].iter_rows(values_only=True)]
    assert "a page (https://example.org/a?b=1&c=2)" in str(lines)
    assert "    \u2022 deep" in lines


_LOOKED = st.sampled_from(("", "**", "*", "***", "~~"))


@given(st.lists(st.tuples(_LOOKED, st.text("abc ", min_size=1).map(lambda words: f"x{words.strip()}y")), min_size=1))
def test_each_word_keeps_its_look(words: list[tuple[str, str]]) -> None:
    (block,) = markdown(" ".join(f"{sign}{each}{sign}" for sign, each in words))
    runs = [run for run in block.line if run.words.strip()]
    assert " ".join(" ".join(run.words.split()) for run in runs) == " ".join(
        " ".join(each.split()) for _, each in words
    )
    found = {letters for run in runs if run.strong for letters in run.words.split()}
    assert found <= {letters for sign, each in words if sign.startswith("**") for letters in each.split()}


@given(st.lists(st.integers(1, 40), max_size=6), st.integers(0, 2))
def test_a_mark_is_read_however_its_line_is_broken_into_runs(cuts: list[int], extra: int) -> None:
    said = "Told by {{trace Plan sources}} and {{trace Plan steps}}" + " more" * extra
    at = sorted({0, len(said), *(cut for cut in cuts if cut < len(said))})
    line = tuple(Run(said[a:b], strong=number % 2 == 1) for number, (a, b) in enumerate(pairwise(at)))
    found = list(parts_of(line))
    assert "".join(part if isinstance(part, str) else "{{" + part.written + "}}" for part, _ in found) == said
    assert [part.shape for part, _ in found if isinstance(part, Mark)] == ["sources", "steps"]
    for part, run in found:
        if isinstance(part, str):
            assert part in run.words


@pytest.fixture
def study(embedded_folder: Path, study_id: str) -> journeys.study.study.Study:
    folder = small_study(embedded_folder / study_id)
    votes(folder, "first", "Ann,supported,Plan,2011-03-01,yes", "Bob,contested,Plan,2011-04-01,no")
    opened = journeys.open(folder)
    opened.load()
    return opened


def test_a_report_is_filled_and_later_changes_are_marked(study: Any) -> None:
    path = study.folder.path / "chapter.md"
    path.write_text(
        "# Chapter\n\nIt begins. The plan was contested by {{trace Plan contesters}}. It ends.\n\n"
        "{{trace Plan timeline}}\n\nNothing: {{trace Plam}}, {{trace Plan timeline}}.\n",
        encoding="utf-8",
    )
    first = study.fill_report(path)
    page = html(first.report)
    assert "contested by Bob<sup" in page
    assert "<mark>" not in page
    assert first.changed == 0
    assert [told.split(":")[0] for told in first.unfilled] == ["{{trace Plam}}", "{{trace Plan timeline}}"]
    assert "[Not filled: {{trace Plam}}: " in page
    assert "cannot stand within a line" in page

    votes(study.folder.path, "first", "Ann,supported,Plan,2011-03-01,yes", "Bob,contested,Plan,2011-04-01,no",
          "Cat,contested,Plan,2011-05-01,never")  # fmt: skip
    study.load()
    for _ in range(2):  # filling twice after one load says the same
        again = study.fill_report(path)
        page = html(again.report)
        assert again.changed == 2
        assert "<mark>The plan was contested by </mark>" in page
        assert "[was: Bob]" in page
        assert "<mark>It begins." not in page
        assert "<mark>It ends" not in page
        assert "Changed since the load before: was 2 rows, now 3 rows. New: " in page
    document = docx.Document(io.BytesIO(word(again.report)))
    assert any(run.font.highlight_color for each in document.paragraphs for run in each.runs)

    study.load()
    assert study.fill_report(path).changed == 0


def test_a_word_file_is_a_template_too(study: Any) -> None:
    document = docx.Document()
    document.add_heading("Our chapter", 0)
    document.add_heading("First part", 1)
    document.add_heading("Its part", 2)
    told = document.add_paragraph("Told in {{trace Plan")
    told.add_run(" st").bold = True
    told.add_run("eps}} steps, ")
    told.add_run("firmly", "Strong")
    told.add_run(" and 10")
    told.add_run("2").font.superscript = True
    for kind in ("ins", "del"):
        change = OxmlElement(f"w:{kind}")
        change.append(told.add_run(f" {kind} words")._r)
        told._p.append(change)
    told.add_run(" unseen").font.hidden = True
    document.add_paragraph("first", "List Number")
    document.add_paragraph("second", "List Number")
    document.add_paragraph("{{trace Plan contesters}}", "List Bullet")
    table = document.add_table(3, 2)
    table.rows[1].cells[1].text = "{{trace Plan supporters}}"
    table.cell(2, 0).merge(table.cell(2, 1)).text = "Over both"
    document.add_picture(io.BytesIO(PICTURE))
    path = study.folder.path / "chapter.docx"
    document.save(str(path))
    filled = study.fill_report(path)
    assert filled.unfilled == ()
    assert filled.assumed == ("Not taken over from chapter.docx: 1 hidden passage, 1 picture.",)
    page = html(filled.report)
    assert "Told in <strong>2</strong><sup" in page or "Told in 2<sup" in page
    for words in ("<h1>Our chapter</h1>", "<h2>First part</h2>", "<h3>Its part</h3>", "<strong>firmly</strong>",
                  "10<sup>2</sup>", " ins words", '<ol type="1" start="1">\n<li>first</li>\n<li>second</li>',
                  "<ul>\n<li>Bob<sup"):  # fmt: skip
        assert words in page, words
    assert "del words" not in page
    assert "unseen" not in page
    assert page.count("Over both") == 1


@pytest.mark.parametrize(
    ("mark", "why"),
    [
        ("ask 16 seconds=9999", "seconds"),
        ("ask 16 sources=no", "sources"),
        ("analyse brokerage sources=yes", "'sources' cannot be set in a mark"),
        ("trace ../../etc/passwd", "is not a document"),
    ],
)
def test_a_mark_can_set_nothing_but_what_a_question_takes(study: Any, mark: str, why: str) -> None:
    path = study.folder.path / "chapter.md"
    path.write_text("{{" + mark + "}}\n", encoding="utf-8")
    (told,) = study.fill_report(path).unfilled
    assert why in told


def test_the_command_ends_with_1_where_a_mark_names_nothing(study: Any, run_cli: Any) -> None:
    folder = study.folder.path
    (folder / "good.md").write_text("{{trace Plan summary}}\n", encoding="utf-8")
    (folder / "bad.md").write_text("{{trace Plam summary}}\n", encoding="utf-8")
    good, bad = (run_cli("report", name, cwd=folder) for name in ("good.md", "bad.md"))
    assert (good.code, bad.code) == (0, 1)
    assert "Not filled: {{trace Plam summary}}" in bad.stderr
    assert "[Not filled: {{trace Plam summary}}" in (folder / "out" / "reports" / "bad.html").read_text(
        encoding="utf-8"
    )
    missing = run_cli("report", "none.md", cwd=folder)
    assert missing.code == 2
    assert "There is no file none.md." in missing.stderr
    wrong = run_cli("report", "jurney", cwd=folder)
    assert wrong.code == 2
    assert "Did you mean 'journey'?" in wrong.stderr


def test_of_several_questions_with_one_number_it_is_said_which_was_asked(study: Any) -> None:
    path = study.folder.path / "chapter.md"
    path.write_text("Told: {{ask 16 | count}} and again {{ask 16 | count}}.\n\n{{ask 42 | table}}\n", encoding="utf-8")
    filled = study.fill_report(path)
    assert filled.unfilled == ()
    named = [each.short_name for each in study.questions().answering(16)]
    assert len(named) > 1
    (said, *others) = filled.assumed
    assert said.startswith(f"{{{{ask 16 | count}}}}: {len(named)} questions have the number 16; ")
    asked = said.split("; ")[1].split(" was asked.")[0]
    assert len(asked) == min(map(len, named))
    assert all(name in said for name in named)
    assert all(each.startswith("{{ask 42") for each in others)
