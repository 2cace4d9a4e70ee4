"""Living reports: marks in a file of the team's own, what they become, and what changed since the load before."""

from __future__ import annotations

import io
from pathlib import Path
from typing import Any

import docx
import pytest
from hypothesis import given
from hypothesis import strategies as st

import journeys
from journeys.study.living.marks import Mark, pieces, read_mark
from journeys.study.living.template import markdown
from journeys.views.reports.docx import docx as word
from journeys.views.reports.html import html
from tests.study_files import small_study, votes


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
    assert table.rows[0] == ("h", "n")


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
    document.add_heading("Our chapter", 1)
    document.add_paragraph("Told in {{trace Plan").add_run(" steps}} steps.")
    document.add_table(1, 2).rows[0].cells[1].text = "{{trace Plan supporters}}"
    path = study.folder.path / "chapter.docx"
    document.save(str(path))
    filled = study.fill_report(path)
    assert filled.unfilled == ()
    assert "Told in 2<sup" in html(filled.report)


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
