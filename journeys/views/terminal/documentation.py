"""The pages of the documentation, for a terminal."""

from __future__ import annotations

from collections.abc import Iterable

from rich.console import Group, RenderableType
from rich.markdown import Markdown
from rich.table import Table
from rich.text import Text


def pages_view(pages: Iterable[tuple[str, str, str]]) -> RenderableType:
    """A list of pages, each given as its section, name and title."""
    sections: dict[str, Table] = {}
    for section, name, title in pages:
        if section not in sections:
            sections[section] = Table.grid(padding=(0, 2))
        sections[section].add_row(f"  {name}", title)
    parts: list[RenderableType] = []
    for section, table in sections.items():
        parts += [Text(section, style="bold"), table, Text()]
    return Group(*parts)


def page_view(text: str) -> RenderableType:
    """A page, with its Markdown set for a terminal."""
    return Markdown(text, hyperlinks=False)
