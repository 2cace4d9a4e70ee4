"""The SVG of matplotlib made fit for our pages and for papers.

A page allows no style attributes and no style sheet that it did not name, so styles become attributes; colours then
follow the page (``views/tokens.py``). What is left is drawing and text: no ids that two pictures on a page would share,
no definitions, no clipping.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from xml.etree import ElementTree as ET

from journeys.model.exports import MADE_BY
from journeys.views.tokens import light

_SVG, _XLINK = "http://www.w3.org/2000/svg", "http://www.w3.org/1999/xlink"
_NUMBER = re.compile(r"-?\d+\.\d+")
_OF_PATHS = ("d", "points", "transform", "x", "y", "width", "height")
_DROPPED = {"font-family", "font", "font-variant", "font-stretch"}
_DEFAULTS = {("font-style", "normal"), ("font-weight", "400"), ("opacity", "1"), ("stroke-linejoin", "miter")}


def cleaned_svg(
    text: str, title: str, description: str, marks: Mapping[str, tuple[str, str]], *, linked: bool = False
) -> str:
    """``text`` as matplotlib wrote it, with a title and description, and words and a link for each mark by its id.

    A picture whose marks are ``linked`` is a group to a screen reader, else one image.
    """
    root = ET.fromstring(text)
    definitions = {each.attrib["id"]: each for each in root.iter() if "id" in each.attrib}
    made = ET.Element(_name("svg"))
    width, height = (float(number) for number in root.attrib["viewBox"].split()[2:])
    made.attrib.update(
        {
            "viewBox": f"0 0 {width:g} {height:g}",
            "width": f"{width:g}",
            "height": f"{height:g}",
            "font-family": light()["sans"].replace('"', ""),
            "role": "group" if linked else "img",
            "aria-label": title,
            "stroke-linejoin": "round",
        }
    )
    for name, words in (("title", title), ("desc", description), ("metadata", MADE_BY)):
        ET.SubElement(made, _name(name)).text = words
    for child in root:
        _copy(child, made, definitions, marks)
    if linked:
        # Words stand above the marks, and must not take the pointer from them.
        for written in made.iter(_name("text")):
            written.attrib["pointer-events"] = "none"
    for child in made:
        child.tail = "\n"
    ET.register_namespace("", _SVG)
    return ET.tostring(made, encoding="unicode") + "\n"


def _name(tag: str) -> str:
    return f"{{{_SVG}}}{tag}"


def _copy(
    element: ET.Element,
    into: ET.Element,
    definitions: Mapping[str, ET.Element],
    marks: Mapping[str, tuple[str, str]],
) -> None:
    tag = element.tag.rpartition("}")[2] if isinstance(element.tag, str) else ""
    if tag in ("", "defs", "metadata", "style", "title"):
        return
    if tag == "use":
        used = definitions[element.attrib[f"{{{_XLINK}}}href"].removeprefix("#")]
        place = f"translate({element.attrib.get('x', '0')} {element.attrib.get('y', '0')})"
        drawn = _attributes(used) | {"transform": _short(place)} | _attributes(element)
        ET.SubElement(into, _name("path"), {name: value for name, value in drawn.items() if name not in ("x", "y")})
        return
    if tag == "g" and element.get("id") in marks:
        words, href = marks[element.attrib["id"]]
        link = {"href": href, "aria-label": words} if href else {}
        into = ET.SubElement(into, _name("a" if href else "g"), {**link, "pointer-events": "all"})
        ET.SubElement(into, _name("title")).text = words
    elif tag != "g":
        into = ET.SubElement(into, _name(tag), _attributes(element))
        into.text = element.text
        if tag == "path" and not element.get("d", "").strip():
            return
    for child in element:
        _copy(child, into, definitions, marks)


def _attributes(element: ET.Element) -> dict[str, str]:
    """Attributes that say the same as the style; numbers with as many decimals as can be seen."""
    found = {name: _short(value) for name, value in element.attrib.items() if name in _OF_PATHS}
    for part in element.get("style", "").split(";"):
        name, _, value = (each.strip() for each in part.partition(":"))
        if name and name not in _DROPPED and (name, value) not in _DEFAULTS:
            found[name] = value.removesuffix("px") if name == "font-size" else value
    if re.fullmatch(r"rotate\(-?0 .*\)", found.get("transform", "")):
        del found["transform"]
    return found


def _short(value: str) -> str:
    return _NUMBER.sub(lambda found: f"{float(found[0]):.2f}".rstrip("0").rstrip("."), " ".join(value.split()))
