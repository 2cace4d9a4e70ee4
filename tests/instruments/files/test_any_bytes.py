"""Whatever the bytes are, a reader gives values or says UnreadableFile."""

from __future__ import annotations

import io
import zipfile
from collections.abc import Callable
from contextlib import suppress
from pathlib import Path

import openpyxl
import pytest
from hypothesis import given
from hypothesis import strategies as st

from journeys.instruments.files.delimited import iter_csv
from journeys.instruments.files.jsonfile import iter_json, repair_json
from journeys.instruments.files.workbook import read_workbook
from journeys.instruments.files.yamlfile import read_yaml
from journeys.model.problems import Problem, UnreadableFile


def a_workbook() -> bytes:
    book = openpyxl.Workbook()
    sheet = book.worksheets[0]
    sheet.append(["when", "what", "=A1", 3.5, True])
    sheet.append(["2011", None, "text"])
    sheet.merge_cells("A5:B6")
    buffer = io.BytesIO()
    book.save(buffer)
    return buffer.getvalue()


def parts_of(workbook: bytes) -> dict[str, bytes]:
    with zipfile.ZipFile(io.BytesIO(workbook)) as package:
        return {name: package.read(name) for name in package.namelist()}


WORKBOOK = a_workbook()
PARTS = parts_of(WORKBOOK)
PIECES = b'"', b"'", b"<v>", b"9999999999", b"-1", b"", b"\xff", b"&", b"\0", b"/", b't="s"', b"XFD1048576"

like_text = st.text(st.sampled_from('[]{}",:;\n\r\t\\/-#&*!|>%@ab1.eE \x00é"\'')).map(str.encode)
some_bytes = st.binary(max_size=200) | like_text | st.text(max_size=50).map(lambda t: t.encode("utf-16", "replace"))


@st.composite
def changed(draw: st.DrawFn, data: bytes) -> bytes:
    """``data`` with a few pieces overwritten."""
    for _ in range(draw(st.integers(1, 3))):
        start = draw(st.integers(0, len(data)))
        data = (
            data[:start]
            + draw(st.sampled_from(PIECES) | st.binary(max_size=4))
            + data[start + draw(st.integers(0, 6)) :]
        )
    return data


@st.composite
def almost_workbooks(draw: st.DrawFn) -> bytes:
    """A workbook one of whose parts, or whose bytes as a whole, were tampered with."""
    if draw(st.booleans()):
        return draw(changed(WORKBOOK))
    part = draw(st.sampled_from(sorted(PARTS)))
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w") as package:
        for name, data in PARTS.items():
            package.writestr(name, draw(changed(data)) if name == part else data)
    return buffer.getvalue()


def survives(path: Path, data: bytes, read: Callable[[Path, Callable[[Problem], None]], object]) -> None:
    path.write_bytes(data)
    problems: list[Problem] = []
    with suppress(UnreadableFile):
        read(path, problems.append)
    assert all(problem.message and problem.remedy for problem in problems)


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return tmp_path_factory.mktemp("any")


@given(data=some_bytes | almost_workbooks())
def test_workbooks(folder: Path, data: bytes) -> None:
    survives(folder / "t.xlsx", data, lambda path, report: read_workbook(path, name="t", report=report))


@given(data=some_bytes)
def test_delimited_text(folder: Path, data: bytes) -> None:
    survives(folder / "t.csv", data, lambda path, report: list(iter_csv(path, name="t", report=report)))


@given(data=some_bytes, ending=st.sampled_from(["json", "jsonl"]), items=st.sampled_from([None, "a", "a.b"]))
def test_json(folder: Path, data: bytes, ending: str, items: str | None) -> None:
    survives(
        folder / f"t.{ending}", data, lambda path, report: list(iter_json(path, name="t", report=report, items=items))
    )


@given(data=some_bytes)
def test_json_repair(folder: Path, data: bytes) -> None:
    target = folder / "repaired.json"
    target.unlink(missing_ok=True)
    survives(folder / "r.json", data, lambda path, _: repair_json(path, target))
    if target.exists():
        problems: list[Problem] = []
        list(iter_json(target, name="t", report=problems.append))


@given(data=some_bytes)
def test_yaml(folder: Path, data: bytes) -> None:
    survives(folder / "t.yaml", data, lambda path, report: read_yaml(path, name="t", report=report))
