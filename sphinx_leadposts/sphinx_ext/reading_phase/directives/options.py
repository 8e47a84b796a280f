"""What the options of directives may hold, and what happens where they do not.

A bad option costs a warning and falls back to its default. The checks of docutils
would replace the whole directive by an error message.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING, Any, ClassVar, TypeVar

from docutils.parsers.rst import directives
from sphinx.util.docutils import SphinxDirective

from sphinx_leadposts.model.problem import Problem, Subtype
from sphinx_leadposts.sphinx_ext.warnings import report

if TYPE_CHECKING:
    from sphinx_leadposts.sphinx_ext.nodes import placeholder

T = TypeVar("T")

Option = Callable[[Any], Any]


class BlogDirective(SphinxDirective):
    """A directive whose options are read one by one, each with a default."""

    #: The option names and their readers; a reader raises ``ValueError`` to refuse.
    options_read: ClassVar[dict[str, Option]] = {}

    def __init_subclass__(cls) -> None:
        """Have docutils hand every option over as it was written."""
        super().__init_subclass__()
        cls.option_spec = dict.fromkeys(cls.options_read, directives.unchanged)

    def read_option(self, name: str, default: T) -> T:
        """Return the option ``name``, ``default`` where it is missing or not usable."""
        if name not in self.options:
            return default
        try:
            value: T = self.options_read[name](self.options[name])
        except ValueError as error:
            self.report(":%s: %s; it is left out", name, error)
            return default
        return value

    def report(
        self,
        message: str,
        *args: object,
        subtype: Subtype = Subtype.DIRECTIVE,
        line: int | None = None,
    ) -> None:
        """Warn at the directive, or at ``line``."""
        line = line or self.get_source_info()[1]
        problem = Problem(
            subtype=subtype,
            message=f"{self.name}: {message}",
            args=args,
            line=line,
        )
        report(problem, self.env.docname)

    def finish(self, node: placeholder) -> placeholder:
        """Return ``node`` with the line of the directive."""
        self.set_source_info(node)
        return node


def read_flag(value: str | None) -> bool:
    """Read an option that says yes by standing there; ``no`` or ``false`` says no."""
    word = (value or "").strip().lower()
    if word in {"", "true", "yes", "on", "1"}:
        return True
    if word in {"false", "no", "off", "0"}:
        return False
    message = f"takes 'true' or 'false', not {value!r}"
    raise ValueError(message)


def read_count(value: str | None) -> int:
    """Read a whole number, 0 or more."""
    try:
        return directives.nonnegative_int(value or "")
    except ValueError as error:
        message = f"takes a whole number, not {value!r}"
        raise ValueError(message) from error


def read_names(value: str | None) -> tuple[str, ...]:
    """Read names parted by commas, or one on each line."""
    items = (value or "").replace("\n", ",").split(",")
    return tuple(name for item in items if (name := " ".join(item.split())))


def read_text(value: str | None) -> str:
    """Read any text, as one line."""
    return " ".join((value or "").split())


def read_classes(value: str | None) -> tuple[str, ...]:
    """Read CSS classes parted by spaces."""
    return tuple(directives.class_option(value)) if value else ()


def choose(*choices: str) -> Option:
    """Return a reader for one of ``choices``."""

    def read(value: str | None) -> str:
        word = (value or "").strip().lower()
        if word not in choices:
            message = f"takes one of {', '.join(choices)}, not {value!r}"
            raise ValueError(message)
        return word

    return read


def read_widths(low: int, high: int, *, auto: bool = False) -> Option:
    """Return a reader for sphinx-design's grid grammar.

    One number, or four for "xs sm md lg", each from ``low`` to ``high``.
    """

    def read(value: str | None) -> tuple[str, ...]:
        numbers = (value or "").split()
        allowed = {str(n) for n in range(low, high + 1)} | ({"auto"} if auto else set())
        if len(numbers) not in {1, 4} or not set(numbers) <= allowed:
            text = f"numbers from {low} to {high}{' or auto' if auto else ''}"
            message = f"takes one or four {text}, not {value!r}"
            raise ValueError(message)
        return tuple(numbers * 4 if len(numbers) == 1 else numbers)

    return read
