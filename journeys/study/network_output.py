"""What the matrices of a site and the comparison of sites can be written as. A function imports what it needs."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from rich.console import RenderableType

    from journeys.analysis.actors.comparison import Comparison
    from journeys.analysis.actors.site import SiteNetwork
    from journeys.analysis.actors.site_matrices import SiteMatrices
    from journeys.study.access import StudyAccess

Formats = Mapping[str, Callable[[], str | bytes]]
Beside = Mapping[str, Callable[[Path], tuple[Path, str | bytes]]]


def network_formats(
    study: StudyAccess, found: SiteNetwork, *, things: bool = False
) -> tuple[Callable[[], RenderableType], Formats, Callable[[str], str]]:
    """The view of a network, with the ties to ``things`` if wanted, its formats, and what is said of one written."""
    from journeys.views.tables import json_text
    from journeys.views.terminal.network import edges_csv, network_view

    def page() -> str:
        from journeys.study.page_frame import frame
        from journeys.views.pages.network import network_page

        return network_page(found, study.schema, frame(study))

    told: dict[str, str] = {}
    formats: Formats = {
        "csv": lambda: edges_csv(found),
        "json": lambda: json_text(found.as_dict()),
        "html": page,
        **_exported_formats(study, found, told),
    }

    def note(format_: str) -> str:
        return told.get(format_) or ("\n".join(found.withheld) if format_ in formats else "")

    return lambda: network_view(found, things=things), formats, note


def _exported_formats(study: StudyAccess, found: SiteNetwork, told: dict[str, str]) -> Formats:
    """The formats for other programs (``journeys.exchange``) that are one file; ``told`` gets what is said of each."""
    from journeys.exchange.formats import FORMATS, Format
    from journeys.exchange.from_actors import actor_network
    from journeys.exchange.write import network_bytes

    settings = study.folder.settings

    def made(format_: Format) -> Callable[[], bytes]:
        def write() -> bytes:
            network = actor_network(found, title=settings.title, about=settings.note or "")
            content, said = network_bytes(network, format_)
            told[format_.ending] = "\n".join(said)
            return content

        return write

    single = (each for each in FORMATS.values() if each.of_networks and not each.beside)
    return {each.ending: made(each) for each in single}


def network_beside(study: StudyAccess, found: SiteNetwork) -> Beside:
    """The nodes beside the csv of a network; beside each of the formats for other programs its report by GRAND."""
    from journeys.exchange.formats import FORMATS
    from journeys.exchange.from_actors import actor_network
    from journeys.exchange.grand import grand_csv
    from journeys.exchange.write import files_of
    from journeys.views.terminal.network import nodes_csv, nodes_file

    settings = study.folder.settings

    def report(path: Path) -> tuple[Path, str]:
        name = next(each for each in FORMATS.values() if path.name.endswith(f".{each.ending}"))
        return files_of(name, path)[-1], grand_csv(
            actor_network(found, title=settings.title, about=settings.note or "")
        )

    single = (each for each in FORMATS.values() if each.of_networks and not each.beside)
    return {"csv": lambda path: (nodes_file(path), nodes_csv(found)), **{each.ending: report for each in single}}


def matrix_formats(study: StudyAccess, found: SiteMatrices) -> tuple[Callable[[], RenderableType], Formats]:
    """The view of the matrices, and their formats."""
    from journeys.study.page_frame import frame
    from journeys.views.pages.matrix import matrix_page
    from journeys.views.tables import json_text
    from journeys.views.terminal.matrix import MatricesView, matrix_csv, matrix_sheets
    from journeys.views.write_xlsx import workbook

    return lambda: MatricesView(found), {
        "csv": lambda: matrix_csv(found),
        "json": lambda: json_text(found.as_dict()),
        "html": lambda: matrix_page(found, frame(study)),
        "xlsx": lambda: workbook(matrix_sheets(found)),
    }


def matrix_beside(found: SiteMatrices) -> Beside:
    """People by meetings, in a file beside that of people by documents."""
    from journeys.views.terminal.matrix import matrix_csv, meetings_file

    return {"csv": lambda path: (meetings_file(path), matrix_csv(found, 1))}


def comparison_formats(study: StudyAccess, found: Comparison) -> tuple[Callable[[], RenderableType], Formats]:
    """The view of a comparison, and its formats."""
    from journeys.study.page_frame import frame
    from journeys.views.pages.compare import compare_page
    from journeys.views.tables import json_text
    from journeys.views.terminal.comparison import ComparisonView, comparison_csv, comparison_sheets
    from journeys.views.write_xlsx import workbook

    return lambda: ComparisonView(found), {
        "csv": lambda: comparison_csv(found),
        "json": lambda: json_text(found.as_dict()),
        "html": lambda: compare_page(found, study.schema, frame(study)),
        "xlsx": lambda: workbook(comparison_sheets(found)),
    }
