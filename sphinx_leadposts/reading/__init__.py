"""Floor 1: from the text of a source file to typed front matter.

Problems are returned, not logged; nothing here knows of Sphinx.
"""

from __future__ import annotations
