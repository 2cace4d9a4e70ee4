"""The pages of the documentation, which ship with the program so that they are there without a network."""

from __future__ import annotations

import re
from dataclasses import dataclass
from pathlib import Path

from journeys.model.identity import folded
from journeys.model.problems import UsageProblem
from journeys.model.resources import resource_folder
from journeys.model.suggestions import did_you_mean
from journeys.study.output import Output

_SECTIONS = {
    "tutorial": "Learn",
    "howto": "How to",
    "": "Subjects",
    "reference": "Reference",
    "explanation": "Explanation",
}
"""The folders of pages in the order in which they are listed, with what they are called."""
_ONLY_ON_THE_SITE = {"index", "commands", "python"}
_UNSEEN = re.compile(r"^ *<!--.*?-->\n|^( *)(```+)\{.*?^\1\2\n?", re.MULTILINE | re.DOTALL)
"""What Sphinx reads and people do not: directives, and comments for tests."""
_LINK = re.compile(r"\[([^\]]+)\]\((?:\.\./|\w+/)*([\w-]+)\.md(?:#[^)]*)?\)")
_PICTURE = re.compile(r"^!\[(.*?)\]\(.*?\)$", re.MULTILINE)


@dataclass(frozen=True, slots=True)
class DocumentationPage:
    """A page: the name by which it is asked for, its heading, the section it is listed in, and its Markdown."""

    name: str
    title: str
    section: str
    text: str


def documentation_output(words: str = "") -> Output:
    """How the documentation is shown: the page that ``words`` names, else the pages that hold these words.

    Without words, all pages are listed. Raises UsageProblem where nothing is found.
    """
    from journeys.views.terminal.documentation import page_view, pages_view

    pages = documentation()
    named = next((page for page in pages if words and _plain(page.name) == _plain(words)), None)
    if named is not None:
        return Output("A page of the documentation", lambda: page_view(named.text), {})
    found = [(page.section, page.name, page.title) for page in pages if _has(page, words)]
    if not found:
        hint = did_you_mean(words, [page.name for page in pages]) or " `journeys docs` lists all pages."
        raise UsageProblem(f"No page of the documentation is called {words!r} or has these words.{hint}")
    return Output("The documentation", lambda: pages_view(found), {})


def documentation() -> list[DocumentationPage]:
    """The pages that can be read in a terminal, in the order in which they are listed.

    What is made when the site is built is not among them: ``journeys COMMAND --help`` tells the same of commands.
    """
    folder = resource_folder("docs")
    paths = [(path, section) for part, section in _SECTIONS.items() for path in sorted((folder / part).glob("*.md"))]
    return [_read(path, section) for path, section in paths if path.stem not in _ONLY_ON_THE_SITE]


def _read(path: Path, section: str) -> DocumentationPage:
    text = path.read_text(encoding="utf-8")
    title = text.partition("\n")[0].removeprefix("# ").strip()
    for pattern, instead in ((_UNSEEN, ""), (_PICTURE, r"*Picture: \1*"), (_LINK, r"\1 (`journeys docs \2`)")):
        text = pattern.sub(instead, text)
    return DocumentationPage(path.stem, title, section, text)


def _has(page: DocumentationPage, words: str) -> bool:
    text = folded(page.text)
    return all(word in text for word in folded(words).split())


def _plain(name: str) -> str:
    return name.casefold().rpartition("/")[2].removesuffix(".md").replace("_", " ").replace("-", " ")
