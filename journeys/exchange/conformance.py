"""The page docs/conformance.md: what each format keeps, changes or loses."""

from __future__ import annotations

from collections.abc import Iterator

from journeys.exchange.formats import CONFORMANCE, FEATURES, Cell, How

_INTRODUCTION = """# What each format keeps

Made from `journeys/exchange/formats.py` by `scripts/generate.py`. `tests/exchange/test_conformance.py` proves each
cell: it writes a small study in the format, reads the file with another program's library and compares.

- **kept**: what the study holds is in the file, claim by claim;
- **changed**: it is there in another way, as the words below the table say;
- **lost**: the format has no place for it, and the command says so.
"""


def conformance_page() -> str:
    """The page in Markdown: the table, the meaning of its columns, and how what is changed is changed."""
    return (
        "\n".join([_INTRODUCTION, *_table(), "", "## What the columns mean", "", *_meanings(), "", *_changes()]) + "\n"
    )


def _table() -> Iterator[str]:
    yield f"| Format | {' | '.join(FEATURES)} |"
    yield f"|---|{'---|' * len(FEATURES)}"
    for title, features in CONFORMANCE.items():
        yield f"| {title} | {' | '.join(features[feature].how for feature in FEATURES)} |"


def _meanings() -> Iterator[str]:
    for feature, meaning in FEATURES.items():
        yield f"- **{feature}**: {meaning}."


def _changes() -> Iterator[str]:
    yield "## How it is changed"
    for title, features in CONFORMANCE.items():
        told = [(feature, cell) for feature, cell in features.items() if cell.words]
        if told:
            yield f"\n### {title}\n"
            yield from (f"- {feature}: {_words(cell)}" for feature, cell in told)


def _words(cell: Cell) -> str:
    return f"{'kept; ' if cell.how is How.KEPT else ''}{cell.words}."
