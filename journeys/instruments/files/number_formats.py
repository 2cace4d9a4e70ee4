"""A number as a spreadsheet shows it: 25 %, 1.10, 007, £1,200 (ECMA-376, part 1, 18.8.31; dates are read elsewhere)."""

from __future__ import annotations

import re
from collections.abc import Callable
from decimal import ROUND_HALF_UP, Context, Decimal
from fractions import Fraction
from functools import cache

BUILT_IN = {
    "1": "0", "2": "0.00", "3": "#,##0", "4": "#,##0.00", "5": '"$"#,##0_);("$"#,##0)', "6": '"$"#,##0_);("$"#,##0)',
    "7": '"$"#,##0.00_);("$"#,##0.00)', "8": '"$"#,##0.00_);("$"#,##0.00)', "9": "0%", "10": "0.00%", "11": "0.00E+00",
    "12": "# ?/?", "13": "# ??/??", "37": "#,##0_);(#,##0)", "38": "#,##0_);(#,##0)", "39": "#,##0.00_);(#,##0.00)",
    "40": "#,##0.00_);(#,##0.00)", "41": "#,##0_);(#,##0);\\-", "42": '"$"#,##0_);("$"#,##0);"$"\\-',
    "43": "#,##0.00_);(#,##0.00);\\-", "44": '"$"#,##0.00_);("$"#,##0.00);"$"\\-', "48": "##0.0E+0",
}  # fmt: skip
"""The formats that a file names by number alone, as Excel in English has them."""

_TOKEN = re.compile(
    r'"(?P<quoted>[^"]*)"?|\\(?P<escaped>.)|_.|\*.|\[(?P<bracket>[^\]]*)\]|(?P<general>general)|(?P<exponent>E[+-])'
    r"|(?P<date>[ymdhsbe]+|am/pm|a/p)|(?P<sign>.)",
    re.IGNORECASE | re.DOTALL,
)
_CONDITION = re.compile(r"(<=|>=|<>|<|>|=)\s*(-?[\d.]+)")
_CURRENCY = re.compile(r"\$([^-]*)")
_SHOWN_PLAINLY = re.compile(r"[^\d.]*(\d+(?:\.\d+)?|\.\d+)[^\d.%]*(%?)")
_EXACT = Context(prec=700)
"""Digits enough for any floating-point number written out."""
_HOLDS: dict[str, Callable[[Decimal, Decimal], bool]] = {
    "<": lambda a, b: a < b,
    ">": lambda a, b: a > b,
    "=": lambda a, b: a == b,
    "<=": lambda a, b: a <= b,
    ">=": lambda a, b: a >= b,
    "<>": lambda a, b: a != b,
}

_Token = tuple[str, str]
"""("literal", words), ("digit", 0 # or ?), or a sign of its own: point, comma, percent, slash, exponent, text."""


def shown_number(value: int | float, code: str) -> str | None:
    """The text that a cell with this number and number format shows; None where the format says nothing of its own.

    None for the general format, for dates, and for what a person would not take for a format.
    """
    sections = _sections(code)
    if sections is None:
        return None
    number = Decimal(repr(value))
    chosen, signed = _chosen(sections, number)
    if chosen is None:
        return None
    tokens = chosen[1]
    if any(kind in ("general", "text") for kind, _ in tokens):
        if all(kind in ("general", "text") for kind, _ in tokens):
            return None
        plain = f"{abs(number):f}" if signed else f"{number:f}"
        return "".join(plain if kind in ("general", "text") else words for kind, words in tokens).strip()
    sign = "-" if number < 0 and not signed else ""
    shown = _rendered(abs(number), tokens)
    return f"{sign}{shown}".strip() if any(letter.isdigit() and letter != "0" for letter in shown) else shown.strip()


def loses_digits(value: int | float, shown: str) -> bool:
    """Whether a number as it is shown is another number than the one that is stored: 12% for 0.1234."""
    plain = _SHOWN_PLAINLY.fullmatch(shown.replace(",", ""))
    if plain is None or not plain[1]:
        return False
    number = Decimal(plain[1]) / (100 if plain[2] else 1)
    return abs(number - abs(Decimal(repr(value)))) > Decimal("1e-12") * max(Decimal(1), abs(number))


def shown_text(value: str, code: str) -> str | None:
    """The text that a cell with this text and number format shows; None where it shows the text alone."""
    sections = _sections(code)
    if sections is None:
        return None
    own = sections[3] if len(sections) > 3 else next((s for s in sections if ("text", "@") in s[1]), None)
    if own is None or own[1] == (("text", "@"),):
        return None
    return "".join(value if kind == "text" else words for kind, words in own[1]).strip()


_Section = tuple[tuple[str, Decimal] | None, tuple[_Token, ...]]


@cache
def _sections(code: str) -> tuple[_Section, ...] | None:
    """The parts of a format for positive, negative and zero numbers and for text; None for a date."""
    sections: list[list[_Token]] = [[]]
    conditions: list[tuple[str, Decimal] | None] = [None]
    for match in _TOKEN.finditer(code):
        kind, words = match.lastgroup, match[match.lastgroup] if match.lastgroup else ""
        if kind == "date":
            return None
        if kind in ("quoted", "escaped"):
            sections[-1].append(("literal", words))
        elif kind == "bracket":
            if currency := _CURRENCY.match(words):
                sections[-1].append(("literal", currency[1]))
            elif condition := _CONDITION.fullmatch(words.strip()):
                conditions[-1] = (condition[1], Decimal(condition[2]))
            elif words.lower().strip("hms") == "":
                return None  # elapsed time
        elif kind in ("general", "exponent"):
            sections[-1].append((kind, words.upper()))
        elif kind == "sign" and words == ";":
            sections.append([])
            conditions.append(None)
        elif kind == "sign":
            names = {"0": "digit", "#": "digit", "?": "digit", ".": "point", ",": "comma", "%": "percent", "@": "text"}
            sections[-1].append((names.get(words, "slash" if words == "/" else "literal"), words))
    return tuple((condition, tuple(tokens)) for condition, tokens in zip(conditions, sections, strict=True))


def _chosen(sections: tuple[_Section, ...], number: Decimal) -> tuple[_Section | None, bool]:
    """The section for a number, and whether that section says itself that the number is negative."""
    numeric = sections[:3]
    if any(condition for condition, _ in numeric):
        for section in numeric:
            condition = section[0]
            if condition is None or _HOLDS[condition[0]](number, condition[1]):
                return section, False
        return None, False
    if len(numeric) == 1 or number > 0 or (number == 0 and len(numeric) < 3):
        return numeric[0], False
    return (numeric[1], True) if number < 0 else (numeric[2], False)


def _rendered(number: Decimal, tokens: tuple[_Token, ...]) -> str:
    kinds = [kind for kind, _ in tokens]
    if "slash" in kinds and "digit" in kinds[: kinds.index("slash")]:
        return _fraction(number, tokens, kinds.index("slash"))
    number *= Decimal(100) ** kinds.count("percent")
    if "exponent" in kinds:
        return _scientific(number, tokens, kinds.index("exponent"))
    return _fixed(number, tokens)


def _fixed(number: Decimal, tokens: tuple[_Token, ...]) -> str:
    """A number with its digits in the places that the format gives them."""
    point = next((place for place, (kind, _) in enumerate(tokens) if kind == "point"), len(tokens))
    places = [place for place, (kind, _) in enumerate(tokens) if kind == "digit"]
    whole = [place for place in places if place < point]
    decimals = [place for place in places if place > point]
    commas = [place for place, (kind, _) in enumerate(tokens) if kind == "comma"]
    last = whole[-1] if whole else -1
    end = places[-1] if places else -1
    number /= Decimal(1000) ** sum(last < place <= point or place > end for place in commas)
    grouped = any(whole and whole[0] < place < last for place in commas)
    rounded = _rounded(number, len(decimals))
    before, _, after = f"{rounded:f}".partition(".")
    digits = list(before.lstrip("0"))
    made: dict[int, str] = {}
    written = 0
    for place in reversed(whole):
        digit = digits.pop() if digits else {"0": "0", "?": " "}.get(tokens[place][1], "")
        made[place] = digit + ("," if grouped and digit.strip() and written and written % 3 == 0 else "")
        written += bool(digit)
        while place == whole[0] and digits:
            comma = "," if grouped and written % 3 == 0 else ""
            made[place] = f"{digits.pop()}{comma}{made[place]}" if comma else digits.pop() + made[place]
            written += 1
    for number_of, place in enumerate(decimals):
        significant = any(digit != "0" for digit in after[number_of:])
        made[place] = after[number_of] if significant or tokens[place][1] == "0" else ""
    no_place = "".join(digits) if not whole else ""
    said = []
    for place, (kind, words) in enumerate(tokens):
        if kind == "digit":
            said.append(made[place])
        elif kind == "point":
            said.append(f"{no_place}.")
        elif kind in ("literal", "percent"):
            said.append(words)
    return "".join(said)


def _rounded(number: Decimal, decimals: int) -> Decimal:
    return number.quantize(Decimal(1).scaleb(-decimals), ROUND_HALF_UP, _EXACT)


def _scientific(number: Decimal, tokens: tuple[_Token, ...], at: int) -> str:
    whole = sum(kind == "digit" for kind, _ in tokens[: _point(tokens, at)]) or 1
    decimals = sum(kind == "digit" for kind, _ in tokens[_point(tokens, at) : at])
    power = number.adjusted() if number else 0
    power -= power % whole if whole > 1 else 0
    mantissa = _rounded(number.scaleb(-power), decimals)
    if mantissa >= 10**whole:
        mantissa, power = _rounded(mantissa / 10**whole, decimals), power + whole
    width = sum(kind == "digit" for kind, _ in tokens[at:])
    sign = "-" if power < 0 else "+" if tokens[at][1] == "E+" else ""
    before = "".join(words for kind, words in tokens[:at] if kind == "literal")
    after = "".join(words for kind, words in tokens[at:] if kind in ("literal", "percent"))
    return f"{before}{mantissa:f}E{sign}{abs(power):0{width}d}{after}"


def _point(tokens: tuple[_Token, ...], end: int) -> int:
    return next((place for place, (kind, _) in enumerate(tokens[:end]) if kind == "point"), end)


def _fraction(number: Decimal, tokens: tuple[_Token, ...], slash: int) -> str:
    """1 1/2: the nearest fraction whose denominator has as many digits as the format has places for it."""
    after = "".join(words for _, words in tokens[slash + 1 :]).strip()
    places = sum(kind == "digit" for kind, _ in tokens[slash + 1 :])
    groups = re.findall(r"[0#?]+", "".join(w if k in ("digit", "literal") else " " for k, w in tokens[:slash]))
    exact = Fraction(number)
    if after.isdigit() and int(after):
        part = Fraction(round(exact * int(after)), 1)
        denominator = int(after)
        numerator = int(part)
    else:
        nearest = exact.limit_denominator(max(10**places - 1, 1))
        numerator, denominator = nearest.numerator, nearest.denominator
    if len(groups) < 2:
        return f"{numerator}/{denominator}"
    whole, rest = divmod(numerator, denominator)
    if not rest:
        return str(whole)
    return f"{whole} {rest}/{denominator}" if whole else f"{rest}/{denominator}"
