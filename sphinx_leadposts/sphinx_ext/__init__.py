"""Floor 2: the only code that knows Sphinx and docutils.

What stands here is shared by both phases. The reading phase turns documents into
records of the domain; the writing phase turns records into pages; the domain is all
that passes between them.
"""

from __future__ import annotations
