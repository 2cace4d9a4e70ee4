"""The codes at the beginning of a comment: "6.7 clinic data", "6.7, 6.8 clinic data", "6.7; 8.8", one on each line."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, replace
from functools import lru_cache

from rapidfuzz import fuzz

from journeys.model.code_keys import NOT_RECOVERED, Labels, read_codes
from journeys.model.identity import folded

_TOKEN = re.compile(
    r"(?:codes?\s*:?\s+|code:|#)?[\[(]?(\d+,\d+|[^\W_]+(?:[._-][^\W_]+)*)[\])]?[.:]?(?=[\s,;:/&+)\]\u2013\u2014-]|$)",
    re.I,
)
_BETWEEN = re.compile(r"\s*(?:[,;/&+]|\band\b)\s*|\s+")
_CLOCK = re.compile(r"\s*(?:[ap]\.?m\b|o.?clock\b|h\b|%)", re.I)
_BEGINS_NEXT = re.compile(r";\s*(?=\S)")
_LATER = re.compile(r"[,/&]\s*([^\W_]+(?:[._-][^\W_]+)*)(?=\s|$)")
_SAME_LABEL = 80


@dataclass(frozen=True, slots=True)
class CommentCode:
    """A code in a comment: its key, and what stands after it ("" for nothing or its label).

    ``key`` is None for one that the codebook does not have; ``message`` then says so, and ``remedy`` what to do. With a
    key they say what else seems wrong.
    """

    key: str | None
    note: str = ""
    message: str = ""
    remedy: str = ""


def codes_in_comment(words: str, labels: Labels) -> list[CommentCode]:
    """Return the codes at the beginning of a comment, each with the words after it; empty for a comment without a code.

    A line without a code at its beginning continues the words about the codes before it. A comment that is the label of
    a code, and no more, is that code.
    """
    found: list[CommentCode] = []
    last: list[int] = []
    for line in filter(None, (line.strip() for line in words.split("\n"))):
        begins = len(found)
        for group in _groups(line, labels):
            last = list(range(len(found), len(found) + len(group)))
            found += group
        if len(found) > begins:
            continue
        if not found:
            break
        for place in last:
            found[place] = replace(found[place], note=f"{found[place].note}\n{line}".strip())
    if not found and words.strip():
        as_label = read_codes(words.strip(), labels)
        found = [CommentCode(each.key) for each in as_label if len(as_label) == 1 and each.key and not each.message]
    return list({(each.key, each.message): each for each in reversed(found)}.values())[::-1]


def _groups(line: str, labels: Labels) -> Iterator[list[CommentCode]]:
    """The codes of a line, group by group: those that stand together have what follows in common."""
    place = 0
    while place < len(line):
        written, end = _leading(line, place, labels)
        if not written:
            return
        rest = line[end:]
        following = next((each for each in _BEGINS_NEXT.finditer(rest) if _leading(rest, each.end(), labels)[0]), None)
        note = rest[: following.start()] if following else rest
        yield list(_group(written, note.strip(" \t:;.,=\u2013\u2014-"), labels))
        place = end + following.end() if following else len(line)


def _leading(line: str, place: int, labels: Labels) -> tuple[list[str], int]:
    """The keys that stand at this place of a line one after the other, as written, and where they end."""
    written: list[str] = []
    end = place
    while token := _TOKEN.match(line, place):
        known = _known(token[1], labels)
        sure = not written or line[end:place].strip()
        if not (known or (sure and _like_a_key(token[1], labels))) or _CLOCK.match(line, token.end()):
            break
        written.append(token[1])
        end = token.end()
        between = _BETWEEN.match(line, end)
        if between is None:
            break
        place = between.end()
    return written, end


def _group(written: list[str], note: str, labels: Labels) -> Iterator[CommentCode]:
    for each in written:
        for code in read_codes(each, labels):
            if code.key is None or len(written) > 1:
                yield CommentCode(code.key, note, code.message, code.remedy)
                continue
            label = folded(labels[code.key] or NOT_RECOVERED)
            given = folded(note)
            if (len(given) > 3 and given in label) or given == label or fuzz.ratio(given, label) >= _SAME_LABEL:
                yield CommentCode(code.key, "", code.message, code.remedy)
            elif any(folded(other or "") == given for key, other in labels.items() if key != code.key and given):
                contradicts = read_codes(f"{code.key} {note}", labels)[0]
                yield CommentCode(None, note, contradicts.message, contradicts.remedy)
            else:
                yield CommentCode(code.key, note, *(_overlooked(note, labels) or (code.message, code.remedy)))


def _overlooked(note: str, labels: Labels) -> tuple[str, str] | None:
    """Return the message for a code found among the words after another code."""
    later = next((each[1] for each in _LATER.finditer(note) if _known(each[1], labels)), None)
    if later is None:
        return None
    message = f"{later!r} among the words of the comment was read as a word, not as a code."
    return message, "If it is a code, put all codes first, or a semicolon before it."


def _known(token: str, labels: Labels) -> bool:
    return token.casefold() in _shapes(labels).keys


def _like_a_key(token: str, labels: Labels) -> bool:
    """Whether a word looks like a key of this codebook without being one: digits where its keys have digits."""
    shapes = _shapes(labels)
    if any(part.casefold() in shapes.keys for part in re.split("[-_]", token)) and re.search(r"\d", token):
        return True
    shape = _shape(token.replace(",", "."))
    if shape == "9":
        return shape in shapes.shapes and len(token) <= shapes.digits
    return "9" in shape and shape in shapes.shapes


@dataclass(frozen=True, slots=True)
class _Shapes:
    """What the keys of a codebook look like; ``digits`` is how many the longest number among them has."""

    keys: frozenset[str]
    shapes: frozenset[str]
    digits: int


def _shapes(labels: Labels) -> _Shapes:
    return _shapes_of(tuple(labels))


@lru_cache(maxsize=4)
def _shapes_of(keys: tuple[str, ...]) -> _Shapes:
    digits = max((len(key) for key in keys if key.isdecimal()), default=0)
    return _Shapes(frozenset(key.casefold() for key in keys), frozenset(map(_shape, keys)), digits)


def _shape(key: str) -> str:
    return re.sub(r"\d+", "9", re.sub(r"[^\W\d_]+", "a", key))
