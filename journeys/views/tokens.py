"""The design tokens of pages and pictures, read from ``templates/tokens.css``: see docs/design.md."""

from __future__ import annotations

import re
from collections.abc import Mapping
from functools import cache
from pathlib import Path

_FILE = Path(__file__).parent / "templates" / "tokens.css"
_TOKEN = re.compile(r"--([a-z0-9-]+):\s*([^;]+);")
_TWO = re.compile(r"light-dark\(\s*([^,()]+?)\s*,\s*([^,()]+?)\s*\)")

OF_PICTURES = ("surface", "band", "ink", "quiet", "rule", "support", "contest", "step", "result", "faint", "line")
"""The colours of pictures. A page shows each in its own light or dark form; a saved picture has the light ones."""

_FORMER = {"#1c1c1c": "ink", "#595959": "quiet", "#d4d4d0": "rule", "#e2e2de": "rule", "#767676": "faint"}
"""Other colours written in pictures, and the token that a page shows for each."""


@cache
def light() -> Mapping[str, str]:
    """Every token by name, with its value in light pages."""
    return _values(1)


@cache
def dark() -> Mapping[str, str]:
    """Every token by name, with its value in dark pages; one that is the same in both too."""
    return _values(2)


@cache
def token_styles() -> str:
    """The style sheet of the tokens, as browsers without ``light-dark()`` can read it.

    Pages follow the system unless ``data-theme`` on their root says light or dark; paper is always light.
    """
    text = _FILE.read_text(encoding="utf-8")
    always = _TWO.sub(lambda found: found[1], text).replace(":root {", ":root { color-scheme: light;", 1)
    differ = "".join(f"--{name}:{value};" for name, value in dark().items() if value != light()[name])
    differ = f"color-scheme:dark;{differ}"
    # Before the forced colours, which have to win.
    before, mark, forced = always.partition("@media (forced-colors")
    return (
        f"{before}@media screen and (prefers-color-scheme: dark) {{ :root:not([data-theme=light]) {{{differ}}} }}\n"
        f"@media screen {{ :root[data-theme=dark] {{{differ}}} }}\n"
        f"{mark}{forced.replace(':root {', ':root:root:root {')}{_of_pictures()}"
    )


def _of_pictures() -> str:
    """Rules that show the colours written in a picture in the form that the page has."""
    written = {light()[name]: name for name in OF_PICTURES} | _FORMER
    return "".join(
        f'svg [{way}="{colour}"]{{{way}:var(--{name})}}\n'
        for colour, name in written.items()
        for way in ("fill", "stroke")
    )


def _values(side: int) -> Mapping[str, str]:
    root = _FILE.read_text(encoding="utf-8").partition(":root {")[2].partition("\n}")[0]
    return {name: _TWO.sub(lambda found: found[side], value).strip() for name, value in _TOKEN.findall(root)}
