"""Equations as a line of text: x^2, (a+b)/2, √(x), ∑_(i=1)^n."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import Any

_MATH = "{http://schemas.openxmlformats.org/officeDocument/2006/math}"
_WORD = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"


def linear(element: Any) -> str:
    """The equation in ``element`` (m:oMath, or any part of one), in the linear form in which people type equations."""
    if not isinstance(element.tag, str):
        return ""
    name = element.tag.removeprefix(_MATH) if element.tag.startswith(_MATH) else ""
    if name == "t" or element.tag == f"{_WORD}t":
        return element.text or ""
    if name == "r" and _gone(element):
        return ""
    if name.endswith("Pr") or element.tag in (f"{_WORD}rPr", f"{_WORD}del", f"{_WORD}moveFrom"):
        return ""
    return _FORMS.get(name, _in_order)(element)


def unseen(element: Any) -> Iterator[tuple[str, str]]:
    """The words of an equation that are hidden ("hidden") or struck out ("struck")."""
    for run in element.iter(f"{_MATH}r"):
        what = _gone(run)
        if what in ("hidden", "struck"):
            yield what, "".join(text.text or "" for text in run.iter(f"{_MATH}t"))


def _gone(run: Any) -> str | None:
    """Why a run of an equation is not read; None for one that is."""
    properties = run.find(f"{_WORD}rPr")
    if properties is None:
        return None
    if any(properties.find(f"{_WORD}{name}") is not None for name in ("del", "moveFrom")):
        return "deleted"
    for what, names in (("hidden", ("vanish",)), ("struck", ("strike", "dstrike"))):
        found = [properties.find(f"{_WORD}{name}") for name in names]
        if any(f is not None and (f.get(f"{_WORD}val") or "") not in ("0", "false", "off") for f in found):
            return what
    return None


def _in_order(element: Any) -> str:
    return "".join(map(linear, element))


def _part(element: Any, name: str) -> str:
    found = element.find(f"{_MATH}{name}")
    return linear(found) if found is not None else ""


def _said(element: Any, path: str, default: str) -> str:
    """An attribute m:val of the properties, or the default where the property is absent."""
    found = element.find("/".join(_MATH + step for step in path.split("/")))
    return default if found is None else (found.get(f"{_MATH}val") or "")


def _grouped(words: str) -> str:
    """The words in brackets, unless they are one number or one letter."""
    return words if len(words) < 2 or words.replace(".", "", 1).isdigit() else f"({words})"


def _fraction(element: Any) -> str:
    return f"{_grouped(_part(element, 'num'))}/{_grouped(_part(element, 'den'))}"


def _script(marks: str) -> Callable[[Any], str]:
    """Sub- and superscripts: ``marks`` are the names of the parts, each with its sign before it."""
    pairs = [pair.split(":") for pair in marks.split()]

    def made(element: Any) -> str:
        base = _part(element, "e")
        return (base if len(base) < 2 or base.isalnum() else f"({base})") + "".join(
            f"{sign}{_grouped(words)}" for sign, name in pairs if (words := _part(element, name))
        )

    return made


def _root(element: Any) -> str:
    degree = _part(element, "deg")
    return f"√({degree}&{_part(element, 'e')})" if degree else f"√({_part(element, 'e')})"


def _sum(element: Any) -> str:
    sign = _said(element, "naryPr/chr", "∫")
    low, high = _part(element, "sub"), _part(element, "sup")
    limits = (f"_{_grouped(low)}" if low else "") + (f"^{_grouped(high)}" if high else "")
    return f"{sign}{limits} {_part(element, 'e')}"


def _brackets(element: Any) -> str:
    between = _said(element, "dPr/sepChr", "|")
    inner = between.join(map(linear, element.findall(f"{_MATH}e")))
    return f"{_said(element, 'dPr/begChr', '(')}{inner}{_said(element, 'dPr/endChr', ')')}"


def _function(element: Any) -> str:
    argument = _part(element, "e")
    space = "" if argument.startswith("(") else " "
    return f"{_part(element, 'fName')}{space}{argument}"


def _matrix(element: Any) -> str:
    rows = (", ".join(map(linear, row.findall(f"{_MATH}e"))) for row in element.findall(f"{_MATH}mr"))
    return f"[{'; '.join(rows)}]"


def _lines(element: Any) -> str:
    return "; ".join(map(linear, element.findall(f"{_MATH}e")))


def _accent(element: Any) -> str:
    base = _part(element, "e")
    return f"{base if len(base) < 2 else f'({base})'}{_said(element, 'accPr/chr', chr(0x302))}"


def _bar(element: Any) -> str:
    below = _said(element, "barPr/pos", "bot") == "bot"
    return f"{'underline' if below else 'overline'}({_part(element, 'e')})"


_FORMS: dict[str, Callable[[Any], str]] = {
    "f": _fraction,
    "sSup": _script("^:sup"),
    "sSub": _script("_:sub"),
    "sSubSup": _script("_:sub ^:sup"),
    "sPre": _script("_:sub ^:sup"),
    "limLow": _script("_:lim"),
    "limUpp": _script("^:lim"),
    "rad": _root,
    "nary": _sum,
    "d": _brackets,
    "func": _function,
    "m": _matrix,
    "eqArr": _lines,
    "acc": _accent,
    "bar": _bar,
}
