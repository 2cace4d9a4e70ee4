"""The team's own file, in Markdown or Word, as blocks of text in which marks stand."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from pathlib import Path

from journeys.model.problems import UsageProblem

ENDINGS = (".md", ".markdown", ".docx")
_MOST = 5_000_000
"""Bytes of a Markdown file; longer ones are not somebody's report."""


@dataclass(frozen=True, slots=True)
class TemplateBlock:
    """A heading (with its level), paragraph, bullet, quote, or table (with ``rows``), as text with marks in it."""

    kind: str
    text: str = ""
    level: int = 1
    rows: tuple[tuple[str, ...], ...] = field(default=())


def is_template(name: str) -> bool:
    """Whether a word on the command line names a report of the team's own, and not a kind of report."""
    return name.lower().endswith(ENDINGS)


def read_template(path: Path) -> list[TemplateBlock]:
    """The blocks of a file. Raises UsageProblem for one that is missing or cannot be read."""
    if not path.is_file():
        raise UsageProblem(f"There is no file {path}.")
    if path.suffix.lower() == ".docx":
        return list(_word(path))
    try:
        if path.stat().st_size > _MOST:
            raise UsageProblem(f"{path} is longer than {_MOST:,} bytes, so it is not read as a report.")
        return list(markdown(path.read_text(encoding="utf-8-sig")))
    except UnicodeDecodeError:
        raise UsageProblem(f"{path} is not UTF-8 text. Save it as UTF-8.") from None


def markdown(text: str) -> Iterator[TemplateBlock]:
    """The blocks of a Markdown text; its markup within a line is dropped, and HTML is text."""
    from markdown_it import MarkdownIt
    from markdown_it.token import Token

    # Marks go through the parser as single signs, so that nothing in them is taken for markup.
    marks: list[str] = []
    parser = MarkdownIt("commonmark", {"html": False}).enable("table")
    tokens: Sequence[Token] = parser.parse(_hidden(text, marks))
    kind, level, row, rows, depth = "paragraph", 1, [], [], 0  # type: ignore[var-annotated]
    for token in tokens:
        match token.type:
            case "heading_open":
                kind, level = "heading", int(token.tag[1:])
            case "heading_close":
                kind = "paragraph"
            case "bullet_list_open" | "ordered_list_open":
                depth += 1
            case "bullet_list_close" | "ordered_list_close":
                depth -= 1
            case "blockquote_open":
                kind = "quote"
            case "blockquote_close":
                kind = "paragraph"
            case "table_open":
                rows = []
            case "tr_open":
                row = []
            case "tr_close":
                rows.append(tuple(row))
            case "th_open" | "td_open":
                kind = "cell"
            case "th_close" | "td_close":
                kind = "paragraph"
            case "table_close":
                yield TemplateBlock("table", rows=tuple(rows))
            case "inline":
                words = _shown(_words(token), marks)
                if kind == "cell":
                    row.append(words)
                else:
                    yield TemplateBlock("bullet" if depth and kind == "paragraph" else kind, words, level)
            case "fence" | "code_block":
                yield TemplateBlock("paragraph", _shown(token.content.strip(), marks))


def _words(token: object) -> str:
    """The words of a line without its markup."""
    children = getattr(token, "children", None) or []
    made = []
    for child in children:
        if child.type in ("text", "code_inline"):
            made.append(child.content)
        elif child.type in ("softbreak", "hardbreak"):
            made.append(" ")
        elif child.type == "image":
            made.append(f"[Picture: {child.content}]")
    return "".join(made)


def _hidden(text: str, marks: list[str]) -> str:
    """The text with a sign of the private use area and a number for each mark."""
    made, rest = [], text.replace("\ue000", "").replace("\ue001", "")
    while "{{" in rest and "}}" in rest.split("{{", 1)[1]:
        before, behind = rest.split("{{", 1)
        inside, rest = behind.split("}}", 1)
        marks.append(inside)
        made.append(f"{before}\ue000{len(marks) - 1}\ue001")
    return "".join([*made, rest])


def _shown(words: str, marks: Sequence[str]) -> str:
    for number, inside in enumerate(marks):
        words = words.replace(f"\ue000{number}\ue001", "{{" + inside + "}}")
    return words


def _word(path: Path) -> Iterator[TemplateBlock]:
    """The blocks of a Word document. Its own layout is not kept; text boxes, notes and pictures are not read."""
    from docx import Document
    from docx.opc.exceptions import PackageNotFoundError
    from docx.table import Table

    try:
        document = Document(str(path))
    except (PackageNotFoundError, KeyError, ValueError, OSError) as error:
        raise UsageProblem(f"{path} cannot be read as a Word document.") from error
    for item in document.iter_inner_content():
        if isinstance(item, Table):
            yield TemplateBlock("table", rows=tuple(tuple(cell.text for cell in row.cells) for row in item.rows))
            continue
        style = (item.style.name or "") if item.style is not None else ""
        if not item.text.strip():
            continue
        if style == "Title" or style.startswith("Heading"):
            level = int(style[-1]) if style[-1:].isdigit() else 1
            yield TemplateBlock("heading", item.text, level)
        elif style.startswith("List"):
            yield TemplateBlock("bullet", item.text)
        else:
            yield TemplateBlock("quote" if "Quote" in style else "paragraph", item.text)
