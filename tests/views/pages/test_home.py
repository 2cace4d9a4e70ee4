"""The home page: sentences that are right, strips on one scale, and studies with next to nothing in them."""

from __future__ import annotations

import re
import time
from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pytest

from journeys.store.load_history import LastLoad
from journeys.views.pages.frame import PageFrame
from journeys.views.pages.home import HomeEntry, StudyFigures, home_page
from journeys.views.pages.home_words import lead, news, stated
from tests.journeys_by_hand import by_hand, said
from tests.views.hostile_words import HOSTILE

WHEN = datetime(2026, 3, 5, 9, 7, tzinfo=UTC)
COUNTS = {"Document": 1, "Evidence": 2, "CaseStudy": 1, "Site": 3}


def words_of(page: Path) -> str:
    """The text of a page, without its scripts and tags."""
    text = re.sub(r"<(script|style).*?</\1>", "", page.read_text(encoding="utf-8"), flags=re.S)
    return re.sub(r"\s+", " ", re.sub(r"<[^>]+>", " ", text))


def test_the_study_in_a_paragraph_has_right_plurals() -> None:
    sentences = lead(COUNTS, {"interview": 1, "observation": 2, "other": 3}, [])
    assert sentences == [
        "This study follows 1 document and 2 pieces of evidence in 1 case study at 3 sites.",
        "It draws on 6 sources: 3 of another kind, 2 observations and 1 interview.",
    ]
    assert lead({"Site": 1}, {}, []) == []
    assert lead({"Evidence": 1}, {"interview": 1}, []) == [
        "This study follows 1 piece of evidence.",
        "It draws on 1 source: 1 interview.",
    ]


def test_sources_of_another_kind_alone_are_only_counted() -> None:
    assert lead({"Document": 1}, {"other": 2}, [])[1] == "It draws on 2 sources."


def test_a_single_other_journey_is_told_without_its_number() -> None:
    both = by_hand(said("Ann", "SUPPORTED"), said("Bea", "CONTESTED"))
    other = by_hand(said("Ann", "INTRODUCED"))
    assert lead({}, {}, [both, both, other])[-1] == (
        "Of the 3 journeys, 2 were both supported and contested; of the other, no source says either."
    )
    assert "of the other 2, no source" in lead({}, {}, [both, other, other])[-1]


@pytest.mark.parametrize(
    ("dates", "sentence"),
    [
        (["before April 2019", "2020"], "Dated steps run from before April 2019 to 2020."),
        (["2019", "2020", "December 2020"], "Dated steps run from 2019 to December 2020."),
        (["5 March 2011", "after 3 June 2012", "2011"], "Dated steps run from 2011 to 4 June 2012 or later."),
        (["before April 2019", "5 March 2011", "after 2009"], "All dated steps lie in March 2011."),
        (["2020", "March 2020"], "All dated steps lie in 2020."),
        (["since June 2012"], "All dated steps lie in June 2012 or later."),
        (["by 5 June 2012"], "All dated steps lie before 6 June 2012."),
        (["Q1 2011", "2011 Q4"], "Dated steps run from the first quarter of 2011 to the fourth quarter of 2011."),
        (["January to June 2011", "Q4 2011", "2009"], "Dated steps run from 2009 to the fourth quarter of 2011."),
        (["2010/11", "1 May 2013"], "Dated steps run from the financial year 2010/11 to May 2013."),
        (["between 2009 and 2011", "winter 2009/10"], "Dated steps run from 2009 to 2011."),
        (["about 2011", "20 March 2013 to 5 April 2013"], "Dated steps run from about 2011 to April 2013."),
        (["n.d."], ""),
    ],
)  # fmt: skip
def test_dated_steps_run_between_times_that_sources_state(dates: list[str], sentence: str) -> None:
    journey = by_hand(*(said(f"Person {number}", "USED", when=when) for number, when in enumerate(dates)))
    told = lead({}, {}, [journey])
    assert told == ([sentence] if sentence else [])


def test_what_is_new_is_said_only_where_it_is_known() -> None:
    assert news(None) == []
    assert news(LastLoad(WHEN, 1)) == ["The data were first loaded on 5 March 2026, 09:07 UTC, from 1 file."]
    later = LastLoad(WHEN, 3, new=("a.xlsx",), changed=("b.xlsx", "c.xlsx"), claims=(1, 0, 2), first=False)
    assert news(later) == [
        "The last load, on 5 March 2026, 09:07 UTC, added 1 claim and removed 2 claims.",
        "New: a.xlsx.",
        "Changed: b.xlsx and c.xlsx.",
    ]
    assert news(LastLoad(WHEN, 3, first=False))[0].endswith("found nothing new.")
    assert "interrupted" in news(LastLoad(WHEN, 3, first=False, complete=False))[0]
    assert stated(later) == "Data as loaded on 5 March 2026, 09:07 UTC from 3 files."


def test_the_demo_says_what_it_follows_and_what_nobody_says(atlas: Path) -> None:
    words = words_of(atlas)
    assert "This study follows 15 documents and 10 pieces of evidence in 6 case studies at 3 sites." in words
    assert "It draws on 34 sources: 12 interviews, 11 documents, 8 observations and 3 researchers&#39; forms." in words
    assert "Sources disagree on where Lee B. stood at Redesign Group April 2011." in words
    assert re.search(r"No source says whether \d+ documents? and \d+ pieces? of evidence had a use or a result", words)
    loaded = r"Data as loaded on \d+ \w+ \d{4}, \d\d:\d\d UTC from 36 files\."
    assert re.search(loaded, words)
    # The other pages have it from one file, so that they stay the same when other data are loaded.
    assert re.search(loaded, (atlas.parent / "shared" / "loaded.js").read_text(encoding="utf-8"))
    for page in atlas.parent.rglob("*/*.html"):
        assert "When these data were loaded: see the home page ." in words_of(page), page
        assert '<script src="../shared/loaded.js"></script>' in page.read_text(encoding="utf-8"), page


def test_marks_stand_on_one_scale_and_uncertain_dates_are_soft(open_page: Any, atlas: Path) -> None:
    with open_page(atlas) as seen:
        strip = seen.page.locator(".journey", has_text="D07").first.locator("svg.strip")
        said = strip.get_attribute("aria-label")
        assert "contested 6 April 2011" in said
        assert "introduced March 2011" in said  # a month, and so a bar
        bars, marks = strip.locator("rect.bar"), strip.locator("use:has(title)")
        assert 0 < bars.count() < marks.count()
        april = [
            each.evaluate("node => node.getBoundingClientRect().x")
            for each in seen.page.locator("svg.strip > use:has(title)").all()
            if each.locator("title").text_content().startswith(("contested 6 April 2011", "supported 6 April 2011"))
        ]
        assert len(april) >= 2
        assert max(april) - min(april) < 2


SMALL = {
    "nothing but a site": "sites:\n  - {id: north, pseudonym: Northtown}\n",
    "one document without a date": (
        "sites:\n  - {id: north, pseudonym: Northtown}\n"
        "documents:\n  - {id: d1, title: '</script><img src=x onerror=alert(1)>', site: north}\n"
    ),
}


@pytest.mark.parametrize("registers", SMALL.values(), ids=SMALL)
def test_a_study_with_next_to_nothing_has_a_home_page(run_cli: Any, tmp_path: Path, registers: str) -> None:
    assert run_cli("new", "small").code == 0
    (tmp_path / "small" / "registers.yaml").write_text(registers, encoding="utf-8")
    (tmp_path / "small" / "registers.xlsx").unlink(missing_ok=True)
    loaded = run_cli("--study", "small", "load")
    assert loaded.code == 0, loaded.stderr + loaded.stdout
    told = run_cli("--study", "small", "atlas")
    assert told.code == 0, told.stderr
    page = tmp_path / told.stdout.strip()
    assert "first loaded on" in words_of(page)
    assert "<img" not in page.read_text(encoding="utf-8")


def entry(number: int, name: str, case: str, site: str, *claims: Any) -> HomeEntry:
    """A journey made by hand, with a name of its own."""
    journey = by_hand(*claims, cases=[{"id": case, "name": case, "site": site}])
    thing = replace(journey.subject.entity, id=f"study:document:D{number}", name=name)
    return HomeEntry(replace(journey, subject=replace(journey.subject, entity=thing)), f"journeys/d{number}.html")


def home(entries: list[HomeEntry]) -> str:
    """The home page of these journeys."""
    return home_page(PageFrame("A study"), StudyFigures({"Document": len(entries)}, {}, None), [], [], [], [], entries)


def test_hostile_and_extreme_names_stay_words_and_break_nothing(open_page: Any, tmp_path: Path) -> None:
    words = [*HOSTILE, "\U0001f9ea" * 300, "ä" * 400, "a b " * 2_500, '"><svg onload=alert(1)>', ""]
    told = said("Ann", "CONTESTED", when="March 2011", at="A meeting")
    file = tmp_path / "home.html"
    file.write_text(home([entry(at, name, name, name, told) for at, name in enumerate(words)]), encoding="utf-8")
    for width in (320, 1280):
        with open_page(file, width) as seen:
            seen.assert_quiet()
            seen.assert_fits()
            assert seen.page.locator("img, script[src], [onload], [onerror], [onclick]").count() == 0
            assert seen.page.locator(".journey").count() == len(words)
            assert seen.page.locator("svg.strip").count() == len(words)
            heights = seen.page.locator(".journey").evaluate_all("all => all.map((each) => each.offsetHeight)")
            assert max(heights) < 500


def test_two_thousand_journeys_are_folded_and_quick(open_page: Any, tmp_path: Path) -> None:
    claims = [
        said("Ann", kind, when=f"{month} 2011") for kind in ("INTRODUCED", "CONTESTED") for month in ("March", "May")
    ]
    many = [entry(at, f"Document {at}", f"Case {at % 20:02}", f"Site {at % 4}", *claims) for at in range(2_000)]
    began = time.monotonic()
    text = home(many)
    assert time.monotonic() - began < 30
    assert len(text) < 6_000_000
    file = tmp_path / "home.html"
    file.write_text(text, encoding="utf-8")
    with open_page(file) as seen:
        assert seen.page.locator(".group[open]").count() == 1
        assert seen.page.locator(".journey:visible").count() == 100
        seen.page.get_by_label("Filter").fill("document 1999")
        assert seen.page.locator(".journey:visible").count() == 1
        assert seen.page.locator("#filtered").inner_text() == "1 of 2000"
        seen.page.get_by_label("Filter").fill("")
        seen.page.get_by_label("Sort by").select_option("name")
        assert seen.page.locator(".journey-name a").nth(9).inner_text() == "D1 · Document 9"
        seen.assert_quiet()


def test_a_journey_of_many_steps_shows_some_and_says_so() -> None:
    claims = [
        said("Ann", "USED", when=f"{day} {month} 2011") for month in ("March", "May", "July") for day in range(1, 31)
    ]
    text = home([entry(1, "Much used", "A case", "A site", *claims)])
    assert text.count('<use href="#sign-used"') >= 60
    assert "30 more marks on its page" in text


def test_without_any_date_there_is_no_scale_of_time() -> None:
    text = home([entry(1, "Undated", "A case", "A site", said("Ann", "SUPPORTED"), said("Bea", "CONTESTED"))])
    assert "there is no scale of time" in text
    assert "1 supported" in text
    assert "1 contested" in text


def test_on_paper_each_page_of_strips_has_the_scale_of_time(open_page: Any, tmp_path: Path) -> None:
    """A head of a table is drawn on each page that the table goes on to. Its words stand above the lines of strips."""
    claims = [said("Ann", "INTRODUCED", when="March 2011"), said("Bea", "CONTESTED", when="May 2012")]
    file = tmp_path / "home.html"
    file.write_text(home([entry(at, f"Document {at}", "A case", "A site", *claims) for at in range(40)]), "utf-8")
    with open_page(file) as seen:
        seen.page.emulate_media(media="print")
        shown = "(each) => getComputedStyle(each).display"
        assert seen.page.locator(".scale").evaluate(shown) == "table-header-group"
        assert seen.page.locator(".strips").evaluate(shown) == "table"
        left = "(each) => each.getBoundingClientRect().left"
        line = "(each) => each.getBoundingClientRect().left + each.getBoundingClientRect().width"
        for measured in (left, line):
            scale, strip = (seen.page.locator(each).first.evaluate(measured) for each in (".scale svg", "svg.strip"))
            assert abs(scale - strip) < 2
        assert seen.page.pdf(prefer_css_page_size=True).count(b"/Type /Page\n") > 2
