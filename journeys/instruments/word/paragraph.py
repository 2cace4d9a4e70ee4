"""Read the words of a Word paragraph as displayed with all tracked changes accepted."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from enum import StrEnum
from typing import Any

from journeys.instruments.files.colours import WHITE, unseen
from journeys.instruments.files.symbol_fonts import UNKNOWN, as_seen, is_symbol_font, raised
from journeys.instruments.word.document_parts import WordFile
from journeys.instruments.word.equations import linear
from journeys.instruments.word.equations import unseen as unseen_in_equation
from journeys.instruments.word.markup_notes import MarkupNotes
from journeys.instruments.word.ooxml import is_on, property_value, w, whole
from journeys.instruments.word.styles import Look, look_of
from journeys.instruments.word.surroundings import around
from journeys.model.characters import CONTROL_CHARACTERS

_MATH = "{http://schemas.openxmlformats.org/officeDocument/2006/math}"
_MC = "{http://schemas.openxmlformats.org/markup-compatibility/2006}"
_W14 = "{http://schemas.microsoft.com/office/word/2010/wordml}"
_UNDERSTOOD = ("http://schemas.microsoft.com/office/", "http://schemas.openxmlformats.org/")
_TOO_SMALL = 4
"""Half points: letters of this size and less are specks."""
_BREAKS = {
    w("br"): "\n", w("cr"): "\n", w("tab"): "\t", w("ptab"): "\t", w("noBreakHyphen"): "-", w("softHyphen"): "",
}  # fmt: skip
_TICKED, _UNTICKED = "\u2612", "\u2610"
_PUT_IN = {
    w(name) for name in ("pgNum", *(f"{part}{size}" for part in ("day", "month", "year") for size in ("Short", "Long")))
}
"""Dates and page numbers that Word puts in as it shows the page."""
_CONTAINERS = {w(name) for name in ("sdtContent", "customXml", "smartTag", "hyperlink", "fldSimple", "bdo", "dir")}
_GONE = {w(name) for name in ("pPr", "rPr", "sdtPr", "sdtEndPr", "instrText", "delText", "delInstrText", "rt", "tbl")}


class Mark(StrEnum):
    """What is marked among the words of a paragraph, where marks are asked for.

    A mark is this character, the id of the comment, and a zero character: none of them can stand in a Word file.
    """

    START = "\x01"
    END = "\x02"
    REFERENCE = "\x03"
    PAGE = "\x04"
    GONE_START = "\x05"
    """As START, but in words that were deleted."""
    GONE_END = "\x06"
    GONE_REFERENCE = "\x07"


_MARKED = {
    w("commentRangeStart"): Mark.START, w("commentRangeEnd"): Mark.END, w("commentReference"): Mark.REFERENCE,
    w("lastRenderedPageBreak"): Mark.PAGE,
}  # fmt: skip
_MARKED_GONE = {
    w("commentRangeStart"): Mark.GONE_START, w("commentRangeEnd"): Mark.GONE_END,
    w("commentReference"): Mark.GONE_REFERENCE,
}  # fmt: skip
MARKS = re.compile("([\x01-\x07])([^\x00]*)\x00")
"""A mark: which one, and the id of its comment."""


def mark_of(element: Any) -> str:
    """The mark that an element stands for; "" where it stands for none."""
    mark = _MARKED.get(element.tag)
    return f"{mark}{element.get(w('id')) or ''}\x00" if mark else ""


class ParagraphReader:
    """Reads paragraph after paragraph of one document: a field may begin in one and end in another."""

    def __init__(self, file: WordFile, noticed: MarkupNotes, *, marked: bool = False) -> None:
        self._file, self._noticed, self._marked = file, noticed, marked
        self._fields: list[_Field] = []
        self._ended = _ended_fields(file.body)
        self._font: str | None = None
        self._raised = False
        self._around, self._behind = Look(), WHITE
        self._dropped = {what: list[str]() for what in ("hidden", "struck", "white", "unseen", "tiny")}
        self._last_change: tuple[str | None, ...] | None = None

    def words(self, paragraph: Any) -> str:
        """The words of a paragraph; what is not read of it is noted."""
        properties = paragraph.find(w("pPr"))
        mark = properties.find(w("rPr")) if properties is not None else None
        for name in ("ins", "del", "moveFrom"):
            if mark is not None and mark.find(w(name)) is not None:
                self.changed(mark.find(w(name)))
        self._around, self._behind = around(paragraph, self._file.styles)
        said = "".join(self._of(paragraph, (bool(self._around.hidden), bool(self._around.struck))))
        for what, words in self._dropped.items():
            if "".join(words).strip():
                self._noticed.met(what, "".join(words))
            words.clear()
        return "" if said.strip() == _UNTICKED else said

    @staticmethod
    def runs_on(paragraph: Any) -> bool:
        """Whether the end of a paragraph was deleted, so that it goes on with the next."""
        mark = paragraph.find(f"{w('pPr')}/{w('rPr')}")
        return mark is not None and any(mark.find(w(name)) is not None for name in ("del", "moveFrom"))

    def changed(self, change: Any) -> None:
        """Note a tracked change, once for what was inserted or deleted in one go."""
        kind = change.tag.rpartition("}")[2]
        made = (kind.removesuffix("To").removesuffix("From"), change.get(w("author")), change.get(w("date")))
        if made != self._last_change and kind != "moveTo":
            self._noticed.change()
        self._last_change = made

    def _of(self, element: Any, look: tuple[bool, bool]) -> Iterator[str]:
        for child in element:
            tag = child.tag
            if tag == w("r"):
                yield from self._run(child, look)
            elif tag in (w("ins"), w("moveTo")):
                self.changed(child)
                before = self._last_change
                yield from self._of(child, look)
                self._last_change = before
            elif tag in (w("del"), w("moveFrom")):
                self.changed(child)
                yield from self._marks_in(child)
            elif tag == w("sdt"):
                yield from self._control(child, look)
            elif tag in (f"{_MATH}oMath", f"{_MATH}oMathPara"):
                for what, gone in unseen_in_equation(child):
                    self._dropped[what].append(gone)
                yield self._letters(linear(child))
            elif tag == w("subDoc"):
                self._noticed.met("file")
            elif tag == w("ruby"):
                yield from self._ruby(child, look)
            elif tag in _CONTAINERS:
                yield from self._of(child, look)
            elif tag == f"{_MC}AlternateContent":
                if (chosen := chosen_content(child)) is not None:
                    yield from self._of(chosen, look)
            else:
                yield from self._text(child, look)

    def _run(self, run: Any, look: tuple[bool, bool]) -> Iterator[str]:
        properties = run.find(w("rPr"))
        hidden, struck = look
        self._font, self._raised = None, False
        if properties is not None:
            self._font, self._raised = _font_of(properties), _is_raised(properties)
            style = self._file.styles.get(property_value(properties, "rStyle") or "?")
            if style is not None:  # a style on a style that says the same turns it off again
                hidden, struck = hidden ^ style.hidden, struck ^ style.struck
            direct_hidden, direct_struck = is_on(properties, "vanish", "specVanish"), is_on(properties, "strike")
            hidden = hidden if direct_hidden is None else direct_hidden
            struck = (struck if direct_struck is None else direct_struck) or bool(is_on(properties, "dstrike"))
        words = "".join(self._of(run, (hidden, struck)))
        if not (hidden or struck) and words.strip():
            self._note_unseen(MARKS.sub("", words), properties)
        self._font, self._raised = None, False
        if hidden or struck:
            self._dropped["hidden" if hidden else "struck"].append(MARKS.sub("", words))
            yield "".join(found[0] for found in MARKS.finditer(words))
        elif words:
            if run.getparent().tag not in (w("ins"), w("moveTo")):
                self._last_change = None
            yield words

    def _text(self, child: Any, look: tuple[bool, bool]) -> Iterator[str]:
        """Return the text that an element of a run stands for."""
        tag = child.tag
        if self._marked and (mark := mark_of(child)):
            yield mark
        if tag == w("fldChar"):
            yield from self._field(child)
        elif any(field.unread for field in self._fields) or tag in _GONE:
            return
        elif tag in (w("t"), f"{_MATH}t"):
            yield self._letters(child.text or "")
        elif tag in _PUT_IN:
            self._noticed.met("field")
        elif tag in _BREAKS:
            yield _BREAKS[tag]
        elif tag == w("sym"):
            yield self._symbol(child)
        elif tag in (w("commentReference"), w("footnoteReference"), w("endnoteReference")):
            kind = tag.rpartition("}")[2].removesuffix("Reference")
            self._noticed.aside(kind, child.get(w("id")) or "", self._file.asides)
        elif tag in (w("drawing"), w("pict"), w("object")):
            self._drawing(child)
        elif tag == w("contentPart"):
            self._noticed.met("picture")

    def _marks_in(self, gone: Any) -> Iterator[str]:
        """The marks among words that were deleted."""
        for each in gone.iter(*_MARKED_GONE) if self._marked else ():
            yield f"{_MARKED_GONE[each.tag]}{each.get(w('id')) or ''}\x00"

    def _field(self, mark: Any) -> Iterator[str]:
        """The state of an old form's check box or list; of any other field, what it shows stands in its runs."""
        kind = mark.get(w("fldCharType"))
        if kind == "begin":
            shown = _old_control(mark.find(w("ffData")))
            if shown is not None and not any(field.unread for field in self._fields):
                yield self._letters(shown)
            if mark in self._ended:
                self._fields.append(_Field(shown is not None))
        elif kind == "separate" and self._fields:
            self._fields[-1].in_result = True
        elif kind == "end" and self._fields:
            self._fields.pop()

    def _letters(self, words: str) -> str:
        if CONTROL_CHARACTERS.search(words):
            self._noticed.met("control")
            words = CONTROL_CHARACTERS.sub("", words)
        seen = as_seen(words, self._font)
        if UNKNOWN in seen and UNKNOWN not in words:
            self._noticed.met("symbol")
        return raised(seen) if self._raised else seen

    def _note_unseen(self, words: str, properties: Any) -> None:
        """Note words in the colour of what is behind them, or too small to see: they are read, but not seen."""
        look, behind, is_clear = self._around, self._behind, False
        if properties is not None:
            style = self._file.styles.get(property_value(properties, "rStyle") or "?")
            own = look_of(properties).over(style.look if style else Look())
            look, behind = own.over(look), own.fill if own.fill not in (None, "auto") else behind
            is_clear = properties.find(f"{_W14}textFill/{_W14}noFill") is not None
        colour = look.colour or "auto"
        if is_clear or (colour != "auto" and unseen(colour, behind or WHITE)):
            self._dropped["white" if colour == WHITE else "unseen"].append(words)
        elif look.size is not None and look.size <= _TOO_SMALL:
            self._dropped["tiny"].append(words)

    def _control(self, control: Any, look: tuple[bool, bool]) -> Iterator[str]:
        box = control.find(f"{w('sdtPr')}/{_W14}checkbox")
        if box is not None:
            checked = box.find(f"{_W14}checked")
            is_ticked = checked is not None and (checked.get(f"{_W14}val") or "1") in ("1", "true", "on")
            yield _TICKED if is_ticked else _UNTICKED
        elif is_placeholder(control):
            yield from self._marks_in(control)
        else:
            yield from self._of(control, look)

    def _ruby(self, ruby: Any, look: tuple[bool, bool]) -> Iterator[str]:
        base, above = ruby.find(w("rubyBase")), ruby.find(w("rt"))
        if base is not None:
            yield from self._of(base, look)
        said = "".join(self._of(above, look)) if above is not None else ""
        if said.strip():
            yield f" ({said.strip()})"

    def _symbol(self, symbol: Any) -> str:
        code = symbol.get(w("char")) or ""
        known = (
            as_seen(chr(int(code, 16)), symbol.get(w("font"))) if re.fullmatch("[0-9A-Fa-f]{2,4}", code) else UNKNOWN
        )
        if known == UNKNOWN:
            self._noticed.met("symbol")
        return known

    def _drawing(self, drawing: Any) -> None:
        for each in _shown(drawing):
            name, space = each.tag.rpartition("}")[2], each.tag.rpartition("}")[0]
            if name == "txbxContent":
                words = (text.text or "" for text in each.iter(w("t")))
                self._noticed.met("text box", " ".join(filter(None, words)))
            elif name == "textpath" and each.get("string"):
                self._noticed.met("text box", each.get("string"))
            elif name in ("pic", "imagedata", "chart", "relIds", "OLEObject", "contentPart"):
                kinds = {"chart": "chart", "relIds": "diagram", "OLEObject": "object"}
                if drawing.tag != w("object") or name == "OLEObject":
                    self._noticed.met(kinds.get(name, "picture") if space else "picture")


@dataclass(slots=True)
class _Field:
    """A field that was begun: whether it is an old form's control, and whether what it shows has begun."""

    is_control: bool
    in_result: bool = False

    @property
    def unread(self) -> bool:
        """Whether the words that stand here now are not seen, or were read from the control itself."""
        return self.is_control or not self.in_result


def _ended_fields(body: Any) -> frozenset[Any]:
    """The beginnings of the fields that end: one that does not would swallow the rest of the document."""
    begun: list[Any] = []
    ended = []
    for mark in body.iter(w("fldChar")):
        if any(True for _ in mark.iterancestors(w("del"), w("moveFrom"))):
            continue
        if mark.get(w("fldCharType")) == "begin":
            begun.append(mark)
        elif mark.get(w("fldCharType")) == "end" and begun:
            ended.append(begun.pop())
    return frozenset(ended)


def _font_of(properties: Any) -> str | None:
    fonts = properties.find(w("rFonts"))
    named = [fonts.get(w(name)) for name in ("ascii", "hAnsi")] if fonts is not None else []
    return next((font for font in named if is_symbol_font(font)), None)


def _is_raised(properties: Any) -> bool:
    found = properties.find(w("vertAlign"))
    return found is not None and found.get(w("val")) == "superscript"


def is_placeholder(element: Any) -> bool:
    """Whether an element is a content control in which nothing was chosen or written yet."""
    if element.tag != w("sdt"):
        return False
    if is_on(element.find(w("sdtPr")), "showingPlcHdr"):
        return True
    # Some programs lose the mark, and keep the style in which Word shows what to do.
    runs = [run for run in element.iter(w("r")) if any((text.text or "").strip() for text in run.iter(w("t")))]
    return bool(runs) and all(_is_prompt(run) for run in runs)


def _is_prompt(run: Any) -> bool:
    named = run.find(f"{w('rPr')}/{w('rStyle')}")
    return named is not None and named.get(w("val")) == "PlaceholderText"


def unwrapped(element: Any) -> Any | None:
    """Return the content of a wrapper around paragraphs, rows or cells; None for any other element."""
    if element.tag == f"{_MC}AlternateContent":
        return chosen_content(element) if len(element) else None
    return element if element.tag in {w("sdt"), w("sdtContent"), w("customXml"), w("smartTag")} else None


def chosen_content(alternatives: Any) -> Any | None:
    """Of one content in several forms the one to read: the first whose needs are known, else the older copy."""
    for each in alternatives.findall(f"{_MC}Choice"):
        needs = [each.nsmap.get(prefix) or "" for prefix in (each.get("Requires") or "").split()]
        if all(need.startswith(_UNDERSTOOD) for need in needs):
            return each
    return alternatives.find(f"{_MC}Fallback")


def _shown(element: Any) -> Iterator[Any]:
    """All that is inside an element, without the copies for other programs; a text box as a whole."""
    for child in element:
        if child.tag == f"{_MC}AlternateContent":
            if (chosen := chosen_content(child)) is not None:
                yield from _shown(chosen)
        elif isinstance(child.tag, str):
            yield child
            if child.tag != w("txbxContent"):
                yield from _shown(child)


def _old_control(data: Any) -> str | None:
    """What an old form's check box or list shows; None for what is neither."""
    if data is None:
        return None
    box, choices = data.find(w("checkBox")), data.find(w("ddList"))
    if box is not None:
        return (
            _TICKED if is_on(box, *(["checked"] if box.find(w("checked")) is not None else ["default"])) else "\u2610"
        )
    if choices is None:
        return None
    entries = [each.get(w("val")) or "" for each in choices.findall(w("listEntry"))]
    chosen = choices.find(w("result"))
    chosen = choices.find(w("default")) if chosen is None else chosen
    place = whole(chosen.get(w("val"))) if chosen is not None else 0
    return entries[place] if 0 <= place < len(entries) else ""
