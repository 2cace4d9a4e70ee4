"""The pages of an atlas on which one reads what was written: which there are, and where links and addresses lead."""

from __future__ import annotations

import json
import re
from collections import Counter
from collections.abc import Iterator
from html import unescape
from pathlib import Path
from typing import Any
from urllib.parse import unquote

import pytest

import journeys
from journeys.views.text import sanitized
from tests.views.pages.conftest import ReadPage

LISTED = {"sources": "DataSource", "meetings": "Meeting", "people": "Actor", "codes": "Code", "evidence": "Evidence"}


@pytest.fixture(scope="module")
def study(demo_study: Any) -> Iterator[journeys.Study]:
    opened = journeys.open(demo_study("embedded").folder)
    with opened.store():
        yield opened


def target(page: ReadPage, href: str) -> tuple[Path, str]:
    place, _, name = href.partition("#")
    return ((page.file.parent / unquote(place)).resolve() if place else page.file.resolve()), name


def test_every_link_leads_to_a_page_and_a_place_that_exist(pages: dict[Path, ReadPage]) -> None:
    followed = 0
    for page in pages.values():
        for href, _ in page.links:
            file, name = target(page, href)
            assert file in pages, f"{page.file}: {href}"
            assert not name or name in pages[file].ids, f"{page.file}: {href}"
            followed += 1
    assert followed > 5_000


def test_an_id_stands_once_on_a_page(pages: dict[Path, ReadPage]) -> None:
    for page in pages.values():
        assert [name for name, number in Counter(page.ids).items() if number > 1] == [], page.file


def test_every_page_is_reached_from_the_first(atlas: Path, pages: dict[Path, ReadPage]) -> None:
    reached, waiting = {atlas.resolve()}, [atlas.resolve()]
    while waiting:
        page = pages[waiting.pop()]
        new = {target(page, href)[0] for href, _ in page.links} - reached
        reached |= new
        waiting += new
    assert reached == set(pages)
    assert all(
        any(target(page, href)[0] == atlas.resolve() for href, _ in page.links)
        for page in pages.values()
        if page.file != atlas
    )


@pytest.mark.parametrize("folder", LISTED)
def test_there_is_a_page_for_each_and_a_list_of_them(
    study: journeys.Study, atlas: Path, pages: dict[Path, ReadPage], folder: str
) -> None:
    ((number,),) = [
        tuple(row) for row in study.cypher(f"MATCH (n:{LISTED[folder]} {{study: $study}}) RETURN count(n)").rows
    ]
    files = set((atlas.parent / folder).resolve().glob("*.html"))
    listing = (atlas.parent / folder / "index.html").resolve()
    assert len(files - {listing}) == number > 0
    listed = {target(pages[listing], href)[0] for href, _ in pages[listing].links}
    assert files - {listing} <= listed
    assert f"{number} pages" in atlas.read_text(encoding="utf-8")


def test_lists_say_what_tells_their_things_apart(atlas: Path) -> None:
    def rows(folder: str) -> dict[str, list[str]]:
        html = (atlas.parent / folder / "index.html").read_text(encoding="utf-8")
        cells = [
            re.findall(r"<td[^>]*>(.*?)</td>", row, re.S) for row in re.findall(r"<tr data-filter>.*?</tr>", html, re.S)
        ]
        return {
            name: rest for name, *rest in ([unescape(re.sub("<[^>]*>", "", each)) for each in row] for row in cells)
        }

    assert rows("organisations")["Easthaven Council"][0] == "local authority · Easthaven"
    assert rows("drivers")["Equality duty"] == ["legislation", "1"]
    assert rows("findings")["Ask VL for the slide."][0] == "follow-up · open · Westbury maternity strategy"
    assert rows("people")["Amal R."][0] == "link worker · Westbury"
    # One kind of thing alone needs no heading over its table.
    assert "<h2>" not in (atlas.parent / "drivers" / "index.html").read_text(encoding="utf-8")


def test_a_list_in_which_nothing_is_found_can_still_be_filtered(open_page: Any, atlas: Path) -> None:
    for folder, headings in (("drivers", 0), ("people", 2)):
        with open_page(atlas.parent / folder / "index.html") as seen:
            box = seen.page.get_by_label("Filter")
            box.fill("zzz nobody")
            assert box.is_visible()
            assert seen.page.locator("table:visible, h2:visible").count() == 0
            assert seen.page.locator("#filtered").inner_text().startswith("0 of ")
            box.fill("")
            assert seen.page.locator("h2:visible").count() == headings
            seen.assert_quiet()


def test_every_address_is_a_link_to_the_place_where_the_cell_is_shown(pages: dict[Path, ReadPage]) -> None:
    """On journeys, people, meetings, codes: what stands at the place has the same address in its words."""
    led = 0
    for page in pages.values():
        html = page.file.read_text(encoding="utf-8")
        for shown in re.findall(r'<(?:p|span) class="address"[^>]*>(.*?)</(?:p|span)>', html, re.S):
            words = " ".join(unescape(re.sub(r"<[^>]*>", "", shown)).split())
            if words == "not written in a form":
                continue
            (href,) = re.findall(r'<a href="([^"]*)"', shown)
            file, name = target(page, unescape(href))
            assert name.startswith("at-")
            there = " ".join(pages[file].words[name].split())
            assert words in there or pages[file].file.parent.name in ("sources", "documents"), (page.file, words, there)
            led += 1
    assert led > 1_000


def test_claims_in_a_network_lead_to_their_cells_too(pages: dict[Path, ReadPage]) -> None:
    led = 0
    for page in pages.values():
        if page.file.parent.name != "sites":
            continue
        text = page.file.read_text(encoding="utf-8")
        found = re.findall(r'<script type="application/json" id="(?:network|compare)-data">(.*?)</script>', text, re.S)
        held = {name: value for data in found for name, value in json.loads(data).items()}
        networks = held.get("sites") or [held]
        for claim in (claim for network in networks for claim in network["claims"]):
            if claim["address"] == "not written in a form":
                assert "href" not in claim
                continue
            file, name = target(page, claim["href"])
            assert name in pages[file].ids
            led += 1
    assert led > 50


def test_an_answer_is_on_the_page_of_its_source_under_the_id_of_its_cell(study: journeys.Study, atlas: Path) -> None:
    """The claim of D07 in Journey > B9 leads to what stands there."""
    journey = next((atlas.parent / "journeys").glob("*d07.html")).read_text(encoding="utf-8")
    (href,) = set(re.findall(r'href="\.\./([^"]*)">forms/INVENTED D07.xlsx &gt; Journey &gt; B9<', journey))
    place, _, name = href.partition("#")
    assert place == "sources/north.diabetes.d07.html"
    page = ReadPage(atlas.parent / place)
    rows = study.cypher(
        "MATCH (x) WHERE x.study = $study AND x.file = 'forms/INVENTED D07.xlsx' AND"
        " x.sheet = 'Journey' AND x.cell = 'B9' RETURN x.text"
    ).rows
    claims = study.cypher(
        "MATCH ({study: $study})-[r]->(b) WHERE r.file = 'forms/INVENTED D07.xlsx' AND"
        " r.sheet = 'Journey' AND r.cell = 'B9' RETURN b.name"
    ).rows
    assert rows or claims
    there = " ".join(page.words[name].split())
    assert "forms/INVENTED D07.xlsx > Journey > B9" in there


def test_everything_written_is_on_a_page_and_in_the_index(
    study: journeys.Study, pages: dict[Path, ReadPage], index: dict[str, Any]
) -> None:
    written = [
        str(text)
        for (text,) in study.cypher(
            "MATCH (x:Extract|Finding {study: $study}) WHERE x.text IS NOT NULL RETURN x.text", row_limit=None
        ).rows
    ]
    written += [
        str(text)
        for (text,) in study.cypher(
            "MATCH ({study: $study})-[r]->() WHERE r.quote IS NOT NULL RETURN r.quote", row_limit=None
        ).rows
    ]
    written += [
        str(text)
        for (text,) in study.cypher(
            "MATCH ({study: $study})-[r]->() WHERE r.note IS NOT NULL RETURN r.note", row_limit=None
        ).rows
    ]
    assert len(written) > 200
    read = "\n".join(
        " ".join(unescape(page.file.read_text(encoding="utf-8")).split())
        for page in pages.values()
        if page.file.parent.name in ("sources", "people", "meetings", "documents", "evidence", "findings", "tables")
    )
    rows = {" ".join(f"{row[3]} {row[4]} {' '.join(row[7:])}".split()) for row in index["rows"]}
    for text in written:
        assert sanitized(text) in read, text
        assert any(sanitized(text) in row for row in rows), text


def test_every_row_of_the_index_leads_to_a_place_that_exists(
    atlas: Path, pages: dict[Path, ReadPage], index: dict[str, Any]
) -> None:
    assert len(index["rows"]) > 500
    for kind, page, anchor, heading, text, source, whole, *also in index["rows"]:
        file = (atlas.parent / index["pages"][page][0]).resolve()
        assert not anchor or anchor in pages[file].ids
        assert index["kinds"][kind][0]
        assert heading or text
        assert source == -1 or index["sources"][source]
        assert -1 <= whole < len(index["rows"])
        assert all(also)
    names = {row[3] for row in index["rows"] if not row[2]}
    assert {"Mina V.", "D07 · Diabetes health needs assessment"} <= names


def test_a_form_about_a_case_stands_on_one_page_and_the_case_leads_to_it(
    atlas: Path, pages: dict[Path, ReadPage]
) -> None:
    case = pages[(atlas.parent / "cases" / "north.diabetes.html").resolve()]
    form = pages[(atlas.parent / "sources" / "north.diabetes.narrative_form.html").resolve()]
    said = "A redesign group of eleven that met five times, one paper on need and one on money."
    written = "No place on the agenda for what is told, and a third of the records empty."
    text = form.file.read_text(encoding="utf-8")
    assert written in text
    assert "As filled in: forms/INVENTED narrative-north.diabetes.docx" in text
    there = case.file.read_text(encoding="utf-8")
    assert said in there  # what is recorded of the case itself
    assert written not in there
    assert "Forms filled in about it" in there
    leads = [words for href, words in case.links if href.startswith("../sources/north.diabetes.narrative_form.html")]
    assert "Narrative form: Northtown diabetes redesign" in leads


def test_no_page_holds_a_path_of_this_machine(study: journeys.Study, atlas: Path) -> None:
    folder = study.folder.path.resolve()
    for file in atlas.parent.rglob("*.*"):
        text = file.read_text(encoding="utf-8")
        assert str(folder) not in text
        assert folder.as_uri() not in text


def test_a_label_that_was_lost_is_said_to_be(study: journeys.Study, atlas: Path) -> None:
    lost = [
        key
        for key, label in study.cypher("MATCH (c:Code {study: $study}) RETURN c.code, c.label", row_limit=None).rows
        if label is None
    ]
    assert lost
    listing = (atlas.parent / "codes" / "index.html").read_text(encoding="utf-8")
    for key in lost:
        assert f"{key} · [label not recovered]" in listing


def test_pages_by_themselves_lead_nowhere_else(study: journeys.Study, run_cli: Any, tmp_path: Path) -> None:
    for command in (["show", "D07"], ["show", "MV", "--kind", "person"], ["trace", "D07"], ["network", "north"]):
        file = tmp_path / f"{'-'.join(command)}.html"
        told = run_cli("--study", study.folder.path, *command, "-o", file)
        assert told.code == 0, told.stderr
        page = ReadPage(file)
        assert all(href.startswith("#") and href[1:] in page.ids for href, _ in page.links), command
        assert "find-words" not in page.ids
        policy = re.search(r"script-src ([^;]*);", file.read_text(encoding="utf-8"))
        assert policy
        assert "file:" not in policy[1]
    shown = ReadPage(tmp_path / "show-D07.html")
    assert any(words == "forms/INVENTED D07.xlsx > Content > B10" for _, words in shown.links)
