"""Files that LibreOffice shall convert: what is refused before it opens them, and a LibreOffice that misbehaves."""

from __future__ import annotations

import http.server
import os
import sys
import threading
import time
import zipfile
from collections.abc import Iterator
from pathlib import Path

import psutil
import pytest

from journeys.instruments.files.conversions import Conversions
from journeys.instruments.files.libreoffice import convert, find_libreoffice
from journeys.instruments.files.old_formats import checked_bytes
from journeys.model.problems import UnreadableFile

RTF = b"{\\rtf1 Hello.}"
posix = pytest.mark.skipif(sys.platform == "win32", reason="the programs of these tests are shell scripts")


def refusal(path: Path) -> str:
    with pytest.raises(UnreadableFile) as caught:
        checked_bytes(path, name=f"forms/{path.name}")
    return str(caught.value)


def program(folder: Path, script: str) -> Path:
    path = folder / "soffice"
    path.write_text(f"#!/bin/sh\n{script}\n", encoding="ascii")
    path.chmod(0o700)
    return path


def document(path: Path, content: str = "<a/>", manifest: str = "<m/>") -> Path:
    with zipfile.ZipFile(path, "w") as archive:
        archive.writestr("content.xml", content)
        archive.writestr("META-INF/manifest.xml", manifest)
    return path


@pytest.fixture(scope="module")
def old(libreoffice: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """An old Word document and an old Excel workbook, a.doc and b.xls."""
    folder = tmp_path_factory.mktemp("old")
    (folder / "a.rtf").write_bytes(RTF)
    (folder / "b.csv").write_bytes(b"who,what\nMV,contested\n")
    convert(libreoffice, [folder / "a.rtf"], ".doc", folder, limit=120)
    convert(libreoffice, [folder / "b.csv"], ".xls", folder, limit=120)
    return folder


@pytest.mark.parametrize("name", ["a.doc", "b.xls"])
@pytest.mark.parametrize("share", [0.02, 0.3, 0.6, 0.9])
def test_what_was_only_partly_copied_is_refused(old: Path, tmp_path: Path, name: str, share: float) -> None:
    data = checked_bytes(old / name, name=name)
    (tmp_path / name).write_bytes(data[: max(int(len(data) * share), 8)])
    assert "is damaged, or was only partly written or copied." in refusal(tmp_path / name)


def test_a_password_is_told(old: Path, tmp_path: Path) -> None:
    word, sheet = (old / "a.doc").read_bytes(), (old / "b.xls").read_bytes()
    (tmp_path / "a.xls").write_bytes(sheet.replace(b"\xe1\x00\x02\x00\xb0\x04", b"\x2f\x00\x02\x00\xb0\x04", 1))
    block = next(at for at in range(512, len(word), 64) if word[at : at + 2] == b"\xec\xa5")
    (tmp_path / "a.doc").write_bytes(word[: block + 11] + bytes([word[block + 11] | 1]) + word[block + 12 :])
    document(tmp_path / "a.odt", manifest="<m><encryption-data/></m>")
    for name in ("a.xls", "a.doc", "a.odt"):
        assert "is protected by a password. Open it in the program it was made with" in refusal(tmp_path / name)


@pytest.mark.parametrize(
    ("name", "data", "said"),
    [
        ("a.doc", b"Dear all", "is not an old Word document (.doc), despite its name."),
        ("a.xls", b"<html><table>", "is a web page (HTML), not an old Excel workbook (.xls), despite its name."),
        (
            "a.doc",
            "\ufeff<HTML xmlns:w='x'>".encode("utf-16-le"),
            "is a web page (HTML), not an old Word document (.doc)",
        ),
        ("a.doc", b"MIME-Version: 1.0\r\nContent-Type: x", "is a web page in one file (MHT), not an old Word document"),
        ("a.xls", b"<?xml version='1.0'?><?mso-application progid='Excel.Sheet'?>", "is Excel XML of 2003, not an old"),
        (
            "a.doc",
            b"<?xml version='1.0'?>\n<?mso-application progid='Word.Document'?>",
            "is Word XML of 2003, not an old",
        ),
        (
            "a.fodt",
            b"<html>opendocument.text</html>",
            "is a web page (HTML), not a flat OpenDocument text (.fodt), despite",
        ),
        ("a.odt", b"PK\x03\x04 and no more", "is damaged, or was only partly written or copied."),
        ("a.rtf", b"{\\rtf1 Hello", "is damaged, or was only partly written or copied."),
        ("a.odt", b"", "the file is empty"),
        (
            "a.fods",
            b'<!DOCTYPE d [<!ENTITY x "y">]><office:document office:mimetype="a.opendocument.spreadsheet"/>',
            "is damaged",
        ),
    ],
)
def test_what_is_none_is_refused_before_libreoffice_opens_it(tmp_path: Path, name: str, data: bytes, said: str) -> None:
    (tmp_path / name).write_bytes(data)
    assert said in refusal(tmp_path / name)


def said_of(conversions: Conversions, path: Path) -> str:
    with pytest.raises(UnreadableFile) as caught:
        conversions.readable(path, f"forms/{path.name}")
    return str(caught.value)


@posix
@pytest.mark.usefixtures("processes")
def test_a_libreoffice_that_hangs_is_ended_with_all_it_started(tmp_path: Path) -> None:
    (tmp_path / "a.rtf").write_bytes(RTF)
    script = program(tmp_path, f"sleep 600 & echo $! > {tmp_path}/child\nsleep 600")
    began = time.monotonic()
    conversions = Conversions(tmp_path / "kept", program=script, first_seconds=1)
    assert said_of(conversions, tmp_path / "a.rtf") == (
        "forms/a.rtf: The file was not read: LibreOffice did not open it within 1 second. Open it in the program it "
        "was made with, and save it without a password as a Word document (.docx)."
    )
    assert time.monotonic() - began < 20
    child = int((tmp_path / "child").read_text())
    psutil.wait_procs([psutil.Process(child)] if psutil.pid_exists(child) else [], timeout=5)
    assert not psutil.pid_exists(child) or psutil.Process(child).status() == psutil.STATUS_ZOMBIE


@posix
@pytest.mark.usefixtures("processes")
@pytest.mark.parametrize("script", ["kill -9 $$", "exit 1", "true"])
def test_a_libreoffice_that_is_killed_or_gives_nothing(tmp_path: Path, script: str) -> None:
    (tmp_path / "a.rtf").write_bytes(RTF)
    conversions = Conversions(tmp_path / "kept", program=program(tmp_path, script))
    assert "LibreOffice could not open it; it is damaged, or protected" in said_of(conversions, tmp_path / "a.rtf")


@posix
@pytest.mark.usefixtures("processes")
def test_a_libreoffice_that_does_not_start(tmp_path: Path) -> None:
    (tmp_path / "a.rtf").write_bytes(RTF)
    (tmp_path / "soffice").write_bytes(b"\x00")
    conversions = Conversions(tmp_path / "kept", program=tmp_path / "soffice")
    assert "LibreOffice could not be started (" in said_of(conversions, tmp_path / "a.rtf")


@posix
@pytest.mark.usefixtures("processes")
def test_one_bad_file_spoils_no_other(tmp_path: Path) -> None:
    """A converter that dies of one file, as LibreOffice may: what came before and after it is read."""
    out = 'out="$(echo "$*" | sed "s/.*--outdir //; s/ .*//")"'
    convert_one = 'case "$f" in *.rtf) grep -q bad "$f" && kill -9 $$; cp "$f" "$out/$(basename "$f" .rtf).docx";; esac'
    script = program(tmp_path, f'{out}\nfor f in "$@"; do {convert_one}; done')
    paths = [tmp_path / f"{name}.rtf" for name in ("a", "bad", "c")]
    for path in paths:
        path.write_bytes(RTF.replace(b"Hello", path.stem.encode()))
    conversions = Conversions(tmp_path / "kept", program=script)
    conversions.prepare({path: path.name for path in paths})
    assert b"{\\rtf1 a.}" in conversions.readable(paths[0], "a.rtf").read_bytes()
    assert "could not open it" in said_of(conversions, paths[1])
    assert b"{\\rtf1 c.}" in conversions.readable(paths[2], "c.rtf").read_bytes()


@posix
@pytest.mark.usefixtures("processes")
def test_a_changed_file_is_converted_again(tmp_path: Path) -> None:
    into = '$(dirname "$f")/../out/$(basename "$f" .rtf).docx'
    script = program(tmp_path, f'for f in "$@"; do :; done\ncp "$f" "{into}"')
    path = tmp_path / "a.rtf"
    conversions = Conversions(tmp_path / "kept", program=script)
    for words in (b"{\\rtf1 first}", b"{\\rtf1 second one}"):
        path.write_bytes(words)
        assert conversions.readable(path, "a.rtf").read_bytes() == words


HEAD = (
    'xmlns:office="urn:oasis:names:tc:opendocument:xmlns:office:1.0" '
    'xmlns:text="urn:oasis:names:tc:opendocument:xmlns:text:1.0" '
    'xmlns:draw="urn:oasis:names:tc:opendocument:xmlns:drawing:1.0" xmlns:xlink="http://www.w3.org/1999/xlink" '
    'xmlns:svg="urn:oasis:names:tc:opendocument:xmlns:svg-compatible:1.0" '
    'xmlns:table="urn:oasis:names:tc:opendocument:xmlns:table:1.0" office:version="1.2" '
    'office:mimetype="application/vnd.oasis.opendocument.'
)


@pytest.fixture
def asked() -> Iterator[tuple[str, list[str]]]:
    """The address of a web server on this machine, and what it was asked for."""
    paths: list[str] = []

    class Handler(http.server.BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            paths.append(self.path)
            self.send_response(404)
            self.end_headers()

        do_HEAD = do_OPTIONS = do_PROPFIND = do_GET  # noqa: N815

        def log_message(self, format: str, *args: object) -> None:
            pass

    with http.server.ThreadingHTTPServer(("127.0.0.1", 0), Handler) as server:
        threading.Thread(target=server.serve_forever, daemon=True).start()
        yield f"http://127.0.0.1:{server.server_port}", paths
        server.shutdown()


def test_no_link_is_followed(libreoffice: Path, tmp_path: Path, asked: tuple[str, list[str]]) -> None:
    """Pictures, sections of other files, web functions: LibreOffice as it comes would fetch the picture."""
    url, paths = asked
    (tmp_path / "secret.txt").write_text("SECRET", encoding="ascii")
    picture = f'<draw:frame svg:width="2cm" svg:height="2cm"><draw:image xlink:href="{url}/p.png"/></draw:frame>'
    section = (
        '<text:section text:name="{0}"><text:section-source xlink:href="{1}"/><text:p>old {0}</text:p></text:section>'
    )
    sections = section.format("one", f"{url}/s.html") + section.format("two", (tmp_path / "secret.txt").as_uri())
    body = f"<office:text><text:p>Hello{picture}</text:p>{sections}</office:text>"
    flat = (
        '<?xml version="1.0" encoding="UTF-8"?><office:document {}{}"><office:body>{}</office:body></office:document>'
    )
    (tmp_path / "a.fodt").write_text(flat.format(HEAD, "text", body), encoding="utf-8")
    cells = f'<table:table-cell table:formula="of:=WEBSERVICE(&quot;{url}/w&quot;)"/>'
    row = f"<table:table-row>{cells}<table:table-cell><text:p>x</text:p></table:table-cell></table:table-row>"
    table = f'<office:spreadsheet><table:table table:name="S">{row}</table:table></office:spreadsheet>'
    (tmp_path / "b.fods").write_text(flat.format(HEAD, "spreadsheet", table), encoding="utf-8")
    (tmp_path / "c.rtf").write_bytes(
        b'{\\rtf1 {\\field{\\*\\fldinst INCLUDEPICTURE "%s/r.png"}{\\fldrslt x}}}' % url.encode()
    )
    conversions = Conversions(tmp_path / "kept", program=libreoffice)
    for name in ("a.fodt", "b.fods", "c.rtf"):
        with zipfile.ZipFile(conversions.readable(tmp_path / name, name)) as archive:
            assert b"SECRET" not in b"".join(archive.read(part) for part in archive.namelist())
    assert paths == []


def test_libreoffice_is_found_where_it_is_installed(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    place = tmp_path / "LibreOffice" / "program" / "soffice.exe"
    place.parent.mkdir(parents=True)
    place.write_bytes(b"MZ")
    assert find_libreoffice({"PROGRAMFILES": str(tmp_path)}) == place
    app = tmp_path / "Applications" / "LibreOffice.app" / "Contents" / "MacOS" / "soffice"
    app.parent.mkdir(parents=True)
    app.write_bytes(b"")
    assert find_libreoffice({"JOURNEYS_LIBREOFFICE": str(app), "PROGRAMFILES": str(tmp_path)}) == app
    assert find_libreoffice({"JOURNEYS_LIBREOFFICE": "", "PROGRAMFILES": str(tmp_path)}) is None


def test_a_program_in_the_current_folder_is_not_used(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (tmp_path / "soffice").write_bytes(b"#!/bin/sh")
    monkeypatch.chdir(tmp_path)
    for path in (".", "", os.curdir + os.pathsep):
        found = find_libreoffice({"PATH": path})
        assert found is None or found.parent.resolve() != tmp_path
