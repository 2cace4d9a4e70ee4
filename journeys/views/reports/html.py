"""A report as one page that opens offline."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from typing import Any

from markupsafe import Markup, escape

from journeys.views.render import asset, render
from journeys.views.reports.model import (
    Bullets,
    Captions,
    Endnotes,
    Figure,
    Heading,
    Line,
    Paragraph,
    Report,
    Run,
    Table,
    numbered,
    parted,
)
from journeys.views.text import printable_lines, sanitized


def html(report: Report) -> str:
    """The page: every word as text, pictures in place, and the endnotes linked both ways."""
    written = _Page(numbered(report))
    blocks = list(written.blocks(report))
    notes = [(number, sanitized(note.words)) for number, note in written.endnotes]
    return render(
        "report.html.j2",
        title=f"{report.title}, {report.study}" if report.study else report.title,
        styles=[asset("report.css")],
        heading=report.title,
        subtitle=report.subtitle,
        blocks=blocks,
        notes=notes,
        study_title=report.study,
        study_note=report.notice,
        links=(),
        trail=(),
        stated=(),
        home="",
        up="",
    )


_TAGS = {
    "code": Markup("<code>{}</code>"),
    "strong": Markup("<strong>{}</strong>"),
    "emphasis": Markup("<em>{}</em>"),
    "struck": Markup("<s>{}</s>"),
    "quiet": Markup('<span class="quiet">{}</span>'),
    "super": Markup("<sup>{}</sup>"),
    "sub": Markup("<sub>{}</sub>"),
    "changed": Markup("<mark>{}</mark>"),
}
_LINK = Markup('<a href="{}" rel="noreferrer">{}</a>')
_DEEPEST = 6


class _Page:
    def __init__(self, endnotes: Endnotes) -> None:
        self.endnotes = endnotes
        self._captions = Captions()
        self._referred: set[int] = set()

    def blocks(self, report: Report) -> Iterator[dict[str, Any]]:
        for block in report.blocks:
            match block:
                case Heading():
                    yield {"kind": "heading", "level": min(block.level, 4) + 1, "words": block.words}
                case Paragraph():
                    yield {"kind": block.style, "words": self._line(block.line)}
                case Bullets():
                    told = [self._line(each) for each in block.lines]
                    yield {"kind": "bullets", "lines": told, "level": min(block.level, _DEEPEST),
                           "numbering": block.numbering, "first": block.first}  # fmt: skip
                case Table(rows=()):
                    yield {"kind": "quiet", "words": sanitized(block.empty)}
                case Table():
                    yield self._table(block)
                case Figure():
                    caption = self._captions.caption(block)
                    yield {"kind": "figure", "svg": Markup(block.svg), "caption": caption, "alt": block.alt}

    def _table(self, block: Table) -> dict[str, Any]:
        whole = sum(column.weight for column in block.columns)
        widths = [f"w{max(1, round(20 * column.weight / whole))}" for column in block.columns]
        return {
            "kind": "table",
            "caption": self._captions.caption(block),
            "columns": list(zip((column.heading for column in block.columns), widths, strict=True)),
            "rows": [[[self._line(each) for each in cell] for cell in row] for row in block.rows],
        }

    def _line(self, parts: Line) -> Markup:
        made = Markup("")
        for run in parts:
            words, behind = parted(run)
            made += self._run(replace(run, words=words))
            made += Markup("").join(self._reference(self.endnotes.number(note)) for note in run.notes) + behind
        return made

    def _run(self, run: Run) -> Markup:
        lines = printable_lines(run.words).split("\n")
        made = Markup("<br>").join(escape(each) if run.code else _words(each) for each in lines)
        for name in ("code", "strong", "emphasis", "struck", "quiet"):
            made = _TAGS[name].format(made) if getattr(run, name) else made
        made = _TAGS[run.raised].format(made) if run.raised else made
        if run.link:
            made = _LINK.format(run.link, made) if run.opens else Markup("{} ({})").format(made, sanitized(run.link))
        return _TAGS["changed"].format(made) if run.changed else made

    def _reference(self, number: int) -> Markup:
        anchor = Markup("") if number in self._referred else Markup(' id="r{}"').format(number)
        self._referred.add(number)
        return Markup('<sup class="ref"><a{} href="#n{}">{}</a></sup>').format(anchor, number, number)


def _words(words: str) -> Markup:
    """Words of one line; ``sanitized`` takes the spaces that part them from the next."""
    bare = words.strip()
    if not bare:
        return escape(words)
    before, behind = words[: len(words) - len(words.lstrip())], words[len(words.rstrip()) :]
    return escape(f"{before and ' '}{sanitized(bare)}{behind and ' '}")
