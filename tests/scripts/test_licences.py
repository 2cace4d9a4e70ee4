"""The page of licences: every library that is installed with the program is on it, with the licence that it names."""

from __future__ import annotations

import re
import sys
from collections.abc import Iterator
from importlib.metadata import distribution, requires
from pathlib import Path
from types import ModuleType

import pytest
from packaging.requirements import Requirement
from packaging.utils import canonicalize_name

CHECKOUT = Path(__file__).resolve().parents[2]


@pytest.fixture(scope="module")
def licences() -> Iterator[ModuleType]:
    with pytest.MonkeyPatch.context() as patch:
        patch.syspath_prepend(str(CHECKOUT / "scripts"))
        import licences

        yield licences
    sys.modules.pop("licences", None)


def installed_with_the_program() -> set[str]:
    """What is needed on this machine, found by following requirements from one library to the next."""
    found: set[str] = set()
    waiting = [("evidence-journeys", "")]
    while waiting:
        name, extra = waiting.pop()
        for text in requires(name) or ():
            needed = Requirement(text)
            if needed.marker is None or needed.marker.evaluate({"extra": extra}):
                known = canonicalize_name(needed.name)
                if known not in found:
                    found.add(known)
                    waiting += [(known, each) for each in ("", *needed.extras)]
    return found


def test_the_page_is_current(licences: ModuleType) -> None:
    assert licences.PAGE.read_text(encoding="utf-8") == licences.page(), "Run `python3 scripts/licences.py`."


def test_every_library_is_on_the_page(licences: ModuleType) -> None:
    listed = set(re.findall(r"^\| ([a-z0-9._-]+) \| \S", licences.PAGE.read_text(encoding="utf-8"), re.M))
    assert installed_with_the_program() - listed == set()


def test_no_library_forbids_shipping_the_program_under_apache(licences: ModuleType) -> None:
    free = r"(Apache|BSD|MIT|ISC|PSF|Python|CNRI|MPL|Zlib|CC0|0BSD|Matplotlib|Historical|HPND|Unlicense|LGPL)"
    unlike = [name for name in licences.libraries() if not re.search(free, licences.licence(name))]
    copyleft = [name for name in licences.libraries() if re.search(r"(?<!L)GPL", licences.licence(name))]
    assert (unlike, copyleft) == ([], ["arcadedb"])


def test_the_texts_of_the_engine_are_where_the_page_says(licences: ModuleType) -> None:
    engine = distribution("arcadedb")
    held = {str(file).partition("dist-info/licenses/")[2]: file for file in engine.files or ()}
    named = re.findall(r"^- `(.+)`$", licences.PAGE.read_text(encoding="utf-8"), re.M)
    assert len(named) > 3
    assert all(Path(str(held[name].locate())).is_file() for name in named)
    texts = "".join(Path(str(held[name].locate())).read_text(encoding="utf-8") for name in named)
    assert "CLASSPATH" in texts.upper()


def test_the_package_holds_no_scripts_or_fonts_of_others() -> None:
    files = [
        file
        for file in (CHECKOUT / "journeys").rglob("*")
        if file.suffix in (".js", ".css", ".j2", ".woff", ".woff2", ".ttf", ".otf")
    ]
    assert len(files) > 30
    assert [file.name for file in files if file.suffix not in (".js", ".css", ".j2")] == []
    marked = [file.name for file in files if re.search(r"@licen[cs]e|copyright|\(c\) ", file.read_text("utf-8"), re.I)]
    assert marked == []
