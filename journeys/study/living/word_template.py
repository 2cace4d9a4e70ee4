"""A report of the team's own in Word: headings, lists, tables, and bold, italic and linked words.

Text is read as Word shows it: insertions that are tracked are text, deletions are not, hidden words are not.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING, Any

from journeys.instruments.files.safety import read_bytes
from journeys.instruments.word.blocks import LARGEST
from journeys.instruments.word.document_parts import open_word
from journeys.instruments.word.equations import linear
from journeys.instruments.word.ooxml import is_on, property_value, w, whole
from journeys.model.phrases import counted
from journeys.model.problems import UsageProblem
from journeys.study.living.blocks import OwnCell, Template, TemplateBlock
from journeys.views.reports.model import Line, Run

if TYPE_CHECKING:
    from docx.document import Document

_MATH = "{http://schemas.openxmlformats.org/officeDocument/2006/math}oMath"
_RELATION = "{http://schemas.openxmlformats.org/officeDocument/2006/relationships}id"
_FALLBACK = "{http://schemas.openxmlformats.org/markup-compatibility/2006}Fallback"
_GONE = {w(name) for name in ("del", "moveFrom", "txbxContent", "instrText", "rPr", "pPr", "tblPr", "sectPr")} | {
    _FALLBACK
}
_SIGNS = {w("tab"): " ", w("br"): "\n", w("cr"): "\n", w("noBreakHyphen"): "\u2011"}
_LEFT_OUT = {
    w("drawing"): "picture",
    w("pict"): "picture",
    w("footnoteReference"): "footnote",
    w("endnoteReference"): "endnote",
    w("commentReference"): "comment",
    w("object"): "embedded object",
}
_NUMBERINGS = {"decimal": "1", "lowerLetter": "a", "upperLetter": "A", "lowerRoman": "i", "upperRoman": "I"}
_WIDEST = 63
"""Word has no more columns in a table."""
_RAISED = {"superscript": "super", "subscript": "sub"}


def word(path: Path) -> Template:
    """What a Word document holds. Raises UsageProblem for what is none, and UnreadableFile for a damaged one or one
    that is larger than is read."""
    from docx import Document
    from docx.opc.exceptions import PackageNotFoundError

    # The library looks at neither size nor safety: the package is looked through within our limits first.
    open_word(read_bytes(path, name=path.name, limit=LARGEST), name=path.name, report=lambda problem: None)
    try:
        document = Document(str(path))
        reader = _Reader(document)
    except (PackageNotFoundError, LookupError, SyntaxError, TypeError, ValueError, OSError, AttributeError) as error:
        # AttributeError: a part of the package holds other XML than it should.
        raise UsageProblem(
            f"{path} cannot be read as a Word document. Save it again in Word or LibreOffice."
        ) from error
    blocks = tuple(reader.blocks(document.element.body))
    left_out = [counted(number, what) for what, number in sorted(reader.left_out.items())]
    return Template(blocks, (f"Not taken over from {path.name}: {', '.join(left_out)}.",) if left_out else ())


class _Reader:
    def __init__(self, document: Document) -> None:
        self.left_out: Counter[str] = Counter()
        self._links = {key: each.target_ref for key, each in document.part.rels.items() if each.is_external}
        styles = document.styles.element.iter(w("style"))
        self._styles = {each.get(w("styleId")): each for each in styles}
        self._numbers: Counter[tuple[str, int]] = Counter()
        try:
            numbering = document.part.numbering_part.element
        except (KeyError, NotImplementedError):
            numbering = None
        self._formats = dict(_formats(numbering)) if numbering is not None else {}

    def blocks(self, parent: Any) -> Iterator[TemplateBlock]:
        """The paragraphs and tables, also those in content controls."""
        for element in parent:
            if element.tag == w("p"):
                yield from self._paragraph(element)
            elif element.tag == w("tbl"):
                yield TemplateBlock("table", rows=tuple(self._row(row) for row in _inside(element, "tr")))
            elif element.tag in (w("sdt"), w("sdtContent"), w("customXml"), w("ins"), w("moveTo")):
                yield from self.blocks(element)

    def _paragraph(self, element: Any) -> Iterator[TemplateBlock]:
        line = self._line(element)
        if not "".join(run.words for run in line).strip():
            return
        properties = element.find(w("pPr"))
        name, outline = self._style(properties)
        if name.startswith("heading ") or name == "title" or outline is not None:
            level = outline + 1 if outline is not None else whole(name[-1:], 1)
            yield TemplateBlock("heading", line, 0 if name == "title" else level)
        elif (item := self._item(properties, name)) is not None:
            level, numbering, number = item
            yield TemplateBlock("bullet", line, level, numbering=numbering, number=number)
        else:
            yield TemplateBlock("quote" if "quote" in name else "paragraph", line)

    def _style(self, properties: Any) -> tuple[str, int | None]:
        """The name of the paragraph's style, in small letters, and the level that it has in the outline."""
        style = self._styles.get(property_value(properties, "pStyle"))
        name = (property_value(style, "name") or "").lower()
        for held in (properties, *(each.find(w("pPr")) for each in self._chain(style))):
            if (level := whole(property_value(held, "outlineLvl"), -1)) >= 0:
                return name, level if level < 9 else None
        return name, None

    def _chain(self, style: Any) -> Iterator[Any]:
        """A style, and those that it is based on."""
        seen: set[Any] = set()
        while style is not None and style not in seen:
            yield style
            seen.add(style)
            style = self._styles.get(property_value(style, "basedOn"))

    def _item(self, properties: Any, name: str) -> tuple[int, str, int] | None:
        """The level, numbering and number of an item of a list; None for no such."""
        style = self._styles.get(property_value(properties, "pStyle"))
        for held in (properties, *(each.find(w("pPr")) for each in self._chain(style))):
            numbered = held.find(w("numPr")) if held is not None else None
            if numbered is None:
                continue
            key = property_value(numbered, "numId") or "0"
            if key == "0":
                return None
            level = whole(property_value(numbered, "ilvl"))
            numbering, start = self._formats.get((key, level), ("", 1))
            self._numbers[key, level] += 1
            for deeper in [each for each in self._numbers if each[0] == key and each[1] > level]:
                del self._numbers[deeper]
            return level + 1, numbering, start + self._numbers[key, level] - 1
        return (whole(name[-1:], 1), "", 1) if name.startswith("list bullet") else None

    def _row(self, row: Any) -> tuple[OwnCell, ...]:
        """The cells of a row; what a merged cell covers is empty."""
        cells: list[OwnCell] = []
        for cell in _inside(row, "tc"):
            properties = cell.find(w("tcPr"))
            covered = properties is not None and (merge := properties.find(w("vMerge"))) is not None
            covered = covered and merge.get(w("val")) != "restart"
            lines = [] if covered else [self._line(each) for each in cell.iter(w("p"))]
            cells.append(tuple(line for line in lines if line))
            cells += [()] * min(whole(property_value(properties, "gridSpan"), 1) - 1, _WIDEST)
        return tuple(cells)

    def _line(self, paragraph: Any) -> Line:
        made: list[Run] = []
        for run in self._runs(paragraph, ""):
            if made and _look(made[-1]) == _look(run):
                made[-1] = Run(made[-1].words + run.words, **_look(run))
            else:
                made.append(run)
        return tuple(made)

    def _runs(self, parent: Any, link: str) -> Iterator[Run]:
        for element in parent:
            if element.tag == w("r"):
                yield from self._run(element, link)
            elif element.tag == w("hyperlink"):
                yield from self._runs(element, self._links.get(element.get(_RELATION), ""))
            elif element.tag == _MATH:
                yield Run(linear(element))
            elif element.tag not in _GONE:
                yield from self._runs(element, link)

    def _run(self, run: Any, link: str) -> Iterator[Run]:
        words = self._words(run)
        properties = run.find(w("rPr"))
        style = self._styles.get(property_value(properties, "rStyle"))
        looks = [properties, *(each.find(w("rPr")) for each in self._chain(style))]

        def on(*names: str) -> bool:
            return next((said for each in looks if (said := is_on(each, *names)) is not None), False)

        if on("vanish"):
            self.left_out["hidden passage"] += 1
            return
        if words:
            raised = next((value for each in looks if (value := property_value(each, "vertAlign")) is not None), "")
            yield Run(words, strong=on("b"), emphasis=on("i"), struck=on("strike", "dstrike"),
                      raised=_RAISED.get(raised, ""), link=link)  # fmt: skip

    def _words(self, parent: Any) -> str:
        made = ""
        for element in parent:
            if (what := _LEFT_OUT.get(element.tag)) is not None:
                is_box = next(element.iter(w("txbxContent")), None) is not None
                self.left_out["text box" if is_box else what] += 1
            elif element.tag == w("t"):
                made += element.text or ""
            elif element.tag not in _GONE:
                made += _SIGNS.get(element.tag, "") + self._words(element)
        return made


def _inside(parent: Any, name: str) -> Iterator[Any]:
    """The elements of a name in a table or row, but not those of a table within it, nor what is deleted."""
    for element in parent:
        if element.tag == w(name):
            if is_on(element.find(w("trPr")), "del") is None:
                yield element
        elif element.tag != w("tbl") and element.tag not in _GONE:
            yield from _inside(element, name)


def _look(run: Run) -> dict[str, Any]:
    return {name: getattr(run, name) for name in ("strong", "emphasis", "struck", "raised", "link")}


def _formats(numbering: Any) -> Iterator[tuple[tuple[str, int], tuple[str, int]]]:
    """For each list and level how it is numbered ("" for bullets), and from where."""
    abstract = {each.get(w("abstractNumId")): each for each in numbering.iter(w("abstractNum"))}
    for held in numbering.iter(w("num")):
        for level in abstract.get(property_value(held, "abstractNumId") or "", ()):
            if level.tag == w("lvl"):
                style = _NUMBERINGS.get(property_value(level, "numFmt") or "", "")
                place = (held.get(w("numId")), whole(level.get(w("ilvl"))))
                yield place, (style, whole(property_value(level, "start"), 1))
