"""A report of the team's own in Markdown: headings, lists, quotes, tables, and bold, italic and linked words."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING
from urllib.parse import quote

from journeys.study.living.blocks import OwnCell, TemplateBlock
from journeys.study.living.marks import braces
from journeys.views.reports.model import Line, Run

if TYPE_CHECKING:
    from markdown_it.token import Token

_BEGIN, _END = "\ue000", "\ue001"
_SIGN = re.compile(f"(?:{_BEGIN}|{quote(_BEGIN)})([0-9]{{1,9}})(?:{_END}|{quote(_END)})")
"""The sign of a mark, also as it stands in an address."""
_FRONT = re.compile(r"\A---[ \t]*\r?\n(.*?)\r?\n(?:---|\.\.\.)[ \t]*(?:\r?\n|\Z)", re.DOTALL)
_FRONT_TITLE = re.compile(r"^title:[ \t]*(.+?)[ \t]*$", re.MULTILINE)


def markdown(text: str) -> Iterator[TemplateBlock]:
    """The blocks of a Markdown text (CommonMark with tables and ~~struck-out words~~); HTML is text.

    The title of a block between --- at the top, as Quarto and Jekyll have it, is the title.
    """
    from markdown_it import MarkdownIt

    front = _FRONT.match(text)
    if front is not None:
        text = text[front.end() :]
        if (title := _FRONT_TITLE.search(front[1])) is not None:
            yield TemplateBlock("heading", (Run(title[1].strip("\"'")),))
    # Marks go through the parser as single signs, so that nothing in them is taken for markup.
    marks: list[str] = []
    parser = MarkdownIt("commonmark", {"html": False}).enable(["table", "strikethrough"])
    yield from _Reader(marks).blocks(parser.parse(_hidden(text, marks)))


@dataclass(slots=True)
class _List:
    """An open list: its numbering, and the number of the next item."""

    numbering: str
    next: int = 1


@dataclass(slots=True)
class _Reader:
    marks: list[str]
    lists: list[_List] = field(default_factory=list)

    def blocks(self, tokens: Sequence[Token]) -> Iterator[TemplateBlock]:
        kind, level, quotes, first = "paragraph", 1, 0, True
        row: list[OwnCell] = []
        rows: list[tuple[OwnCell, ...]] = []
        for token in tokens:
            match token.type:
                case "heading_open":
                    kind, level = "heading", int(token.tag[1:])
                case "heading_close" | "th_close" | "td_close":
                    kind = "paragraph"
                case "bullet_list_open":
                    self.lists.append(_List(""))
                case "ordered_list_open":
                    self.lists.append(_List("1", int(token.attrs.get("start", 1))))
                case "bullet_list_close" | "ordered_list_close":
                    self.lists.pop()
                case "list_item_open":
                    first = True
                case "blockquote_open":
                    quotes += 1
                case "blockquote_close":
                    quotes -= 1
                case "table_open":
                    rows = []
                case "tr_open":
                    row = []
                case "tr_close":
                    rows.append(tuple(row))
                case "th_open" | "td_open":
                    kind = "cell"
                case "table_close":
                    yield TemplateBlock("table", rows=tuple(rows))
                case "inline" if kind == "cell":
                    row.append((self._line(token.children or []),))
                case "inline" if self.lists and kind == "paragraph" and first:
                    first = False
                    yield self._item(self._line(token.children or []))
                case "inline":
                    shown = "quote" if quotes and kind == "paragraph" else kind
                    yield TemplateBlock(shown, self._line(token.children or []), level)
                case "fence" | "code_block":
                    yield TemplateBlock("paragraph", (Run(self._shown(token.content.strip("\n")), code=True),))
                case "hr":
                    yield TemplateBlock("paragraph", (Run("* * *", quiet=True),))

    def _item(self, line: Line) -> TemplateBlock:
        held = self.lists[-1]
        number, held.next = held.next, held.next + 1
        return TemplateBlock("bullet", line, len(self.lists), numbering=held.numbering, number=number)

    def _line(self, tokens: Sequence[Token]) -> Line:
        """The words of a line, each piece with its look."""
        made: list[Run] = []
        look = Run("")
        for token in tokens:
            match token.type:
                case "text":
                    made.append(replace(look, words=self._shown(token.content)))
                case "code_inline":
                    made.append(replace(look, words=self._shown(token.content), code=True))
                case "softbreak":
                    made.append(replace(look, words=" "))
                case "hardbreak":
                    made.append(replace(look, words="\n"))
                case "image":
                    made.append(replace(look, words=f"[Picture: {self._shown(token.content)}]"))
                case "link_open":
                    look = replace(look, link=self._shown(str(token.attrs.get("href", ""))))
                case "link_close":
                    look = replace(look, link="")
                case "strong_open" | "strong_close":
                    look = replace(look, strong=token.nesting == 1)
                case "em_open" | "em_close":
                    look = replace(look, emphasis=token.nesting == 1)
                case "s_open" | "s_close":
                    look = replace(look, struck=token.nesting == 1)
        return tuple(run for run in made if run.words)

    def _shown(self, words: str) -> str:
        def mark(sign: re.Match[str]) -> str:
            number = int(sign[1])
            return "{{" + self.marks[number] + "}}" if number < len(self.marks) else sign[0]

        return _SIGN.sub(mark, words)


def _sign(number: int) -> str:
    return f"{_BEGIN}{number}{_END}"


def _hidden(text: str, marks: list[str]) -> str:
    """The text with a sign of the private use area and a number for each mark."""
    text = text.replace(_BEGIN, "").replace(_END, "")
    made, end = [], 0
    for opened, closed in braces(text):
        made.append(f"{text[end:opened]}{_sign(len(marks))}")
        marks.append(text[opened + 2 : closed - 2])
        end = closed
    return "".join([*made, text[end:]])
