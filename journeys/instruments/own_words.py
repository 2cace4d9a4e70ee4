"""Recognise the words that the program prints into a form, whatever their styles and punctuation."""

from __future__ import annotations

from collections import deque
from collections.abc import Callable, Iterator

from journeys.instruments.claim_columns import CLAIM_COLUMNS
from journeys.instruments.definition import FormatName, Instrument
from journeys.instruments.excel.question_columns import question_columns
from journeys.instruments.excel.write import help_of
from journeys.instruments.guidance import POINTER, guidance
from journeys.instruments.printed_words import PrintedWords, former_help
from journeys.instruments.text.document import Heading, Hint, Identity, document_blocks, identity
from journeys.model.lens import Lens
from journeys.model.schema import Schema, load_schema

_FORMATS: tuple[FormatName, ...] = ("xlsx", "docx", "yaml", "txt")

_KEPT = 32


def _made_once(make: Callable[[Instrument, Schema], PrintedWords]) -> Callable[[Instrument, Schema], PrintedWords]:
    """The words of an instrument are the same for all its forms: made once, reading a form takes a tenth less.

    Neither an instrument nor a schema has a hash, so the very objects are compared, and kept.
    """
    made: deque[tuple[Instrument, Schema, PrintedWords]] = deque(maxlen=_KEPT)

    def kept(instrument: Instrument, schema: Schema) -> PrintedWords:
        for one, other, words in made:
            if one is instrument and other is schema:
                return words.anew()
        made.append((instrument, schema, make(instrument, schema)))
        return made[-1][2]

    return kept


@_made_once
def own_words(instrument: Instrument, schema: Schema) -> PrintedWords:
    """What forms of this instrument print, in any format and in earlier versions, apart from questions and headings
    of tables.
    """
    return PrintedWords((*_printed(instrument, schema), *former_help()))


@_made_once
def cell_comments(instrument: Instrument, schema: Schema) -> PrintedWords:
    """What the program writes into the comments of a workbook's cells."""
    fields = [help_of(field) for field in instrument.fields()]
    asks = [f"Worth noting: {', '.join(q.ask.worth_noting)}." for q in instrument.questions() if q.ask]
    helps: list[str] = []
    for lens in (schema.lens, Lens()):
        helps += [lens.in_words(column.help) for section in instrument.tables for column in section.columns]
        helps += [column.help for column in question_columns(lens)]
        helps += [lens.in_words(column.help) for column in CLAIM_COLUMNS]
    return PrintedWords(
        (*fields, *(line for each in fields for line in each.split("\n")), *asks, *helps, *former_help())
    )


def _printed(instrument: Instrument, schema: Schema) -> Iterator[str]:
    yield from (instrument.title, identity(instrument), POINTER)
    yield from (section.instruction for section in instrument.sections)
    for vocabulary in (schema, load_schema()):
        for block in document_blocks(instrument, vocabulary, None, "docx"):
            if isinstance(block, Hint | Identity) or (isinstance(block, Heading) and block.level == 0):
                yield block.words
            if isinstance(block, Hint) and block.former:
                yield block.former
        for format_ in _FORMATS:
            for title, lines in guidance(instrument, vocabulary, format_):
                yield title
                yield from lines
