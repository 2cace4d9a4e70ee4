"""Text for XML files, without the characters that XML does not have."""

from __future__ import annotations

from xml.sax.saxutils import escape

from journeys.model.characters import NOT_IN_XML, NOT_SHOWN

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
        if text.isprintable():
            return escape(text, _AS_REFERENCES)
        clean = self.clean(text)
        self.replaced += clean != text
        # XML says the same with a reference, which no terminal obeys.
        return NOT_SHOWN.sub(lambda sign: f"&#{ord(sign[0])};", escape(clean, _AS_REFERENCES))

    @staticmethod
    def clean(text: str) -> str:
        """``text`` with "�" for each character that XML does not have."""
        return NOT_IN_XML.sub("\ufffd", text)

    def said(self) -> tuple[str, ...]:
        """A sentence on what was replaced, if anything was."""
        if not self.replaced:
            return ()
        values = "1 value holds" if self.replaced == 1 else f"{self.replaced:,} values hold"
        return (f"{values} control characters, which XML does not have: they are written as �.",)
