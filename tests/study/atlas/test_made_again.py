"""An atlas that is made again: what stays the same is not made, and nobody can tell from any byte."""

from __future__ import annotations

import random
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import date
from pathlib import Path
from typing import Any

import pytest
import yaml

import journeys
from journeys.analysis.reading.whole import WholeStudy
from journeys.staging.database import Staging
from journeys.store.connection import Store
from journeys.store.loading.load import LoadRequest, load
from journeys.study.atlas import folder as atlas_folder
from journeys.study.atlas.profile import stored_study
from journeys.study.study import Study
from tests.engines import ONLY_LONG, ONLY_WITH_ALL

Nodes = dict[str, tuple[str, dict[str, Any]]]
Claims = list[dict[str, Any]]


class Edited:
    """A copy of the invented study at whose contents somebody works: each edit changes them at random."""

    def __init__(self, folder: Path, nodes: Nodes, claims: Claims, chance: random.Random) -> None:
        self.folder, self.nodes, self.claims, self.chance = folder, nodes, claims, chance
        self.number = 0

    def edits(self) -> list[Callable[[], None]]:
        """What somebody may change."""
        return [
            self.add_a_claim,
            self.remove_a_form,
            self.change_a_quotation,
            self.rename_somebody,
            self.change_a_date,
            self.change_a_code,
            self.change_a_register,
            self.change_what_the_study_asks,
            self.change_a_guide,
        ]

    def add_a_claim(self) -> None:
        like = self._claim("SUPPORTED")
        person = self.chance.choice(self._of("Actor"))
        held = {**like["properties"], "id": f"added-{self.number}", "quote": f"Added words {self.number}."}
        self.claims.append({**like, "start": person, "properties": {**held, "cell": f"B{900 + self.number}"}})

    def remove_a_form(self) -> None:
        files = {str(row["properties"].get("file")) for row in self.claims if row["properties"].get("quote")}
        gone = self.chance.choice(sorted(files))
        self.claims = [row for row in self.claims if row["properties"].get("file") != gone]

    def change_a_quotation(self) -> None:
        self._claim("CONTESTED")["properties"]["quote"] = f"Other words {self.number}, as somebody reads them again."

    def rename_somebody(self) -> None:
        held = self.nodes[self.chance.choice(self._of("Actor"))][1]
        held["name"] = held["pseudonym"] = f"{held['name']} {self.number}"

    def change_a_date(self) -> None:
        day = date(2011, self.chance.randint(1, 12), 5)
        bounds = {"date_from": day, "date_to": day, "date_text": day.isoformat(), "date_precision": "day"}
        self._claim("INTRODUCED")["properties"].update(bounds)

    def change_a_code(self) -> None:
        self.nodes[self.chance.choice(self._of("Code"))][1]["label"] = f"Another label {self.number}"

    def change_a_register(self) -> None:
        held = self.nodes[self.chance.choice(self._of("Meeting"))][1]
        held["title"] = held["name"] = f"Meeting with another title {self.number}"

    def change_what_the_study_asks(self) -> None:
        settings = self.folder / "study.yaml"
        held = yaml.safe_load(settings.read_text("utf-8"))
        held["about"] = f"What the study asks, said anew ({self.number})."
        settings.write_text(yaml.safe_dump(held), "utf-8")

    def change_a_guide(self) -> None:
        stops = f"- {{text: Stop {self.number}.}}"
        text = f"journey: D07\ntitle: A guide of {self.number}\npublic: no\nstops:\n{stops}\n"
        (self.folder / "guides").mkdir(exist_ok=True)
        (self.folder / "guides" / "made.yaml").write_text(text, "utf-8")

    def load(self, store: Store) -> None:
        """Bring the store up to date with the contents."""
        study = journeys.open(self.folder)
        with study.folder.scratch() as scratch, Staging(scratch / "edited.sqlite", study.schema, study.id) as staging:
            staging.finish(lambda problem: None)
            staging.fill(self.nodes.values(), self._rows())
            request = LoadRequest(study.id, {"forms/edited.xlsx": str(self.number)}, "test", allow_removals=True)
            load(store, staging, study.schema, request, study.folder.work)

    def _rows(self) -> Iterator[tuple[str, str, str, dict[str, Any]]]:
        for row in self.claims:
            yield row["type"], row["start"], row["end"], row["properties"]

    def _of(self, label: str) -> list[str]:
        return [node for node, (of, _) in self.nodes.items() if of == label]

    def _claim(self, kind: str) -> dict[str, Any]:
        return self.chance.choice([row for row in self.claims if row["type"] == kind and row["properties"].get("file")])


@contextmanager
def counting() -> Iterator[list[str]]:
    """The pages that are made in the block, by their places."""
    made: list[str] = []
    page = atlas_folder.AtlasFolder.page

    def counted(self: Any, href: str, make: Any, /, *shown: object, frame: Any, **more: object) -> None:
        before = self.made
        page(self, href, make, *shown, frame=frame, **more)
        made.extend([href] * (self.made - before))

    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(atlas_folder.AtlasFolder, "page", counted)
        yield made


def files(folder: Path) -> dict[str, bytes]:
    """Every file of an atlas."""
    return {file.relative_to(folder).as_posix(): file.read_bytes() for file in folder.rglob("*") if file.is_file()}


def edited(opened: Study, folder: Path, seed: int) -> Edited:
    """A study with the contents of the invented one, to be edited."""
    with opened.store() as store:
        nodes, claims = stored_study(store, opened.id, opened.schema)
    folder.mkdir()
    text = (opened.folder.path / "study.yaml").read_text("utf-8")
    (folder / "study.yaml").write_text(text, "utf-8")
    return Edited(folder, nodes, claims, random.Random(seed))


def made_again(work: Edited, rounds: list[list[Callable[[], None]]], fresh: Path) -> list[int]:
    """Make the atlas, and again after each round of edits, when it must be the one made anew; how many pages were made
    each time."""
    numbers: list[int] = []
    study = journeys.open(work.folder)
    with study.store(any_shape=True) as store:
        for edits in [[], *rounds]:
            for edit in edits:
                work.number += 1
                edit()
            work.load(store)
            with counting() as made:
                again = study.again(store).atlas(work.folder / "out").parent
            numbers.append(len(made))
            if edits:
                anew = study.again(store).atlas(fresh / f"anew-{work.number}").parent
                one, other = files(again), files(anew)
                assert one.keys() == other.keys()
                differing = [name for name, text in one.items() if other[name] != text]
                assert not differing, [edit.__name__ for edit in edits]
    return numbers


@ONLY_WITH_ALL
def test_an_atlas_made_again_is_the_one_made_anew(opened_demo: Study, tmp_path: Path) -> None:
    work = edited(opened_demo, tmp_path / "study", seed=7)
    edits = [work.add_a_claim, work.rename_somebody, work.change_what_the_study_asks, work.change_a_guide]
    number, changed = made_again(work, [edits], tmp_path)
    assert number > 400
    assert 0 < changed < number / 2


@ONLY_LONG
@pytest.mark.parametrize("seed", range(2))
def test_whatever_is_edited_no_page_stays_behind(opened_demo: Study, tmp_path: Path, seed: int) -> None:
    work = edited(opened_demo, tmp_path / "study", seed)
    every = work.edits()
    work.chance.shuffle(every)
    made_again(work, [every[at : at + 3] for at in range(0, len(every), 3)], tmp_path)


def test_nothing_is_read_where_nothing_has_changed(opened_demo: Study, tmp_path: Path) -> None:
    work = edited(opened_demo, tmp_path / "study", seed=3)
    work.claims = [row for row in work.claims if row["type"] == "CONTESTED"]
    named = {str(end) for row in work.claims for end in (row["start"], row["end"], *row["properties"].values())}
    work.nodes = {node: held for node, held in work.nodes.items() if node in named}
    study = journeys.open(work.folder)
    out = work.folder / "out" / "atlas"
    reads: list[object] = []
    read = WholeStudy.read

    def counted(*given: Any) -> WholeStudy:
        reads.append(given)
        return read(*given)

    def made_anew() -> bool:
        before = len(reads)
        study.again(store).atlas(out)
        return len(reads) > before

    with study.store(any_shape=True) as store, pytest.MonkeyPatch.context() as patch:
        patch.setattr(WholeStudy, "read", counted)
        work.load(store)
        assert made_anew()
        text = files(out)
        assert not made_anew()
        assert files(out) == text
        (out / "index.html").write_text("Something else", "utf-8")
        assert made_anew()
        next((out / "journeys").glob("*.html")).unlink()
        assert made_anew()
        assert files(out) == text
        for edit in (work.change_a_guide, work.change_what_the_study_asks):
            edit()
            assert made_anew(), edit.__name__
            assert not made_anew(), edit.__name__
        work.load(store)
        assert made_anew()
