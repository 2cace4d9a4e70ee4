"""Pictures that are kept: the same as drawn anew, and never those of another table."""

from __future__ import annotations

import time
from dataclasses import replace
from pathlib import Path

from journeys.analysis.measures.table import MeasureRow, MeasureTable
from journeys.study.atlas.kept_pictures import KeptPictures, ToDraw
from journeys.views.pictures.charts.figures import table_svg


def table(number: int) -> MeasureTable:
    rows = tuple(MeasureRow((f"Person {each}", each * number), ("claim:1",)) for each in range(3))
    return MeasureTable("ties", f"Ties {number}", {"actor": "who", "ties": "how many"}, rows, {"actors": 3}, "Counted.")


def href(row: int) -> str:
    return f"#ties-{row}"


def test_a_kept_picture_is_the_one_drawn(tmp_path: Path) -> None:
    one, other = table(1), table(2)
    kept = KeptPictures(tmp_path)
    for _ in range(2):
        assert kept.svg("centrality", one, href) == table_svg("centrality", one, href)
        assert kept.svg("centrality", other, href) == table_svg("centrality", other, href)
        # What a picture does not show makes no other of it; where its marks lead does.
        assert kept.svg("centrality", replace(one, csv="x"), href) == table_svg("centrality", one, href)
        assert "#elsewhere" in kept.svg("centrality", one, lambda _: "#elsewhere")
    assert len(list((tmp_path / ".journeys" / "pictures").iterdir())) == 3


def test_nothing_is_kept_where_nothing_can_be_written(tmp_path: Path) -> None:
    (tmp_path / ".journeys").write_text("a file in the way", encoding="utf-8")
    assert KeptPictures(tmp_path).svg("centrality", table(1), href) == table_svg("centrality", table(1), href)


def drawn_in(folder: Path) -> dict[str, str]:
    return {path.name: path.read_text(encoding="utf-8") for path in (folder / ".journeys" / "pictures").glob("*.svg")}


def test_many_are_drawn_by_another_process_in_the_meantime(tmp_path: Path, processes: None) -> None:
    wanted = [ToDraw("centrality", table(number), tuple(map(href, range(3)))) for number in range(9)]
    expected = {each.name: each.draw() for each in wanted}
    with KeptPictures(tmp_path).drawn_beside(wanted):
        until = time.monotonic() + 120
        while len(drawn_in(tmp_path)) < len(wanted) and time.monotonic() < until:
            time.sleep(0.1)
    assert drawn_in(tmp_path) == expected


def test_what_the_other_process_has_not_drawn_is_drawn_here(tmp_path: Path, processes: None) -> None:
    wanted = [ToDraw("centrality", table(number), tuple(map(href, range(3)))) for number in range(9)]
    with KeptPictures(tmp_path).drawn_beside(wanted) as draw_missing:
        draw_missing()
        assert drawn_in(tmp_path) == {each.name: each.draw() for each in wanted}
