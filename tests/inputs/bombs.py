"""Small files that grow large in memory, and large ones: each maker writes one into a study folder.

``BOMBS`` names them. A maker takes the study folder and returns the file it wrote.
"""

from __future__ import annotations

import io
import zipfile
from collections.abc import Callable, Iterable, Iterator
from pathlib import Path

from tests.inputs.packages import docx, ods, packed, repeated, xlsx

_TITLE = (
    "<w:p><w:r><w:t>Observation Guide</w:t></w:r></w:p><w:p><w:r><w:t>observation_guide version 1</w:t></w:r></w:p>"
)


def empty_study(folder: Path) -> Path:
    """A study folder with nothing in it."""
    (folder / "forms").mkdir(parents=True)
    (folder / "tables").mkdir()
    (folder / "study.yaml").write_text("id: small\ntitle: Small\n", encoding="utf-8")
    return folder


def _document(folder: Path, *body: tuple[str, int], **more: list[tuple[str, int]]) -> Path:
    """A Word file whose body is each of these texts, so many times."""
    inside = (portion for words, times in ((_TITLE, 1), *body) for portion in repeated(words, times))
    beside = {kind: (p for words, times in each for p in repeated(words, times)) for kind, each in more.items()}
    return packed(folder / "forms" / "bomb.docx", docx(inside, **beside))


def _book(folder: Path, rows: Iterable[str], **more: object) -> Path:
    return packed(folder / "forms" / "bomb.xlsx", xlsx(rows, **more))  # type: ignore[arg-type]


def _text(folder: Path, name: str, *portions: tuple[str, int]) -> Path:
    path = folder / name
    with path.open("w", encoding="utf-8", newline="") as out:
        for words, times in portions:
            out.writelines(repeated(words, times))
    return path


def _cells(columns: int, cell: str = '<c t="str"><v>a</v></c>') -> str:
    return f"<row>{cell * columns}</row>"


def _far_cells(count: int) -> Iterator[str]:
    for n in range(1, count + 1):
        yield f'<row r="{n * 300}"><c r="A{n * 300}"><v>1</v></c></row>'


def _merged(count: int, area: str = "") -> Iterator[str]:
    yield "<mergeCells>"
    for n in range(1, count + 1):
        yield f'<mergeCell ref="{area or f"A{n}:B{n}"}"/>'
    yield "</mergeCells>"


def _validations(count: int) -> Iterator[str]:
    yield "<dataValidations>"
    for n in range(1, count + 1):
        yield f'<dataValidation type="list" sqref="A{n % 1000000 + 1}"><formula1>"a,b"</formula1></dataValidation>'
    yield "</dataValidations>"


def _rules(count: int) -> Iterator[str]:
    for _ in range(count):
        yield '<conditionalFormatting sqref="A1:XFD1048576"><cfRule type="expression" dxfId="0" priority="1">'
        yield "<formula>1</formula></cfRule></conditionalFormatting>"


def _names(count: int) -> Iterator[str]:
    for n in range(count):
        yield f'<definedName name="n{n}">S0!$A$1:$XFD$1048576</definedName>'


_DXF = '<dxfs><dxf><font><strike/><color rgb="FFFFFFFF"/></font></dxf></dxfs>'


def _ods_rows(rows: str) -> list[str]:
    return ["<table:table table:name='S'>", rows, "</table:table>"]


def _spread(folder: Path, tables: Iterable[str]) -> Path:
    return packed(folder / "forms" / "bomb.ods", ods(tables))


_ODS_CELL = '<table:table-cell office:value-type="string"><text:p>a</text:p></table:table-cell>'


def _json(folder: Path, *portions: tuple[str, int]) -> Path:
    mapping = "map: 1\nnodes:\n  who: {kind: Actor, each: who}\n"
    (folder / "tables" / "bomb.map.yaml").write_text(mapping, encoding="utf-8")
    return _text(folder, "tables/bomb.json", *portions)


def _csv(folder: Path, *portions: tuple[str, int]) -> Path:
    mapping = "map: 1\nnodes:\n  who: {kind: Actor, each: who}\n"
    (folder / "tables" / "bomb.map.yaml").write_text(mapping, encoding="utf-8")
    return _text(folder, "tables/bomb.csv", *portions)


def _mapped(folder: Path, nodes: str, *portions: tuple[str, int]) -> Path:
    mapping = (
        "map: 1\nsource: m\nnodes:\n  m: {kind: DataSource, id: m1, set: {kind: document, description: Minutes}}\n"
        f"{nodes}claims:\n  - {{type: SUPPORTED, from: who, to: paper}}\n"
    )
    (folder / "tables" / "bomb.map.yaml").write_text(mapping, encoding="utf-8")
    return _text(folder, "tables/bomb.csv", ("who,paper\n", 1), *portions)


_WHO = "  who: {kind: Actor, find: new, each: who}\n"
_SPLIT = (
    '  who: {kind: Actor, find: new, each: {from: who, split: [";"]}}\n'
    '  paper: {kind: Document, find: new, each: {from: paper, split: [";"]}}\n'
)


def _listed(letter: str, count: int) -> str:
    return ";".join(f"{letter}{n}" for n in range(count))


def _organisations(folder: Path, count: int) -> Path:
    each = ((f"- {{id: a{n}, pseudonym: A{n}}}\n", 1) for n in range(count))
    return _text(folder, "registers.yaml", ("registers: 1\norganisations:\n", 1), *each)


def _nested(folder: Path) -> Path:
    held = b"0" * 10_000_000
    for n in range(5):
        buffer = io.BytesIO()
        with zipfile.ZipFile(buffer, "w", zipfile.ZIP_DEFLATED) as package:
            for each in range(10):
                package.writestr(f"{n}-{each}.zip", held)
        held = buffer.getvalue()
    path = folder / "forms" / "bomb.docx"
    path.write_bytes(held)
    return path


BOMBS: dict[str, Callable[[Path], Path]] = {
    # Word
    "docx: 300,000 cells that span 999 columns": lambda f: _document(
        f,
        ("<w:tbl><w:tr>", 1),
        ('<w:tc><w:tcPr><w:gridSpan w:val="999"/></w:tcPr><w:p/></w:tc>', 300_000),
        ("</w:tr></w:tbl>", 1),
    ),
    "docx: 16 million empty paragraphs": lambda f: _document(f, ("<w:p/>", 16_000_000)),
    "docx: 2 million rows": lambda f: _document(
        f, ("<w:tbl>", 1), ("<w:tr><w:tc><w:p/></w:tc></w:tr>", 2_000_000), ("</w:tbl>", 1)
    ),
    "docx: 200,000 tables in a cell": lambda f: _document(
        f,
        ("<w:tbl><w:tr><w:tc>", 1),
        ('<w:tbl><w:tr><w:tc><w:tcPr><w:gridSpan w:val="999"/></w:tcPr><w:p/></w:tc></w:tr></w:tbl>', 200_000),
        ("<w:p/></w:tc></w:tr></w:tbl>", 1),
    ),
    "docx: tables in tables, 200 deep": lambda f: _document(
        f,
        ("<w:tbl><w:tr><w:tc><w:p><w:r><w:t>a</w:t></w:r></w:p></w:tc><w:tc>", 60),
        ("<w:p/>", 1),
        ("</w:tc></w:tr></w:tbl>", 60),
    ),
    "docx: elements 100,000 deep": lambda f: _document(f, ("<w:ins>", 100_000), ("</w:ins>", 100_000)),
    "docx: 5 million runs in a paragraph": lambda f: _document(
        f, ("<w:p>", 1), ("<w:r><w:t>a</w:t></w:r>", 5_000_000), ("</w:p>", 1)
    ),
    "docx: a text of 9 MB, 90 times": lambda f: _document(
        f, ("<w:p><w:r><w:t>" + "a" * 9_000_000 + "</w:t></w:r></w:p>", 90)
    ),
    "docx: a text of 200 MB": lambda f: _document(
        f, ("<w:p><w:r><w:t>", 1), ("a", 200_000_000), ("</w:t></w:r></w:p>", 1)
    ),
    "docx: 2 million comments": lambda f: _document(
        f, comments=[('<w:comment w:id="1"><w:p><w:r><w:t>a</w:t></w:r></w:p></w:comment>', 2_000_000)]
    ),
    "docx: 2 million styles": lambda f: _document(
        f, styles=[('<w:style w:styleId="a"><w:name w:val="b"/></w:style>', 2_000_000)]
    ),
    "docx: 3 million tracked changes": lambda f: _document(
        f, ("<w:p>", 1), ("<w:ins/><w:del><w:r><w:delText>a</w:delText></w:r></w:del>", 3_000_000), ("</w:p>", 1)
    ),
    "docx: attributes of 8 MB, 100 times": lambda f: _document(f, ('<w:p a="' + "a" * 8_000_000 + '"/>', 100)),
    "docx: a million attributes": lambda f: _document(
        f, ("<w:p ", 1), *((f'a{n}="" ', 1) for n in range(1_000_000)), ("/>", 1)
    ),
    "docx: zip files in zip files": _nested,
    "docx: as many empty paragraphs as are read": lambda f: _document(f, ("<w:p/>", 590_000)),
    "docx: as many rows as are read": lambda f: _document(
        f, ("<w:tbl>", 1), ("<w:tr><w:tc><w:p><w:r><w:t>a</w:t></w:r></w:p></w:tc></w:tr>", 115_000), ("</w:tbl>", 1)
    ),
    "docx: as many wide cells as are read": lambda f: _document(
        f,
        ("<w:tbl>", 1),
        ('<w:tr><w:tc><w:tcPr><w:gridSpan w:val="999"/></w:tcPr><w:p/></w:tc></w:tr>', 500),
        ("</w:tbl>", 1),
    ),
    "docx: as many pictures as are read": lambda f: _document(f, ("<w:p><w:r><w:pict/></w:r></w:p>", 195_000)),
    "docx: as much text as is read": lambda f: _document(
        f, ("<w:p><w:r><w:t>" + "a" * 9_000_000 + "</w:t></w:r></w:p>", 3)
    ),
    # Text
    "txt: a form of 12 million lines": lambda f: _text(
        f, "forms/bomb.txt", ("observation_guide version 1\n", 1), ("a\n", 12_000_000)
    ),
    "txt: a form with one line of 25 MB": lambda f: _text(
        f, "forms/bomb.txt", ("observation_guide version 1\n", 1), ("a", 25_000_000)
    ),
    **{
        f"txt: {count:,} times {each!a} on a line": lambda f, each=each, count=count: _text(  # type: ignore[misc]
            f, "forms/bomb.txt", ("observation_guide version 1\n", 1), (each, count)
        )
        for each, count in (("\u2028", 4_900_000), ("a\x85", 1_600_000), ("\u2028a", 24_000), ("\ufdfa", 1_600_000))
    },
    "txt: a heading of 400,000 spaces": lambda f: _text(
        f, "forms/bomb.txt", ("observation_guide version 1\n== ", 1), (" ", 400_000), ("x\n-- ", 1), (" ", 400_000)
    ),
    "txt: 25 MB of | in a table": lambda f: _text(
        f, "forms/bomb.txt", ("observation_guide version 1\n== Who did what ==\n", 1), ("|" * 1000 + "\n", 25_000)
    ),
    "txt: 25 MB of labels": lambda f: _text(
        f,
        "forms/bomb.txt",
        ("observation_guide version 1\n== Who did what ==\n", 1),
        ("Who: a\nDid what: b\n\n", 1_300_000),
    ),
    "txt: as many lines as are read": lambda f: _text(
        f, "forms/bomb.txt", ("observation_guide version 1\n", 1), ("a\n", 49_000)
    ),
    "txt: as many rows as are read": lambda f: _text(
        f,
        "forms/bomb.txt",
        ("observation_guide version 1\n== Who did what ==\n", 1),
        ("Who: a\nDid what: b\n\n", 16_000),
    ),
    "txt: 300 MB that is no form": lambda f: _text(f, "forms/bomb.txt", ("some words of a letter\n", 13_000_000)),
    # Excel
    "xlsx: a far cell": lambda f: _book(f, ['<row r="1048576"><c r="XFD1048576"><v>1</v></c></row>']),
    "xlsx: cells far below each other": lambda f: _book(f, _far_cells(3_400)),
    "xlsx: a far cell in column I": lambda f: _book(f, ['<row r="1048576"><c r="I1048576"><v>1</v></c></row>']),
    "xlsx: 9 million cells": lambda f: _book(f, repeated(_cells(9), 1_000_000)),
    "xlsx: 9 million numbers": lambda f: _book(f, repeated(_cells(9, "<c><v>1</v></c>"), 1_000_000)),
    "xlsx: a long shared string, a million times": lambda f: _book(
        f, repeated(_cells(10, '<c t="s"><v>0</v></c>'), 100_000), sharedStrings="<si><t>" + "a" * 32_000 + "</t></si>"
    ),
    "xlsx: 20 million shared strings": lambda f: _book(
        f, [_cells(1)], sharedStrings=repeated("<si><t>a</t></si>", 20_000_000)
    ),
    "xlsx: a shared string of 200 MB": lambda f: _book(
        f,
        [_cells(1, '<c t="s"><v>0</v></c>')],
        sharedStrings=(p for w, t in (("<si><t>", 1), ("a", 200_000_000), ("</t></si>", 1)) for p in repeated(w, t)),
    ),
    "xlsx: 1,048,576 rows in a format": lambda f: _book(
        f, repeated(_cells(9, '<c s="1"/>'), 1_048_576), styles="<cellXfs><xf/><xf/></cellXfs>"
    ),
    "xlsx: 1,048,576 hidden rows": lambda f: _book(f, repeated('<row hidden="1"/>', 1_048_576)),
    "xlsx: 2 million merged areas": lambda f: _book(f, [_cells(2)], after=_merged(2_000_000)),
    "xlsx: 20,000 merged areas over 100,000 rows": lambda f: _book(
        f, repeated(_cells(5), 100_000), after=_merged(20_000, "A1:XFD1048576")
    ),
    "xlsx: 3 million validations": lambda f: _book(f, [_cells(2)], after=_validations(3_000_000)),
    "xlsx: 50,000 rules over 100,000 rows": lambda f: _book(
        f, repeated(_cells(5), 100_000), after=_rules(50_000), styles=_DXF
    ),
    "xlsx: 3 million defined names": lambda f: _book(f, [_cells(2)], names=_names(3_000_000)),
    "xlsx: 3 million styles": lambda f: _book(
        f,
        [_cells(2)],
        styles=(
            p
            for w, t in (("<cellXfs>", 1), ("<xf numFmtId='14'/>", 3_000_000), ("</cellXfs>", 1))
            for p in repeated(w, t)
        ),
    ),
    "xlsx: 3 million formulas": lambda f: _book(f, repeated(_cells(3, "<c><f>1+1</f><v>2</v></c>"), 1_000_000)),
    "xlsx: 3 million errors": lambda f: _book(f, repeated(_cells(3, '<c t="e"><v>#N/A</v></c>'), 1_000_000)),
    "xlsx: 3 million hidden columns": lambda f: _book(
        f,
        [_cells(3)],
        before=(
            p
            for w, t in (("<cols>", 1), ('<col min="1" max="16384" hidden="1"/>', 3_000_000), ("</cols>", 1))
            for p in repeated(w, t)
        ),
    ),
    "xlsx: 2 million dates": lambda f: _book(
        f,
        repeated(_cells(2, '<c s="1"><v>40000</v></c>'), 1_000_000),
        styles="<cellXfs><xf/><xf numFmtId='17'/></cellXfs>",
    ),
    "xlsx: 1,000 sheets of 10,000 rows": lambda f: _book(f, [_cells(5) * 10_000], sheets="300"),
    "xlsx: an inline string of 200 MB": lambda f: _book(
        f,
        (
            p
            for w, t in (('<row><c t="inlineStr"><is><t>', 1), ("a", 200_000_000), ("</t></is></c></row>", 1))
            for p in repeated(w, t)
        ),
    ),
    # OpenDocument
    "ods: a row repeated 1,048,576 times": lambda f: _spread(
        f, _ods_rows(f"<table:table-row table:number-rows-repeated='1048576'>{_ODS_CELL * 9}</table:table-row>")
    ),
    "ods: a cell repeated 16,384 times in 600 rows": lambda f: _spread(
        f,
        _ods_rows(
            "<table:table-row table:number-rows-repeated='600'><table:table-cell table:number-columns-repeated='16384' "
            "office:value-type='string'><text:p>a</text:p></table:table-cell></table:table-row>"
        ),
    ),
    "ods: 100 sheets with a repeated row": lambda f: _spread(
        f, _ods_rows(f"<table:table-row table:number-rows-repeated='1000000'>{_ODS_CELL * 9}</table:table-row>") * 100
    ),
    "ods: 9 million cells": lambda f: _spread(
        f,
        (
            p
            for w, t in (
                ("<table:table table:name='S'>", 1),
                (f"<table:table-row>{_ODS_CELL * 9}</table:table-row>", 1_000_000),
                ("</table:table>", 1),
            )
            for p in repeated(w, t)
        ),
    ),
    "ods: spaces": lambda f: _spread(
        f,
        _ods_rows(
            "<table:table-row><table:table-cell office:value-type='string'><text:p>"
            + "<text:s text:c='1000'/>" * 1_000_000
            + "</text:p></table:table-cell></table:table-row>"
        ),
    ),
    "ods: 10 million empty paragraphs": lambda f: _spread(
        f,
        (
            p
            for w, t in (
                ("<table:table table:name='S'><table:table-row><table:table-cell office:value-type='string'>", 1),
                ("<text:p/>", 10_000_000),
                ("</table:table-cell></table:table-row></table:table>", 1),
            )
            for p in repeated(w, t)
        ),
    ),
    "ods: 3 million columns": lambda f: _spread(
        f,
        (
            p
            for w, t in (
                ("<table:table table:name='S'>", 1),
                ("<table:table-column/>", 3_000_000),
                (f"<table:table-row>{_ODS_CELL}</table:table-row></table:table>", 1),
            )
            for p in repeated(w, t)
        ),
    ),
    "ods: elements 1,000,000 deep": lambda f: _spread(
        f, (p for w, t in (("<text:span>", 1_000_000), ("</text:span>", 1_000_000)) for p in repeated(w, t))
    ),
    # Tables
    "csv: a cell of 200 MB": lambda f: _csv(f, ("who\n", 1), ("a", 200_000_000)),
    "csv: a quoted cell of 200 MB in lines": lambda f: _csv(f, ('who\n"', 1), ("a\n", 100_000_000), ('"', 1)),
    "csv: 10 million columns": lambda f: _csv(f, ("a,", 10_000_000), ("\n", 1)),
    "csv: 10 million columns over many lines": lambda f: _csv(
        f, ("who\n", 1), ("a," * 1000 + '"\n",', 10_000), ("a\n", 1)
    ),
    "csv: 490,000 columns": lambda f: _csv(f, ("a,", 490_000), ("who\n", 1), ((("b," * 490_000) + "b\n"), 20)),
    "csv: 100,000 rows": lambda f: _csv(f, ("who\n", 1), ("a\n", 100_000)),
    "json: a text of 300 MB": lambda f: _json(f, ('[{"who": "', 1), ("a", 300_000_000), ('"}]', 1)),
    "json: a text of 190 MB that is not closed": lambda f: _json(f, ('[{"who": "', 1), ("a", 190_000_000)),
    "json: lists 10 million deep": lambda f: _json(f, ("[", 10_000_000)),
    "json: lists in an item": lambda f: _json(f, ('[{"who": [', 1), ("1,", 10_000_000), ("1]}]", 1)),
    "json: 3 million names in an item": lambda f: _json(
        f, ("[{", 1), *((f'"n{n}":1,', 1) for n in range(3_000_000)), ('"who": 1}]', 1)
    ),
    "json: a number of 20 million digits": lambda f: _json(f, ('[{"who": ', 1), ("9", 20_000_000), ("}]", 1)),
    "json: 100,000 items on a line": lambda f: _json(f, ("[", 1), ('{"who":"a"},', 100_000), ('{"who":"a"}]', 1)),
    "csv: a map that splits both ends of a claim": lambda f: _mapped(
        f, _SPLIT, (f"{_listed('a', 1_500)},{_listed('d', 1_500)}\n", 1)
    ),
    "csv: a map that splits both ends in many rows": lambda f: _mapped(
        f, _SPLIT, (f"{_listed('a', 100)},{_listed('d', 100)}\n", 200)
    ),
    "csv: a map that repeats a text": lambda f: _mapped(
        f,
        _WHO + f'  paper: {{kind: Document, find: new, each: paper, set: {{title: "{"{value}" * 2_000}"}}}}\n',
        *((f"a,{'d' * 1_000}{n}\n", 1) for n in range(200)),
    ),
    # YAML
    "yaml: 490,000 entries": lambda f: _text(
        f, "forms/bomb.yaml", ("form: observation_guide\nversion: 1\nx:\n", 1), ("- a\n", 490_000)
    ),
    "yaml: 5 million entries": lambda f: _text(f, "forms/bomb.yaml", ("x:\n", 1), ("-\n", 4_900_000)),
    "yaml: lists 9 million deep": lambda f: _text(f, "forms/bomb.yaml", ("[", 9_000_000)),
    "yaml: 9 MB of comments": lambda f: _text(f, "forms/bomb.yaml", ("x: a\n", 1), ("a #\n", 2_400_000)),
    "yaml: aliases": lambda f: _text(
        f,
        "forms/bomb.yaml",
        ("a0: &a0 [x,x,x,x,x,x,x,x,x]\n", 1),
        *((f"a{n}: &a{n} [{','.join([f'*a{n - 1}'] * 9)}]\n", 1) for n in range(1, 20)),
    ),
    "yaml: as many entries as are read": lambda f: _text(
        f, "forms/bomb.yaml", ("form: observation_guide\nversion: 1\nx:\n", 1), ("- a\n", 249_000)
    ),
    "yaml: references to a long text": lambda f: _text(
        f,
        "forms/bomb.yaml",
        ("form: observation_guide\nversion: 1\nwho_did_what:\n- {who: A, what: &a '", 1),
        ("q", 1_000_000),
        ("'}\n", 1),
        *((f"- {{who: A{n}, did_what: supported, what: *a}}\n", 1) for n in range(1_000)),
    ),
    "yaml: a register of 99,000 organisations": lambda f: _organisations(f, 99_000),
    "yaml: as many organisations as are read": lambda f: _organisations(f, 49_900),
    "yaml: study.yaml with lists in lists": lambda f: _text(
        f, "study.yaml", ("id: small\ntitle: Small\nx: ", 1), ("[", 97), ("a,\n", 249_000), ("]", 97)
    ),
    "yaml: a value of 9 MB": lambda f: _text(
        f, "forms/bomb.yaml", ("form: observation_guide\nversion: 1\nx: '", 1), ("a", 9_000_000), ("'\n", 1)
    ),
    "yaml: 9 MB of quotation marks in a name": lambda f: _text(
        f, "forms/bomb.yaml", ("? '", 1), ("\u201c", 2_900_000), ("'\n: a\n", 1)
    ),
    "yaml: as many quotation marks in a name as are read": lambda f: _text(
        f, "forms/bomb.yaml", ("? '", 1), ("\u201c", 1_600_000), ("'\n: a\n", 1)
    ),
    "yaml: study.yaml of 9 MB": lambda f: _text(
        f, "study.yaml", ("id: small\ntitle: Small\nresearchers:\n", 1), ("- {initials: A}\n", 400_000)
    ),
    "yaml: a map of 9 MB": lambda f: (
        _text(f, "tables/t.csv", ("who\na\n", 1)),
        _text(
            f,
            "tables/t.map.yaml",
            ("map: 1\nnodes:\n", 1),
            *((f"  n{n}: {{kind: Actor, each: who}}\n", 1) for n in range(90_000)),
        ),
    )[1],
}
"""Each kind of bomb, by what it is."""
