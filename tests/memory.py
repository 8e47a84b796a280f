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

import yaml
from docutils import frontend
from jinja2 import Environment
from sphinx import theming
from sphinx.builders import html
from sphinx.builders.html import _assets
from sphinx.util import docutils as sphinx_docutils

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
def remember(is_silent: bool = False) -> Iterator[None]:
    """Have Sphinx compile each template once, and look for themes on disk once.

    Nor does it list the options of docutils for each document, read the same YAML
    twice, or put into words what only a developer of Sphinx would see.

    :param is_silent: nor what it says of its progress.
    """
    disabled = logging.root.manager.disable
    level = logging.INFO if is_silent else logging.DEBUG
    with ExitStack() as stack:
        stack.callback(logging.disable, disabled)
        logging.disable(max(disabled, level))
        stack.enter_context(patch.object(Environment, "compile", _compile_once))
        stack.enter_context(patch.object(theming, "entry_points", _find_entry_points))
        # Sphinx 9.0 has its own name for it, 9.1 and later have none.
        for module in (frontend, sphinx_docutils):
            if hasattr(module, "OptionParser"):
                stack.enter_context(patch.object(module, "OptionParser", _Options))
        stack.enter_context(patch.object(yaml, "safe_load", _load_yaml))
        # Sphinx finds the file each time, and keeps what it read of it, though another
        # build may have written it since.
        _assets._file_checksum_inner.cache_clear()
        checksum = functools.cache(_assets._file_checksum)
        stack.enter_context(patch.object(html, "_file_checksum", checksum))
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


def _load_yaml(stream: Any) -> Any:
    # MyST reads the front matter of each document twice, without the parser in C.
    if isinstance(stream, str):
        return copy.deepcopy(_load_yaml_once(stream))
    return _load_yaml_anew(stream)


_load_yaml_anew = yaml.safe_load
_load_yaml_once = functools.lru_cache(maxsize=10_000)(_load_yaml_anew)


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
