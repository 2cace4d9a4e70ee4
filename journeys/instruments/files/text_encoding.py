"""Find the encoding of a text file before its first line is read."""

from __future__ import annotations

import codecs
import io
from pathlib import Path
from typing import BinaryIO, TextIO

from journeys.instruments.files.safety import open_binary, reading, unreadable
from journeys.model.problems import Address, Problem, Report, Severity, UnreadableFile

_CHUNK = 1 << 18
_MARKS = (
    (codecs.BOM_UTF8, "utf-8-sig"),
    (codecs.BOM_UTF32_LE, "utf-32"),  # before UTF-16: its mark begins with the UTF-16 one
    (codecs.BOM_UTF32_BE, "utf-32"),
    (codecs.BOM_UTF16_LE, "utf-16"),
    (codecs.BOM_UTF16_BE, "utf-16"),
)
_OTHER_FORMATS = (
    (b"PK\x03\x04", "an Excel, Word or zip file"),
    (b"\xd0\xcf\x11\xe0", "an old Excel or Word file"),
    (b"%PDF", "a PDF"),
)
_SAVE_AS_UTF8 = "Save it again as UTF-8 (in Excel: Save As, 'CSV UTF-8'; in Notepad: Save as, Encoding)."


def open_text(path: Path, *, name: str, report: Report, encoding: str | None = None) -> TextIO:
    """Open a text file for reading, line ends untranslated.

    Without ``encoding``: UTF-8, UTF-16 and UTF-32 by their marks, else UTF-8, else Windows-1252 with a warning. The
    file is read through once beforehand, so no decoding error can come later. Raises UnreadableFile.
    """
    stream = open_binary(path, name=name)
    try:
        with reading(name):
            codec = _given(stream, name, encoding) if encoding else _detected(stream, name, report)
            stream.seek(0)
        return io.TextIOWrapper(stream, encoding=codec, newline="")
    except BaseException:
        stream.close()
        raise


def _given(stream: BinaryIO, name: str, encoding: str) -> str:
    try:
        "".encode(encoding)
    except (LookupError, ValueError) as error:
        raise unreadable(
            "unknown_encoding",
            Address(name),
            f"'{encoding}' is not the name of a text encoding.",
            "Write for example utf-8, cp1252, utf-16 or mac-roman.",
        ) from error
    line, _ = _first_undecodable(stream, encoding)
    if line is not None:
        raise _undecodable(name, line, f"holds bytes that are not {encoding}.")
    return encoding


def _detected(stream: BinaryIO, name: str, report: Report) -> str:
    start = stream.read(4096)
    for magic, what in _OTHER_FORMATS:
        if start.startswith(magic):
            raise unreadable(
                "wrong_format",
                Address(name),
                f"the file is {what}, despite its name.",
                "Give it its right ending, or save the data as text.",
            )
    for mark, codec in _MARKS:
        if start.startswith(mark):
            line, _ = _first_undecodable(stream, codec)
            if line is not None:
                raise _undecodable(name, line, f"holds bytes that are not {codec.removesuffix('-sig').upper()}.")
            return codec
    if start.count(0) * 4 > len(start):
        raise unreadable(
            "bad_encoding", Address(name), "the file looks like UTF-16 without its mark, or is not text.", _SAVE_AS_UTF8
        )
    line, accents_before = _first_undecodable(stream, "utf-8")
    if line is None:
        return "utf-8"
    if accents_before:
        raise _undecodable(name, line, "is not UTF-8, though the lines before it are: two encodings are mixed.")
    impossible, _ = _first_undecodable(stream, "cp1252")
    if impossible is not None:
        raise _undecodable(name, impossible, "holds bytes that are neither UTF-8 nor Windows-1252 text.")
    message = f"the file is not UTF-8 (first seen on line {line}); it was read as Windows-1252 (cp1252)."
    remedy = "Check that names with accents look right. " + _SAVE_AS_UTF8
    report(Problem("not_utf8", Address(name, cell=f"line {line}"), message, remedy, Severity.WARNING))
    return "cp1252"


def _first_undecodable(stream: BinaryIO, codec: str) -> tuple[int | None, bool]:
    """The line on which decoding fails, if it does, and whether other than plain ASCII was decoded before it."""
    decoder = codecs.getincrementaldecoder(codec)()
    stream.seek(0)
    lines, accents, chunk = 1, False, b"-"
    while chunk:
        chunk = stream.read(_CHUNK)
        try:
            decoded = decoder.decode(chunk, final=not chunk)
        except UnicodeDecodeError as error:
            before = error.object[: error.start]
            return lines + before.count(b"\n"), accents or not before.isascii()
        except UnicodeError:
            return lines, accents
        accents = accents or not decoded.isascii()
        lines += decoded.count("\n")
    return None, accents


def _undecodable(name: str, line: int, message: str) -> UnreadableFile:
    return unreadable("bad_encoding", Address(name, cell=f"line {line}"), f"line {line} {message}", _SAVE_AS_UTF8)
