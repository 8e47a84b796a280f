"""Compiled templates, kept from build to build."""

from __future__ import annotations

from contextlib import contextmanager
from typing import TYPE_CHECKING, Any, ClassVar
from unittest.mock import patch

from jinja2 import Environment

if TYPE_CHECKING:
    from collections.abc import Hashable, Iterator
    from types import CodeType


class Press:
    """Keeps compiled templates: of a small site they take two fifths of each build.

    Each run of Sphinx has an environment of its own, and compiles its theme anew.
    """

    plates: ClassVar[dict[tuple[Hashable, ...], CodeType]] = {}

    @classmethod
    @contextmanager
    def running(cls) -> Iterator[None]:
        """Have no template compiled that has been, by whichever environment."""
        compile_anew = Environment.compile

        def compile_once(
            self: Environment, source: Any, *args: Any, **kwargs: Any
        ) -> Any:
            # All that decides what becomes of a source.
            key: tuple[Hashable, ...] = (
                *(type(self), source, args, tuple(kwargs.items()), self.autoescape),
                *(self.trim_blocks, self.lstrip_blocks, tuple(self.extensions)),
                getattr(self, "newstyle_gettext", None),
            )
            if key not in cls.plates:
                cls.plates[key] = compile_anew(self, source, *args, **kwargs)
            return cls.plates[key]

        with patch.object(Environment, "compile", compile_once):
            yield
