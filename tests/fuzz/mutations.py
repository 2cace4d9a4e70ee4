"""Damages to files: of their bytes, of their text, of the parts of a package. All follow from one random number."""

from __future__ import annotations

import io
import re
import zipfile
from collections.abc import Callable
from random import Random

_TOKENS = (
    "",
    "0",
    "-1",
    "1e999",
    "9" * 400,
    "NaN",
    "null",
    "~",
    "true",
    "[]",
    "{}",
    "[[[[",
    "}}}}",
    "- - - a",
    "&a *a",
    "*a",
    "<<: *b",
    "!!python/object/apply:os.system ['x']",
    "2011-02-30",
    "31/12/0000",
    "99999-01-01",
    "-0001-01-01",
    "spring 2011",
    "\x00",
    "\x1b[31m",
    "\u202e",
    "\ufeff",
    "\u2028",
    "\ud800",
    "\\ud800",
    "\U0001f600",
    "a" * 70_000,
    "=1+1",
    "{{",
    "]]>",
    "<!DOCTYPE a>",
    "&#0;",
    "&a;",
    "%s",
    "../../../x",
    "/dev/zero",
    "\t",
    "\r",
    "\r\n\r\n",
    "'",
    '"',
    "|",
    ";",
    ":",
    ": ",
    "#",
    "x: {y: 1}",
)
_TAG = re.compile(rb"<[^<>]*>")
_ATTRIBUTE = re.compile(rb'="[^"]*"')
_PIECE = re.compile(r"[^\s:,\[\]{}\"|;=<>]+|[:,\[\]{}\"|;=<>]")
_ENCODINGS = ("utf-16", "utf-32", "cp1252", "utf-8-sig", "utf-7", "cp037")


def damaged(data: bytes, random: Random) -> bytes:
    """The bytes of a file, damaged in some way: as a package where they are one, else as text or as bytes."""
    if data.startswith(b"PK") and random.random() < 0.85:
        return _package(data, random)
    if not data.startswith((b"PK", b"SQLite")) and random.random() < 0.8:
        return _text(data, random)
    return _bytes(data, random)


def _bytes(data: bytes, random: Random) -> bytes:
    held = bytearray(data)
    match random.randrange(6):
        case 0:
            return bytes(held[: random.randrange(len(held) + 1)])
        case 1:
            return b""
        case 2:
            start = random.randrange(len(held) + 1)
            return bytes(held[:start] + random.randbytes(random.randrange(1, 200)) + held[start:])
        case 3:
            start = random.randrange(len(held) + 1)
            return bytes(held[:start] + held[start + random.randrange(1, 500) :])
        case _:
            for _ in range(random.choice((1, 3, 30))):
                if held:
                    held[random.randrange(len(held))] = random.randrange(256)
            return bytes(held)


def _text(data: bytes, random: Random) -> bytes:
    text = data.decode("utf-8", "replace")
    lines = text.split("\n")
    at = random.randrange(len(lines))
    match random.randrange(9):
        case 0:
            lines[at] = "  " * random.randrange(1, 60) + lines[at]
        case 1:
            lines[at:at] = lines[at : at + random.randrange(1, 20)] * random.choice((1, 2, 50))
        case 2:
            del lines[at : at + random.randrange(1, 10)]
        case 3:
            return text.encode(random.choice(_ENCODINGS), "replace")
        case 4:
            deep = random.choice((50, 120, 5_000))
            lines[at] = lines[at] + " " + "[" * deep + "]" * random.choice((0, deep))
        case _:
            for _ in range(random.choice((1, 1, 3, 10))):
                at = random.randrange(len(lines))
                pieces = list(_PIECE.finditer(lines[at]))
                if pieces:
                    chosen = random.choice(pieces)
                    lines[at] = lines[at][: chosen.start()] + random.choice(_TOKENS) + lines[at][chosen.end() :]
    return "\n".join(lines).encode("utf-8", "surrogatepass")


def _package(data: bytes, random: Random) -> bytes:
    with zipfile.ZipFile(io.BytesIO(data)) as package:
        parts = {name: package.read(name) for name in package.namelist() if not name.endswith("/")}
    names = sorted(parts)
    one, other = random.choice(names), random.choice(names)
    match random.randrange(10):
        case 0:
            del parts[one]
        case 1:
            parts[one], parts[other] = parts[other], parts[one]
        case 2:
            parts[one] = _bytes(parts[one], random)
        case 3:
            parts[f"{one}/../{other}"] = parts[one]
        case _:
            texts = [name for name in names if name.endswith((".xml", ".rels", ".qde", ".qdc", ".txt"))]
            for _ in range(random.choice((1, 1, 2, 8))):
                name = random.choice(texts or names)
                parts[name] = _markup(parts[name], random)
    made = io.BytesIO()
    with zipfile.ZipFile(made, "w", zipfile.ZIP_DEFLATED) as package:
        for name, content in parts.items():
            package.writestr(name, content)
    return made.getvalue()


def _markup(data: bytes, random: Random) -> bytes:
    """XML of which an element or attribute was changed, taken out or doubled."""
    found = list((_ATTRIBUTE if random.random() < 0.5 else _TAG).finditer(data))
    if not found:
        return _bytes(data, random)
    chosen = random.choice(found)
    token = random.choice(_TOKENS).encode("utf-8", "surrogatepass")
    escaped = token.replace(b"&", b"&amp;").replace(b"<", b"&lt;").replace(b'"', b"&quot;")
    if chosen[0].startswith(b"="):
        new = b'="' + escaped + b'"'
    else:
        new = random.choice((b"", chosen[0] * 2, chosen[0] + escaped, chosen[0] + token, chosen[0] + b"x" * 40_000))
    if random.random() < 0.3 and not chosen[0].startswith(b"="):  # a whole element, so that the rest stays well-formed
        name = re.match(rb"<([\w:]+)", chosen[0])
        end = data.find(b"</" + name[1] + b">", chosen.end()) if name else -1
        if name and end != -1:
            end += len(name[1]) + 3
            element = data[chosen.start() : end]
            return data[: chosen.start()] + element * random.choice((0, 0, 2, 40)) + data[end:]
    return data[: chosen.start()] + new + data[chosen.end() :]


Damage = Callable[[bytes, Random], bytes]
