"""The hits of a search: in a terminal with the words marked, and as a table."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from rich.console import Console, ConsoleOptions, RenderableType, RenderResult
from rich.text import Text

from journeys.analysis.reading.hits import Hit
from journeys.analysis.reading.search import SearchResult
from journeys.model.phrases import counted
from journeys.model.schema import load_schema
from journeys.views.reading import place_words
from journeys.views.terminal.text import Terminal
from journeys.views.text import sanitized
from journeys.views.wording import MODES

HIT_COLUMNS = {
    "rank": "how well it fits: the higher, the better",
    "kind": "answer, passage, claim, or what sort of thing it is",
    "title": "its name, the question it answers, what the claim says, or whose words they are",
    "snippet": "the words round the first match",
    "field": "what has the words: text, quote, name, purpose …",
    "source": "the interview, observation or document",
    "about": "what it is about",
    "mode": "verbatim, paraphrase, a researcher's comment or interpretation",
    "scope": "whether it is said in general, or of what the study looks at apart",
    "place": "page, line or time in the source",
    "codes": "the codes of a passage",
    "file": "the form or table",
    "sheet": "its sheet",
    "cell": "its cell",
    "id": "the id of the passage, claim or thing",
}
"""The columns of a table of hits, each with its meaning."""

_DIM, _BOLD, _MARKED = "dim", "bold", "bold black on yellow"


def hit_rows(result: SearchResult) -> list[tuple[Any, ...]]:
    """The hits under ``HIT_COLUMNS``."""
    return [
        (
            round(hit.rank, 3),
            hit.kind,
            hit.title,
            hit.snippet,
            hit.field,
            "; ".join(source.name for source in hit.sources) or None,
            "; ".join(entity.name for entity in hit.about) or None,
            hit.mode,
            hit.scope,
            hit.place,
            "; ".join(coding.words for coding in hit.codes) or None,
            hit.address.file,
            hit.address.sheet,
            hit.address.cell,
            hit.id,
        )
        for hit in result.hits
    ]


def search_view(result: SearchResult) -> RenderableType:
    """The hits, to be printed by a rich console."""
    return _SearchView(result)


class _SearchView:
    def __init__(self, result: SearchResult) -> None:
        self._result = result

    def __rich_console__(self, console: Console, options: ConsoleOptions) -> RenderResult:
        yield from _Page(self._result, Terminal.of(console, options), plain=console.color_system is None).lines()


class _Page:
    def __init__(self, result: SearchResult, terminal: Terminal, *, plain: bool) -> None:
        self._result, self._terminal, self._plain = result, terminal, plain

    def lines(self) -> Iterator[Text]:
        """Every line, from the numbers to the last hit."""
        yield from self._line(0, (said_of(self._result), _BOLD))
        for number, hit in enumerate(self._result.hits, start=1):
            yield Text()
            yield from self._hit(number, hit)
        left = self._result.total - len(self._result.hits)
        if left:
            yield Text()
            yield from self._line(
                0, (f"{self._terminal.ellipsis} and {counted(left, 'more hit')}: add --rows N.", _DIM)
            )

    def _hit(self, number: int, hit: Hit) -> Iterator[Text]:
        title = f"{number}. {sanitized(hit.title)}" if hit.title else f"{number}."
        yield from self._line(0, (title, _BOLD), (f"{self._terminal.dot}{hit.kind}", _DIM))
        if _is_name(hit):
            pieces: list[tuple[str, str] | str] = []
        else:
            field = "" if hit.field in ("text", "quote", "name") else f"{hit.field.replace('_', ' ')}: "
            pieces = [(field, _DIM)]
        quoted = hit.mode == "verbatim" and hit.field in ("text", "quote")
        pieces += ["“"] if quoted else []
        for text, marked in hit.segments:
            words = _one_line(text)
            pieces.append((f"*{words}*" if self._plain else words, _MARKED) if marked else words)
        pieces += ["”"] if quoted else []
        yield from self._line(3, *pieces)
        how = ", ".join(filter(None, (MODES.get(hit.mode or ""), hit.scope_label, place_words(hit.place))))
        source = "; ".join(each.name for each in hit.sources)
        for note in (self._terminal.dot.join(filter(None, (source, how))), str(hit.address)):
            if note:
                yield from self._line(3, (sanitized(note), _DIM))

    def _line(self, indent: int, *parts: tuple[str, str] | str) -> Iterator[Text]:
        return self._terminal.lines(self._terminal.text(*parts), indent)


def _is_name(hit: Hit) -> bool:
    return hit.field == "name"


def _one_line(text: str) -> str:
    """A piece of a text on one line, with the spaces at its ends."""
    inner = sanitized(text)
    if not inner:
        return " " if text else ""
    return f"{' ' if text[:1].isspace() else ''}{inner}{' ' if text[-1:].isspace() else ''}"


def said_of(result: SearchResult) -> str:
    """How many hits there are, of which kinds, and how the search was narrowed."""
    read = " ".join(map(str, result.wanted))
    narrowed = "".join(f", {name} {value}" for name, value in result.narrowed.items())
    if not result.total:
        alone = "; ".join(f"{word} {number:,}" for word, number in result.alone.items())
        each = f" By themselves: {alone}." if alone else ""
        star = f" {read}* finds all words that begin so." if read.isalnum() else ""
        return f"No hit for {read}{narrowed}.{each}{star}"
    plurals = {kind.noun: kind.plural.lower() for kind in load_schema().nodes.values()}
    kinds = ", ".join(
        f"{number:,} {plurals[kind]}" if number > 1 and kind in plurals else counted(number, kind)
        for kind, number in result.counts.items()
    )
    more = "at least " if result.more else ""
    return f"{more}{counted(result.total, 'hit')} for {read}{narrowed}: {kinds}"
