"""The journey page in a real browser: from a mark to the form cell, by mouse and by keyboard; nothing else runs."""

from __future__ import annotations

import html
import json
import re
import xml.etree.ElementTree as ET
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
import yaml

import journeys
from journeys.analysis.trace.journey import Journey
from journeys.views.pages.frame import PageFrame
from journeys.views.pages.journey import journey_page
from journeys.views.pictures.journey_map import journey_map
from tests.views.hostile_words import HOSTILE

WIDE, NARROW = 1280, 400


@pytest.fixture(scope="module")
def page(demo_study: Callable[..., Any], tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The page of document D07, written by the command."""
    return written(demo_study("embedded").folder, "D07", tmp_path_factory.mktemp("page") / "D07.html")


def written(folder: Path, ref: str, file: Path) -> Path:
    import journeys

    study = journeys.open(folder)
    with study.store():
        journey = study.trace(ref)
        study.write(journey, file)
        study.write(journey, file.with_suffix(".svg"))
    return file


def test_the_ending_decides_what_the_command_writes(
    demo_study: Callable[..., Any], run_cli: Any, tmp_path: Path
) -> None:
    folder = demo_study("embedded").folder
    for ending in ("html", "svg", "json", "txt"):
        told = run_cli("--study", folder, "trace", "D07", "-o", f"out/new/D07.{ending}")
        assert (told.code, told.stdout) == (0, "")
        assert f"D07.{ending} is written." in told.stderr
        assert ("opens in any browser" in told.stderr) == (ending in ("html", "svg"))
        if ending != "txt":
            again = run_cli("--study", folder, "trace", "D07", "--format", ending, "-o", "-")
            assert again.stdout == (tmp_path / "out" / "new" / f"D07.{ending}").read_text(encoding="utf-8")
    assert json.loads((tmp_path / "out" / "new" / "D07.json").read_bytes())["document"]["doc_number"] == "D07"
    picture = run_cli("--study", folder, "trace", "D07", "-o", "out/new/D07.png")
    assert (picture.code, picture.stdout) == (0, "")
    drawn = (tmp_path / "out" / "new" / "D07.png").read_bytes()
    assert (drawn[:4], int.from_bytes(drawn[16:20], "big")) == (b"\x89PNG", 3 * 1130)
    assert "Diabetes health needs assessment" in (tmp_path / "out" / "new" / "D07.txt").read_text(encoding="utf-8")


@pytest.mark.parametrize("width", [WIDE, NARROW])
def test_from_the_map_to_the_cell_by_click(open_page: Any, page: Path, width: int) -> None:
    with open_page(page, width) as seen:
        contested = seen.page.locator(".map-frame svg.map a" if width > 700 else ".down-frame a", has_text="contested")
        contested.click()
        detail = seen.page.locator("#detail").inner_text()
        assert "You asked us, and then you left it out." in detail
        assert "Observation of the Redesign Group in April" in detail
        assert "forms/INVENTED D07.xlsx > Who did what > A" in detail
        number = contested.get_attribute("data-step")
        seen.page.locator("#detail a").click()
        assert seen.page.locator(f"#step-{number} .claim:target:visible").count() == 1
        seen.assert_quiet()
        seen.assert_fits()


def test_from_the_map_to_the_cell_by_keyboard(open_page: Any, page: Path) -> None:
    with open_page(page) as seen:
        seen.page.keyboard.press("Tab")
        assert seen.page.evaluate("document.activeElement.className") == "skip"
        for _ in range(3):
            seen.page.keyboard.press("Tab")
        seen.page.keyboard.press("Enter")
        assert seen.page.url.endswith("#map-head")
        for _ in range(3):
            seen.page.keyboard.press("Tab")
            if seen.page.evaluate("document.activeElement.dataset && document.activeElement.dataset.step") == "1":
                break
        seen.page.keyboard.press("End")
        assert seen.page.evaluate("document.activeElement.dataset.step") == "37"
        seen.page.keyboard.press("Home")
        seen.page.keyboard.press("ArrowRight")
        assert seen.page.evaluate("document.activeElement.dataset.step") == "2"
        seen.page.keyboard.press("Enter")
        assert "D07.xlsx > Document > B7" in seen.page.locator("#detail").inner_text()
        assert seen.page.locator('svg.map a[aria-current="true"]').get_attribute("data-step") == "2"
        # the map is one stop: the next is what was chosen, and the next the way to its row; back leads to the mark
        for expected in ("detail", "Go to this step in the table"):
            seen.page.keyboard.press("Tab")
            assert seen.page.evaluate("document.activeElement.id || document.activeElement.textContent") == expected
        seen.page.keyboard.press("Enter")
        assert seen.page.locator("#step-2 .claim:target:visible").count() == 1
        seen.assert_quiet()


def test_from_the_summary_to_the_sources_without_a_script(browser: Any, page: Path) -> None:
    with browser.new_context(java_script_enabled=False) as context:
        seen = context.new_page()
        seen.goto(page.as_uri())
        told = seen.locator(".summary dd").nth(3).inner_text()
        assert "contested by Mina V. (on the reasons given for late presentation)" in told
        reference = seen.locator(".summary dd").nth(3).locator(".refs a").first
        number = reference.inner_text()
        reference.click()
        card = seen.locator(f"#step-{number} .claim:target")
        assert card.is_visible()
        assert "Mina V." in card.inner_text()
        assert "You asked us, and then you left it out." in card.inner_text()


def test_the_table_says_the_same_as_the_map_without_a_script(open_page: Any, page: Path) -> None:
    with open_page(page) as seen:
        rows = seen.page.locator("tr[id^=step-]").evaluate_all("all => all.map(r => r.id.slice(5))")
        marks = seen.page.locator(".map-frame a[data-step]").evaluate_all("all => all.map(a => a.dataset.step)")
        turned = seen.page.locator(".down-frame a[data-step]").evaluate_all("all => all.map(a => a.dataset.step)")
        assert sorted(marks) == sorted(turned)
        described = seen.page.locator(".about .refs a").all_inner_texts()
        assert "Recommends" in seen.page.locator(".about dt").all_inner_texts()
        # what happened stands on the map, what it is or says in the panel: each step in one of them
        assert sorted([*marks, *described], key=int) == sorted(rows, key=int)
        # and in the table the events come first
        assert set(rows[: len(marks)]) == set(marks)
        row = seen.page.locator(f"#step-{rows[0]}")
        row.locator("summary").click()
        assert "Who did what" in row.locator(".address").first.inner_text()
        undated = seen.page.locator("tr[id^=step-]", has_text="no date known").count()
        assert undated > 5
        assert seen.page.locator("#accounts > li").count() == 3


def test_every_row_opens_at_once(open_page: Any, page: Path) -> None:
    with open_page(page) as seen:
        seen.page.get_by_role("button", name="Show all sources").click()
        assert seen.page.locator(".steps .address:visible").count() >= 47
        seen.page.get_by_role("button", name="Hide all sources").click()
        assert seen.page.locator(".steps .address:visible").count() == 0


def test_scopes_and_dates_are_written_as_within_a_sentence(page: Path) -> None:
    text = page.read_text(encoding="utf-8")
    assert "(verbatim, high confidence, ethnicity-specific)" in text
    assert "before 1 April 2011 (“before April 2011”)" in text


@pytest.mark.parametrize("width", [WIDE, NARROW])
def test_who_is_only_inferred_is_not_named_among_those_a_source_names(open_page: Any, page: Path, width: int) -> None:
    with open_page(page, width) as seen:
        referred = seen.page.locator("svg.map a:visible", has_text="referred to: ")
        labels = [" ".join(each.locator("text").all_text_contents()) for each in referred.all()]
        assert ["Ann N." in label for label in labels] == [
            "Dr G. P." not in label and "Sam S." not in label for label in labels
        ]
        assert sum("Dr G. P." in label for label in labels) == 1
        mark = referred.filter(has_text="Dr G. P.")
        assert mark.locator(".sign").get_attribute("fill") == "#ffffff"
        mark.click()
        detail = seen.page.locator("#detail")
        assert "Dr G. P. referred to it" in detail.inner_text()
        assert "Ann N." not in detail.inner_text()
        assert "Inferred from 1 claim shown here: line 191" in detail.inner_text()
        detail.get_by_role("link", name="line 191").click()
        assert "forms/INVENTED obs-R3.txt > Who did what > line 191" in seen.page.locator(".claim:target").inner_text()
        row = seen.page.locator(f"#step-{mark.get_attribute('data-step')}")
        assert row.locator("summary").inner_text() == "inferred"
        seen.assert_quiet()


@pytest.mark.parametrize("width", [1280, 861, 700])
@pytest.mark.parametrize("medium", ["screen", "print"])
def test_no_word_of_a_table_is_broken(open_page: Any, page: Path, width: int, medium: str) -> None:
    with open_page(page, width) as seen:
        seen.page.emulate_media(media=medium)
        seen.assert_words_are_whole(".steps td, .steps th")
        seen.assert_fits()


def test_the_saved_map_is_a_picture_by_itself(open_page: Any, page: Path, tmp_path: Path) -> None:
    with open_page(page) as seen:
        with seen.page.expect_download() as download:
            seen.page.get_by_role("button", name="Download SVG").click()
        assert download.value.suggested_filename == "D07-Diabetes-health-needs-assessment.svg"
        saved = tmp_path / "saved.svg"
        download.value.save_as(saved)
        seen.assert_quiet()
    for file in (saved, page.with_suffix(".svg")):
        root = ET.parse(file).getroot()
        words = " ".join(root.itertext())
        assert root.tag == "{http://www.w3.org/2000/svg}svg"
        assert "Diabetes Redesign Group" in words
        assert "contested: Lee B. and Mina V." in words
        assert "reported not to have happened" in words
        assert "on or before this day" in words
        assert not root.findall(".//{http://www.w3.org/2000/svg}script")
        assert b"aria-hidden" not in file.read_bytes()
        assert "Journey of D07 Diabetes health needs assessment" in words
        assert "n = 25 events, 8 of them undated; 47 claims from 12 sources." in words
    assert b"href" not in saved.read_bytes()


def test_a_long_journey_takes_few_pages_of_paper(open_page: Any, page: Path) -> None:
    """Forty-two steps with all their sources; twenty-two pages when two fifths of each were empty."""
    with open_page(page) as seen:
        assert seen.page.pdf(prefer_css_page_size=True).count(b"/Type /Page\n") <= 17


def test_the_figure_as_png_and_as_pdf(open_page: Any, page: Path, tmp_path: Path) -> None:
    with open_page(page) as seen:
        seen.page.emulate_media(color_scheme="dark")  # a figure for a paper is light all the same
        with seen.page.expect_download() as download:
            seen.page.get_by_role("button", name="Download PNG").click()
        download.value.save_as(tmp_path / "D07.png")
        picture = (tmp_path / "D07.png").read_bytes()
        assert picture[:8] == b"\x89PNG\r\n\x1a\n"
        assert int.from_bytes(picture[16:20], "big") == 3 * 1130
        seen.page.evaluate("window.print = () => {}")
        seen.page.get_by_role("button", name="Download PDF").click()
        assert seen.page.locator("#sheet text").first.evaluate("each => each.textContent").startswith("Journey of D07")
        printed = seen.page.pdf(prefer_css_page_size=True)
        assert printed.count(b"/Type /Page\n") == 1  # the figure, and nothing else of the page
        assert b"/Subtype /Image" not in printed  # lines and letters
        assert seen.page.locator("#sheet").count() == 0
        seen.assert_quiet()


@pytest.mark.parametrize("width", [699, 375, 320])
def test_on_a_narrow_screen_time_runs_downwards_and_every_mark_is_seen(open_page: Any, page: Path, width: int) -> None:
    with open_page(page, width) as seen:
        assert not seen.page.locator(".map-frame").is_visible()
        marks = seen.page.locator(".down-frame a[data-step]")
        boxes = [mark.bounding_box() for mark in marks.all()]
        assert len(boxes) == 25
        assert all(box and box["x"] >= 0 and box["x"] + box["width"] <= width for box in boxes)
        heights = [box["y"] for box in boxes if box]
        assert heights == sorted(heights)
        seen.assert_fits()


def test_lane_names_stay_in_view_while_the_map_scrolls(open_page: Any, page: Path) -> None:
    with open_page(page, 800) as seen:
        seen.page.locator(".map-frame").evaluate("each => { each.scrollLeft = 9999; }")
        left = seen.page.locator(".map-frame").evaluate("each => each.getBoundingClientRect().left")
        head = seen.page.locator(".map-heads").evaluate("each => each.getBoundingClientRect().left")
        assert abs(head - left) <= 1.5
        assert seen.page.locator(".map-heads text", has_text="Diabetes Redesign Group").is_visible()


def test_one_source_at_a_time(open_page: Any, page: Path) -> None:
    with open_page(page) as seen:
        assert seen.page.locator("#accounts .account:visible").count() == 9
        seen.page.get_by_label("Account of").select_option(label="Interview with the community worker")
        shown = seen.page.locator("#accounts .account:visible")
        assert [each.locator("h3").inner_text() for each in shown.all()] == ["Interview with the community worker"] * 2
        assert seen.page.locator("#accounts > li:visible").count() == 2
        seen.page.get_by_label("Account of").select_option("")
        assert seen.page.locator("#accounts .account:visible").count() == 9


def test_the_page_is_small_by_itself_and_in_the_atlas(page: Path, atlas: Path) -> None:
    assert page.stat().st_size < 120_000
    sizes = {each.name: each.stat().st_size for each in (atlas.parent / "journeys").glob("*.html")}
    assert len(sizes) > 20
    assert {name: size for name, size in sizes.items() if size >= 120_000} == {}


@pytest.fixture(scope="module")
def hostile(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A study whose every name and word is an attempt on the page."""
    import journeys
    from journeys.interpret.new_study import new_study

    folder = tmp_path_factory.mktemp("hostile") / "study"
    new_study(folder, title="</title><script>alert(1)</script>", registers="yaml")
    registers = {
        "registers": 1,
        "sites": [{"id": "s", "pseudonym": HOSTILE[0]}],
        "case_studies": [{"id": "c", "title": HOSTILE[5], "site": "s"}],
        "people": [{"id": f"p{n}", "pseudonym": f"{n} {name}", "site": "s"} for n, name in enumerate(HOSTILE)],
        "documents": [{"case": "c", "doc_number": "D1", "title": HOSTILE[0] + HOSTILE[3]}],
        "sources": [{"id": "i", "kind": "Interview", "description": HOSTILE[0], "case": "c"}],
    }
    rows = [
        {
            "who": f"p{n}",
            "did_what": did,
            "to_what": "D1",
            "source": "i",
            "quote": text,
            "note": text,
            "place": text[:99],
        }
        for n, text in enumerate(HOSTILE)
        for did in ("contested", "introduced")
    ]
    form = {
        "form": "document_extraction_template",
        "version": 1,
        "header": {"case_study_and_site": "c", "name_of_document": HOSTILE[0] + HOSTILE[3], "document_number": "D1"},
        "document_content": {},
        "document_journey": {},
        "who_did_what": [{**row, "when": "2011-03-05"} if row["did_what"] == "introduced" else row for row in rows],
    }
    for name, content in (("registers.yaml", registers), ("forms/D1.yaml", form)):
        (folder / name).write_text(yaml.safe_dump(content, allow_unicode=True), encoding="utf-8")
    journeys.open(folder).load()
    return folder


def test_every_answer_of_the_form_and_who_took_on_what_at_its_meetings_are_on_the_page(page: Path) -> None:
    """What is said is compared with the form itself, so that a question that the page leaves out is seen."""
    forms = Path(journeys.__file__).parent / "demo" / "forms"
    form = yaml.safe_load((forms / "D07.xlsx.yaml").read_text(encoding="utf-8"))
    named = {"introduced_by", "contributors", "intended_audience", "commissioning_elements"}  # names, which are steps

    def answers(held: Any) -> Any:
        if isinstance(held, dict):
            yield from [held["answer"]] if "answer" in held else []
            for name, below in held.items():
                yield from answers(below) if name not in named else ()

    said = [each for part in ("document_content", "document_journey") for each in answers(form[part])]
    shown = html.unescape(re.sub(r"<[^>]+>", "", page.read_text(encoding="utf-8")))
    assert len(said) > 15
    assert [each for each in said if each not in shown] == []
    actions = " ".join(shown.split())
    assert "Sam S. took away Cost two community clinics (6 April 2011)" in actions
    assert "Northtown diabetes redesign resulted in Cost two community clinics (8 June 2011)" in actions


@pytest.mark.parametrize("width", [WIDE, NARROW])
def test_hostile_words_are_words(open_page: Any, hostile: Path, tmp_path: Path, width: int) -> None:
    page = written(hostile, "D1", tmp_path / "D1.html")
    with open_page(page, width) as seen:
        for mark in seen.page.locator("svg.map a[data-step]:visible").all():
            mark.click(force=True)
        seen.page.locator("summary").evaluate_all("all => all.forEach(each => each.click())")
        assert seen.page.evaluate("document.querySelectorAll('img, b, [onclick], [onerror]').length") == 0
        assert "<img src=x onerror=alert(1)>" in seen.page.locator("h1").inner_text()
        shown = seen.page.locator("table").inner_text()
        assert "javascript:alert(1)" in shown
        assert "{{ 7*7 }}" in shown
        assert "\u202e" not in shown
        assert "\u2028" not in page.read_text(encoding="utf-8")
        seen.assert_quiet()
        seen.assert_fits()
    ET.parse(page.with_suffix(".svg"))


def test_the_policy_names_every_script_and_style_and_nothing_else(page: Path) -> None:
    import re

    text = page.read_text(encoding="utf-8")
    (policy,) = re.findall(r'Content-Security-Policy" content="([^"]+)"', text)
    assert "default-src 'none'" in policy
    assert "unsafe" not in policy
    assert len(re.findall(r"<script>", text)) == len(re.findall("sha256-", policy.partition("style-src")[0])) > 0
    assert not re.search(
        r"\son\w+=|(?:src|href)=\"(?:https?:)?//|\sstyle=", re.sub(r"<script>.*?</script>", "", text, flags=re.S)
    )


def test_a_link_to_a_claim_survives_when_earlier_steps_are_loaded(opened_demo: journeys.Study) -> None:
    journey = opened_demo.trace("D07")
    fewer = replace(journey, steps=journey.steps[2:], disagreements=())

    def places(shown: Journey) -> dict[str, str]:
        """Each place that a claim is linked at, with the claim's card."""
        text = journey_page(shown, journey_map(shown), PageFrame("A study"))
        assert set(re.findall(r'href="#(c[0-9a-f]{10})"', text)) <= set(re.findall(r'id="(c[0-9a-f]{10})"', text))
        return dict(re.findall(r'<div class="claim[^"]*" id="(c[0-9a-f]{10})">\n(.*?)\n</div>', text, re.S))

    before, after = places(fewer), places(journey)
    assert len(after) == 59
    assert before.items() < after.items()
