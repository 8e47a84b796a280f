"""Floor 1: pictures, by Pillow. Nothing here knows of Sphinx, or of front matter."""

from __future__ import annotations
