"""How Sphinx builds the documentation site: see scripts/docs_site.py, which calls it."""

from __future__ import annotations

import journeys

project = "evidence-journeys"
author = "The evidence-journeys authors"
copyright = "The evidence-journeys authors, Apache-2.0"
version = release = journeys.__version__
language = "en_GB"

extensions = ["myst_parser", "sphinx.ext.autodoc", "sphinx_click"]
exclude_patterns = ["_build"]
myst_heading_anchors = 4
myst_enable_extensions = ["colon_fence", "deflist"]
# The lexer for Cypher knows no parameters ($study), and colours the block all the same.
suppress_warnings = ["misc.highlighting_failure"]

html_theme = "furo"
html_title = "evidence-journeys"
html_show_sourcelink = False
html_copy_source = False
html_last_updated_fmt = None

autodoc_typehints = "signature"
autodoc_member_order = "bysource"
# Signatures with the names that a reader would write.
autodoc_typehints_format = "short"
python_use_unqualified_type_names = True
