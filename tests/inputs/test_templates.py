"""A report of the team's own in Word is looked through before a library opens it."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest

from journeys.model.problems import JourneysError
from journeys.study.living.template import read_template
from tests.inputs.packages import docx, packed, repeated

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
        (_cut, "damaged"),
    ],
)
def test_a_damaged_or_hostile_word_template_is_refused(
    tmp_path: Path, make: Callable[[Path], object], says: str
) -> None:
    make(path := tmp_path / "report.docx")
    with pytest.raises(JourneysError, match=says):
        read_template(path)
