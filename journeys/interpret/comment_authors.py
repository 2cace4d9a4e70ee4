"""Identify the authors of comments among the researchers of a study, by name, initials or other spellings."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field

from journeys.model.identity import folded
from journeys.model.phrases import one_of
from journeys.model.problems import Address, Problem, Report, Severity

_NOBODY = {
    "", "author", "autor", "auteur", "autore", "unknown author", "unbekannter autor", "auteur inconnu", "unknown",
    "anonymous", "user", "microsoft office user", "office user", "guest", "guest user", "admin", "administrator",
}  # fmt: skip
"""Names that programs write where the author is not set, or was removed from the file."""
_LONGEST = 1_000
"""Characters of an author that are looked at."""
_IN_BRACKETS = re.compile(r"(?:(?<!\s)\s+)?[(\[][^)\]]*[)\]]\s*$")


@dataclass(frozen=True, slots=True)
class Researcher:
    """A researcher as study.yaml names them; ``also`` are other spellings of the name."""

    initials: str
    name: str = ""
    also: Sequence[str] = ()


@dataclass(slots=True)
class _Met:
    """The authors read as one coder: each spelling with its first place, and how it was recognised."""

    spellings: dict[str, Address] = field(default_factory=dict)


class CommentAuthors:
    """Tells which coder the author of a comment is.

    A researcher is recognised by name, by another spelling of it that study.yaml gives, by surname and first letter, or
    by initials where no name contradicts. Where study.yaml names no researchers, the coder is the author's initials.
    ``did`` says in messages what the author did.
    """

    def __init__(self, researchers: Iterable[Researcher] = (), did: str = "wrote comments with codes") -> None:
        self._did = did
        self._researchers = list(researchers)
        self._by_initials: defaultdict[str, _Met] = defaultdict(_Met)
        self._unknown: dict[tuple[str | None, str], tuple[Address, str]] = {}

    def coder(self, author: str, initials: str, address: Address) -> str | None:
        """The coder that an author is; None where nobody is named."""
        name = _plain(author)
        if folded(name) in _NOBODY:
            name, initials = "", initials if self._named_by(initials) else ""
        if not name and not initials:
            return None
        found = self._named(name) or self._alike(name)
        if found is not None:
            return found
        short = [each for each in dict.fromkeys((_initials(name), folded(initials))) if len(each) > 1]
        if not self._researchers:
            if not short:
                return name
            self._by_initials[short[0].upper()].spellings.setdefault(name or initials, address)
            return short[0].upper()
        by_initials = [each for each in self._researchers if folded(each.initials) in short and not each.name]
        if len(by_initials) == 1:
            self._by_initials[by_initials[0].initials].spellings.setdefault(name or initials, address)
            return by_initials[0].initials
        self._unknown.setdefault((address.file, name or initials), (address, initials or _initials(name).upper()))
        return name or initials

    def problems(self) -> Iterator[Problem]:
        """What was not matched, and what was matched by initials alone though it is spelt in ways that differ."""
        known = one_of([each.name or each.initials for each in self._researchers], "and")
        for (_, author), (address, initials) in self._unknown.items():
            message = f"{author!r} {self._did} but is not among the researchers in study.yaml ({known})."
            entry = f"- {{initials: {initials or 'XY'}, name: {author}}}"
            remedy = f"Add the name there (`{entry}`), or under `also` of a researcher."
            yield Problem("unknown_coder", address, message, remedy, Severity.WARNING)
        for coder, met in self._by_initials.items():
            spellings = [each for each in met.spellings if folded(each) != folded(coder)]
            if len({_surname(each) for each in spellings if " " in each}) > 1:
                message = f"{one_of(map(repr, spellings), 'and')} were all read as {coder}, by their initials."
                remedy = "If they are different people, give each a name under `researchers` in study.yaml."
                yield Problem("several_authors", met.spellings[spellings[-1]], message, remedy, Severity.WARNING)

    def report(self, report: Report) -> None:
        """Report ``problems``."""
        for problem in self.problems():
            report(problem)

    def _named_by(self, initials: str) -> bool:
        return any(folded(each.initials) == folded(initials) for each in self._researchers if initials)

    def _named(self, name: str) -> str | None:
        """The researcher who is written exactly so."""
        wanted = folded(name)
        for each in self._researchers:
            if wanted and wanted in {folded(_plain(own)) for own in (each.initials, each.name, *each.also) if own}:
                return each.initials
        return None

    def _alike(self, name: str) -> str | None:
        """The only researcher of the same surname whose first name begins with the same letter."""
        words = folded(name).split()
        found = {
            each.initials
            for each in self._researchers
            for own in (each.name, *each.also)
            if len(words) > 1 and len(_plain(own).split()) > 1 and _same_person(words, folded(_plain(own)).split())
        }
        return found.pop() if len(found) == 1 else None


def _same_person(words: Sequence[str], others: Sequence[str]) -> bool:
    short = min(len(words[0].rstrip(".")), len(others[0].rstrip("."))) == 1
    return words[-1] == others[-1] and words[0][0] == others[0][0] and (short or words[0] == others[0])


def _plain(author: str) -> str:
    """Return a name without the additions of directories and mail programs: "YATES, Xenia (NHS North)",
    "x.yates@north.org"."""
    name = _IN_BRACKETS.sub("", author[:_LONGEST]).strip()
    if "@" in name and " " not in name:
        name = re.sub(r"[._]+", " ", name.partition("@")[0]).strip()
    last, comma, first = name.partition(",")
    return " ".join(f"{first} {last}".split()) if comma and first.strip() else " ".join(name.split())


def _initials(name: str) -> str:
    words = re.findall(r"[^\W\d_]+", folded(name))
    return "".join(word[0] for word in words) if len(words) > 1 else ""


def _surname(name: str) -> str:
    return folded(name).split()[-1]
