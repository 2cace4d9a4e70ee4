"""The documentation site: built without a warning or a network, and read from the disk in a browser."""

from __future__ import annotations

import os
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path
from urllib.parse import urlsplit
from urllib.request import url2pathname

import pytest
from playwright.sync_api import Page, sync_playwright

from tests.engines import ONLY_WITH_ALL

pytestmark = [pytest.mark.usefixtures("processes"), ONLY_WITH_ALL]

CHECKOUT = Path(__file__).resolve().parents[2]
SCRIPT = CHECKOUT / "scripts" / "docs_site.py"
NOTHING_ANSWERS = "http://127.0.0.1:9"
"""A proxy that is not there: whoever asks for something outside this machine gets an error."""


@pytest.fixture(scope="module")
def site(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The site, built once, with warnings as errors."""
    folder = tmp_path_factory.mktemp("site") / "documentation"
    code = "import pathlib, sys, docs_site; sys.exit(docs_site.written(pathlib.Path(sys.argv[1])))"
    built = subprocess.run(
        [sys.executable, "-c", code, str(folder)],
        env={
            **os.environ,
            "PYTHONPATH": os.pathsep.join(map(str, (CHECKOUT, SCRIPT.parent))),
            **dict.fromkeys(("http_proxy", "https_proxy", "HTTP_PROXY", "HTTPS_PROXY"), NOTHING_ANSWERS),
        },
        capture_output=True,
        encoding="utf-8",
        check=False,
    )
    assert built.returncode == 0, built.stdout + built.stderr
    return folder


@pytest.fixture(scope="module")
def reader(chromium: Path) -> Iterator[tuple[Page, list[str]]]:
    """A page of a browser, and all that it asks for and complains of."""
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=str(chromium), args=["--no-sandbox", "--disable-gpu"])
        page, seen = browser.new_page(viewport={"width": 1280, "height": 900}), []
        page.on("request", lambda request: seen.append(request.url))
        yield page, seen
        browser.close()


def test_the_site_is_not_written_among_other_files(site: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.syspath_prepend(str(SCRIPT.parent))
    from docs_site import chosen

    assert chosen([str(site)]) == site
    assert chosen([str(tmp_path / "new")]) == tmp_path / "new"
    (tmp_path / "thesis.docx").touch()
    for wrong in ([str(tmp_path)], [str(tmp_path / "thesis.docx")]):
        with pytest.raises(SystemExit, match="holds something else"):
            chosen(wrong)


def outside(seen: list[str]) -> list[str]:
    """What was asked for that is not in the folder of the site."""
    return [url for url in seen if not url.startswith(("file:", "data:"))]


def test_every_page_opens_from_the_disk_and_asks_for_nothing_else(site: Path, reader: tuple[Page, list[str]]) -> None:
    page, seen = reader
    pages = sorted(each for each in site.rglob("*.html") if "genindex" not in each.name)
    assert len(pages) > 25
    for each in pages:
        page.goto(each.as_uri())
        assert page.locator("h1").count() == 1 or each.name == "search.html", each.name
    assert outside(seen) == []
    asked = {Path(url2pathname(urlsplit(url).path)) for url in seen if url.startswith("file:")}
    assert sorted(each for each in asked if not each.exists()) == []


def test_search_works_from_the_disk(site: Path, reader: tuple[Page, list[str]]) -> None:
    page, seen = reader
    page.goto((site / "index.html").as_uri())
    page.get_by_role("textbox", name="Search").first.fill("Krippendorff")
    page.keyboard.press("Enter")
    found = page.locator("#search-results li a").first
    found.wait_for(timeout=10_000)
    assert found.inner_text()
    found.click()
    assert "Krippendorff" in page.locator("article").inner_text()
    assert outside(seen) == []


def test_no_page_names_a_server_that_it_would_load_from(site: Path) -> None:
    loads = [
        (each.name, line.strip())
        for each in [*site.rglob("*.html"), *site.rglob("*.css")]
        for line in each.read_text(encoding="utf-8").splitlines()
        if any(mark in line for mark in ('src="http', 'src="//', 'href="//', "url(http", "url(//", "@import"))
    ]
    assert loads == []
