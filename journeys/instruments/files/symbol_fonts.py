"""What letters look like in fonts of symbols (Wingdings, Symbol), and as raised figures, in plain characters."""

from __future__ import annotations

UNKNOWN = "\ufffd"

_WINGDINGS = {
    0x4A: "\u263a", 0x4B: "\U0001f610", 0x4C: "\u2639", 0x6C: "\u25cf", 0x6E: "\u25a0", 0x6F: "\u2610",
    0x75: "\u25c6", 0x78: "\u2612", 0xA7: "\u25aa", 0xA8: "\u2610", 0xD8: "\u27a2", 0xDF: "\u2190", 0xE0: "\u2192",
    0xE1: "\u2191", 0xE2: "\u2193", 0xE7: "\u2190", 0xE8: "\u2192", 0xE9: "\u2191", 0xEA: "\u2193", 0xEF: "\u21e6",
    0xF0: "\u21e8", 0xF3: "\u2194", 0xFB: "\u2717", 0xFC: "\u2713", 0xFD: "\u2612", 0xFE: "\u2611",
}  # fmt: skip
_WINGDINGS_2 = {
    0x4F: "\u2717", 0x50: "\u2713", 0x51: "\u2612", 0x52: "\u2611", 0x53: "\u2612", 0x54: "\u2612", 0x97: "\u25cf",
    0xA3: "\u2610",
}  # fmt: skip
_WEBDINGS = {0x61: "\u2713", 0x72: "\u2717", 0x63: "\u2610"}
_MARLETT = {0x61: "\u2713", 0x62: "\u2713", 0x72: "\u2717"}
_GREEK = dict(
    zip(
        map(ord, "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz"),
        "\u0391\u0392\u03a7\u0394\u0395\u03a6\u0393\u0397\u0399\u03d1\u039a\u039b\u039c\u039d\u039f\u03a0\u0398\u03a1"
        "\u03a3\u03a4\u03a5\u03c2\u03a9\u039e\u03a8\u0396\u03b1\u03b2\u03c7\u03b4\u03b5\u03c6\u03b3\u03b7\u03b9\u03d5"
        "\u03ba\u03bb\u03bc\u03bd\u03bf\u03c0\u03b8\u03c1\u03c3\u03c4\u03c5\u03d6\u03c9\u03be\u03c8\u03b6",
        strict=True,
    )
)
_SYMBOL = {
    **{code: chr(code) for code in b" !#%&()+,./0123456789:;<=>?[]_{|}"},
    **_GREEK,
    0x2D: "\u2212", 0xA3: "\u2264", 0xA5: "\u221e", 0xAB: "\u2194", 0xAC: "\u2190", 0xAD: "\u2191", 0xAE: "\u2192",
    0xAF: "\u2193", 0xB0: "\u00b0", 0xB1: "\u00b1", 0xB3: "\u2265", 0xB4: "\u00d7", 0xB7: "\u2022", 0xB8: "\u00f7",
    0xB9: "\u2260", 0xBA: "\u2261", 0xBB: "\u2248", 0xBC: "\u2026", 0xD6: "\u221a", 0xDE: "\u21d2", 0xE5: "\u2211",
}  # fmt: skip
_FONTS = {
    "wingdings": _WINGDINGS,
    "wingdings 2": _WINGDINGS_2,
    "wingdings 3": {},
    "webdings": _WEBDINGS,
    "marlett": _MARLETT,
    "symbol": _SYMBOL,
    "zapf dingbats": {},
}
_RAISED = str.maketrans("0123456789+-\u2212=()n", "\u2070\u00b9\u00b2\u00b3\u2074\u2075\u2076\u2077\u2078\u2079"
                        "\u207a\u207b\u207b\u207c\u207d\u207e\u207f")  # fmt: skip
_CAN_BE_RAISED = frozenset("0123456789+-\u2212=()")


def is_symbol_font(font: str | None) -> bool:
    """Whether the letters of a font look like something else."""
    return font is not None and font.casefold() in _FONTS


def as_seen(words: str, font: str | None) -> str:
    """The words as they look in a font; what is not known is U+FFFD.

    Private characters (U+F000 to U+F0FF), by which Word stores symbols, are looked up in the font, else in Symbol and
    Wingdings.
    """
    if not is_symbol_font(font):
        if not any("\uf000" <= sign <= "\uf0ff" for sign in words):
            return words
        anywhere = {**_WINGDINGS, **_SYMBOL}
        return "".join(anywhere.get(ord(s) - 0xF000, UNKNOWN) if "\uf000" <= s <= "\uf0ff" else s for s in words)
    known = _FONTS[str(font).casefold()]
    return "".join(sign if sign.isspace() else known.get(ord(sign) & 0xFF, UNKNOWN) for sign in words)


def raised(words: str) -> str:
    """Figures as superscripts (10\u00b2); letters, as in 1st, stay as they are."""
    figures = words.strip()
    return words.translate(_RAISED) if figures and set(figures) <= _CAN_BE_RAISED else words
