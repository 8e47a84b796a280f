"""What each build of the law would make anew, though it is the same each time."""

from __future__ import annotations

import functools
from contextlib import ExitStack, contextmanager
from typing import TYPE_CHECKING
from unittest.mock import patch

from sphinx_leadposts.imaging import jobs

if TYPE_CHECKING:
    from collections.abc import Iterator

#: Each is a function of its arguments, the bytes of the picture among them. What the
#: law is about is when they are called, and under which names their results are kept.
_RENDER = {
    name: functools.cache(getattr(jobs, name))
    for name in ("render_picture", "render_cover")
}


@contextmanager
def remember_pictures() -> Iterator[None]:
    """Make the same files of the same bytes by the same recipes once."""
    with ExitStack() as stack:
        for name, render in _RENDER.items():
            stack.enter_context(patch.object(jobs, name, render))
        yield
