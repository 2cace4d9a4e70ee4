"""How Sphinx builds the documentation site: scripts/docs_site.py calls it."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any

import journeys

if TYPE_CHECKING:
    from sphinx.application import Sphinx

project = "evidence-journeys"
author = "The evidence-journeys authors"
copyright = "The evidence-journeys authors, Apache-2.0"
version = release = journeys.__version__
language = "en_GB"

extensions = ["myst_parser", "sphinx.ext.autodoc", "sphinx_click"]
exclude_patterns = ["_build"]
myst_heading_anchors = 4
# Two hyphens are the beginning of an option, not a dash.
smartquotes = False
# The lexer for Cypher knows no parameters ($study), and colours the block all the same.
suppress_warnings = ["misc.highlighting_failure"]

add_module_names = False
autodoc_typehints = "signature"
autodoc_typehints_format = "short"
autodoc_member_order = "bysource"
python_use_unqualified_type_names = True

html_theme = "furo"
html_title = "evidence-journeys"
html_static_path = ["site.css"]
html_css_files = ["site.css"]
html_show_sourcelink = False
html_copy_source = False
html_last_updated_fmt = None


def mark_examples(_: Sphinx, __: Any, lines: list[str]) -> None:
    """Set the example in the help of a command as code: in a terminal it stands without marks."""
    lines[:] = [re.sub(r"^Example: (.+)$", r"Example: ``\1``", line) for line in lines]


def setup(app: Sphinx) -> None:
    """Connect what is above; called by Sphinx."""
    app.connect("sphinx-click-process-description", mark_examples)
