"""The atlas: every journey and every site, linked, in pages that need nothing but themselves."""

from __future__ import annotations

import re
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest


def links(page: Path) -> list[str]:
    return re.findall(r'href="([^"#][^"]*)"', page.read_text(encoding="utf-8"))


def test_every_journey_and_site_is_on_the_first_page(atlas: Path) -> None:
    reached = {(atlas.parent / link).resolve() for link in links(atlas)}
    # the sites, all together, and the comparison of two
    for folder, number in (("journeys", 25), ("sites", 5)):
        pages = {page.resolve() for page in (atlas.parent / folder).glob("*.html")}
        assert len(pages) == number
        assert pages <= reached


def test_the_command_says_where_it_is_and_the_same_data_give_the_same_bytes(
    demo_study: Callable[..., Any], run_cli: Any, atlas: Path, tmp_path: Path
) -> None:
    told = run_cli("--study", demo_study("embedded").folder, "atlas", "-o", "pages")
    assert (told.code, told.stdout.strip()) == (0, str(Path("pages") / "index.html"))
    for page in (tmp_path / "pages").rglob("*.*"):
        assert page.read_bytes() == (atlas.parent / page.relative_to(tmp_path / "pages")).read_bytes()


def test_pages_of_what_is_gone_go_and_other_files_stay(
    demo_study: Callable[..., Any], run_cli: Any, tmp_path: Path
) -> None:
    folder = tmp_path / "pages" / "journeys"
    folder.mkdir(parents=True)
    (folder / "old.html").write_text("<p>Made by evidence-journeys.</p>", encoding="utf-8")
    (folder / "mine.html").write_text("<p>my notes</p>", encoding="utf-8")
    assert run_cli("--study", demo_study("embedded").folder, "atlas", "-o", "pages").code == 0
    assert not (folder / "old.html").exists()
    assert (folder / "mine.html").exists()


def test_a_study_of_which_nothing_was_loaded_has_none(run_cli: Any, tmp_path: Path) -> None:
    assert run_cli("new", "empty").code == 0
    told = run_cli("--study", "empty", "atlas")
    assert told.code == 1
    assert "Nothing of the study has been loaded yet" in told.stderr
    assert not (tmp_path / "empty" / "out" / "atlas").exists()


def test_a_study_without_documents_has_an_atlas(run_cli: Any, tmp_path: Path) -> None:
    assert run_cli("new", "small").code == 0
    registers = "sites:\n  - {id: north, pseudonym: Northtown}\n"
    (tmp_path / "small" / "registers.yaml").write_text(registers, encoding="utf-8")
    for spare in (tmp_path / "small").glob("registers.xlsx"):
        spare.unlink()
    loaded = run_cli("--study", "small", "load")
    assert loaded.code == 0, loaded.stderr
    told = run_cli("--study", "small", "atlas")
    assert told.code == 0, told.stderr
    assert "no documents or pieces of evidence in the graph yet" in Path(tmp_path / told.stdout.strip()).read_text(
        encoding="utf-8"
    )


@pytest.mark.parametrize("width", [1280, 861, 700, 320])
@pytest.mark.parametrize("medium", ["screen", "print"])
def test_no_word_of_the_home_page_is_broken(open_page: Any, atlas: Path, width: int, medium: str) -> None:
    with open_page(atlas, width) as seen:
        seen.page.emulate_media(media=medium)
        seen.assert_words_are_whole(".journey-name, .journey-facts, .tiles li, .cards li, .lead")
        seen.assert_fits()


@pytest.mark.parametrize("width", [1280, 400])
def test_words_narrow_the_list_and_a_link_opens_a_journey(open_page: Any, atlas: Path, width: int) -> None:
    with open_page(atlas, width) as seen:
        seen.page.get_by_label("Filter").fill("therapies business")
        assert seen.page.locator(".journey:visible").count() == 1
        assert seen.page.locator("#filtered").inner_text() == "1 of 25"
        seen.assert_quiet()
        seen.assert_fits()
        seen.page.locator(".journey:visible a").click()
        assert "Business case for talking therapies" in seen.page.locator("h1").inner_text()
        assert seen.console == []


def test_journeys_are_sorted_narrowed_to_a_place_and_put_back(open_page: Any, atlas: Path) -> None:
    with open_page(atlas) as seen:
        names = seen.page.locator(".journey-name a")
        before = names.all_inner_texts()
        seen.page.get_by_label("Sort by").select_option("-claims")
        assert names.first.inner_text() == "D07 · Diabetes health needs assessment"
        claims = [int(each.get_attribute("data-claims")) for each in seen.page.locator(".journey").all()]
        assert claims == sorted(claims, reverse=True)
        assert "Northtown" in seen.page.locator(".journey:visible .journey-case").first.inner_text()
        seen.page.get_by_label("Show").select_option("site:Westbury")
        assert 0 < seen.page.locator(".journey:visible").count() < len(before)
        seen.page.get_by_label("Sort by").select_option("first")
        days = [each.get_attribute("data-first") for each in seen.page.locator(".journey").all()]
        assert [day for day in days if day] == sorted(filter(None, days))
        assert days == sorted(days, key=lambda day: not day)  # those without a date stand last
        seen.page.get_by_label("Show").select_option("")
        seen.page.get_by_label("Sort by").select_option("")
        assert names.all_inner_texts() == before
        seen.assert_quiet()


def test_the_choice_of_colours_is_kept_from_page_to_page(open_page: Any, atlas: Path) -> None:
    ground = "getComputedStyle(document.documentElement).backgroundColor"
    with open_page(atlas) as seen:
        light = seen.page.evaluate(ground)
        seen.page.get_by_label("Colours").select_option("dark")
        dark = seen.page.evaluate(ground)
        assert dark != light
        seen.page.locator(".journey-name a").first.click()
        assert seen.page.evaluate(ground) == dark
        seen.page.emulate_media(media="print")
        assert seen.page.evaluate(ground) != dark
        seen.page.emulate_media(media="screen")
        seen.page.get_by_role("navigation", name="Breadcrumbs").get_by_text("Home").click()
        seen.page.get_by_label("Colours").select_option("")
        assert seen.page.evaluate(ground) == light
        seen.page.emulate_media(color_scheme="dark")
        assert seen.page.evaluate(ground) == dark
        assert seen.console == []
