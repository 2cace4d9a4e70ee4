"""Stable ids made from content, and the folded form in which names are compared.

A node's id is made of study, kind and natural key (``riverside:document:north.strategic.D07``). A claim's is a hash of
its content and its source, but not of its cell, so a row inserted above changes no id.
"""

from __future__ import annotations

import hashlib
import re
import unicodedata
from collections.abc import Iterable, Mapping
from functools import lru_cache

import orjson

from journeys.model.definitions import NodeKind
from journeys.model.schema import Schema

_LONGEST_KEY = 160
_LONGEST_REMEMBERED = 500
"""Characters of a name whose folded form is remembered: longer texts are seldom compared twice, and fill the memory."""
_STRETCH = 4096
_SEPARATORS = re.compile(r"\s+")
_UNSEEN = re.compile(
    r"[\u00ad\u034f\u061c\u180e\u200b-\u200f\u202a-\u202e\u2060-\u2064\u2066-\u206f\ufe00-\ufe0f\ufeff]"
)
"""Invisible characters that other programs put into names: soft hyphens, zero-width spaces, joiners, direction
marks."""
_TYPOGRAPHY = str.maketrans(
    dict.fromkeys("\u2018\u2019\u201a\u201b\u02bc\u02b9\u2032\u00b4\u0060\uff07", "'")
    | dict.fromkeys("\u201c\u201d\u201e\u201f\u00ab\u00bb\u2033\uff02", '"')
    | dict.fromkeys("\u2010\u2011\u2012\u2013\u2014\u2015\u2212\ufe58\ufe63\uff0d", "-")
)
_UNSAFE = re.compile(r"[\x00-\x1f\x7f\u202a-\u202e\u2066-\u2069:]+")

SHARED_QUALIFIERS = ("source", "place", "quote", "claimed_by", "scope", "negated", "date_text", "at_meeting")
"""Properties that distinguish two claims of one kind between the same ends, besides the kind's own properties. Mode,
confidence, status and notes are judgements about a claim: a change to one of them keeps the id."""


def folded(name: str) -> str:
    """Return ``name`` as names are compared: without case, accents on alphabetic scripts, invisible characters, and
    differences of spacing, quotation marks, hyphens and dashes.
    """
    return _folded_name(name) if len(name) <= _LONGEST_REMEMBERED else _folded(name)


def _folded(name: str) -> str:
    # Before the decomposition, which makes a space and an accent of an acute accent that stands for an apostrophe.
    decomposed = unicodedata.normalize("NFKD", _UNSEEN.sub("", name).translate(_TYPOGRAPHY))
    plain = decomposed if decomposed.isascii() else unicodedata.normalize("NFC", _without_accents(decomposed))
    return _SEPARATORS.sub(" ", plain).strip().casefold()


_folded_name = lru_cache(maxsize=65536)(_folded)


def _without_accents(decomposed: str) -> str:
    parts: list[str] = []
    base = ""
    # A stretch at a time: as things of their own the characters of a long text take 40 times as much memory.
    for start in range(0, len(decomposed), _STRETCH):
        kept: list[str] = []
        for character in decomposed[start : start + _STRETCH]:
            if unicodedata.combining(character):
                # An accent on a Latin, Greek or Cyrillic letter is spelling; a sign in Devanagari or Arabic is a part
                # of the word.
                if base and ord(base) < 0x530:
                    continue
            else:
                base = character
            kept.append(character)
        parts.append("".join(kept))
    return "".join(parts)


@lru_cache(maxsize=65536)
def slug(name: str) -> str:
    """Return ``name`` as part of an id: folded, spaces as hyphens; a very long one is cut and ends in a hash of the
    whole.

    Raises ValueError when no letter or digit is left.
    """
    text = _key_part(folded(name))
    if not text:
        raise ValueError(f"{name!r} has no letter or digit to build an id from")
    return text


@lru_cache(maxsize=65536)
def _key_part(text: str) -> str:
    text = _SEPARATORS.sub(" ", _UNSAFE.sub(" ", text)).strip().replace(" ", "-")
    if not any(character.isalnum() for character in text):
        return ""
    if len(text) > _LONGEST_KEY:
        digest = hashlib.sha256(text.encode("utf-8", "surrogatepass")).hexdigest()[:12]
        text = f"{text[: _LONGEST_KEY - 13]}-{digest}"
    return text


def node_id(study: str, kind: NodeKind, key: Iterable[str]) -> str:
    """The id of a node of ``kind``: study, kind and the parts of its natural key.

    A part keeps its capitals ("D07"); only spaces and characters that would break an id are changed. Pass
    ``slug(name)`` for a key that is made from a name. Raises ValueError for an empty key.
    """
    text = ".".join(filter(None, (_key_part(unicodedata.normalize("NFC", part)) for part in key)))
    if not text:
        raise ValueError(f"a {kind.name} needs a value to build its id from")
    return f"{study}:{kind.slug}:{text}"


def short_id(node_id: str) -> str:
    """The natural key in a node's id, as people write it: ``north.strategic.D07`` of ``riverside:document:…``.

    Any other text is returned unchanged.
    """
    return node_id.split(":", 2)[-1]


def claim_id(schema: Schema, claim_type: str, from_id: str, to_id: str, properties: Mapping[str, object]) -> str:
    """The id of a claim: a hash of its type, ends, qualifiers, source, place and quote.

    The study is in the ends' ids, so the same words in two studies are two claims.
    """
    own = schema.claims[claim_type].qualifiers
    said = [(name, properties[name]) for name in own if properties.get(name) is not None]
    said += [(name, properties[name]) for name in SHARED_QUALIFIERS if properties.get(name) not in (None, False)]
    return "claim:" + _digest([claim_type, from_id, to_id, sorted(said)], 24)


def keyed_claim_id(claim: str, key: str) -> str:
    """Return the id of a claim from a table with a key column, which separates it from claims with the same content."""
    return "claim:" + _digest([claim, "key", key], 24)


def nth_claim_id(claim: str, number: int) -> str:
    """Return the id of the nth of several acts with the same content, from 1; the first keeps the claim's plain id."""
    return claim if number == 1 else "claim:" + _digest([claim, "act", number], 24)


def derived_claim_id(claim_type: str, from_id: str, to_id: str, at_meeting: str) -> str:
    """Return the id of an inferred claim: one for two ends and a meeting, however many claims it is inferred from."""
    return "claim:" + _digest([claim_type, from_id, to_id, at_meeting, "derived"], 24)


def content_hash(*texts: str) -> str:
    """Return a short hash of the stored content of a node or claim; the same content gives the same hash in every
    load."""
    return hashlib.sha256("\x1f".join(texts).encode()).hexdigest()[:16]


def stored_json(content: object) -> str:
    """Return ``content`` as JSON with a fixed order of keys, so that equal content gives equal text; dates in ISO form.
    Raises TypeError for what a graph cannot hold: other objects, lone surrogates, integers beyond 64 bits.
    """
    return orjson.dumps(content, option=orjson.OPT_SORT_KEYS).decode()


def _digest(content: object, length: int) -> str:
    return hashlib.sha256(orjson.dumps(content, option=orjson.OPT_SORT_KEYS)).hexdigest()[:length]
