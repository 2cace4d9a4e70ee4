"""Text for XML files, without the characters that XML does not have."""

from __future__ import annotations

import re
from xml.sax.saxutils import escape

# XML 1.0, 2.2: no other control characters, not as references either.
_NOT_IN_XML = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\ud800-\udfff\ufffe\uffff]")
_AS_REFERENCES = {'"': "&quot;", "\n": "&#10;", "\r": "&#13;", "\t": "&#9;"}


class XmlText:
    """Text escaped for XML; ``replaced`` counts the values in which a character became "�"."""

    def __init__(self) -> None:
        self.replaced = 0

    def __call__(self, value: object) -> str:
        """``value`` as the text of an element or, between double quotes, of an attribute."""
        text = str(value)
        if text.isalnum() and text.isascii():
            return text
        clean = self.clean(text)
        self.replaced += clean != text
        return escape(clean, _AS_REFERENCES)

    @staticmethod
    def clean(text: str) -> str:
        """``text`` with "�" for each character that XML does not have."""
        return _NOT_IN_XML.sub("\ufffd", text)

    def said(self) -> tuple[str, ...]:
        """A sentence on what was replaced, if anything was."""
        if not self.replaced:
            return ()
        values = "1 value holds" if self.replaced == 1 else f"{self.replaced:,} values hold"
        return (f"{values} control characters, which XML does not have: they are written as �.",)
