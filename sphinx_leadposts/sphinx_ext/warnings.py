"""The one door through which anything is said to the author."""

from __future__ import annotations

from typing import TYPE_CHECKING

from sphinx.util import logging

if TYPE_CHECKING:
    from pathlib import Path

    from sphinx_leadposts.model.problem import Problem, Subtype

WARNING_TYPE = "leadposts"

_logger = logging.getLogger(__name__)


def report(problem: Problem, docname: str) -> None:
    """Log ``problem`` as a warning at its line of ``docname``.

    The location is given by docname: from a path, Sphinx would add a suffix to it.
    """
    _logger.warning(
        problem.message,
        *problem.args,
        location=(docname, problem.line),
        type=WARNING_TYPE,
        subtype=problem.subtype.value,
    )


def report_beside(problem: Problem, file: Path) -> None:
    """Log ``problem`` as a warning in ``file``, which is no document of the site.

    Always with a line: without one, Sphinx takes the location for a docname.
    """
    _logger.warning(
        problem.message,
        *problem.args,
        location=f"{file}:{problem.line or 1}",
        type=WARNING_TYPE,
        subtype=problem.subtype.value,
    )


def warn_of_site(subtype: Subtype, message: str, *args: object) -> None:
    """Log a warning that is about the site as a whole, such as a value it sets."""
    _logger.warning(message, *args, type=WARNING_TYPE, subtype=subtype.value)


def note(message: str, *args: object, docname: str | None = None) -> None:
    """Log something an author may like to know, which is no defect."""
    _logger.info(message, *args, location=docname)
