"""A report of the team's own is looked through, or counted, before a library takes it apart."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from time import process_time

import pytest

from journeys.instruments.word.blocks import word_blocks
from journeys.model.problems import JourneysError, UsageProblem
from journeys.study.living.markdown_template import _hidden
from journeys.study.living.marks import pieces
from journeys.study.living.template import read_template
from tests.inputs.measured import slowness
from tests.inputs.packages import docx, packed, repeated

_WORD = "application/vnd.openxmlformats-officedocument.wordprocessingml"
_ENTITY = '<!DOCTYPE a [<!ENTITY e "words">]>'


def _cut(path: Path) -> None:
    packed(path, docx(["<w:p/>"]))
    path.write_bytes(path.read_bytes()[:3000])


@pytest.mark.parametrize(
    ("make", "says"),
    [
        (lambda path: packed(path, docx(repeated("<w:p/>", 2_000_000))), "too many paragraphs"),
        (lambda path: packed(path, docx(["<w:p>"])), "damaged"),
        (lambda path: packed(path, docx(["<w:p/>"]) | {"word/document.xml": _ENTITY + "<a>&e;</a>"}), "could harm"),
        (lambda path: path.write_bytes(b"no package"), "Word"),
        (lambda path: packed(path, docx(["<w:p/>"]) | {"word/_rels/document.xml.rels": "<a/>"}), "as a Word document"),
        (lambda path: packed(path, docx(["<w:p/>"], numbering="<w:num/>")), "as a Word document"),
        (_cut, "damaged"),
    ],
)
def test_a_damaged_or_hostile_word_template_is_refused(
    tmp_path: Path, make: Callable[[Path], object], says: str
) -> None:
    make(path := tmp_path / "report.docx")
    with pytest.raises(JourneysError, match=says):
        read_template(path)


@pytest.mark.parametrize(
    ("text", "says"),
    [
        ("word " * 250_000, "is longer than 1,000,000 bytes"),
        ("a\n" * 30_000, "has more than 20,000 lines"),
        ("a\u2028" * 30_000, "has more than 20,000 lines"),
        ("|" + "a|" * 20_000 + "\n|" + "-|" * 20_000 + f"\n|{'b|' * 20_000}\n", "has more than 50,000 of the signs"),
        ("{{trace D1}}\n\n" * 1_001, "has more than 1,000 marks"),
        ("|a|b|\n|-|-|\n" + "|{{trace D1}}|{{trace D2}}|\n" * 501, "has more than 1,000 marks"),
    ],
)
def test_a_text_that_is_longer_than_any_report_is_refused(tmp_path: Path, text: str, says: str) -> None:
    (path := tmp_path / "report.md").write_text(text, encoding="utf-8")
    with pytest.raises(UsageProblem, match=says) as refused:
        read_template(path)
    assert "Split it into several files" in str(refused.value)


@pytest.mark.parametrize("text", ["{{" * 200_000, "{{a\n" * 100_000, "{{a}} " * 50_000, "a" * 400_000 + "{{"])
def test_marks_that_are_never_closed_end_in_time(text: str) -> None:
    started = process_time()
    found = list(pieces(text))
    marked = _hidden(text, hidden := [])
    assert process_time() - started < 5 * slowness()
    assert "".join(each if isinstance(each, str) else "" for each in found).strip() in ("", "a" * 400_000)
    assert len(hidden) == text.count("}}")
    assert marked


@pytest.mark.parametrize("number", ["\u00b2", "x", "-1", "9" * 400, ""])
def test_numbers_that_no_program_writes_harm_nothing(tmp_path: Path, number: str) -> None:
    said = "<w:r><w:t>words</w:t></w:r>"
    listed = f'<w:numPr><w:ilvl w:val="{number}"/><w:numId w:val="1"/></w:numPr>'
    old = f'<w:ddList><w:result w:val="{number}"/><w:listEntry w:val="one"/></w:ddList>'
    body = [
        f'<w:p><w:pPr><w:outlineLvl w:val="{number}"/>{listed}</w:pPr>{said}</w:p>',
        f'<w:p><w:r><w:fldChar w:fldCharType="begin"><w:ffData>{old}</w:ffData></w:fldChar></w:r>{said}</w:p>',
        f'<w:tbl><w:tblPr><w:tblLook w:val="{number}"/></w:tblPr><w:tr><w:tc><w:tcPr><w:gridSpan w:val="{number}"/>'
        f"</w:tcPr><w:p>{said}</w:p></w:tc></w:tr></w:tbl>",
    ]
    numbered = f'<w:abstractNum w:abstractNumId="0"><w:lvl w:ilvl="{number}"><w:start w:val="{number}"/></w:lvl>'
    numbering = f'{numbered}</w:abstractNum><w:num w:numId="1"><w:abstractNumId w:val="0"/></w:num>'
    parts = docx(body, numbering=numbering)
    part = f'<Override PartName="/word/numbering.xml" ContentType="{_WORD}.numbering+xml"/></Types>'
    parts["[Content_Types].xml"] = str(parts["[Content_Types].xml"]).replace("</Types>", part)
    path = packed(tmp_path / "report.docx", parts)
    kinds = [block.kind for block in read_template(path).blocks]
    assert kinds[0] in ("bullet", "heading")
    assert kinds[-1] == "table"
    read = word_blocks(path, name=path.name, report=lambda problem: None)
    assert len(read) == 3
