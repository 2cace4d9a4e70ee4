"""Make the pictures of the documentation from the demonstration study: ``python3 scripts/pictures.py``.

Writes docs/pictures: the journey map and the measures as SVG, the network page as a browser shows it (a Chromium is
needed for that one), and the first pages of each report as LibreOffice prints them (left as they are where LibreOffice
or pdftoppm is missing). Run it when the story, the pages or the reports change; ``--reports``: the reports alone.
"""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
import tempfile
from pathlib import Path
from typing import TYPE_CHECKING, Literal

import _venv

if TYPE_CHECKING:
    import journeys

PICTURES = _venv.CHECKOUT / "docs" / "pictures"
DOCUMENT, SITE = "D07", "Northtown"
MEASURES = {
    f"journey {DOCUMENT}": ("stages", ["from", "to"]),
    f"reach {DOCUMENT}": ("people", ["earliest", "latest"]),
    "citation": ("first_sources", ["dependants"]),
    "network": ("network", ["density"]),
    "centrality": ("position", ["betweenness_share"]),
    "brokerage": ("roles", ["total"]),
    "structural-holes": ("structural-holes", ["constraint"]),
    "introductions": ("introducers", ["introductions"]),
    "matrices": ("meeting_cells", ["claims"]),
    "polarity": ("sides", ["contesting"]),
    "congruence": ("congruence", ["subtract"]),
    "polarisation": ("polarisation", ["share_contesting"]),
    "side-changes": ("stances", ["from", "to"]),
    "gap-map": ("cells", []),
    "flow": ("flows", []),
    "after-introduction": ("events", []),
    "survival": ("stops", []),
    "uses": ("use_types", []),
    "factors": ("general_or_specific", []),
    "sequences": ("sequences", ["mean_distance"]),
    "truth-table": ("truth_table", []),
    "gaps": ("basis", ["share_one_source"]),
    "coding-agreement": ("by_sheet", ["percent"]),
    "sensitivity": ("sensitivity", ["all", "without_all_three"]),
}
"""The picture of each measure, some of one document: a table of its answer, and the columns that are drawn."""


REPORTS: dict[str, tuple[str | None, int]] = {
    "journey": (DOCUMENT, 2),
    "case": ("north.diabetes", 1),
    "site": (SITE, 1),
    "summary-tables": (None, 1),
    "data-collection": (None, 1),
    "codebook": (None, 1),
    "quality": (None, 1),
    "follow-ups": (None, 1),
}
"""What each report is about, and how many of its pages are shown."""
DOTS = 56
"""Dots an inch in pictures of pages."""


def main() -> int:
    _venv.enter(development=True)
    import journeys
    from journeys.demo import write_demo

    PICTURES.mkdir(parents=True, exist_ok=True)
    with tempfile.TemporaryDirectory() as scratch:
        folder = Path(scratch) / "demo"
        write_demo(folder)
        study = journeys.open(folder)
        study.load()
        with study.store():
            _print_reports(study, Path(scratch))
            if "--reports" in sys.argv:
                return 0
            study.write(study.trace(DOCUMENT), PICTURES / "journey.svg")
            study.write(study.storyline("Northtown"), PICTURES / "storyline.svg")
            home = study.atlas(Path(scratch) / "atlas")
            page = Path(scratch) / "network.html"
            study.write(study.network(SITE), page)
            for asked, (table, columns) in MEASURES.items():
                name, _, ref = asked.partition(" ")
                answer = study.analyse(name, ref or None)
                study.write(answer, PICTURES / f"measure-{name}.svg", table=table, columns=columns)
        _photograph(page, "#picture", PICTURES / "network.png")
        guide = home.parent / "guides" / "clinics.html"
        _photograph(guide, "main", PICTURES / "guide.png", place="#stop-5")
        for colours in ("light", "dark"):
            _photograph(home, None, PICTURES / f"home-{colours}.png", colours)
    for path in sorted(PICTURES.iterdir()):
        print(f"{path.relative_to(_venv.CHECKOUT).as_posix()}  {path.stat().st_size:,} bytes")
    return 0


def _print_reports(study: journeys.Study, scratch: Path) -> None:
    """The first pages of each report as LibreOffice prints its Word document."""
    from journeys.instruments.files.libreoffice import convert, find_libreoffice

    program, painter = find_libreoffice(), shutil.which("pdftoppm")
    if program is None or painter is None:
        print("The pictures of reports are left as they are: LibreOffice or pdftoppm is missing.")
        return
    written = []
    for kind, (ref, _) in REPORTS.items():
        written += study.write(study.report(kind, ref), scratch / f"report-{kind}.docx")
    convert(program, [path for path in written if path.suffix == ".docx"], ".pdf", scratch, limit=300)
    for kind, (_, pages) in REPORTS.items():
        source = str(scratch / f"report-{kind}.pdf")
        for page in range(1, pages + 1):
            into = PICTURES / (f"report-{kind}.png" if page == 1 else f"report-{kind}-{page}.png")
            asked = ["-r", str(DOTS), "-png", "-singlefile", "-f", str(page), "-l", str(page)]
            subprocess.run([painter, *asked, source, str(into.with_suffix(""))], check=True)


def _photograph(
    page: Path, part: str | None, picture: Path, colours: Literal["light", "dark"] = "light", place: str = ""
) -> None:
    """A part of a page as the browser shows it, or what a person sees of it first. ``place`` begins with a #."""
    from playwright.sync_api import sync_playwright

    named = os.environ.get("CHROMIUM") or shutil.which("chromium") or shutil.which("google-chrome")
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=named, args=["--no-sandbox", "--disable-gpu"])
        tab = browser.new_page(viewport={"width": 1280, "height": 1000}, device_scale_factor=1, color_scheme=colours)
        tab.goto(page.as_uri() + place)
        tab.wait_for_timeout(1000)
        (tab.locator(part).first if part else tab).screenshot(path=picture)
        browser.close()


if __name__ == "__main__":
    sys.exit(main())
