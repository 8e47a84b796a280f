"""What each run of Sphinx finds out anew, though in all tests it is the same."""

from __future__ import annotations

import copy
import functools
import logging
import os
from contextlib import ExitStack, contextmanager
from importlib.metadata import entry_points
from pathlib import Path
from typing import TYPE_CHECKING, Any, ClassVar, Final
from unittest.mock import patch

from docutils import frontend
from jinja2 import Environment
from sphinx import theming

if TYPE_CHECKING:
    from collections.abc import Hashable, Iterator, Mapping, Sequence
    from types import CodeType

#: Compiled templates, by all that decides what becomes of a source. Of a small site
#: they take two fifths of each build.
_TEMPLATES: Final[dict[tuple[Hashable, ...], CodeType]] = {}

_compile_anew = Environment.compile
#: What settings of docutils are made of, but for objects of a build.
_PLAIN: Final = (str, int, float, list, tuple, dict, type(None))
_OptionParser = frontend.OptionParser


@contextmanager
def remember() -> Iterator[None]:
    """Have Sphinx compile each template once, and look for themes on disk once.

    Nor does it list the options of docutils for each document, or put into words what
    only a developer of Sphinx would see.
    """
    disabled = logging.root.manager.disable
    with ExitStack() as stack:
        stack.callback(logging.disable, disabled)
        logging.disable(max(disabled, logging.DEBUG))
        stack.enter_context(patch.object(Environment, "compile", _compile_once))
        stack.enter_context(patch.object(theming, "entry_points", _find_entry_points))
        stack.enter_context(patch.object(frontend, "OptionParser", _Options))
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


class _Options:
    """The part of ``docutils.frontend.OptionParser`` that Sphinx and MyST ask for."""

    known: ClassVar[dict[tuple[Hashable, ...], Any]] = {}

    def __init__(
        self,
        components: Sequence[Any] = (),
        defaults: Mapping[str, Any] | None = None,
        read_config_files: bool = False,
    ) -> None:
        # ``sphinx.util.docutils.patch_docutils`` names the file of the site.
        file = Path(os.environ.get("DOCUTILSCONFIG", "/none"))
        text = file.read_text("utf-8") if read_config_files and file.is_file() else ""
        classes = (c if isinstance(c, type) else type(c) for c in components)
        of_all = {n: v for n, v in (defaults or {}).items() if isinstance(v, _PLAIN)}
        key = (*classes, repr(of_all), read_config_files, text)
        if key not in self.known:
            options = _OptionParser(
                components=components,
                defaults=of_all,
                read_config_files=read_config_files,
            )
            self.known[key] = options.get_default_values()
        self._values = self.known[key]
        #: Objects of this build, the environment among them.
        self._own = {n: v for n, v in (defaults or {}).items() if n not in of_all}

    def get_default_values(self) -> Any:
        """Return settings that nobody else has."""
        values = copy.deepcopy(self._values)
        vars(values).update(self._own)
        return values


_find_entry_points = functools.cache(entry_points)
