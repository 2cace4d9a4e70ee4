"""The search box of an atlas in a real browser, and the mark at the entry that a link led to."""

from __future__ import annotations

import json
import re
import time
import unicodedata
from html import unescape
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import expect

from journeys.analysis.claims.claim import Entity
from journeys.analysis.reading.record import Entry, Record, Section
from journeys.model.identity import folded
from journeys.model.problems import Address
from journeys.study.atlas.record_pages import FOLDERS
from journeys.views.pages.frame import PageFrame, Targets, cell_anchor
from journeys.views.pages.record import record_page
from journeys.views.pages.search_index import NOT, PAGE, WORDS, Searchable, search_files
from tests.views.hostile_words import HOSTILE

WIDE, NARROW = 1280, 390
FILE = "forms/D1.xlsx"


def cell(name: str) -> Address:
    return Address(FILE, "Content", name)


def written(folder: Path, found: list[Searchable], entries: list[Entry] | None = None) -> Path:
    """A folder with the page of a document and the index of what can be found."""
    shown = tuple(entries or [Entry("answer", text="Words", id="x1", address=cell("B5"))])
    record = Record(
        Entity("s:document:d1", "Document", "Paper"),
        "Document",
        "D1  Paper",
        sections=(Section("Content", shown, form=FILE),),
    )
    cells = {each.address: f"page.html#{cell_anchor(each.address)}" for each in record.walk() if each.address.file}
    page = folder / "page.html"
    page.write_text(record_page(record, PageFrame("Study", targets=Targets({}, cells), search="search/")), "utf-8")
    (folder / "search").mkdir()
    for name, text in search_files(found):
        (folder / "search" / name).write_text(text, "utf-8")
    return page


def answer(text: str, heading: str = "What is it about?", **more: Any) -> Searchable:
    return Searchable(
        "Answer",
        "page.html",
        "D1 · Paper",
        cell_anchor(cell("B5")),
        heading,
        text,
        **{"source": "Interview 1", "weight": NOT, **more},
    )


def type_(seen: Any, words: str) -> None:
    seen.page.locator("#find-words").fill(words)
    index_read(seen)


def index_read(seen: Any) -> None:
    """Wait until the whole index is there: before that, the box may say nothing yet, or part of the hits."""
    expect(seen.page.locator("#find-hits")).to_have_attribute("aria-busy", "false")


def hits(seen: Any) -> list[str]:
    return [" ".join(text.split()) for text in seen.page.locator("[role=option]").all_inner_texts()]


def said(seen: Any) -> str:
    return str(seen.page.locator("#find-said").inner_text())


@pytest.mark.parametrize("width", [WIDE, NARROW])
def test_by_keyboard_from_a_word_to_the_entry_which_is_marked(open_page: Any, atlas: Path, width: int) -> None:
    with open_page(atlas.parent / "people" / "index.html", width) as seen:
        page = seen.page
        assert [url for url in seen.requests if not url.endswith("index.html") and "/shared/" not in url] == []
        page.keyboard.press("/")
        assert page.evaluate("document.activeElement.id") == "find-words"
        page.keyboard.type("doctor wrote tables")
        index_read(seen)
        assert re.fullmatch(r"\d+ hits?", said(seen))
        box = page.locator("#find-words")
        assert box.get_attribute("aria-expanded") == "true"
        page.keyboard.press("ArrowDown")
        active = page.locator(f"#{box.get_attribute('aria-activedescendant')}")
        assert active.get_attribute("aria-selected") == "true"
        assert active.locator("mark").all_inner_texts() == ["doctor", "wrote", "tables"]
        assert "The doctor wrote it, everybody knows that." in active.inner_text()
        assert "Interview with the community worker" in active.inner_text()
        seen.assert_fits()
        page.keyboard.press("Enter")
        page.wait_for_url("**/sources/int-mv.html#at-*")
        arrived = page.locator(":target")
        assert "The doctor wrote it, everybody knows that." in arrived.inner_text()
        assert page.evaluate("document.activeElement === document.querySelector(':target')")
        assert "The linked entry" in arrived.evaluate("(each) => getComputedStyle(each, '::before').content")
        assert arrived.evaluate("(each) => getComputedStyle(each).outlineStyle") == "solid"
        header = page.locator(".top").evaluate("(each) => each.getBoundingClientRect().bottom")
        top = arrived.evaluate("(each) => each.getBoundingClientRect().top")
        assert 0 <= top < 880
        assert top >= header or width == NARROW
        seen.assert_fits()
        assert seen.console == []
        assert all(url.startswith("file:") for url in seen.requests)


def test_from_a_claim_card_to_the_answer(open_page: Any, atlas: Path) -> None:
    journey = next((atlas.parent / "journeys").glob("*d07.html"))
    with open_page(journey) as seen:
        seen.page.get_by_role("button", name="Show all sources").click()
        link = seen.page.locator("#steps ~ table .address a", has_text="Journey > B9").first
        link.click()
        assert "forms/INVENTED D07.xlsx > Journey > B9" in seen.page.locator(":target").inner_text()
        assert "north.diabetes.d07.html" in seen.page.url
        assert seen.console == []


def test_all_entries_of_a_cell_are_marked(open_page: Any, tmp_path: Path) -> None:
    entries = [
        Entry("answer", text=text, id=text, address=cell(at))
        for text, at in (("first", "B5"), ("second", "B5"), ("other", "B6"))
    ]
    page = written(tmp_path, [], entries)
    with open_page(page) as seen:
        seen.page.goto(f"{page.as_uri()}#{cell_anchor(cell('B5'))}")
        assert "first" in seen.page.locator(":target").inner_text()
        assert "second" in seen.page.locator(".arrived").inner_text()
        seen.page.goto(f"{page.as_uri()}#{cell_anchor(cell('B6'))}")
        assert "other" in seen.page.locator(":target").inner_text()
        assert seen.page.locator(".arrived").count() == 0


def test_words_phrases_and_spelling(open_page: Any, tmp_path: Path) -> None:
    page = written(
        tmp_path,
        [
            answer("The clinic\u2019s data on caf\u00e9s in Stra\u00dfe 6.7 were late"),
            answer("Data of the clinic. Late data again"),
            answer("Nothing of the kind", "Where are the clinic data?"),
            Searchable("Person", "page.html", "Mina V.", "", "Mina V.", "community worker"),
            Searchable("Claim", "page.html", "D1 · Paper", "", "Mina V. contested Paper", "", "Interview 1", WORDS),
            answer("\u6570\u636e\u5f88\u665a"),
        ],
    )
    with open_page(page) as seen:
        for typed, number in {
            "clinic data": 2, "DATA clinic": 2, '"clinic data"': 0, "clin dat": 2, "linic": 0, '"clin"': 0,
            '"data of the clinic"': 1, "\u201cdata of the clinic\u201d": 1, "clinic's": 1, "cafes": 1, "CAF\u00c9S": 1,
            "cafe\u0301s": 1, "strasse": 1, "STRASSE": 1, "6.7": 1, ".7": 1, "6": 1, "clinic, late;": 2, "Mina": 2,
            "\u636e": 1, "where": 0, "clinic zebra": 0, '"data of': 1, "clinics": 2, '"clinics"': 0, "kinds": 1,
        }.items():  # fmt: skip
            type_(seen, typed)
            assert len(hits(seen)) == number, typed
        type_(seen, "Mina")
        assert hits(seen)[0].startswith("Person Mina V.")
        type_(seen, "zebra")
        assert said(seen).startswith("No hits.")
        assert not seen.page.locator("#find-hits").is_visible()
        type_(seen, "data late")
        assert said(seen) == "2 hits"
        marks = seen.page.locator("[role=option]").first.locator("mark").all_inner_texts()
        assert sorted(text.casefold() for text in marks) == ["data", "data", "late"]
        assert seen.console == []


def test_every_page_is_found_by_its_title(atlas: Path, index: dict[str, Any]) -> None:
    """Each in the index once as a page or as the page of a thing, with its kind; none leads nowhere."""
    titles = {
        file: re.search(r"<title>(.*?)</title>", file.read_text("utf-8"), re.S) for file in atlas.parent.rglob("*.html")
    }
    things = {folder for folder, _ in FOLDERS.values()}
    found: dict[str, list[str]] = {}
    for kind, page, anchor, heading, *_ in index["rows"]:
        if not anchor and index["kinds"][kind][1] >= 2:
            found.setdefault(index["pages"][page][0], []).append(heading)
    for file, title in titles.items():
        href = file.relative_to(atlas.parent).as_posix()
        assert title
        if href.partition("/")[0] in things and not href.endswith("/index.html"):
            assert found[href], href
        else:
            assert any(heading in unescape(title[1]) for heading in found[href]), (href, found[href])
    assert {index["kinds"][kind][0] for kind, *_ in index["rows"]} >= {
        "Journey", "Guided journey", "Storyline", "Network", "Matrices", "Question", "Measure", "Figure",
        "Data quality", "Schema", "List", "Home",
    }  # fmt: skip


def test_the_first_hit_of_a_document_is_its_journey_and_every_hit_says_why(open_page: Any, atlas: Path) -> None:
    with open_page(atlas.parent / "people" / "index.html") as seen:
        for typed, first in {
            "D07": "Journey Journey of D07 Diabetes health needs assessment",
            "brokerage": "Measure Brokerage",
            "survival": "Measure Survival",
            "gap map": "Measure Gap map",
            "guided": "Guided journey How an assessment became two clinics",
            "storyline": "Storyline ",
            "needs assessments": "Journey ",
        }.items():
            type_(seen, typed)
            assert hits(seen)[0].startswith(first), typed
        type_(seen, "D07")
        for hit in seen.page.locator("[role=option]").all():
            assert hit.locator("mark").count(), hit.inner_text()
        assert not any("\u00a6" in hit for hit in hits(seen))
        assert any("Also recorded: D07" in hit for hit in hits(seen))
        seen.page.keyboard.press("ArrowDown")
        seen.page.keyboard.press("Enter")
        seen.page.wait_for_url("**/journeys/*d07.html")


def test_a_page_is_found_by_its_kind_too(open_page: Any, tmp_path: Path) -> None:
    found = [
        answer("A storyline of the clinic"),
        Searchable("Storyline", "page.html", "The north", "", "The north", "", weight=PAGE),
        Searchable("Person", "page.html", "North", "", "North", ""),
    ]
    page = written(tmp_path, found)
    with open_page(page) as seen:
        type_(seen, "storyline")
        assert hits(seen)[0] == "Storyline The north"
        assert seen.page.locator("[role=option] b mark").all_inner_texts() == ["Storyline"]
        type_(seen, "north")
        assert [hit.partition(" ")[0] for hit in hits(seen)] == ["Storyline", "Person"]


def test_escape_arrows_and_slash(open_page: Any, tmp_path: Path) -> None:
    page = written(tmp_path, [answer(f"word number {number}") for number in range(100)])
    with open_page(page) as seen:
        keys, box = seen.page.keyboard, seen.page.locator("#find-words")
        keys.press("/")
        type_(seen, "word")
        assert said(seen) == "100 hits"
        keys.press("ArrowUp")
        assert box.get_attribute("aria-activedescendant") is None
        for _ in range(60):  # beyond what is shown at once
            keys.press("ArrowDown")
        assert box.get_attribute("aria-activedescendant") == "find-hit-59"
        keys.press("Escape")
        assert box.get_attribute("aria-expanded") == "false"
        assert box.input_value() == "word"
        keys.press("Escape")
        assert box.input_value() == ""
        keys.type("a/b")
        assert box.input_value() == "a/b"
        box.blur()
        assert not seen.page.locator("#find-hits").is_visible()


def test_what_a_form_holds_stays_words(open_page: Any, tmp_path: Path) -> None:
    """On the page of a form, and in the results of a search."""
    words = [*HOSTILE, "<script>alert(1)</script>", "<mark>x</mark>", "*/ alert(1) /*", '"); alert(1); ("']
    entries = [
        Entry(
            "question",
            heading=f"Q {text}",
            entries=(
                Entry("answer", text=text, id=f"a{number}", speaker=text, address=Address(text, text, f"B{number}")),
            ),
        )
        for number, text in enumerate(words)
    ]
    found = [answer(f"needle {text}", text, source=text, weight=WORDS) for text in words]
    page = written(tmp_path, found, entries)
    with open_page(page) as seen:
        type_(seen, "needle")
        assert len(hits(seen)) == len(words)
        assert any("<script>alert(1)</script>" in hit for hit in hits(seen))
        assert seen.page.locator("#find-hits img, #find-hits script, main script, main img").count() == 0
        assert seen.page.locator("[role=option] mark").all_inner_texts() == ["needle"] * len(words)
        assert "<script>alert(1)</script>" in seen.page.locator("main").inner_text()
        for href in seen.page.locator("[role=option]").evaluate_all("all => all.map((each) => each.protocol)"):
            assert href == "file:"
        seen.assert_fits()
        assert seen.console == []


def test_folding_is_that_of_names(open_page: Any, tmp_path: Path) -> None:
    """The page folds as Python does, but that it leaves letters and their signs apart where Python composes them."""
    texts = [
        "Caf\u00e9",
        "CAFE\u0301",
        "\u201cso\u201d \u2013 \u2018it\u2019 is\u00b4nt`",
        "a\u00adb\u200bc",
        "\ufb01ne",
        "  two   spaces\u00a0here ",
        "\u1f08\u03bd\u03ae\u03c1 \u039f\u0394\u039f\u03a3",
        "\u0419\u043e\u0433",
        "\u0915\u093c \u0915\u094d\u0937",
        "\ud55c\uae00",
        "\u0130stanbul",
        "Stra\u00dfe STRA\u1e9eE",
        "\u2460 x\u00b2",
        "\u0627\u064e\u0628",
        "\uff21\uff22",
        "na\u00efve\u2014co\u00f6perate",
        "\U0001f600 ok",
        "\u05e9\u05c1",
    ]
    page = written(tmp_path, [])
    with open_page(page) as seen:
        seen.page.locator("#find-words").focus()
        index_read(seen)
        made = seen.page.evaluate(
            "(texts) => texts.map((text) => journeysSearch.fold(text.normalize('NFC')).trim())", texts
        )
    for text, by_page in zip(texts, made, strict=True):
        assert unicodedata.normalize("NFC", by_page) == folded(text), text


def test_without_the_index_the_box_says_so(open_page: Any, tmp_path: Path) -> None:
    page = written(tmp_path, [answer("word")])
    (tmp_path / "search" / "search.js").unlink()
    with open_page(page) as seen:
        seen.page.locator("#find-words").fill("word")
        expect(seen.page.locator("#find-said")).to_contain_text("not beside")


def test_five_thousand_passages(open_page: Any, tmp_path: Path) -> None:
    """Read when somebody goes to the box, in a moment; every word is found at once after that."""
    text = " ".join(f"passage about service number {number} in a clinic near the river" for number in range(5))
    page = written(tmp_path, [answer(f"{text}, marked w{number}x") for number in range(5000)])
    size = sum(file.stat().st_size for file in (tmp_path / "search").iterdir())
    assert size < 3_000_000
    assert len(list((tmp_path / "search").glob("index-*.js"))) > 1
    with open_page(page) as seen:
        start = time.monotonic()
        type_(seen, "w4321x")
        first = time.monotonic() - start
        spent = seen.page.evaluate("""() => {
          const start = performance.now();
          const { hits } = journeysSearch.search("passage clinic number");
          return [performance.now() - start, hits.length];
        }""")
    assert first < 10, first
    assert spent[0] < 1500, spent
    assert spent[1] == 5000
    print(json.dumps({"bytes": size, "first_hit_s": round(first, 2), "search_ms": round(spent[0])}))
