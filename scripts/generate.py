"""Write the files that follow from the schema: schema/graph.schema.json and docs/schema.md.

``python3 scripts/generate.py`` after a change of schema/*.yaml; a test fails while they are not current. With
``--coverage`` it also writes docs/coverage.md, for which it fills in every form and loads the study (a minute or two).
"""

from __future__ import annotations

import json
import sys
from pathlib import Path

CHECKOUT = Path(__file__).resolve().parent.parent


def generated() -> dict[Path, str]:
    """Each generated file's path in the checkout, and what it should hold."""
    # Here, because the environment that has the package's libraries is entered first.
    from journeys.exchange.conformance import conformance_page
    from journeys.instruments.codebook import shipped_codebook
    from journeys.instruments.codebook_page import codebook_page
    from journeys.model.schema import load_schema
    from journeys.model.schema_export import json_schema, reference_page

    schema = load_schema(CHECKOUT / "schema")
    return {
        CHECKOUT / "schema" / "graph.schema.json": json.dumps(json_schema(schema), indent=1, ensure_ascii=False) + "\n",
        CHECKOUT / "docs" / "schema.md": reference_page(schema),
        CHECKOUT / "docs" / "conformance.md": conformance_page(),
        CHECKOUT / "docs" / "codebook.md": codebook_page(shipped_codebook(CHECKOUT / "schema" / "instruments")),
    }


def coverage() -> dict[Path, str]:
    """The page on what becomes of each place in the forms, measured."""
    from coverage_table import measured, pages_of

    return {CHECKOUT / "docs" / name: text for name, text in pages_of(measured())}


def main(arguments: list[str] | None = None) -> None:
    more = coverage() if "--coverage" in (arguments or ()) else {}
    files = generated() | more
    stale = {path: text for path, text in files.items() if not path.is_file() or path.read_text("utf-8") != text}
    for path, text in stale.items():
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text, encoding="utf-8", newline="\n")
        print(f"Wrote {path.relative_to(CHECKOUT).as_posix()}")
    print(f"{len(files) - len(stale)} of {len(files)} files were current")


if __name__ == "__main__":
    import _venv

    _venv.enter()
    main(sys.argv[1:])
