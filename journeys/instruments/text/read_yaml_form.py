"""Read YAML that people filled in; values without the expected shape are reported."""

from __future__ import annotations

from collections.abc import Collection, Iterator

from journeys.instruments.files.cells import Cell
from journeys.instruments.files.yamlfile import YamlNode
from journeys.model.problems import Address, Problem, Report, Severity


def given(node: YamlNode | None, report: Report) -> Cell | None:
    """What a text says, or a list of texts as names separated by semicolons; None for nothing.

    Reported: names and values where a text should stand.
    """
    if node is None or node.value is None:
        return None
    if isinstance(node.value, dict):
        _misshapen(node, "names and values", "Write a text, in quotation marks if it has a colon in it.", report)
        return None
    if isinstance(node.value, str):
        written = Cell(node.value, node.address)
        return written if written.text else None
    parts = []
    for item in node:
        if isinstance(item.value, str):
            parts.append(item.value)
        elif item.value is not None:
            _misshapen(item, "a list or names and values", "Write a plain text in each line of the list.", report)
    return Cell("; ".join(parts), node.address) if parts else None


def named(node: YamlNode | None, known: Collection[str], report: Report) -> Iterator[tuple[str, YamlNode]]:
    """The names of a mapping that are among ``known``; the others are reported, and so is what is no mapping."""
    if node is None or node.value is None:
        return
    if not isinstance(node.value, dict):
        what = "a text" if isinstance(node.value, str) else "a list"
        _misshapen(node, what, f"Write it under one of these names: {', '.join(known)}.", report)
    for name, inner in node.items():
        if name in known:
            yield name, inner
        else:
            report(ignored(name, inner.address, known))


def listed(node: YamlNode | None, known: Collection[str], report: Report) -> Iterator[tuple[dict[str, Cell], Address]]:
    """The entries of a list, each as what it says under the ``known`` names; empty ones are left out.

    Reported: what is no list, and entries that are no mappings.
    """
    if node is None or node.value is None:
        return
    if not isinstance(node.value, list):
        what = "a text" if isinstance(node.value, str) else "names and values"
        _misshapen(node, what, "Write a list: begin each entry with a hyphen.", report)
    for entry in node:
        values = {name: said for name, cell in named(entry, known, report) if (said := given(cell, report)) is not None}
        if values:
            yield values, entry.address


def ignored(name: str, address: Address, known: Collection[str]) -> Problem:
    """The warning that ``name`` means nothing at this place."""
    message, remedy = f"{name!r} is not recognised here; it was not read.", f"Choose from: {', '.join(known)}."
    return Problem("ignored_name", address, message, remedy, Severity.WARNING)


def _misshapen(node: YamlNode, what: str, remedy: str, report: Report) -> None:
    report(Problem("bad_form", node.address, f"{what[:1].upper()}{what[1:]} cannot be read here.", remedy))
