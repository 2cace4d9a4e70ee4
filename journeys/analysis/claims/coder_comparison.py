"""Compare coders of the same interviews: the codes that each gave to each passage, and where they differ."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from itertools import combinations

from journeys.analysis.claims.codings import Coding, Settled, coders_of, same_passages
from journeys.model.code_keys import key_order

Given = dict[str, set[str]]
"""The codes that each coder gave to one unit, by coder."""


@dataclass(frozen=True)
class ComparedCoders:
    """Coders, their codings of the interviews that all of them coded, and the words of the passages by id."""

    coders: tuple[str, ...]
    codings: tuple[Coding, ...]
    texts: Mapping[str, str]

    @cached_property
    def interviews(self) -> list[str]:
        """The ids of the interviews, sorted."""
        return sorted({coding.interview for coding in self.codings})

    @cached_property
    def codes(self) -> list[str]:
        """The keys of the codes that at least one of the coders used, in the codebook's order."""
        return sorted({coding.code for coding in self.codings}, key=key_order)

    @cached_property
    def passages(self) -> list[Given]:
        """Return the codes given to each passage that at least one of the coders coded."""
        return [self._given(mine) for _, mine in _by_passage(self.codings, self.texts)]

    @cached_property
    def presence(self) -> list[Given]:
        """Return the codes given anywhere in each interview."""
        found = self.codings
        return [self._given(coding for coding in found if coding.interview == each) for each in self.interviews]

    def _given(self, found: Iterable[Coding]) -> Given:
        given: Given = {coder: set() for coder in self.coders}
        for coding in found:
            given[coding.coder].add(coding.code)
        return given


@dataclass(frozen=True, slots=True)
class Difference:
    """A code that some coders of an interview gave a passage and others did not.

    ``passage`` and ``other_passage`` are its words as the two sides marked it, the second None where the others coded
    nothing there; ``other_codes`` the keys of what they gave it instead; ``codings`` name the codings in question in
    decisions; ``settled`` is what was decided about them; ``claims`` are the ids of these and the others' claims.
    """

    interview: str
    code: str
    coded_by: tuple[str, ...]
    passage: str
    not_by: tuple[str, ...]
    other_passage: str | None
    other_codes: tuple[str, ...]
    codings: tuple[str, ...]
    settled: Settled | None
    claims: tuple[str, ...]


def compared_coders(found: Sequence[Coding], texts: Mapping[str, str]) -> Iterator[ComparedCoders]:
    """Each two coders who share an interview, and all coders together where more than two share one."""
    coders = coders_of(found)
    everybody = sorted(set().union(*coders.values()))
    for members in [*combinations(everybody, 2), *([tuple(everybody)] if len(everybody) > 2 else [])]:
        both = {interview for interview, here in coders.items() if here >= set(members)}
        mine = tuple(coding for coding in found if coding.interview in both and coding.coder in members)
        if mine:
            yield ComparedCoders(members, mine, texts)


def differences(found: Sequence[Coding], texts: Mapping[str, str]) -> Iterator[Difference]:
    """Where the coders of an interview differ, by interview, passage (in the order of ``texts``) and code."""
    coders = coders_of(found)
    for interview, mine in _by_passage(found, texts):
        if len(coders[interview]) < 2:
            continue
        for code in sorted({coding.code for coding in mine}, key=key_order):
            given = [coding for coding in mine if coding.code == code]
            by = {coding.coder for coding in given}
            others = [coding for coding in mine if coding.coder not in by]
            if by != coders[interview]:
                yield Difference(
                    interview=interview,
                    code=code,
                    coded_by=tuple(sorted(by)),
                    passage=_words(given, texts),
                    not_by=tuple(sorted(coders[interview] - by)),
                    other_passage=_words(others, texts) or None,
                    other_codes=tuple(sorted({coding.code for coding in others}, key=key_order)),
                    codings=tuple(sorted(coding.key for coding in given)),
                    settled=next((coding.settled for coding in given if coding.settled), None),
                    claims=tuple(sorted(coding.claim for coding in (*given, *others))),
                )


def _by_passage(found: Iterable[Coding], texts: Mapping[str, str]) -> Iterator[tuple[str, list[Coding]]]:
    """The interview and the codings of each passage, which coders may have marked a little differently."""
    interviews: defaultdict[str, list[Coding]] = defaultdict(list)
    for coding in found:
        interviews[coding.interview].append(coding)
    for interview, here in sorted(interviews.items()):
        coded = {coding.passage for coding in here}
        for group in same_passages({passage: text for passage, text in texts.items() if passage in coded}):
            yield interview, [coding for coding in here if coding.passage in group]


def _words(found: Iterable[Coding], texts: Mapping[str, str]) -> str:
    return " […] ".join(dict.fromkeys(texts[coding.passage] for coding in found))
