"""Files that are read through LibreOffice: which they are, and what can be known of them before it opens one."""

from __future__ import annotations

import re
import struct
from collections.abc import Callable
from pathlib import Path
from typing import NamedTuple, NoReturn
from xml.parsers import expat

from journeys.instruments.files.safety import read_bytes, unreadable
from journeys.instruments.files.zip_package import ZipPackage, xml_parser
from journeys.model.problems import Address, UnreadableFile

WORD, EXCEL = "a Word document (.docx)", "an Excel workbook (.xlsx)"
MAX_CONVERTED = 100_000_000
"""Largest file that is handed to LibreOffice."""


class Converted(NamedTuple):
    """What files of an ending are called, the ending they are converted to, and what that is called."""

    called: str
    ending: str
    save_as: str


CONVERTED = {
    ".doc": Converted("an old Word document", ".docx", WORD),
    ".dot": Converted("an old Word template", ".docx", WORD),
    ".rtf": Converted("an RTF document", ".docx", WORD),
    ".odt": Converted("an OpenDocument text", ".docx", WORD),
    ".ott": Converted("an OpenDocument template", ".docx", WORD),
    ".fodt": Converted("a flat OpenDocument text", ".docx", WORD),
    ".xls": Converted("an old Excel workbook", ".xlsx", EXCEL),
    ".xlt": Converted("an old Excel template", ".xlsx", EXCEL),
    ".xlsb": Converted("a binary Excel workbook", ".xlsx", EXCEL),
    ".ots": Converted("an OpenDocument template", ".xlsx", EXCEL),
    ".fods": Converted("a flat OpenDocument spreadsheet", ".xlsx", EXCEL),
}
"""The endings of files that are read through LibreOffice."""

_OLE, _ZIP, _RTF = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1", b"PK\x03\x04", b"{\\rtf"
_FREE, _LAST_SECTOR, _IN_HEADER = 0xFFFFFFFF, 0xFFFFFFFA, 109
_WORKBOOK_BEGINS = re.compile(rb"\x09\x08[\x08\x10]\x00\x00[\x05\x06]\x05\x00")
_FILE_PASS, _RECORDS_LOOKED_AT = 0x2F, 4
_MASTER, _WORD_97 = b"\xec\xa5", 0x65
_FLAT = re.compile(rb"<(?:office:)?document\b[^>]{0,20000}opendocument\.(?:text|spreadsheet)", re.DOTALL)

_SAVED_AS_TEXT = (
    ((b"mime-version:",), "a web page in one file (MHT)"),
    ((b"<html", b"<!doctype html"), "a web page (HTML)"),
    ((b"word.document", b"schemas.microsoft.com/office/word/2003"), "Word XML of 2003"),
    ((b"excel.sheet", b"urn:schemas-microsoft-com:office:spreadsheet"), "Excel XML of 2003"),
)
"""What word processors and web sites save under the names .doc and .xls, and how it begins. Such pages hold hidden and
struck-out words in ways of their own, and LibreOffice shows some of them."""


def checked_bytes(path: Path, *, name: str) -> bytes:
    """The bytes of a file that LibreOffice may open: it is what its ending says, whole, and without a password.

    LibreOffice would open any text as a document, and what is left of a truncated workbook as if it were all.
    Raises UnreadableFile.
    """
    kind = CONVERTED[path.suffix.lower()]
    data = read_bytes(path, name=name, limit=MAX_CONVERTED)
    address = Address(name)
    for begins, check in _CHECKS:
        if data.startswith(begins):
            check(data, address, kind)
            return data
    if path.suffix.lower() in (".fodt", ".fods") and _FLAT.search(data[:40_000]):
        _check_flat(data, address, kind)
        return data
    begins = data[:4000].lstrip(b"\xef\xbb\xbf\xff\xfe \r\n\t").replace(b"\0", b"").lower()
    called = next((called for signs, called in _SAVED_AS_TEXT if any(sign in begins for sign in signs)), None)
    is_it = f"{called}, not {kind.called}" if called else f"not {kind.called}"
    message = f"The file is {is_it} ({path.suffix.lower()}), despite its name."
    raise unreadable("wrong_format", address, message, _open_and_save(kind))


def _open_and_save(kind: Converted) -> str:
    return f"Open it in the program it was made with and save it as {kind.save_as}."


def _is_locked(address: Address, kind: Converted) -> NoReturn:
    remedy = f"Open it in the program it was made with, and save it without a password as {kind.save_as}."
    raise unreadable("encrypted_file", address, "The file is protected by a password.", remedy)


def _is_damaged(address: Address, kind: Converted) -> UnreadableFile:
    message = "The file is damaged, or was only partly written or copied."
    remedy = f"Copy it again from where it came from, or open it in its program and save it as {kind.save_as}."
    return unreadable("damaged_file", address, message, remedy)


def _check_zip(data: bytes, address: Address, kind: Converted) -> None:
    try:
        package = ZipPackage(data, name=address.file or "")
    except UnreadableFile as error:
        raise _is_damaged(address, kind) if error.problem.kind == "damaged_file" else error from error
    elements = package.elements("META-INF/manifest.xml")
    if any(tag in ("encryption-data", "encrypted-key") for _, tag, _, _ in elements):
        _is_locked(address, kind)
    if not any(part in package for part in ("content.xml", "[Content_Types].xml")):
        message = f"The file is a zip file, not {kind.called}."
        raise unreadable("wrong_format", address, message, _open_and_save(kind))


def _check_rtf(data: bytes, address: Address, kind: Converted) -> None:
    if not data.rstrip(b"\0\r\n\t \x1a").endswith(b"}"):
        raise _is_damaged(address, kind)


def _check_flat(data: bytes, address: Address, kind: Converted) -> None:
    try:
        xml_parser().Parse(data, True)
    except (expat.ExpatError, ValueError) as error:
        raise _is_damaged(address, kind) from error


def _check_ole(data: bytes, address: Address, kind: Converted) -> None:
    """Refuse a compound file ([MS-CFB]) that ends before its last sector, is locked, or holds no document."""
    try:
        whole = len(data) >= _size_needed(data)
    except struct.error:
        whole = False
    if not whole:
        raise _is_damaged(address, kind)
    if _names(data, "EncryptedPackage") or _is_locked_workbook(data) or _is_locked_document(data):
        _is_locked(address, kind)
    if not any(_names(data, stream) for stream in ("WordDocument", "Workbook", "Book")):
        message = f"The file is not {kind.called}, despite its name."
        raise unreadable("wrong_format", address, message, _open_and_save(kind))


def _names(data: bytes, stream: str) -> bool:
    """Whether the directory of a compound file has a stream of this name."""
    return stream.encode("utf-16-le") in data


def _size_needed(data: bytes) -> int:
    """The least size of a compound file, from its table of sectors; the last sector may be cut short."""
    shift: int = struct.unpack_from("<H", data, 30)[0]
    if shift not in (9, 12):
        raise struct.error
    size = 1 << shift
    tables: int = struct.unpack_from("<I", data, 44)[0]
    last = -1
    for number, sector in enumerate(struct.unpack_from(f"<{_IN_HEADER}I", data, 76)):
        if sector >= _LAST_SECTOR or number >= tables:
            break
        entries = struct.unpack_from(f"<{size // 4}I", data, (sector + 1) * size)
        used = max((place for place, entry in enumerate(entries) if entry != _FREE), default=-1)
        if used >= 0:
            last = max(last, number * (size // 4) + used)
    return (last + 1) * size + 1


def _is_locked_workbook(data: bytes) -> bool:
    """Whether one of the first records of a workbook is FILEPASS ([MS-XLS] 2.4.117)."""
    begins = _WORKBOOK_BEGINS.search(data)
    place = begins.start() if begins else len(data)
    for _ in range(_RECORDS_LOOKED_AT):
        if place + 4 > len(data):
            return False
        record, length = struct.unpack_from("<HH", data, place)
        if record == _FILE_PASS:
            return True
        place += 4 + length
    return False


def _is_locked_document(data: bytes) -> bool:
    """Whether the information block at the head of a Word document says so ([MS-DOC] 2.5.2, fEncrypted)."""
    for place in range(512, len(data) - 12, 64):  # short streams lie in sectors of 64 bytes
        if data[place : place + 2] == _MASTER and struct.unpack_from("<H", data, place + 2)[0] >= _WORD_97:
            return bool(data[place + 11] & 1)
    return False


_CHECKS: tuple[tuple[bytes, Callable[[bytes, Address, Converted], None]], ...] = (
    (_OLE, _check_ole),
    (_ZIP, _check_zip),
    (_RTF, _check_rtf),
)
