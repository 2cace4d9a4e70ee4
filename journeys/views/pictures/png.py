"""A picture as PNG, for programs that take no SVG."""

from __future__ import annotations

import re

import resvg_py

SHARP = 3
"""Pixels for each unit of a picture: some 300 to the inch where it fills a page."""
MOST_PIXELS = 12_000
"""The most pixels of a side."""
_SIZE = re.compile(r'<svg[^>]*?\swidth="([\d.]+)"[^>]*?\sheight="([\d.]+)"')


def png_of(svg: str) -> bytes:
    """An SVG picture as PNG on white, three pixels for each unit of the picture, fewer if it is very large."""
    found = _SIZE.search(svg)
    width, height = (float(each) for each in found.groups()) if found else (1000.0, 1000.0)
    scale = min(SHARP, MOST_PIXELS / width, MOST_PIXELS / height)
    return bytes(resvg_py.svg_to_bytes(svg_string=svg, width=max(int(width * scale), 1), background="#ffffff"))
