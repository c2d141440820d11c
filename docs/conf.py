"""The documentation site, for Sphinx: `python docs/build_site.py` builds it into out/site.

Its pages are the repository's Markdown files as they are, the READMEs included, so the source
folder is the root. What only the site has is added while it is built: the sidebar, the reference
from docstrings, and pages that show the source files which the text links to.
"""

from __future__ import annotations

import sys
from pathlib import Path

DOCS = Path(__file__).resolve().parent
sys.path.insert(0, str(DOCS))

import ministudio  # noqa: E402 - the modules beside this file first

project = "MiniStudio"
author = "The MiniStudio authors"
copyright = author  # noqa: A001 - its name there
version = release = ministudio.__version__

extensions = ["myst_parser", "sphinx.ext.autodoc", "sphinx.ext.napoleon", "_extension"]
root_doc = "docs/index"
include_patterns = [
    "*.md",
    "docs/**.md",
    "docs/reference/**.rst",
    "examples/README.md",
    "ministudio-core/README.md",
    "ministudio-core/src/ministudio/adapters/README.md",
    "plugins/*/README.md",
]
exclude_patterns = [
    ".*",
    "out",
    "dist",
    "changelog.d",
    "tests",
    "tools",
    "**/tests",
    "**/__pycache__",
]

myst_heading_anchors = 6
nitpicky = True
nitpick_ignore_regex = [
    # The standard library and others' packages: their inventories would have to be fetched.
    ("py:.*", r"(?!ministudio\b).*"),
    # What is public only as the value of something public.
    ("py:.*", r"ministudio\.(?!plugin\.|adapters\.)\w+\..*"),
]

# Two modules may have a class of one name, and an annotation says no more than that.
suppress_warnings = ["ref.python"]

autodoc_member_order = "bysource"
autodoc_typehints_format = "short"
add_module_names = False
python_use_unqualified_type_names = True
python_maximum_signature_line_length = 72
napoleon_numpy_docstring = False
napoleon_use_rtype = False

html_theme = "furo"
html_title = "MiniStudio"
html_static_path = ["_static"]
html_css_files = ["site.css"]
html_copy_source = False
html_show_sphinx = False
html_theme_options = {"navigation_with_keys": False}
