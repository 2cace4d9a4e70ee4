"""The page docs/conformance.md: what each format keeps, changes or loses."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from journeys.exchange.archive_formats import ARCHIVE_FORMATS
from journeys.exchange.coding_formats import CODING_FEATURES, CODING_FORMATS
from journeys.exchange.formats import CONFORMANCE, FEATURES, Cell, How

_INTRODUCTION = """# What each format keeps

Made from `journeys/exchange/formats.py` by `scripts/generate.py`. `tests/exchange/test_conformance.py` proves each
cell: it writes a small study in the format, reads the file with another program's library and compares.

- **kept**: what the study holds is in the file, claim by claim;
- **changed**: it is there in another way, as the words below the table say;
- **lost**: the format has no place for it, and the command says so.
"""


_CODING = """## Coding projects

What was coded in another program, and what is written for it ([other_programs.md](other_programs.md)). Proved in
`tests/exchange/test_coding_conformance.py`.
"""
_ARCHIVES = """## Archives and provenance

What [an archive](howto/archive-and-cite.md) and [PROV-JSON](exports.md#provenance-for-archives-and-other-tools) keep.
The columns mean the same as above. Proved in `tests/exchange/test_archive_conformance.py`.
"""
Formats = Mapping[str, Mapping[str, Cell]]


def conformance_page() -> str:
    """The page in Markdown: the tables, the meaning of their columns, and how what is changed is changed."""
    networks = [*_table(CONFORMANCE, FEATURES), "", "## What the columns mean", "", *_meanings(FEATURES), ""]
    coding = [_CODING, *_table(CODING_FORMATS, CODING_FEATURES), "", *_meanings(CODING_FEATURES), ""]
    archives = ["", _ARCHIVES, *_table(ARCHIVE_FORMATS, FEATURES), ""]
    told = [
        *_changes("## How it is changed", CONFORMANCE),
        "",
        *coding,
        *_changes("### What is changed in coding projects", CODING_FORMATS),
        *archives,
        *_changes("### What is changed in archives", ARCHIVE_FORMATS),
    ]
    return "\n".join([_INTRODUCTION, *networks, *told]) + "\n"


def _table(formats: Formats, known: Mapping[str, str]) -> Iterator[str]:
    yield f"| Format | {' | '.join(known)} |"
    yield f"|---|{'---|' * len(known)}"
    for title, features in formats.items():
        yield f"| {title} | {' | '.join(features[feature].how for feature in known)} |"


def _meanings(known: Mapping[str, str]) -> Iterator[str]:
    for feature, meaning in known.items():
        yield f"- **{feature}**: {meaning}."


def _changes(heading: str, formats: Formats) -> Iterator[str]:
    yield heading
    for title, features in formats.items():
        told = [(feature, cell) for feature, cell in features.items() if cell.words]
        if told:
            yield f"\n### {title}\n"
            yield from (f"- {feature}: {_words(cell)}" for feature, cell in told)


def _words(cell: Cell) -> str:
    return f"{'kept; ' if cell.how is How.KEPT else ''}{cell.words}."
