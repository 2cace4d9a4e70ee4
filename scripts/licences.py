"""Write docs/reference/licences.md, what ships with the program under which licence: ``python3 scripts/licences.py``.

Which libraries are installed with it comes from requirements.lock, their licences from what they say of themselves in
``.venv``. Where one says nothing that names a licence, ``KNOWN`` does, after reading the text that it ships.
"""

from __future__ import annotations

import re
import sys
from importlib.metadata import Distribution, PackageNotFoundError, distribution
from pathlib import Path

import _venv

PAGE = _venv.CHECKOUT / "docs" / "reference" / "licences.md"
KNOWN = {
    "arcadedb": "Apache-2.0; parts GPL-2.0 with Classpath exception (see above)",
    "colorama": "BSD-3-Clause",  # on Windows alone
    "contourpy": "BSD-3-Clause",
    "cycler": "BSD-3-Clause",
    "edtf": "MIT",
    "ipython-pygments-lexers": "BSD-3-Clause",
    "jinja2": "BSD-3-Clause",
    "kiwisolver": "BSD-3-Clause",
    "matplotlib": "Matplotlib licence (like the Python licence, PSF-2.0)",
    "prompt-toolkit": "BSD-3-Clause",
    "ptyprocess": "ISC",
    "pyvis": "BSD-3-Clause",
    "resvg-py": "MIT",
    "scipy": "BSD-3-Clause",
    "traitlets": "BSD-3-Clause",
    "wcwidth": "MIT",
}
BUILDS_ONLY = {"editables", "hatchling", "pathspec", "pluggy", "tomlkit", "trove-classifiers"}
"""In requirements.lock for building the package; they are not installed with it."""

_HEAD = """# Licences of what ships

evidence-journeys itself is under Apache-2.0. This page lists what comes with it. It is made by `scripts/licences.py`,
and a test compares it with what is installed.

## In the program's own package

The files of evidence-journeys: code, questions in Cypher, definitions of forms, templates, scripts and styles of
pages, and the signs on maps. All were made for it and are under Apache-2.0. It ships no font, no picture of others
and no script of others. The wording of the instruments is that of Salway et al. 2013, *Towards equitable
commissioning for our multiethnic society*, NIHR HS&DR 1(14).

## In what it writes

| Where | What | Licence |
|---|---|---|
| pages of networks | the script of vis-network {vis}, with its notice, as pyvis ships it | Apache-2.0 or MIT |
| PDFs of measures | letters of DejaVu Sans, as matplotlib ships it | Bitstream Vera and Arev (free to embed) |
| all other pages, reports and workbooks | nothing of others | |

## The embedded store

The library *arcadedb* is the engine of the embedded store: ArcadeDB (Apache-2.0), compiled with GraalVM Community
Edition. It contains parts of GraalVM and of the OpenJDK class library. These are under the **GNU General Public
License, version 2, with the Classpath exception**: the exception allows them to be linked with, and distributed with,
programs under other licences, such as this one. The texts, the notices of all Java libraries inside, and where the
sources are, come with the library, in these files beside it (`arcadedb-{arcadedb}.dist-info/licenses/`):

{texts}

## Libraries that are installed with it

They are installed beside the program, not inside it, each with its own licence texts (in the folder
`NAME-VERSION.dist-info`). Versions are those of `requirements.lock`. Some carry further libraries, such as numpy and
scipy OpenBLAS (BSD-3-Clause) and the runtime of GCC (GPL-3.0 with the GCC runtime exception), and lxml libxml2 (MIT);
their texts are there too.

| Library | Licence |
|---|---|
"""


class UnknownLicence(Exception):
    """A library says nothing that names its licence."""


def main(arguments: list[str]) -> int:
    if arguments:
        sys.exit("Usage: python3 scripts/licences.py")
    _venv.enter(development=True)
    PAGE.write_text(page(), encoding="utf-8", newline="\n")
    return 0


def page() -> str:
    """The page, as it should be."""
    import pyvis

    scripts = sorted((Path(pyvis.__file__).parent / "lib").glob("vis-*"))
    engine = distribution("arcadedb")
    texts = [f"- `{file}`" for file in engine.metadata.get_all("License-File") or ()]
    head = _HEAD.format(vis=scripts[-1].name.removeprefix("vis-"), arcadedb=engine.version, texts="\n".join(texts))
    return head + "".join(f"| {name} | {licence(name)} |\n" for name in libraries())


def libraries() -> list[str]:
    """The names of all libraries that are installed with the program on some platform."""
    text = (_venv.CHECKOUT / "requirements.lock").read_text(encoding="utf-8")
    return sorted(set(re.findall(r"^([a-z0-9][a-z0-9._-]*)==", text, re.MULTILINE)) - BUILDS_ONLY)


def licence(name: str) -> str:
    """The licence of a library, as an SPDX expression where it gives one. Raises UnknownLicence."""
    if name in KNOWN:
        return KNOWN[name]
    try:
        found = _said(distribution(name))
    except PackageNotFoundError:
        found = None
    if found is None:
        raise UnknownLicence(f"{name}: read its licence, and name it in KNOWN in scripts/licences.py.")
    return found


def _said(library: Distribution) -> str | None:
    """What a library's metadata say: an expression, else a short name, else its classifiers."""
    expression = _field(library, "License-Expression")
    if expression:
        return expression
    short = _field(library, "License")
    if short and "\n" not in short and short.upper() not in ("UNKNOWN", "BSD"):
        return short
    named = [each for each in library.metadata.get_all("Classifier") or () if each.startswith("License :: OSI")]
    plain = [each.rpartition(" :: ")[2].removesuffix(" License") for each in named]
    return " or ".join(plain) if plain and plain != ["BSD"] else None


def _field(library: Distribution, name: str) -> str:
    return (library.metadata[name] or "").strip() if name in library.metadata else ""


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
