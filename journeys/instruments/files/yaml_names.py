"""Put pseudonyms in place of the names in YAML: in texts of every style, names of entries, anchors and comments.

A parser says where each of them stands, so that a name is found however it is escaped or folded, and what is written
instead is YAML that says the same.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

import yaml

from journeys.instruments.files.decoded_text import Code, replaced_between, replaced_in
from journeys.model.real_names import NameFinder
from journeys.model.yaml_loader import Loader

_COMMENT = re.compile(r"#.*(?:\r?\n[ \t]*#.*)*")
_NEXT_LINE = re.compile(r"\r?\n[ \t]*#+[ \t]*")
_DIRECTIVE = re.compile(r"^%.*", re.MULTILINE)
_NOT_IN_ANCHORS = re.compile(r"[^0-9A-Za-z_-]+")


def replaced_in_yaml(text: str, finder: NameFinder) -> str | None:
    """A YAML text with pseudonyms in place of names; None for text that is not YAML."""
    anchors: dict[str, str] = {}
    made, last = [], 0
    try:
        for token in yaml.scan(text, Loader=Loader):
            if isinstance(token, yaml.ScalarToken | yaml.AnchorToken | yaml.AliasToken | yaml.TagToken):
                start, end = token.start_mark.index, token.end_mark.index
                made += [_between(text[last:start], finder), _token(token, text[start:end], finder, anchors)]
                last = end
    except yaml.YAMLError:
        return None
    return "".join([*made, _between(text[last:], finder)])


def texts_in_yaml(text: str) -> Iterator[str]:
    """What the texts of a YAML file say, decoded by its parser; nothing of what follows a fault."""
    try:
        for token in yaml.scan(text, Loader=Loader):
            if isinstance(token, yaml.ScalarToken):
                yield token.value
    except yaml.YAMLError:
        return


def _token(token: yaml.Token, written: str, finder: NameFinder, anchors: dict[str, str]) -> str:
    if isinstance(token, yaml.AnchorToken | yaml.AliasToken):
        return written[0] + _anchor(written[1:], finder, anchors)
    if isinstance(token, yaml.TagToken):
        return _without_spaces(written, finder)
    if isinstance(token, yaml.ScalarToken) and token.style == "'":
        return "'" + replaced_in(written[1:-1].replace("''", "'"), finder).replace("'", "''") + "'"
    return replaced_in(written, finder)


def _anchor(name: str, finder: NameFinder, anchors: dict[str, str]) -> str:
    """The new name of an anchor: one that YAML takes, that no other has, and that is the same wherever it is used."""
    if name not in anchors:
        made = finder.replaced(name)
        if made != name:
            plain = made = _NOT_IN_ANCHORS.sub("_", made)
            number = 1
            while made in anchors.values():
                number += 1
                made = f"{plain}_{number}"
        anchors[name] = made
    return anchors[name]


def _between(text: str, finder: NameFinder) -> str:
    """What stands between texts: comments, which may go on over several lines, and directives."""
    if "%" in text:
        text = _DIRECTIVE.sub(lambda found: _without_spaces(found[0], finder), text)
    if "#" in text:
        text = _COMMENT.sub(lambda found: _comment(found[0], finder), text)
    return text


def _comment(written: str, finder: NameFinder) -> str:
    # A name that goes on in the next line takes what follows it into its own line, which is a comment still.
    return replaced_in(replaced_between(written, _next_lines, finder), finder)


def _next_lines(text: str) -> Iterator[Code]:
    return (Code(*match.span(), "\n") for match in _NEXT_LINE.finditer(text))


def _without_spaces(written: str, finder: NameFinder) -> str:
    return " ".join(re.sub(r"\s+", "_", finder.replaced(word)) for word in written.split(" "))
