"""A REFI-QDA file opened safely: the archive is read part by part within limits, and nothing is ever unpacked to disk.

Media are not read at all, so a project with hours of film opens as quickly as one without.
"""

from __future__ import annotations

import re
import zipfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path, PurePosixPath
from typing import Any

from lxml import etree

from journeys.instruments.files.safety import open_binary, read_bytes, reading, unreadable
from journeys.instruments.files.xml_memory import count_markup, tree_memory
from journeys.instruments.files.zip_package import DAMAGED
from journeys.model.problems import Address, UnreadableFile

MAX_XML = 60_000_000
MAX_MEMORY = 150_000_000
"""Most bytes of memory that the elements of a project may take, by estimate: some 60,000 codings."""
MAX_TEXT_PART = 20_000_000
MAX_PARTS = 100_000
_MOST_SHRUNK = 400
"""Text shrinks 3 to 50 times, and a list of codings up to 100 times; a bomb a thousand times."""
_MATTERS_FROM = 10_000_000
_CHUNK = 1 << 20
_DEEPEST = 200
_DECLARATIONS = re.compile(rb"<!(?:DOCTYPE|ENTITY)")
_PROJECT = "project.qde"


class RefiPackage:
    """A .qdpx, .qdc or .qde file. Raises UnreadableFile for one that is damaged, unsafe or something else."""

    def __init__(self, path: Path, *, name: str) -> None:
        self.file, self._path = name, path
        self._entries: dict[str, zipfile.ZipInfo] = {}
        self._folder = ""
        with open_binary(path, name=name) as stream:
            start = stream.read(4096)
        if start.startswith(b"PK"):
            self.inside = self._look_in()
        elif _looks_like_xml(start):
            self.inside = ""
        else:
            raise self._refused(start)

    def root(self) -> Any:
        """The outermost element of the project or codebook."""
        data = self._part(self.inside, MAX_XML) if self.inside else self._whole()
        if _DECLARATIONS.search(data.replace(b"\0", b"")):  # one in UTF-16 would not be found as ASCII
            raise self._unsafe()
        elements, attributes = count_markup([data])
        if len(data) + tree_memory(elements, attributes) > MAX_MEMORY:
            message = f"The project is too large to be read at once (about {elements:,} codings, codes and the like)."
            raise unreadable("too_large", Address(self.file), message, "Export it in parts: fewer sources at a time.")
        parser = etree.XMLParser(
            resolve_entities=False, load_dtd=False, no_network=True, dtd_validation=False, huge_tree=True
        )
        try:
            root = etree.fromstring(data.lstrip(b" \r\n\t"), parser)
        except (etree.XMLSyntaxError, ValueError) as error:
            line = getattr(error, "lineno", None)
            what = self.inside or "the file"
            message = f"The XML in {what} is broken{f' in line {line}' if line else ''}."
            remedy = "The export was probably cut off. Export the project again in the program it comes from."
            raise unreadable("damaged_file", Address(self.file), message, remedy) from error
        if _too_deep(root):
            raise self._unsafe()
        return root

    def holds(self, path: str) -> bool:
        """Whether a file of the archive is meant by ``internal://…``."""
        return self._find(path) is not None

    def text(self, path: str) -> str | None:
        """A text inside the archive, named as in ``internal://…``, line ends as they are; None where there is none.

        Raises UnreadableFile for one that is damaged or too large.
        """
        found = self._find(path)
        if found is None:
            return None
        data = self._part(found, MAX_TEXT_PART)
        for mark, encoding in ((b"\xff\xfe", "utf-16"), (b"\xfe\xff", "utf-16")):
            if data.startswith(mark):
                return data.decode(encoding, errors="replace")
        try:
            return data.decode("utf-8")
        except UnicodeDecodeError:
            return data.decode("cp1252", errors="replace")

    def _look_in(self) -> str:
        """Read the directory of the archive, and return the name of the project in it."""
        with self._opened() as archive:
            entries = archive.infolist()
        if len(entries) > MAX_PARTS:
            raise self._unsafe()
        for entry in entries:
            key = _key(entry.filename)
            if key in self._entries and not entry.is_dir():
                raise self._damaged()
            self._entries[key] = entry
        depth = [(key.count("/"), key) for key in self._entries if PurePosixPath(key).name == _PROJECT]
        depth = depth or [(key.count("/"), key) for key in self._entries if key.endswith((".qde", ".qdc"))]
        found = sorted(each for each in depth if not each[1].startswith("__macosx/"))
        if not found:
            message = "This archive has no project.qde, as a REFI-QDA project would."
            remedy = "Export the project again as REFI-QDA (.qdpx); a program's own project file cannot be read."
            raise unreadable("wrong_format", Address(self.file), message, remedy)
        key = found[0][1]
        self._folder = key.rpartition("/")[0]
        return self._entries[key].filename

    def _find(self, path: str) -> str | None:
        wanted = _key(path).removeprefix("./")
        name = PurePosixPath(wanted).name
        inside = f"{self._folder}/" if self._folder else ""
        for candidate in (f"{inside}sources/{wanted}", f"{inside}{wanted}", f"{inside}sources/{name}"):
            if candidate in self._entries:
                return self._entries[candidate].filename
        return next((e.filename for key, e in self._entries.items() if name and PurePosixPath(key).name == name), None)

    def _part(self, part: str, most: int) -> bytes:
        """The bytes of a part, checked against what the archive says of it. Raises UnreadableFile."""
        entry = self._entries[_key(part)]
        if entry.flag_bits & 1:
            message = "The archive is protected by a password."
            raise unreadable("encrypted_file", Address(self.file), message, "Export the project without a password.")
        chunks: list[bytes] = []
        size = 0
        try:
            with self._opened() as archive, archive.open(entry) as stream:
                while chunk := stream.read(_CHUNK):
                    size += len(chunk)
                    if size > _MATTERS_FROM and size > _MOST_SHRUNK * max(entry.compress_size, 1):
                        raise self._unsafe()
                    if size > most:
                        raise self._too_large(part, most)
                    chunks.append(chunk)
        except (*DAMAGED, KeyError) as error:
            raise self._damaged() from error
        return b"".join(chunks)

    def _whole(self) -> bytes:
        return read_bytes(self._path, name=self.file, limit=MAX_XML)

    @contextmanager
    def _opened(self) -> Iterator[zipfile.ZipFile]:
        with reading(self.file), self._path.open("rb") as stream:
            try:
                archive = zipfile.ZipFile(stream)
            except (*DAMAGED, KeyError) as error:
                raise self._damaged() from error
            with archive:
                yield archive

    def _refused(self, start: bytes) -> UnreadableFile:
        if start.startswith(b"SQLite format 3"):
            message, remedy = "The file is a database, not a REFI-QDA project.", ""
        else:
            message, remedy = "The file is neither a REFI-QDA project (.qdpx) nor a codebook (.qdc).", ""
        remedy = remedy or (
            "In NVivo, ATLAS.ti, MAXQDA or QualCoder, choose the export as REFI-QDA project (.qdpx) or codebook (.qdc)."
        )
        return unreadable("wrong_format", Address(self.file), message, remedy)

    def _unsafe(self) -> UnreadableFile:
        message = "The file is built in a way that could harm this computer; no program for coding writes such files."
        remedy = "Do not open it. Ask for it again from the person it came from."
        return unreadable("unsafe_file", Address(self.file), message, remedy)

    def _damaged(self) -> UnreadableFile:
        message = "The archive is damaged, or was only partly written or copied."
        remedy = "Export the project again, or copy the file again once it has been fully synchronised."
        return unreadable("damaged_file", Address(self.file), message, remedy)

    def _too_large(self, part: str, most: int) -> UnreadableFile:
        message = f"{part} is larger than {most // 1_000_000} MB."
        return unreadable("too_large", Address(self.file), message, "Export fewer sources at a time.")


def _key(path: str) -> str:
    return path.replace("\\", "/").lstrip("/").casefold()


def _looks_like_xml(start: bytes) -> bool:
    return start.replace(b"\0", b"").lstrip(b"\xef\xbb\xbf\xff\xfe \r\n\t").startswith(b"<")


def _too_deep(root: Any) -> bool:
    depth = 0
    for event, _ in etree.iterwalk(root, events=("start", "end")):
        depth += 1 if event == "start" else -1
        if depth > _DEEPEST:
            return True
    return False
