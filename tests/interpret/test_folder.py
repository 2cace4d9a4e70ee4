"""What study.yaml may say."""

from __future__ import annotations

from pathlib import Path

import pytest

from journeys.interpret.folder import open_folder
from journeys.model.problems import JourneysError, refuse
from tests.mapped import make_study, read_study


@pytest.mark.parametrize(
    ("said", "message"),
    [
        (
            "privacy: {profile: public}",
            r"line 3: privacy\.profile: is not recognised; the names are public, sensitive\.$",
        ),
        ("privacy: {public: {people: nobody}}", r"line 3: privacy\.public\.people: "),
        ("Privacy: team", r"line 3: Privacy: is not recognised; the names are version, id, title, "),
    ],
)
def test_a_promise_of_privacy_that_nothing_keeps_is_refused_with_its_line(
    tmp_path: Path, said: str, message: str
) -> None:
    (tmp_path / "study.yaml").write_text(f"id: riverside\ntitle: Riverside\n{said}\n", encoding="utf-8")
    with pytest.raises(JourneysError, match=message) as refused:
        open_folder(tmp_path)
    assert str(refused.value).count("\n") == 0


def test_a_folder_in_the_place_of_the_registers_is_said(tmp_path: Path) -> None:
    folder = make_study(tmp_path)
    (folder / "registers.yaml").unlink()
    (folder / "registers.yaml").mkdir()
    (problem,) = read_study(folder).errors
    assert (problem.kind, problem.address.file) == ("is_a_folder", "registers.yaml")


def test_the_number_of_codes_that_is_said_is_that_of_the_codebook_that_is_read(tmp_path: Path) -> None:
    folder = open_folder(make_study(tmp_path))
    codes = len(folder.codebook(refuse).codes)
    assert folder.codebook_in_words() == f"the shipped codebook: {codes} codes"
    (folder.path / "imports").mkdir()
    assert folder.codebook_in_words() == f"the shipped codebook: {codes} codes"
