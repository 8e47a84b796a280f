from __future__ import annotations

import sys
from pathlib import Path

from sphinx_leadposts import __version__ as release

sys.path.insert(0, str(Path(__file__).parent / "_ext"))

project = "sphinx-leadposts"
author = "The sphinx-leadposts developers"
copyright = f"%Y, {author}"
version = release

extensions = ["sphinx_leadposts", "sphinx_copybutton", "reference"]
myst_enable_extensions = ["deflist"]
exclude_patterns = ["_build"]

html_theme = "furo"
html_title = project
html_static_path = ["_static"]
html_css_files = ["reference.css"]

leadposts_title = "News"
leadposts_guides = "guides.yaml"
