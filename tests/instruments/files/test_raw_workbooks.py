"""Workbooks written element by element, as other programs and tired people leave them: what is seen is read."""

from __future__ import annotations

import io
import zipfile
from datetime import date, datetime
from pathlib import Path
from typing import Any, NamedTuple

import pytest

from journeys.instruments.files.symbol_fonts import UNKNOWN
from journeys.instruments.files.workbook import read_workbook
from journeys.model.problems import Problem

MAIN = 'xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main"'
REL = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
RELS = 'xmlns="http://schemas.openxmlformats.org/package/2006/relationships"'
TYPES = "application/vnd.openxmlformats-officedocument.spreadsheetml"
STYLES = f"""<styleSheet {MAIN}><numFmts><numFmt numFmtId="164" formatCode="dd/mm/yyyy"/>
<numFmt numFmtId="165" formatCode="[h]:mm"/><numFmt numFmtId="167" formatCode="yyyy"/>
<numFmt numFmtId="166" formatCode="[$-F800]dddd\\,\\ mmmm\\ dd\\,\\ yyyy"/>
<numFmt numFmtId="168" formatCode="dd/mm/yyyy\\ hh:mm"/><numFmt numFmtId="169" formatCode="[&lt;1]0%;0.0"/></numFmts>
<fonts><font/><font><name val="Wingdings"/></font><font><color rgb="FFFFFFFF"/></font><font><color theme="0"/></font>
<font><vertAlign val="superscript"/></font><font><name val="Wingdings 2"/></font>
<font><color theme="4" tint="0.6"/></font></fonts>
<fills><fill><patternFill patternType="none"/></fill><fill><patternFill patternType="gray125"/></fill>
<fill><patternFill patternType="solid"><fgColor rgb="FF000000"/></patternFill></fill>
<fill><patternFill patternType="solid"><fgColor theme="0"/></patternFill></fill>
<fill><patternFill patternType="solid"><fgColor theme="4" tint="0.6"/></patternFill></fill></fills>
<cellXfs><xf/><xf numFmtId="164"/><xf numFmtId="165"/><xf numFmtId="166"/><xf numFmtId="167"/><xf numFmtId="168"/>
<xf fontId="1"/><xf fontId="2"/><xf fontId="3"/><xf fontId="2" fillId="2"/><xf fontId="5"/><xf numFmtId="169"/>
<xf numFmtId="14"/><xf numFmtId="22"/><xf numFmtId="20"/><xf fontId="4"/><xf fontId="2" fillId="3"/>
<xf fillId="2"/><xf fontId="6" fillId="4"/><xf fontId="6"/></cellXfs>
<dxfs><dxf><font><strike/></font></dxf><dxf><font><color theme="0"/></font></dxf><dxf><font><b/></font></dxf>
<dxf><font><color rgb="FFFFFFFF"/></font><fill><patternFill><bgColor rgb="FFC00000"/></patternFill></fill></dxf>
<dxf><numFmt numFmtId="170" formatCode=";;;"/></dxf></dxfs></styleSheet>"""
DAY, ELAPSED, LONG, YEAR, CLOCK, WINGDINGS, WHITE, WHITE_THEME, ON_BLACK, WINGDINGS_2, CONDITION, D14, D22, H20, UP = (
    range(1, 16)
)
WHITE_ON_WHITE_FILL, BLACK_ON_BLACK_FILL, OWN_COLOUR, BLUE = range(16, 20)


class Raw(NamedTuple):
    """A sheet as it is written, the cells that are seen of it, and the kinds of what is said, each with its cell."""

    sheet: str
    seen: list[list[Any]]
    said: tuple[tuple[str, str], ...] = ()
    strings: str = ""
    workbook: str = ""
    sheets: str = '<sheet name="S" sheetId="1" r:id="rId1"/>'


def packed(raw: Raw) -> bytes:
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w") as made:
        made.writestr(
            "[Content_Types].xml",
            '<Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types">'
            '<Default Extension="xml" ContentType="application/xml"/>'
            f'<Override PartName="/xl/workbook.xml" ContentType="{TYPES}.sheet.main+xml"/></Types>',
        )
        related = {"rId1": "worksheet", "s": "styles", "t": "sharedStrings"}
        targets = {"worksheet": "worksheets/sheet1.xml", "styles": "styles.xml", "sharedStrings": "sharedStrings.xml"}
        links = "".join(
            f'<Relationship Id="{name}" Type="{REL}/{kind}" Target="{targets[kind]}"/>'
            for name, kind in related.items()
        )
        made.writestr(
            "_rels/.rels",
            f'<Relationships {RELS}><Relationship Id="a" Type="{REL}/officeDocument" Target="xl/workbook.xml"/>'
            "</Relationships>",
        )
        made.writestr("xl/_rels/workbook.xml.rels", f"<Relationships {RELS}>{links}</Relationships>")
        made.writestr(
            "xl/workbook.xml",
            f'<workbook {MAIN} xmlns:r="{REL}">{raw.workbook}<sheets>{raw.sheets}</sheets></workbook>',
        )
        made.writestr("xl/styles.xml", STYLES)
        made.writestr("xl/sharedStrings.xml", f"<sst {MAIN}>{raw.strings}</sst>")
        made.writestr("xl/worksheets/sheet1.xml", f'<worksheet {MAIN} xmlns:r="{REL}">{raw.sheet}</worksheet>')
    return buffer.getvalue()


def sheet(*cells: str, before: str = "", after: str = "", row: str = "") -> str:
    return f'{before}<sheetData><row r="1" {row}>{"".join(cells)}</row></sheetData>{after}'


def held(value: object, type_: str = "n", style: int = 0, formula: str = "", at: str = "A1") -> str:
    return f'<c r="{at}" t="{type_}" s="{style}">{formula}<v>{value}</v></c>'


def inline(text: str, style: int = 0, at: str = "A1") -> str:
    return f'<c r="{at}" t="inlineStr" s="{style}"><is>{text}</is></c>'


def run(text: str, properties: str = "") -> str:
    return f'<r><rPr>{properties}</rPr><t xml:space="preserve">{text}</t></r>'


def rule(look: int, area: str = "A1") -> str:
    return (
        f'<conditionalFormatting sqref="{area}"><cfRule type="expression" dxfId="{look}" priority="1">'
        "<formula>TRUE</formula></cfRule></conditionalFormatting>"
    )


def newer_rule(look: str, area: str = "A1") -> str:
    """A rule as Excel writes it where it looks at another sheet."""
    return (
        '<extLst><ext xmlns:x14="urn:x14" xmlns:xm="urn:xm"><x14:conditionalFormattings><x14:conditionalFormatting>'
        f'<x14:cfRule type="expression" id="a"><xm:f>Other!A1=1</xm:f>{look}</x14:cfRule><xm:sqref>{area}</xm:sqref>'
        "</x14:conditionalFormatting></x14:conditionalFormattings></ext></extLst>"
    )


SHARED = sheet(held(0, "s"))
READING = '<t>\u6771</t><rPh sb="0" eb="1"><t>higashi</t></rPh>'
RAISED = '<vertAlign val="superscript"/>'
FONT = '<rFont val="Wingdings"/>'
WHITE_FONT = '<color rgb="FFFFFFFF"/>'
CASES: dict[str, Raw] = {
    "runs": Raw(sheet(inline(run("one ") + run("two", "<b/>"))), [["one two"]]),
    "a reading above words": Raw(sheet(inline(READING)), [["\u6771"]]),
    "a reading above shared words": Raw(SHARED, [["\u6771"]], strings=f"<si>{READING}<phoneticPr/></si>"),
    "a date as ISO": Raw(sheet(held("2011-03-05", "d")), [[date(2011, 3, 5)]]),
    "a time as ISO": Raw(sheet(held("2011-03-05T14:30:00", "d")), [[datetime(2011, 3, 5, 14, 30)]]),
    "a sum that is not exact": Raw(sheet(held("0.30000000000000004")), [[0.3]]),
    "a large number": Raw(sheet(held("123456789012345")), [[123456789012345]]),
    "dates from 1904": Raw(sheet(held(39144, style=DAY)), [[date(2011, 3, 4)]], workbook='<workbookPr date1904="1"/>'),
    "a day with a time that is not shown": Raw(sheet(held("40607.6", style=DAY)), [[date(2011, 3, 5)]]),
    "a day in the usual format": Raw(sheet(held("40607.6", style=D14)), [[date(2011, 3, 5)]]),
    "a day and its time": Raw(sheet(held("40607.6", style=CLOCK)), [[datetime(2011, 3, 5, 14, 24)]]),
    "a day and its time in the usual format": Raw(sheet(held("40607.6", style=D22)), [[datetime(2011, 3, 5, 14, 24)]]),
    "a time of which the day is not shown": Raw(sheet(held("40607.6", style=H20)), [["14:24"]]),
    "a time to the minute": Raw(sheet(held("0.6", style=H20)), [["14:24"]]),
    "a whole day of which a time is shown": Raw(sheet(held("40607", style=H20)), [[date(2011, 3, 5)]],
                                                (("date_shown_in_part", "A1"),)),
    "hours beyond a day": Raw(sheet(held("1.5", style=ELAPSED)), [["36:00:00"]]),
    "a day in words": Raw(sheet(held("40607", style=LONG)), [[date(2011, 3, 5)]]),
    "a year only": Raw(sheet(held("40607", style=YEAR)), [["2011"]], (("date_shown_in_part", "A1"),)),
    "a format with a condition": Raw(sheet(held("0.5", style=CONDITION)), [["50%"]]),
    "a tick in Wingdings": Raw(sheet(inline("<t>\u00fc</t>", WINGDINGS)), [["\u2713"]]),
    "a tick in Wingdings 2": Raw(sheet(inline("<t>P</t>", WINGDINGS_2)), [["\u2713"]]),
    "a tick in Wingdings among words": Raw(sheet(inline(run("\u00fc", FONT) + run(" yes"))), [["\u2713 yes"]]),
    "a symbol that is not known": Raw(sheet(inline("<t>&amp;</t>", WINGDINGS)), [[UNKNOWN]], (("ignored_text", "A1"),)),
    "a raised figure": Raw(sheet(inline(run("10") + run("2", RAISED))), [["10\u00b2"]]),
    "a raised figure in shared words": Raw(SHARED, [["10\u00b2"]], strings=f"<si>{run('10')}{run('2', RAISED)}</si>"),
    "raised letters": Raw(sheet(inline(run("1") + run("st", RAISED))), [["1st"]]),
    "a raised cell": Raw(sheet(held(2, style=UP)), [["\u00b2"]]),
    "white on white": Raw(sheet(inline("<t>secret</t>", WHITE)), [["secret"]], (("hidden_text", "A1"),)),
    "white by theme": Raw(sheet(inline("<t>secret</t>", WHITE_THEME)), [["secret"]], (("hidden_text", "A1"),)),
    "white on black": Raw(sheet(inline("<t>seen</t>", ON_BLACK)), [["seen"]]),
    "white on a white fill": Raw(
        sheet(inline("<t>secret</t>", WHITE_ON_WHITE_FILL)), [["secret"]], (("hidden_text", "A1"),)),
    "a blackened cell": Raw(sheet(inline("<t>secret</t>", BLACK_ON_BLACK_FILL)), [["secret"]],
                            (("hidden_text", "A1"),)),
    "words in the theme's colour of their cell": Raw(sheet(inline("<t>secret</t>", OWN_COLOUR)), [["secret"]],
                                                     (("hidden_text", "A1"),)),
    "blue words": Raw(sheet(inline("<t>seen</t>", BLUE)), [["seen"]]),
    "blackened words among others": Raw(
        sheet(inline(run("a ", WHITE_FONT) + run("secret", '<color rgb="FF000000"/>'), ON_BLACK)), [["a secret"]],
        (("hidden_text", "A1"),)),
    "a newer condition that turns words white": Raw(
        sheet(inline("<t>a</t>"), after=newer_rule('<x14:dxf><font><color theme="0"/></font></x14:dxf>', "A1:A3")),
        [["a"]], (("conditional_format", "A1:A3"),)),
    "a newer condition that blackens": Raw(
        sheet(inline("<t>a</t>"), after=newer_rule(
            '<x14:dxf><fill><patternFill><bgColor rgb="FF000000"/></patternFill></fill></x14:dxf>')),
        [["a"]], (("conditional_format", "A1"),)),
    "a newer condition that strikes out": Raw(
        sheet(inline("<t>a</t>"), after=newer_rule("<x14:dxf><font><strike/></font></x14:dxf>", "B1 A1")),
        [["a"]], (("conditional_format", "A1"),)),
    "a newer condition under which all is seen": Raw(
        sheet(inline("<t>a</t>"), after=newer_rule('<x14:dxf><font><color rgb="FFC00000"/></font></x14:dxf>')),
        [["a"]]),
    "white words among others": Raw(sheet(inline(run("a ") + run("secret", WHITE_FONT))), [["a secret"]],
                                    (("hidden_text", "A1"),)),
    "white words among others on black": Raw(
        sheet(inline(run("a ") + run("seen", WHITE_FONT), ON_BLACK)), [["a seen"]]),
    "white shared words": Raw(SHARED, [["a secret"]], (("hidden_text", "A1"),),
                              strings=f"<si>{run('a ')}{run('secret', WHITE_FONT)}</si>"),
    "a condition that strikes out": Raw(sheet(inline("<t>a</t>"), after=rule(0)), [["a"]],
                                        (("conditional_format", "A1"),)),
    "a condition that turns words white": Raw(sheet(inline("<t>a</t>"), after=rule(1, "A1:B9 D4")), [["a"]],
                                              (("conditional_format", "A1:B9"),)),
    "a condition that hides a number": Raw(sheet(held(3), after=rule(4)), [[3]], (("conditional_format", "A1"),)),
    "conditions under which all is seen": Raw(sheet(inline("<t>a</t>"), after=rule(2) + rule(3)), [["a"]]),
    "a condition on cells that hold nothing": Raw(sheet(inline("<t>a</t>"), after=rule(0, "B1:B9")), [["a"]]),
    "icons instead of numbers": Raw(
        sheet(held(3), after='<conditionalFormatting sqref="A1"><cfRule type="iconSet" priority="1">'
              '<iconSet showValue="0"><cfvo type="percent" val="0"/></iconSet></cfRule></conditionalFormatting>'),
        [[3]], (("conditional_format", "A1"),)),
    "a page header and a page number": Raw(
        sheet(inline("<t>a</t>"),
              after='<headerFooter><oddHeader>&amp;L&amp;"Arial,Bold"&amp;14DRAFT 2 &amp;D</oddHeader>'
              "<oddFooter>&amp;CPage &amp;P of &amp;N&amp;R&amp;F</oddFooter></headerFooter>"),
        [["a"]], (("ignored_text", ""),)),
    "words under a merged cell": Raw(
        sheet(inline("<t>a</t>"), inline("<t>unseen</t>", at="B1"), inline("<t>c</t>", at="C1"),
              after='<mergeCells><mergeCell ref="A1:B2"/></mergeCells>'),
        [["a", None, "c"]], (("hidden_text", "B1"),)),
    "a column of no width": Raw(
        sheet(inline("<t>a</t>"), before='<cols><col min="1" max="1" width="0" customWidth="1"/></cols>'), [["a"]],
        (("hidden_column", "column A"),)),
    "a row of no height": Raw(sheet(inline("<t>a</t>"), row='ht="0" customHeight="1"'), [["a"]],
                              (("hidden_row", "row 1"),)),
    "rows hidden by default": Raw(sheet(inline("<t>a</t>"), before='<sheetFormatPr zeroHeight="1"/>'), [["a"]],
                                  (("hidden_row", "row 1"),)),
    "a collapsed row": Raw(sheet(inline("<t>a</t>"), row='hidden="1" outlineLevel="1"'), [["a"]],
                           (("hidden_row", "row 1"),)),
    "escapes": Raw(SHARED, [["a\r\nb _x0041_"]], strings="<si><t>a_x000D_\nb _x005F_x0041_</t></si>"),
    "a control character": Raw(SHARED, [["ab"]], (("control_characters", "A1"),), "<si><t>a_x0007_b</t></si>"),
    "a stale result": Raw(sheet(held("stale", "str", formula="<f>B1</f>")), [["stale"]], (("formula", "A1"),)),
    "a shared formula": Raw(sheet(held(3, formula='<f t="shared" si="0"/>')), [[3]], (("formula", "A1"),)),
    "an array formula": Raw(
        sheet(held(3, formula='<f t="array" ref="A1:A2">SUM(B1)</f>')), [[3]], (("formula", "A1"),)),
    "a table of what if": Raw(
        sheet(held(3, formula='<f t="dataTable" ref="A1" r1="B1"/>')), [[3]], (("formula", "A1"),)),
    "an empty result": Raw(sheet('<c r="A1" t="str"><f>""</f><v></v></c>'), [], (("formula", "A1"),)),
    "an error": Raw(sheet('<c r="A1" t="e"><v>#N/A</v></c>', inline("<t>b</t>", at="B1")), [[None, "b"]],
                    (("excel_error", "A1"),)),
    "a picture in a cell": Raw(sheet('<c r="A1" t="e" vm="1"><v>#VALUE!</v></c>'), [], (("excel_error", "A1"),)),
    "an error of a newer program": Raw(sheet('<c r="A1" s="0" t="e"><f>B1#</f><v>#SPILL!</v></c>'), [],
                                       (("formula", "A1"), ("excel_error", "A1"))),
    "an error while data are fetched": Raw(sheet(held("#GETTING_DATA", "e"), inline("<t>b</t>", at="B1")),
                                           [[None, "b"]], (("excel_error", "A1"),)),
    "cells without references": Raw(
        sheet('<c t="inlineStr"><is><t>a</t></is></c><c t="inlineStr"><is><t>b</t></is></c>'), [["a", "b"]]),
    "rows out of order": Raw(
        f'<sheetData><row r="3">{inline("<t>c</t>", at="A3")}</row><row r="1">{inline("<t>a</t>")}</row></sheetData>',
        [["a"], ["c"]]),
    "a very hidden sheet": Raw(sheet(inline("<t>a</t>")), [["a"]], (("hidden_sheet", ""),),
                               sheets='<sheet name="S" sheetId="1" state="veryHidden" r:id="rId1"/>'),
    "a truth value": Raw(sheet(held(1, "b")), [[True]]),
    "blank cells before one that does not say where it stands": Raw(
        sheet('<c r="A1" s="1"/><c r="B1" s="1" t="n"></c><c><f>1+1</f><v>2</v></c>'), [[None, None, 2]],
        (("formula", "C1"),)),
    "blank cells before others": Raw(
        sheet('<c r="A1" s="1"/><c r="B1"/><c r="C1"><f>1+1</f><v>2</v></c><c r="D1"/>'), [[None, None, 2]],
        (("formula", "C1"),)),
}  # fmt: skip


@pytest.mark.parametrize("case", CASES)
def test_a_sheet_is_read_as_it_is_seen(tmp_path: Path, case: str) -> None:
    raw, problems = CASES[case], list[Problem]()
    path = tmp_path / "x.xlsx"
    path.write_bytes(packed(raw))
    book = read_workbook(path, name="x.xlsx", report=problems.append)
    seen = [list(row.values) for row in book.sheets[0].rows()]
    assert seen == raw.seen
    assert [list(map(type, row)) for row in seen] == [list(map(type, row)) for row in raw.seen]
    assert [(problem.kind, problem.address.cell or "") for problem in problems] == list(raw.said)


def test_what_looks_like_a_cell_in_quoted_markup_is_words(tmp_path: Path) -> None:
    path, problems = tmp_path / "x.xlsx", list[Problem]()
    path.write_bytes(packed(Raw(sheet(held(2, formula='<f><![CDATA[<c r="B1"/><c r="C1"/>]]></f>')), [])))
    read_workbook(path, name="x.xlsx", report=problems.append)
    assert '(=<c r="B1"/><c r="C1"/>)' in problems[0].message
