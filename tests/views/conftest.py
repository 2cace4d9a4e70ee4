"""A page in a real browser, opened from its file: what it logs, what it asks the network for, how wide it gets."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager, contextmanager
from dataclasses import dataclass, field
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Page, sync_playwright

ARGUMENTS = ["--no-sandbox", "--disable-gpu", "--disable-background-networking", "--disable-component-update"]
WIDE = 1280
BROKEN_WORDS = """all => all.flatMap((cell) => {
  const broken = [];
  const texts = document.createTreeWalker(cell, NodeFilter.SHOW_TEXT);
  while (texts.nextNode()) {
    for (const word of texts.currentNode.data.matchAll(/[\\p{L}\\p{N}]+/gu)) {
      const range = document.createRange();
      range.setStart(texts.currentNode, word.index);
      range.setEnd(texts.currentNode, word.index + word[0].length);
      const boxes = [...range.getClientRects()];
      const right = cell.getBoundingClientRect().right;
      if (boxes.some((box) => box.top !== boxes[0].top || box.right > right + 1)) broken.push(word[0]);
    }
  }
  return broken;
})"""
"""The words in elements that go on in a second line, or beyond their element."""


@dataclass
class Opened:
    """The page, and what it should have none of."""

    page: Page
    console: list[str] = field(default_factory=list)
    requests: list[str] = field(default_factory=list)

    def assert_quiet(self) -> None:
        """Nothing was logged, and nothing was asked for but the file and what the pages of its atlas share."""
        assert self.console == []
        assert [url for url in self.requests if not url.startswith(("file:", "data:", "blob:"))] == []
        assert len([url for url in self.requests if url.startswith("file:") and "/shared/" not in url]) <= 1

    def assert_fits(self) -> None:
        """The page does not scroll sideways; a part of it may, inside itself."""
        assert self.page.evaluate("document.documentElement.scrollWidth <= document.documentElement.clientWidth")

    def assert_words_are_whole(self, cells: str) -> None:
        """No word in these elements is broken, or stands in what is beside them."""
        assert self.page.locator(cells).evaluate_all(BROKEN_WORDS) == []


OpenPage = Callable[..., AbstractContextManager[Opened]]


@pytest.fixture(scope="module")
def browser(chromium: Path) -> Iterator[Browser]:
    """One browser for a file of tests. Not for all: while it runs, nothing else in this process can use asyncio."""
    with sync_playwright() as playwright:
        started = playwright.chromium.launch(executable_path=str(chromium), args=ARGUMENTS)
        yield started
        started.close()


@pytest.fixture
def open_page(browser: Browser) -> OpenPage:
    """``with open_page(file, width=400) as seen:`` opens a page as a person does by a double click."""

    def opening(file: Path, width: int = WIDE) -> AbstractContextManager[Opened]:
        return _opened(browser, file, width)

    return opening


@contextmanager
def _opened(browser: Browser, file: Path, width: int) -> Iterator[Opened]:
    # A context of its own: nothing is left of what another test did.
    with browser.new_context(viewport={"width": width, "height": 900}) as context:
        page = context.new_page()
        seen = Opened(page)
        page.on("console", lambda message: seen.console.append(message.text))
        page.on("pageerror", lambda error: seen.console.append(str(error)))
        page.on("dialog", lambda dialog: (seen.console.append(f"dialog: {dialog.message}"), dialog.dismiss()))
        page.on("request", lambda request: seen.requests.append(request.url))
        page.goto(file.as_uri())
        yield seen
