"""What the archive of a study and its provenance keep of what a study holds."""

from __future__ import annotations

from collections.abc import Mapping

from journeys.exchange.formats import FEATURES, KEPT, LOST, Cell, How, changed

_BY_KIND = "the kind of each claim; schema.json says which kinds support and contest"

ARCHIVE_FORMATS: Mapping[str, Mapping[str, Cell]] = {
    "`export crate`, csv": {
        **dict.fromkeys(FEATURES, KEPT),
        "polarity": changed(_BY_KIND),
        "quotations": Cell(How.KEPT, "a text that begins like a formula gets an apostrophe"),
        "notes": Cell(How.KEPT, "a text that begins like a formula gets an apostrophe"),
    },
    "`export crate`, Parquet": {**dict.fromkeys(FEATURES, KEPT), "polarity": changed(_BY_KIND)},
    "`export prov`": {
        **dict.fromkeys(FEATURES, KEPT),
        "polarity": changed("the kind of each claim"),
        "uncertain dates": Cell(How.KEPT, "as attributes, not as times"),
        "codes": LOST,
    },
}
"""By the command that writes it; tests/exchange/test_archive_conformance.py proves each cell."""
