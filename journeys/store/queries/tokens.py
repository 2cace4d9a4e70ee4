"""Analyse the text of a query without running it: its tokens, its end, the procedures it calls and the names it uses.

This is not a parser: it recognises strings, comments and quoted names, so that their content is not taken for the
query, and reports only what is certain.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

_TOKEN = re.compile(
    r"""
    (?P<comment> //[^\n\r]* | /\*.*?(?:\*/|\Z) )
  | (?P<string> '(?:\\.|[^'\\])*(?:'|\Z) | "(?:\\.|[^"\\])*(?:"|\Z) )
  | (?P<quoted> `(?:``|[^`])*(?:`|\Z) )
  | (?P<parameter> \$(?:\w+|`(?:``|[^`])*`) )
  | (?P<number> \d+(?:\.\d+)?(?:[eE][+-]?\d+)?\w* )
  | (?P<word> [^\W\d]\w* )
  | (?P<space> \s+ )
  | (?P<sign> . )
    """,
    re.VERBOSE | re.DOTALL,
)

_WRITING = frozenset(
    ("ALTER", "CREATE", "DELETE", "DETACH", "DROP", "FOREACH", "GRANT", "INSERT", "MERGE", "REMOVE", "REVOKE", "SET")
)


@dataclass(frozen=True, slots=True)
class Token:
    """A word, quoted name, string, parameter, number or sign of a query, and where it begins."""

    kind: str
    text: str
    start: int

    @property
    def name(self) -> str:
        """What a word, quoted name or parameter names; "" for anything else."""
        text = self.text.removeprefix("$") if self.kind == "parameter" else self.text
        if self.kind not in ("word", "quoted", "parameter"):
            return ""
        return text[1:-1].replace("``", "`") if text.startswith("`") else text

    def is_word(self, *words: str) -> bool:
        """Whether it is one of these keywords, in any case."""
        return self.kind == "word" and self.text.upper() in words

    def is_sign(self, *signs: str) -> bool:
        """Whether it is one of these signs."""
        return self.kind == "sign" and self.text in signs


def tokens(cypher: str) -> list[Token]:
    """The query without comments and spaces."""
    return [
        Token(found.lastgroup or "", found[0], found.start())
        for found in _TOKEN.finditer(cypher)
        if found.lastgroup not in ("comment", "space")
    ]


def statements(text: str) -> list[str]:
    """The queries in a text, which semicolons end; what holds nothing but comments is none."""
    found, begin = [], 0
    ends = [token.start for token in tokens(text) if token.is_sign(";")]
    for end in [*ends, len(text)]:
        part = text[begin:end]
        if tokens(part):
            found.append(part.strip())
        begin = end + 1
    return found


def complete(text: str) -> bool:
    """Whether a semicolon ends the text, so that it can be run."""
    found = tokens(text)
    return bool(found) and found[-1].is_sign(";")


def parameters(cypher: str) -> list[str]:
    """The parameters a query uses, each once."""
    return list(dict.fromkeys(token.name for token in tokens(cypher) if token.kind == "parameter"))


def keywords(found: Sequence[Token]) -> Iterator[tuple[int, str]]:
    """The words that may be keywords, in capitals, each with its place: not properties, labels and parameters."""
    for at, token in enumerate(found):
        if token.kind == "word" and not (at and found[at - 1].is_sign(".", ":")):
            yield at, token.text.upper()


def depth(cypher: str) -> int:
    """How deep the brackets of the query are nested."""
    deepest = now = 0
    for token in tokens(cypher):
        now += token.is_sign(*"([{") - token.is_sign(*")]}")
        deepest = max(deepest, now)
    return deepest


def may_write(cypher: str) -> bool:
    """Whether a word of the query may be one that changes something."""
    return any(word in _WRITING for _, word in keywords(tokens(cypher)))


def procedures(cypher: str) -> list[str]:
    """The procedures a query calls, as "db.labels"."""
    found = tokens(cypher)
    return [name for at, word in keywords(found) if word == "CALL" and (name := _called(found, at + 1))]


def _called(found: Sequence[Token], at: int) -> str:
    """The name of the procedure that begins here; "" when something else does: a subquery, the end of a clause."""
    parts: list[str] = []
    while at < len(found) and found[at].name and found[at].kind != "parameter":
        parts.append(found[at].name)
        at += 1
        if at < len(found) and found[at].is_sign("."):
            at += 1
            continue
        break
    is_call = len(parts) > 1 or (at < len(found) and found[at].is_sign("("))
    return ".".join(parts) if parts and is_call else ""
