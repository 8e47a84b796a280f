"""Floor 0: what a blog is, as plain values and pure functions.

Nothing here reads a file, logs, or knows of Sphinx. The standard library is all
it stands on, but for ``python-slugify``, which is a pure function too.
"""

from __future__ import annotations
