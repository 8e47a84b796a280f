"""What each run of Sphinx finds out anew, though in all tests it is the same."""

from __future__ import annotations

import functools
import logging
from contextlib import ExitStack, contextmanager
from importlib.metadata import entry_points
from typing import TYPE_CHECKING, Any, Final
from unittest.mock import patch

from jinja2 import Environment
from sphinx import theming

if TYPE_CHECKING:
    from collections.abc import Hashable, Iterator
    from types import CodeType

#: Compiled templates, by all that decides what becomes of a source. Of a small site
#: they take two fifths of each build.
_TEMPLATES: Final[dict[tuple[Hashable, ...], CodeType]] = {}

_compile_anew = Environment.compile


@contextmanager
def remember() -> Iterator[None]:
    """Have Sphinx compile each template once, and look for themes on disk once.

    Nor does it put into words what only a developer of Sphinx would see.
    """
    disabled = logging.root.manager.disable
    with ExitStack() as stack:
        stack.callback(logging.disable, disabled)
        logging.disable(max(disabled, logging.DEBUG))
        stack.enter_context(patch.object(Environment, "compile", _compile_once))
        stack.enter_context(patch.object(theming, "entry_points", _find_entry_points))
        yield


def _compile_once(self: Environment, source: Any, *args: Any, **kwargs: Any) -> Any:
    key: tuple[Hashable, ...] = (
        *(type(self), source, args, tuple(kwargs.items()), self.autoescape),
        *(self.trim_blocks, self.lstrip_blocks, tuple(self.extensions)),
        getattr(self, "newstyle_gettext", None),
    )
    if key not in _TEMPLATES:
        _TEMPLATES[key] = _compile_anew(self, source, *args, **kwargs)
    return _TEMPLATES[key]


_find_entry_points = functools.cache(entry_points)
