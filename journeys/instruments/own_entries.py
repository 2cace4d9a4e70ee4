"""What a study writes in YAML beside what is shipped: entries by name, each flaw reported with its line."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

from journeys.model.problems import Address, Problem, Report
from journeys.model.suggestions import did_you_mean
from journeys.model.yaml_with_lines import LinedYaml, Location

_SHIPPED, _NONE = "shipped", "none"
_YES, _NO = ("yes", "true"), ("no", "false", "")


class OwnEntries:
    """Reads a study's own YAML file, whose scalars are all text.

    ``kind`` is that of every problem with it, ``what`` the word for the whole, ``parts`` the names at its top.
    """

    def __init__(self, source: LinedYaml, report: Report, kind: str, what: str, parts: tuple[str, ...]) -> None:
        self.source, self.report, self._kind = source, report, kind
        content = self.mapping((), source.content, what)
        self.content = {part: content.get(part) for part in self.known((), content, parts)}

    def extends(self) -> bool:
        """Whether the file changes what is shipped, rather than standing alone."""
        given = self.text(("extends",), self.content.get("extends")) or _SHIPPED
        if given not in (_SHIPPED, _NONE):
            remedy = f"Write {_SHIPPED}, or {_NONE} for your own only."
            self.say(("extends",), f"{given!r} cannot be extended.", remedy)
        return given != _NONE

    def entries(self, part: str, known: tuple[str, ...]) -> Iterator[tuple[str, Mapping[str, str]]]:
        """The entries of a part, each as text by name."""
        for key, held in self.mapping((part,), self.content.get(part), f"`{part}`").items():
            where: Location = (part, key)
            entry = self.mapping(where, held, f"the entry {key}")
            texts = {name: self.text((*where, name), entry[name]) for name in self.known(where, entry, known)}
            yield key, {name: text for name, text in texts.items() if text is not None}

    def mapping(self, where: Location, held: Any, what: str) -> Mapping[str, Any]:
        """What stands under a name as a mapping; empty, reported, for anything else."""
        if held is None or isinstance(held, dict):
            return held or {}
        self.say(where, f"Names with values belong under {what}.", "Write each as `name: value`, on a line of its own.")
        return {}

    def known(self, where: Location, held: Mapping[str, Any], known: tuple[str, ...]) -> Iterator[str]:
        """The names of a mapping that are among ``known``; each other one is reported."""
        for name in held:
            if name in known:
                yield name
            else:
                meant = did_you_mean(name, known)
                remedy = f"{meant.strip()} The names are: {', '.join(known)}.".strip()
                self.say((*where, name), f"{name!r} is not recognised here.", remedy)

    def text(self, where: Location, held: Any) -> str | None:
        """A text; None for nothing, and, reported, for anything else."""
        if held is None or isinstance(held, str):
            return held.strip() or None if held else None
        self.say(where, "A text belongs here.", "Write it on one line, in quotation marks if it has a colon in it.")
        return None

    def yes(self, where: Location, held: str, or_else: str = "") -> bool:
        """Whether a text says yes; reported for one that says neither yes nor no."""
        if held.casefold() not in (*_YES, *_NO):
            self.say(where, f"{held!r} is neither yes nor no.", f"Write yes or no{or_else}.")
        return held.casefold() in _YES

    def say(self, where: Location, message: str, remedy: str) -> None:
        """Report what is wrong at a place of the file."""
        line = self.source.line(where)
        self.report(Problem(self._kind, Address(self.source.file, None, f"line {line}"), message, remedy))
