"""Files in formats that nothing is read from, or only through LibreOffice: why, and what to do."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

from journeys.instruments.files.conversions import without_libreoffice
from journeys.instruments.files.old_formats import CONVERTED, EXCEL, WORD
from journeys.interpret.file_report import FileReport
from journeys.model.phrases import counted, were
from journeys.model.problems import Address, Problem, Report, Severity

_SAVE_AS = {
    **dict.fromkeys((".docm", ".dotm", ".dotx", ".pages", ".pdf"), WORD),
    **dict.fromkeys((".htm", ".html", ".mht", ".mhtml", ".wps", ".wpd"), WORD),
    **dict.fromkeys((".numbers", ".xltm", ".xltx"), EXCEL),
}
"""Formats in which forms are saved but cannot be read, each with the format to save in instead."""
_PICTURES = (".bmp", ".gif", ".heic", ".jpeg", ".jpg", ".png", ".tif", ".tiff", ".webp")
_GOOGLE = (
    "This is a shortcut to Google Drive; the file itself is not on this computer.",
    "Open it in the browser, choose File > Download > Microsoft Word or Excel, and put that file here.",
)
_CAUSES = {
    **dict.fromkeys((".gdoc", ".gsheet"), _GOOGLE),
    ".icloud": (
        "This is a placeholder of iCloud; the file itself is not on this computer.",
        "Open the folder in the Finder and download the file, then check again.",
    ),
}
"""Why a file cannot be read that only stands for another, and what to do."""
_NOT_READ = ("not read", "unreadable", "export, not read")
_NAMED = 5


def other_format(name: str) -> Problem | None:
    """The problem with a file that only stands for another, or lies among the forms in a format that can be saved
    as one that is read; None for any other file.
    """
    suffix = Path(name).suffix.lower()
    if suffix in _CAUSES:
        return Problem("other_format", Address(name), *_CAUSES[suffix], Severity.WARNING)
    if not name.startswith("forms/"):
        return None
    if suffix in _PICTURES:
        remedy = (
            "Type what a scanned form says into a blank form (`journeys forms`), and move the picture out of forms/."
        )
        return Problem("other_format", Address(name), "A picture is not read.", remedy, Severity.WARNING)
    if suffix in CONVERTED:
        return without_libreoffice(name)
    if suffix in _SAVE_AS:
        message = f"Forms are not read from {Path(name).suffix} files."
        remedy = f"If it is a form, save it as {_SAVE_AS[suffix]}; if not, move it out of forms/."
        return Problem("other_format", Address(name), message, remedy, Severity.WARNING)
    return None


def left_aside(name: str) -> Problem:
    """The warning that a file is neither a form nor a table with a map."""
    message = "This file is not one of the study's forms, and it has no map to read it as a table."
    remedy = f"Add a map beside it ({Path(name).name}.map.yaml), or move it out of the study folder."
    return Problem("left_aside", Address(name), message, remedy, Severity.WARNING)


def holds_sheets(name: str) -> bool:
    """Whether a file is a spreadsheet that is read through LibreOffice, by its ending."""
    kind = CONVERTED.get(Path(name).suffix.lower())
    return kind is not None and kind.save_as == EXCEL


def note_converted(reports: Sequence[FileReport], log: Report) -> None:
    """Note in the report of each file that LibreOffice converted it, and say once what that can lose."""
    converted = sorted(
        (each for each in reports if Path(each.file).suffix.lower() in CONVERTED and each.kind not in _NOT_READ),
        key=lambda each: each.file,
    )
    if not converted:
        return
    for each in converted:
        each.kind = f"{each.kind}, converted by LibreOffice"
    number = len(converted)
    others = [each.file for each in converted[1:_NAMED]]
    more = f" and {number - _NAMED} more" if number > _NAMED else ""
    also = f" (the others: {', '.join(others)}{more})" if others else ""
    what = "The file was" if number == 1 else f"{counted(number, 'file')} {were(number)}"
    message = (
        f"{what} converted by LibreOffice before reading{also}. What LibreOffice does not take over, such as text in "
        "drawings, is missing, and no message can say so."
    )
    remedy = "Compare what was read with the file (`journeys show`), or save it as .docx or .xlsx."
    log(Problem("converted", Address(converted[0].file), message, remedy, Severity.WARNING))
