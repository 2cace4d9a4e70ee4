"""Workbooks that are broken, disguised or hostile: refused in words before anything can be harmed by them."""

from __future__ import annotations

import io
import os
import struct
import zipfile
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

import openpyxl
import pytest

from journeys.instruments.files.safety import reading
from journeys.instruments.files.workbook import Workbook, read_workbook
from journeys.model.problems import Problem, UnreadableFile

SHEET = "xl/worksheets/sheet1.xml"
STRINGS = "xl/sharedStrings.xml"
MAIN = 'xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main"'


def parts_of_a_workbook() -> dict[str, bytes]:
    book = openpyxl.Workbook()
    sheet = book.worksheets[0]
    sheet["A1"] = "a"
    buffer = io.BytesIO()
    book.save(buffer)
    with zipfile.ZipFile(buffer) as package:
        return {name: package.read(name) for name in package.namelist()}


def packed(parts: dict[str, bytes]) -> bytes:
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w", zipfile.ZIP_DEFLATED) as package:
        for name, data in parts.items():
            package.writestr(name, data)
    return buffer.getvalue()


def sheet_xml(rows: str) -> bytes:
    return f"<worksheet {MAIN}><sheetData>{rows}</sheetData></worksheet>".encode()


def read(tmp_path: Path, data: bytes, name: str = "t.xlsx") -> tuple[Workbook, list[Problem]]:
    path = tmp_path / name
    path.write_bytes(data)
    problems: list[Problem] = []
    return read_workbook(path, name=f"forms/{name}", report=problems.append), problems


def refusal(tmp_path: Path, data: bytes) -> Problem:
    with pytest.raises(UnreadableFile) as refused:
        read(tmp_path, data)
    assert refused.value.problem.address.file == "forms/t.xlsx"
    assert refused.value.problem.remedy
    return refused.value.problem


def test_an_empty_file(tmp_path: Path) -> None:
    problem = refusal(tmp_path, b"")
    assert problem.kind == "empty_file"
    assert "0 bytes" in problem.message


def test_a_file_cut_off_while_it_was_copied(tmp_path: Path) -> None:
    whole = packed(parts_of_a_workbook())
    for length in (4, 100, len(whole) // 2, len(whole) - 1):
        problem = refusal(tmp_path, whole[:length])
        assert problem.kind == "damaged_file"
        assert "partly written" in problem.message


def test_a_damaged_part(tmp_path: Path) -> None:
    whole = bytearray(packed(parts_of_a_workbook()))
    start = whole.index(SHEET.encode()) + len(SHEET) + 20
    whole[start : start + 40] = bytes(40)
    assert refusal(tmp_path, bytes(whole)).kind == "damaged_file"


def test_a_workbook_that_lost_a_sheet(tmp_path: Path) -> None:
    parts = parts_of_a_workbook()
    del parts[SHEET]
    assert refusal(tmp_path, packed(parts)).kind == "damaged_file"


@pytest.mark.parametrize("styles", [b"<styleSheet>", "<styleSheet/>".encode("utf-16"), b"\xff"])
def test_a_small_part_that_is_no_xml_is_refused_in_every_workbook_that_has_it(tmp_path: Path, styles: bytes) -> None:
    damaged = packed(parts_of_a_workbook() | {"xl/styles.xml": styles})
    for _ in range(2):  # small parts that workbooks have in common are kept
        assert refusal(tmp_path, damaged).kind == "damaged_file"
    read(tmp_path, packed(parts_of_a_workbook()))


def test_a_sheet_that_is_no_xml(tmp_path: Path) -> None:
    assert refusal(tmp_path, packed(parts_of_a_workbook() | {SHEET: b"<worksheet>"})).kind == "damaged_file"


@pytest.mark.parametrize(
    ("part", "what"),
    [
        ("word/document.xml", "Word"),
        ("xl/workbook.bin", ".xlsb"),
        ("content.xml", "OpenDocument"),
        ("Index/Document.iwa", "Numbers"),
        ("photo.jpg", "zip file"),
    ],
)
def test_other_packages_are_named(tmp_path: Path, part: str, what: str) -> None:
    problem = refusal(tmp_path, packed({part: b"x"}))
    assert problem.kind == "wrong_format"
    assert what in problem.message
    assert (".docx" if part.startswith("word/") else ".xlsx") in problem.remedy


def test_a_text_named_xlsx(tmp_path: Path) -> None:
    assert refusal(tmp_path, b"<html><table></table></html>").kind == "wrong_format"


def test_old_and_password_protected_workbooks(tmp_path: Path) -> None:
    container = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(500)
    assert "an old Office format" in refusal(tmp_path, container).message
    assert "(.xls)" in refusal(tmp_path, container + "Workbook".encode("utf-16-le")).message
    protected = refusal(tmp_path, container + "EncryptedPackage".encode("utf-16-le"))
    assert "password" in protected.message
    assert "password" in protected.remedy


def test_a_zip_entry_with_a_password(tmp_path: Path) -> None:
    whole = bytearray(packed(parts_of_a_workbook()))
    for signature, offset in ((b"PK\x03\x04", 6), (b"PK\x01\x02", 8)):
        position = whole.find(signature)
        while position >= 0:
            whole[position + offset] |= 1
            position = whole.find(signature, position + 4)
    assert refusal(tmp_path, bytes(whole)).kind == "damaged_file"


def test_a_zip_bomb_is_refused_by_its_directory(tmp_path: Path) -> None:
    bomb = packed(parts_of_a_workbook() | {"xl/media/image1.xml": bytes(120_000_000)})
    assert len(bomb) < 500_000
    assert refusal(tmp_path, bomb).kind == "unsafe_file"


def test_a_zip_bomb_with_a_lying_directory_is_refused(tmp_path: Path) -> None:
    bomb = bytearray(packed(parts_of_a_workbook() | {"zz.xml": bytes(120_000_000)}))
    size = struct.pack("<I", 120_000_000)
    assert bomb.count(size) == 2
    bomb = bomb.replace(size, struct.pack("<I", 1000))
    assert refusal(tmp_path, bytes(bomb)).kind == "damaged_file"


def test_a_zip_within_the_zip_is_not_opened(tmp_path: Path) -> None:
    inner = packed({"bomb": bytes(50_000_000)})
    book, problems = read(tmp_path, packed(parts_of_a_workbook() | {"xl/embeddings/inner.zip": inner}))
    assert book.sheets[0].cell("A1").value == "a"
    assert problems == []


def test_too_many_parts_and_parts_of_one_name_are_refused(tmp_path: Path) -> None:
    many = parts_of_a_workbook() | {f"xl/media/{number}": b"" for number in range(6000)}
    assert refusal(tmp_path, packed(many)).kind == "unsafe_file"
    twice = packed(parts_of_a_workbook() | {SHEET.upper(): b"<worksheet/>"})
    assert refusal(tmp_path, twice).kind == "damaged_file"


@pytest.mark.parametrize("part", [SHEET, "xl/workbook.xml", "xl/sharedStrings.xml", "docProps/custom.xml"])
@pytest.mark.parametrize("encode", [str.encode, lambda text: text.encode("utf-16")], ids=["utf-8", "utf-16"])
def test_document_types_are_refused(tmp_path: Path, part: str, encode: Callable[[str], bytes]) -> None:
    laughs = '<!DOCTYPE x [<!ENTITY a "ha"><!ENTITY b "&a;&a;&a;&a;&a;&a;&a;&a;">]><x>&b;</x>'
    assert refusal(tmp_path, packed(parts_of_a_workbook() | {part: encode(laughs)})).kind == "unsafe_file"


def test_a_document_type_behind_a_long_comment_is_refused(tmp_path: Path) -> None:
    hidden = b"<!--" + b" " * ((1 << 20) - 10) + b"--><!DOCTYPE x><x/>"
    assert refusal(tmp_path, packed(parts_of_a_workbook() | {"docProps/app.xml": hidden})).kind == "unsafe_file"


def test_a_table_of_strings_that_lies_about_its_length_is_refused(tmp_path: Path) -> None:
    for claim in ("4000000000", "999999999", "-1"):
        strings = f'<sst {MAIN} count="1" uniqueCount="{claim}"><si><t>a</t></si></sst>'.encode()
        assert refusal(tmp_path, packed(parts_of_a_workbook() | {STRINGS: strings})).kind == "unsafe_file"


def test_a_stray_cell_at_the_far_corner_does_not_exhaust_memory(tmp_path: Path) -> None:
    rows = '<row r="1"><c r="A1"><v>1</v></c></row><row r="1048576"><c r="XFD1048576"><v>1</v></c></row>'
    book, [problem] = read(tmp_path, packed(parts_of_a_workbook() | {SHEET: sheet_xml(rows)}))
    assert problem.kind == "sheet_too_large"
    assert "XFD1048576" in problem.message
    assert list(book.sheets[0].rows()) == []


@pytest.mark.parametrize("reference", ["A4294967295", "ZZZZZZZZ1", "1A", "é1"])
def test_impossible_references_are_not_believed(tmp_path: Path, reference: str) -> None:
    rows = f'<row r="1"><c r="{reference}"><v>1</v></c></row>'
    _, [problem] = read(tmp_path, packed(parts_of_a_workbook() | {SHEET: sheet_xml(rows)}))
    assert problem.kind == "sheet_too_large"


def test_cells_that_do_not_say_where_they_stand(tmp_path: Path) -> None:
    rows = '<row><c><v>1</v></c><c><v>2</v></c></row><row r="5"><c r="C5"/><c><f>1</f></c></row>'
    book, [problem] = read(tmp_path, packed(parts_of_a_workbook() | {SHEET: sheet_xml(rows)}))
    assert list(book.sheets[0].row(1).values) == [1, 2]
    assert problem.kind == "formula_without_value"
    assert problem.address.cell == "D5"


def test_a_sheet_in_another_encoding_is_refused_rather_than_read_as_empty(tmp_path: Path) -> None:
    xml = sheet_xml('<row r="1"><c r="A1"><v>1</v></c></row>').decode()
    for data in (xml.encode("utf-16"), ('<?xml version="1.0" encoding="latin-1"?>' + xml).encode("latin-1")):
        assert refusal(tmp_path, packed(parts_of_a_workbook() | {SHEET: data})).kind == "damaged_file"


@pytest.mark.thorough
def test_an_enormous_cell_is_left_out_and_reported(tmp_path: Path) -> None:
    rows = f'<row r="1"><c r="A1"><v>1</v></c><c r="B1" t="str"><v>{"x" * 50_000_000}</v></c></row>'
    book, [problem] = read(tmp_path, packed(parts_of_a_workbook() | {SHEET: sheet_xml(rows)}))
    assert str(problem.address) == "forms/t.xlsx > Sheet > B1"
    assert "50,000,000" in problem.message
    assert list(book.sheets[0].row(1).values) == [1]


def test_a_number_beyond_all_numbers_is_reported(tmp_path: Path) -> None:
    rows = '<row r="1"><c r="A1"><v>1e999</v></c></row>'
    _, [problem] = read(tmp_path, packed(parts_of_a_workbook() | {SHEET: sheet_xml(rows)}))
    assert problem.kind == "bad_number"


def test_an_excel_lock_file_is_passed_over(tmp_path: Path) -> None:
    book, problems = read(tmp_path, b"\x05Ana Ruiz", name="~$t.xlsx")
    assert book.sheets == ()
    assert problems == []


def test_folders_and_absent_files(tmp_path: Path) -> None:
    (tmp_path / "x.xlsx").mkdir()
    for name, kind in (("x.xlsx", "is_a_folder"), ("gone.xlsx", "no_such_file"), ("a\0b.xlsx", "no_such_file")):
        with pytest.raises(UnreadableFile) as refused:
            read_workbook(tmp_path / name, name=name, report=lambda _: None)
        assert refused.value.problem.kind == kind


@pytest.mark.skipif(not hasattr(os, "mkfifo"), reason="this system has no named pipes")
def test_a_pipe_is_not_waited_for(tmp_path: Path) -> None:
    os.mkfifo(tmp_path / "x.xlsx")
    with pytest.raises(UnreadableFile, match="a pipe"):
        read_workbook(tmp_path / "x.xlsx", name="x.xlsx", report=lambda _: None)


@contextmanager
def nobody_special() -> Iterator[None]:
    """To root everything is permitted: be somebody else for a while."""
    if os.geteuid() != 0:
        yield
        return
    os.seteuid(65534)
    try:
        yield
    finally:
        os.seteuid(0)


@pytest.mark.skipif(not hasattr(os, "geteuid"), reason="this system keeps no one from reading by a file's mode")
def test_a_file_we_may_not_read(tmp_path: Path) -> None:
    path = tmp_path / "x.xlsx"
    path.write_bytes(b"x")
    path.chmod(0)
    with nobody_special(), pytest.raises(UnreadableFile, match="Close it in Excel"):
        read_workbook(path, name="x.xlsx", report=lambda _: None)


@pytest.mark.parametrize(
    ("error", "kind", "remedy"),
    [
        (PermissionError(13, "Permission denied"), "not_permitted", "Close it in Excel"),
        (FileNotFoundError(2, "gone"), "no_such_file", "restore"),
        (OSError(5, "Input/output error"), "not_readable", "Copy it"),
    ],
)
def test_what_the_system_refuses_is_said_in_words(error: OSError, kind: str, remedy: str) -> None:
    with pytest.raises(UnreadableFile) as refused, reading("forms/x.xlsx"):
        raise error
    assert refused.value.problem.kind == kind
    assert remedy in refused.value.problem.remedy
