"""Whatever bytes a project has: it is read, or refused with a sentence."""

from __future__ import annotations

import contextlib
import zipfile
from collections.abc import Callable

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from journeys.instruments.projects.dna import read_dna
from journeys.instruments.projects.project import CodingProject
from journeys.instruments.projects.refi import read_refi
from journeys.model.problems import UnreadableFile
from tests.instruments.projects.dna_files import write_dna
from tests.instruments.projects.refi_files import NVIVO, coded

Change = tuple[int, int, bytes]


@pytest.fixture(scope="module")
def whole(tmp_path_factory: pytest.TempPathFactory) -> dict[str, bytes]:
    """A project of each kind, undamaged; of a .qdpx also its XML alone."""
    folder = tmp_path_factory.mktemp("whole")
    packed = coded(NVIVO).write(folder / "p.qdpx")
    with zipfile.ZipFile(packed) as archive:
        xml = archive.read("project.qde")
    return {"qdpx": packed.read_bytes(), "qde": xml, "dna": write_dna(folder / "d.dna").read_bytes()}


@pytest.mark.parametrize(("kind", "read"), [("qdpx", read_refi), ("qde", read_refi), ("dna", read_dna)])
@given(changes=st.lists(st.tuples(st.integers(0, 1 << 16), st.integers(0, 40), st.binary(max_size=20)), min_size=1))
@settings(deadline=None, max_examples=60)
def test_damage_is_said(
    tmp_path_factory: pytest.TempPathFactory,
    whole: dict[str, bytes],
    kind: str,
    read: Callable[..., CodingProject],
    changes: list[Change],
) -> None:
    data = bytearray(whole[kind])
    for place, length, new in changes:
        start = place % max(len(data), 1)
        data[start : start + length] = new
    path = tmp_path_factory.getbasetemp() / f"damaged.{kind}"
    path.write_bytes(data)
    with contextlib.suppress(UnreadableFile):
        read(path, name=path.name)
