"""Files in formats that nothing is read from: why, and what to do."""

from __future__ import annotations

from pathlib import Path

from journeys.model.problems import Address, Problem, Severity

SAVE_AS = {
    **dict.fromkeys(
        (".doc", ".docm", ".dot", ".dotm", ".dotx", ".odt", ".ott", ".pages", ".pdf", ".rtf"), "a Word document (.docx)"
    ),
    **dict.fromkeys(
        (".numbers", ".ods", ".ots", ".xls", ".xlsb", ".xlt", ".xltm", ".xltx"), "an Excel workbook (.xlsx)"
    ),
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


def other_format(name: str) -> Problem | None:
    """The problem with a file that only stands for another, or lies among the forms in a format that can be saved
    as one that is read; None for any other file.
    """
    suffix = Path(name).suffix.lower()
    if suffix in _CAUSES:
        return Problem("other_format", Address(name), *_CAUSES[suffix], Severity.WARNING)
    if name.startswith("forms/") and suffix in _PICTURES:
        remedy = (
            "Type what a scanned form says into a blank form (`journeys forms`), and move the picture out of forms/."
        )
        return Problem("other_format", Address(name), "A picture is not read.", remedy, Severity.WARNING)
    return saved_otherwise(name) if name.startswith("forms/") and suffix in SAVE_AS else None


def saved_otherwise(name: str) -> Problem:
    """The warning that a file among the forms is in a format that forms are not read from."""
    suffix = Path(name).suffix
    remedy = f"If it is a form, save it as {SAVE_AS[suffix.lower()]}; if not, move it out of forms/."
    return Problem("other_format", Address(name), f"Forms are not read from {suffix} files.", remedy, Severity.WARNING)
