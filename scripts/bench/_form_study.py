"""A study of any number of workbooks, filled in as the fullest one of the invented study."""

from __future__ import annotations

import re
import shutil
import zipfile
from pathlib import Path

from journeys.demo import write_demo

_FORM = "INVENTED D07.xlsx"
_DOCUMENT, _TITLE = "D07", "Diabetes health needs assessment"


def write_form_study(folder: Path, forms: int) -> dict[str, bytes]:
    """A study folder with the invented study's fullest workbook ``forms`` times, each about a document of its own.

    The workbooks are copies in which the document's number is another, because writing one takes longer than reading.
    Returns the parts of the workbook, of which ``write_copy`` makes another.
    """
    write_demo(folder)
    numbers = [f"{_DOCUMENT}x{number:05d}" for number in range(forms)]
    with zipfile.ZipFile(folder / "forms" / _FORM) as book:
        parts = {name: book.read(name) for name in book.namelist()}
    shutil.rmtree(folder / "forms")
    shutil.rmtree(folder / "decisions")
    shutil.rmtree(folder / "tables")
    shutil.rmtree(folder / "guides")
    (folder / "forms").mkdir()
    for number in numbers:
        write_copy(folder / "forms" / f"{number}.xlsx", parts, number)
    return parts


def write_copy(path: Path, parts: dict[str, bytes], number: str, added: str = "") -> None:
    """One workbook of ``write_form_study``; ``added`` to the words of its first quotation, to change it."""
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED, compresslevel=1) as copy:
        for name, content in parts.items():
            if name.startswith("xl/worksheets/"):
                content = re.sub(rb">%b<" % _DOCUMENT.encode(), f">{number}<".encode(), content)
                content = content.replace(_TITLE.encode(), f"{_TITLE} {number}".encode())
                if added:
                    content = content.replace(b"You asked us, and then", f"You asked us {added}, and then".encode())
            copy.writestr(name, content)
